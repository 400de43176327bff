"""Rows of a place whose name is blank, which are read as the total of what they lie in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.rules.totals import NAME_IT

UNNAMED_PLACE = Rule(
    "unnamed_place",
    "error",
    Text(
        en="a row of {place} without the name of a finer place: with it the rows add up to the "
        "total in {total}.",
        id="baris {place} ini tanpa nama wilayah rincian: bersama baris ini rinciannya berjumlah "
        "persis seperti pada {total}.",
    ),
    Text(en="Write its name there.", id="Isi namanya pada baris itu."),
)
PERHAPS = Rule(
    UNNAMED_PLACE.name,
    "error",
    UNNAMED_PLACE.message,
    Text(
        en="Write its name there, by the other elections {name}.",
        id="Isi namanya pada baris itu, menurut pemilihan lain {name}.",
    ),
)
_FIGURES = ["registered", "voters"]


def because_unnamed(draft: Draft, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with one on each place without a name, and none that follow from it.

    A row that its finer rows contradict is one of these where they add up to another row with it.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.completed`).
    findings
        What was found in them.
    """
    told = [*findings]
    small = [one for one in findings if one.remedy is NAME_IT]
    for row in draft.rows_at(one.spot for one in small).unique():
        totals = _totals_with(draft, row)
        if len(totals):
            told = _told_of(draft, row, totals, told)
    return told


def _totals_with(draft: Draft, row: int) -> pd.Index:
    """Return the rows that the finer rows of a place, or of all, add up to with its own."""
    own = draft.table.loc[row]
    contest = draft.table[draft.table["contest"] == own["contest"]]
    areas = contest[(contest["scale"] == "area") & ~draft.called_total()[contest.index]]
    totals = contest.drop(areas.index).drop(row)
    figures = own[_FIGURES].dropna()
    of_city = areas[_same(areas["city"], own["city"])]
    of_district = of_city[_same(of_city["district"], own["district"])]
    exact = totals.index[:0]
    for parts in (of_district, of_city, areas):
        due = parts[figures.index].sum() + figures
        adds_up = (totals[figures.index] == due).all(axis=1)
        exact = exact.union(totals.index[adds_up], sort=False)
    return exact


def _same(names: pd.Series, name: Any) -> pd.Series[bool]:
    return names.isna() if pd.isna(name) else names == name


def _told_of(draft: Draft, row: int, totals: pd.Index, findings: list[Finding]) -> list[Finding]:
    """Return findings with one on an unnamed place instead of what follows from it."""
    own, lines = draft.table.loc[row], {*map(_line, draft.spots([row, *totals]))}
    of_contest = [one for one in findings if one.values.get("contest") == own["contest"]]
    lacking = _lacking(findings, str(own["contest"]), str(own["district"]))
    gone = {id(one) for one in of_contest if one.values.get("which") == own["place"]}
    gone |= {id(one) for one in findings if one.rule in _ON_TOTALS and _line(one.spot) in lines}
    gone |= {*map(id, lacking)}
    values = {
        "place": own["place"],
        "total": draft.beside(pd.Index([row]), totals[:1])[0],
        "name": _name(lacking[0]) if lacking else "",
    }
    rule = PERHAPS if lacking else UNNAMED_PLACE
    [spot] = draft.spots([row], "area")
    return [rule.once(spot, values), *(one for one in findings if id(one) not in gone)]


def _lacking(findings: list[Finding], contest: str, district: str) -> list[Finding]:
    """Return what is told of the one place of a district that a contest alone lacks, if one."""
    lacking = [
        one
        for one in findings
        if (one.rule == "missing_between" and one.values["contest"] == contest)
        or (one.rule == "unmatched_area" and one.values["later"] == contest)
    ]
    here = [one for one in lacking if _name(one).endswith(f"({district})")]
    return here if len(here) == 1 and here[0].values.get("n", 1) == 1 else []


def _name(lacking: Finding) -> str:
    """Return the place that is lacking, of several the first."""
    return str(lacking.values["first" if lacking.rule == "missing_between" else "place"])


def _line(spot: Spot) -> tuple[str, str, str]:
    return spot.file, spot.sheet, str(spot.row)


_ON_TOTALS = frozenset(("total_row", "total_below_parts", "total_above_parts"))
"""Rules that tell of a total which lacks its place."""
