"""Goals as people write them, for the whole and for single places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from turnout.errors import TurnoutError
from turnout.forecast.goal import Goal, parse_goal
from turnout.language import Text
from turnout.schema import PLACE_COLUMNS

PlaceGoals = Mapping[str, Goal] | pd.DataFrame


def parse_goals(goals: Goal | Sequence[Goal]) -> list[float]:
    """Read one goal or several; the order stays, repeated ones are left out."""
    several = np.ravel(np.asarray(goals, dtype=object)).tolist()
    if not several:
        raise TurnoutError(_NO_GOAL)
    return list(dict.fromkeys(parse_goal(goal) for goal in several))


def goals_of_places(places: pd.DataFrame, goals: PlaceGoals | None) -> pd.Series:
    """Find the goal of every place that has one of its own.

    Parameters
    ----------
    places
        One row per place: scale, place columns, area_id.
    goals
        A mapping from a place's name or area_id, or a table of place columns or area_id, and
        ``goal``.

    Returns
    -------
    pandas.Series
        A share per row of `places`; NaN where the common goal holds.

    Raises
    ------
    TurnoutError
        If a place is not in the forecast, or more than one bears the name.
    """
    own = pd.Series(np.nan, index=places.index)
    wanted = goals if goals is not None else {}
    for name, matches, goal in (
        _by_table(places, wanted) if isinstance(wanted, pd.DataFrame) else _by_name(places, wanted)
    ):
        if not matches.any():
            raise TurnoutError(_UNKNOWN, place=name)
        if matches.sum() > 1:
            raise TurnoutError(_AMBIGUOUS, place=name, n=int(matches.sum()))
        own[matches] = parse_goal(goal)
    return own


def _by_name(
    places: pd.DataFrame, goals: Mapping[str, Goal]
) -> Iterable[tuple[str, pd.Series, Goal]]:
    names = pd.Series(None, index=places.index, dtype="object")
    for scale in set(places["scale"]) & set(PLACE_COLUMNS):
        rows = places["scale"] == scale
        names[rows] = places.loc[rows, scale].astype("object")
    folded = names.map(_folded)
    for name, goal in goals.items():
        yield name, (folded == _folded(name)) | (places["area_id"] == name), goal


def _by_table(places: pd.DataFrame, goals: pd.DataFrame) -> Iterable[tuple[str, pd.Series, Goal]]:
    if "goal" not in goals:
        raise TurnoutError(_NO_COLUMN, found=", ".join(map(str, goals.columns)))
    columns = [name for name in (*PLACE_COLUMNS, "area_id") if name in goals]
    for _, row in goals.iterrows():
        known = [name for name in columns if pd.notna(row[name])]
        matches = pd.Series(bool(known), index=places.index)
        for name in known:
            matches &= places[name].map(_folded) == _folded(row[name])
        if known and "area_id" not in known:
            matches &= places["scale"] == known[-1]
        yield " / ".join(str(row[name]) for name in known), matches, row["goal"]


def _folded(name: object) -> str:
    return name.strip().casefold() if isinstance(name, str) else ""


_NO_GOAL = Text(
    en="There is no goal to check. Give at least one, such as 86%.",
    id="Tidak ada target yang diperiksa. Berikan sedikitnya satu, misalnya 86%.",
)
_UNKNOWN = Text(
    en="'{place}' has a goal but is not in the forecast. Check its spelling, or use its area_id.",
    id="'{place}' memiliki target tetapi tidak ada dalam prakiraan. Periksa ejaannya, atau pakai "
    "area_id-nya.",
)
_AMBIGUOUS = Text(
    en="{n:count} places of the forecast are called '{place}'. Give the goals as a table with the "
    "columns city, district, area (or area_id) and goal.",
    id="{n:count} tempat dalam prakiraan bernama '{place}'. Berikan target sebagai tabel dengan "
    "kolom city, district, area (atau area_id) dan goal.",
)
_NO_COLUMN = Text(
    en="The table of goals lacks the column goal (found: {found}). Add it, with 86% or 0.86 in "
    "each row.",
    id="Tabel target tidak memuat kolom goal (yang ada: {found}). Tambahkan, dengan 86% atau 0,86 "
    "di setiap baris.",
)
