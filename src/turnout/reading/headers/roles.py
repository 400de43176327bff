"""What each sheet of a workbook holds, so that one workbook can hold all of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from turnout.errors import DataError
from turnout.language import Text
from turnout.reading.files.cells import as_texts
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.aliases import RESULTS, ROLL
from turnout.reading.headers.contests import is_mere_type
from turnout.reading.headers.crosswalk_aliases import CROSSWALK
from turnout.reading.headers.outreach_aliases import OUTREACH
from turnout.reading.headers.plain import words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.headers.voters_by_way import said_as_ways
from turnout.reading.layouts.recap import find_recap
from turnout.reading.layouts.tables import find_table

Role = Literal["results", "roll", "crosswalk", "outreach", "guide"]

SHEET_NAMES: Mapping[Role, Text] = {
    "results": Text(en="results", id="hasil"),
    "roll": Text(en="roll", id="dpt"),
    "crosswalk": Text(en="crosswalk", id="pemekaran"),
    "outreach": Text(en="outreach", id="sosialisasi"),
    "guide": Text(en="guide", id="petunjuk"),
}
"""Names of the sheets of a workbook that `forecast template` writes."""


ROLE_WORDS: Mapping[str, Text] = {
    "results": Text(en="results", id="hasil"),
    "roll": Text(en="roll", id="daftar pemilih"),
    "crosswalk": Text(en="crosswalk", id="tabel pemekaran"),
    "outreach": Text(en="outreach", id="sosialisasi"),
    "counted": Text(en="count", id="hasil hitung"),
    "guide": Text(en="guide", id="petunjuk"),
}
"""What each role is called."""


def sheets_of_role(
    grids: Sequence[Grid], role: str, columns: Mapping[str, str] | None = None
) -> list[Grid]:
    """Return the sheets that can hold the table of a role.

    A sheet is told by its name, else by its columns; where one is of the role, those of others are
    left out, and a guide is never data. A sheet that neither tells stays: it may lack a column.

    Parameters
    ----------
    grids
        The sheets of a workbook.
    role
        What is looked for: a key of `SHEET_NAMES`; a count stands where results do.
    columns
        What the user says of the headers of that role.

    Raises
    ------
    DataError
        If every sheet holds something else.
    """
    if len(grids) < 2:
        return list(grids)
    role = "results" if role == "counted" else role
    said = columns if role == "results" else None
    roles = [role_of_sheet(grid, said) for grid in grids]
    if role in roles:
        return [grid for grid, own in zip(grids, roles, strict=True) if own in (role, None)]
    if all(roles) and role != "roll":
        names = [grid.sheet for grid in grids]
        kinds = [ROLE_WORDS[own] for own in dict.fromkeys(roles) if own]
        raise DataError(
            _NO_SHEET_OF_ROLE,
            file=grids[0].file,
            role=ROLE_WORDS[role],
            sheets=names,
            kinds=kinds,
        )
    return [grid for grid, own in zip(grids, roles, strict=True) if own != "guide"] or list(grids)


def roles_named(grids: Sequence[Grid], columns: Mapping[str, str] | None = None) -> list[str]:
    """Return the roles that the sheets of a workbook play, without the guide.

    A single sheet plays one only if it bears its name. The user says `columns` of the results.
    """
    alone = len(grids) < 2
    found = {_named(grid) if alone else role_of_sheet(grid, columns) for grid in grids}
    return [role for role in SHEET_NAMES if role in found and role != "guide"]


def role_of_sheet(grid: Grid, columns: Mapping[str, str] | None = None) -> Role | None:
    """Return what a sheet holds, by its name or by its columns; None where neither tells.

    A sheet named as the roll that has voters too holds results: offices name those *DPT* as well.
    So does one of whose columns the user says, in `columns`, that it holds the voters.
    """
    named = _named(grid)
    if named == "roll" and _by_columns(grid, columns) == "results":
        return "results"
    return named or _by_columns(grid, columns)


def _named(grid: Grid) -> Role | None:
    name = words(grid.sheet)
    return next((role for role, text in SHEET_NAMES.items() if name in (text.en, text.id)), None)


def _by_columns(grid: Grid, columns: Mapping[str, str] | None = None) -> Role | None:
    if find_recap(grid, RESULTS) is not None:
        return "results"
    held = {one: _columns(grid, one) for one in (CROSSWALK, OUTREACH)}
    held[RESULTS] = _columns(grid, RESULTS, columns)
    if not held[RESULTS] and not held[CROSSWALK]:
        return None
    if not CROSSWALK.missing(held[CROSSWALK]):
        return "crosswalk"
    if {"registered", "voters"} <= held[RESULTS] or not RESULTS.missing(held[RESULTS]):
        return "results"
    if tells_of_elections(grid, columns) or tells_votes(grid, columns):
        return "results"
    activity = {"kind", *_OF_LOG} & held[OUTREACH]
    if "date" in held[OUTREACH] and len(activity) > 1:
        return "outreach"  # also where a column such as Jumlah could be that of a roll
    roll = find_table(grid, ROLL)
    if roll is not None and not ROLL.missing(roll.names - set(roll.told)):
        return "roll"
    return "outreach" if "date" in held[OUTREACH] and activity else None


def tells_of_elections(grid: Grid, columns: Mapping[str, str] | None = None) -> bool:
    """Whether a sheet names an election in each row, and tells nothing that only a log does.

    Its *Jenis* holds *Pilkada*, not *Tatap muka*, or is headed as no log heads the kind of its
    activities, *Election type*; counts may be lacking, or can mean several columns, as *Jumlah*.
    """
    table = find_table(grid, RESULTS, columns)
    if table is None or not {"date", "year"} & table.names:
        return False
    named = [
        (header.written, {text for text in as_texts(table.cells.iloc[:, position]) if text})
        for position, header in enumerate(table.headers)
        if header.meaning == "column" and header.names[0] in ("election_type", "election")
    ]
    log = find_table(grid, OUTREACH)
    of_log = {one.written for one in log.headers if one.meaning != "own"} if log else set()
    if not any(
        texts and (written not in of_log or all(map(is_mere_type, texts)))
        for written, texts in named
    ):
        return False
    asked = any(header.meaning == "question" for header in table.headers)
    return asked or _OF_LOG.isdisjoint(_columns(grid, OUTREACH))


def tells_votes(grid: Grid, columns: Mapping[str, str] | None = None) -> bool:
    """Whether a sheet tells votes beside the registered, as no roll does.

    They may be voters or valid votes (*Total votes*), voters by the way in which they voted, or
    those who did not vote.
    """
    table = find_table(grid, RESULTS, columns)
    if table is None or "registered" not in table.names:
        return False
    asked = (one.names for one in table.headers if one.meaning == "question")
    return (
        not _OF_VOTES.isdisjoint(table.names)
        or any("voters" in names and "registered" not in names for names in asked)
        or said_as_ways([one.written for one in table.headers]) is not None
    )


_OF_VOTES = {"voters", "valid", "invalid", "non_voters"}

_OF_LOG = {"reached", "segment", "cost"}
"""Columns of a log of outreach that results never have."""


def _columns(
    grid: Grid, vocabulary: Vocabulary, columns: Mapping[str, str] | None = None
) -> frozenset[str]:
    table = find_table(grid, vocabulary, columns)
    return table.names if table is not None else frozenset()


_NO_SHEET_OF_ROLE = Text(
    en="{file} has no sheet of {role}; its sheets ({sheets:list}) hold: {kinds:list}.",
    id="{file} tidak memuat lembar {role}; lembar yang ada ({sheets:list}) berisi: {kinds:list}.",
)
