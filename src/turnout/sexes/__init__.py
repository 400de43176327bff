"""Women and men: the forecast of each, that add up to the whole in every draw."""

from turnout.sexes.forecast import BySex, by_sex, told_by_sex

__all__ = ["BySex", "by_sex", "told_by_sex"]
