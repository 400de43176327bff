"""Rows among those of stations that are the totals of their area's stations."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.identity.codes import same_codes
from turnout.identity.kinds import kind_of_place, says_total, without_total
from turnout.identity.names import bare_name
from turnout.language import Text
from turnout.reading.headers.aliases import STATION
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.rules.wholes import FIND_THE_WRONG_ONE
from turnout.schema import CONTEST_COLUMNS, PLACE_COLUMNS

OFF_STATIONS = Rule(
    "total_off_stations",
    "error",
    Text(
        en="a total of {given:count}, but the {n:count} stations above or below it add up to "
        "{parts:count}.",
        id="jumlah {given:count}, padahal {n:count} TPS di atas atau di bawahnya berjumlah "
        "{parts:count}.",
    ),
    FIND_THE_WRONG_ONE,
)


def area_keys(table: pd.DataFrame) -> list[str]:
    """Return the columns that tell the contest and area of a row."""
    return [n for n in (*CONTEST_COLUMNS, *PLACE_COLUMNS, "area_id") if n in table]


def areas_of(table: pd.DataFrame) -> pd.Series[int]:
    """Return the number of each row's contest and area, whose code may be written in two ways."""
    keys = area_keys(table)
    if not keys:
        return pd.Series(0, index=table.index)
    told = table[keys]
    if "area_id" in told:
        names = told.reindex(columns=["area"])["area"]
        listed = [name for name in CONTEST_COLUMNS if name in told]
        contests = told.groupby(listed, dropna=False).ngroup() if listed else 0
        lists = pd.Series(contests, index=told.index)
        told = told.assign(area_id=same_codes(told["area_id"], pd.factorize(names)[0], lists))
    return told.groupby(keys, dropna=False, sort=False).ngroup()


def without_totals_of_stations(draft: Draft, counted: list[str]) -> Draft:
    """Return the draft without the rows that are the totals of their area's stations.

    These call themselves *Jumlah*, or have no number where the other rows of the area have one; or
    they stand right below the stations of an area, without its name: *JUMLAH KELURAHAN X* under
    another header, or *JUMLAH* alone.

    Parameters
    ----------
    draft
        Rows of stations and others.
    counted
        Those of registered and voters that there are.
    """
    table = draft.table
    called = table[STATION].map(says_total) | draft.called_total()
    total = (called | table[STATION].isna()) & table["registered"].notna()
    if not total.any():
        return draft
    areas = _below_their_stations(table, counted, total, areas_of(table))
    has_stations = (~total & table[STATION].notna()).groupby(areas).transform("any")
    total &= has_stations
    if not total.any():
        return draft
    findings: list[Finding] = []
    off = pd.Series(data=False, index=table.index)
    for name in counted:
        held = _held(table, name, counted, total, areas)
        wrong = total & held["differs"] & ~off
        findings += OFF_STATIONS.at(draft, table.index[wrong], name, held)
        off |= wrong
    stays = table.index[~total]
    return replace(
        draft,
        table=table.loc[stays],
        written=draft.written.loc[stays],
        origin=draft.origin.loc[stays],
        findings=(*draft.findings, *findings),
    )


def _held(
    table: pd.DataFrame, name: str, counted: list[str], total: pd.Series[bool], areas: pd.Series
) -> pd.DataFrame:
    """Return a figure of each row beside what the stations of its area add up to."""
    known = table[name].where(table[counted].notna().all(axis=1) & ~total).groupby(areas)
    parts, n = known.transform("sum"), known.transform("count")
    written = table[name].where(~total).groupby(areas).transform("sum")  # also of no votes yet
    differs = table[name].notna() & (table[name] != parts) & (table[name] != written)
    return pd.DataFrame({"given": table[name], "parts": parts, "n": n, "differs": differs})


def _below_their_stations(
    table: pd.DataFrame, counted: list[str], total: pd.Series[bool], areas: pd.Series[int]
) -> pd.Series[int]:
    """Return the areas of the rows, of totals right below the stations of an area that area.

    Of those that add up to it; where most do, and where it is named, of all that name no other
    place: one of them is wrong then.
    """
    leaf = next((name for name in PLACE_COLUMNS[::-1] if name in table), None)
    if leaf is None:
        return areas
    at_station = ~total & table[STATION].notna()
    above = areas.where(at_station).shift()
    beside = total & above.notna() & ~at_station.groupby(areas).transform("any")
    named = table.loc[beside, leaf]
    beside[named.index] = named.isna() | named.map(says_total).astype(bool)
    for name in (name for name in CONTEST_COLUMNS if name in table):
        beside &= table[name].isna() | table[name].eq(table[name].shift())
    if not beside.any():
        return areas
    placed = areas.astype("float64").where(~beside, above).astype("int64")
    differs = [_held(table, name, counted, total, placed)["differs"] for name in counted]
    adds_up = ~pd.concat(differs, axis=1).any(axis=1)
    names = pd.DataFrame({"own": table[leaf], "above": table[leaf].shift()})[beside]
    called = [_called(own, place) for own, place in zip(names["own"], names["above"], strict=True)]
    usual = adds_up[beside].mean() >= _MOST
    ours = [one is True or (one is None and usual) for one in called]
    said = pd.Series(ours, index=names.index, dtype=bool)
    of_area = (beside & adds_up) | said.reindex(table.index, fill_value=False)
    return areas.astype("float64").where(~of_area, above).astype("int64")


def _called(name: object, place: object) -> bool | None:
    """Whether a row calls itself the total of a place, or of another; None where of none.

    >>> _called("JUMLAH KASANG", "Kasang"), _called("Jumlah Kec. Utara", "Utara"), _called(None, "")
    (True, False, None)
    """
    said = without_total(name) if isinstance(name, str) else ""
    if not said:
        return None
    return kind_of_place(said) is None and bare_name(said) == bare_name(str(place))


_MOST = 0.5
"""Share of the totals below the stations of an area that add up, from which on all are such."""
