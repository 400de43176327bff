"""Which days above a table are read as that of the election, and which never are."""

from pathlib import Path

import openpyxl
import pytest

from turnout.elections import Election
from turnout.errors import tell
from turnout.reading import load_counted, load_results
from turnout.reading.hints import Hints
from turnout.reading.reading import Reading
from turnout.surroundings import on_command_line

Line = str | list[str]
BODY = [["Kelurahan", "DPT", "Pengguna Hak Pilih"], ["Murni", 1000, 700], ["Legok", 2000, 1500]]


def read(path: Path, *lines: Line, said: dict[str, str] | str | None = None) -> Reading:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Hasil"
    for line in lines:
        sheet.append([line] if isinstance(line, str) else line)
    for row in ([], *BODY):
        sheet.append(row)
    book.save(path / "hasil.xlsx")
    return load_results(path / "hasil.xlsx", hints=Hints.of(types="pilkada", dates=said))


def days(reading: Reading) -> set[str]:
    return set() if reading.errors else set(reading.table["date"].dt.strftime("%Y-%m-%d"))


STATED: tuple[tuple[Line, str], ...] = (
    ("Hari/Tanggal Pemungutan Suara: 9 Desember 2015", "2015-12-09"),
    ("TANGGAL PEMUNGUTAN SUARA 9 DESEMBER 2020", "2020-12-09"),
    ("Hari, tanggal : Rabu, 9 Desember 2020", "2020-12-09"),
    ("Hari/Tanggal : Rabu / 9 Desember 2020", "2020-12-09"),
    (["Hari/Tanggal Pemungutan Suara", ":", "Rabu, 9 Desember 2020"], "2020-12-09"),
    (["Kecamatan: Pasar", "Tanggal pemungutan suara: 27 November 2024"], "2024-11-27"),
    ("Pemungutan suara dilaksanakan pada hari Rabu, 9 Desember 2020", "2020-12-09"),
    ("Pilkada Kota Jambi, pemungutan suara 27 November 2024, dicetak 5/3/2025", "2024-11-27"),
    ("HARI PENCOBLOSAN, 27 NOVEMBER 2024", "2024-11-27"),
    ("Tanggal Pemilihan Bupati dan Wakil Bupati: 27-11-2024", "2024-11-27"),
    ("27 November 2024 (hari pemungutan suara)", "2024-11-27"),
    ("Polling day 9 December 2020", "2020-12-09"),
    ("Election day: Wednesday, December 9, 2020", "2020-12-09"),
    ("Date of the election 2024-11-27", "2024-11-27"),
)


@pytest.mark.few(8)
@pytest.mark.parametrize(("line", "day"), STATED)
def test_a_line_that_calls_a_day_that_of_the_poll_tells_it(
    tmp_path: Path, line: Line, day: str
) -> None:
    reading = read(tmp_path, "Rekapitulasi", line)
    assert days(reading) == {day}
    assert not reading.findings


@pytest.mark.few(10)
@pytest.mark.parametrize(
    "line",
    [
        "Tanggal cetak: 5 Maret 2024",
        ["Tanggal", "cetak 5 Maret 2024"],
        "Tanggal: 5 Maret 2024 (cetak)",
        "Dicetak 5 Maret 2024",
        "Ditetapkan di Jambi, 3 Desember 2024",
        "Pada tanggal 3 Desember 2024",
        "Jambi, 3 Desember 2024",
        "Data per 14 November 2024",
        ["Data", "per 14 November 2024"],
        "Pilkada 2024, data per 14 November 2024",
        "DPT Pilkada ditetapkan 20 September 2024",
        "Rapat pleno Pilkada tanggal 3 Desember 2024",
        "Kampanye Pilkada 25 September 2024 s.d. 23 November 2024",
        "Tanggal penetapan hasil pemungutan suara: 3 Desember 2024",
        "Rekapitulasi hasil pemungutan suara 3 Desember 2024",
        "Pemungutan suara ulang 5 Maret 2024",
        "Sebelum hari pemungutan suara 27 November 2024",
        "H-7 pemungutan suara: 20 November 2024",
        "Printed: Wednesday, 5 March 2024",
        "Last updated: March 5, 2024",
        "As of 14 November 2024",
    ],
)
def test_another_day_is_never_that_of_the_poll(tmp_path: Path, line: Line) -> None:
    assert [error.rule for error in read(tmp_path, line).errors] == ["missing_column"]
    both = read(tmp_path, line, "Hari pemungutan suara: 27 November 2024")
    assert days(both) == {"2024-11-27"}


