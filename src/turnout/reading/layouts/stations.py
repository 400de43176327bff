"""Rows per polling station, summed to the area that the stations belong to."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.reading.headers.aliases import STATION
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.rule import Rule
from turnout.schema import CONTEST_COLUMNS, COUNT_COLUMNS, PLACE_COLUMNS

# A station's code in the commission's systems: province, city, district, area and station.
_STATION_CODE, _AREA_CODE = 13, 10


REPEATED_STATION = Rule(
    "repeated_station",
    "error",
    Text(
        en="station {station} of {place} stands here twice.",
        id="TPS {station} di {place} tercantum dua kali.",
    ),
    Text(
        en="Keep the row that is right, or correct the station's number.",
        id="Sisakan baris yang benar, atau perbaiki nomor TPS-nya.",
    ),
)


def sum_stations(draft: Draft) -> Draft:
    """Return the draft with the rows of polling stations summed per contest and area.

    Only stations with registered and voters count: ``stations_counted`` of ``stations_total``. A
    row without a station number stays as it is. Of columns of the user's own only those that are
    the same in all stations of an area are kept.
    """
    if STATION not in draft.table:
        return draft
    table = draft.table.copy()
    if "area_id" in table:
        codes = table["area_id"].astype("str")
        whole = table["area_id"].notna() & codes.str.fullmatch(rf"\d{{{_STATION_CODE}}}")
        table["area_id"] = table["area_id"].mask(whole, codes.str[:_AREA_CODE])
    counted = table[["registered", "voters"]] if "voters" in table else table[["registered"]]
    known = counted.notna().all(axis=1)
    at_station = table[STATION].notna()
    keys = [n for n in (*CONTEST_COLUMNS, *PLACE_COLUMNS, "area_id") if n in table]
    group = table.groupby(keys, dropna=False, sort=False).ngroup()
    group = group.where(at_station, -1 - pd.Series(range(len(table)), index=table.index))
    figures = [n for n in COUNT_COLUMNS if n in table and not n.startswith("stations")]
    sums = table[figures].where(known | ~at_station).groupby(group, sort=False).sum(min_count=1)
    first = table.groupby(group, sort=False).head(1).index
    same = table.drop(columns=[*figures, STATION]).groupby(group, sort=False).nunique(dropna=False)
    result = table.loc[first].reset_index(drop=True)
    result[figures] = sums.to_numpy()
    for name in same:
        if name not in keys and (same[name] > 1).any() and not str(name).startswith("stations"):
            result = result.drop(columns=name)
    result = _count_stations(result, known, group, at_station)
    told = replace(draft, findings=(*draft.findings, *_repeated(draft, group[at_station])))
    return _redraft(told, result.drop(columns=STATION), first, figures)


def _repeated(draft: Draft, group: pd.Series[int]) -> list[Finding]:
    """Find stations told twice in one area: both rows of each."""
    number = draft.table.loc[group.index, STATION].astype("str").str.strip().str.lstrip("0")
    key = pd.DataFrame({"group": group, "station": number})
    again = key.index[key.duplicated(keep=False)]
    names = place_names(draft.table.reindex(columns=list(PLACE_COLUMNS)))
    told = pd.DataFrame({"station": number, "place": names.loc[group.index]})
    return REPEATED_STATION.at(draft, again, STATION, told)


def _count_stations(
    result: pd.DataFrame, known: pd.Series[bool], group: pd.Series[int], at_station: pd.Series[bool]
) -> pd.DataFrame:
    """Return the summed rows with stations counted and in all."""
    counted = known.groupby(group, sort=False).sum().to_numpy(dtype="float64")
    total = known.groupby(group, sort=False).size().to_numpy(dtype="float64")
    summed = at_station.groupby(group, sort=False).first().to_numpy(dtype=bool)
    told = {"stations_counted": counted, "stations_total": total}
    for name, values in told.items():
        before = result[name] if name in result else pd.Series(float("nan"), index=result.index)
        # A total that the file gives includes the stations that have no row yet.
        keep = before.notna() if name == "stations_total" else pd.Series(~summed)
        result[name] = before.where(keep | ~summed, values)
    return result


def _redraft(draft: Draft, table: pd.DataFrame, first: pd.Index, figures: list[str]) -> Draft:
    written = draft.written.loc[first].reset_index(drop=True)
    written = written.reindex(columns=table.columns, fill_value="")
    for name in (*figures, "stations_counted", "stations_total"):
        written[name] = table[name].map(lambda value: "" if pd.isna(value) else f"{value:.0f}")
    origin = draft.origin.loc[first].reset_index(drop=True)
    return Draft(table, written, origin, draft.headers, draft.findings)
