"""Columns of a table of several elections whose headers do not tell which is theirs."""

from __future__ import annotations

from dataclasses import replace

from turnout.errors import Finding, Spot
from turnout.reading.headers import wording
from turnout.reading.headers.match import understand, words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.table import Table


def tell_of_unnamed(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Return a warning for each column of counts whose election its header does not tell."""
    return [*_of_no_election(table, vocabulary), *_unknown_elections(table, vocabulary)]


def _of_no_election(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Tell of counts whose header names no election, where some election has its own of them."""
    columns = [header for header in table.headers if header.meaning == "column"]
    own = {header.names[0] for header in columns if not header.contest.silent}
    spot = Spot(table.grid.file, table.grid.sheet)
    return [
        Finding(
            "of_no_election",
            "warning",
            wording.OF_NO_ELECTION,
            wording.NAME_ELECTION,
            replace(spot, column=header.written),
            {"name": header.names[0]},
        )
        for header in columns
        if header.contest.silent
        and header.names[0] in own
        and vocabulary.kind(header.names[0]) == "count"
    ]


def _unknown_elections(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Tell of pairs such as *Golput DPT*, *Golput Pengguna Hak Pilih* beside those of elections."""
    if all(header.contest.silent for header in table.headers):
        return []
    found: dict[str, dict[str, str]] = {}
    for header in table.headers:
        told = words(header.written).split() if header.meaning == "own" else []
        for at in range(1, len(told)):
            meant = understand(" ".join(told[at:]), vocabulary)
            if meant.meaning == "column":
                found.setdefault(" ".join(told[:at]), {})[meant.names[0]] = header.written
    return [
        Finding(
            "unknown_election",
            "warning",
            wording.UNKNOWN_ELECTION,
            wording.NAME_ELECTION,
            Spot(table.grid.file, table.grid.sheet, column=pair["registered"]),
            {"other": pair["voters"]},
        )
        for pair in found.values()
        if pair.keys() >= {"registered", "voters"}
    ]
