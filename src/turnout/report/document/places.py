"""The places of one scale as a report's table shows them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from turnout.forecast import Forecast
from turnout.forecast.relative import say_places
from turnout.goals import GoalCheck
from turnout.language import Language
from turnout.levels import is_point
from turnout.schema import PLACE_COLUMNS
from turnout.tables import first_goals, ranked_places

MOST_ROWS = 300
"""Rows of a table in report.html; the workbook and forecast.csv hold all."""


@dataclass(frozen=True)
class Scale:
    """The axis of the interval bars of a table.

    Parameters
    ----------
    low, high
        Its ends, shares.
    ticks
        Shares to name.
    """

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, share: float) -> float:
        """Return where a share lies, in percent of the axis."""
        return round(100 * (share - self.low) / (self.high - self.low), 2)

    def left(self, share: float) -> float:
        """Return how far a share lies from the axis' upper end, in percent of the axis."""
        return round(100 * (self.high - share) / (self.high - self.low), 2)


@dataclass(frozen=True)
class PlaceTable:
    """The places of one scale, those that lack the most voters first.

    Parameters
    ----------
    scale
        Scale of the places.
    above
        The scale whose places these lie in; None where that is one place.
    rows
        name, parent (name of the place above), registered, median, lower_50, upper_50, lower_90,
        upper_90, goal, own_goal, probability, missing_voters, contests, contests_same_type; NaN
        where it is not known.
    hidden
        How many places have no row.
    axis
        Axis of the interval bars.
    told_apart
        How many of the places can be told apart from the whole, in words.
    """

    scale: str
    above: str | None
    rows: pd.DataFrame
    hidden: int
    axis: Scale
    told_apart: str = ""

    @property
    def fixed(self) -> bool:
        """Whether the turnout of all places is one figure: there are no intervals to show."""
        return all(map(is_point, self.rows["lower_90"], self.rows["upper_90"]))

    @property
    def records(self) -> list[dict[Hashable, Any]]:
        """The rows as mappings, for a template."""
        return self.rows.to_dict("records")


def place_table(
    forecast: Forecast, check: GoalCheck | None, scale: str, lang: Language
) -> PlaceTable:
    """Return the table of a scale's places: at most `MOST_ROWS`, the largest gaps first."""
    rows = ranked_places(forecast, scale, check, lang)
    places = forecast.at(scale).places.reset_index(drop=True)
    above = _scale_above(places, scale)
    same = places.get("contests_same_type", pd.Series(np.nan, places.index))
    missing = pd.Series(np.nan, places.index)
    if check is not None:
        missing = first_goals(check, scale)["missing_voters"]
    parents = places[above] if above else pd.Series(None, places.index, dtype="object")
    rows = rows.assign(
        name=np.asarray(forecast.at(scale).names(lang), dtype=object)[rows["place"]],
        parent=parents.to_numpy(object)[rows["place"]],
        contests_same_type=same.to_numpy(float)[rows["place"]],
        missing_voters=missing.to_numpy(float)[rows["place"]],
    )
    order = "registered" if check is None else "missing_voters"
    rows = rows.sort_values(order, ascending=False, kind="stable", ignore_index=True)
    shown = rows.head(MOST_ROWS)
    told_apart = say_places(forecast, scale, lang) if len(rows) > 1 else ""
    return PlaceTable(scale, above, shown, len(rows) - len(shown), axis_of(shown), told_apart)


def _scale_above(places: pd.DataFrame, scale: str) -> str | None:
    """Return the next coarser scale, if places of it are told apart."""
    columns = [name for name in PLACE_COLUMNS if name in places and places[name].notna().any()]
    if scale not in columns[1:]:
        return None
    above = columns[columns.index(scale) - 1]
    return above if places[above].nunique() > 1 else None


def axis_of(rows: pd.DataFrame) -> Scale:
    """Return an axis that holds the intervals and goals of some rows, from tick to tick.

    >>> rows = pd.DataFrame({"lower_90": [0.57], "upper_90": [0.84], "goal": [0.86]})
    >>> axis_of(rows)
    Scale(low=0.5, high=0.9, ticks=(0.6, 0.7, 0.8))
    >>> axis_of(rows.assign(lower_90=0.625, upper_90=0.652, goal=0.66)).ticks
    (0.63, 0.64, 0.65)
    """
    values = rows[["lower_90", "upper_90", "goal"]].to_numpy(float)
    least, most = (100 * round(float(end), 6) for end in (np.nanmin(values), np.nanmax(values)))
    for step in _STEPS:
        low, high = max(0, int(least // step)), min(100 // step, int(-(-most // step)))
        if high - low <= _MOST_PARTS:
            break
    while high - low < _FEWEST_PARTS:
        low, high = max(0, low - 1), min(100 // step, high + 1)
    ticks = tuple(number * step / 100 for number in range(low + 1, high))
    return Scale(low * step / 100, high * step / 100, ticks)


_STEPS = (1, 2, 5, 10, 20)
"""Steps of an axis, in points."""

_FEWEST_PARTS, _MOST_PARTS = 3, 6
"""Parts of an axis: a tick by itself tells no size."""
