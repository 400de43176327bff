"""Places that a workbook tells twice: on the sheet of a kecamatan, and on that of all kecamatan."""

from __future__ import annotations

from typing import Any

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.names import bare_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import contest_names, with_columns
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS

FIGURES = ("registered", "voters", "stations_counted", "stations_total")
_UPPER = ("city", "district")
_FEWEST = 2
"""Rows from which on a sheet repeats another."""
_ALIKE = 0.5
"""Share of a sheet's rows with the same figures from which on it is the same table told again."""


def without_repeated_rows(draft: Draft) -> Draft:
    """Return the draft with every area once, where a larger sheet tells all those of a smaller one.

    The row that tells more of where its area lies stays. A row whose figures differ is an error:
    nobody knows which is right. Two sheets of the very same areas stay as they are: one of them may
    be a copy in place of another.
    """
    if "area" not in draft.table or len(draft.origin[["file", "sheet"]].drop_duplicates()) < 2:
        return draft
    rows = _areas(draft)
    pairs = _pairs(rows)
    if pairs.empty:
        return draft
    sizes = rows.groupby(["contest", "sheet"]).size().rename("all").reset_index()
    keys = ["contest", "sheet", "sheet_other"]
    parts = pairs.groupby(keys)["same"].agg(["size", "mean"]).reset_index()
    parts = parts.merge(sizes, on=["contest", "sheet"]).merge(
        sizes.rename(columns={"sheet": "sheet_other", "all": "all_other"}),
        on=["contest", "sheet_other"],
    )
    again = (
        parts["size"].eq(parts["all"])
        & parts["all"].lt(parts["all_other"])
        & parts["size"].ge(_FEWEST)
        & parts["mean"].ge(_ALIKE)
    )
    found = parts[again].drop_duplicates(["contest", "sheet"])
    if found.empty:
        return draft
    twice = pairs.merge(found[keys], on=keys)
    return _told_once(draft, rows, twice)


def _areas(draft: Draft) -> pd.DataFrame:
    """Return the rows of areas: contest, sheet, names without marks, and figures."""
    figures = [name for name in FIGURES if name in draft.table]
    names = (*_UPPER, "area", "data_until", "election", "date", "election_type")
    table = with_columns(draft.table, names)
    table = table[table["area"].notna()]
    origin = draft.origin.loc[table.index]
    until = table["data_until"].astype("object").fillna("").astype(str)
    rows = pd.DataFrame(
        {
            "row": table.index,
            "contest": contest_names(table) + " " + until,
            "sheet": pd.factorize(origin["file"] + "\n" + origin["sheet"])[0],
            **{name: table[name].map(_bare) for name in (*_UPPER, "area")},
        },
        index=table.index,
    )
    rows["told"] = sum(rows[name].ne("").astype(int) for name in _UPPER)
    return rows.join(table[figures])


