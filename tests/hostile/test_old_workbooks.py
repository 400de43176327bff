"""Old workbooks (.xls): what is hidden, failed or merged in them is told; none fills a memory."""

import datetime as dt
import io
import struct

import pytest

from .conftest import HEADER, ROWS

xlwt = pytest.importorskip("xlwt")


@pytest.fixture
def book():
    return xlwt.Workbook()


@pytest.fixture
def data(book):
    sheet = book.add_sheet("Data")
    for row, cells in enumerate([HEADER, *ROWS]):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    return sheet


@pytest.fixture
def judged(book, tmp_path, judge):
    def save_and_judge(expected, change=lambda content: content):
        target = io.BytesIO()
        book.save(target)
        path = tmp_path / "hasil.xls"
        path.write_bytes(change(target.getvalue()))
        judge(path, expected)

    return save_and_judge


def test_a_hidden_row(data, judged):
    data.row(2).hidden = True
    judged("same: 1 hidden row is read: 3.")


def test_a_hidden_column(data, judged):
    data.col(2).hidden = True
    judged("same: 1 hidden column is read: C.")


@pytest.mark.usefixtures("data")
def test_a_hidden_sheet(book, judged):
    book.add_sheet("Lama").visibility = 1
    judged("same: 1 hidden sheet is not read: Lama.")


def test_no_sheet_is_shown(book, data, judged):
    book.add_sheet("Kosong")
    for sheet in (data, book.get_sheet(1)):
        sheet.visibility = 1
    judged("shows no sheet; hidden are: Data, Kosong")


def test_a_failed_formula(data, judged):
    for column, value in enumerate([*ROWS[0][:3], "Lebak Bandung", 700]):
        data.write(3, column, value)
    data.row(3).set_cell_error(5, "#REF!")
    judged("#REF!")


def test_days_as_days_and_merged_cells(book, judged):
    sheet = book.add_sheet("Data")
    style = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for column, value in enumerate(HEADER):
        sheet.write(0, column, value)
    sheet.write_merge(1, 2, 0, 0, dt.datetime(2024, 11, 27), style)
    sheet.write_merge(1, 2, 2, 2, "Jelutung")
    for row, cells in enumerate(ROWS, start=1):
        for column, value in enumerate(cells):
            if column not in (0, 2):
                sheet.write(row, column, value)
    judged("same")


@pytest.mark.slow
def test_a_text_that_stands_in_very_many_cells(data, judged):
    text = "x" * 32_000
    for row in range(4, 20_000):
        data.write(row, 6, text)
    judged("unpacks to far more than its size")


def circle(content: bytes) -> bytes:
    """Let the first chain of blocks end where it began."""
    told = bytearray(content)
    (first,) = struct.unpack_from("<i", told, 76)  # sector of the table of chains
    at = 512 * (first + 1)
    struct.pack_into("<i", told, at, 0)
    return bytes(told)


@pytest.mark.usefixtures("data")
def test_blocks_that_run_in_a_circle(judged):
    judged("cannot be read as a workbook", change=circle)
