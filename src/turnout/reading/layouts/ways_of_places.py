"""Places that stand in a row for each way of voting: *Ashby - Election Day*, *Ashby - Absentee*."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
from pandas.api.types import is_numeric_dtype

from turnout.errors import Finding
from turnout.identity.keys import plain_name
from turnout.language import Text
from turnout.reading.headers.voting_ways import WAYS_OF_VOTING
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.schema import CONTEST_COLUMNS, PLACE_COLUMNS, parts_of_counts

_SEVERAL = 2
_BETWEEN = r"[\s\-–—:/,(\[]"
_WAYS = "|".join(sorted(map(re.escape, WAYS_OF_VOTING), key=len, reverse=True))
# From the first sign between both on: else a long run of them would be gone through from each.
_ENDING = re.compile(
    rf"(?<!{_BETWEEN}){_BETWEEN}+({_WAYS})"
    r"(?:\s+(?:votes?|voters?|ballots?))?\s*[)\]]?$",
    re.IGNORECASE,
)


def with_ways_added_up(draft: Draft) -> Draft:
    """Return the draft with one row for places that have a row for each way of voting.

    Their voters are added up, and their registered, which one of the rows tells or all, are taken
    once. Where a row of the whole place stands beside them, it is kept; one with fewer voters than
    they have together is an error. Rows with a roll of their own each are places of their own.

    Parameters
    ----------
    draft
        Rows of places.

    Examples
    --------
    >>> rows = pd.DataFrame({"area": ["P1 - Election Day", "P1 (absentee)"],
    ...                      "registered": [100.0, None], "voters": [40.0, 20.0]})
    >>> with_ways_added_up(Draft.of_table(rows)).table
      area  registered  voters
    0   P1       100.0    60.0
    """
    table = draft.table
    column = next((name for name in PLACE_COLUMNS[::-1] if name in table), None)
    figures = ("registered", "voters")
    if column is None or not all(n in table and is_numeric_dtype(table[n]) for n in figures):
        return draft
    names = pd.Series(table[column].dropna().unique(), dtype="object").astype("str")
    way = names.str.extract(_ENDING, expand=False)
    place = names[way.notna()].str.replace(_ENDING, "", regex=True)
    parted = pd.DataFrame({"place": place[place.str.contains(r"\w")], "way": way})
    ways = parted.dropna().set_axis(names[parted.notna().all(axis=1)])
    if len(ways) < _SEVERAL:
        return draft
    rows = _described(table, column, ways)
    parts = rows[_told_by_way(rows)]
    if parts.empty:
        return draft
    return _added_up(draft, rows.loc[parts.index], rows[rows["way"].isna()], column)


def _described(table: pd.DataFrame, column: str, ways: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with their ``way`` of voting, and the ``group`` of those of one place."""
    place = table[column].map(ways["place"]).fillna(table[column])
    above = [name for name in PLACE_COLUMNS if name != column]
    by = [table[name] for name in (*CONTEST_COLUMNS, *above) if name in table]
    alike = place.astype("object").map(plain_name, na_action="ignore")
    group = pd.concat([*by, alike.rename("alike")], axis=1).groupby(
        [*(one.name for one in by), "alike"], dropna=False, sort=False
    )
    way = table[column].map(ways["way"]).astype("object").str.casefold()
    rows = table.assign(place=place, way=way, group=group.ngroup())
    return rows[rows["group"].isin(rows.loc[rows["way"].notna(), "group"])]


def _told_by_way(rows: pd.DataFrame) -> pd.Series[bool]:
    """Mark the rows of places with several ways of voting and one number of registered."""
    ways = rows[rows["way"].notna()]
    by = ways.groupby("group")
    known = rows["registered"].where(rows["registered"] > 0).groupby(rows["group"]).nunique()
    once = by["way"].nunique().eq(by.size()) & (by.size() >= _SEVERAL)
    once &= by["voters"].count().eq(by.size()) & known.reindex(once.index).eq(1)
    wholes = rows[rows["way"].isna()].groupby("group").size().reindex(once.index, fill_value=0)
    return rows["way"].notna() & rows["group"].map(once & (wholes <= 1)).eq(other=True)


