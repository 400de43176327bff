"""An empty workbook to fill in, with drop-downs, notes and examples."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from turnout.errors import TurnoutError
from turnout.language import Language, Text
from turnout.reading.headers.roles import SHEET_NAMES
from turnout.report.sheets import empty_book, set_page, workbook_bytes
from turnout.report.template.sheets import PURPOSES, TEMPLATE, Field, Rule

_LAST_ROW = 20_000
_LISTS = "_"
_LINE = 120
_NEEDED, _OPTIONAL = "FFBAD5EA", "FFF1F1F1"
_FORMATS: dict[Rule, str] = {
    "date": "yyyy-mm-dd",
    "count": "#,##0",
    "amount": "#,##0",
    "share": "0.00",
    "code": "@",
    "text": "General",
}


def write_template(path: str | PathLike[str], lang: Language = "id") -> Path:
    """Write an empty workbook for results, roll, crosswalk and outreach.

    `forecast check` and `forecast run` read it once it is filled in.

    Parameters
    ----------
    path
        File to write.
    lang
        Language of the headers and notes.

    Raises
    ------
    TurnoutError
        If the file exists, or does not end in ``.xlsx``.
    """
    target = Path(path)
    if target.suffix.casefold() != ".xlsx":
        raise TurnoutError(_NOT_XLSX, path=str(path))
    if target.exists():
        raise TurnoutError(_EXISTS, path=str(path))
    book = empty_book()
    for role, fields in TEMPLATE.items():
        _add_sheet(book, SHEET_NAMES[role].say(lang), fields, lang)
    _add_guide(book, lang)
    _add_lists(book, lang)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(workbook_bytes(book))
    return target


def _add_sheet(book: Workbook, title: str, fields: tuple[Field, ...], lang: Language) -> None:
    page = book.create_sheet(title)
    for number, field in enumerate(fields, start=1):
        _head(page, 1, number, field, lang)
        note = field.note.say(lang)
        told = f"{note} {_MUST.say(lang)}" if field.needed else note
        page.cell(1, number).comment = Comment(told, "turnout", width=260, height=110)
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = max(13, len(field.header.say(lang)) + 3)
        page.column_dimensions[letter].number_format = _FORMATS[field.rule]
        rule = _validation(field, lang)
        if rule is not None:
            page.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{_LAST_ROW}")
    page.freeze_panes = "A2"
    set_page(page)


def _head(page: Worksheet, row: int, number: int, field: Field, lang: Language) -> None:
    cell = page.cell(row, number, field.header.say(lang))
    cell.font = Font("Calibri", bold=field.needed)
    cell.fill = PatternFill("solid", fgColor=_NEEDED if field.needed else _OPTIONAL)


def _validation(field: Field, lang: Language) -> DataValidation | None:
    """Return what a column's cells accept: a list to choose from, a date, a number."""
    title, told = field.header.say(lang), field.note.say(lang)
    if field.choices is not None:
        letter = get_column_letter(1 + _listed().index(field))
        last = len(field.choices(lang)) + 1
        rule = DataValidation("list", formula1=f"'{_LISTS}'!${letter}$2:${letter}${last}")
        rule.showErrorMessage = False  # other words are read as they stand
    elif field.rule == "date":
        rule = DataValidation("date", operator="greaterThan", formula1="18264")  # 1950-01-01
    elif field.rule == "count":
        rule = DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
    elif field.rule == "amount":
        rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
    elif field.rule == "share":
        rule = DataValidation("decimal", operator="between", formula1="0", formula2="1")
    else:
        return None
    rule.allow_blank = True
    rule.errorTitle, rule.error = title[:30], told[:220]
    return rule


def _add_lists(book: Workbook, lang: Language) -> None:
    """Add a hidden sheet of what the drop-downs offer."""
    page = book.create_sheet(_LISTS)
    for number, field in enumerate(_listed(), start=1):
        choices = field.choices(lang) if field.choices is not None else []
        for row, value in enumerate([field.header.say(lang), *choices], start=1):
            page.cell(row, number, value)
    page.sheet_state = "hidden"


