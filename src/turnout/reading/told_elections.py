"""Which elections the sheets of a file tell, in their titles and headers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from turnout.dates import parse_days
from turnout.elections import Election
from turnout.errors import Finding, Spot
from turnout.identity.kinds import says_total
from turnout.language import Text
from turnout.reading.choosing import Sheet, find_sheet
from turnout.reading.files.cells import as_texts
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.aliases import RESULTS
from turnout.reading.headers.contests import years_in
from turnout.reading.hints import NO_HINTS, Hints
from turnout.reading.layouts.alike import places_in
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.preamble import days_told
from turnout.schema import SCALES
from turnout.surroundings import Setting


def elections_in(sheet: Sheet) -> list[tuple[str, date | int, str]]:
    """Return title or header, day or year, and type of the elections that a sheet tells.

    Parameters
    ----------
    sheet
        A table, read under the columns of results.
    """
    told = sheet.content.told
    kind = str(told["election_type"].value) if "election_type" in told else ""
    days = [day for day in days_told(told.get("date")) if isinstance(day, date)]
    named: list[tuple[str, date | int, str]] = [(told["date"].label, day, kind) for day in days]
    if not days and "year" in told:
        named.append((told["year"].label, int(told["year"].value), kind))
    contests = [
        (header.written, header.contest.year, header.contest.election_type or kind)
        for header in sheet.headers
        if header.names[:1] == ("registered",) and header.contest.year
    ]
    return [*named, *contests]


def elections_in_rows(sheet: Sheet) -> list[tuple[str, date | int, str]]:
    """Return label, day or year, and no type, of the elections that the rows of a sheet tell.

    Parameters
    ----------
    sheet
        A table, read under the columns of results.
    """
    if isinstance(sheet.content, Block):
        return []
    found: list[tuple[str, date | int, str]] = []
    for header, column in zip(sheet.content.headers, sheet.content.cells, strict=False):
        if header.names[:1] not in (("date",), ("year",)):
            continue
        cells = sheet.content.cells[column]
        for text in dict.fromkeys(as_texts(cells)):
            years = years_in(text)
            if header.names[0] == "year" and years:
                found.append((text, years[0], ""))
        if header.names[0] == "date":
            days = [one.date() for one in parse_days(cells).values.dropna().unique()]
            found += [(day.isoformat(), day, "") for day in days]
    return found


def history_as_count(grids: Sequence[Grid], hints: Hints, coming: Election) -> list[Finding]:
    """Return an error where a count is a history: it tells two elections or more that are others.

    Parameters
    ----------
    grids
        The sheets of the file.
    hints
        What the user says of it.
    coming
        The election that the count should be of.
    """
    read = [(grid, find_sheet(grid, RESULTS, hints)) for grid in grids]
    told = [
        (grid, grid.sheet if len(grids) > 1 and grid.sheet else label, day, kind)
        for grid, sheet in read
        if sheet is not None
        for label, day, kind in [*elections_in(sheet), *elections_in_rows(sheet)]
    ]
    others = {(day, kind): label for _, label, day, kind in told if not _is_of(coming, day, kind)}
    if len(others) < _FEWEST:
        return []
    ours = [grid for grid, _, day, kind in told if _is_of(coming, day, kind)]
    own_sheet = [grid.sheet for grid in ours if grid.sheet and len(grids) > 1][:1]
    values = {
        "n": len(others),
        "titles": list(dict.fromkeys(others.values())),
        "kind": coming.election_type,
        "day": coming.date,
        "setting": Setting("sheet", "", own_sheet[0] if own_sheet else "", "counted"),
    }
    remedy = _ITS_SHEET if own_sheet else _ITS_ROWS if ours else _GIVE_COUNT
    spot = Spot(grids[0].file)
    return [Finding("history_as_count", "error", _HISTORY, remedy, spot, values)]


def results_left_out(grids: Sequence[Grid], read: Sequence[Sheet]) -> list[Finding]:
    """Return what is told of each sheet of a past election that is no results: it has no voters.

    That is an error where sheets of the same election that are read lack its places: it is a part
    of those results.

    Parameters
    ----------
    grids
        The sheets that are not read, as they look like something else.
    read
        The sheets of results: what tells an election earlier than their newest one is not the roll
        of a coming one.
    """
    tables = [(grid, find_sheet(grid, RESULTS, NO_HINTS)) for grid in grids]
    lacking = [
        (grid, sheet)
        for grid, sheet in tables
        if sheet is not None
        and not ROLL_NAME.search(grid.sheet)
        and ("voters",) in RESULTS.missing(sheet.content.names)
        and "registered" in sheet.content.names
    ]
    if not lacking:
        return []
    told = [day for one in read for _, day, _ in [*elections_in(one), *elections_in_rows(one)]]
    newest = max(map(_last_day, told), default=date.min)
    findings = []
    for grid, sheet in lacking:
        named = [(grid.sheet, year) for year in years_in(grid.sheet)]
        titles = [(title, day) for title, day, _ in elections_in(sheet)]
        past = [
            title
            for title, day in titles or named
            if _is_before(day, newest) or _RESULTS_NAME.search(title)
        ]
        if past:
            spot, values = Spot(grid.file, grid.sheet), {"title": past[0]}
            part = _part_of(sheet, read)
            rule = Finding("sheet_left_out", "warning", _LEFT_OUT, _NAME, spot, values)
            findings.append(
                rule if part is None else replace(rule, **_AS_PART, values=values | part)
            )
    return findings


def _part_of(sheet: Sheet, read: Sequence[Sheet]) -> dict[str, object] | None:
    """Return the sheets of the same election beside one, and how many places they lack; else None.

    They are of its kind: under titles that tell places of the same scales, a row per place of one
    scale.
    """
    elections = _years_in(sheet)
    beside = [
        one
        for one in read
        if one.grid.file == sheet.grid.file
        and _shape(one) == _shape(sheet)
        and not elections.isdisjoint(_years_in(one))
    ]
    own = {name for name in places_in(sheet.content) if not says_total(name)}
    absent = own.difference(*(places_in(one.content) for one in beside))
    if not beside or len(absent) <= len(own) / 2:
        return None
    return {"names": [one.grid.sheet for one in beside], "n": len(absent)}


def _years_in(sheet: Sheet) -> set[tuple[int, str]]:
    """Return year and type of the elections that a sheet tells; the user may say the day of one."""
    return {(_last_day(told).year, kind) for _, told, kind in elections_in(sheet)}


def _shape(sheet: Sheet) -> tuple[frozenset[str], str | None]:
    """Return the scales that titles tell, and the finest of the rows."""
    told = frozenset(SCALES) & frozenset(sheet.content.told)
    return told, next((one for one in SCALES if one in sheet.content.names - told), None)


def _last_day(told: date | int) -> date:
    return told if isinstance(told, date) else date(told, 12, 31)


def _is_before(told: date | int, newest: date) -> bool:
    return told < newest if isinstance(told, date) else told < newest.year


ROLL_NAME = re.compile(r"\b(?:dpt|dps|daftar pemilih|roll|register)\b", re.IGNORECASE)
"""Names of sheets that are rolls."""

_RESULTS_NAME = re.compile(r"\b(?:hasil|perolehan|rekap\w*|results?)\b", re.IGNORECASE)


def _is_of(coming: Election, told: date | int, kind: str) -> bool:
    same = told == coming.date if isinstance(told, date) else told == coming.date.year
    return same and (not kind or coming.is_kind(kind))


_FEWEST = 2
"""Other elections from which on a file is a history, not a count with one to compare it with."""

_HISTORY = Text(
    en="the file holds {n:count} other elections ({titles:list}): it is a history of past "
    "results, not a count of the {kind} of {day:day}.",
    id="berkas ini memuat {n:count} pemilihan lain ({titles:list}): ini riwayat hasil pemilihan "
    "yang lalu, bukan hasil hitung {kind} {day:day}.",
)
_LEFT_OUT = Text(
    en="the sheet tells {title} but no voters: it is not among the results.",
    id="lembar ini menyebut {title} tanpa pengguna hak pilih: tidak termasuk hasil yang dibaca.",
)
_NAME = Text(
    en="If it holds results, write the header of its voters; a roll may stay as it is.",
    id="Bila memuat hasil, isi judul kolom pengguna hak pilihnya; bila daftar pemilih, biarkan.",
)
_PART = Text(
    en="the sheet tells {title} as {names:list} do, but no voters: {n:count:place:places} would be "
    "missing from the results of that election.",
    id="lembar ini menyebut {title} seperti lembar {names:list}, tetapi tanpa pengguna hak pilih: "
    "{n:count} wilayahnya tidak ada pada hasil pemilihan itu.",
)
_FILL = Text(
    en="Write the header of its voters, or fill them in; if it is a roll, let its name say so.",
    id="Isi kolom pengguna hak pilih dan judulnya; bila lembar ini daftar pemilih, sebutkan DPT "
    "pada nama lembarnya.",
)
_AS_PART: Mapping[str, Any] = {
    "rule": "part_without_voters",
    "severity": "error",
    "message": _PART,
    "remedy": _FILL,
}
_GIVE_COUNT = Text(
    en="Give the count of that election, or leave --counted out while there is none; the history "
    "is given as results.",
    id="Berikan hasil hitung pemilihan itu, atau jangan pakai --counted selama belum ada; riwayat "
    "diberikan sebagai berkas hasil.",
)
_ITS_SHEET = Text(
    en="Choose the sheet of that election: {setting}.",
    id="Pilih lembar pemilihan itu: {setting}.",
)
_ITS_ROWS = Text(
    en="Give the rows of that election alone, in a file of their own.",
    id="Berikan baris pemilihan itu saja, dalam berkas tersendiri.",
)
