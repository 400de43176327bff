"""A sheet of results that lacks the header of its voters looks like a roll."""

from pathlib import Path

import openpyxl
import pytest

from turnout.errors import DataError
from turnout.reading import load_results, load_roll

PLACES = [("A", "Murni", 1000), ("A", "Legok", 2000), ("B", "Kasang", 3000)]
FLAT, SEXES = ["DPT", "Pengguna Hak Pilih"], ["L", "P", "JML"]


def results(book: openpyxl.Workbook, day: str, voters: str | None, *, by_sex: bool) -> None:
    """Add a sheet of results of a pilkada whose voters stand under a header, or under none."""
    sheet = book.create_sheet(f"Pilkada {day[-4:]}")
    sheet.append([f"Hasil Pilkada {day}"])
    sheet.append([])
    if not by_sex:
        sheet.append(["Kecamatan", "Kelurahan", "DPT", voters])
        for district, area, n in PLACES:
            sheet.append([district, area, n, n // 2])
        return
    sheet.append(["Kecamatan", "Kelurahan", "DPT", None, None, voters])
    sheet.append([None, None, *SEXES, *SEXES])
    sheet.merge_cells("C3:E3")
    sheet.merge_cells("F3:H3")
    for district, area, n in PLACES:
        sheet.append([district, area, n // 2, n // 2, n, n // 4, n // 4, n // 2])


def office(path: Path, voters: str | None, *, by_sex: bool = False, title: str = "DPT") -> Path:
    """Return a workbook of two elections and a roll; of the second the voters' header is given."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    results(book, "27 Juni 2018", "Pengguna Hak Pilih", by_sex=by_sex)
    results(book, "9 Desember 2020", voters, by_sex=by_sex)
    if title:
        sheet = book.create_sheet("DPT")
        for row in ([title], [], ["Kecamatan", "Kelurahan", "DPT"]):
            sheet.append(row)
        for district, area, n in PLACES:
            sheet.append([district, area, n + 50])
    book.save(path)
    return path


@pytest.mark.parametrize("by_sex", [False, True])
@pytest.mark.parametrize("title", ["DPT", "DPT Pilkada 27 November 2024", "DPT 9 Desember 2020"])
def test_the_sheet_that_lacks_its_voters_is_named(tmp_path: Path, title: str, by_sex: bool) -> None:
    told = load_roll(office(tmp_path / "a.xlsx", None, by_sex=by_sex, title=title)).findings
    assert [(one.rule, one.spot.sheet) for one in told] == [
        ("results_without_voters", "Pilkada 2020")
    ]
    assert "'Hasil Pilkada 9 Desember 2020'" in told[0].say("en")
    assert "beside DPT" in told[0].say("en")
    clean = load_roll(office(tmp_path / "b.xlsx", FLAT[1], by_sex=by_sex, title=title))
    assert clean.findings == ()
    assert clean.table["registered"].tolist() == [1050, 2050, 3050]


def test_without_a_roll_the_columns_that_stand_twice_tell_it(tmp_path: Path) -> None:
    told = load_roll(office(tmp_path / "a.xlsx", None, by_sex=True, title="")).findings
    assert [(one.rule, one.spot.sheet) for one in told] == [
        ("results_without_voters", "Pilkada 2020")
    ]
    assert "columns twice" in told[0].say("en")


def test_sheets_whose_days_are_not_told_are_results_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, (year, voters) in enumerate((("2018", FLAT[1]), ("2020", None))):
        results(book, f"9 Desember {year}", voters, by_sex=bool(number))
        book[f"Pilkada {year}"]["A1"] = f"Hasil Pilkada {year}"
    book.save(tmp_path / "a.xlsx")
    [told] = load_roll(tmp_path / "a.xlsx").findings
    assert (told.rule, told.spot.sheet) == ("results_without_voters", "Pilkada 2020")


def test_a_workbook_of_rolls_says_in_words_what_its_sheets_hold(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in ("DPT A", "DPT B"):
        sheet = book.create_sheet(name)
        for row in (["Kecamatan", "Kelurahan", "DPT"], *PLACES):
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DataError) as raised:
        load_results(tmp_path / "a.xlsx")
    told = raised.value.say("id")
    assert "lembar hasil; lembar yang ada (DPT A, DPT B) berisi: daftar pemilih." in told
