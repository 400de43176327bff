"""Two elections that stand under each other's titles.

Registered grow, or fall, from roll to roll. Where two elections of one type have changed places,
nearly every place goes back and forth, and would go a shorter way if they were changed back. So
it would where one election is of another list, and was moved as a whole: that is the shorter way.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from turnout.arrays import Floats
from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import finest_places, is_partial
from turnout.rules.rule import Rule

_MANY, _NEARLY_ALL = 10, 0.9
"""Places that tell it, and their share with a shorter way."""
_LEAST = 4
"""Elections in turn, those beside the two included: of three any order may be right."""
_APART = 5
"""So many elections apart two are looked at: of dozens all pairs take long."""
_SHORTER, _NO_LONGER = 0.8, 1.1
"""The middle place's way, of what it is as the elections stand, and with one moved as a whole."""
_LOOKED_AT = ["contest", "date", "key", "place", "registered", "election_type"]

EXCHANGED = Rule(
    "elections_exchanged",
    "warning",
    Text(
        en="from election to election the registered of {n:count} of {all:count} places go back "
        "and forth, and do so less if {contest:contest} and {usual:contest} change places: each "
        "may stand under the other's title.",
        id="pemilih terdaftar di {n:count} dari {all:count} wilayah naik turun dari pemilihan ke "
        "pemilihan, dan lebih mulus bila {contest:contest} dan {usual:contest} bertukar tempat: "
        "mungkin judul keduanya tertukar.",
    ),
    Text(
        en="Compare both with the source documents; if they are right, leave them.",
        id="Bandingkan keduanya dengan dokumen sumbernya; bila memang benar, biarkan.",
    ),
)


def check_exchanged_elections(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Find the two elections of one type that may stand under each other's titles.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Those rows, described.
    """
    usable = (rows["registered"] > 0) & np.isfinite(rows["registered"]) & rows["date"].notna()
    usable &= ~is_partial(rows) & ~draft.size_doubted()
    places = finest_places(rows[usable], _LOOKED_AT)
    places = places[~places.duplicated(["key", "date"])]
    elections = places.drop_duplicates("date").sort_values("date")
    sizes = _by_day(places)
    found = []
    for one, other in combinations(range(len(elections)), 2):
        kinds = elections["election_type"].iloc[[one, other]]
        if other - one <= _APART and kinds.nunique() == 1:
            n, of_both, times = _if_exchanged(sizes, one, other)
            if times <= _SHORTER:
                found.append((times, one, other, n, of_both))
    if not found:
        return []
    _, one, other, n, of_both = min(found)
    usual = elections["contest"].iloc[other]
    first = elections.iloc[[one]].assign(usual=usual, n=n, all=of_both)
    return EXCHANGED.at(draft, first.index, "date", first)


def _by_day(places: pd.DataFrame) -> Floats:
    """Return the logarithm of the registered of each place (row) on each day; NaN where unknown."""
    place, names = pd.factorize(places["key"])
    day, days = pd.factorize(places["date"], sort=True)
    sizes = np.full((len(names), len(days)), np.nan)
    sizes[place, day] = np.log(places["registered"].to_numpy(float))
    return sizes


def _if_exchanged(sizes: Floats, one: int, other: int) -> tuple[int, int, float]:
    """Return how many places go a shorter way if two days change places, of how many.

    And the middle place's way then, in times of what it is; 1 where these are too few, or where
    one day, moved as a whole, does better.
    """
    turn = np.arange(max(one - 1, 0), min(other + 2, sizes.shape[1]))
    known = sizes[~np.isnan(sizes[:, turn]).any(axis=1)]
    if len(turn) < _LEAST or len(known) < _MANY:
        return 0, len(known), 1.0
    back = np.where(turn == one, other, np.where(turn == other, one, turn))
    now, then = (_ways(known[:, order]) for order in (turn, back))
    n = int((then < now).sum())
    if n < _NEARLY_ALL * len(known):
        return n, len(known), 1.0
    moved = [np.median(_ways(_moved(known[:, turn], at))) for at in range(1, len(turn) - 1)]
    does_better = np.median(then) > _NO_LONGER * min(moved)
    return n, len(known), 1.0 if does_better else float(np.median(then) / np.median(now))


def _ways(sizes: Floats) -> Floats:
    """Return how far each place goes from day to day."""
    return np.asarray(np.abs(np.diff(sizes, axis=1)).sum(axis=1))


def _moved(sizes: Floats, at: int) -> Floats:
    """Return sizes with those of one day moved to the middle of its neighbours, all alike."""
    off = np.median(sizes[:, at] - (sizes[:, at - 1] + sizes[:, at + 1]) / 2)
    return np.asarray(sizes - off * (np.arange(sizes.shape[1]) == at))
