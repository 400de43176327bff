"""Voters by the way in which they voted, held against the voters that stand beside them.

Many a file's *Total ballots* are those of election day: absentee ones have a column of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pandas as pd

from turnout.errors import Finding
from turnout.identity.kinds import says_total
from turnout.language import Text
from turnout.own_rolls import TOLD_APART
from turnout.reading.files.cells import Distinct
from turnout.reading.headers.voters_by_way import said_as_ways, ways_among
from turnout.reading.layouts.postal import WITHOUT_ROLL
from turnout.reading.values.numerals import parse_numbers
from turnout.rules.draft import Draft
from turnout.rules.grave import VOTERS_LACK_A_WAY
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS
from turnout.surroundings import Setting, Settings

_SEVERAL = 2
_LEAST = 0.005
"""Share of the registered: fewer ballots may have been cast and not counted."""
_MOSTLY = 0.5


def check_voting_ways(draft: Draft) -> Draft:
    """Return a draft with what is told of voters that are fewer than those by ways of voting.

    Where the ways are all voters in most rows, the other rows are wrong. Where they are more in
    most, the voters lack some of them. A way that only totals tell has no roll of its own there:
    ``voters_without_roll`` tells how many these are.

    Parameters
    ----------
    draft
        Rows of results or of a count, as they stand in the file.

    Examples
    --------
    >>> rows = pd.DataFrame({"registered": [100.0, 90.0], "voters": [40.0, 30.0],
    ...                      "Election day": [40, 30], "Absentee": [20, 15]})
    >>> [str(one.values["lacking"]) for one in check_voting_ways(Draft.of_table(rows)).findings]
    ['Absentee']
    """
    columns = list(ways_among([str(name) for name in draft.table]))
    if len(columns) < _SEVERAL or not {"registered", "voters"} <= set(draft.table):
        return draft
    ways = pd.DataFrame(
        {
            name: parse_numbers(draft.table[name].astype("object"), whole=True).values
            for name in columns
        }
    )
    draft = _apart_in_totals(draft, ways)
    told = ways.notna().sum(axis=1).ge(_SEVERAL) & draft.table["voters"].notna()
    table = draft.table[told].assign(together=ways.sum(axis=1))
    more = table["together"] - table["voters"]
    if not (more > 0).any():
        return draft
    if (more == 0).mean() > _MOSTLY:
        found = _in_rows(draft, table, table.index[more > 0], columns)
    else:
        short = table.index[more > _LEAST * table["registered"]]
        found = _of_columns(draft, table, short, ways)
    return replace(draft, findings=(*draft.findings, *found))


def _apart_in_totals(draft: Draft, ways: pd.DataFrame) -> Draft:
    """Return a draft that tells of its totals how many voters voted in ways that only these tell.

    So it is where a total is the sum of all its ways, and its places of the others.
    """
    places = [name for name in PLACE_COLUMNS if name in draft.table]
    if not places or TOLD_APART in draft.table:
        return draft
    finest = draft.table[places[-1]]
    total = finest.isna() | Distinct.of(finest).where(says_total)
    untold = ways[~total].isna().all()
    alone = [str(name) for name in untold.index[untold]]
    adds_up = ways.sum(axis=1).eq(draft.table["voters"])
    if not alone or not total.any() or not adds_up[~total].any() or not adds_up.all():
        return draft
    apart = ways[alone].sum(axis=1)
    first = apart.index[apart > 0][:1]
    values = {
        "n": int((apart > 0).sum()),
        "voters": apart.sum(),
        "columns": " + ".join(draft.headers.get(str(name), str(name)) for name in alone),
    }
    told = APART_IN_TOTALS.at(draft, first, "voters", pd.DataFrame(values, index=first))
    return replace(
        draft,
        table=draft.table.assign(**{TOLD_APART: apart}),
        written=draft.written.assign(**{TOLD_APART: ""}),
        findings=(*draft.findings, *told),
    )


def _in_rows(
    draft: Draft, table: pd.DataFrame, rows: pd.Index, columns: Sequence[str]
) -> list[Finding]:
    written = " + ".join(draft.headers.get(name, name) for name in columns)
    return MORE_BY_WAYS.at(draft, rows, "voters", table.assign(columns=written))


def _of_columns(
    draft: Draft, table: pd.DataFrame, rows: pd.Index, ways: pd.DataFrame
) -> list[Finding]:
    """Return the one finding for all rows whose voters lack those of a way of voting."""
    if rows.empty:
        return []
    called = {str(name): draft.headers.get(str(name), str(name)) for name in ways}
    lacking = _lacking(table.loc[rows, "voters"], ways.loc[rows])
    short = table.loc[rows]
    values = {
        "n": len(rows),
        "all": len(table),
        "columns": " + ".join(called.values()),
        "together": short["together"].sum(),
        "voters": short["voters"].sum(),
        "points": (short["together"] - short["voters"]).sum() / short["registered"].sum(),
        "called": draft.headers.get("voters", "voters"),
        "lacking": " + ".join(called[name] for name in lacking),
        "settings": _added_up(draft, called),
    }
    rule = LACKING if lacking else MORE_THAN_ALL
    if values["settings"] is None:
        rule = replace(rule, remedy=_GIVE_ALL)
    told = pd.DataFrame({name: [value] for name, value in values.items()}, rows[:1], dtype="object")
    return rule.at(draft, rows[:1], "voters", told)


def _lacking(voters: pd.Series[float], ways: pd.DataFrame) -> list[str]:
    """Return the ways without which the others are the voters in most rows; none where unclear."""
    for size in range(1, len(ways.columns)):
        for left in combinations(map(str, ways), size):
            if ways.drop(columns=list(left)).sum(axis=1).eq(voters).mean() > _MOSTLY:
                return list(left)
    return []


def _added_up(draft: Draft, called: dict[str, str]) -> Settings | None:
    """Return what to say so that the columns are added up; None where they cannot be."""
    meant = said_as_ways(list(called.values()))
    if meant is None:
        return None
    whole = Setting("columns", draft.headers.get("voters", "voters"), "own")
    return Settings((whole, *meant.each))


APART_IN_TOTALS = Rule(
    WITHOUT_ROLL.name,
    "warning",
    Text(
        en="{voters:count} voters under {columns} stand in {n:count:total:totals} alone, and in "
        "none of the places in them: they count in these totals.",
        id="{voters:count} pengguna hak pilih pada {columns} hanya ada pada {n:count} baris "
        "jumlah, tidak pada rinciannya: mereka dihitung dalam jumlah itu.",
    ),
    WITHOUT_ROLL.remedy,
)
MORE_BY_WAYS = Rule(
    "more_by_ways_of_voting",
    "error",
    Text(
        en="{voters:count} voters, but {columns} are {together:count}; in most rows both are the "
        "same.",
        id="pengguna hak pilihnya {voters:count}, padahal {columns} berjumlah {together:count}; "
        "di sebagian besar baris keduanya sama.",
    ),
    Text(
        en="Give the row all of its voters, however they voted.",
        id="Isi baris itu dengan semua pengguna hak pilihnya, dengan cara apa pun mereka memilih.",
    ),
)
_GIVE_ALL = Text(
    en="Give a column of all voters, however they voted. If some of these columns hold the same "
    "voters, delete the one that is part of another.",
    id="Berikan kolom semua pengguna hak pilih, dengan cara apa pun mereka memilih. Bila ada "
    "kolom yang memuat pemilih yang sama, hapus kolom yang merupakan bagian dari kolom lain.",
)
_ADD_UP = Text(
    en="If so, have them added up: {settings}. If some of these columns hold the same voters, "
    "delete the one that is part of another.",
    id="Bila demikian, minta agar dijumlahkan: {settings}. Bila ada kolom yang memuat pemilih yang "
    "sama, hapus kolom yang merupakan bagian dari kolom lain.",
)
LACKING = Rule(
    VOTERS_LACK_A_WAY,
    "warning",
    Text(
        en="{called} seems to lack {lacking}: in {n:count} of {all:count} rows {columns} add up to "
        "{together:count}, and {called} to {voters:count}. With {lacking} turnout is "
        "{points:points} points higher.",
        id="{called} tampaknya tidak memuat {lacking}: pada {n:count} dari {all:count} baris, "
        "{columns} berjumlah {together:count}, sedangkan {called} {voters:count}. Dengan {lacking} "
        "partisipasi lebih tinggi {points:points} poin.",
    ),
    _ADD_UP,
)
MORE_THAN_ALL = Rule(
    LACKING.name,
    "warning",
    Text(
        en="in {n:count} of {all:count} rows {columns} add up to {together:count}, and {called} "
        "only to {voters:count}, {points:points} points of turnout less. It may lack some of them.",
        id="pada {n:count} dari {all:count} baris, {columns} berjumlah {together:count}, sedangkan "
        "{called} hanya {voters:count}: partisipasi lebih rendah {points:points} poin. Mungkin "
        "sebagian tidak termuat di dalamnya.",
    ),
    _ADD_UP,
)
