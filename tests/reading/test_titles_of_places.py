"""Titles of another kecamatan or city than all else tells, and titles that are right."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from turnout.reading.results import load_results
from turnout.reading.roll import load_roll
from turnout.schema import canonical_results

RULE = "title_of_other_place"
HOMES = {
    "Kota Agung": ("Kota Agung", "Pasar Madang", "Baros"),
    "Muara Bulian": ("Sridadi", "Teratai", "Malapari"),
    "Sungai Rumbai": ("Koto Tinggi", "Bukit Sari", "Sungai Landai"),
}
ELSEWHERE = {"Seberida": ("Pangkalan Kasai", "Kelesa", "Buluh Rampai")}
YEARS = {2015: "9 Desember 2015", 2018: "27 Juni 2018", 2020: "9 Desember 2020"}
Lines = list[list[object]]


def size(area: str, year: int) -> int:
    return 900 + 37 * sum(map(ord, area)) % 2000 + (year - 2015) * 11


def rows_of(homes: dict[str, tuple[str, ...]], year: int) -> Lines:
    return [
        [home, area, size(area, year), size(area, year) * (60 + year % 7) // 100]
        for home, areas in homes.items()
        for area in areas
    ]


def of_city(title: str, year: int, homes: dict[str, tuple[str, ...]] = HOMES) -> Lines:
    head: Lines = [[f"PILKADA {YEARS.get(year, year)}"], [title]]
    return [*head, ["Kecamatan", "Desa", "DPT", "Pengguna Hak Pilih"], *rows_of(homes, year)]


def of_district(title: str, home: str, year: int, city: str = "KABUPATEN WAY LESTARI") -> Lines:
    rows = [row[1:] for row in rows_of({home: (HOMES | ELSEWHERE)[home]}, year)]
    total = ["JUMLAH", *(sum(int(str(row[at])) for row in rows) for at in (1, 2))]
    head: Lines = [[f"PILKADA {YEARS.get(year, year)}"], [title], [city]]
    return [*head, ["Desa", "DPT", "Pengguna Hak Pilih"], *rows, total]


def book(path: Path, sheets: dict[str, Lines]) -> Path:
    held = Workbook()
    for name, lines in sheets.items():
        sheet = held.create_sheet(name)
        for line in lines:
            sheet.append(line)
    held.remove(held.worksheets[0])
    held.save(path)
    return path


def found(path: Path | list[Path]) -> list[str]:
    reading = load_results(path)
    rules = [one.rule for one in reading.errors]
    assert RULE in rules or not rules, [one.say() for one in reading.errors]
    assert set(rules) <= {RULE}, "what follows from the title is not told beside it"
    return [one.say("id") for one in reading.errors]


def years(wrong: dict[int, str], right: str = "KABUPATEN WAY LESTARI") -> dict[str, Lines]:
    return {f"pilkada {year}": of_city(wrong.get(year, right), year) for year in YEARS}


def test_the_city_of_a_title_against_the_other_sheets(tmp_path: Path) -> None:
    [told] = found(book(tmp_path / "hasil.xlsx", years({2018: "KABUPATEN WAY TENONG"})))
    for words in ("pilkada 2018", "KABUPATEN WAY TENONG", "KABUPATEN WAY LESTARI", "9 dari 9"):
        assert words in told
    assert "'pilkada 2015', 'pilkada 2020'" in told


@pytest.mark.parametrize("title", ["KAB. WAY LESTARI", "Kabupaten/Kota : Way Lestari"])
def test_one_city_written_in_two_ways(tmp_path: Path, title: str) -> None:
    assert not found(book(tmp_path / "hasil.xlsx", years({2018: title})))


def test_the_city_of_a_title_against_other_files(tmp_path: Path) -> None:
    titles = {2015: "KOTA WAY LESTARI", 2018: "KOTA WAY LESTARI", 2020: "KOTA WAY TENONG"}
    files = [
        book(tmp_path / f"{year}.xlsx", {"Sheet1": of_city(title, year)})
        for year, title in titles.items()
    ]
    [told] = found(list(files))
    assert "'2015.xlsx', '2018.xlsx'" in told


def test_two_cities(tmp_path: Path) -> None:
    sheets = years({}) | {
        f"{year} seberang": of_city("KABUPATEN WAY TENONG", year, ELSEWHERE) for year in YEARS
    }
    assert not found(book(tmp_path / "hasil.xlsx", sheets))


@pytest.mark.parametrize("since", [2018, 2020])
def test_a_city_that_was_part_of_another(tmp_path: Path, since: int) -> None:
    stays = {name: HOMES[name] for name in ("Kota Agung", "Sungai Rumbai")}
    parted = {"Muara Bulian": HOMES["Muara Bulian"]}
    sheets = {}
    for year in YEARS:
        homes = HOMES if year < since else stays
        sheets[f"{year} lestari"] = of_city("KABUPATEN WAY LESTARI", year, homes)
        if year >= since:
            sheets[f"{year} bulian"] = of_city("KOTA BULIAN", year, parted)
    assert not found(book(tmp_path / "hasil.xlsx", sheets))


def kecamatan(year: int, wrong: dict[str, str] | None = None) -> dict[str, Lines]:
    titles = {home: f"KECAMATAN {home.upper()}" for home in HOMES} | (wrong or {})
    return {home: of_district(titles[home], home, year) for home in HOMES}


@pytest.mark.parametrize("title", ["KECAMATAN MUARA BULIAN", "KECAMATAN TEBO ULU"])
def test_the_kecamatan_of_a_title_against_the_name_of_its_sheet(tmp_path: Path, title: str) -> None:
    files = [
        book(tmp_path / f"{year}.xlsx", kecamatan(year, {"Sungai Rumbai": title} if late else {}))
        for year, late in ((2015, False), (2018, True))
    ]
    [told] = found(list(files))
    assert "'Sungai Rumbai'" in told
    assert f"'{title}'" in told
    assert "2018.xlsx" in told


def test_a_sheet_named_after_its_kecamatan_that_bears_the_title_of_the_next(tmp_path: Path) -> None:
    wrong = {"Kota Agung": "KECAMATAN MUARA BULIAN"}
    [told] = found(book(tmp_path / "2020.xlsx", kecamatan(2020, wrong)))
    assert "'Kota Agung'" in told
    assert "angkanya tidak perlu diubah" in told


def test_the_city_above_one_kecamatan_of_a_roll_against_the_past(tmp_path: Path) -> None:
    past = canonical_results(
        pd.DataFrame(
            [["KABUPATEN WAY LESTARI", *row] for row in rows_of(HOMES, 2020)],
            columns=["city", "district", "area", "registered", "voters"],
        ).assign(date=pd.Timestamp("2020-12-09"), election_type="pilkada")
    )
    sheets = {
        home: [line[:2] for line in of_district(f"KECAMATAN {home.upper()}", home, 2024)]
        for home in HOMES
    }
    assert not load_roll(book(tmp_path / "dpt.xlsx", sheets), past).errors
    sheets["Sungai Rumbai"][2] = ["KABUPATEN WAY TENONG"]
    errors = load_roll(book(tmp_path / "dpt.xlsx", sheets), past).errors
    assert [one.rule for one in errors] == [RULE]
    assert errors[0].spot.sheet == "Sungai Rumbai"


@pytest.mark.parametrize(
    "name", ["Sheet3", "Sei Rumbai", "Kec. Sungai Rumbai 2018", "3. Sungai Rumbai"]
)
def test_names_of_sheets_that_contradict_no_title(tmp_path: Path, name: str) -> None:
    sheets = kecamatan(2018)
    sheets[name] = sheets.pop("Sungai Rumbai")
    files = [book(tmp_path / "2015.xlsx", kecamatan(2015)), book(tmp_path / "2018.xlsx", sheets)]
    assert not found(list(files))


def test_names_of_sheets_that_are_exchanged_under_right_titles(tmp_path: Path) -> None:
    swapped = kecamatan(2018)
    swapped["Sungai Rumbai"], swapped["Kota Agung"] = (
        swapped["Kota Agung"],
        swapped["Sungai Rumbai"],
    )
    files = [book(tmp_path / "2015.xlsx", kecamatan(2015)), book(tmp_path / "2018.xlsx", swapped)]
    assert not found(list(files))


def test_sheets_of_kelurahan_under_the_title_of_their_kecamatan(tmp_path: Path) -> None:
    sheets = {
        area: [
            ["PILKADA 9 Desember 2020"],
            ["KECAMATAN MUARA BULIAN"],
            ["Desa", "TPS", "DPT", "Pengguna Hak Pilih"],
            *([area, tps, 300 + tps + len(area), 200] for tps in (1, 2, 3)),
        ]
        for area in ("Muara Bulian", "Kota Agung", "Malapari")
    }
    files = [book(tmp_path / "2018.xlsx", kecamatan(2018)), book(tmp_path / "2020.xlsx", sheets)]
    for path in files[1:]:
        reading = load_results([files[0], path])
        assert RULE not in [one.rule for one in reading.errors]


def recap(year: int, city: str, homes: tuple[str, ...] = tuple(HOMES)) -> Lines:
    rows = [[home, *of_district("", home, year)[-1][1:]] for home in homes]
    total = ["JUMLAH", *(sum(int(str(row[at])) for row in rows) for at in (1, 2))]
    head: Lines = [[f"PILKADA {YEARS[year]}"], [city]]
    return [*head, ["Kecamatan", "DPT", "Pengguna Hak Pilih"], *rows, total]


def test_one_sheet_of_another_city_than_the_list_of_its_kecamatan(tmp_path: Path) -> None:
    sheets = kecamatan(2020) | {"REKAP": recap(2020, "KABUPATEN WAY LESTARI")}
    assert not found(book(tmp_path / "right.xlsx", sheets))
    sheets["Sungai Rumbai"][2] = ["KABUPATEN WAY TENONG"]
    [told] = found(book(tmp_path / "2020.xlsx", sheets))
    assert "lembar Sungai Rumbai" in told
    assert "termasuk KABUPATEN WAY LESTARI menurut 'REKAP'" in told


def test_a_list_of_kecamatan_under_another_city_than_their_sheets(tmp_path: Path) -> None:
    sheets = kecamatan(2020) | {"REKAP": recap(2020, "KABUPATEN WAY TENONG")}
    [told] = found(book(tmp_path / "2020.xlsx", sheets))
    assert "lembar REKAP" in told
    assert "3 dari 3" in told


def test_two_cities_with_a_kecamatan_of_one_name(tmp_path: Path) -> None:
    sheets = kecamatan(2020) | {"REKAP": recap(2020, "KABUPATEN WAY LESTARI")}
    other = of_district("KECAMATAN KOTA AGUNG", "Seberida", 2020, "KABUPATEN WAY TENONG")
    sheets |= {"Kota Agung Tenong": other}
    rows = recap(2020, "KABUPATEN WAY TENONG", ("Seberida",))
    rows[3][0], rows[2][0] = "Kota Agung", "Kecamatan"
    assert not found(book(tmp_path / "2020.xlsx", sheets | {"REKAP TENONG": rows}))
