"""Rows per polling station, summed to the area that the stations belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from turnout.errors import SUM_OF_STATIONS, Finding
from turnout.language import Text
from turnout.reading.headers.aliases import STATION
from turnout.reading.layouts.copied_stations import find_copies
from turnout.reading.layouts.postal import STATIONS_WITHOUT_ROLL, is_special
from turnout.reading.layouts.station_above import check_above, with_too_many
from turnout.reading.layouts.station_numbers import (
    absent_stations,
    numbers_of_places,
    runs_of_rows,
    tell_of_absent,
)
from turnout.reading.layouts.station_sizes import STATION_SIZE, contests_of, usual_sizes
from turnout.reading.layouts.station_totals import (
    area_keys,
    areas_of,
    without_totals_of_stations,
)
from turnout.reading.layouts.station_units import check_far_stations, fractions_at_stations
from turnout.rules.draft import Draft
from turnout.rules.measures import contest_names, place_names, with_blanks
from turnout.rules.rule import Rule
from turnout.rules.two_sources import STATIONS, check_two_sources
from turnout.rules.units import PERCENTS
from turnout.schema import (
    CONTEST_COLUMNS,
    COPIED,
    COUNT_COLUMNS,
    IN_EXCESS,
    LACKING,
    LISTED,
    OF_STATIONS,
    PLACE_COLUMNS,
    parts_of_counts,
)

REPEATED_STATION = Rule(
    "repeated_station",
    "error",
    Text(
        en="station {station} of {place} stands here twice.",
        id="TPS {station} di {place} tercantum dua kali.",
    ),
    Text(
        en="Keep the row that is right, or correct the station's number; if it is a station of "
        "another place, correct the name of the place.",
        id="Sisakan baris yang benar, atau perbaiki nomor TPS-nya; bila itu TPS wilayah lain, "
        "perbaiki nama wilayahnya.",
    ),
)

_LACKS = 30
"""Registered of a station whose voters are not all kept away by chance, at least."""

STATION_ZERO = Rule(
    "station_zero_voters",
    "warning",
    Text(
        en="nobody voted at station {station} of {place} ({registered:count} registered), while "
        "others of its stations have voters; the sum of its stations does not show it.",
        id="pengguna hak pilih di TPS {station} {place} nol ({registered:count} pemilih "
        "terdaftar), padahal TPS lain ada pemilihnya. Kekeliruan ini tidak tampak pada jumlah per "
        "kelurahan.",
    ),
    Text(
        en="Leave the cell blank if the count is not known: the station then counts as not in.",
        id="Kosongkan selnya bila jumlahnya tidak diketahui: TPS itu lalu dianggap belum masuk.",
    ),
)


def sum_stations(draft: Draft) -> Draft:
    """Return the draft with the rows of polling stations summed per contest and area.

    Only stations with whole registered and voters count, and not 0 of both: ``stations_counted`` of
    ``stations_total``; the total holds those that the numbers of the others show to be missing.
    Where nobody says how many there are, ``stations_listed`` holds that total as well: the rows
    may be of all there are, or of some. Voters of stations without a roll of their own, such as
    postal ones, count in their area; a name such as *Postal* or *DPTb* is no station of it. A row
    without a number stays as it is, unless it is the total of its area's stations. Of columns of
    the user's own only those that are the same in all stations of an area are kept.
    """
    counted = [name for name in ("registered", "voters") if name in draft.table]
    if STATION not in draft.table or "registered" not in counted:
        return draft
    draft = without_totals_of_stations(_with_postal(draft), counted)
    table = draft.table
    known = (table[counted] % 1 == 0).all(axis=1) & ~_said(table, 0)
    known &= (table[counted] != 0).any(axis=1) | _said(table, 1)  # 0 of 0 tells nothing
    at_station = table[STATION].notna()
    keys = area_keys(table)
    group = areas_of(table).where(at_station, -1 - pd.Series(range(len(table)), index=table.index))
    figures = [n for n in COUNT_COLUMNS if n in table and not n.startswith("stations")]
    parts = [name for name in parts_of_counts(table) if is_numeric_dtype(table[name])]
    figures += [name for name in parts if name not in figures]
    added_up = _of_whole_counts(table[figures], at_station).where(known | ~at_station)
    sums = added_up.groupby(group, sort=False).sum(min_count=1)
    first = table.groupby(group, sort=False).head(1).index
    same = table.drop(columns=[*figures, STATION]).groupby(group, sort=False).nunique(dropna=False)
    result = table.loc[first].reset_index(drop=True)
    result[figures] = sums.to_numpy()
    for name in same:
        if name not in keys and (same[name] > 1).any() and not str(name).startswith("stations"):
            result = result.drop(columns=name)
    added = table[STATION].map(is_special).astype(bool) & (table["registered"] == 0)
    absent = absent_stations(table, group)
    result = _count_stations(result, known & ~added, absent, group, at_station & ~added)
    told, left_open = _looked_at(draft, table[known & at_station], group, at_station)
    of_group = left_open[left_open > 0].groupby(group).sum(min_count=1).reindex(group.unique())
    result = result.drop(columns=STATION)
    result[list(OF_STATIONS)] = of_group[list(OF_STATIONS)].to_numpy()
    return _redraft(told, result, group, figures)


def _of_whole_counts(figures: pd.DataFrame, at_station: pd.Series[bool]) -> pd.DataFrame:
    """Return figures without those of stations that have a fraction, which are told at their row.

    By chance their sum has none.
    """
    counts = [name for name in COUNT_COLUMNS if name in figures]
    parts = (figures[counts] % 1 > 0).mul(at_station, axis=0)
    return figures.assign(**figures[counts].mask(parts))


def _looked_at(
    draft: Draft, stations: pd.DataFrame, group: pd.Series[int], at_station: pd.Series[bool]
) -> tuple[Draft, pd.DataFrame]:
    """Return the draft with what is odd about its stations, and what it leaves open of each."""
    contest = contests_of(stations, group.loc[stations.index])
    usual = usual_sizes(stations, contest, group.loc[stations.index])
    odd = stations.loc[usual.index]
    copies, copied = find_copies(draft, stations, group, _numbers(stations))
    fractions = fractions_at_stations(draft, draft.table[at_station])
    far, lacking = _far_off(draft, stations.drop(usual.index), contest, group, fractions)
    repeated, in_two_sources = _repeated(draft, group[at_station])
    found = (
        *fractions,
        *repeated,
        *copies,
        *check_above(draft, _told_of(stations), group),
        *STATION_SIZE.at(draft, odd.index, "registered", _told_of(odd).assign(usual=usual)),
        *far,
        *_zero(draft, stations, group),
        *tell_of_absent(draft, group[at_station]),
    )
    of_group = {
        "stations_above": group.map(_share_above(stations, group)),
        "stations_empty": group.map(_empty(stations, group)),
        "size_doubted": group.isin(group.loc[[*odd.index, *in_two_sources, *copied]]),
        "part_wrong": group.isin(group.loc[_wrong(draft, found)]),
        "unit_wrong": group.isin(group.loc[_wrong(draft, (*fractions, *far))]),
        "stations": group.map(runs_of_rows(draft, group[at_station])),
        **{
            name: group.map(of_place)
            for name, of_place in numbers_of_places(draft, group[at_station]).items()
        },
    }
    findings = (*draft.findings, *found)
    return replace(draft, findings=findings, origin=draft.origin.assign(**of_group)), _left_open(
        stations, lacking, copied
    )


def _left_open(stations: pd.DataFrame, lacking: pd.Series[float], copied: pd.Index) -> pd.DataFrame:
    """Return of stations in doubt how many voters may be counted wrongly, by the cause."""
    voters = stations.reindex(columns=["voters"])["voters"]  # a roll has none
    return pd.DataFrame(
        {
            LACKING: lacking,
            COPIED: stations.loc[copied, "registered"] / 2,
            IN_EXCESS: voters[with_too_many(stations)],
        },
        index=stations.index,
    )


def _wrong(draft: Draft, found: Sequence[Finding]) -> pd.Index:
    """Return the rows that are errors."""
    return draft.rows_at(spot for one in found if one.severity == "error" for spot in one.spots)


def _share_above(stations: pd.DataFrame, group: pd.Series[int]) -> pd.Series[float]:
    """Return of every group the share of its stations that have more voters than registered."""
    if "voters" not in stations:
        return pd.Series(dtype=float)
    above = (stations["voters"] > stations["registered"]).astype(float)
    return above.groupby(group.loc[stations.index]).mean()


def _repeated(draft: Draft, group: pd.Series[int]) -> tuple[list[Finding], pd.Index]:
    """Find stations told twice in one area: both rows of each.

    Those that two sheets or files hold with other figures are told once of these; their rows are
    returned, too.
    """
    number = _numbers(draft.table.loc[group.index]).str.strip().str.lstrip("0")
    key = pd.DataFrame({"group": group, "station": number})
    again = key.index[key.duplicated(keep=False)]
    if not len(again):
        return [], again
    names = place_names(draft.table.reindex(columns=list(PLACE_COLUMNS)))
    told = pd.DataFrame({"station": number, "place": names.loc[group.index]})
    findings, of_these = _in_two_sources(draft, key, told.loc[again])
    return [*findings, *REPEATED_STATION.at(draft, again.difference(of_these), STATION, told)], (
        of_these
    )


def _in_two_sources(
    draft: Draft, key: pd.DataFrame, told: pd.DataFrame
) -> tuple[list[Finding], pd.Index]:
    """Return what is told of stations that stand in two sheets or files, and their rows."""
    table = with_blanks(draft.table.loc[key.index], [*CONTEST_COLUMNS, "registered", "voters"])
    table = table.assign(
        contest=contest_names(table), key=key.groupby(["group", "station"]).ngroup()
    )
    place = "TPS " + told["station"] + " " + told["place"]
    copies = table.loc[told.index].assign(place=place)
    return check_two_sources(draft, table, copies, told.index, things=STATIONS)


def _far_off(
    draft: Draft,
    stations: pd.DataFrame,
    contest: pd.Series[int],
    group: pd.Series[int],
    fractions: Sequence[Finding],
) -> tuple[list[Finding], pd.Series[float]]:
    """Return what is told of stations far below the others, and the voters that they lack then."""
    if "voters" not in stations:
        return [], pd.Series(0.0, index=stations.index)
    percents = sum(one.rule == PERCENTS.name for one in fractions)
    return check_far_stations(draft, _told_of(stations), contest, group, percents)


def _zero(draft: Draft, stations: pd.DataFrame, group: pd.Series[int]) -> list[Finding]:
    """Return stations without voters in areas that have some, which their sum would hide."""
    if "voters" not in stations:
        return []
    of_area = stations["voters"].groupby(group.loc[stations.index]).transform("sum")
    empty = stations[_without_voters(stations) & (of_area > 0)]
    return STATION_ZERO.at(draft, empty.index, "voters", _told_of(empty))


def _empty(stations: pd.DataFrame, group: pd.Series[int]) -> pd.Series:
    """Return of every group the stations without voters that chance does not explain, if any."""
    if "voters" not in stations:
        return pd.Series(dtype=object)
    empty = stations[_without_voters(stations) & (stations["registered"] >= _LACKS)]
    return _told_of(empty)["station"].groupby(group.loc[empty.index]).agg(list)


def _without_voters(stations: pd.DataFrame) -> pd.Series[bool]:
    """Mark stations with a roll and 0 voters of which nobody says that they are in."""
    return (stations["registered"] > 0) & (stations["voters"] == 0) & ~_said(stations, 1)


def _said(rows: pd.DataFrame, counted: int) -> pd.Series[bool]:
    """Mark rows that say in so many words whether their station is in: 1, or 0."""
    column = rows.reindex(columns=["stations_counted"])["stations_counted"]
    return column.eq(counted) & rows[STATION].notna()


def _told_of(stations: pd.DataFrame) -> pd.DataFrame:
    """Return rows of stations with the names that the rules' texts mention."""
    names = place_names(stations.reindex(columns=list(PLACE_COLUMNS)))
    return stations.assign(station=_numbers(stations), place=names)


