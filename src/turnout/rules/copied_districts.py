"""Figures of one district that stand under another in the same election."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import chance_of_both
from turnout.rules.row_rules import VOTERS_LIMIT
from turnout.rules.rule import Rule
from turnout.rules.told_once import elsewhere

_FEWEST = 3
"""Areas of two districts with the very same figures, each its own, that are no chance."""
_LIKELY = 0.01
"""Tables of so many hundredths may have two such areas by chance."""
_BITS = 27
"""No place has so many registered that they need more bits."""

DISTRICT_COPIED = Rule(
    "district_copied",
    "warning",
    Text(
        en="{n:count} areas of {district} have exactly the registered and voters of areas of "
        "{usual} in {contest:contest}: one of the two is a copy of the other.",
        id="pemilih terdaftar dan pengguna hak pilih {n:count} wilayah di {district} pada "
        "{contest:contest} persis sama dengan wilayah di {usual}: salah satunya salinan dari yang "
        "lain.",
    ),
    Text(
        en="Put in the figures of its own in place of the copy.",
        id="Ganti salinan itu dengan angkanya sendiri.",
    ),
)


LOOKED_AT = ("contest", "date", "key", "place", "within", "registered", "voters")
"""What the rules on copies look at of the finest places."""


@dataclass(frozen=True)
class Copy:
    """Rows that are a copy, or what was copied.

    Parameters
    ----------
    finding
        What is said of them, at one of them.
    rows
        Labels of both; what else is odd in their figures may come of the copy.
    figures
        The columns that are copied.
    """

    finding: Finding
    rows: pd.Index
    figures: tuple[str, ...] = ("registered", "voters")


def check_districts_copied(draft: Draft, places: pd.DataFrame) -> list[Copy]:
    """Find districts whose areas have the figures of another's in the same contest.

    Parameters
    ----------
    draft
        The rows that findings point at.
    places
        Those of them that are of the finest places (`turnout.rules.measures.finest_places`).
    """
    rows = places[["contest", "around", "within", *_FIGURES]]
    counted = rows["around"].notna()
    for name in _FIGURES:
        counted &= (rows[name] > 0) & (rows[name] < 1 << _BITS)
    rows = rows[counted]
    if rows.empty:
        return []
    contest = pd.factorize(rows["contest"])[0].astype(np.int64)
    registered, voters = (rows[name].to_numpy(float).astype(np.int64) for name in _FIGURES)
    figures = pd.Series((contest << _BITS | registered) << _BITS | voters, rows.index)
    twice = rows.assign(figures=figures)[figures.duplicated(keep=False)]
    pairs = twice[twice.groupby("figures")["within"].transform("size") == 2]
    pairs = pairs.sort_values("figures", kind="stable")
    first, copy = pairs[::2], pairs[1::2]
    copy = copy.assign(
        source=first.index, other=first["within"].to_numpy(), usual=first["around"].to_numpy()
    ).rename(columns={"around": "district"})
    copy = copy[copy["within"] != copy["other"]]
    between = copy.groupby(_PAIR, sort=False)
    copy = copy.assign(n=between["figures"].transform("size")).sort_index()
    copied = copy[(copy["n"] >= _FEWEST) | _two_alike(copy, rows)].groupby(_PAIR, sort=False)
    return [
        Copy(found, block.index.union(pd.Index(block["source"], dtype=block.index.dtype)))
        for _, block in copied
        for found in DISTRICT_COPIED.at(draft, block.index[:1], "voters", block)
    ]


def _two_alike(copy: pd.DataFrame, rows: pd.DataFrame) -> pd.Series[bool]:
    """Mark the two pairs of areas of two districts that chance does not explain.

    Two districts of a and b areas have a x b pairs of areas; of all districts of a contest of n
    areas about n squared x a x b / 4 have two such pairs.
    """
    number, contests = pd.factorize(rows["contest"])
    width = int(rows["within"].max()) + 1
    sizes = pd.Series(number * width + rows["within"].to_numpy()).value_counts()
    of_copy = pd.Index(contests).get_indexer(copy["contest"]) * width
    pair = [sizes.loc[of_copy + copy[one].to_numpy()].to_numpy() for one in _PAIR[1:]]
    n = copy["contest"].map(rows["contest"].value_counts())
    ways = n**2 * pair[0] * pair[1] / 4
    chances = chance_of_both(copy).groupby([copy[one] for one in _PAIR]).transform("prod")
    return (copy["n"] == _FEWEST - 1) & (chances * ways < _LIKELY)


_PAIR = ["contest", "within", "other"]
_FIGURES = ("registered", "voters")


def because_copied(
    whole: Draft, rows: pd.DataFrame, findings: list[Finding], copies: list[Copy]
) -> list[Finding]:
    """Return findings with the copies; an error at a copied figure tells the copy as its cause.

    Voters that are too many beside copied registered are so because of these where the registered
    of the place in other contests hold them; else that is an error of its own.

    Parameters
    ----------
    whole
        The rows that findings point at.
    rows
        Those rows, described, perhaps with those of other tables, labelled below 0.
    findings, copies
        What was found in them.
    """
    held = _held_elsewhere(rows, copies)
    odd: set[Spot] = set()
    causes: dict[Spot, Finding] = {}
    for copy in copies:
        for name in _FIGURES:
            spots = whole.spots(copy.rows, name)
            odd.update(spots)
            copied = copy.rows if name in copy.figures else copy.rows.intersection(held)
            own = copy.rows.isin(copied)
            causes.update((at, copy.finding) for at, is_so in zip(spots, own, strict=True) if is_so)
    errors = [one for one in findings if one.severity == "error" and one.spot in odd]
    of_copies = dict.fromkeys(one.spot for one in errors if one.spot in causes)
    return [
        *elsewhere(findings, odd),
        *(copy.finding for copy in copies),
        *(replace(causes[at], severity="error", spot=at) for at in of_copies),
        *(one for one in errors if one.spot not in causes),
    ]


def _held_elsewhere(rows: pd.DataFrame, copies: list[Copy]) -> pd.Index:
    """Return rows of copied registered whose voters the registered of other contests would hold."""
    alone = [row for copy in copies if copy.figures == ("registered",) for row in copy.rows]
    if not alone:
        return rows.index[:0]
    own = rows.loc[alone, ["contest", "key", "voters"]].rename_axis("row").reset_index()
    both = own.merge(rows[["contest", "key", "registered"]], on="key", suffixes=("", "_other"))
    both = both[both["contest"] != both["contest_other"]]
    usual = both.groupby("row")["registered"].median()
    voters = both.groupby("row")["voters"].first()
    return usual.index[voters <= VOTERS_LIMIT * usual]
