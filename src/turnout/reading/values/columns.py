"""Blocks to drafts: every column read by what it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.reading.files.cells import as_names, as_text, as_texts, is_missing, listed
from turnout.reading.headers.aliases import Kind, Vocabulary
from turnout.reading.layouts.block import Block
from turnout.reading.values.dates import parse_dates
from turnout.reading.values.numerals import Numbers, parse_numbers
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

Problem = tuple[Rule, pd.Index]

_YES = listed("ya | y | yes | true | benar | 1 | estimasi | perkiraan | taksiran")
_NO = listed("tidak | t | no | n | false | bukan | 0 | resmi | official")


def read_values(block: Block, vocabulary: Vocabulary) -> Draft:
    """Read every column of a block: counts, dates, names, codes, and the user's own columns."""
    cells = block.cells.copy()
    headers = dict(block.headers)
    origin = block.origin.copy()
    for name, once in block.told.items():
        cells[name] = pd.Series([once.value] * len(cells), index=cells.index, dtype="object")
        headers[name] = once.label
        if once.row is not None:
            origin[f"row:{name}"] = once.row
    table: dict[str, pd.Series[Any]] = {}
    problems: list[tuple[str, Rule, pd.Index]] = []
    known = [name for name in vocabulary.names if name in cells]
    for name in (*known, *(str(name) for name in cells if name not in known)):
        read = _READERS[vocabulary.kind(name)] if name in vocabulary.names else _own
        table[name], found = read(cells[name])
        problems += [(name, rule, rows) for rule, rows in found]
    written = pd.DataFrame({name: as_texts(cells[name]) for name in table}, index=cells.index)
    draft = Draft(pd.DataFrame(table, index=cells.index), written, origin, headers)
    findings: list[Finding] = []
    for name, rule, rows in problems:
        whole = rule is UNCLEAR_NUMBERS or name in block.told
        told = rule.at(draft, rows[:1] if whole else rows, name)
        if whole:  # leaving out a row mends nothing
            told = [replace(one, spot=replace(one.spot, row=None)) for one in told]
        findings += told
    return Draft(draft.table, written, origin, headers, tuple(findings))


def _name(cells: pd.Series[Any]) -> tuple[pd.Series[Any], list[Problem]]:
    return as_names(cells), []


def _code(cells: pd.Series[Any]) -> tuple[pd.Series[Any], list[Problem]]:
    """Read codes as text; a table saved by a program that took them for numbers loses its ".0"."""
    codes = as_names(cells)
    known = codes.dropna()
    texts = known.astype("str")
    if len(known) and texts.str.fullmatch(r"\d+\.0").all():
        codes.loc[known.index] = texts.str.removesuffix(".0").astype("object")
    lost = texts.index[texts.str.fullmatch(r"\d[.,]\d+[eE]\+?\d+")]
    return codes, [(LOST_CODE, lost)]


def _count(cells: pd.Series[Any]) -> tuple[pd.Series[Any], list[Problem]]:
    """Read whole numbers; -1 is how some systems write that nothing is known."""
    numbers = parse_numbers(cells, whole=True)
    return numbers.values.mask(numbers.values == -1), _number_problems(numbers)


def _amount(cells: pd.Series[Any]) -> tuple[pd.Series[Any], list[Problem]]:
    numbers = parse_numbers(cells, whole=True)
    return numbers.values, _number_problems(numbers)


def _share(cells: pd.Series[Any]) -> tuple[pd.Series[Any], list[Problem]]:
    numbers = parse_numbers(cells)
    return numbers.values, _number_problems(numbers)


def _number_problems(numbers: Numbers) -> list[Problem]:
    unreadable = numbers.unreadable.index[numbers.unreadable]
    if numbers.clear:
        return [(UNREADABLE_NUMBER, unreadable)]
    filled = numbers.unreadable.index[numbers.unreadable | numbers.values.notna()]
    return [(UNCLEAR_NUMBERS, filled[:1]), (UNREADABLE_NUMBER, unreadable)]


def _date(cells: pd.Series[Any]) -> tuple[pd.Series[Any], list[Problem]]:
    dates = parse_dates(cells)
    unreadable = dates.unreadable.index[dates.unreadable]
    if dates.order == "both":
        return dates.values, [(UNCLEAR_DATES, unreadable)]
    problems = [(UNREADABLE_DATE, unreadable)]
    if dates.order == "month_first":
        problems.append((MONTH_FIRST, cells.index[:1]))
    return dates.values, problems


