"""Places of an election whose voters are percentages, or shares, beside others that have counts.

Of a sheet that several hands filled, one kecamatan may have 74 where 1.330 people of 1.786 voted,
or 74,5, or 0,745. Turnout is then far below that of all others, and as a percentage the number is
what these have. A number with decimals is no count of people, so one tells what three whole ones
do.
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

_PERCENT, _SHARE = 100, 1
"""What all voters are as a percentage, and as a share: neither is above it. Of fewer registered
than 100 a percentage is no other number than the voters."""
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

_COPY_COUNTS = Text(
    en="Copy the counts of people from the source; do not work them out from percentages, which "
    "are rounded.",
    id="Salin jumlah orangnya dari formulir D.Hasil atau sumber lain; jangan menghitungnya dari "
    "persentase, karena persentase sudah dibulatkan.",
)


def _in_some_places(name: str, en: str, id: str) -> Rule:
    """Return the rule that no place of an election has voters of another unit."""
    message = Text(
        en=f"voters are {en}, where counts of people are due, in {{n:count}} of {{all:count}} "
        "places of {contest:contest} ({names:list3}): {voters:figure} of {registered:count} "
        "registered in {place}. The others have a turnout of {usual:percent}.",
        id=f"pengguna hak pilih berisi {id}, padahal seharusnya jumlah orang, di {{n:count}} dari "
        "{all:count} wilayah pada {contest:contest} ({names:list3}): {voters:figure} dari "
        "{registered:count} pemilih terdaftar di {place}. Partisipasi wilayah lainnya "
        "{usual:percent}.",
    )
    return Rule(name, "error", message, _COPY_COUNTS)


PLACES_IN_PERCENT = _in_some_places("percents_not_counts", "percentages", "persentase")
PLACES_IN_SHARES = _in_some_places(
    "shares_not_counts", "shares between 0 and 1", "proporsi antara 0 dan 1"
)

_UNITS = {_PERCENT: PLACES_IN_PERCENT, _SHARE: PLACES_IN_SHARES}


def check_percent_places(draft: Draft) -> list[Finding]:
    """Find elections in which some places have percentages, or shares, for voters; an error each.

    Parameters
    ----------
    draft
        Rows with registered and voters; those of an election that is not told are left out.
    """
    findings = []
    for at in _elections(_without_lost_thousands(draft.table)):
        some = draft.table.iloc[at].reindex(
            columns=[*dict.fromkeys((*PLACE_COLUMNS, "contest", "registered", "voters"))]
        )
        for _, rows in some.groupby(row_scales(some), sort=False):
            voters, registered = (rows[name].to_numpy(float) for name in ("voters", "registered"))
            inside = draft.table.loc[rows.index, "within"] if "within" in draft.table else None
            district = pd.factorize(rows["district"] if inside is None else inside)[0]
            for unit, rule in _UNITS.items():
                found = percent_places(voters, registered, district, unit)
                if found.any():
                    findings.append(_told(draft, rule, rows, found))
    told = set(_told_of(draft.findings))
    return [one for one in findings if not told.issuperset(one.rows)]


def _without_lost_thousands(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table without voters that are counts in thousands: below 1 they are no shares."""
    parts = table["voters"][table["voters"] % 1 > 0]
    if parts.empty or not lost_thousands(parts, table["registered"]):
        return table
    return table.assign(voters=table["voters"].drop(parts.index))


def in_percent(draft: Draft) -> pd.Index:
    """Return the rows whose voters are no counts, by themselves or by the turnout beside them."""
    return rows_in_percent(draft, [*draft.findings, *check_percent_places(draft)])


def rows_in_percent(draft: Draft, findings: Iterable[Finding]) -> pd.Index:
    """Return the rows whose voters are told to be no counts."""
    return draft.rows_at(_told_of(findings))


def counts_alone(draft: Draft, findings: Iterable[Finding]) -> Draft:
    """Return the draft without voters that are no counts: no total is blamed for them."""
    rows = rows_in_percent(draft, [*draft.findings, *findings])
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
    return finding.rule in {rule.name for rule in _UNITS.values()} and bool(finding.rows)


def _elections(table: pd.DataFrame) -> Iterator[Ints]:
    """Yield the positions of the rows of each election that has numbers like percentages."""
    voters, registered = (table[name].to_numpy(float) for name in ("voters", "registered"))
    few = np.flatnonzero(_may_be(voters, registered, _PERCENT))
    if not len(few) or "contest" not in table:
        return
    contest = pd.factorize(table["contest"])[0]
    few = few[contest[few] >= 0]
    weight = np.where(_is_fraction(voters[few]), _FEW, 1)
    some = np.flatnonzero(np.bincount(contest[few], weight, minlength=1) >= _FEW)
    usable = np.isin(contest, some) & (voters > 0) & (voters <= registered)
    rows = np.flatnonzero(usable)
    rows = rows[np.argsort(contest[rows], kind="stable")]
    for at in np.split(rows, np.flatnonzero(np.diff(contest[rows])) + 1):
        small = _may_be(voters[at], registered[at], _PERCENT)
        if (_far_below(voters[at], registered[at], small, _PERCENT)[1] & small).any():
            yield at


