"""A sheet of all kecamatan beside a sheet of each, whose last row tells the same total."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from turnout.elections import Election
from turnout.reading import load_counted, load_results, load_roll

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


def roll(folder: Path, more: int = 0) -> Path:
    """Return a roll in a sheet per kecamatan, with its total, and one of all kecamatan."""
    path = folder / "dpt.xlsx"
    totals = {name: sum(row[1] for row in rows) for name, rows in TOWNS.items()}
    with pd.ExcelWriter(path) as book:
        for name, rows in TOWNS.items():
            cells = [[f"KECAMATAN {name.upper()}", None], ["Desa", "DPT"]]
            cells += [[place, registered] for place, registered, _ in rows]
            cells += [["JUMLAH", totals[name]]]
            pd.DataFrame(cells).to_excel(book, sheet_name=name, header=False, index=False)
        cells = [["REKAP DPT", None], ["Kecamatan", "DPT"], *map(list, totals.items())]
        cells[2][1] += more
        cells += [["JUMLAH", sum(totals.values()) + more]]
        pd.DataFrame(cells).to_excel(book, sheet_name="REKAP", header=False, index=False)
    return path


def test_a_roll_with_a_sheet_of_all_kecamatan_counts_each_total_once(tmp_path: Path) -> None:
    reading = load_roll(roll(tmp_path))
    assert reading.errors == ()
    assert reading.table["area"].dropna().tolist() == ["Patunas", "Sriwijaya", "Makmur Jaya",
                                                       "Serdang"]  # fmt: skip
    told = [one.rule for one in load_roll(roll(tmp_path, 50)).errors]
    assert "sheets_differ" in told


def test_a_count_is_one_contest_whichever_of_its_sheets_tell_it(tmp_path: Path) -> None:
    path = tmp_path / "hitung.xlsx"
    head = ["DPT", "Pengguna Hak Pilih", "TPS Masuk", "Jumlah TPS"]
    with pd.ExcelWriter(path) as book:
        recap = [["Kecamatan", *head]]
        for name, rows in TOWNS.items():
            total = [sum(row[n] for row in rows) for n in (1, 2)]
            cells = [
                ["HASIL HITUNG PILKADA 2024", *[None] * 4],
                [f"KECAMATAN {name.upper()}", *[None] * 4],
                ["Desa", *head],
                *([*row, 5, 5] for row in rows),
                ["JUMLAH", *total, 10, 10],
            ]
            pd.DataFrame(cells).to_excel(book, sheet_name=name, header=False, index=False)
            recap.append([name, *total, 10, 10])
        pd.DataFrame(recap).to_excel(book, sheet_name="REKAP", header=False, index=False)
    reading = load_counted(path, election=Election("2024-11-27", "pilkada"))
    assert reading.errors == ()
    assert reading.table["area"].notna().sum() == 4
    assert reading.table["area"].isna().sum() == 2
