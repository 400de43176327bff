"""The roll of the coming election: registered voters per place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from turnout.elections import Election, group_of_type
from turnout.errors import Finding, Spot
from turnout.reading.choosing import Sheet, find_sheet
from turnout.reading.draft_file import draft_table
from turnout.reading.files.sheets import Sources, open_grids
from turnout.reading.headers.aliases import RESULTS, ROLL
from turnout.reading.headers.missing import counts_unknown
from turnout.reading.headers.wrong_role import (
    results_as,
    results_unnamed,
    results_without_voters,
    roll_of_past,
)
from turnout.reading.hints import NO_HINTS, Hints
from turnout.reading.layouts.block import Block
from turnout.reading.named_sheets import sheets_named
from turnout.reading.part_of_roll import refuse_parts, with_missing_named
from turnout.reading.reading import Reading, accepted, conclude
from turnout.reading.told_elections import ROLL_NAME, elections_in
from turnout.reading.values.numerals import parse_numbers
from turnout.rules import check_roll, check_roll_history
from turnout.rules.draft import Draft
from turnout.rules.one_sex import OF_ONE_SEX
from turnout.rules.swapped import SWAPPED_STATIONS
from turnout.schema import canonical_results, canonical_roll

_TWICE = frozenset({"repeated_key", "equal_names", "doubled_column"})
"""Rules on places that a roll names more than once, and on columns that it has more than once."""
_OTHER_COUNTS = frozenset({OF_ONE_SEX.name, SWAPPED_STATIONS.name})
"""Rules that tell that the registered are other counts: nothing is told by comparing them."""
_SHEETS_DIFFER = frozenset({"sheets_differ", "one_roll_twice"})
"""Rules on sheets that have the same places, each of which is read as the roll."""


def read_roll(
    source: Sources,
    results: pd.DataFrame | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    sheet: str | Sequence[str] | None = None,
    crosswalk: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Read the roll of the coming election from a file or a DataFrame, and check it.

    Parameters
    ----------
    source
        As in `read_results`: a row per place (or polling station) with its registered voters.
    results
        Past results to hold the roll against: areas without history, jumps, near spellings.
    columns
        What headers mean that are not known or not clear.
    sheet
        Names of the sheets to read; all that hold the table when not given.
    crosswalk
        Table of `read_crosswalk`; its areas are not reported as being without history.

    Returns
    -------
    pandas.DataFrame
        The canonical table of `turnout.schema.canonical_roll`.

    Raises
    ------
    DataError
        With every error of the file at once.

    Warns
    -----
    DataWarning
        Once, with everything that deserves a look.

    Examples
    --------
    >>> roll = pd.DataFrame({"Kelurahan": ["Kasang"], "Jumlah Pemilih": ["4.512"]})
    >>> read_roll(roll)[["area", "registered", "estimated"]]
         area  registered  estimated
    0  Kasang      4512.0      False
    """
    return accepted(
        load_roll(source, results, hints=Hints.of(columns, sheet=sheet), crosswalk=crosswalk)
    )