def _flag(cells: pd.Series[Any]) -> tuple[pd.Series[Any], list[Problem]]:
    meant = {cell: _yes_or_no(cell) for cell in cells.dropna().unique()}
    flags = cells.map(meant).astype("object")
    filled = pd.Series([not is_missing(cell) for cell in cells], index=cells.index, dtype=bool)
    unknown = cells.index[filled & flags.isna()]
    return flags.where(flags.notna(), None), [(UNREADABLE_FLAG, unknown)]


def _yes_or_no(cell: Any) -> bool | None:
    word = as_text(cell).casefold()
    return True if word in _YES else False if word in _NO else None


def _own(cells: pd.Series[Any]) -> tuple[pd.Series[Any], list[Problem]]:
    """Read a column of the user's own: numbers where all cells clearly are, else text.

    A number with a leading zero is a code and stays text.
    """
    numbers = parse_numbers(cells)
    known = cells.dropna().unique()
    coded = any(isinstance(cell, str) and _leading_zero(cell) for cell in known)
    if (
        numbers.clear
        and not numbers.unreadable.any()
        and not coded
        and numbers.values.notna().any()
    ):
        return numbers.values, []
    if all(isinstance(cell, (pd.Timestamp, np.datetime64)) for cell in known) and len(known):
        return parse_dates(cells).values, []
    return as_names(cells), []


def _leading_zero(cell: str) -> bool:
    text = cell.strip()
    return len(text) > 1 and text[0] == "0" and text[1].isdigit()


_READERS: dict[Kind, Callable[[pd.Series[Any]], tuple[pd.Series[Any], list[Problem]]]] = {
    "name": _name,
    "code": _code,
    "count": _count,
    "amount": _amount,
    "share": _share,
    "date": _date,
    "flag": _flag,
}

UNREADABLE_NUMBER = Rule(
    "unreadable_number",
    "error",
    Text(en="not a number.", id="bukan angka."),
    Text(
        en="Write digits only (451.723 or 451723); leave the cell blank if nothing is known.",
        id="Tulis angka saja (451.723 atau 451723); kosongkan selnya bila tidak diketahui.",
    ),
)
UNCLEAR_NUMBERS = Rule(
    "unclear_numbers",
    "error",
    Text(
        en="the column's numbers do not tell whether '.' and ',' part thousands or decimals.",
        id="angka di kolom ini tidak jelas: '.' dan ',' bisa pemisah ribuan atau desimal.",
    ),
    Text(
        en="Write all numbers of the column in one way, best without thousands marks (1026).",
        id="Tulis semua angka di kolom ini dengan satu cara, sebaiknya tanpa pemisah ribuan "
        "(1026).",
    ),
)
UNREADABLE_DATE = Rule(
    "unreadable_date",
    "error",
    Text(en="not a full date.", id="bukan tanggal yang lengkap."),
    Text(
        en="Write the polling day as 2024-11-27, 27/11/2024 or 27 November 2024.",
        id="Tulis hari pemungutan suara sebagai 2024-11-27, 27/11/2024, atau 27 November 2024.",
    ),
)
UNCLEAR_DATES = Rule(
    "unclear_dates",
    "error",
    Text(
        en="some dates of the column have the day first and others the month.",
        id="sebagian tanggal di kolom ini diawali hari dan sebagian lagi diawali bulan.",
    ),
    Text(
        en="Write all dates in one way, best as 2024-11-27.",
        id="Tulis semua tanggal dengan satu cara, sebaiknya 2024-11-27.",
    ),
)
MONTH_FIRST = Rule(
    "month_first_dates",
    "warning",
    Text(
        en="the column's dates are read with the month first, because some days exceed 12.",
        id="tanggal di kolom ini dibaca dengan bulan di depan, karena ada angka kedua di atas 12.",
    ),
    Text(
        en="If that is wrong, write them as 2024-11-27.",
        id="Bila keliru, tulis sebagai 2024-11-27.",
    ),
)
UNREADABLE_FLAG = Rule(
    "unreadable_flag",
    "error",
    Text(en="neither yes nor no.", id="bukan ya atau tidak."),
    Text(en="Write yes or no.", id="Tulis ya atau tidak."),
)
LOST_CODE = Rule(
    "lost_code",
    "error",
    Text(
        en="a code that a spreadsheet turned into a rounded number.",
        id="kode yang diubah lembar kerja menjadi angka yang dibulatkan.",
    ),
    Text(
        en="Set the column's format to Text in the spreadsheet and enter the codes again.",
        id="Ubah format kolomnya menjadi Teks di lembar kerja, lalu isikan lagi kodenya.",
    ),
)