def _added_up(draft: Draft, parts: pd.DataFrame, wholes: pd.DataFrame, column: str) -> Draft:
    by = parts.groupby("group")
    first = by.head(1)
    together = by["voters"].sum()
    beside = wholes[wholes["group"].isin(together.index)]
    kept = first[~first["group"].isin(beside["group"])]
    table = draft.table.copy()
    table.loc[kept.index, column] = kept["place"]
    roll = kept["group"].map(by["registered"].max())
    table.loc[kept.index, "registered"] = roll
    counts = ("voters", "valid", "invalid", *parts_of_counts(table.columns))
    for name in (one for one in counts if one in table and not one.startswith("registered")):
        summed = parts[name].groupby(parts["group"]).sum(min_count=1)
        table.loc[kept.index, name] = kept["group"].map(summed)
    below = beside.assign(together=beside["group"].map(together))
    below = below[below["together"] > below["voters"]]
    below = below.assign(points=(below["together"] - below["voters"]) / below["registered"])
    fine = parts[~parts["group"].isin(below["group"])]
    draft = replace(draft, table=table)
    findings = _told(draft, fine, ADDED_UP if len(kept) else BESIDE_WHOLE, column)
    findings += BELOW_WAYS.at(draft, below.index, "voters", below)
    return draft.without(parts.index.difference(kept.index), findings)


def _told(draft: Draft, parts: pd.DataFrame, rule: Rule, column: str) -> list[Finding]:
    """Return what is told once of all places whose rows are not wrong."""
    first = parts.index[:1]
    if first.empty:
        return []
    alike = parts.loc[parts["group"] == parts.loc[first[0], "group"], column]
    told = {"n": len(parts), "places": parts["group"].nunique(), "some": [list(alike)]}
    return rule.at(draft, first, column, pd.DataFrame(told, index=first))


ADDED_UP = Rule(
    "ways_of_voting_added_up",
    "warning",
    Text(
        en="{n:count} rows tell the voters of {places:count:place:places} by the way in which they "
        "voted, such as {some:list}: added up, and the registered taken once.",
        id="{n:count} baris memuat pengguna hak pilih {places:count} wilayah menurut cara "
        "memilihnya, misalnya {some:list}: dijumlahkan, dan DPT-nya dipakai satu kali.",
    ),
    Text(
        en="If they are places of their own, give each its own registered.",
        id="Bila masing-masing wilayah tersendiri, isi DPT-nya sendiri-sendiri.",
    ),
)
BESIDE_WHOLE = Rule(
    ADDED_UP.name,
    "warning",
    Text(
        en="{n:count} rows tell the voters of {places:count:place:places} by the way in which they "
        "voted, such as {some:list}, beside a row of all: left out, so that nobody counts twice.",
        id="{n:count} baris memuat pengguna hak pilih {places:count} wilayah menurut cara "
        "memilihnya, misalnya {some:list}, di samping baris seluruhnya: tidak dipakai, supaya "
        "tidak ada pemilih yang dihitung dua kali.",
    ),
    ADDED_UP.remedy,
)
BELOW_WAYS = Rule(
    "total_below_ways_of_voting",
    "error",
    Text(
        en="{place} has {voters:count} voters, but its rows by way of voting add up to "
        "{together:count}: {points:points} points of turnout more.",
        id="pengguna hak pilih {place} {voters:count}, padahal baris-baris menurut cara "
        "memilihnya berjumlah {together:count}: partisipasinya lebih tinggi {points:points} poin.",
    ),
    Text(
        en="If the row is of some ways only, such as those who voted on the day, delete it: the "
        "others are added up. Else correct it.",
        id="Bila baris ini hanya memuat sebagian cara memilih, misalnya yang memilih pada hari H, "
        "hapus baris ini: baris yang lain dijumlahkan. Bila tidak, perbaiki.",
    ),
)
