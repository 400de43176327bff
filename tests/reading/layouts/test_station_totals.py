"""Totals per kelurahan between the rows of stations, however they are written."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.reading.results import load_results

STATIONS = {
    "Kasang": [(231, 180), (245, 171), (262, 199)],
    "Murni": [(238, 188), (251, 203)],
    "Legok": [(229, 160), (241, 177), (255, 190)],
}
COLUMNS = ["No", "Kecamatan", "Kelurahan", "No TPS", "DPT", "Pengguna Hak Pilih"]
WAYS = {
    "first column": lambda name: [f"JUMLAH KELURAHAN {name.upper()}", None, None, None],
    "under kelurahan": lambda name: [None, None, f"JUMLAH {name.upper()}", None],
    "beside the kecamatan": lambda name: [None, "Utara", f"Jumlah Kel. {name}", None],
    "under no tps": lambda _: [None, None, None, "JUMLAH"],
    "first, bare": lambda _: ["JUMLAH", None, None, None],
    "under kelurahan, bare": lambda _: [None, None, "Sub Total", None],
}
GRAND = ["JUMLAH", None, None, None, 1952, 1468]


def table(way: str, **wrong: int) -> pd.DataFrame:
    """Return the stations, each kelurahan's followed by its total; `wrong` is added to a DPT."""
    rows: list[list[object]] = []
    for name, stations in STATIONS.items():
        for number, counts in enumerate(stations, 1):
            rows.append([len(rows) + 1, "Utara", name, number, *counts])
        registered, voters = (sum(figures) for figures in zip(*stations, strict=True))
        rows.append([*WAYS[way](name), registered + wrong.get(name, 0), voters])
    shown = pd.DataFrame(rows, columns=COLUMNS, dtype="object")
    return shown.assign(tanggal="2024-02-14", jenis="pilpres")


@pytest.mark.parametrize("grand", [False, True])
@pytest.mark.parametrize("district", [True, False])
@pytest.mark.parametrize("way", WAYS)
def test_totals_of_stations_are_left_out(way: str, district: bool, grand: bool) -> None:
    rows = table(way)
    if grand:
        rows.loc[len(rows)] = [*GRAND, "2024-02-14", "pilpres"]
    reading = load_results(rows if district else rows.drop(columns="Kecamatan"))
    assert reading.findings == ()
    areas = reading.table[reading.table["area"].notna()]
    assert areas["area"].tolist() == list(STATIONS)
    assert areas["registered"].tolist() == [738, 489, 725]


@pytest.mark.parametrize("way", WAYS)
def test_a_total_that_its_stations_do_not_add_up_to_is_told_at_its_row(way: str) -> None:
    [found] = load_results(table(way, Murni=9)).findings
    assert (found.rule, found.severity, found.spot.row) == ("total_off_stations", "error", 6)
    assert "jumlah 498, padahal 2 TPS di atas atau di bawahnya berjumlah 489" in found.say("id")


def test_a_total_of_more_below_the_last_stations_is_not_that_of_the_last_area() -> None:
    rows = table("under no tps")
    rows = rows[rows["No TPS"] != "JUMLAH"].reset_index(drop=True)
    rows.loc[len(rows)] = [None, None, "JUMLAH KEC. UTARA", None, 1952, 1468, *rows.iloc[0, 6:]]
    assert load_results(rows).findings == ()
    rows.loc[len(rows) - 1, "DPT"] = 1950
    assert "total_off_stations" not in {one.rule for one in load_results(rows).findings}


def test_a_place_without_the_number_of_a_station_stays_one() -> None:
    rows = table("under no tps")
    rows = rows[rows["No TPS"] != "JUMLAH"].reset_index(drop=True)
    rows.loc[len(rows)] = [9, "Utara", "Pasir", None, 725, 527, *rows.iloc[0, 6:]]
    assert load_results(rows).table["area"].tolist() == [*STATIONS, "Pasir"]


@pytest.mark.parametrize("names", [True, False])
def test_stations_of_one_code_are_of_one_area_however_it_is_written(*, names: bool) -> None:
    codes = ["15.71.01.1001", "1571011001", "1571011001.0", "15.71.01.1002", "1571011002"]
    rows = pd.DataFrame(
        {
            "kode wilayah": codes,
            "Kelurahan": ["Kasang"] * 3 + ["Murni"] * 2,
            "No TPS": [1, 2, 3, 1, 2],
            "DPT": [231, 245, 262, 238, 251],
            "Pengguna Hak Pilih": [180, 171, 199, 188, 203],
        }
    ).assign(tanggal="2024-02-14", jenis="pilpres")
    reading = load_results(rows if names else rows.drop(columns="Kelurahan"))
    assert reading.findings == ()
    assert reading.table["registered"].tolist() == [738, 489]
    apart = rows.assign(**{"kode wilayah": ["1.12", "1.12", "1.12", "11.2", "11.2"]})
    assert load_results(apart).table["registered"].tolist() == [738, 489]
