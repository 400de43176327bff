"""A sheet of all kecamatan beside a sheet of each, whose last row tells the same total."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from turnout.reading.results import load_results

TOWNS = {
    "Tungkal": [("Patunas", 1800, 1210), ("Sriwijaya", 2350, 1644)],
    "Betara": [("Makmur Jaya", 990, 702), ("Serdang", 1405, 1011)],
}


def workbook(folder: Path, more: int = 0) -> Path:
    """Return a workbook; the sheet of all tells the first kecamatan with some voters more."""
    head = {"Tanggal": "9 Desember 2020", "Jenis": "Pilkada"}
    path = folder / "rekap.xlsx"
    with pd.ExcelWriter(path) as book:
        whole = [
            (name, sum(row[1] for row in rows), sum(row[2] for row in rows))
            for name, rows in TOWNS.items()
        ]
        whole[0] = (*whole[0][:2], whole[0][2] + more)
        table = pd.DataFrame(whole, columns=["Kecamatan", "DPT", "Pengguna Hak Pilih"])
        table.assign(**head).to_excel(book, sheet_name="Semua", index=False)
        for (name, rows), total in zip(TOWNS.items(), whole, strict=True):
            last = ("Jumlah", total[1], sum(row[2] for row in rows))
            columns = ["Desa", "DPT", "Pengguna Hak Pilih"]
            each = pd.DataFrame([*rows, last], columns=columns).assign(Kecamatan=name, **head)
            each.to_excel(book, sheet_name=name, index=False)
    return path


def test_a_total_that_is_told_twice_alike_counts_once(tmp_path: Path) -> None:
    reading = load_results(workbook(tmp_path))
    assert reading.errors == ()
    totals = reading.table[reading.table["area"].isna()]
    assert sorted(totals["district"]) == ["Betara", "Tungkal"]


def test_two_totals_that_differ_are_an_error(tmp_path: Path) -> None:
    assert load_results(workbook(tmp_path, 7)).errors


def test_a_row_that_is_repeated_where_nothing_is_finer_is_an_error() -> None:
    columns = ["Tanggal", "Kecamatan", "Desa", "DPT", "Pengguna Hak Pilih"]
    twice = ("27 Juni 2018", "Tungkal", None, 4150, 2854)
    other = ("27 Juni 2018", "Betara", None, 2395, 1713)
    finer = ("9 Desember 2020", "Betara", "Serdang", 1405, 1011)
    table = pd.DataFrame([twice, other, twice, finer], columns=columns).assign(Jenis="Pilkada")
    assert load_results(table).errors
