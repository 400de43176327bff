"""Places as a tree, contests in time, and what was observed where."""

from turnout.areas.day_ballots import one_ballot_a_day
from turnout.areas.history import past_turnout
from turnout.areas.panel import Panel, Past, build_panel, panel_of, require_election

__all__ = [
    "Panel",
    "Past",
    "build_panel",
    "one_ballot_a_day",
    "panel_of",
    "past_turnout",
    "require_election",
]