def _numbers(stations: pd.DataFrame) -> pd.Series[str]:
    """Return what each station is called, without the word that the sentences say."""
    return stations[STATION].astype("str").str.replace(_CALLED, "", regex=True)


_CALLED = re.compile(r"^\s*(?:TPS|station)\b[\s.:]*(?=\S)", re.IGNORECASE)
"""What a cell calls its station, in front of its number."""


def _with_postal(draft: Draft) -> Draft:
    """Return the draft with stations that have voters and no roll as stations of roll 0."""
    table = draft.table
    if "voters" not in table:
        return draft
    # A roll of 0 is clear under a name such as Postal; under a number it may be a lost roll.
    called = table[STATION].map(is_special).astype(bool)
    unlisted = (table["registered"].isna() & called) | ((table["registered"] == 0) & ~called)
    special = unlisted & (table["voters"] > 0)
    own_roll = (table["registered"] > 0).groupby(areas_of(table)).transform("any")
    postal = special & own_roll
    if not postal.any():
        return draft
    first = table.index[postal][:1]
    told = pd.DataFrame(
        {"n": int(postal.sum()), "voters": table.loc[postal, "voters"].sum()}, index=first
    )
    return replace(
        draft,
        table=table.assign(registered=table["registered"].mask(postal, 0.0)),
        findings=(*draft.findings, *STATIONS_WITHOUT_ROLL.at(draft, first, "voters", told)),
    )


