"""What one cell holds: its text as written, and whether it says that nothing is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Cells, Ints


def listed(words: str) -> frozenset[str]:
    """Return the set of texts that are written in one line, parted by " | ".

    >>> sorted(listed("dpt | pemilih terdaftar"))
    ['dpt', 'pemilih terdaftar']
    """
    return frozenset(words.split(" | "))


_MISSING = listed(
    "- | -- | --- | – | — | . | .. | ... | n/a | na | nan | nat | none | null | <na>"
    " | tidak ada data | data belum tersedia | belum masuk | belum ada data | missing"
    " | not in yet | not yet in"
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


def may_be_faults(cells: Sequence[Any]) -> bool:
    """Whether some cells may be failed or uncalculated formulas: a quick look before a slow one.

    >>> may_be_faults(["Kasang", 12]), may_be_faults(["Kasang", "#REF!"])
    (False, True)
    """
    texts = [cell for cell in cells if isinstance(cell, str)]
    written = "".join(texts)
    return "#" in written or ":" in written or not set(map(type, texts)) <= {str}


def as_text(cell: Any) -> str:
    """Return a cell as a person would write it; "" where it is empty.

    >>> as_text(1571011001.0), as_text(" Kasang  Jaya "), as_text(None)
    ('1571011001', 'Kasang Jaya', '')
    """
    if type(cell) is str:
        text = " ".join(cell.split())
        return cell if text == cell else text  # one text in memory, not two
    if isinstance(cell, str):
        return cell if isinstance(cell, Fault) else " ".join(cell.split())
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return ""
    if isinstance(cell, (float, np.floating)):
        if cell != cell:
            return ""
        return str(int(cell)) if float(cell).is_integer() else repr(float(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    return str(cell)


def all_as_text(cells: Sequence[Any]) -> list[str]:
    """Return `as_text` of each cell, for many at once.

    >>> all_as_text(["Kasang", " Kasang  Jaya ", 12.0, None])
    ['Kasang', 'Kasang Jaya', '12', '']
    """
    # Most texts are neat, which is told of all of them at one look.
    if _are_neat([cell for cell in cells if type(cell) is str]):
        return [cell if type(cell) is str else as_text(cell) for cell in cells]
    return [as_text(cell) for cell in cells]


def _are_neat(texts: list[str]) -> bool:
    """Whether no text has a space at an end, two in turn, or a sign like one; a bar hides some."""
    joined = f"|{'|'.join(texts)}|"
    return joined.isprintable() and not any(odd in joined for odd in ("  ", "| ", " |"))


def is_missing(cell: Any) -> bool:
    """Whether a cell is blank or holds one of the marks for "not known".

    >>> is_missing(" - "), is_missing("n/a"), is_missing(0)
    (True, True, False)
    """
    return as_text(cell).casefold() in _MISSING


@dataclass(frozen=True)
class Distinct:
    """The distinct cells of a column: what is worked out once for each of them holds for all rows.

    Parameters
    ----------
    codes
        The number of each row's cell among `cells`.
    cells
        Each cell once, in the order of the rows: 1, 1.0 and True are three. A blank cell is the
        last, and one, whether it is None or NaN.
    """

    codes: Ints
    cells: Cells

    @classmethod
    def of(cls, column: pd.Series[Any]) -> Distinct:
        """Return the distinct cells of a column of any type.

        >>> found = Distinct.of(pd.Series(["a", 1, True, "a", 1]))
        >>> found.codes.tolist(), found.cells.tolist()
        ([0, 1, 2, 0, 1], ['a', 1, True])
        """
        if column.dtype != "object":
            codes, found = pd.factorize(column)
            values = np.asarray(pd.Index(found).astype("object"))
        else:
            codes, values = _told_apart(column.to_numpy())
        blank = codes < 0
        if blank.any():
            values = np.append(values, objects([column.array[blank.argmax()]]))
            codes[blank] = len(values) - 1
        return cls(codes, values)

    def all(self) -> Cells:
        """Return every row's cell; equal ones are one object."""
        return self.cells[self.codes]

    def where(self, test: Callable[[Any], bool]) -> Bools:
        """Mark the rows whose cell passes a test."""
        return np.array([test(cell) for cell in self.cells], dtype=bool)[self.codes]

    def each(self, form: Callable[[Any], Any]) -> Cells:
        """Return the form of each row's cell."""
        return objects([form(cell) for cell in self.cells])[self.codes]

    def texts(self) -> Cells:
        """Return each row's cell as text."""
        return objects(all_as_text(self.cells.tolist()))[self.codes]

    def counts(self) -> Ints:
        """Return how many rows hold each cell."""
        return np.bincount(self.codes, minlength=len(self.cells))


