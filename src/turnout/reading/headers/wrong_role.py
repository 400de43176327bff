"""Tables that are not what they are given as: lists of persons, and results given as a roll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import Distinct, all_as_text, is_missing
from turnout.reading.headers.match import Header
from turnout.surroundings import Setting

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


def results_as(role: Literal["roll", "outreach"], spot: Spot, voters: str) -> Finding:
    """Return the error of a results table that is given as the roll, or as an activity log.

    Parameters
    ----------
    role
        What it is given as.
    spot
        The file.
    voters
        Header of its voters.
    """
    rule, message, remedy = {
        "roll": ("results_as_roll", _RESULTS, _GIVE_ROLL),
        "outreach": ("results_as_log", _RESULTS_AS_LOG, _GIVE_LOG),
    }[role]
    return Finding(rule, "error", message, remedy, spot, {"header": voters})


def results_without_voters(spot: Spot, title: str, rolls: Sequence[str]) -> Finding:
    """Return the error of a sheet of results that looks like a roll, as it lacks its voters.

    Parameters
    ----------
    spot
        The file and its sheet.
    title
        Where its election is told.
    rolls
        Names of the sheets that hold the roll.
    """
    values = {"title": title, "rolls": list(rolls)}
    message = _NO_VOTERS if rolls else _NO_VOTERS_ALONE
    return Finding("results_without_voters", "error", message, _NAME_VOTERS, spot, values)


def results_unnamed(spot: Spot, title: str, header: str) -> Finding:
    """Return the error of a sheet read as a roll whose voters an unknown header may hold.

    Parameters
    ----------
    spot
        The file and its sheet.
    title
        Where its election is told.
    header
        The header that may be that of the voters.
    """
    setting = Setting("columns", header, "voters", "results")
    values = {"title": title, "header": header, "setting": setting}
    return Finding("results_without_voters", "error", _MAY_BE_VOTERS, _SAY_VOTERS, spot, values)


def roll_of_past(spot: Spot, title: str, before: date, newest: date | None = None) -> Finding:
    """Return the warning of a roll that tells a past election as its own.

    Parameters
    ----------
    spot
        The file and its sheet.
    title
        Where the election is told: a line above the table, or a header.
    before
        Day of the coming election, or the first on which it can be.
    newest
        Day of the newest results, where the coming election is not known.
    """
    values = {"title": title, "before": before, "newest": newest}
    message = _OF_PAST if newest is None else _NOT_NEWER
    return Finding("roll_of_past", "warning", message, _GIVE_COMING, spot, values)


def _texts(column: pd.Series) -> dict[str, int]:
    """Return the texts of a column, each with the number of its rows."""
    distinct = Distinct.of(column)
    texts: dict[str, int] = {}
    written = all_as_text(distinct.cells.tolist())
    for cell, count in zip(written, distinct.counts().tolist(), strict=True):
        if not is_missing(cell):
            text = cell.strip().casefold()
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
_NOT_NEWER = Text(
    en="this is read as the roll of the coming election, but '{title}' tells one that is not later "
    "than the newest results, of {newest:day}.",
    id="lembar ini dibaca sebagai DPT pemilihan mendatang, padahal '{title}' menyebut pemilihan "
    "yang tidak lebih baru daripada hasil terbaru, {newest:day}.",
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
    en="this is a table of results (it has a column '{header}'), such as the history; a roll holds "
    "the registered voters of the coming election alone.",
    id="ini tabel hasil pemilihan (ada kolom '{header}'), misalnya riwayat; DPT hanya memuat "
    "pemilih terdaftar pemilihan mendatang.",
)
_RESULTS_AS_LOG = Text(
    en="this is a table of results (it has a column '{header}' and none of activities).",
    id="ini tabel hasil pemilihan (ada kolom '{header}', tanpa kolom kegiatan).",
)
_GIVE_LOG = Text(
    en="Give the activity log: a row per activity, with its day, its place, what it was and how "
    "many people it met.",
    id="Berikan catatan sosialisasi: satu baris per kegiatan, dengan tanggal, wilayah, kegiatan, "
    "dan jumlah pesertanya.",
)
_NO_VOTERS = Text(
    en="this sheet tells an election ('{title}'), but no column of its voters is understood: it "
    "would be a roll beside {rolls:list}.",
    id="lembar ini menyebut suatu pemilihan ('{title}'), tetapi kolom pengguna hak pilihnya tidak "
    "dikenali, sehingga tampak sebagai daftar pemilih di samping lembar {rolls:list}.",
)
_NO_VOTERS_ALONE = Text(
    en="this sheet tells an election ('{title}') and has columns twice, but no column of its "
    "voters is understood.",
    id="lembar ini menyebut suatu pemilihan ('{title}') dan memuat kolom yang sama dua kali, "
    "tetapi kolom pengguna hak pilihnya tidak dikenali.",
)
_MAY_BE_VOTERS = Text(
    en="this sheet tells an election ('{title}'), and {header} may hold its voters: it is no roll "
    "then, but results.",
    id="lembar ini menyebut suatu pemilihan ('{title}'), dan {header} mungkin memuat pengguna hak "
    "pilihnya: kalau begitu lembar ini hasil pemilihan, bukan daftar pemilih.",
)
_SAY_VOTERS = Text(
    en="If so, say it: {setting}; if it is no more than a roll, keep the sheet of the coming "
    "election alone.",
    id="Bila benar, sebutkan: {setting}; bila hanya daftar pemilih, simpan lembar pemilihan "
    "mendatang saja.",
)
_NAME_VOTERS = Text(
    en="Write the header of its voters above their column; in a header of two rows, in the upper "
    "one, and that of the registered likewise.",
    id="Tulis judul kolom pengguna hak pilihnya (misalnya Pengguna Hak Pilih); bila judulnya dua "
    "baris, tulis di baris atas, begitu pula judul DPT.",
)
_GIVE_ROLL = Text(
    en="Give a table with one row per place and its registered voters, or leave the roll out: the "
    "newest election's registered voters are then used.",
    id="Berikan tabel dengan satu baris per wilayah dan jumlah pemilih terdaftarnya, atau jangan "
    "sertakan daftar pemilih: yang dipakai kemudian adalah pemilih terdaftar pemilihan terbaru.",
)
