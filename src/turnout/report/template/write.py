"""An empty workbook to fill in, with drop-downs, notes and examples."""

from __future__ import annotations

import datetime as dt
from os import PathLike
from pathlib import Path
from textwrap import wrap
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from turnout.errors import TurnoutError
from turnout.language import Language, Text
from turnout.output.files import make_folder, write_bytes
from turnout.output.workbook import Book, fit_to_page
from turnout.reading.headers.roles import SHEET_NAMES
from turnout.report.template.sheets import PURPOSES, TEMPLATE, Field, Rule

_LAST_ROW = 20_000
_LISTS = "_"
_LINE = 120
_NEEDED, _OPTIONAL = "#BAD5EA", "#F1F1F1"
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
    book = Book()
    _add_guide(book, lang)
    for role, fields in TEMPLATE.items():
        _add_sheet(book, SHEET_NAMES[role].say(lang), fields, lang)
    _add_lists(book, lang)
    make_folder(target.parent)
    return write_bytes(book.content(), target)


def _add_sheet(book: Book, title: str, fields: tuple[Field, ...], lang: Language) -> None:
    page = book.page(title)
    for number, field in enumerate(fields):
        width = max(13, len(field.header.say(lang)) + 3)
        page.set_column(number, number, width, book.style(num_format=_FORMATS[field.rule]))
        _head(book, page, 0, number, field, lang)
        note = field.note.say(lang)
        told = f"{note} {_MUST.say(lang)}" if field.needed else note
        page.write_comment(0, number, told, {"author": "turnout", "width": 260, "height": 110})
        rule = _validation(field, lang)
        if rule is not None:
            page.data_validation(1, number, _LAST_ROW - 1, number, rule)
    page.freeze_panes(1, 0)
    fit_to_page(page)


def _head(book: Book, page: Worksheet, row: int, number: int, field: Field, lang: Language) -> None:
    colour = _NEEDED if field.needed else _OPTIONAL
    style = book.style(bold=field.needed, bg_color=colour)
    book.write(page, row, number, field.header.say(lang), style)


def _validation(field: Field, lang: Language) -> dict[str, Any] | None:
    """Return what a column's cells accept: a list to choose from, a date, a number."""
    rules: dict[Rule, dict[str, Any]] = {
        "date": {"validate": "date", "criteria": ">", "value": dt.date(1950, 1, 1)},
        "count": {"validate": "integer", "criteria": ">=", "value": 0},
        "amount": {"validate": "decimal", "criteria": ">=", "value": 0},
        "share": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
    }
    if field.choices is not None:
        letter = xl_col_to_name(_listed().index(field))
        last = len(field.choices(lang)) + 1
        source = f"='{_LISTS}'!${letter}$2:${letter}${last}"
        # Other words are read as they stand.
        return {"validate": "list", "source": source, "show_error": False}
    if field.rule not in rules:
        return None
    title, told = field.header.say(lang), field.note.say(lang)
    return {**rules[field.rule], "error_title": title[:30], "error_message": told[:220]}


def _add_lists(book: Book, lang: Language) -> None:
    """Add a hidden sheet of what the drop-downs offer."""
    page = book.page(_LISTS)
    for number, field in enumerate(_listed()):
        choices = field.choices(lang) if field.choices is not None else []
        for row, value in enumerate([field.header.say(lang), *choices]):
            book.write(page, row, number, value)
    page.hide()


def _listed() -> list[Field]:
    fields = [field for fields in TEMPLATE.values() for field in fields if field.choices]
    return list(dict.fromkeys(fields))


def _add_guide(book: Book, lang: Language) -> None:
    """Add the first sheet: what to do, and examples of every sheet."""
    page = book.page(SHEET_NAMES["guide"].say(lang))
    heading, plain = book.style(bold=True), book.style()
    book.write(page, 0, 0, _TITLE.say(lang), book.style(bold=True, font_size=13))
    row = 1
    for step in _STEPS:
        row = _write(book, page, row, step.say(lang), plain)
    for role, fields in TEMPLATE.items():
        row = _write(book, page, row + 1, SHEET_NAMES[role].say(lang), heading)
        row = _write(book, page, row, PURPOSES[role].say(lang), plain)
        row = _add_examples(book, page, row, fields, lang)
    page.set_column(0, max(len(fields) for fields in TEMPLATE.values()) - 1, 17)
    fit_to_page(page)


def _write(book: Book, page: Worksheet, row: int, text: str, style: Format) -> int:
    """Write a text over the columns to the right, line by line; return the row below it."""
    lines = wrap(text, _LINE)
    for number, line in enumerate(lines):
        book.write(page, row + number, 0, line, style)
    return row + len(lines)


def _add_examples(
    book: Book, page: Worksheet, row: int, fields: tuple[Field, ...], lang: Language
) -> int:
    """Write the examples of a sheet under its headers; return the row below them."""
    for number, field in enumerate(fields):
        _head(book, page, row, number, field, lang)
        style = book.style(num_format=_FORMATS[field.rule])
        for below, value in enumerate(field.examples, start=row + 1):
            book.write(page, below, number, _said(value, lang), style)
    return row + 1 + max(len(field.examples) for field in fields)


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
    en="{path} exists, and your files are not overwritten. Name another file with --out.",
    id="{path} sudah ada, dan berkas Anda tidak akan ditimpa. Sebutkan berkas lain dengan --out.",
)
_NOT_XLSX = Text(
    en="'{path}' is not the name of an Excel workbook. It must end in .xlsx.",
    id="'{path}' bukan nama berkas Excel. Akhiri dengan .xlsx.",
)
