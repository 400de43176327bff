"""An election whose figures stand beside other places' names: they were sorted without the names.

Its places, or those of one district, are then of quite other sizes than in the elections beside it,
all of them together of the same. Where these elections agree, or the order of the names makes the
figures fit, that is no change of the places.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from turnout.arrays import Floats, Ints
from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import finest_places, is_partial
from turnout.rules.rule import Rule

_MANY, _FEW = 8, 2
"""Places that tell it; and districts from which on each is looked at."""
FAR, FITS = 0.1, 0.25
"""How far, in logs, the middle place is off at least; and of that what is left once they fit."""
_UNLIKE, _ALIKE = 0.6, 0.9
"""Correlation of sizes with the elections beside it, at most, and of these, at least."""
_OFF = 0.2
"""How far, in logs, a place is off that is counted."""
_LOOKED_AT = ["contest", "date", "key", "place", "area", "registered"]

REORDERED = Rule(
    "figures_reordered",
    "warning",
    Text(
        en="the figures of {contest:contest} seem to stand beside the names of other places: the "
        "registered of {n:count} of {all:count} places are far from those of the elections beside "
        "it (in {place} {registered:count}, else about {usual:count}), and are the same sizes in "
        "another order.",
        id="angka pada {contest:contest} tampaknya berada di samping nama wilayah lain: pemilih "
        "terdaftar {n:count} dari {all:count} wilayah jauh berbeda dari pemilihan di dekatnya (di "
        "{place} {registered:count}, biasanya sekitar {usual:count}), padahal besarnya sama, hanya "
        "urutannya lain.",
    ),
    Text(
        en="They were probably sorted without the names. Copy them again from the source document, "
        "each beside its own place.",
        id="Mungkin angkanya diurutkan tanpa nama wilayahnya. Salin lagi dari dokumen sumbernya, "
        "tiap angka pada baris wilayahnya sendiri.",
    ),
)


REORDERED_WITHIN = Rule(
    REORDERED.name,
    "warning",
    Text(
        en="the figures of {contest:contest} in {around} seem to stand beside the names of other "
        "places: the registered of {n:count} of its {all:count} places are far from those of the "
        "elections beside it (in {place} {registered:count}, else about {usual:count}), and are "
        "the same sizes in another order.",
        id="angka {around} pada {contest:contest} tampaknya berada di samping nama wilayah lain: "
        "pemilih terdaftar {n:count} dari {all:count} wilayahnya jauh berbeda dari pemilihan di "
        "dekatnya (di {place} {registered:count}, biasanya sekitar {usual:count}), padahal "
        "besarnya sama, hanya urutannya lain.",
    ),
    REORDERED.remedy,
)


def check_reordered(draft: Draft, rows: pd.DataFrame) -> tuple[list[Finding], pd.Index]:
    """Find elections whose figures stand beside the names of other places, all or in a district.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Those rows, described.

    Returns
    -------
    list of Finding, pandas.Index
        One per election or district of it, and its rows, whose sizes are no measure for others.
    """
    usable = (rows["registered"] > 0) & np.isfinite(rows["registered"]) & rows["date"].notna()
    usable &= ~is_partial(rows) & ~draft.size_doubted()
    places = finest_places(rows[usable], _LOOKED_AT)
    places = places[~places.duplicated(["key", "date"])]
    found = [(REORDERED, told) for told in _reordered(places)]
    whole = [told.index for _, told in found]
    for own in _moved_districts(places.drop(places.index[:0].append(whole))):
        found += [(REORDERED_WITHIN, told) for told in _reordered(own)]
    findings: list[Finding] = []
    concerned = rows.index[:0]
    for rule, told in found:
        times = (told["registered"] / told["usual"]).to_numpy(float)
        off = pd.Series(np.abs(np.log(times)), told.index)
        first = told.assign(n=int((off > _OFF).sum()), all=len(told)).loc[[off.idxmax()]]
        findings += rule.at(draft, first.index, "registered", first)
        concerned = concerned.union(told.index)
    return findings, concerned


def _moved_districts(places: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the districts in which the middle place is far off in some election."""
    own = places[places["around"].notna()].sort_values(["key", "date"], kind="stable")
    if own["within"].nunique() < _FEW:
        return
    logs, keys = np.log(own["registered"]), own["key"]
    beside = [logs.shift(step).where(keys == keys.shift(step)) for step in (1, -1)]
    off = logs - pd.concat(beside, axis=1).mean(axis=1)
    by = [own["date"], own["within"]]
    middle = (off - off.groupby(by).transform("median")).abs().groupby(by)
    far = (middle.transform("median") >= FAR) & (middle.transform("count") >= _MANY)
    for _, district in own[own["within"].isin(own["within"][far])].sort_index().groupby("within"):
        yield district


