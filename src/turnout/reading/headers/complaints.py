"""What is wrong with the headers of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from turnout.errors import Finding, Spot
from turnout.identity.kinds import says_total
from turnout.reading.files.cells import as_text
from turnout.reading.files.sheets import Grid
from turnout.reading.headers import wording
from turnout.reading.headers.aliases import STATION
from turnout.reading.headers.beside_non_voters import tell_of_non_voters
from turnout.reading.headers.exchanged import tell_of_exchanged
from turnout.reading.headers.match import Header, is_evident, understand
from turnout.reading.headers.other_lists import tell_of_other_lists
from turnout.reading.headers.plain import words
from turnout.reading.headers.said_voters import candidates_that_add_up_to, tell_of_said_voters
from turnout.reading.headers.unnamed_elections import tell_of_unnamed
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.hints import Hints
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.table import Table, Told
from turnout.surroundings import A_DAY, Setting


def complain_of_headers(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Return everything wrong or odd in a table's headers; personal data are never told."""
    return [
        *table.findings,
        *_personal(table),
        *_questions(table, vocabulary),
        *_doubled(table, vocabulary),
        *tell_of_exchanged(table),
        *tell_of_unnamed(table, vocabulary),
        *_thousands(table, vocabulary),
        *_answered(table, vocabulary),
        *tell_of_said_voters(table, vocabulary),
        *tell_of_non_voters(table, vocabulary),
        *tell_of_other_lists(table, vocabulary),
        *_nameless(table),
        *_longer(table),
    ]


def complain_of_unknown(
    hints: Hints, headers: Iterable[str], vocabulary: Vocabulary, spot: Spot
) -> list[Finding]:
    """Return an error for each header of the user's `hints` that is in no table."""
    there = [header for header in headers if header]
    known = {words(header) for header in there}
    lost = [header for header in hints.columns if words(header) not in known]
    near = {header: get_close_matches(header, there, _MOST_NEAR, _NEAR) for header in lost}
    return [
        Finding(
            "unknown_header",
            "error",
            wording.UNKNOWN,
            wording.SPELL,
            spot,
            {
                "setting": Setting("columns", header, hints.columns[header], vocabulary.role),
                "found": near[header] or there,
            },
        )
        for header in lost
    ]


def asked_about(table: Table) -> set[str]:
    """Return the columns that questions are about, so that nothing is told twice."""
    return {name for h in table.headers if h.meaning == "question" for name in h.names}


def held_or_asked(table: Table | Block) -> set[str]:
    """Return the columns that a sheet holds, or of which it is asked whether they are votes.

    A sheet whose votes are unclear tells its election as much as one where they are not.
    """
    if not isinstance(table, Table):
        return set(table.names)
    questions = (h.names for h in table.headers if h.meaning == "question")
    asked = {name for names in questions if "registered" not in names for name in names}
    return asked | set(table.names)


DATE_IN_TITLE = "date_in_title"
"""A polling day that is read from a title."""


def doubt_date_in_title(told: Mapping[str, Told], spot: Spot) -> list[Finding]:
    """Return a warning where the polling day is read from a title, which may tell other days."""
    date = told.get("date")
    if date is None or not date.in_title:
        return []
    spot = replace(spot, row=date.row, value=date.label)
    return [
        Finding(
            DATE_IN_TITLE, "warning", wording.IN_TITLE, wording.SAY_SO, spot, {"day": date.value}
        )
    ]


def complain_of_days(told: Mapping[str, Told], label: str, role: str, spot: Spot) -> list[Finding]:
    """Return an error where lines above a table tell several polling days: none is chosen.

    Parameters
    ----------
    told
        What is told of all rows.
    label
        Name of the sheet or file where there are several; else blank.
    role
        What the file is to a run.
    spot
        The sheet.
    """
    date = told.get("date")
    if date is None or not date.others:
        return []
    lines = [one.line for one in (date, *date.others)]
    values = {"lines": lines, "setting": Setting("dates", label, A_DAY, role)}
    return [Finding("days_differ", "error", wording.DAYS_DIFFER, wording.SAY_ONE, spot, values)]


def complain_of_private(grids: Sequence[Grid], told: Sequence[Finding]) -> list[Finding]:
    """Return what holds numbers of persons in each sheet of which nothing is told yet.

    Parameters
    ----------
    grids
        The sheets, those from which nothing is read among them.
    told
        What was found in their headers.
    """
    known = {(f.spot.file, f.spot.sheet) for f in told if f.rule == "personal_data"}
    findings = []
    for grid in grids:
        if not grid.private or (grid.file, grid.sheet) in known:
            continue
        rows = list(dict.fromkeys(str(row) for rows in grid.private.values() for row in rows))
        values = {"n": sum(map(len, grid.private.values())), "rows": rows}
        spot = Spot(grid.file, grid.sheet)
        findings.append(
            Finding("personal_data", "error", wording.PRIVATE, wording.REMOVE_CELLS, spot, values)
        )
    return findings


def _personal(table: Table) -> list[Finding]:
    return [
        Finding(
            "personal_data",
            "error",
            wording.PERSONAL,
            wording.REMOVE,
            Spot(table.grid.file, table.grid.sheet, column=header.written),
        )
        for header in table.headers
        if header.meaning == "personal"
    ]