def _count_stations(
    result: pd.DataFrame,
    known: pd.Series[bool],
    absent: pd.Series[int],
    group: pd.Series[int],
    at_station: pd.Series[bool],
) -> pd.DataFrame:
    """Return the summed rows with stations counted and in all, those without a row among them."""
    counted = known.groupby(group, sort=False).sum().to_numpy(dtype="float64")
    listed = at_station.groupby(group, sort=False).sum().to_numpy(dtype="float64")
    total = listed + absent.reindex(group.unique()).to_numpy()
    summed = listed > 0
    untold = result["stations_total"].isna().to_numpy() if "stations_total" in result else True
    told = {"stations_counted": counted, "stations_total": total}
    if "voters" in result:
        result[LISTED] = np.where(summed & untold, total, np.nan)
    for name, values in told.items():
        before = result[name] if name in result else pd.Series(float("nan"), index=result.index)
        # A total that the file gives includes the stations that have no row yet.
        keep = before.notna() if name == "stations_total" else pd.Series(~summed)
        result[name] = before.where(keep | ~summed, values)
    return result


def _redraft(draft: Draft, table: pd.DataFrame, group: pd.Series[int], figures: list[str]) -> Draft:
    """Return the summed rows as a draft; a sum of several is written with how many there are."""
    first = group.index[~group.duplicated()]
    written = draft.written.loc[first].reset_index(drop=True)
    written = written.reindex(columns=table.columns, fill_value="")
    n = table["stations_counted"].map(lambda value: "" if pd.isna(value) else f"{value:.0f}")
    sign = np.where(group.value_counts().loc[group[first]] > 1, SUM_OF_STATIONS + n + ": ", "")
    for name in (*figures, "stations_counted", "stations_total"):
        of_sum = sign if name in figures else ""
        digits = table[name].map(lambda value: "" if pd.isna(value) else f"{value:.0f}")
        written[name] = (of_sum + digits).where(digits != "", "")
    origin = draft.origin.loc[first].reset_index(drop=True)
    return replace(draft, table=table, written=written, origin=origin)
