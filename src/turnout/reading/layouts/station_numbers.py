"""Stations that the numbers of the others show to be missing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.headers.aliases import STATION
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS

ABSENT_STATIONS = Rule(
    "absent_stations",
    "warning",
    Text(
        en="the stations of {place} are numbered up to {highest:count}, but "
        "{n:count:is:are} not in the file ({numbers:list}): its figures are incomplete.",
        id="TPS di {place} bernomor sampai {highest:count}, tetapi {n:count} TPS tidak "
        "ada di berkas (nomor {numbers:list}): angkanya dianggap belum lengkap.",
    ),
    Text(
        en="Add the missing rows. If there are no such stations, tell the number of all stations "
        "in a column (stations_total).",
        id="Tambahkan barisnya. Bila TPS itu memang tidak ada, isi kolom jumlah TPS.",
    ),
)

_ABSENT_IN_COUNT = Text(
    en="{n:count:station is:stations are} not in yet by the numbers of the others there "
    "({places:list3}), unless these hold the whole roll.",
    id="{n:count} TPS belum masuk menurut nomor TPS lain di sana ({places:list3}), kecuali bila "
    "TPS yang lain itu sudah mencakup seluruh DPT.",
)
_IF_NONE = Text(
    en="If there are no such stations, tell the number of all stations in a column "
    "(stations_total).",
    id="Bila TPS itu memang tidak ada, isi kolom jumlah TPS.",
)


def absent_stations(table: pd.DataFrame, group: pd.Series[int]) -> pd.Series[int]:
    """Return how many stations are missing among the numbers of each group of rows.

    Of those whose stations are numbered from 1, and of which most are there: other numbers are
    codes, or run on through several places. Numbers from 901 on are those of special stations.
    """
    number = station_numbers(table)
    by_group = number.groupby(group, sort=False)
    highest, n = by_group.max(), by_group.nunique()
    numbered = (by_group.min() == 1) & (highest <= 2 * n)
    return (highest - n).where(numbered, 0).astype("int64")


def tell_of_absent(draft: Draft, group: pd.Series[int]) -> list[Finding]:
    """Return a warning per place some of whose stations are missing, where no total tells them."""
    table = draft.table
    absent = absent_stations(table, group)
    first = group.drop_duplicates()
    first = first[first.isin(absent.index[absent > 0])]
    if "stations_total" in table:
        first = first[table.loc[first.index, "stations_total"].isna()]
    if first.empty:
        return []
    rows = group[group.isin(first)]
    numbers = station_numbers(table.loc[rows.index]).dropna().astype("int64")
    held = {one: set(told) for one, told in numbers.groupby(rows)}
    lacking = [sorted(set(range(1, max(held[one]))) - held[one]) for one in first]
    names = place_names(table.reindex(columns=list(PLACE_COLUMNS))).loc[first.index]
    told = pd.DataFrame(
        {
            "place": names,
            "highest": [max(held[one]) for one in first],
            "n": list(map(len, lacking)),
            "numbers": [list(map(str, one)) for one in lacking],
        },
        index=first.index,
    )
    return ABSENT_STATIONS.at(draft, first.index, STATION, told)


def told_of_a_count(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings of a count with one of all its missing stations: some always are."""
    absent = [one for one in findings if one.rule == ABSENT_STATIONS.name]
    if not absent:
        return list(findings)
    files = {one.spot.file for one in absent}
    spot = Spot(files.pop()) if len(files) == 1 else Spot()
    values = {
        "n": sum(int(str(one.values["n"])) for one in absent),
        "places": list(dict.fromkeys(str(one.values["place"]) for one in absent)),
    }
    told = Finding(ABSENT_STATIONS.name, "warning", _ABSENT_IN_COUNT, _IF_NONE, spot, values)
    return [*(one for one in findings if one.rule != ABSENT_STATIONS.name), told]


def station_numbers(table: pd.DataFrame) -> pd.Series[float]:
    """Return the number in each station's name; blank for special stations and other names."""
    written = table[STATION].astype("str").str.extract(r"^\D*(\d+)\D*$", expand=False)
    number = pd.to_numeric(written, errors="coerce")
    return number.where(number < _SPECIAL)


def numbers_of_places(draft: Draft, group: pd.Series[int]) -> dict[str, pd.Series]:
    """Return what is kept of the numbers of each group of stations, for those who know how many.

    The ``numbers``, the row where the highest stands, and how many the file says there are.

    Parameters
    ----------
    draft
        The rows.
    group
        The number of each station's contest and area.
    """
    table = draft.table.loc[group.index]
    number = station_numbers(table).dropna().sort_values(kind="stable").astype("int64")
    of_group = number.groupby(group.loc[number.index])
    told = table.reindex(columns=["stations_total"])["stations_total"].groupby(group).max()
    return {
        "numbers": of_group.agg(lambda numbers: list(dict.fromkeys(numbers))),
        f"row:{STATION}": draft.origin.loc[number.index, "row"].groupby(group).last(),
        "stations_told": told,
    }


def runs_of_rows(draft: Draft, group: pd.Series[int]) -> pd.Series:
    """Return of each group of stations the rows that it stands in, such as *12–16*, as a list.

    Another run begins where other rows lie between, or the stations are numbered anew.

    Parameters
    ----------
    draft
        The rows.
    group
        The number of each station's contest and area.
    """
    row = pd.to_numeric(draft.origin["row"].loc[group.index], errors="coerce")
    number = station_numbers(draft.table.loc[group.index])
    follows = row == row.groupby(group).shift() + 1
    run = (~follows | (number <= number.groupby(group).shift())).groupby(group).cumsum()
    ends = row.dropna().groupby([group, run]).agg(["first", "last"]).astype("int64").astype("str")
    told = ends["first"].where(ends["first"] == ends["last"], ends["first"] + "–" + ends["last"])
    return told.groupby(level=0).agg(list)


_SPECIAL = 900
