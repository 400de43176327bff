"""What one cell holds: its text as written, and whether it says that nothing is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd


def listed(words: str) -> frozenset[str]:
    """Return the set of texts that are written in one line, parted by " | ".

    >>> sorted(listed("dpt | pemilih terdaftar"))
    ['dpt', 'pemilih terdaftar']
    """
    return frozenset(words.split(" | "))


_MISSING = listed(
    "- | -- | --- | – | — | . | .. | ... | n/a | na | nan | nat | none | null | <na>"
    " | tidak ada data | data belum tersedia | missing"
) | {""}


_ERRORS = listed(
    "#ref! | #value! | #div/0! | #name? | #null! | #num! | #n/a | #spill! | #calc! | #getting_data"
    " | err:502 | err:504 | err:508 | err:522 | err:523"
)


class Fault(str):
    """What stands in place of a value: ``#REF!``, or a formula that was never calculated.

    A name may look like either; only the workbook tells which it is.
    """

    __slots__ = ()


def is_failed(cell: Any) -> bool:
    """Whether a cell holds what a spreadsheet shows where a formula failed.

    >>> is_failed("#REF!"), is_failed("=B2+C2"), is_failed(12)
    (True, False, False)
    """
    return isinstance(cell, str) and cell.strip().casefold() in _ERRORS


def is_uncalculated(cell: Any) -> bool:
    """Whether a cell holds a formula for which its workbook holds no value."""
    return isinstance(cell, Fault) and not is_failed(cell)


def as_text(cell: Any) -> str:
    """Return a cell as a person would write it; "" where it is empty.

    >>> as_text(1571011001.0), as_text(" Kasang  Jaya "), as_text(None)
    ('1571011001', 'Kasang Jaya', '')
    """
    if isinstance(cell, Fault):
        return cell
    if isinstance(cell, str):
        return " ".join(cell.split())
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return ""
    if isinstance(cell, (float, np.floating)):
        if np.isnan(cell):
            return ""
        return str(int(cell)) if float(cell).is_integer() else repr(float(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    return str(cell)


def is_missing(cell: Any) -> bool:
    """Whether a cell is blank or holds one of the marks for "not known".

    >>> is_missing(" - "), is_missing("n/a"), is_missing(0)
    (True, True, False)
    """
    return as_text(cell).casefold() in _MISSING


def as_texts(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column as written: every cell a text, "" where it is empty."""
    codes, uniques = pd.factorize(cells.astype("object"), use_na_sentinel=True)
    texts = np.array([*(as_text(cell) for cell in uniques), ""], dtype=object)
    return pd.Series(texts[codes], index=cells.index, dtype="object")


def as_names(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of names: text, None where nothing is known.

    *None* and *Na* are places too: such a word is a name where it is written as the other names
    are and stands no more often than they do.

    >>> as_names(pd.Series(["Nole", "None", "-"])).tolist()
    ['Nole', 'None', None]
    >>> as_names(pd.Series(["NOLE", "NONE", "NULL"])).tolist()
    ['NOLE', 'NONE', None]
    """
    codes, uniques = pd.factorize(cells.astype("object"), use_na_sentinel=True)
    texts = [as_text(cell) for cell in uniques]
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    others = [count for text, count in zip(texts, counts, strict=True) if not is_missing(text)]
    known = [text for text in texts if not is_missing(text)]
    titled = 2 * sum(text == text.title() for text in known) > len(known)
    capital = 2 * sum(text == text.upper() for text in known) > len(known)
    # In capitals only NONE is a name: programs write NA and NULL so where nothing is known.
    also = (_ALSO_NAMES if titled else set()) | ({"NONE"} if capital else set())
    most = max(others, default=0)
    names = [
        text if not is_missing(text) or (text in also and count <= most) else None
        for text, count in zip(texts, counts, strict=True)
    ]
    return pd.Series(_objects([*names, None])[codes], index=cells.index, dtype="object")


_ALSO_NAMES = frozenset({"None", "Na", "Nan", "Nat", "Null", "Missing"})
"""Words for "not known" that are names of places too, as names are written."""


def _objects(items: list[Any]) -> np.ndarray[Any, np.dtype[np.object_]]:
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array
