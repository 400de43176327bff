"""Totals that were found, written as tables write them: their place named, finer ones blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.identity.kinds import says_total, without_kind
from turnout.identity.names import bare_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import contest_names, is_partial, place_names, row_scales, with_columns
from turnout.rules.rule import Rule
from turnout.rules.wholes import FIND_THE_WRONG_ONE
from turnout.schema import PLACE_COLUMNS, RESULTS_COLUMNS


@dataclass(frozen=True)
class Total:
    """A row that is the total of others.

    Parameters
    ----------
    row, parts
        Labels of the row and of those that it sums.
    level
        0 for the finest totals, then up.
    scale
        Of the place whose total it is; "total" where nothing tells.
    name
        What the row is called, None where only *Jumlah*.
    """

    row: int
    parts: tuple[int, ...]
    level: int
    scale: str
    name: str | None


def rewrite(draft: Draft, totals: Sequence[Total]) -> Draft:
    """Return the draft with `totals` as rows of their places, which their parts name as well.

    Totals of nothing that is named are left out, as are those that a row calls so and that sum
    nothing.
    """
    table = draft.table.copy(deep=False)
    for scale in {total.scale for total in totals} - {"total", *table}:
        table[scale] = pd.Series([None] * len(table), index=table.index, dtype="object")
    have = [name for name in PLACE_COLUMNS if name in table]
    before = table[have]
    for total in totals:
        if total.scale == "total":
            table.loc[total.row, have] = None
        else:
            _name(table, total, totals, have)
    rows = [total.row for total in totals]
    moved = [row for row in rows if _changed(before.loc[row], table.loc[row, have])]
    called = draft.called_total()
    named = [
        one
        for one in totals
        if one.row in moved
        and (one.name or not called[one.row])
        and not _says_so(one, before.loc[one.row], table.loc[one.row])
    ]
    blank = called | table.index.isin(rows)
    for name in have:
        blank &= table[name].isna() if blank.any() else False
    nameless = table.index[blank]
    if not named and nameless.empty:
        return rebuilt(draft, table, [])
    held = _held_against_rows(draft, [total for total in totals if total.row in nameless])
    checked = _checked(held)
    findings = [
        *_tell_found(draft, table, named),
        *_tell_nameless(draft, nameless.difference(checked)),
        *_tell_differing(draft, held),
    ]
    rest = rebuilt(draft, table.drop(index=nameless), findings)
    return replace(rest, totals_used=draft.totals_used + len(checked.unique()))


def _name(table: Any, total: Total, totals: Sequence[Total], have: list[str]) -> None:
    """Write the place of a total into its row, and into those of its parts that lack it."""
    parts = list(total.parts)
    upto = have[: have.index(total.scale) + 1]
    told = table.loc[parts, total.scale]
    name = told.dropna().iloc[0] if told.notna().any() else total.name
    if isinstance(name, str):
        name = without_kind(name, total.scale)
    table.loc[total.row, have[len(upto) :]] = None
    table.loc[total.row, total.scale] = name
    for coarser in upto[:-1]:
        names = table.loc[parts, coarser]
        same = names.notna().all() and names.nunique() == 1
        table.loc[total.row, coarser] = names.iloc[0] if same else None
    if told.isna().any():
        span = [total.row, *parts]
        inside = table.loc[min(span) : max(span)]
        higher = [one.row for one in totals if one.level > total.level or one is total]
        fill = inside.index[inside[total.scale].isna()].difference(higher)
        table.loc[fill, total.scale] = name


def _changed(before: Any, after: Any) -> bool:
    return bool((before.fillna("") != after.fillna("")).any())


def _says_so(total: Total, written: Any, row: Any) -> bool:
    """Whether a row calls itself the total of just the place that it sums: *Jumlah Pasar*."""
    named = row.get(total.scale)
    called = any(says_total(name) for name in written)
    return called and isinstance(named, str) and bare_name(named) == bare_name(total.name or "")


def _tell_found(draft: Draft, table: pd.DataFrame, totals: Sequence[Total]) -> list[Finding]:
    if not totals:
        return []
    places = place_names(table.reindex(columns=list(PLACE_COLUMNS)))
    names = list(dict.fromkeys(one.name or places[one.row] or "-" for one in totals))
    first = pd.Index([min(total.row for total in totals)])
    told = pd.DataFrame({"n": len(totals), "names": [names]}, index=first)
    return FOUND.at(draft, first, None, told)


def _tell_nameless(draft: Draft, rows: pd.Index) -> list[Finding]:
    return NAMELESS.at(draft, rows[:1], None, pd.DataFrame({"n": len(rows)}, index=rows[:1]))


_FIGURES = ("registered", "voters")


@dataclass(frozen=True)
class _Held:
    """A figure of a total, held against the sum of its parts, which may not all have one."""

    total: Total
    figure: str
    given: float
    summed: float
    complete: bool

    @property
    def decided(self) -> bool:
        return self.complete or self.differs

    @property
    def differs(self) -> bool:
        return self.given < self.summed or (self.given > self.summed and self.complete)


def _held_against_rows(draft: Draft, totals: Sequence[Total]) -> list[_Held]:
    """Return the figures of totals beside what their rows add up to.

    Rows of several scales may hold each other, and a partly counted total tells nothing unless it
    has just the stations in that its rows have together; then it may yet tell the roll of all. Of a
    row of the contest that lacks a figure, or some of its stations, the total may well hold more.
    """
    table = with_columns(draft.table, RESULTS_COLUMNS)
    scales, partial, contests = row_scales(table), is_partial(table), contest_names(table)
    stations = table["stations_counted"].astype(float)
    blank = table[list(_FIGURES)].dropna(axis=1, how="all").isna().any(axis=1) & (stations != 0)
    # Half way from the roll of those that are in to that of all.
    of_all = (table["stations_total"].astype(float) / stations) ** 0.5
    between = of_all.where(partial, np.inf)
    unclear = set(contests[blank & ~draft.called_total()])
    held = []
    for total in totals:
        parts = list(total.parts)
        those_in = stations[parts].sum(skipna=False) == stations[total.row]
        if scales[parts].nunique() > 1 or (partial[total.row] and not those_in):
            continue
        whole = those_in or not partial[parts].any()
        complete = whole and contests[total.row] not in unclear
        for figure in _FIGURES:
            figures = table[figure].astype(float)
            given, of_parts = figures.loc[[total.row]].iloc[0], figures.loc[parts]
            if pd.notna(given):
                summed = float(of_parts.sum())
                open_roll = figure == "registered" and given > summed * between[total.row]
                held.append(_Held(total, figure, given, summed, complete and not open_roll))
    return held


def _checked(held: Sequence[_Held]) -> pd.Index:
    """Return the rows of the totals of which every figure could be held against the rows."""
    open_ones = {one.total.row for one in held if not one.decided}
    return pd.Index([one.total.row for one in held if one.total.row not in open_ones])


def _tell_differing(draft: Draft, held: Sequence[_Held]) -> Iterator[Finding]:
    """Yield a finding per total, and figure, that its rows do not add up to."""
    table = with_columns(draft.table, PLACE_COLUMNS)
    for one in held:
        if one.differs:
            parts = one.total.parts
            names = place_names(table.loc[[parts[0], parts[-1]], list(PLACE_COLUMNS)])
            told = {
                "given": one.given,
                "parts": one.summed,
                "n": len(parts),
                "some": " ... ".join(names),
            }
            row = pd.Index([one.total.row])
            yield from DIFFERS.at(draft, row, one.figure, pd.DataFrame(told, index=row))


def rebuilt(draft: Draft, table: pd.DataFrame, findings: Sequence[Finding]) -> Draft:
    """Return the draft with the rows of `table`, numbered anew, and its places in their order."""
    places = [name for name in PLACE_COLUMNS if name in table]
    others = [name for name in table if name not in places]
    figures = [others.index(name) for name in ("registered", "voters") if name in others]
    at = min(figures, default=0)
    table = table[[*others[:at], *places, *others[at:]]]
    all_stay = table.index.equals(draft.table.index)
    written, origin = (
        rows if all_stay else rows.loc[table.index] for rows in (draft.written, draft.origin)
    )
    number = np.arange(len(table))
    return replace(
        draft,
        table=table.set_axis(number),
        written=written.reindex(columns=table.columns, fill_value="").set_axis(number),
        origin=origin.set_axis(number),
        findings=(*draft.findings, *findings),
    )


FOUND = Rule(
    "total_found",
    "warning",
    Text(
        en="{n:count:row equals:rows equal} the sum of other rows, used as totals: {names:list3}.",
        id="{n:count} baris sama dengan penjumlahan baris lain dan dipakai sebagai jumlah: "
        "{names:list3}.",
    ),
    Text(
        en="If one of them is a place of its own, give it and the others codes (area_id).",
        id="Bila salah satunya adalah wilayah tersendiri, isi kode wilayahnya (kolom "
        "kode_wilayah).",
    ),
)
NAMELESS = Rule(
    "nameless_total",
    "warning",
    Text(
        en="{n:count:total:totals} of a place that is named nowhere, left out and not checked.",
        id="{n:count} baris adalah jumlah untuk wilayah yang tidak disebut di mana pun; tidak "
        "dipakai dan tidak diperiksa.",
    ),
    Text(
        en="To have the total checked, name its place in a column, or on a line above the table "
        "such as 'City: Springfield'.",
        id="Agar jumlahnya diperiksa, sebutkan wilayahnya di sebuah kolom, atau pada baris di atas "
        "tabel seperti 'Kota: Jambi'.",
    ),
)
DIFFERS = Rule(
    "nameless_total_differs",
    "error",
    Text(
        en="a total of {given:count}, but the {n:count} rows that it stands beside add up to "
        "{parts:count} ({some}).",
        id="jumlahnya tertulis {given:count}, tetapi {n:count} baris rinciannya berjumlah "
        "{parts:count} ({some}).",
    ),
    FIND_THE_WRONG_ONE,
)