def _pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each row beside the one row of another sheet that tells the same area, if there is."""
    key = ["contest", "area"]
    both = rows[rows.duplicated(key, keep=False)]
    if both.groupby(key)["sheet"].nunique().le(1).all():
        return rows.iloc[:0]
    placed, open_ones = both[both["district"] != ""], both[both["district"] == ""]
    suffixes = ("", "_other")
    found = pd.concat(
        [
            placed.merge(placed, on=[*key, "district"], suffixes=suffixes),
            open_ones.merge(both, on=key, suffixes=suffixes),
            placed.merge(open_ones, on=key, suffixes=suffixes),
        ]
    )
    city, other = found["city"], found["city_other"]
    within = (city == "") | (other == "") | (city == other)
    found = found[within & (found["sheet"] != found["sheet_other"])]
    same = pd.Series(data=True, index=found.index)
    for name in (one for one in FIGURES if one in rows):
        ours, theirs = found[name], found[f"{name}_other"]
        same &= ours.eq(theirs) | (ours.isna() & theirs.isna())
    found = found.assign(same=same).sort_values("same", ascending=False, kind="stable")
    one = found.groupby(["row", "sheet_other"])["same"].agg(["size", "sum"])
    single = one[(one["size"] == 1) | (one["sum"] == 1)].index
    found = found.drop_duplicates(["row", "sheet_other"])
    return found[pd.MultiIndex.from_frame(found[["row", "sheet_other"]]).isin(single)]


def _told_once(draft: Draft, rows: pd.DataFrame, twice: pd.DataFrame) -> Draft:
    """Return the draft without the second row of each pair, and with what is told of them."""
    ours, theirs = twice["row"].to_numpy(), twice["row_other"].to_numpy()
    fuller = rows["told"].loc[ours].to_numpy() > rows["told"].loc[theirs].to_numpy()
    gone = pd.Index(twice["row_other"].where(fuller, twice["row"]))
    kept = pd.Index(twice["row"].where(fuller, twice["row_other"]))
    findings = [
        _repeats(draft, pairs)
        for _, pairs in twice[twice["same"]].groupby("sheet_other", sort=False)
    ]
    differ = ~twice["same"].to_numpy()
    for stays, goes in zip(kept[differ], gone[differ], strict=True):
        findings += differing(draft, stays, goes)
    return draft.without(gone, findings)


def _repeats(draft: Draft, pairs: pd.DataFrame) -> Finding:
    """Return one warning of all sheets whose rows stand on one other sheet, too."""
    here = draft.origin.loc[pairs["row"], ["file", "sheet"]]
    there = draft.origin.loc[pairs["row_other"].iloc[0]]
    sheets = list(dict.fromkeys(here["sheet"].where(here["sheet"] != "", here["file"]).astype(str)))
    spot = Spot(str(here["file"].iloc[0]), sheets[0] if len(sheets) == 1 else "")
    values = {"n": len(pairs), "sheets": sheets, "other": there["sheet"] or there["file"]}
    return Finding("sheet_repeats", "warning", _REPEATS, _NOTHING, spot, values)


def differing(draft: Draft, kept: Any, gone: Any) -> list[Finding]:
    """Return an error per figure that the rows of one place on two sheets tell differently."""
    there = draft.origin.loc[gone]
    named = (draft.table.loc[kept, name] for name in PLACE_COLUMNS[::-1] if name in draft.table)
    place = next((name for name in named if isinstance(name, str)), "")
    told: list[Finding] = []
    for name in (one for one in FIGURES if one in draft.table):
        ours, theirs = draft.table.loc[[kept, gone], name]
        if ours == theirs or (pd.isna(ours) and pd.isna(theirs)):
            continue
        values = pd.DataFrame(
            {
                "place": place,
                "ours": draft.written.loc[kept, name] or _NO_FIGURE,
                "theirs": draft.written.loc[gone, name] or _NO_FIGURE,
                "other": there["sheet"] or there["file"],
                "row": str(there["row"]),
            },
            index=[kept],
        )
        told += SHEETS_DIFFER.at(draft, pd.Index([kept]), name, values)
    return told


def _bare(name: object) -> str:
    return bare_name(name) if isinstance(name, str) else ""


_NO_FIGURE = Text(en="no figure", id="tidak ada angka")
SHEETS_DIFFER = Rule(
    "sheets_differ",
    "error",
    Text(
        en="{place} has {ours} here and {theirs} on sheet '{other}', row {row}.",
        id="{place}: {ours} di sini, {theirs} di lembar '{other}', baris {row}.",
    ),
    Text(
        en="Look in the source document which figure is right, and correct the other.",
        id="Periksa di dokumen sumbernya angka mana yang benar, lalu perbaiki yang lain.",
    ),
)
_REPEATS = Text(
    en="{n:count:row:rows} of {sheets:list} stand on sheet '{other}' too, with the same figures: "
    "each place counts once.",
    id="{n:count} baris pada lembar {sheets:list} juga ada di lembar '{other}' dengan angka yang "
    "sama: setiap wilayah dihitung satu kali.",
)
_NOTHING = Text(
    en="Nothing needs to be done if all these sheets are of this election.",
    id="Tidak perlu tindakan bila semua lembar itu memang dari pemilihan ini.",
)