@pytest.mark.parametrize("line", ["9 Desember 2020", "(Rabu, 9 Desember 2020)", "Dec 9, 2020"])
def test_a_day_alone_counts_where_there_is_no_other(tmp_path: Path, line: str) -> None:
    alone = read(tmp_path, "Rekapitulasi", line)
    assert days(alone) == {"2020-12-09"}
    assert [one.rule for one in alone.warnings] == ["date_in_title"]
    count = load_counted(tmp_path / "hasil.xlsx", election=Election("2020-12-09", "pilkada"))
    assert not count.findings  # it is the day that is forecast
    for other in ("Dicetak 5 Maret 2024", "27 November 2024"):
        assert [one.rule for one in read(tmp_path, line, other).errors] == ["missing_column"]
    better = read(tmp_path, line, "Tanggal pemungutan suara: 27 November 2024")
    assert days(better) == {"2024-11-27"}
    assert not better.findings


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hari pemungutan suara: 27 November 2024", "Tanggal pemungutan suara 9 Desember 2020"),
        ("Tanggal: 27 November 2024", "Tanggal: 9 Desember 2020"),
        ("Pilkada 9 Desember 2020", "Tanggal: 27 November 2024"),
        ("Pilkada 9 Desember 2020", "Pilbup 27 November 2024"),
    ],
)
def test_days_that_contradict_each_other_are_asked_about(
    tmp_path: Path, one: str, other: str
) -> None:
    [error] = read(tmp_path, one, other).errors
    assert error.rule == "days_differ"
    with on_command_line():
        told = "\n".join(tell([error]))
    assert f"'{one}'" in told
    assert f"'{other}'" in told
    assert "--date-of YYYY-MM-DD" in told
    assert days(read(tmp_path, one, other, said="2024-11-27")) == {"2024-11-27"}
    [error] = read(tmp_path, one, other, said="2018-06-27").errors
    assert error.rule == "days_differ"
    again = other.replace("9 Desember 2020", "27/11/2024")
    assert days(read(tmp_path, one.replace("9 Desember 2020", "27-11-2024"), again))


def test_a_column_of_days_goes_before_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "hasil.csv"
    path.write_text(
        "Pilkada 9 Desember 2020\nTanggal: 27 November 2024\n\n"
        "tanggal,jenis,kelurahan,dpt,hadir\n2018-06-27,pilkada,Murni,1000,700\n",
        encoding="utf-8",
    )
    assert days(load_results(path)) == {"2018-06-27"}


@pytest.mark.parametrize("line", ["Election day: {}", "Election day {}", "Tanggal Pemilihan {}"])
def test_days_in_numbers_above_tables_tell_their_order_together(tmp_path: Path, line: str) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for written in ("05/09/2016", "05/13/2019"):
        sheet = book.create_sheet(written[-4:])
        for row in (["PILKADA"], [line.format(written)], *BODY):
            sheet.append(row)
    book.save(tmp_path / "hasil.xlsx")
    reading = load_results(tmp_path / "hasil.xlsx")
    assert [str(day.date()) for day in reading.table["date"].unique()] == [
        "2016-05-09",
        "2019-05-13",
    ]
    assert [one.rule for one in reading.warnings if "month" in one.rule] == ["month_first_dates"]
