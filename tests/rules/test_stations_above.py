"""Stations of a place above the number that it has."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout import Election
from turnout.reading.results import load_counted, load_results

COMING = Election("2024-11-27", "pilkada")
HAS = {f"Desa {place}": 3 + place % 3 for place in range(8)}
ROLL = pd.DataFrame({"area": HAS.keys(), "stations_total": HAS.values()})
ROLL = ROLL.assign(district="Utara", area_id=None)


def stations(numbers: dict[str, list[object]] | None = None) -> pd.DataFrame:
    """Return rows of the stations of each village, some with other numbers."""
    told = {name: [*range(1, n + 1)] for name, n in HAS.items()} | (numbers or {})
    rows = [(name, number) for name, held in told.items() for number in held]
    table = pd.DataFrame(rows, columns=["desa", "no_tps"]).assign(kecamatan="Utara")
    table["dpt"] = [300 + 7 * row % 50 for row in range(len(table))]
    return table.assign(hadir=[200 + 11 * row % 40 for row in range(len(table))])


def told(count: pd.DataFrame, roll: pd.DataFrame | None = ROLL) -> list[tuple[str, object, object]]:
    found = load_counted(count, election=COMING, places=roll).findings
    return [(one.rule, one.spot.row, one.values["total"]) for one in found if "above" in one.rule]


RUN_ON = {name: [*range(1 + 4 * nth, 4 + 4 * nth)] for nth, name in enumerate(HAS)}
CODES = {name: [10 * nth + one for one in (1, 2)] for nth, name in enumerate(HAS, 31)}


@pytest.mark.parametrize(
    ("numbers", "roll", "found"),
    [
        ({"Desa 1": [1, 2, 21, 22]}, ROLL, [("station_numbers_above", 6, 4)]),
        ({"Desa 1": ["TPS 007"]}, ROLL, [("station_numbers_above", 3, 4)]),
        ({"Desa 1": [2, 4]}, ROLL, []),
        ({"Desa 1": [1, 2, 901, 902, "Khusus 7a1"]}, ROLL, []),
        ({"Desa 1": [1, 21]}, ROLL.assign(stations_total=None), []),
        ({"Desa 1": [1, 21]}, ROLL.drop(columns="stations_total"), []),
        ({"Desa 1": [1, 21]}, None, []),
        (RUN_ON, ROLL, []),
        (CODES, ROLL, []),
    ],
)
def test_numbers_above_the_stations_of_the_roll_are_told(numbers, roll, found) -> None:
    assert told(stations(numbers), roll) == found


def test_what_is_told_of_numbers_names_them() -> None:
    count = stations({"Desa 1": [1, 2, 21, 22]})
    found = load_counted(count, election=COMING, places=ROLL).findings
    [said] = [one.say("id") for one in found if one.rule == "station_numbers_above"]
    assert "2 nomor TPS (21, 22) tercatat di Desa 1 (Utara)" in said
    assert "hanya ada 4 TPS" in said


@pytest.mark.parametrize(("number", "found"), [(4, []), (9, [("station_numbers_above", 6, 4)])])
def test_results_are_held_against_the_stations_that_the_file_tells(number, found) -> None:
    table = stations({"Desa 1": [1, 2, 3, number]}).assign(tanggal="2020-12-09", jenis="pilkada")
    table = table.assign(jumlah_tps=table["desa"].map(HAS))
    rules = [
        (one.rule, one.spot.row, one.values["total"])
        for one in load_results(table).findings
        if one.rule == "station_numbers_above"
    ]
    assert rules == found
    untold = load_results(table.drop(columns="jumlah_tps")).findings
    assert "station_numbers_above" not in {one.rule for one in untold}


@pytest.mark.parametrize(("n", "found"), [(4, []), (6, [("stations_in_above_roll", 1, 4)])])
def test_more_stations_in_than_the_roll_has_are_told(n: int, found: list) -> None:
    of_places = stations().groupby("desa", as_index=False)[["dpt", "hadir"]].sum()
    tps = [n if name == "Desa 1" else HAS[name] for name in of_places["desa"]]
    count = of_places.assign(kecamatan="Utara", tps_masuk=tps, jumlah_tps=tps)
    assert told(count) == found
