"""A header that the user says is that of the voters makes a sheet results, not a roll."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from turnout.cli.files import read_all, roles_in
from turnout.reading.headers.aliases import RESULTS
from turnout.reading.headers.match import understand
from turnout.reading.hints import Hints
from turnout.reading.results import load_results

ELECTIONS = {
    "Pemilu 2019": ("17 April 2019", [1_200, 2_304, 987], [911, 1_702, 801]),
    "Pilkada 2020": ("9 Desember 2020", [1_233, 2_377, 1_010], [803, 1_655, 644]),
    "Pemilu 2024": ("14 Februari 2024", [1_281, 2_420, 1_066], [1_003, 1_990, 871]),
}


def _book(path: Path, header: str = "Sudah Datang", *, votes: bool = True) -> Path:
    with pd.ExcelWriter(path) as book:
        for sheet, (day, registered, voters) in ELECTIONS.items():
            columns = {"Desa": ["Lebak", "Tegal", "Cirata"], "DPT": registered}
            columns |= {header: voters} if votes else {}
            table = pd.DataFrame(columns)
            table.to_excel(book, sheet_name=sheet, index=False, startrow=2)
            book.sheets[sheet].write(0, 0, day)
    return path


@pytest.mark.parametrize("header", ["Sudah Datang", "Jumlah"])
def test_what_is_said_to_be_voters_makes_results(tmp_path: Path, header: str) -> None:
    book = _book(tmp_path / "data.xlsx", header)
    said = {"results": Hints.of({header: "voters"})}
    assert roles_in(book, said) == ["results"]
    readings = read_all(book, said)
    assert list(readings) == ["results"]
    assert not readings["results"].errors
    assert readings["results"].table["voters"].sum() == sum(
        sum(voters) for _, _, voters in ELECTIONS.values()
    )


def test_a_sheet_without_registered_stays_the_roll(tmp_path: Path) -> None:
    book = tmp_path / "data.xlsx"
    past = pd.DataFrame(
        {
            "Tanggal": "9 Desember 2020",
            "Jenis": "pilkada",
            "Desa": ["Lebak", "Tegal"],
            "DPT": [1_233, 2_377],
            "Jumlah": [803, 1_655],
        }
    )
    coming = pd.DataFrame({"Desa": ["Lebak", "Tegal"], "Jumlah": [1_290, 2_431]})
    with pd.ExcelWriter(book) as file:
        past.to_excel(file, sheet_name="Riwayat", index=False)
        coming.to_excel(file, sheet_name="Pemilih", index=False)
    assert roles_in(book, {"results": Hints.of({"Jumlah": "voters"})}) == ["results", "roll"]


def test_sheets_of_elections_whose_voters_may_be_there_are_not_offered_as_rolls(
    tmp_path: Path,
) -> None:
    [reading] = read_all(_book(tmp_path / "data.xlsx")).values()
    assert [one.rule for one in reading.errors] == ["results_without_voters"] * 3
    assert all("roll:" not in one.say("id") for one in reading.errors)
    assert '"Sudah Datang": "voters"' in reading.errors[0].say("id")


def test_sheets_of_mere_rolls_are(tmp_path: Path) -> None:
    [reading] = read_all(_book(tmp_path / "data.xlsx", votes=False)).values()
    assert "one_roll_twice" in {one.rule for one in reading.errors}


@pytest.mark.parametrize(
    ("header", "name"),
    [
        *[
            (one, "voters")
            for one in ("Yang Hadir", "Jumlah Hadir", "Jml Yg Hadir", "Hadir di TPS")
        ],
        *[(one, "date") for one in ("Tanggal Pemungutan", "Hari/Tgl Pelaksanaan", "Tgl.")],
    ],
)
def test_headers_of_voters_and_days(header: str, name: str) -> None:
    assert understand(header, RESULTS).names == (name,)


def test_a_day_of_the_week_beside_the_date_is_no_second_date() -> None:
    table = pd.DataFrame(
        {
            "Hari Pelaksanaan": ["Rabu", "Rabu"],
            "Tgl Pelaksanaan": ["09/12/2020", "09/12/2020"],
            "Jenis": "pilkada",
            "Desa": ["Lebak", "Tegal"],
            "DPT": [1_233, 2_377],
            "Yang Hadir": [803, 1_655],
        }
    )
    assert not load_results(table).errors
