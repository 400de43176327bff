"""Voters that are those who did not vote: in a whole election, or in the places of one district.

A recapitulation has a column of each, and either is a part of the registered. Where turnout is high
those who did not vote look like a low one; but places that usually vote more than others vote less
then, or a single district falls as far as its complement lies.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import finest_places, is_partial
from turnout.rules.rule import Rule

_MANY, _FEW = 10, 3
"""Places of an election, and of a district, that tell it."""
_AGAINST, _SURE = -0.5, 5.0
"""Correlation with the places' usual turnout, and its t statistic, of those who did not vote."""
_FAR, _NEAR = 4.0, 2.0
"""Standard deviations of places about what is expected, that a district is off as it stands, and
that it is at most as its complement."""
_SD = 1.4826
"""A standard deviation is so many times the median of what places are off."""
_LEAST_SD, _NEARLY_ALL, _OTHERS = 0.1, 0.9, 2
"""Logits; share of a district's places; other contests that tell what is usual in a place."""
_LOOKED_AT = ["contest", "date", "key", "place", "registered", "voters"]

ABSTAINERS = Rule(
    "abstainers",
    "warning",
    Text(
        en="in {n:count} of {all:count} places of {contest:contest} ({names:list3}), the voters "
        "are {turnout:percent} of the registered; the rest, {rest:percent}, is what fits their "
        "other elections. The figures may be those who did not vote.",
        id="di {n:count} dari {all:count} wilayah pada {contest:contest} ({names:list3}), pengguna "
        "hak pilihnya {turnout:percent} dari pemilih terdaftar; sisanya, {rest:percent}, justru "
        "sesuai dengan pemilihan lainnya. Mungkin yang tercantum adalah yang tidak memilih.",
    ),
    Text(
        en="Look in the source document. If they are those who did not vote, put in those who did; "
        "if the figures are right, leave them.",
        id="Periksa di dokumen sumbernya. Bila yang tercantum memang yang tidak memilih, isi "
        "dengan yang memilih; bila angkanya benar, biarkan.",
    ),
)


def check_abstainers(draft: Draft, rows: pd.DataFrame) -> tuple[list[Finding], pd.Index]:
    """Find elections, or districts of one, whose voters are those who did not vote.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Those rows, described, perhaps with those of other tables, labelled below 0.

    Returns
    -------
    list of Finding, Index
        One per such election or district, and its rows, whose voters are wrong for that alone.
    """
    known = rows["registered"].between(0, np.inf, inclusive="neither")
    known &= rows["voters"].between(0, rows["registered"]) & rows["voters"].mod(1).eq(0)
    places = finest_places(rows[known & ~is_partial(rows)], _LOOKED_AT)
    places = _against_others(places.drop_duplicates(["contest", "key"]))
    findings: list[Finding] = []
    concerned = rows.index[:0]
    elections = [*_elections(places)]
    told = [found["contest"].iloc[0] for found in elections]
    for found in (*elections, *_districts(places[~places["contest"].isin(told)])):
        own = found[found.index >= 0]
        if len(own):
            voters, registered = found["voters"].sum(), found["registered"].sum()
            values = {
                "contest": found["contest"].iloc[0],
                "n": len(found),
                "all": int((places["contest"] == found["contest"].iloc[0]).sum()),
                "names": [*found["place"]],
                "turnout": voters / registered,
                "rest": 1 - voters / registered,
            }
            table = pd.DataFrame({name: [value] for name, value in values.items()}, own.index[:1])
            findings += ABSTAINERS.at(draft, table.index, "voters", table)
            concerned = concerned.union(own.index)
    return findings, concerned


def _against_others(places: pd.DataFrame) -> pd.DataFrame:
    """Return places that are in two other contests or more, with their turnout beside these.

    That is its logit, and how far it and the place's others lie from what is usual in their
    contests (own, others).
    """
    voters, registered = (places[name].to_numpy(float) for name in ("voters", "registered"))
    logit = pd.Series(np.log((voters + 0.5) / (registered - voters + 0.5)), places.index)
    own = logit - logit.groupby(places["contest"]).transform("median")
    by = own.groupby(places["key"])
    count = by.transform("size")
    others = (by.transform("sum") - own) / (count - 1).clip(lower=1)
    return places.assign(logit=logit, own=own, others=others)[count > _OTHERS]


def _elections(places: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the places of elections that lie the other way round than in all others."""
    for _, found in places.groupby("contest", sort=False):
        if _is_reversed(found):
            yield found


def _is_reversed(places: pd.DataFrame) -> bool:
    own, others = (places[name].to_numpy() for name in ("own", "others"))
    n = len(places)
    if n < _MANY or not own.std() or not others.std():
        return False
    r = float(np.corrcoef(own, others)[0, 1])
    return r < _AGAINST and r * np.sqrt((n - 2) / max(1 - r**2, 1e-9)) < -_SURE


def _districts(places: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the places of districts that are far too low, and as their complement are not."""
    inside = places[places["around"].notna()]
    off = inside["own"] - inside["others"]
    off -= off.groupby(inside["contest"]).transform("median")
    sd = _SD * off.abs().groupby(inside["contest"]).transform("median")
    off, turned = (away / sd.clip(lower=_LEAST_SD) for away in (off, off - 2 * inside["logit"]))
    groups = inside.assign(low=off < -_FAR, off=off, turned=turned).groupby(["contest", "within"])
    means = groups[["low", "turned"]].mean().assign(n=groups.size())
    odd = means[
        (means["n"] >= _FEW) & (means["low"] >= _NEARLY_ALL) & (means["turned"].abs() <= _NEAR)
    ]
    for group in odd.index:
        yield groups.get_group(group)
