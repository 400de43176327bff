"""Tables that are not what they are given as: lists of persons, and results given as a roll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import Distinct, as_text, is_missing
from turnout.reading.headers.match import Header

_SEXES = tuple(
    frozenset(words.split())
    for words in ("l p", "lk pr", "laki-laki perempuan", "pria wanita", "m f", "male female", "m w")
)
_COUNTS = ("registered", "voters", "registered_l", "registered_p", "voters_l", "voters_p")
_FEWEST = 3


def rows_of_persons(headers: Sequence[Header], cells: pd.DataFrame, spot: Spot) -> list[Finding]:
    """Return what is wrong where each row is a person: a column of sexes, and no counts.

    Parameters
    ----------
    headers
        What each column's header says.
    cells
        The body of the table, a column per header.
    spot
        The file and its sheet.
    """
    if any(_holds_counts(header, cells.iloc[:, at]) for at, header in enumerate(headers)):
        return []
    for at, header in enumerate(headers):
        if header.written and _holds_sexes(cells.iloc[:, at]):
            values = {"header": header.written, "n": len(cells)}
            return [Finding("rows_of_persons", "error", _PERSONS, _COUNT_THEM, spot, values)]
    return []


def results_as_roll(spot: Spot, voters: str) -> Finding:
    """Return the error of a results table that is given as the roll.

    Parameters
    ----------
    spot
        The file.
    voters
        Header of its voters.
    """
    return Finding("results_as_roll", "error", _RESULTS, _GIVE_ROLL, spot, {"header": voters})


def roll_of_past(spot: Spot, title: str, before: date) -> Finding:
    """Return the warning of a roll that tells a past election as its own.

    Parameters
    ----------
    spot
        The file and its sheet.
    title
        Where the election is told: a line above the table, or a header.
    before
        Day of the coming election, or the first on which it can be.
    """
    values = {"title": title, "before": before}
    return Finding("roll_of_past", "warning", _OF_PAST, _GIVE_COMING, spot, values)


def _texts(column: pd.Series) -> dict[str, int]:
    """Return the texts of a column, each with the number of its rows."""
    distinct = Distinct.of(column)
    texts: dict[str, int] = {}
    for cell, count in zip(distinct.cells, distinct.counts().tolist(), strict=True):
        if not is_missing(cell):
            text = as_text(cell).strip().casefold()
            texts[text] = texts.get(text, 0) + count
    return texts


def _holds_counts(header: Header, column: pd.Series) -> bool:
    named = header.meaning in ("column", "question") and set(header.names) & set(_COUNTS)
    return bool(named) and any(any(s.isdigit() for s in text) for text in _texts(column))


def _holds_sexes(column: pd.Series) -> bool:
    texts = _texts(column)
    return sum(texts.values()) >= _FEWEST and any(set(texts) == sexes for sexes in _SEXES)


_OF_PAST = Text(
    en="this is read as the roll of the coming election, but '{title}' tells one from before "
    "{before:day}.",
    id="lembar ini dibaca sebagai DPT pemilihan mendatang, padahal '{title}' menyebut pemilihan "
    "sebelum {before:day}.",
)
_GIVE_COMING = Text(
    en="Give the roll of the coming election. If these are results of a past one, their column of "
    "voters is not understood: correct its header.",
    id="Berikan DPT pemilihan mendatang. Bila ini hasil pemilihan yang lalu, kolom pengguna hak "
    "pilihnya tidak dikenali: perbaiki judul kolomnya.",
)
_PERSONS = Text(
    en="each of the {n:count} rows is a person (the column '{header}' holds sexes, and no column "
    "holds counts).",
    id="setiap baris dari {n:count} baris adalah satu orang (kolom '{header}' berisi jenis "
    "kelamin, dan tidak ada kolom jumlah).",
)
_COUNT_THEM = Text(
    en="Give one row per area with the number of its voters, without names or identity numbers.",
    id="Berikan satu baris per wilayah dengan jumlah pemilihnya, tanpa nama dan NIK.",
)
_RESULTS = Text(
    en="this is a table of results of several elections (it has a column '{header}'), not the "
    "roll of the coming one.",
    id="ini tabel hasil beberapa pemilihan (ada kolom '{header}'), bukan daftar pemilih untuk "
    "pemilihan mendatang.",
)
_GIVE_ROLL = Text(
    en="Give a table with one row per place and its registered voters, or leave the roll out: the "
    "newest election's registered voters are then used.",
    id="Berikan tabel dengan satu baris per wilayah dan jumlah pemilih terdaftarnya, atau jangan "
    "sertakan daftar pemilih: yang dipakai kemudian adalah pemilih terdaftar pemilihan terbaru.",
)