def load_roll(
    source: Sources,
    results: pd.DataFrame | None = None,
    *,
    hints: Hints = NO_HINTS,
    crosswalk: pd.DataFrame | None = None,
    election: Election | None = None,
) -> Reading:
    """Read a roll and return the good rows beside everything that was found.

    Parameters
    ----------
    source, results, crosswalk
        As in `read_roll`.
    hints
        What the user says of the file.
    election
        The coming election, if it is known: the roll is held against its day and type.

    Returns
    -------
    Reading
        `table` holds the rows without errors (none where an error concerns the whole file, such
        as a missing column), `rejected` the others.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    past = None if results is None else canonical_results(results)
    draft = draft_table(source, ROLL, hints, [past])
    draft = draft if past is None else refuse_parts(draft, past)
    findings = check_roll(draft, past) if len(draft.table) else ()
    if any(one.severity == "error" for one in (*draft.findings, *findings)) and (
        lost := _results_among(source, hints, draft)
    ):
        nothing = replace(draft, table=draft.table.iloc[:0], findings=lost)
        return conclude(nothing, (), canonical_roll)
    twice = [one for one in (*draft.findings, *findings) if one.rule in _TWICE]
    if twice and (voters := _header_of_voters(source, hints)):
        told = (results_as("roll", Spot(twice[0].spot.file), voters),)
        nothing = replace(draft, table=draft.table.iloc[:0], findings=told)
        return conclude(nothing, (), canonical_roll)
    differ = any(one.rule in _SHEETS_DIFFER for one in (*draft.findings, *findings))
    if (twice or differ) and (unnamed := _results_unnamed(source, hints)):
        nothing = replace(draft, table=draft.table.iloc[:0], findings=unnamed)
        return conclude(nothing, (), canonical_roll)
    other_counts = any(one.rule in _OTHER_COUNTS for one in findings)
    if past is not None and len(draft.table) and not other_counts:
        named = with_missing_named(draft.findings, draft, past)
        findings = with_missing_named(findings, draft, past)
        draft = replace(draft, findings=named)
        findings += check_roll_history(draft, past, crosswalk=crosswalk)
        findings += tuple(_told_of_past(source, draft, past, election))
    return conclude(draft, findings, canonical_roll)


def _told_of_past(
    source: Sources, draft: Draft, past: pd.DataFrame, coming: Election | None
) -> Iterator[Finding]:
    """Yield a warning for each sheet of a roll that tells a past election as its own."""
    read = set(zip(draft.origin["file"], draft.origin["sheet"], strict=True))
    after = past["date"].max() + pd.Timedelta(days=1) if coming is None else coming.date
    day = pd.Timestamp(after).date()
    past_types = set(zip(past["date"].dt.year, past["type_group"], strict=True))
    for grid in open_grids(source):
        sheet = find_sheet(grid, RESULTS, NO_HINTS) if (grid.file, grid.sheet) in read else None
        for title, told, kind in () if sheet is None else elections_in(sheet):
            if isinstance(told, date):
                is_past = told < day
            elif kind and coming is not None and told == day.year:
                is_past = group_of_type(kind) != coming.type_group
            else:
                is_past = told < day.year or (told, group_of_type(kind)) in past_types
            if is_past:
                newest = None if coming else past["date"].max().date()
                yield roll_of_past(Spot(grid.file, grid.sheet), title, day, newest)
                break


def _results_among(source: Sources, hints: Hints, draft: Draft) -> tuple[Finding, ...]:
    """Return an error per sheet of past results that looks like a roll, as it lacks its voters.

    It tells an election where the roll tells none or a later one, or has its columns twice.
    """
    twice = {one.spot.sheet for one in draft.findings if one.rule == "doubled_column"}
    grids = sheets_named(open_grids(source), hints.sheets, ROLL.role)
    tables = [(grid, find_sheet(grid, RESULTS, NO_HINTS)) for grid in grids]
    lacking = {grid.sheet: RESULTS.missing(one.content.names) for grid, one in tables if one}
    if not any(map(_told_alone, lacking.values())):
        return ()
    rolls = [(grid, one) for grid, one in tables if one and ("voters",) in lacking[grid.sheet]]
    latest = {grid.sheet: _latest_in(one) for grid, one in rolls}
    plain = [name for name, told in latest.items() if told == _NEVER or ROLL_NAME.search(name)]
    newest = max(latest.values(), default=_NEVER)
    held = plain or [name for name, told in latest.items() if told == newest and name not in twice]
    return tuple(
        results_without_voters(Spot(grid.file, grid.sheet), elections_in(one)[0][0], held)
        for grid, one in rolls
        if grid.sheet not in held
    )


def _results_unnamed(source: Sources, hints: Hints) -> tuple[Finding, ...]:
    """Return an error per sheet of an election where each has a column that may be its voters."""
    found = []
    for grid in sheets_named(open_grids(source), hints.sheets, ROLL.role):
        sheet = find_sheet(grid, RESULTS, NO_HINTS)
        told = [] if sheet is None else elections_in(sheet)
        if sheet is None or not told or isinstance(sheet.content, Block):
            return ()
        named = [one.names[:1] for one in sheet.content.headers]
        at = named.index(("registered",)) if ("registered",) in named else -1
        if at < 0:
            return ()
        registered = parse_numbers(sheet.content.cells.iloc[:, at], whole=True).values
        header = counts_unknown(sheet.content, registered)
        if header is None:
            return ()
        found.append(results_unnamed(Spot(grid.file, grid.sheet), told[0][0], header))
    return tuple(found) if len(found) > 1 else ()


def _told_alone(missing: Sequence[tuple[str, ...]]) -> bool:
    """Whether no more than day and type is missing of results, which can be told beside them."""
    return all(group in (("date",), ("election_type",)) for group in missing)


_NEVER = date.min


def _latest_in(sheet: Sheet) -> date:
    """Return the day of the latest election that a sheet tells, of a year its last; else never."""
    told = [one for _, one, _ in elections_in(sheet)]
    days = [one if isinstance(one, date) else date(one, 12, 31) for one in told]
    return max(days, default=_NEVER)


def _header_of_voters(source: Sources, hints: Hints) -> str | None:
    """Return the header of the voters where the file is a table of results; else None.

    What tells day and type may be missing: no roll has voters beside the registered.
    """
    for grid in sheets_named(open_grids(source), hints.sheets, ROLL.role):
        sheet = find_sheet(grid, RESULTS, hints)
        missing = [("voters",)] if sheet is None else RESULTS.missing(sheet.content.names)
        if sheet is not None and _told_alone(missing):
            return next((h.written for h in sheet.headers if h.names[:1] == ("voters",)), None)
    return None
