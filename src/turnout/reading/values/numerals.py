"""Numbers as people write them; what the marks mean is decided per column, never per cell.

Indonesians write 451.723 voters and 62,45 percent, others 451,723 and 62.45. A cell such as
``1.026`` can be either, so the whole column is asked which of its marks parts thousands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from turnout.arrays import Bools
from turnout.reading.files.cells import Distinct, as_text, is_missing

Role = Literal["thousands", "decimal", "unknown", "both"]

_PLAIN = re.compile(r"[+-]?\d+")
_SURE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_EXPONENT = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_MARKED = re.compile(r"[+-]?\d+(?:[.,]\d+)+")
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})+")
_INDIAN = re.compile(r"[+-]?[1-9]\d?(?:,\d{2})+,\d{3}")
_SPACES = re.compile(r"(?<=\d)[\s'’٬](?=\d{3}(?:\D|$))")
_MARK = r"\s*[*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?"
_FOOTNOTE = re.compile(rf"(?<=[\d%]){_MARK}$")
_PEOPLE = re.compile(
    r"(?<=\d)\s*(?:orang|org\.?|jiwa|warga|pemilih|pengguna(?: hak pilih)?"
    rf"|people|persons?|voters?|electors?)(?:{_MARK})?$",
    re.IGNORECASE,
)
"""What counts are of; a word that makes another figure of one (ribu, %, TPS) is none of these."""


@dataclass(frozen=True)
class Numbers:
    """A column read as numbers.

    Parameters
    ----------
    values
        The numbers as float64, NaN where missing or unreadable; percentages as shares.
    unreadable
        Cells that hold something, but no number.
    percent
        Cells written with a percent sign.
    marks
        What "." and "," mean in this column: ``thousands``, ``decimal``, ``unknown`` (the column
        does not tell, as in a lone 1.026) or ``both`` (it contradicts itself).
    distinct
        The distinct cells that were read.
    """

    values: pd.Series[float]
    unreadable: pd.Series[bool]
    percent: pd.Series[bool]
    marks: dict[str, Role]
    distinct: Distinct

    @property
    def clear(self) -> bool:
        """Whether the column tells what its marks mean."""
        return not {"unknown", "both"} & set(self.marks.values())


def parse_numbers(
    cells: pd.Series[Any], *, whole: bool = False, distinct: Distinct | None = None
) -> Numbers:
    """Read a column of cells as numbers.

    Parameters
    ----------
    cells
        Text as written, or the native numbers of a spreadsheet.
    whole
        Whether the column holds whole numbers (counts): a lone ``1.026`` is then one thousand and
        twenty-six, because nobody counts 1.026 voters. Otherwise such marks stay ``unknown`` and
        are read as decimal.
    distinct
        The distinct cells of the column; looked for when not given.

    Returns
    -------
    Numbers

    Examples
    --------
    >>> parse_numbers(pd.Series(["451.723", "1.026", "-", "785"]), whole=True).values.tolist()
    [451723.0, 1026.0, nan, 785.0]
    >>> parse_numbers(pd.Series(["62,45%", "80,3%"])).values.round(4).tolist()
    [0.6245, 0.803]
    """
    distinct = distinct or Distinct.of(cells)
    codes = distinct.codes
    plain = np.array([_is_settled(cell) for cell in distinct.cells.tolist()], dtype=bool)
    numbers = np.empty(len(plain))
    missing: Bools = np.zeros(len(plain), dtype=bool)
    percent: Bools = np.zeros(len(plain), dtype=bool)
    numbers[plain] = distinct.cells[plain].astype(float)  # whatever the marks mean
    texts = [_Numeral.of(cell) for cell in distinct.cells[~plain]]
    marks = _marks(texts, whole=whole)
    numbers[~plain] = [text.value(marks) for text in texts]
    missing[~plain] = [text.missing for text in texts]
    percent[~plain] = [text.percent for text in texts]
    values = pd.Series(numbers[codes], index=cells.index, copy=False)
    return Numbers(
        values=values,
        unreadable=values.isna() & ~pd.Series(missing[codes], index=cells.index, copy=False),
        percent=pd.Series(percent[codes], index=cells.index, copy=False),
        marks=marks,
        distinct=distinct,
    )


def holds_number(cells: pd.Series[Any]) -> bool:
    """Whether any cell of a column of whole numbers is one.

    >>> holds_number(pd.Series(["-", "785"])), holds_number(pd.Series(["-", "?"]))
    (True, False)
    """
    if any(map(_is_plain, cells.head(_FIRST))) or any(map(_is_plain, Distinct.of(cells).cells)):
        return True
    return bool(parse_numbers(cells, whole=True).values.notna().any())


_FIRST = 100


def _is_plain(cell: Any) -> bool:
    """Whether a cell is a number whatever the marks of its column mean."""
    numeral = _Numeral.of(cell)
    return numeral.native is not None or bool(_SURE.fullmatch(numeral.text))


def _is_settled(cell: Any) -> bool:
    """Whether a cell is digits alone, or a number of the file's own: there is nothing to ask."""
    kind = type(cell)
    if kind is float:
        return math.isfinite(cell)
    if kind is int:
        return -_LARGE < cell < _LARGE
    return isinstance(cell, str) and cell.isascii() and cell.isdigit()