def _listed() -> list[Field]:
    fields = [field for fields in TEMPLATE.values() for field in fields if field.choices]
    return list(dict.fromkeys(fields))


def _add_guide(book: Workbook, lang: Language) -> None:
    """Add the first sheet: what to do, and examples of every sheet."""
    page = book.create_sheet(SHEET_NAMES["guide"].say(lang), 0)
    page.cell(1, 1, _TITLE.say(lang)).font = Font("Calibri", bold=True, size=13)
    for step in _STEPS:
        _write(page, step.say(lang))
    for role, fields in TEMPLATE.items():
        page.append([])
        _write(page, SHEET_NAMES[role].say(lang))
        page.cell(page.max_row, 1).font = Font("Calibri", bold=True)
        _write(page, PURPOSES[role].say(lang))
        _add_examples(page, fields, lang)
    for number in range(1, 1 + max(len(fields) for fields in TEMPLATE.values())):
        page.column_dimensions[get_column_letter(number)].width = 17
    set_page(page)


def _write(page: Worksheet, text: str) -> None:
    """Write a text over the columns to the right, line by line."""
    for line in wrap(text, _LINE):
        page.append([line])


def _add_examples(page: Worksheet, fields: tuple[Field, ...], lang: Language) -> None:
    start = page.max_row + 1
    for number, field in enumerate(fields, start=1):
        _head(page, start, number, field, lang)
        for row, value in enumerate(field.examples, start=start + 1):
            cell = page.cell(row, number, _said(value, lang))
            cell.number_format = _FORMATS[field.rule]


def _said(value: Any, lang: Language) -> Any:
    return (value.say(lang) if isinstance(value, Text) else value) or None


_MUST = Text(en="Must be filled in.", id="Wajib diisi.")
_TITLE = Text(
    en="Past turnout, to forecast the next election",
    id="Partisipasi pemilih yang lalu, untuk prakiraan pemilihan berikutnya",
)
_STEPS = (
    Text(
        en="1. Fill in the sheet results, one row per election and area; the other sheets where "
        "you have the figures. Dark headings must be filled in. Point at a heading to read what "
        "belongs below it.",
        id="1. Isi lembar hasil, satu baris per pemilihan dan kelurahan/desa; lembar lain bila "
        "datanya ada. Judul berwarna gelap wajib diisi. Arahkan kursor ke judul kolom untuk "
        "membaca penjelasannya.",
    ),
    Text(
        en="2. Check:  forecast check FILE.xlsx",
        id="2. Periksa:  forecast check BERKAS.xlsx --lang id",
    ),
    Text(
        en="3. Forecast:  forecast run FILE.xlsx --date 2029-02-14 --type pemilu --goal 86%",
        id="3. Buat prakiraan:  forecast run BERKAS.xlsx --date 2029-02-14 --type pemilu "
        "--goal 86% --lang id",
    ),
    Text(
        en="Numbers are people, never percentages. Nothing about single persons belongs here.",
        id="Angka adalah jumlah orang, bukan persentase. Jangan isi data perorangan (NIK, nama "
        "pemilih).",
    ),
    Text(
        en="Examples of every sheet follow; the figures are made up.",
        id="Contoh isi setiap lembar ada di bawah ini; angkanya karangan.",
    ),
)
_EXISTS = Text(
    en="{path} exists, and nothing of yours is overwritten. Name another file with --out.",
    id="{path} sudah ada, dan berkas Anda tidak akan ditimpa. Sebutkan berkas lain dengan --out.",
)
_NOT_XLSX = Text(
    en="'{path}' is no name of an Excel workbook. Let it end in .xlsx.",
    id="'{path}' bukan nama berkas Excel. Akhiri dengan .xlsx.",
)
