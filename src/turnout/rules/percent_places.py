"""Places of an election whose voters are percentages, beside others that have counts.

Of a sheet that several hands filled, one kecamatan may have 74 where 1.330 people of 1.786 voted.
Turnout is then far below that of all others, and as a percentage the number is what these have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats, Ints
from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names, row_scales
from turnout.rules.rule import Rule
from turnout.rules.told_once import elsewhere, told_once
from turnout.schema import PLACE_COLUMNS

_PERCENT = 100
"""A percentage is at most it, and of fewer registered it is no other number than the voters."""
_HALF = 0.5
"""Turnout (share) from which on numbers are not looked at; and the part of the places far below,
in the election or in a district, that fits as percentages where these are the cause."""
_FEW, _OTHERS = 3, 2
"""Places that are percentages, and others that tell what is usual."""
_PART, _PART_OF_DISTRICT = 0.02, 0.2
"""Share of the places of an election, or of a district, from which on they are no chance."""
_FAR, _NEAR, _WITHIN = 4.0, 2.0, 4.0
"""Standard deviations that they are below the others, that three as percentages are off at most,
and that any beside these is."""
_SD, _LEAST_SD, _USUAL_SD, _MANY = 1.4826, 0.15, 0.35, 20
"""A standard deviation is so many times the median deviation; logits: the least, and the least of
fewer places."""
_LACKS = 30
"""Voters that are missing at least."""

PLACES_IN_PERCENT = Rule(
    "percents_not_counts",
    "error",
    Text(
        en="{voters:count} voters of {registered:count} registered in {place}, as in {n:count} of "
        "{all:count} places of {contest:contest} ({names:list3}): percentages where counts of "
        "people are due. The others have {usual:percent}.",
        id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di "
        "{place}, seperti di {n:count} dari {all:count} wilayah pada {contest:contest} "
        "({names:list3}): berisi persentase, padahal seharusnya jumlah orang. Wilayah lainnya "
        "{usual:percent}.",
    ),
    Text(
        en="Give counts (turnout is worked out from them): multiply by the registered voters "
        "and divide by 100.",
        id="Isikan jumlah (partisipasi dihitung darinya): kalikan dengan pemilih terdaftar, "
        "lalu bagi 100.",
    ),
)


def check_percent_places(draft: Draft) -> list[Finding]:
    """Find elections in which some places have percentages for voters; one error each.

    Parameters
    ----------
    draft
        Rows with registered and voters; those of an election that is not told are left out.
    """
    findings = []
    for at in _elections(draft.table):
        some = draft.table.iloc[at].reindex(
            columns=[*dict.fromkeys((*PLACE_COLUMNS, "contest", "registered", "voters"))]
        )
        for _, rows in some.groupby(row_scales(some), sort=False):
            voters, registered = (rows[name].to_numpy(float) for name in ("voters", "registered"))
            inside = draft.table.loc[rows.index, "within"] if "within" in draft.table else None
            district = pd.factorize(rows["district"] if inside is None else inside)[0]
            found = percent_places(voters, registered, district)
            if found.any():
                findings.append(_told(draft, rows, found))
    told = set(_told_of(draft.findings))
    return [one for one in findings if not told.issuperset(one.rows)]


def in_percent(draft: Draft) -> pd.Index:
    """Return the rows whose voters are percentages, by themselves or by the turnout beside them."""
    found = [*draft.findings, *check_percent_places(draft)]
    return draft.rows_at(_told_of(found))


def counts_alone(draft: Draft, findings: Iterable[Finding]) -> Draft:
    """Return the draft without voters that are percentages: no total is blamed for them."""
    rows = draft.rows_at(_told_of([*draft.findings, *findings]))
    if rows.empty:
        return draft
    voters = draft.table["voters"].mask(draft.table.index.isin(rows))
    return replace(draft, table=draft.table.assign(voters=voters))


def without_percents(draft: Draft, findings: list[Finding]) -> list[Finding]:
    """Return findings without what else is said of voters that are percentages."""
    others = elsewhere(findings, set(_told_of(draft.findings)))
    return told_once(others, [one for one in others if _is_of_places(one)])


def _told_of(findings: Iterable[Finding]) -> list[Spot]:
    return [spot for one in findings if _is_of_places(one) for spot in one.rows]


def _is_of_places(finding: Finding) -> bool:
    return finding.rule == PLACES_IN_PERCENT.name and bool(finding.rows)


def _elections(table: pd.DataFrame) -> Iterator[Ints]:
    """Yield the positions of the rows of each election that has numbers like percentages."""
    voters, registered = (table[name].to_numpy(float) for name in ("voters", "registered"))
    few = np.flatnonzero(_may_be_percents(voters, registered))
    if len(few) < _FEW or "contest" not in table:
        return
    contest = pd.factorize(table["contest"])[0]
    few = few[contest[few] >= 0]
    some = np.flatnonzero(np.bincount(contest[few], minlength=1) >= _FEW)
    usable = np.isin(contest, some) & (voters > 0) & (voters <= registered)
    rows = np.flatnonzero(usable)
    rows = rows[np.argsort(contest[rows], kind="stable")]
    for at in np.split(rows, np.flatnonzero(np.diff(contest[rows])) + 1):
        if _far_below(voters[at], registered[at])[0].sum() >= _FEW:
            yield at


def _may_be_percents(voters: Floats, registered: Floats) -> Bools:
    small = (voters > 0) & (voters <= _PERCENT) & (registered > _PERCENT)
    return np.asarray(small & (voters == np.floor(voters)) & (voters < _HALF * registered))


def percent_places(voters: Floats, registered: Floats, district: Ints) -> Bools:
    """Return which places of one election have percentages for voters.

    Three at least lie far below the others, and as percentages near them; and these are half or
    more of all that lie so far below, in the election or in a district, and no small part of it, so
    that low turnout of another cause is not taken for it.

    Parameters
    ----------
    voters, registered
        Of each place; turnout is between 0 and 1.
    district
        A number of the district of each, -1 where it is not told.

    Examples
    --------
    >>> registered = np.array([1786.0, 2140, 1530, 1905, 2230, 1675, 1820])
    >>> voters = np.array([74.0, 71, 76, 1370, 1590, 1240, 1330])
    >>> percent_places(voters, registered, np.zeros(7, dtype=int)).tolist()
    [True, True, True, False, False, False, False]
    """
    fits, low, within = _far_below(voters, registered)
    held = np.zeros(len(voters), dtype=bool)
    for group, part in ((held.astype(int), _PART), (district + 1, _PART_OF_DISTRICT)):
        n, of = (np.bincount(group[one], minlength=group.max() + 1) for one in (fits, low))
        many = (n >= _FEW) & (n >= part * np.bincount(group)) & (n >= _HALF * of)
        held = held | many[group]
    return np.asarray(held & within)


def _far_below(voters: Floats, registered: Floats) -> tuple[Bools, Bools, Bools]:
    """Return which places fit as percentages, lie far below, and are perhaps percentages."""
    small = _may_be_percents(voters, registered)
    if small.sum() < _FEW or (~small).sum() < _OTHERS:
        return (np.zeros(len(voters), dtype=bool),) * 3
    logit, as_percent = _logit(voters, registered), _logit(voters, np.full(len(voters), _PERCENT))
    level = float(np.median(logit[~small]))
    sd = _SD * float(np.median(np.abs(logit[~small] - level)))
    sd = max(sd, _LEAST_SD if (~small).sum() >= _MANY else _USUAL_SD)
    low = (logit < level - _FAR * sd) & (registered / (1 + np.exp(-level)) - voters >= _LACKS)
    fits, within = (low & small & (np.abs(as_percent - level) <= n * sd) for n in (_NEAR, _WITHIN))
    return fits, low, within


def _logit(voters: Floats, registered: Floats) -> Floats:
    return np.log((voters + 0.5) / np.maximum(registered - voters + 0.5, 0.5))


def _told(draft: Draft, places: pd.DataFrame, found: Bools) -> Finding:
    """Return the error of some places of an election."""
    told, others = places[found], places[~found]
    told = told.assign(place=place_names(told))
    values = {
        **told.iloc[0][["contest", "place", "registered", "voters"]].to_dict(),
        "n": len(told),
        "all": len(places),
        "names": [*told["place"]],
        "usual": others["voters"].sum() / others["registered"].sum(),
    }
    table = pd.DataFrame({name: [value] for name, value in values.items()}, told.index[:1])
    [finding] = PLACES_IN_PERCENT.at(draft, table.index, "voters", table)
    return replace(finding, rows=tuple(draft.spots(told.index, "voters")))