_LARGE = 2**53
"""Below it every whole number is a float."""


def is_rounded(cell: object) -> bool:
    """Whether a number is written with an exponent, as a spreadsheet does when it rounds.

    >>> is_rounded("3E+03"), is_rounded("3000")
    (True, False)
    """
    return isinstance(cell, str) and bool(_EXPONENT.fullmatch(cell.strip()))


@dataclass(frozen=True)
class _Numeral:
    """One cell: a native number, or a text without its spaces and percent sign."""

    native: float | None = None
    text: str = ""
    percent: bool = False
    missing: bool = False

    @classmethod
    def of(cls, cell: Any) -> _Numeral:
        if isinstance(cell, str) and _SURE.fullmatch(cell):
            return cls(text=cell)
        if isinstance(cell, (bool, np.bool_)):
            return cls(text=str(cell))
        if isinstance(cell, (int, float, np.number)) and np.isfinite(cell):
            return cls(native=float(cell))
        if is_missing(cell):
            return cls(missing=True)
        if isinstance(cell, (float, np.number)):
            return cls(text=str(cell))
        text = _FOOTNOTE.sub("", _PEOPLE.sub("", as_text(cell).strip("\"' ")))
        percent = text.endswith("%")
        text = text.removesuffix("%").strip()
        return cls(text=_SPACES.sub("", text).replace("−", "-"), percent=percent)

    def value(self, marks: dict[str, Role]) -> float:
        """Return the number under the column's meaning of the marks; NaN where there is none."""
        if self.native is not None:
            return self.native
        if self.missing or not (_PLAIN.fullmatch(self.text) or self._marked):
            return np.nan
        text = self.text
        for mark in (".", ","):
            if mark not in text:
                continue
            if marks.get(mark) == "thousands" and not _EXPONENT.fullmatch(text):
                text = text.replace(mark, "")
        text = text.replace(",", ".")
        try:
            number = float(text)
        except ValueError:
            return np.nan
        return number / 100 if self.percent else number

    @property
    def _marked(self) -> bool:
        return bool(_MARKED.fullmatch(self.text) or _EXPONENT.fullmatch(self.text))


def _marks(texts: Sequence[_Numeral], *, whole: bool) -> dict[str, Role]:
    """Decide from all cells of a column what "." and "," mean."""
    seen: dict[str, set[Role]] = {".": set(), ",": set()}
    for numeral in texts:
        for mark, role in _evidence(numeral.text, percent=numeral.percent):
            seen[mark].add(role)
    roles = {mark: _settle(found) for mark, found in seen.items() if found}
    for mark, other in ((".", ","), (",", ".")):
        if roles.get(mark) != "unknown":
            continue
        if roles.get(other) in ("thousands", "decimal"):
            roles[mark] = "decimal" if roles[other] == "thousands" else "thousands"
        elif whole and other not in roles:
            roles[mark] = "thousands"
    return roles


def _evidence(text: str, *, percent: bool) -> list[tuple[str, Role]]:
    """Return what one cell says about the marks in it."""
    marks = [mark for mark in ".," if mark in text]
    if not marks or not (_MARKED.fullmatch(text) or _EXPONENT.fullmatch(text)):
        return []
    if len(marks) == 2:
        last = max(marks, key=text.rfind)
        first = min(marks, key=text.rfind)
        return [(first, "thousands"), (last, "decimal")]
    mark = marks[0]
    if _GROUPS.fullmatch(text) or _INDIAN.fullmatch(text):
        return [(mark, "thousands")]
    if _ONE_GROUP.fullmatch(text) and not percent:
        return [(mark, "unknown")]
    return [(mark, "decimal")]


def _settle(found: set[Role]) -> Role:
    if {"thousands", "decimal"} <= found:
        return "both"
    return next((role for role in ("thousands", "decimal") if role in found), "unknown")
