"""Goals as people write them, for the whole and for single places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from turnout.errors import TurnoutError
from turnout.forecast.goal import Goal, parse_goal
from turnout.identity.match import Match, PlaceNames, tell_spellings
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
    if goals is None:
        return own
    names = PlaceNames(places)
    spelled: dict[str, str] = {}
    for said, match, goal in (
        _by_table(names, goals) if isinstance(goals, pd.DataFrame) else _by_name(names, goals)
    ):
        if not match.rows:
            raise TurnoutError(_UNKNOWN, place=said)
        if len(match.rows) > 1:
            fits = names.listed(match.rows)
            raise TurnoutError(_AMBIGUOUS, place=said, n=len(match.rows), fits=fits)
        if match.by_spelling:
            spelled[said] = names.name(match.rows[0])
        own.iloc[match.rows[0]] = parse_goal(goal)
    tell_spellings(spelled)
    return own


def _by_name(names: PlaceNames, goals: Mapping[str, Goal]) -> Iterator[tuple[str, Match, Goal]]:
    for said, goal in goals.items():
        yield said, names.find(said), goal


def _by_table(names: PlaceNames, goals: pd.DataFrame) -> Iterator[tuple[str, Match, Goal]]:
    if "goal" not in goals:
        raise TurnoutError(_NO_COLUMN, found=", ".join(map(str, goals.columns)))
    columns = [name for name in (*PLACE_COLUMNS, "area_id") if name in goals]
    for row in goals.to_dict("records"):
        told = {name: row[name] for name in columns if pd.notna(row[name])}
        match = names.find_row(told, told.get("area_id"))
        yield " / ".join(map(str, told.values())), match, row["goal"]


_NO_GOAL = Text(
    en="There is no goal to check. Give at least one, such as 86%.",
    id="Tidak ada target yang diperiksa. Berikan sedikitnya satu, misalnya 86%.",
)
_UNKNOWN = Text(
    en="'{place}' has a goal but is not in the forecast. Check its spelling, or use its area_id.",
    id="'{place}' memiliki target tetapi tidak ada dalam prakiraan. Periksa ejaannya, atau pakai "
    "kode wilayahnya.",
)
_AMBIGUOUS = Text(
    en="{n:count} places of the forecast are called '{place}': {fits}. Give the goals as a "
    "table with the columns city, district, area (or area_id) and goal.",
    id="{n:count} wilayah dalam prakiraan bernama '{place}': {fits}. Berikan target sebagai "
    "tabel dengan kolom kota (city), kecamatan (district), kelurahan (area) atau kode wilayah "
    "(area_id), dan target (goal).",
)
_NO_COLUMN = Text(
    en="The table of goals lacks the column goal (found: {found}). Add it, with 86% or 0.86 in "
    "each row.",
    id="Tabel target tidak memuat kolom goal (yang ada: {found}). Tambahkan, dengan 86% atau 0,86 "
    "di setiap baris.",
)
