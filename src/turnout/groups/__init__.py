"""Groups of voters who are all voters together in every draw: sexes, disability, ages."""

from turnout.groups.forecast import ByGroup, by_group
from turnout.groups.partitions import groups_told

__all__ = ["ByGroup", "by_group", "groups_told"]