def _told_apart(cells: Cells) -> tuple[Ints, Cells]:
    """Return the number of each cell among the distinct ones, and these; -1 where it is blank.

    Cells that are one object are equal, which is told without a look at it: only the objects that
    there are, a few for many rows, are compared by what they hold.
    """
    if len(cells) < _MANY:
        return _by_content(cells)
    objects_of, first = _numbered(np.frombuffer(np.ascontiguousarray(cells), dtype=np.intp))
    codes, values = _by_content(cells[first])
    return codes[objects_of], values


_MANY = 10_000


def _by_content(cells: Cells) -> tuple[Ints, Cells]:
    """Return the number of each cell among the distinct ones: equal ones of two types are two."""
    codes, values = pd.factorize(cells)
    known = codes >= 0
    kinds = {kind: number for number, kind in enumerate(set(map(type, cells[known])))}
    if len(kinds) < 2:
        return codes, values
    kind = np.fromiter((kinds[type(cell)] for cell in cells[known]), np.intp, known.sum())
    codes[known], first = _numbered(codes[known] * len(kinds) + kind)
    return codes, cells[known][first]


def _numbered(keys: Ints) -> tuple[Ints, Ints]:
    """Return the number of each key in the order of the rows, and the first row of each."""
    codes, distinct = pd.factorize(keys)
    first = np.empty(len(distinct), dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return codes, first


def is_filled(column: pd.Series[Any]) -> pd.Series[bool]:
    """Mark the cells with anything in them."""
    return column.notna() & column.ne("")


def as_texts(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column as written: every cell a text, "" where it is empty."""
    return pd.Series(Distinct.of(cells).texts(), index=cells.index, dtype="object", copy=False)


def as_names(cells: pd.Series[Any], distinct: Distinct | None = None) -> pd.Series[Any]:
    """Return a column of names: text, None where nothing is known.

    Its distinct cells are looked for where they are not given.

    *None* and *Na* are places too: such a word is a name where it is written as the other names
    are and stands no more often than they do.

    >>> as_names(pd.Series(["Nole", "None", "-"])).tolist()
    ['Nole', 'None', None]
    >>> as_names(pd.Series(["NOLE", "NONE", "NULL"])).tolist()
    ['NOLE', 'NONE', None]
    """
    distinct = distinct or Distinct.of(cells)
    texts = all_as_text(distinct.cells.tolist())
    folded = "\n".join(texts).casefold().split("\n")  # what is done to all is done to each
    if len(folded) != len(texts):
        folded = [text.casefold() for text in texts]
    missing = [text in _MISSING for text in folded]
    names = objects(texts)
    if any(missing):
        gone, counts = np.array(missing, dtype=bool), distinct.counts()
        asked = any(text in _ALSO_NAMES | _IN_CAPITALS for text in names[gone])
        also = _also_names(names[~gone].tolist()) if asked else frozenset()
        most = counts[~gone].max(initial=0)
        names[gone] = [
            text if text in also and count <= most else None
            for text, count in zip(names[gone], counts[gone], strict=True)
        ]
    return pd.Series(names[distinct.codes], index=cells.index, dtype="object", copy=False)


def _also_names(known: list[str]) -> frozenset[str]:
    """Return the words for "not known" that are names where the others are written so."""
    titled = 2 * sum(text == text.title() for text in known) > len(known)
    capital = 2 * sum(text == text.upper() for text in known) > len(known)
    return (_ALSO_NAMES if titled else frozenset()) | (_IN_CAPITALS if capital else frozenset())


_ALSO_NAMES = frozenset({"None", "Na", "Nan", "Nat", "Null", "Missing"})
"""Words for "not known" that are names of places too, as names are written."""
_IN_CAPITALS = frozenset({"NONE"})
"""The same in capitals: programs write NA and NULL so where nothing is known."""


def objects(items: list[Any]) -> Cells:
    """Return items as an array of just these."""
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array
