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
    named = [header for header in columns if not header.contest.silent]
    spot = Spot(table.grid.file, table.grid.sheet)
    findings = []
    for header in columns:
        name = header.names[0]
        own = [one for one in named if one.names[0] == name]
        if not header.contest.silent or not own or vocabulary.kind(name) != "count":
            continue
        served = {one.contest for one in own} == {one.contest for one in named}
        message = wording.NOT_USED if served else wording.OF_NO_ELECTION
        values = {"name": wording.column(name), "example": own[0].written}
        told = (message, wording.NAME_ELECTION, replace(spot, column=header.written), values)
        findings.append(Finding("of_no_election", "warning", *told))
    return findings


def _unknown_elections(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Tell of pairs such as *Golput DPT*, *Golput Pengguna Hak Pilih* beside those of elections."""
    named = [h.written for h in table.headers if h.meaning == "column" and not h.contest.silent]
    if not named:
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
            {"other": pair["voters"], "example": named[0]},
        )
        for pair in found.values()
        if pair.keys() >= {"registered", "voters"}
    ]
