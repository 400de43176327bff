"""Runs that add up: what all parts share in one file, a part by itself, and all parts together."""

from turnout.nation.adding import add_up
from turnout.nation.making import draw_shared
from turnout.nation.shared_draws import SharedDraws

__all__ = ["SharedDraws", "add_up", "draw_shared"]
