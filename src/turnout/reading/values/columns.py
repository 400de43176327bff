"""Blocks to drafts: every column read by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from turnout.cells import MOST_PEOPLE
from turnout.dates import Order, in_numbers, order_of, parse_days
from turnout.elections import without_year
from turnout.errors import Finding
from turnout.reading.files.cells import (
    Distinct,
    as_names,
    as_text,
    is_missing,
    listed,
)
from turnout.reading.headers.vocabulary import Kind, Vocabulary
from turnout.reading.layouts.block import Block
from turnout.reading.values.complaints import (
    DATE_NOT_COUNT,
    LOST_CODE,
    LOST_COUNT,
    NO_POLL,
    PERCENTAGE,
    TOO_LARGE,
    UNCLEAR_DATES,
    UNCLEAR_NUMBERS,
    UNREADABLE_DATE,
    UNREADABLE_FLAG,
    UNREADABLE_NUMBER,
    is_date,
    says_no_poll,
)
from turnout.reading.values.faults import without_faults
from turnout.reading.values.money import without_currency
from turnout.reading.values.numerals import Numbers, is_rounded, parse_numbers
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

Problem = tuple[Rule, pd.Index]

_ROUNDING = 1e-6

_YES = listed("ya | y | yes | true | benar | 1 | estimasi | perkiraan | taksiran")
_NO = listed("tidak | t | no | n | false | bukan | 0 | resmi | official")


def read_values(block: Block, vocabulary: Vocabulary, order: Order | None = None) -> Draft:
    """Read every column of a block: counts, dates, names, codes, and the user's own columns.

    Parameters
    ----------
    block
        The cells.
    vocabulary
        What the columns hold.
    order
        Order of day and month in dates; told by each column itself when not given.
    """
    cells = block.cells.copy(deep=False)
    headers = dict(block.headers)
    origin = block.origin.copy(deep=False)
    for name, once in block.told.items():
        cells[name] = pd.Series([once.value] * len(cells), index=cells.index, dtype="object")
        headers[name] = name if once.said else once.label
        if once.row is not None:
            origin[f"row:{name}"] = once.row
        if once.said:
            origin[f"said:{name}"] = True
    table: dict[str, pd.Series[Any]] = {}
    written: dict[str, Any] = {}
    problems: list[tuple[str, Rule, pd.Index]] = []
    known = [name for name in vocabulary.names if name in cells]
    for name in (*known, *(str(name) for name in cells if name not in known)):
        kind = vocabulary.kind(name) if name in vocabulary.names else None
        distinct = Distinct.of(cells[name])
        written[name] = distinct.texts()
        column, faults = without_faults(cells[name], distinct, needed=kind is not None)
        distinct = Distinct.of(column) if faults else distinct
        if kind == "date":
            table[name], found = _date(column, distinct, order or order_of(distinct.cells))
        else:
            table[name], found = (_own if kind is None else _READERS[kind])(column, distinct)
        if name == "election_type":
            kinds = {kind: without_year(kind) for kind in table[name].dropna().unique()}
            table[name] = table[name].map(kinds, na_action="ignore").astype("object")
        problems += [(name, rule, rows) for rule, rows in (*faults, *found)]
    texts = pd.DataFrame(written, index=cells.index, dtype="object", copy=False)
    values = pd.DataFrame(table, index=cells.index, copy=False)
    draft = Draft(values, texts, origin, headers)
    return replace(draft, findings=_told(draft, block, problems))


def _told(
    draft: Draft, block: Block, problems: Sequence[tuple[str, Rule, pd.Index]]
) -> tuple[Finding, ...]:
    """Return what is wrong with the cells of each column."""
    findings: list[Finding] = []
    for name, rule, rows in problems:
        whole = rule is UNCLEAR_NUMBERS or name in block.told
        told = rule.at(draft, rows[:1] if whole else rows, name)
        if whole:  # leaving out a row mends nothing
            told = [replace(one, spot=replace(one.spot, row=None)) for one in told]
        findings += told
    return tuple(findings)


def _name(cells: pd.Series[Any], distinct: Distinct) -> tuple[pd.Series[Any], list[Problem]]:
    return as_names(cells, distinct), []


def _code(cells: pd.Series[Any], distinct: Distinct) -> tuple[pd.Series[Any], list[Problem]]:
    """Read codes as text; a table saved by a program that took them for numbers loses its ".0"."""
    codes = as_names(cells, distinct)
    known = codes.dropna().unique()
    lost = [code for code in known if _ROUNDED_CODE.fullmatch(code)]
    rows = codes.index[codes.isin(lost)]
    if len(known) and all(map(_FLOATING_CODE.fullmatch, known)):
        codes = codes.map({code: code.removesuffix(".0") for code in known}).astype("object")
        codes = codes.where(codes.notna(), None)
    return codes, [(LOST_CODE, rows)]


_FLOATING_CODE, _ROUNDED_CODE = re.compile(r"\d+\.0"), re.compile(r"\d[.,]\d+[eE]\+?\d+")


def _count(cells: pd.Series[Any], distinct: Distinct) -> tuple[pd.Series[Any], list[Problem]]:
    """Read whole numbers; -1 is how some systems write that nothing is known.

    What a program's arithmetic leaves behind a whole number (999.9999999) is rounded away.
    """
    numbers = parse_numbers(cells, whole=True, distinct=distinct)
    percents = numbers.distinct.where(_is_percentage)
    counts = numbers.values.mask((numbers.values == -1) | percents)
    near = counts.round()
    counts = counts.mask((counts - near).abs() < _ROUNDING, near)
    lost = counts.notna() & numbers.distinct.where(is_rounded)
    large = counts.abs() > MOST_PEOPLE
    dates = numbers.unreadable & distinct.where(is_date)
    none = numbers.unreadable & distinct.where(says_no_poll)
    return counts, [
        *_number_problems(replace(numbers, unreadable=numbers.unreadable & ~dates & ~none)),
        (NO_POLL, cells.index[none]),
        (DATE_NOT_COUNT, cells.index[dates]),
        (LOST_COUNT, cells.index[lost & ~large]),
        (TOO_LARGE, cells.index[large]),
        (PERCENTAGE, cells.index[percents]),
    ]


def _is_percentage(cell: Any) -> bool:
    return isinstance(cell, str) and cell.rstrip().endswith("%")


def _amount(cells: pd.Series[Any], distinct: Distinct) -> tuple[pd.Series[Any], list[Problem]]:
    numbers = parse_numbers(without_currency(cells, distinct), whole=True)
    return numbers.values, _number_problems(numbers)


def _share(cells: pd.Series[Any], distinct: Distinct) -> tuple[pd.Series[Any], list[Problem]]:
    numbers = parse_numbers(cells, distinct=distinct)
    return numbers.values, _number_problems(numbers)


def _number_problems(numbers: Numbers) -> list[Problem]:
    unreadable = numbers.unreadable.index[numbers.unreadable]
    if numbers.clear:
        return [(UNREADABLE_NUMBER, unreadable)]
    filled = numbers.unreadable.index[numbers.unreadable | numbers.values.notna()]
    return [(UNCLEAR_NUMBERS, filled[:1]), (UNREADABLE_NUMBER, unreadable)]


def _date(
    cells: pd.Series[Any], distinct: Distinct, order: Order
) -> tuple[pd.Series[Any], list[Problem]]:
    days = parse_days(cells, order).values
    unread = days.isna() & ~distinct.where(is_missing)
    unclear = unread & distinct.where(in_numbers) & (order.first == "both")
    rules = ((UNCLEAR_DATES, unclear), (UNREADABLE_DATE, unread & ~unclear))
    return days, [(rule, cells.index[rows]) for rule, rows in rules]


def _flag(cells: pd.Series[Any], distinct: Distinct) -> tuple[pd.Series[Any], list[Problem]]:
    meant = {cell: _yes_or_no(cell) for cell in cells.dropna().unique()}
    flags = cells.map(meant).astype("object")
    unknown = cells.index[~distinct.where(is_missing) & flags.isna()]
    return flags.where(flags.notna(), None), [(UNREADABLE_FLAG, unknown)]


def _yes_or_no(cell: Any) -> bool | None:
    word = as_text(cell).casefold()
    return True if word in _YES else False if word in _NO else None


def _own(cells: pd.Series[Any], distinct: Distinct) -> tuple[pd.Series[Any], list[Problem]]:
    """Read a column of the user's own: numbers where all cells clearly are, else text.

    A number with a leading zero is a code and stays text.
    """
    numbers = parse_numbers(cells, distinct=distinct)
    known = distinct.cells[pd.notna(distinct.cells)]
    coded = any(isinstance(cell, str) and _leading_zero(cell) for cell in known)
    if (
        numbers.clear
        and not numbers.unreadable.any()
        and not coded
        and numbers.values.notna().any()
    ):
        return numbers.values, []
    if all(isinstance(cell, (pd.Timestamp, np.datetime64)) for cell in known) and len(known):
        return parse_days(cells).values, []
    return as_names(cells, distinct), []


def _leading_zero(cell: str) -> bool:
    text = cell.strip()
    return len(text) > 1 and text[0] == "0" and text[1].isdigit()


_READERS: dict[Kind, Callable[[pd.Series[Any], Distinct], tuple[pd.Series[Any], list[Problem]]]] = {
    "name": _name,
    "code": _code,
    "count": _count,
    "amount": _amount,
    "share": _share,
    "flag": _flag,
}
