"""Figures of one district that stand under another in the same election."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

_FEWEST = 3
"""Areas of two districts with the very same figures, each its own, that are no chance."""
_BITS = 27
"""No place has so many registered that they need more bits."""

DISTRICT_COPIED = Rule(
    "district_copied",
    "warning",
    Text(
        en="{n:count} areas of {district} have exactly the registered and voters of areas of "
        "{usual} in {contest:contest}: one of the two is a copy of the other.",
        id="{n:count} wilayah di {district} pada {contest:contest} pemilih terdaftar dan pengguna "
        "hak pilihnya persis sama dengan wilayah di {usual}: salah satunya salinan dari yang lain.",
    ),
    Text(
        en="Put in the figures of its own in place of the copy.",
        id="Ganti salinan itu dengan angkanya sendiri.",
    ),
)


@dataclass(frozen=True)
class Copy:
    """Rows that are a copy, or what was copied.

    Parameters
    ----------
    finding
        What is said of them, at one of them.
    rows
        Labels of both; what else is odd in their figures may come of the copy.
    """

    finding: Finding
    rows: pd.Index


def check_districts_copied(draft: Draft) -> list[Copy]:
    """Find districts whose areas have the figures of another's in the same contest.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.completed`).
    """
    rows = draft.table[["contest", "scale", "within", "district", "registered", "voters"]]
    usable = (rows["scale"] == "area") & (rows["registered"] > 0) & (rows["voters"] > 0)
    rows = rows[usable & (rows[["registered", "voters"]] < 1 << _BITS).all(axis=1)]
    contest = pd.factorize(rows["contest"])[0].astype(np.int64)
    registered, voters = (rows[name].to_numpy(float).astype(np.int64) for name in _FIGURES)
    figures = pd.Series((contest << _BITS | registered) << _BITS | voters, rows.index)
    rows = rows.assign(figures=figures)[figures.duplicated(keep=False)]
    pairs = rows[rows.groupby("figures")["within"].transform("size") == 2]
    pairs = pairs.sort_values("figures", kind="stable")
    first, copy = pairs[::2], pairs[1::2]
    copy = copy.assign(
        source=first.index, other=first["within"].to_numpy(), usual=first["district"].to_numpy()
    )
    copy = copy[(copy["within"] != copy["other"]) & copy[["district", "usual"]].notna().all(axis=1)]
    between = copy.groupby(["contest", "within", "other"], sort=False)
    copy = copy.assign(n=between["figures"].transform("size")).sort_index()
    copied = copy[copy["n"] >= _FEWEST].groupby(["contest", "within", "other"], sort=False)
    return [
        Copy(found, block.index.union(pd.Index(block["source"], dtype=block.index.dtype)))
        for _, block in copied
        for found in DISTRICT_COPIED.at(draft, block.index[:1], "voters", block)
    ]


_FIGURES = ("registered", "voters")
