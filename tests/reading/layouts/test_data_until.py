"""Up to when a count goes, as the lines above it tell."""

from pathlib import Path

import openpyxl
import pytest

from turnout.elections import Election
from turnout.identity.reports import counted_until
from turnout.reading import load_results
from turnout.reading.hints import Hints
from turnout.reading.results import load_counted

COMING = Election("2024-11-27", "pilkada")
HEAD = ["Kelurahan", "DPT", "Pengguna Hak Pilih", "TPS Masuk", "Jumlah TPS"]
BODY = [["Murni", 1000, 700, 2, 2], ["Legok", 2000, 1500, 4, 4]]


def written(path: Path, *lines: str, head: list[str] = HEAD) -> Path:
    book = openpyxl.Workbook()
    for line in (*([one] for one in lines), [], head, *BODY):
        book.worksheets[0].append(line)
    book.save(path / "hitung.xlsx")
    return path / "hitung.xlsx"


def until(path: Path, *lines: str) -> str | None:
    reading = load_counted(written(path, *lines), election=COMING)
    assert not reading.findings
    told = counted_until(reading.table, COMING)
    return None if told is None else told.strftime("%Y-%m-%d %H:%M")


TOLD = (
    ("Data masuk s.d. pukul 19.30 WIB", "2024-11-27 19:30"),
    ("Update terakhir 27/11/2024 21:00", "2024-11-27 21:00"),
    ("Hasil Pilkada 2024 per 28 November 2024 pukul 08.00", "2024-11-28 08:00"),
    ("Kondisi data hari Rabu tanggal 27 November 2024, jam 22.10 WITA", "2024-11-27 22:10"),
    ("Data per pukul 19.30 WIB, 27 November 2024", "2024-11-27 19:30"),
    ("Tanggal update: 27/11/2024 21:00", "2024-11-27 21:00"),
    ("Data masuk (s.d. pukul 20.15), dicetak 28/11/2024 pukul 08.15", "2024-11-27 20:15"),
    ("As of 27 November 2024, 9:30", "2024-11-27 09:30"),
)
NOT_TOLD = (
    "Dicetak: 28 November 2024 pukul 08.00 WIB",
    "Dicetak per 28 November 2024 pukul 08.00 WIB",
    "Pemungutan suara pukul 07.00 s.d. 13.00 WIB",
    "TPS buka s.d. pukul 13.00 WIB",
    "Data per 28 November 2024",
    "Data masuk s.d. pukul 08.00 WIB",  # of the day after, as polls were open then
    "Rapat pleno per 28 November 2024 pukul 08.00",
)


@pytest.mark.few(6)
@pytest.mark.parametrize(("line", "time"), TOLD)
def test_a_line_that_says_up_to_when_the_data_go_tells_it(
    tmp_path: Path, line: str, time: str
) -> None:
    assert until(tmp_path, "Hasil hitung Pilkada 2024", line) == time


@pytest.mark.few(5)
@pytest.mark.parametrize("line", NOT_TOLD)
def test_a_time_of_printing_of_polling_hours_or_without_its_day_is_none(
    tmp_path: Path, line: str
) -> None:
    assert until(tmp_path, "Hasil hitung Pilkada 2024", line) is None


def test_a_clock_beside_another_day_and_two_times_tell_nothing(tmp_path: Path) -> None:
    assert until(tmp_path, "Hasil hitung Pilkada per 28 November 2024", "s.d. pukul 19.30") is None
    assert until(tmp_path, "Data s.d. pukul 19.30", "Update terakhir 27/11/2024 21:00") is None


def test_a_clock_alone_is_of_polling_day_that_another_line_tells(tmp_path: Path) -> None:
    lines = "Hari pemungutan suara: 27 November 2024", "Data masuk s.d. pukul 19.30 WIB"
    assert until(tmp_path, *lines) == "2024-11-27 19:30"


def test_past_results_have_no_such_time_and_a_column_goes_first(tmp_path: Path) -> None:
    file = written(tmp_path, "Pilkada 27 November 2024", "Data masuk s.d. pukul 19.30 WIB")
    assert "data_until" not in load_results(file, hints=Hints.of()).table
    body = [[*row, "27/11/2024 21:00"] for row in BODY]
    book = openpyxl.Workbook()
    for line in (["Data masuk s.d. pukul 19.30 WIB"], [*HEAD, "data_until"], *body):
        book.worksheets[0].append(line)
    book.save(tmp_path / "hitung.xlsx")
    told = counted_until(load_counted(tmp_path / "hitung.xlsx", election=COMING).table, COMING)
    assert told is not None
    assert f"{told:%H:%M}" == "21:00"


def below(path: Path, line: str, sheet: str = "Sheet") -> str | None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheet
    for cells in (["Hasil hitung Pilkada 2024"], [], HEAD, *BODY, [], [line], ["Sumber: operator"]):
        book.worksheets[0].append(cells)
    book.save(path / "hitung.xlsx")
    reading = load_counted(path / "hitung.xlsx", election=COMING)
    assert reading.table["area"].tolist() == ["Murni", "Legok"]
    told = counted_until(reading.table, COMING)
    return None if told is None else told.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(("line", "time"), TOLD[:3])
def test_a_line_below_the_table_tells_it_as_well(tmp_path: Path, line: str, time: str) -> None:
    assert below(tmp_path, line) == time


@pytest.mark.parametrize("sheet", ["s.d. pukul 19.30", "Pukul 19.30 WIB", "Data s.d. 19.30 WIB"])
def test_the_name_of_a_sheet_tells_it_as_well(tmp_path: Path, sheet: str) -> None:
    assert below(tmp_path, "", sheet) == "2024-11-27 19:30"


@pytest.mark.parametrize("sheet", ["Kota Baru", "Hasil 19.30", "Dicetak pukul 19.30", "TPS 1.20"])
def test_another_name_of_a_sheet_does_not(tmp_path: Path, sheet: str) -> None:
    assert below(tmp_path, "Dicetak 28 November 2024 pukul 08.00 WIB", sheet) is None
