"""Cells such as 3/15 under the stations that are in, and what spreadsheets make of them."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from turnout.reading.results import load_results

CELLS: list[object] = ["15/15", "3/12", "18/18", "7/11"]


def count(cells: list[object], **more: list[object]) -> pd.DataFrame:
    columns = {"dpt": [3400, 720, 4200, 1500], "hadir": [2500, 510, 3100, 1100], **more}
    return pd.DataFrame({"kelurahan": ["Kasang", "Murni", "Legok", "Sipin"], **columns}).assign(
        tanggal="2024-02-14", jenis="pilpres", **{"tps masuk": pd.Series(cells, dtype="object")}
    )


def errors(table: pd.DataFrame) -> list[tuple[str, object, str]]:
    return [(one.rule, one.spot.row, one.spot.value) for one in load_results(table).errors]


def test_both_are_read_where_all_cells_tell_both() -> None:
    reading = load_results(count(CELLS))
    assert not reading.errors
    assert reading.table["stations_counted"].tolist() == [15, 3, 18, 7]
    assert reading.table["stations_total"].tolist() == [15, 12, 18, 11]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (9, "stations_not_of_total"),
        ("tiga", "stations_not_of_total"),
        ("3/", "stations_not_of_total"),
        (dt.datetime(2026, 12, 3), "date_not_count"),
        ("03-Dec", "date_not_count"),
        ("16/12", "stations_above_total"),
    ],
)
@pytest.mark.parametrize("row", [0, 1])
def test_one_bad_cell_is_told_by_itself(cell: object, rule: str, row: int) -> None:
    [(told, at, _)] = errors(count([*CELLS[:row], cell, *CELLS[row + 1 :]]))
    assert (told, at) == (rule, row)


def test_a_number_is_enough_where_another_column_tells_all_stations() -> None:
    table = count(["15/15", 3, "18/18", "7/11"], jumlah_tps=[15, 12, 18, 11])
    reading = load_results(table)
    assert not reading.errors
    assert reading.table["stations_counted"].tolist() == [15, 3, 18, 7]
    assert reading.table["stations_total"].tolist() == [15, 12, 18, 11]


def test_one_cell_that_another_column_contradicts_is_told_by_itself() -> None:
    table = count(CELLS, jumlah_tps=[15, 12, 18, 12])
    assert errors(table) == [("stations_not_of_total", 3, "7/11")]


def test_a_blank_cell_beside_them_tells_nothing() -> None:
    assert errors(count(["15/15", None, "18/18", "7/11"])) == []


def test_dates_where_numbers_belong_are_told_as_what_excel_makes() -> None:
    days = [dt.datetime(2026, month, 3) for month in (3, 5, 7, 9)]
    found = load_results(count(days)).errors
    assert {one.rule for one in found} == {"date_not_count"}
    assert "Excel mengubah isian seperti 3/12 menjadi tanggal" in found[0].say("id")
    one = count([15, 3, 18, 7], dpt=[3400, "12-Mar", 4200, 1500], jumlah_tps=[15, 12, 18, 11])
    assert [rule for rule, *_ in errors(one)] == ["date_not_count"]


def test_dates_that_a_spreadsheet_made_are_told_however_many_they_are() -> None:
    """The cells that stayed texts are read: they are no faults."""
    made = dt.datetime(2026, 12, 3)
    cells = ["15/15", made, made, dt.datetime(2026, 11, 7)]
    assert [(rule, row) for rule, row, _ in errors(count(cells))] == [
        *(("date_not_count", row) for row in (1, 2, 3))
    ]


@pytest.mark.parametrize(
    "header",
    [
        *("TPS Masuk/Jumlah TPS", "TPS masuk / total", "TPS terhitung dari total TPS"),
        *("Jumlah TPS Masuk / Jumlah TPS", "Masuk/Total TPS", "Progres TPS", "Progres"),
    ],
)
def test_headers_of_both_numbers(header: str) -> None:
    reading = load_results(count(CELLS).rename(columns={"tps masuk": header}))
    assert not reading.errors
    assert reading.table["stations_counted"].tolist() == [15, 3, 18, 7]
    assert reading.table["stations_total"].tolist() == [15, 12, 18, 11]


def test_a_column_of_progress_in_percent_stays_a_share() -> None:
    table = count(["100%", "25%", "50%", "100%"], jumlah_tps=[15, 12, 18, 11])
    reading = load_results(table.rename(columns={"tps masuk": "progres"}))
    assert reading.table["stations_counted"].tolist() == [15, 3, 9, 11]


@pytest.mark.parametrize("header", ["Kelurahan/Jumlah TPS", "TPS/RW", "Suara/Jumlah TPS"])
def test_other_headers_with_a_stroke_are_no_stations_that_are_in(header: str) -> None:
    table = count(["15", "12", "18", "11"]).rename(columns={"tps masuk": header})
    assert "stations_counted" not in load_results(table).headers
