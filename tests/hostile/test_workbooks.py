"""Workbooks: merged ranges, formulas without values, hidden parts, bombs, damaged archives.

Most are written as the XML that they are made of, so that each holds one oddity, nothing else.
"""

import datetime as dt
import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from turnout.reading.results import load_results

HEADER = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
ROWS = [
    ["27/11/2024", "Pilkada", "Jelutung", "Payo Lebar", 4512, 2900],
    ["27/11/2024", "Pilkada", "Jelutung", "Talang Jauh", 985, 603],
]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/package/2006"
MB = 1_000_000


def cell(place: str, value: object) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def sheet_rows(changed: dict[str, str] | None = None, hidden: tuple[int, ...] = ()) -> str:
    """Return the rows of the table; `changed` holds the XML of cells that differ."""
    changed = changed or {}
    lines = []
    for number, row in enumerate([HEADER, *ROWS], 1):
        cells = [
            changed.get(f"{letter}{number}", cell(f"{letter}{number}", value))
            for letter, value in zip("ABCDEF", row, strict=True)
        ]
        mark = ' hidden="1"' if number in hidden else ""
        lines.append(f'<row r="{number}"{mark}>{"".join(cells)}</row>')
    return "".join(lines)


def book(
    rows: str = "",
    *,
    before: str = "",
    behind: str = "",
    head: str = "",
    parts: dict[str, str | bytes] | None = None,
    sheets: str = '<sheet name="Data" sheetId="1" r:id="rId1"/>',
) -> bytes:
    """Return a workbook of one sheet, from the XML of its rows and of what stands around them."""
    told: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{KINDS}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{KINDS}/relationships"><Relationship Id="r" Type='
        f'"{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{KINDS}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/chartsheet" Target="chartsheets/sheet1.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}">{before}<sheetData>'
        f"{rows or sheet_rows()}</sheetData>{behind}</worksheet>",
        **(parts or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in told.items():
            archive.writestr(name, content)
    return target.getvalue()


def placeless(value: object) -> str:
    return cell("", value).replace(' r=""', "")


def far_row(number: int, place: str) -> str:
    return f'{sheet_rows()}<row r="{number}"><c r="{place}"><v>1</v></c></row>'


def merged(*ranges: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{one}"/>' for one in ranges) + "</mergeCells>"


def far(place: str, content: str = "x") -> str:
    number = "".join(sign for sign in place if sign.isdigit())
    return f'{sheet_rows()}<row r="{number}">{cell(place, content)}</row>'


def shared(text: str, times: int, columns: int = 20) -> bytes:
    """Return a workbook in whose cells one shared text stands many times."""
    cells = "".join(
        f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * columns + "</row>"
        for row in range(1, times // columns + 1)
    )
    strings = f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    return book(cells, parts={"xl/sharedStrings.xml": strings})


FORMULA = '<c r="F3"><f>E3*0.6</f></c>'
FAILED = '<c r="F3" t="e"><f>E3*G3</f><v>#REF!</v></c>'
DATE = '<c r="A{0}" t="d"><v>2024-11-27T00:00:00</v></c>'
HIDDEN = '<sheet name="Data" sheetId="1" state="{}" r:id="rId1"/>'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FETCHED = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'

BOOKS: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "plain": (book(), "same"),
    "merged beside the data": (book(behind=merged("H1:J4", "XFD1:XFD9")), "same"),
    "merged below the data": (book(behind=merged("A9:F12", "A1048570:B1048576")), "same"),
    "merged over the data and below": (book(behind=merged("C3:C90")), "same"),
    "merged from beside into the data": (book(behind=merged("F1:Z1")), "same"),
    "merged everything": (book(behind=merged("A1:XFD1048576")), "several|same"),
    "merged names": (
        book(sheet_rows({"C3": '<c r="C3"/>'}), behind=merged("C2:C3")),
        "same",
    ),
    "merged days": (
        book(sheet_rows({"A2": DATE.format(2), "A3": '<c r="A3"/>'}), behind=merged("A2:A3")),
        "same",
    ),
    "merged without an end": (book(behind=merged("A1:")), "|"),
    "merged backwards": (book(behind=merged("F3:A1")), "|"),
    "20,000 merged ranges": (lambda: book(behind=merged(*["H1:H1048576"] * 20_000)), "same"),
    "20,000 merged ranges over the names": (
        lambda: book(behind=merged(*["C2:C3"] * 20_000)),
        "same",
    ),
    "formula never calculated": (
        book(sheet_rows({"F3": FORMULA})),
        "row 3, column Pengguna Hak Pilih ('=E3*0.6'): a formula that was never calculated",
    ),
    "formula with an empty value": (
        book(sheet_rows({"F3": '<c r="F3"><f>E3*0.6</f><v></v></c>'})),
        "a formula that was never calculated",
    ),
    "shared formula never calculated": (
        book(sheet_rows({"F3": '<c r="F3"><f t="shared" si="0"/></c>'})),
        "a formula that was never calculated",
    ),
    "formula that gives a blank text": (
        book(sheet_rows({"C1": '<c r="C1" t="str"><f>""</f><v></v></c>'})),
        "|",
    ),
    "formula calculated": (
        book(sheet_rows({"F3": '<c r="F3"><f>E3*0.6</f><v>603</v></c>'})),
        "same",
    ),
    "formula failed": (
        book(sheet_rows({"F3": FAILED})),
        "row 3, column Pengguna Hak Pilih ('#REF!'): a formula that failed in the spreadsheet",
    ),
    "lookup failed": (book(sheet_rows({"F3": FAILED.replace("#REF!", "#N/A")})), "('#N/A')"),
    "name failed": (
        book(sheet_rows({"D3": '<c r="D3" t="e"><v>#NAME?</v></c>'})),
        "column Kelurahan ('#NAME?'): a formula that failed",
    ),
    "day never calculated": (
        book(sheet_rows({"A3": '<c r="A3"><f>TODAY()</f></c>'})),
        "column Tanggal ('=TODAY()'): a formula that was never calculated",
    ),
    "failed in a column of one's own": (
        book(
            sheet_rows().replace("</row>", '<c r="G9" t="e"><v>#DIV/0!</v></c></row>', 0)
            + '<row r="1"><c r="G1" t="inlineStr"><is><t>Luas</t></is></c></row>'
            + '<row r="2"><c r="G2" t="e"><v>#DIV/0!</v></c></row>'
        ),
        "same: column Luas ('#DIV/0!')",
    ),
    "a name that looks like a formula": (
        book(sheet_rows({"D3": cell("D3", "=1+1")})),
        "|",
    ),
    "hidden row": (book(sheet_rows(hidden=(3,))), "same: 1 hidden row is read: 3."),
    "hidden blank row": (book(sheet_rows() + '<row r="9" hidden="1"/>'), "same"),
    "hidden column": (
        book(before='<cols><col min="3" max="4" hidden="1"/></cols>'),
        "same: 2 hidden columns are read: C, D.",
    ),
    "hidden columns behind": (
        book(before='<cols><col min="8" max="16384" hidden="1"/></cols>'),
        "same",
    ),
    "hidden sheet alone": (book(sheets=HIDDEN.format("hidden")), "shows no sheet; hidden are: D"),
    "very hidden sheet alone": (book(sheets=HIDDEN.format("veryHidden")), "hidden are: Data"),
    "charts alone": (
        book(sheets='<sheet name="Grafik" sheetId="1" r:id="rId2"/>'),
        "has no sheet of cells",
    ),
    "no sheet": (book(sheets=""), "has no sheet of cells"),
    "a sheet that is not there": (
        book(sheets='<sheet name="Data" sheetId="1" r:id="rId9"/>'),
        "cannot be read",
    ),
    "a cell at the end of all": (book(far("XFD1048576")), "has 16,384 columns"),
    "a cell far below": (book(far("F1048576")), "spans 1,048,576 rows and 6 columns"),
    "a cell far right": (book(far("XFD3")), "has 16,384 columns"),
    "a blank far away": (book(sheet_rows() + '<row r="1048576"><c r="XFD1048576"/></row>'), "same"),
    "a space far below": (book(far("B900000", " ")), "|"),
    "an extent that lies": (book(before='<dimension ref="A1:XFD1048576"/>'), "same"),
    "cells without places": (
        book("".join("<row>" + "".join(map(placeless, row)) + "</row>" for row in [HEADER, *ROWS])),
        "same",
    ),
    "rows beyond the last": (book(far_row(99_999_999, "A99999999")), "|"),
    "columns beyond the last": (book(far_row(9, "ZZZZ9")), "|"),
    "10,000 columns": (
        lambda: book(sheet_rows() + f'<row r="4">{"<c><v>1</v></c>" * 10_000}</row>'),
        "has 10,000 columns",
    ),
    "a text of 40,000 characters": (
        book(sheet_rows({"D3": cell("D3", "x" * 40_000)})),
        "more than 32,767 characters",
    ),
    "a shared text of 30,000 characters in 40,000 cells": (
        lambda: shared("y" * 30_000, 40_000),
        "far more than its size",
    ),
    "a shared text that is not there": (
        book(sheet_rows({"D3": '<c r="D3" t="s"><v>7</v></c>'})),
        "|",
    ),
    "an encoding that nobody knows": (
        book(head='<?xml version="1.0" encoding="F-8"?>'), "cannot be read as a workbook"),
    "an encoding that the parser does not know": (
        book(head='<?xml version="1.0" encoding="big5"?>'), "cannot be read as a workbook"),
    "entities that grow": (book(head=ENTITIES), "declares a document type"),
    "entities that fetch": (book(head=FETCHED), "declares a document type"),
    "entities in the book": (
        book(parts={"xl/workbook.xml": ENTITIES + f'<workbook xmlns="{MAIN}"/>'}),
        "declares a document type",
    ),
    "a sheet cut off": (book(sheet_rows()[:-20] + "<row><c"), "cannot be read as a workbook"),
    "a sheet of another encoding": (
        book(parts={"xl/worksheets/sheet1.xml": "<worksheet/>".encode("utf-16")}),
        "|",
    ),
    "nothing in the sheet": (book('<row r="1"/>'), "all sheets are empty"),
    "a picture of 90 MB of zeros": (
        lambda: book(parts={"xl/media/a.png": b"\x00" * 90 * MB}),
        "same",
    ),
    "a sheet of 90 MB of blanks": (
        lambda: book(sheet_rows() + " " * 90 * MB),
        "far more than its size",
    ),
    "6,000 parts": (
        lambda: book(parts={f"x/{n}": "" for n in range(6_000)}),
        "far more than its size",
    ),
    "names with prefixes": (
        book(parts={"xl/worksheets/sheet1.xml":
             f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
             + sheet_rows({"F3": FAILED}).replace("</", "</x:").replace("<", "<x:")
             .replace("<x:/x:", "</x:") + "</x:sheetData></x:worksheet>"}),
        "('#REF!')",
    ),
}  # fmt: skip


REFUSED = [name for name, (_, end) in BOOKS.items() if end[:4] not in ("same", "|")]

# Of what is read, a case of each kind.
READ_ALWAYS = [
    "plain",
    "merged beside the data",
    "merged names",
    "formula calculated",
    "failed in a column of one's own",
    "hidden row",
    "a blank far away",
    "cells without places",
    "a space far below",
]


@pytest.mark.always(
    *(name for name, (_, end) in BOOKS.items() if end[:4] not in ("same", "|")), *READ_ALWAYS
)
@pytest.mark.parametrize("name", BOOKS)
def test_books(name, tmp_path, judge, ends):
    content, expected = BOOKS[name]
    path = tmp_path / "hasil.xlsx"
    path.write_bytes(content() if callable(content) else content)
    if "|" in expected:
        ends(path)
    else:
        judge(path, expected)


def locked(content: bytes) -> bytes:
    """Set the mark of a password on every file of an archive."""
    told = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = told.find(mark)
        while place >= 0:
            told[place + offset] |= 1
            place = told.find(mark, place + 4)
    return bytes(told)


def lying(content: bytes) -> bytes:
    """Say in an archive that the sheet holds ten bytes."""
    told = bytearray(content)
    place = told.find(b"PK\x01\x02")
    while place >= 0:
        (length,) = struct.unpack_from("<H", told, place + 28)
        if b"sheet1" in told[place + 46 : place + 46 + length]:
            struct.pack_into("<I", told, place + 24, 10)
        place = told.find(b"PK\x01\x02", place + 4)
    return bytes(told)


DAMAGED: dict[str, tuple[bytes, str]] = {
    "locked": (locked(book()), "is locked with a password"),
    "a size that lies": (lying(book()), "is damaged"),
    "cut off": (book()[:-200], "is damaged"),
    "its head alone": (b"PK\x03\x04", "is damaged"),
    "the end of an archive alone": (b"PK\x05\x06" + b"\x00" * 18, "without any file in it"),
    "an old workbook's head alone": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "cannot be"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_books(name, tmp_path, judge):
    content, expected = DAMAGED[name]
    path = tmp_path / "hasil.xlsx"
    path.write_bytes(content)
    judge(path, expected)


def content_xml(rows: str, before: str = "", name: str = "Data") -> str:
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    return (
        f'<office:document-content{spaces} xmlns:calcext="urn:calcext"><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{before}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def ods_cell(value: object, more: str = "") -> str:
    if isinstance(value, str):
        kind = 'office:value-type="string"'
    else:
        kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}{more}><text:p>{value}</text:p></table:table-cell>"


def ods_rows(last: str = "", mark: str = "") -> str:
    lines = [[ods_cell(value) for value in row] for row in [HEADER, *ROWS]]
    if last:
        lines[-1][-1] = last
    marks = ["", "", mark]
    return "".join(
        f"<table:table-row{one}>{''.join(line)}</table:table-row>"
        for one, line in zip(marks, lines, strict=True)
    )


def ods(content: str, manifest: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
    return target.getvalue()


BLANKS = '<table:table-row table:number-rows-repeated="{}"><table:table-cell{}/></table:table-row>'
MANY = ' table:number-columns-repeated="16384"'
FORMULA_ODS = '<table:table-cell table:formula="of:=[.E3]*0.6"/>'
FAILED_ODS = (
    '<table:table-cell table:formula="of:=[.E3]*#REF!" office:value-type="string" '
    'office:string-value="" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
)

OPEN: dict[str, tuple[bytes, str]] = {
    "plain": (ods(content_xml(ods_rows())), "same"),
    "blanks to the end": (ods(content_xml(ods_rows() + BLANKS.format(1048573, MANY))), "same"),
    "a text in every cell to the end of all": (
        ods(content_xml(ods_rows() + '<table:table-row table:number-rows-repeated="1048573">'
                        + ods_cell("x", MANY) + "</table:table-row>")),
        "has 16,384 columns",
    ),
    "a text in a million rows": (
        ods(content_xml(ods_rows() + '<table:table-row table:number-rows-repeated="1048573">'
                        + ods_cell("x" * 3_000) + "</table:table-row>")),
        "far more than its size",
    ),
    "repeated more often than numbers go": (
        ods(content_xml(ods_rows() + BLANKS.format("9" * 40, ""))), "|",
    ),
    "formula never calculated": (ods(content_xml(ods_rows(FORMULA_ODS))), "never calculated"),
    "formula failed": (ods(content_xml(ods_rows(FAILED_ODS))), "('#REF!')"),
    "hidden row": (
        ods(content_xml(ods_rows(mark=' table:visibility="filter"'))),
        "same: 1 hidden row is read: 3.",
    ),
    "hidden column": (
        ods(content_xml(ods_rows(), '<table:table-column table:visibility="collapse"/>')),
        "same: 1 hidden column is read: A.",
    ),
    "entities": (ods(ENTITIES + content_xml(ods_rows())), "declares a document type"),
    "locked": (
        ods(content_xml(ods_rows()), "<manifest><encryption-data/></manifest>"),
        "is locked with a password",
    ),
    "cut off": (ods(content_xml(ods_rows())[:-40]), "cannot be read as a workbook"),
}  # fmt: skip


@pytest.mark.parametrize("name", OPEN)
def test_open_documents(name, tmp_path, judge, ends):
    content, expected = OPEN[name]
    path = tmp_path / "hasil.ods"
    path.write_bytes(content)
    if expected == "|":
        ends(path)
    else:
        judge(path, expected)


def record(number: int, data: bytes) -> bytes:
    """Return a record of a binary workbook."""
    return bytes([number]) + bytes([len(data) & 0x7F]) + data


def test_a_cell_at_the_end_of_all_of_a_binary_workbook(tmp_path, judge):
    sheet = record(0, struct.pack("<I", 1_048_575) + b"\x00" * 13)
    sheet += record(2, struct.pack("<III", 16_383, 0, 0))
    path = tmp_path / "hasil.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", b"")
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    judge(path, "has 16,384 columns")


@pytest.mark.slow
def test_a_cell_at_the_end_of_all_of_an_old_workbook(tmp_path, judge):
    xlwt = pytest.importorskip("xlwt")
    made = xlwt.Workbook()
    sheet = made.add_sheet("Data")
    for row, cells in enumerate([HEADER, *ROWS]):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    sheet.write(65_535, 255, "x")
    made.save(str(tmp_path / "hasil.xls"))
    judge(tmp_path / "hasil.xls", "spans 65,536 rows and 256 columns")


def test_days_merged_by_a_library(tmp_path, judge):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(HEADER)
    for row in ROWS:
        sheet.append([dt.date(2024, 11, 27), *row[1:]])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("J1:K20")
    made.save(tmp_path / "hasil.xlsx")
    judge(tmp_path / "hasil.xlsx", "same")


@pytest.mark.slow
def test_no_workbook_is_opened_twice(tmp_path, judge, monkeypatch):
    import python_calamine

    opened = []
    real = python_calamine.CalamineWorkbook

    class Counted:
        @staticmethod
        def from_filelike(content):
            opened.append(content)
            return real.from_filelike(content)

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Counted)
    path = tmp_path / "hasil.xlsx"
    path.write_bytes(book())
    for _ in range(3):
        judge(path, "same")
    assert len(opened) == 1
    path.write_bytes(book(sheet_rows({"F3": FAILED})))
    judge(path, "('#REF!')")
    assert len(opened) == 2


@pytest.mark.slow
def test_a_million_cells_are_looked_through_in_a_minute(tmp_path):
    frame = pd.DataFrame([[*row] for row in ROWS] * 80_000, columns=HEADER)
    frame["Kelurahan"] = [f"Desa {n}" for n in range(len(frame))]
    path = Path(tmp_path / "hasil.xlsx")
    frame.to_excel(path, index=False, engine="xlsxwriter")
    start = time.process_time()
    assert len(load_results(path).table) == len(frame)
    assert time.process_time() - start < 120  # half of it on a quiet machine
