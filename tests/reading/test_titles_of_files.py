"""Titles of another election than the name of their file."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from turnout.errors import Finding
from turnout.reading.hints import Hints
from turnout.reading.results import load_results

HOMES = {
    "Kota Agung": ("Pasar Madang", "Baros", "Kuripan"),
    "Muara Bulian": ("Sridadi", "Teratai", "Malapari"),
}
DAYS = {"2015": "2015-12-09", "2018": "2018-06-27", "2020": "2020-12-09", "2024": "2024-02-14"}
Titles = dict[str, str]


def book(path: Path, titles: Titles, year: int, *, placed: bool = True) -> Path:
    """Write a sheet per kecamatan, or per title, each under its title."""
    held = Workbook()
    for number, (name, title) in enumerate(titles.items()):
        sheet = held.create_sheet(name)
        home = name if placed else "Kota Agung"
        lines = [[title], [f"KECAMATAN {home.upper()}" if placed else "Rekapitulasi"]]
        lines.append(["Desa", "DPT", "Pengguna Hak Pilih"])
        for line in lines:
            sheet.append(line)
        for place, area in enumerate(HOMES[home]):
            registered = 900 + 371 * place + 13 * (year - 2000) + 211 * number
            sheet.append([area, registered, registered * (55 + year % 7 + place) // 100])
    held.remove(held.worksheets[0])
    held.save(path)
    return path


def told(files: list[Path], titles: str) -> list[Finding]:
    days = {year: day for year, day in DAYS.items() if year in titles}
    reading = load_results(files, hints=Hints.of(dates=days))
    return [
        one for one in reading.findings if one.rule.startswith("title_") or one in reading.errors
    ]


def of_years(folder: Path, wrong: dict[int, Titles], name: str = "pilkada") -> list[Path]:
    return [
        book(
            folder / f"{name} {year}.xlsx",
            dict.fromkeys(HOMES, f"HASIL PILKADA TAHUN {year}") | wrong.get(year, {}),
            year,
        )
        for year in (2015, 2018, 2020)
    ]


@pytest.mark.parametrize("name", ["pilkada", "hasil kab way lestari"])
@pytest.mark.parametrize("title", ["HASIL PILKADA TAHUN 2015", "HASIL PILKADA TAHUN 2024"])
def test_a_sheet_under_the_title_of_another_year(tmp_path: Path, name: str, title: str) -> None:
    [one] = told(of_years(tmp_path, {2020: {"Kota Agung": title}}, name), f"2015 2018 2020 {title}")
    assert one.rule == "title_of_other_file"
    said = one.say("id")
    assert f"{name} 2020.xlsx" in said
    assert f"'{title}' (Kota Agung)" in said
    assert "jangan menghapus" in said


def test_a_whole_file_under_the_title_of_another(tmp_path: Path) -> None:
    wrong = dict.fromkeys(HOMES, "HASIL PILKADA TAHUN 2018")
    [one] = told(of_years(tmp_path, {2020: wrong}, "hasil"), "2015 2018 2020")
    assert one.rule == "title_of_other_file"
    assert "(Kota Agung, Muara Bulian)" in one.say("en")


def test_a_sheet_under_the_title_of_another_type(tmp_path: Path) -> None:
    [one] = told(
        of_years(tmp_path, {2020: {"Kota Agung": "HASIL PEMILU TAHUN 2020"}}), "2015 2018 2020"
    )
    assert one.rule == "title_of_other_file"
    assert one.severity == "error"


@pytest.mark.parametrize("title", ["PILKADA TAHUN 2018", "PEMILIHAN UMUM TAHUN 2020"])
def test_a_file_alone_under_another_title_is_worth_a_look(tmp_path: Path, title: str) -> None:
    path = book(tmp_path / "pilkada_2020.xlsx", dict.fromkeys(HOMES, title), 2020)
    [one] = told([path], title)
    assert (one.rule, one.severity) == ("title_beside_file", "warning")
    assert one.say("id").endswith("Judulnya yang dipakai; bila keliru, perbaiki.")


@pytest.mark.parametrize("name", ["pilkada", "hasil", "PEMILIHAN GUBERNUR", "way_lestari"])
def test_titles_that_agree(tmp_path: Path, name: str) -> None:
    assert not told(of_years(tmp_path, {}, name), "2015 2018 2020")


@pytest.mark.parametrize("name", ["pilkada 2024", "data 2024", "hasil 2015-2020", "riwayat"])
def test_a_file_of_several_elections(tmp_path: Path, name: str) -> None:
    titles = {
        f"Sheet{year}"[:5] + str(at): f"PILKADA TAHUN {year}"
        for at, year in enumerate((2015, 2018, 2020))
    }
    path = book(tmp_path / f"{name}.xlsx", titles, 2020, placed=False)
    assert not told([path], "2015 2018 2020")


def test_a_file_called_by_the_year_of_its_printing(tmp_path: Path) -> None:
    titles = dict.fromkeys(HOMES, "HASIL PILKADA TAHUN 2020")
    files = [*of_years(tmp_path, {})[:2], book(tmp_path / "publikasi 2021.xlsx", titles, 2020)]
    assert not told(files, "2015 2018 2020")


def test_the_list_of_all_under_the_title_of_another_file(tmp_path: Path) -> None:
    first, _, path = of_years(tmp_path, {})
    held = load_workbook(path)
    sheet = held.create_sheet("REKAP")
    for line in (
        ["HASIL PILKADA TAHUN 2015"],
        ["KABUPATEN WAY LESTARI"],
        ["Kecamatan", "DPT", "Hadir"],
    ):
        sheet.append(line)
    for home in HOMES:
        sheet.append([home, 5000, 3000])
    held.save(path)
    [one] = told([first, path], "2015 2020")
    assert one.rule == "title_of_other_file"
    assert "(REKAP)" in one.say("id")
