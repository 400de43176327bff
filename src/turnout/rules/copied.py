"""Figures of one election that are given as those of another: an old file under a new name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.keys import numbers_of_places
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

_LEAST, _PART = 3, 0.5
"""Of the places that both tell, so many have the very figures of one past contest: no chance."""


@dataclass(frozen=True)
class Copied:
    """A past contest whose figures a table has.

    Parameters
    ----------
    election
        The contest.
    n, places
        How many places have its very figures, of how many that both tell.
    """

    election: str
    n: int
    places: int


def copied_contest(ours: pd.DataFrame, past: pd.DataFrame) -> Copied | None:
    """Return the past contest whose registered and voters a table has in most of its places.

    Parameters
    ----------
    ours
        Rows of one contest, with place columns, registered and voters.
    past
        Past results: the same columns, and election.

    Examples
    --------
    >>> past = pd.DataFrame({"area": ["A", "B", "C"], "registered": 9, "voters": [5, 6, 7]})
    >>> copied_contest(past, past.assign(election="2020"))
    Copied(election='2020', n=3, places=3)
    >>> copied_contest(past.assign(voters=[5, 5, 5]), past.assign(election="2020")) is None
    True
    """
    of_row, of_past = numbers_of_places((ours, past))
    figures = ["registered", "voters"]
    theirs = past[[*figures, "election"]].assign(place=of_past)
    both = theirs.merge(ours[figures].assign(place=of_row), on="place", suffixes=("", "_now"))
    same = np.ones(len(both), dtype=bool)
    for name in figures:
        same &= (both[name] == both[f"{name}_now"]).to_numpy()
    told = pd.Series(same).groupby(both["election"].to_numpy()).agg(["sum", "size"])
    copied = told[(told["sum"] >= _LEAST) & (told["sum"] >= _PART * told["size"])]
    if copied.empty:
        return None
    n, places = copied.iloc[0]
    return Copied(str(copied.index[0]), int(n), int(places))


def check_copied(draft: Draft, past: pd.DataFrame) -> list[Finding]:
    """Find that a count has the figures of a past contest.

    Parameters
    ----------
    draft
        The count's rows.
    past
        Canonical results of past elections.
    """
    found = copied_contest(draft.table, past)
    if found is None:
        return []
    spot = Spot(str(draft.origin["file"].iloc[0]))
    told = {"contest": found.election, "n": found.n, "places": found.places}
    rule = COUNT_OF_PAST
    return [Finding(rule.name, rule.severity, rule.message, rule.remedy, spot, told)]


def check_same_figures(draft: Draft) -> list[Finding]:
    """Find contests of several days most of whose places have the very same figures.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.completed`).
    """
    rows = draft.table[["contest", "date", "key", *_FIGURES]]
    rows = rows[(rows["registered"] > 0) & rows["voters"].notna() & rows["date"].notna()]
    again = rows[rows.duplicated(["key", *_FIGURES], keep=False)].reset_index(names="row")
    pairs = again.merge(again, on=["key", *_FIGURES], suffixes=("", "_before"))
    pairs = pairs[pairs["date"] > pairs["date_before"]]
    findings: list[Finding] = []
    for (contest, before), same in pairs.groupby(["contest", "contest_before"], sort=False):
        here, there = (rows["key"][rows["contest"] == name] for name in (contest, before))
        places = int(here.isin(there).sum())
        # Tables that are made up have the same figures everywhere.
        several = len(same.drop_duplicates([*_FIGURES])) >= _MANY
        if several and len(same) >= _PART * places:
            first = same["row"].min()
            told = pd.DataFrame(
                {"contest": contest, "usual": before, "n": len(same), "places": places}, [first]
            )
            findings += SAME_FIGURES.at(draft, told.index, "voters", told)
    return findings


_FIGURES = ["registered", "voters"]
_MANY = 10
"""Places of so many different figures that are the same on two days are no chance."""

SAME_FIGURES = Rule(
    "contest_copied",
    "warning",
    Text(
        en="{n:count} of {places:count} places have the very figures of {usual:contest} in "
        "{contest:contest}: one of the two is a copy of the other.",
        id="{n:count} dari {places:count} wilayah pada {contest:contest} angkanya persis sama "
        "dengan {usual:contest}: salah satunya salinan dari yang lain.",
    ),
    Text(
        en="Put the results of its own day in place of the copy, or leave it out.",
        id="Ganti salinan itu dengan hasil pemilihannya sendiri, atau keluarkan dari tabel.",
    ),
)
COUNT_OF_PAST = Rule(
    "count_of_past",
    "error",
    Text(
        en="{n:count} of {places:count} places have the very figures of {contest:contest}: this is "
        "that election, not a count of the coming one.",
        id="{n:count} dari {places:count} wilayah angkanya persis sama dengan {contest:contest}: "
        "ini hasil pemilihan itu, bukan hasil hitung pemilihan mendatang.",
    ),
    Text(
        en="Give the count of the coming election.",
        id="Berikan hasil hitung pemilihan mendatang.",
    ),
)
