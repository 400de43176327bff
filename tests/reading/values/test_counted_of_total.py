"""Stations that are in and all stations, told in one cell."""

import pandas as pd
import pytest

from turnout.reading import load_results


def count(cells: list[object], **more: list[object]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "tanggal": "2024-11-27",
            "jenis": "pilkada",
            "kelurahan": ["Murni", "Legok", "Kasang"],
            "dpt": [1200, None, 300],
            "pengguna hak pilih": [800, None, 190],
            "tps masuk": cells,
            **more,
        }
    )


@pytest.mark.parametrize(
    "cells",
    [
        ["4/4", "0/3", "1/5"],
        ["4 dari 4", "0 Dari 3", " 1 dari 5 "],
        ["4 of 4", "0 / 3", "1 out of 5"],
    ],
)
def test_both_numbers_are_read(cells: list[object]) -> None:
    read = load_results(count(cells))
    assert not read.errors
    assert read.table["stations_counted"].tolist() == [4, 0, 1]
    assert read.table["stations_total"].tolist() == [4, 3, 5]


@pytest.mark.parametrize("nothing", [None, "-", "belum masuk"])
def test_a_cell_that_tells_nothing_stays_blank(nothing: object) -> None:
    read = load_results(count(["4/4", nothing, "1/5"]))
    assert not read.errors
    table = read.table
    assert table["stations_total"].isna().tolist() == [False, True, False]


def test_a_column_of_all_stations_may_say_the_same() -> None:
    read = load_results(count(["4/4", "0/3", "1/5"], **{"jumlah tps": [4, 3, 5]}))
    assert not read.errors
    assert read.table["stations_total"].tolist() == [4, 3, 5]


@pytest.mark.parametrize(
    ("cells", "more"),
    [
        (["4/4", "0/3", "1/5"], {"jumlah tps": [4, 3, 6]}),
        (["4/4", "0/3", 1], {}),
        (["4/4", "besok", "1/5"], {}),
    ],
)
def test_what_contradicts_or_tells_one_number_is_told(
    cells: list[object], more: dict[str, list[object]]
) -> None:
    assert {one.rule for one in load_results(count(cells, **more)).errors} == {
        "stations_not_of_total"
    }
