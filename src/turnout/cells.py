"""Cells of a table that a user made, in their types: texts, types of elections, flags, counts."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np
import pandas as pd
from pandas.api.types import infer_dtype, is_bool_dtype, is_float_dtype, is_integer_dtype

from turnout.errors import DataError
from turnout.language import Text

MOST_PEOPLE = 2_000_000_000
"""More than every electorate of the world: a count above it is a mistake."""


def texts_of(cells: pd.Series) -> pd.Series:
    """Return a column of texts, None where nothing is written."""
    return written_out(text_categories(cells))


def text_categories(cells: pd.Series) -> pd.Series:
    """Return a column of texts as categories, each text once: a nation's names stand in many rows.

    >>> text_categories(pd.Series([" Murni", None, "Murni", 7])).cat.categories.tolist()
    ['Murni', '7']
    """
    kind = infer_dtype(cells, skipna=True)
    if kind not in ("string", "categorical"):  # here 1 and True are two
        known = cells.notna().to_numpy()
        texts = np.full(len(cells), None, dtype=object)
        texts[known] = [_text(cell) for cell in cells.to_numpy(object)[known]]
        cells = pd.Series(texts, index=cells.index)
    codes, distinct = pd.factorize(cells)
    written = np.asarray(distinct, dtype=object).tolist()
    form = _text if kind == "categorical" else str.strip
    stripped = [form(text) or None for text in written]
    if stripped != written:  # a few may be one now
        again, distinct = pd.factorize(pd.Series(stripped, dtype=object))
        codes, stripped = np.append(again, -1)[codes], distinct.tolist()
    dtype = pd.CategoricalDtype(pd.Index(stripped, dtype=object))
    return pd.Series(pd.Categorical.from_codes(codes, dtype=dtype), index=cells.index)


def written_out(categories: pd.Series) -> pd.Series:
    """Return a column of categories with its texts in every row, None where nothing is written."""
    texts = np.append(categories.cat.categories.to_numpy(object), np.array([None]))
    return pd.Series(
        texts[categories.cat.codes], index=categories.index, dtype="object", copy=False
    )


def _text(cell: object) -> str | None:
    told = cell.decode("utf-8", errors="replace") if isinstance(cell, bytes) else str(cell)
    return told.strip() or None


def types_of(cells: pd.Series) -> pd.Series:
    """Return election types in lower case, if every one is told."""
    types = text_categories(cells)
    codes = types.cat.codes.to_numpy()
    blank = types.index[codes < 0]
    if len(blank):
        raise DataError(_NO_TYPE, n=len(blank), row=str(blank[0]))
    kinds = np.array([kind.casefold() for kind in types.cat.categories], dtype=object)
    return pd.Series(kinds[codes], index=cells.index, dtype="object", copy=False)


_YES_AND_NO = {
    **dict.fromkeys(("true", "1", "1.0", "yes", "y", "ya", "t", "benar"), True),
    **dict.fromkeys(("false", "0", "0.0", "no", "n", "tidak", "f", "salah"), False),
}


def flags(cells: pd.Series) -> pd.Series[bool]:
    """Return a column of yes and no, in either language; no where nothing is written.

    Raises
    ------
    DataError
        If a cell says neither.

    Examples
    --------
    >>> flags(pd.Series(["ya", "tidak", None, True])).tolist()
    [True, False, False, True]
    """
    if is_bool_dtype(cells.dtype) or infer_dtype(cells, skipna=True) == "boolean":
        return cells.astype("boolean").fillna(value=False).astype(bool)
    texts = texts_of(cells)
    told = texts.str.casefold().map(_YES_AND_NO)
    wrong = texts.notna() & told.isna()
    if wrong.any():
        first = cells.index[wrong.to_numpy()][0]
        raise DataError(
            _NO_FLAG,
            n=int(wrong.sum()),
            column=str(cells.name),
            row=str(first),
            value=str(cells[wrong.to_numpy()].iloc[0]),
        )
    return told.astype("boolean").fillna(value=False).astype(bool)


# 1.026 is a thousand or one, and only the other figures of a file tell which.
_THOUSANDS = re.compile(r"\s*[+-]?\d{1,3}(?:[.,]\d{3})+\s*")


_NUMBERS = (str, int, float, np.integer, np.floating, Decimal)


def _as_number(cell: object) -> object:
    """Return a cell, or what is no number where it is none that may be taken for a count."""
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return None
    if isinstance(cell, bool) or not isinstance(cell, _NUMBERS):
        return ""
    return "" if isinstance(cell, str) and _THOUSANDS.fullmatch(cell) else cell


def counts_of(cells: pd.Series) -> pd.Series[float]:
    """Return a column of counts as float64; what no count can be is refused."""
    if cells.dtype == np.float64:
        counts = cells
    else:
        told = cells.astype("object")
        if not (is_integer_dtype(cells.dtype) or is_float_dtype(cells.dtype)):
            told = told.map(_as_number)
        counts = pd.to_numeric(told, errors="coerce").astype("float64")
    values = counts.to_numpy()
    for wrong, text in (
        (np.isnan(values) & cells.notna().to_numpy(), _NO_COUNT),
        (np.abs(values) > MOST_PEOPLE, _TOO_MANY),
        ((values > 0) & (values < 1), _SHARE),
    ):
        if wrong.any():
            rows = cells.index[wrong]
            raise DataError(
                text,
                n=len(rows),
                column=str(cells.name),
                row=str(rows[0]),
                value=str(cells[wrong].iloc[0]),
            )
    return counts


_NO_TYPE = Text(
    en="{n:count:row:rows} of the table with no election_type, the first is row {row}. Fill in "
    "their type, for example pilkada, or leave the rows out.",
    id="{n:count} baris tabel tanpa jenis pemilihan (election_type), yang pertama baris {row}. "
    "Isi jenisnya, misalnya pilkada, atau hilangkan baris itu.",
)
_NO_FLAG = Text(
    en="{n:count:cell:cells} of the column {column}: neither yes nor no, the first '{value}' in "
    "row {row}. Write yes or no, or leave the cell blank.",
    id="{n:count} sel kolom {column} bukan ya atau tidak, yang pertama '{value}' pada baris {row}. "
    "Tulis ya atau tidak, atau kosongkan selnya.",
)
_NO_COUNT = Text(
    en="{n:count:cell:cells} of the column {column}: no numbers, the first '{value}' in row "
    "{row}. Make them numbers, or read the file with turnout.read_results, which knows marks "
    "such as 1.026.",
    id="{n:count} sel kolom {column} bukan angka, yang pertama '{value}' pada baris {row}. Jadikan "
    "angka, atau baca berkas dengan turnout.read_results yang mengenal tanda seperti 1.026.",
)
_TOO_MANY = Text(
    en="{n:count:count:counts} in the column {column} larger than any electorate in the world, the "
    "first {value} in row {row}. Look for joined digits or a code in the wrong column.",
    id="{n:count} jumlah di kolom {column} melebihi pemilih di negara mana pun, yang pertama "
    "{value} pada baris {row}. Periksa angka yang tergabung atau kode yang salah kolom.",
)
_SHARE = Text(
    en="{n:count:count:counts} in the column {column} between 0 and 1, the first {value} in row "
    "{row}: these are shares. Give counts of voters.",
    id="{n:count} jumlah di kolom {column} berada di antara 0 dan 1, yang pertama {value} pada "
    "baris {row}: itu proporsi. Berikan jumlah pemilih.",
)
