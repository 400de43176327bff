"""Columns under each other's header: names under the number of a row or a station."""

from __future__ import annotations

import re

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.kinds import says_total
from turnout.language import Text
from turnout.reading.files.cells import as_texts
from turnout.reading.headers.aliases import STATION
from turnout.reading.headers.match import Header
from turnout.reading.headers.plain import NUMBERING, words
from turnout.reading.layouts.table import Table
from turnout.schema import PLACE_COLUMNS

_NUMBER = re.compile(r"\d{1,4}")
_NAME = re.compile(
    # A village says its kind, a station never does: its name may hold a number.
    r"(?:desa|ds|kelurahan|kel|kampung|kp|dusun|nagari|gampong|pekon|ward|village)\b.*"
    r"|[^\W\d_]{3,}[^\d]*",
    re.IGNORECASE,
)
_SAYS_NUMBER = frozenset({"no", "nomor", "nr", "nbr", "num", "number"})
_NEARLY_ALL = 0.9
"""Share of its cells by which a column holds names, or numbers: a few may be titles or faults."""

_FEW = 3
"""Rows from which on a column tells what it holds."""


def tell_of_exchanged(table: Table) -> list[Finding]:
    """Return an error where a place holds bare numbers, and a column of numbers holds names.

    Wards that are numbered stand beside no such column.

    Parameters
    ----------
    table
        The table with its headers.
    """
    every = list(enumerate(table.headers))
    named = [h for p, h in every if _is_number(h) and _hold(table.cells.iloc[:, p], _NAME)]
    if not named:
        return []
    numbered = [h for p, h in every if _is_place(h) and _hold(table.cells.iloc[:, p], _NUMBER)]
    return [
        Finding(
            "exchanged_headers",
            "error",
            _EXCHANGED,
            _EXCHANGE,
            Spot(table.grid.file, table.grid.sheet, column=place.written),
            {"place": place.written, "number": number.written},
        )
        for number, place in zip(named, numbered, strict=False)
    ]


def _is_number(header: Header) -> bool:
    """Whether a header stands over numbers: of rows, or of stations."""
    said = words(header.written)
    of_station = header.meaning == "column" and header.names[0] == STATION
    return said in NUMBERING or (of_station and bool(_SAYS_NUMBER & set(said.split())))


def _is_place(header: Header) -> bool:
    return header.meaning == "column" and header.names[0] in PLACE_COLUMNS


def _hold(cells: pd.Series, kind: re.Pattern[str]) -> bool:
    """Whether nearly all of a column's cells are of a kind, totals apart."""
    times = as_texts(cells).str.strip().value_counts()
    fits = {
        text: kind.fullmatch(text) is not None
        for text in times.index
        if text and not says_total(text)
    }
    if len(fits) < 2 or times[list(fits)].sum() < _FEW:
        return False
    of_kind = times[[text for text, one in fits.items() if one]].sum()
    return bool(of_kind >= _NEARLY_ALL * times[list(fits)].sum())


_EXCHANGED = Text(
    en="numbers stand under '{place}', and names under '{number}': the two headers have changed "
    "places.",
    id="di bawah '{place}' tertulis nomor, sedangkan nama ada di bawah '{number}': kedua judul "
    "kolom itu tertukar.",
)
_EXCHANGE = Text(en="Exchange the two headers.", id="Tukarkan kedua judul kolom itu.")
