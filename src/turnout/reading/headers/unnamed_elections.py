"""Columns of a table of several elections whose headers do not tell which is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnout.errors import Finding, Spot
from turnout.reading.headers import wording
from turnout.reading.headers.match import Header, understand
from turnout.reading.headers.measures import measure_of
from turnout.reading.headers.plain import SEXES, words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.table import Table
from turnout.reading.values.numerals import holds_number


def without_sexes_of_all(headers: Sequence[Header]) -> tuple[Header, ...]:
    """Return headers without men and women of no election, beside elections that are named.

    Registered and voters that each name their election leave none that such a column could be of:
    under an *L* that stands where a name was lost are all the voters of that election. Beside a
    single election they are its men and women, where both are there.
    """
    columns = [header for header in headers if header.meaning == "column"]
    named = {header.contest for header in columns if not header.contest.silent}
    silent = {header.names[0] for header in columns if header.contest.silent}
    wholes = {
        base
        for base in _BY_SEX.values()
        if base not in silent
        and (len(named) >= _SEVERAL or not {f"{base}_l", f"{base}_p"} <= silent)
    }
    if not named:
        return tuple(headers)
    return tuple(
        Header(header.written, "own")
        if header.meaning == "column"
        and header.contest.silent
        and header.strength < _TOLD
        and _BY_SEX.get(header.names[0]) in wholes
        else header
        for header in headers
    )


_BY_SEX = {f"{name}{sex}": name for name in ("registered", "voters") for sex in ("_l", "_p")}
_SEVERAL = 2
_TOLD = 3
"""Strength of a header whose column the user says."""


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
    """Tell of counts such as *Golput DPT*, *Golput Pengguna Hak Pilih* beside those of elections.

    One alone is told where several elections are named, or a sex beside one.
    """
    named = [h for h in table.headers if h.meaning == "column" and not h.contest.silent]
    several = len({header.contest for header in named}) >= _SEVERAL
    found: dict[str, dict[str, str]] = {}
    for position, header in enumerate(table.headers):
        meant = _ending(header, vocabulary) if header.meaning == "own" and named else None
        if meant and holds_number(table.cells.iloc[:, position]):
            found.setdefault(meant[0], {})[meant[1]] = header.written
    spot = Spot(table.grid.file, table.grid.sheet)
    findings = []
    for name, counts in found.items():
        of_sex = name in SEXES or name in SEXES.values()
        if not (several or of_sex or {"registered", "voters"} <= counts.keys()):
            continue
        first, *others = counts.values()
        values = {"other": others, "example": named[0].written}
        message = wording.UNKNOWN_ELECTION if others else wording.OF_UNKNOWN_ELECTION
        told = (message, wording.NAME_ELECTION, replace(spot, column=first), values)
        findings.append(Finding("unknown_election", "warning", *told))
    return findings


def _ending(header: Header, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return the first words of a header, and the count that its last words, or all, name."""
    non_voters = understand(header.written, vocabulary).names == ("non_voters",)
    told = [] if non_voters or measure_of(header.written) else words(header.written).split()
    for at in range(len(told)):
        meant = understand(" ".join(told[at:]), vocabulary)
        if meant.meaning == "column" and meant.names[0].startswith(("registered", "voters")):
            sex = meant.names[0][-2:] if meant.names[0] in _BY_SEX else ""
            return " ".join(told[:at]) or sex, _BY_SEX.get(meant.names[0], meant.names[0])
    return None