def _reordered(places: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the places of each election that is so, with what they usually have, ``usual``."""
    days = [own.set_index("key") for _, own in places.groupby("date", sort=True)]
    labels = [own.index for _, own in places.groupby("date", sort=True)]
    for at, own in enumerate(days):
        beside = [days[one]["registered"] for one in (at - 1, at + 1) if 0 <= one < len(days)]
        sizes = pd.concat([own["registered"], *beside], axis=1, join="inner")
        if not beside or len(sizes) < _MANY:
            continue
        logs = np.log(sizes.to_numpy(float))
        order = _names_in_order(own.loc[sizes.index, "area"])
        if _is_reordered(logs, order):
            usual = np.exp(logs[:, 1:].mean(axis=1)).round()
            here = own.assign(label=labels[at]).loc[sizes.index].assign(usual=usual)
            yield here.reset_index().set_index("label").rename_axis(None)


def _names_in_order(names: pd.Series) -> Ints:
    """Return for each row the number of the place that stands there if all are sorted by name."""
    return np.asarray(np.argsort(names.astype(str).str.casefold().to_numpy(str), kind="stable"))


def _is_reordered(logs: Floats, order: Ints) -> bool:
    """Return whether sizes of places are those of others, by logs of it and of those beside it.

    Parameters
    ----------
    logs
        A row for each place as the rows stand: of the election, and of one or two beside it.
    order
        The number of the place whose figures each row has, were they sorted by name.

    Examples
    --------
    >>> size = np.log([1200.0, 410, 2900, 860, 1750, 3300, 560, 2250, 990, 1480])
    >>> in_order = np.arange(10)
    >>> _is_reordered(np.stack([np.roll(size, 3), size, size], 1), in_order)
    True
    >>> _is_reordered(np.stack([size, size, size], 1), in_order)
    False
    """
    own, usual = logs[:, 0], logs[:, 1:].mean(axis=1)
    off = middle_distance(own - usual)
    if off < FAR:
        return False
    by_name = np.empty_like(own)
    by_name[order] = own
    if middle_distance(by_name - usual) <= FITS * off:
        return True
    if middle_distance(np.sort(own) - np.sort(usual)) > FITS * off:
        return False
    steps = np.diff(own)
    if (steps >= 0).all() or (steps <= 0).all():  # sorted by size, as no chance does
        return True
    if logs.shape[1] <= 2:  # with one election beside it, either may be another
        return False
    unlike = max(_correlation(own, logs[:, at]) for at in (1, 2))
    return unlike <= _UNLIKE and _correlation(logs[:, 1], logs[:, 2]) >= _ALIKE


def middle_distance(values: Floats) -> float:
    """Return the middle distance from the median.

    >>> middle_distance(np.array([0.0, 1.0, 2.0, 9.0, 4.0]))
    2.0
    """
    return float(np.median(np.abs(values - np.median(values))))


def _correlation(one: Floats, other: Floats) -> float:
    if one.std() == 0 or other.std() == 0:
        return 1.0
    return float(np.corrcoef(one, other)[0, 1])