def _is_fraction(values: Floats) -> Bools:
    return np.asarray(values != np.floor(values))


def _may_be(voters: Floats, registered: Floats, unit: int) -> Bools:
    """Return which numbers are small enough for percentages, or shares."""
    small = (voters > 0) & (voters <= unit) & (registered > _PERCENT)
    return np.asarray(small & (voters < _HALF * registered))


def percent_places(
    voters: Floats, registered: Floats, district: Ints, unit: int = _PERCENT
) -> Bools:
    """Return which places of one election have percentages, or shares, for voters.

    Three at least, or one with decimals, lie far below the others, and as percentages near them;
    and these are half or more of all that lie so far below, in the election or in a district, and
    no small part of it, so that low turnout of another cause is not taken for it. Numbers that fit
    as thousands whose mark was read as a decimal one are none.

    Parameters
    ----------
    voters, registered
        Of each place; turnout is between 0 and 1.
    district
        A number of the district of each, -1 where it is not told.
    unit
        What all voters are: 100 of percentages, 1 of shares.

    Examples
    --------
    >>> registered = np.array([1786.0, 2140, 1530, 1905, 2230, 1675, 1820])
    >>> voters = np.array([74.0, 71.2, 76, 1370, 1590, 1240, 1330])
    >>> percent_places(voters, registered, np.zeros(7, dtype=int)).tolist()
    [True, True, True, False, False, False, False]
    """
    none = np.zeros(len(voters), dtype=bool)
    small = _may_be(voters, registered, unit)
    broken = small & _is_fraction(voters)
    parts = pd.Series(voters[broken])
    if len(parts) and lost_thousands(parts, pd.Series(registered[broken])):
        return none
    fits, low, within = _far_below(voters, registered, small, unit)
    fits = fits | (within & broken)
    held = none
    for group, part in ((none.astype(int), _PART), (district + 1, _PART_OF_DISTRICT)):
        n, of, sure = (
            np.bincount(group[one], minlength=group.max() + 1) for one in (fits, low, fits & broken)
        )
        few = (n >= _FEW) | (sure > 0)
        many = few & (n >= part * np.bincount(group)) & (n >= _HALF * of)
        held = held | many[group]
    return np.asarray((held & (within | (low & broken))) | (fits & broken))


def _far_below(
    voters: Floats, registered: Floats, small: Bools, unit: int
) -> tuple[Bools, Bools, Bools]:
    """Return which places fit as percentages, lie far below, and are perhaps percentages."""
    if not small.any() or (~small).sum() < _OTHERS:
        return (np.zeros(len(voters), dtype=bool),) * 3
    logit = _logit(voters, registered)
    as_percent = _logit(voters * (_PERCENT / unit), np.full(len(voters), _PERCENT))
    level = float(np.median(logit[~small]))
    sd = _SD * float(np.median(np.abs(logit[~small] - level)))
    sd = max(sd, _LEAST_SD if (~small).sum() >= _MANY else _USUAL_SD)
    low = (logit < level - _FAR * sd) & (registered / (1 + np.exp(-level)) - voters >= _LACKS)
    fits, within = (low & small & (np.abs(as_percent - level) <= n * sd) for n in (_NEAR, _WITHIN))
    return fits, low, within


def _logit(voters: Floats, registered: Floats) -> Floats:
    return np.log((voters + 0.5) / np.maximum(registered - voters + 0.5, 0.5))


def lost_thousands(parts: pd.Series, registered: pd.Series) -> bool:
    """Return whether fractions are counts in thousands: mostly three decimals, and they fit.

    Parameters
    ----------
    parts
        Numbers with decimals.
    registered
        The registered beside them; empty for the registered themselves.

    Examples
    --------
    >>> lost_thousands(pd.Series([1.234, 1.129]), pd.Series([1500.0, 1600.0]))
    True
    """
    thousands = (1000 * parts).round()
    exact = ((1000 * parts - thousands).abs() < 1e-6).all()
    three_decimals = (thousands % 10 != 0).mean() >= 0.5
    room = registered.reindex(parts.index)
    room = room[room % 1 == 0]
    fits = room.empty or (thousands.loc[room.index] <= 1.5 * room).mean() >= 0.5
    # A count below a thousand has no mark that could be lost.
    marked = (parts >= 1).any() and (parts < 1000).all()
    return bool(exact and three_decimals and fits and marked)


def _told(draft: Draft, rule: Rule, places: pd.DataFrame, found: Bools) -> Finding:
    """Return the error of some places of an election."""
    voters, registered = (places[name].to_numpy(float) for name in ("voters", "registered"))
    told, others = places[found], places[~_may_be(voters, registered, _PERCENT)]
    told = told.assign(place=place_names(told))
    values = {
        **told.iloc[0][["contest", "place", "registered", "voters"]].to_dict(),
        "n": len(told),
        "all": len(places),
        "names": [*told["place"]],
        "usual": others["voters"].sum() / others["registered"].sum(),
    }
    table = pd.DataFrame({name: [value] for name, value in values.items()}, told.index[:1])
    [finding] = rule.at(draft, table.index, "voters", table)
    return replace(finding, rows=tuple(draft.spots(told.index, "voters")))