def _questions(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    findings = []
    for at, header in enumerate(table.headers):
        if header.meaning != "question":
            continue
        first = header.names[1 if header.names[0] == STATION else 0]
        text = wording.AMBIGUOUS
        if {"voters", "valid"} <= {*header.names} and (
            parts := candidates_that_add_up_to(table, at)
        ):
            first, text = "valid", wording.SUM_OF_CANDIDATES
        else:
            parts = ()
        values = {
            "names": wording.columns_with_names(header.names),
            "setting": Setting("columns", header.written, first, vocabulary.role),
            "parts": list(parts),
        }
        spot = Spot(table.grid.file, table.grid.sheet, column=header.written)
        findings.append(Finding("ambiguous_header", "error", text, wording.CHOOSE, spot, values))
    return findings


def _doubled(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    groups: dict[tuple[object, ...], list[int]] = {}
    for position, header in enumerate(table.headers):
        if header.meaning == "column":
            groups.setdefault((header.names[0], header.contest), []).append(position)
    findings = []
    for positions in groups.values():
        if len(positions) < 2:
            continue
        written = [table.headers[position].written for position in positions]
        hidden = [position for position in positions if position in table.grid.hidden_columns]
        shown = [
            f"{header} ({column_letter(position)})" if hidden else header
            for header, position in zip(written, positions, strict=True)
        ]
        name = table.headers[positions[0]].names[0]
        total = next(filter(says_total, written), written[0])
        values = {
            "headers": ", ".join(shown),
            "name": name,
            "called": wording.column(name),
            "hidden": ", ".join(map(column_letter, hidden)),
            "setting": Setting("columns", total, name, vocabulary.role),
        }
        spot = Spot(table.grid.file, table.grid.sheet, column=written[0])
        alike = len(set(map(words, written))) == 1  # no setting tells one from the other
        told = (wording.DOUBLED, wording.RENAME_ALIKE if alike else wording.RENAME_ONE)
        if hidden:
            told = (wording.DOUBLED_HIDDEN, wording.DELETE_HIDDEN)
        findings.append(Finding("doubled_column", "error", *told, spot, values))
    return findings


def column_letter(position: int) -> str:
    """Return the letters of a column as a spreadsheet shows them.

    >>> column_letter(6), column_letter(27)
    ('G', 'AB')
    """
    above, rest = divmod(position, 26)
    return (column_letter(above - 1) if above else "") + chr(ord("A") + rest)


def _thousands(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Return an error for each needed count, or amount, that stands in thousands or more."""
    return [
        Finding(
            THOUSANDS,
            "error",
            wording.THOUSANDS,
            wording.IN_FULL,
            Spot(table.grid.file, table.grid.sheet, column=header.written),
            {"name": header.names[0]},
        )
        for header in _needed_in_thousands(table, vocabulary)
    ]


THOUSANDS = "count_in_thousands"
"""Counts of which a header, a title or a column says that they stand in thousands or more."""


def with_thousands_named(table: Table, vocabulary: Vocabulary) -> Table:
    """Return a table whose counts in thousands name their columns: of these no more is asked."""
    needed = _needed_in_thousands(table, vocabulary)
    headers = (replace(h, meaning="column") if h in needed else h for h in table.headers)
    return replace(table, headers=tuple(headers)) if needed else table


def _needed_in_thousands(table: Table, vocabulary: Vocabulary) -> list[Header]:
    named = {h.names[0] for h in table.headers if h.meaning == "column"}
    needed = {name for group in vocabulary.needed for name in group}
    needed |= {column.name for column in vocabulary.columns if column.kind == "amount"}
    return [h for h in table.headers if h.meaning == "thousands" and set(h.names) & needed - named]


def _answered(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Return a warning for each unclear header that one column alone was left for."""
    findings = []
    for header in table.headers:
        unclear = understand(header.written, vocabulary)
        if header.meaning != "column" or header.strength > 1 or unclear.meaning != "question":
            continue
        if STATION in unclear.names:  # told by the numbers below it
            continue
        if is_evident(header, vocabulary):
            continue
        others = [n for n in unclear.names if n != header.names[0]]
        there = [h.written for h in table.headers if h.meaning == "column" and h.names[0] in others]
        spot = Spot(table.grid.file, table.grid.sheet, column=header.written)
        values = {
            "called": wording.column(header.names[0]),
            "setting": Setting("columns", header.written, "own", vocabulary.role),
            "others": wording.columns(others),
            "there": there,
        }
        findings.append(
            Finding("answered_header", "warning", wording.ANSWERED, wording.OVERRULE, spot, values)
        )
    return findings


def _nameless(table: Table) -> list[Finding]:
    """Return a warning for each column with something in it but no header."""
    findings = []
    for position, header in enumerate(table.headers):
        if header.meaning != "blank":
            continue
        filled = int(table.cells.iloc[:, position].map(as_text).ne("").sum())
        if filled:
            spot = Spot(table.grid.file, table.grid.sheet)
            values = {"position": position + 1, "n": filled}
            findings.append(
                Finding("nameless_column", "warning", wording.NAMELESS, wording.NAME, spot, values)
            )
    return findings


def _longer(table: Table) -> list[Finding]:
    return [
        Finding(
            "row_longer_than_header",
            "error",
            wording.LONGER,
            wording.QUOTE,
            Spot(table.grid.file, table.grid.sheet, row=row),
            {"width": len(table.headers)},
        )
        for row in table.longer
    ]


_MOST_HEADERS, _MOST_NEAR, _NEAR = 8, 3, 0.6
