"""Places as a tree, contests in time, and what was observed where."""

from turnout.areas.history import past_turnout
from turnout.areas.panel import Panel, build_panel

__all__ = ["Panel", "build_panel", "past_turnout"]
