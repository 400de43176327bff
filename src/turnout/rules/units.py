"""Counts must be counts: shares, percents and numbers that lost their thousands are told.

The decision is made per column, or per contest in it, never per cell: 62.45 alone could be
anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.percent_places import (
    PLACES_IN_PERCENT,
    PLACES_IN_SHARES,
    check_percent_places,
    lost_thousands,
    rows_in_percent,
)
from turnout.rules.rule import Rule
from turnout.schema import COUNT_COLUMNS

LOWEST = 0.15
"""Turnout (share) below which numbers up to 100 may be percentages instead of counts."""

SHARES = Rule(
    PLACES_IN_SHARES.name,
    "error",
    Text(
        en="a share between 0 and 1 where a count of people is due.",
        id="berisi proporsi antara 0 dan 1, padahal seharusnya jumlah orang.",
    ),
    PLACES_IN_SHARES.remedy,
)

PERCENTS = Rule(
    PLACES_IN_PERCENT.name,
    "error",
    Text(
        en="a percentage where a count of people is due.",
        id="berisi persentase, padahal seharusnya jumlah orang.",
    ),
    PLACES_IN_PERCENT.remedy,
)

LOST_THOUSANDS = Rule(
    "lost_thousands",
    "error",
    Text(
        en="looks like a count in thousands whose separator was read as a decimal mark.",
        id="tampaknya jumlah ribuan yang titik pemisahnya terbaca sebagai koma desimal.",
    ),
    Text(
        en="Multiply the column by 1,000, or store it as text before saving; whole numbers in this "
        "column may have lost zeros too (12 for 12.000).",
        id="Kalikan kolom ini dengan 1.000, atau simpan sebagai teks; bilangan bulat di kolom ini "
        "mungkin juga kehilangan nol (12 untuk 12.000).",
    ),
)

LOST_IN_SOME = Rule(
    LOST_THOUSANDS.name,
    "error",
    LOST_THOUSANDS.message,
    Text(
        en="Multiply these cells alone by 1,000, or store them as text before saving; the larger "
        "whole numbers in this column are right as they stand, those below 1,000 may have lost "
        "zeros too (12 for 12.000).",
        id="Kalikan sel-sel ini saja dengan 1.000, atau simpan sebagai teks; bilangan bulat yang "
        "lebih besar di kolom ini sudah benar, yang di bawah 1.000 mungkin juga kehilangan nol (12 "
        "untuk 12.000).",
    ),
)

IN_THOUSANDS = Rule(
    "count_in_thousands",
    "error",
    Text(
        en="the registered seem to stand in thousands: {registered:figure} beside {voters:count} "
        "voters, and so in {n:count:row:rows}.",
        id="pemilih terdaftar tampaknya ditulis dalam ribuan: {registered:figure} di samping "
        "{voters:count} pengguna hak pilih, pada {n:count} baris.",
    ),
    Text(
        en="Copy the counts in full from the source; do not multiply by 1,000, as they are "
        "rounded.",
        id="Salin jumlah lengkapnya dari sumbernya; jangan dikalikan 1.000, karena sudah "
        "dibulatkan.",
    ),
)

FRACTIONAL = Rule(
    "fractional_count",
    "error",
    Text(en="not a whole number of people.", id="bukan jumlah orang yang bulat."),
    Text(
        en="Give the count as the form states it, without rounding or averaging.",
        id="Isikan jumlah seperti pada formulir, tanpa pembulatan atau rata-rata.",
    ),
)


_PERCENT = 100
_OF_VOTERS = tuple(name for name in COUNT_COLUMNS if name.startswith(("voters", "valid", "in")))
_THOUSAND = 1000
"""A count that lost its thousands is below it."""
_FEW = 3
"""Rows of a contest that tell a unit of its own."""
_NEARLY_ALL = 0.9
"""Share of the places that numbers are far below: in a small one 70 may be many."""


def check_units(draft: Draft) -> list[Finding]:
    """Find columns of shares, percents, lost thousands, and single fractions.

    Of lists that were put together one may have another unit than the others: what a column does
    not tell as a whole, a contest may, or some of its places.
    """
    places = check_percent_places(draft)
    told = rows_in_percent(draft, [*draft.findings, *places])
    contests = draft.table.reindex(columns=["contest"])["contest"]
    thousands = _registered_in_thousands(draft.table, contests)
    findings = _told_in_thousands(draft, thousands, contests)
    for column in COUNT_COLUMNS:
        values = draft.table[column].dropna()
        if column == "registered":
            values = values.drop(thousands)
        if column in _OF_VOTERS:  # men, women and ballots are told with the voters beside them
            values = values.drop(told.intersection(values.index[values <= _PERCENT]))
        if values.empty:
            continue
        registered = draft.table["registered"].reindex(values.index)
        if column == "registered":
            registered = registered.iloc[:0]
        for rule, rows in _units(column, values, registered, contests[values.index]):
            findings += rule.at(draft, rows, column)
    return [*findings, *places]


def _registered_in_thousands(table: pd.DataFrame, contests: pd.Series) -> pd.Index:
    """Return the rows of elections whose registered are thousands beside voters in full.

    They are small numbers, with decimals in most rows, and a thousand times as many hold the voters
    in nearly all: *9.3* beside 4,512. With three decimals in most (*9.312*) they are whole counts
    that lost their mark of thousands, which is told otherwise.
    """
    registered, voters = table["registered"], table.reindex(columns=["voters"])["voters"]
    known = registered.gt(0) & voters.gt(0)
    low = known & (registered < _THOUSAND)
    share = voters / (_THOUSAND * registered.where(known))
    fits = low & share.between(_LEAST_OF_THOUSANDS, 1) & (voters > _OVER * registered)
    of = contests.where(contests.notna(), "")
    part, exact = registered.mod(1).ne(0), (100 * registered).round(6).mod(1).ne(0)
    sums = pd.DataFrame({"n": known, "fits": fits, "part": known & part, "exact": known & exact})
    by = sums.astype(float).groupby(of).transform("sum")
    all_of_it = (by["n"] >= _FEW) & (by["fits"] >= _NEARLY_ALL * by["n"])
    rounded = (by["part"] > by["n"] / 2) & (by["exact"] <= by["n"] / 2)
    return table.index[low & all_of_it & rounded]


def _told_in_thousands(draft: Draft, rows: pd.Index, contests: pd.Series) -> list[Finding]:
    """Return an error for each election whose registered are thousands."""
    found = []
    for _, own in draft.table.loc[rows].groupby(contests[rows].fillna(""), sort=False):
        told = own.iloc[:1].assign(n=len(own))
        of_rows = tuple(draft.spots(own.index, "registered"))
        found += [
            replace(one, rows=of_rows)
            for one in IN_THOUSANDS.at(draft, told.index, "registered", told)
        ]
    return found


def without_thousands(draft: Draft, findings: list[Finding]) -> list[Finding]:
    """Return findings without what is said of voters beside registered that are thousands."""
    told = [one for one in findings if one.rule == IN_THOUSANDS.name]
    rows = draft.rows_at(spot for one in told for spot in one.rows)
    spots = {spot for name in ("registered", "voters") for spot in draft.spots(rows, name)}
    return [one for one in findings if one in told or one.spot not in spots] if told else findings


_LEAST_OF_THOUSANDS, _OVER = 0.03, 10
"""Turnout (share), and times the number that stands for the registered, that voters are."""


def _units(
    column: str, values: pd.Series, registered: pd.Series, contests: pd.Series
) -> Iterator[tuple[Rule, pd.Index]]:
    """Yield the rules that a column breaks, or contests of it, and the rows that break them."""
    rule, rows = _unit(column, values, registered)
    if rule is None or rule is FRACTIONAL:
        by = values.groupby(contests)
        low = values[(by.transform("max") <= 100) & (by.transform("size") >= _FEW)]
        for _, some in low.groupby(contests[low.index], sort=False):
            own, at = _unit(column, some, registered[registered.index.isin(some.index)])
            if own in (SHARES, PERCENTS):
                rows = rows.difference(at, sort=False)
                yield own, at
    if rule is not None and len(rows):
        yield rule, rows


def _unit(column: str, values: pd.Series, registered: pd.Series) -> tuple[Rule | None, pd.Index]:
    """Return the rule that values break together, and the rows that break it."""
    if (values % 1 != 0).any():
        return unit_of_fractions(values, registered)
    rule = _unit_of_whole(values, registered.dropna()) if column == "voters" else None
    return rule, values.index[:0] if rule is None else values.index


def unit_of_fractions(values: pd.Series, registered: pd.Series) -> tuple[Rule, pd.Index]:
    """Return the rule that a column with fractions breaks, and the rows that break it.

    Parameters
    ----------
    values
        The figures of the column, some of which have fractions.
    registered
        The registered beside them; empty for the registered themselves.
    """
    parts = values[values % 1 != 0]
    if values.between(0, 1).all():
        return SHARES, values.index
    roll = registered[registered % 1 != 0]
    if lost_thousands(parts, registered) or (len(roll) and lost_thousands(roll, roll.iloc[:0])):
        return LOST_IN_SOME if values.ge(_THOUSAND).any() else LOST_THOUSANDS, parts.index
    if values.between(0, 100).all() and not registered.empty:
        return PERCENTS, values.index
    if _few_lost_thousands(parts, values.drop(parts.index), registered):
        return LOST_IN_SOME, parts.index
    return FRACTIONAL, parts.index


def _few_lost_thousands(parts: pd.Series, whole: pd.Series, registered: pd.Series) -> bool:
    """Return whether fractions are counts in thousands of which zeros were lost: *1.95* for 1,950.

    They are small, and times a thousand each is the turnout of a place as the whole counts are.
    """
    thousands = 1000 * parts
    exact = (thousands - thousands.round()).abs().lt(_EXACT).all()
    room = registered.reindex(parts.index)
    fit = (thousands / room).between(LOWEST, _MOST) & room.mod(1).eq(0)
    counts = (whole / registered.reindex(whole.index)).between(LOWEST, _MOST).mean() > _MOSTLY
    return bool(exact and parts.between(1, _SMALL).all() and fit.all() and counts)


_SMALL, _MOST, _MOSTLY, _EXACT = 10, 1.5, 0.5, 1e-6
"""Numbers below it are no percentages of those who voted; the highest turnout (share); the part of
the whole numbers that are counts; and what arithmetic leaves of a whole number."""


def _unit_of_whole(values: pd.Series, registered: pd.Series) -> Rule | None:
    """Return the rule that voters without fractions break: turnout below 10% is not a turnout."""
    if registered.empty or not values.any():
        return None
    if values.between(0, 1).all() and (registered > 100).all():
        return SHARES
    if values.between(0, 100).all() and values.median() >= 20 and _is_no_part(values, registered):
        return PERCENTS
    return None


def _is_no_part(values: pd.Series, registered: pd.Series) -> bool:
    """Whether numbers up to 100 are no part of the registered: far below, or alike whatever it."""
    if (registered > 1000).all():
        return True
    both = pd.DataFrame({"values": values, "registered": registered}).dropna()
    both = both[(both > 0).all(axis=1)]
    spread = np.log(both).std(ddof=0)
    low = (both["values"] < LOWEST * both["registered"]).mean() >= _NEARLY_ALL
    return bool(low and len(both) > 2 and spread["values"] < spread["registered"] / 2)
