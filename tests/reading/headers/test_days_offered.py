"""National days of a year are offered wherever a table is Indonesian: headers, titles, recaps."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from turnout.reading.results import load_results


def _recap(path: Path, title: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["MODEL D.HASIL KECAMATAN-KWK"],
        [title],
        ["KECAMATAN", ":", "LEBAK"],
        [],
        ["NO", "URAIAN", "JK", "TEGAL", "CIRATA", "JUMLAH"],
        ["I", "DATA PEMILIH DAN PENGGUNA HAK PILIH"],
        ["A", "DATA PEMILIH"],
        [1, "Jumlah Pemilih dalam DPT", "LK", 501, 433, 934],
        [None, None, "PR", 498, 441, 939],
        [None, None, "JML", 999, 874, 1873],
        ["B", "PENGGUNA HAK PILIH"],
        [1, "Jumlah seluruh pengguna hak pilih", "LK", 352, 301, 653],
        [None, None, "PR", 361, 322, 683],
        [None, None, "JML", 713, 623, 1336],
    ):
        sheet.append(row)
    book.save(path)
    return path


def _table(path: Path, title: str, *headers: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ([title], [], [*headers], ["Tegal", 999, 713], ["Cirata", 874, 623]):
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("PEMILIHAN BUPATI DAN WAKIL BUPATI TAHUN 2020", "2020-12-09"),
        ("PEMILIHAN GUBERNUR DAN WAKIL GUBERNUR TAHUN 2018", "2018-06-27"),
    ],
)
def test_the_day_of_a_recapitulation_is_offered(tmp_path: Path, title: str, day: str) -> None:
    [told] = load_results(_recap(tmp_path / "d_hasil.xlsx", title)).errors
    assert told.rule == "untold_days"
    assert day in told.say("id")


def test_the_day_of_an_indonesian_title_is_offered(tmp_path: Path) -> None:
    file = _table(tmp_path / "a.xlsx", "Pilkada Tahun 2020", "Ward", "Electorate", "Ballots")
    [told] = load_results(file).errors
    assert "2020-12-09" in told.say("id")


def test_of_another_country_none_is(tmp_path: Path) -> None:
    file = _table(tmp_path / "a.xlsx", "Local elections 2020", "Ward", "Electorate", "Ballots")
    errors = load_results(file).errors
    assert errors
    assert all("2020-12-09" not in one.say("id") for one in errors)
