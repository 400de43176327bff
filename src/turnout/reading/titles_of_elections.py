"""Titles that tell another election than all rows below them are of.

A title is left when a sheet is copied for the next election. The day of the rows, which a line of
its own or a column tells, goes before it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from turnout.dates import find_dates
from turnout.elections import may_be_one
from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.choosing import Sheet
from turnout.reading.files.cells import as_text
from turnout.reading.headers.contests import find_contest, years_in, years_of_election
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.polling_day import BETWEEN_CELLS, days_beside, names_an_election
from turnout.reading.layouts.references import may_be_of_another, without_other_years
from turnout.rules.draft import Draft

_OF_A_LINE = 2
"""Texts of a title at most: a line of more is a header."""

_POLL = re.compile(
    r"\b(?:pemil\w*|pil(?:kada|pres|eg|gub|bup|wako|wali)\w*|elections?)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class ElectionTitle:
    """A line above a table that tells the election of its rows.

    Parameters
    ----------
    spot
        Where the line stands, and what it says.
    days
        The days that may be those of its election.
    years
        Its years, those of the days among them.
    kind
        The type of election; blank where it tells none, or only *Pemilu*, which is said of all.
    """

    spot: Spot
    days: frozenset[dt.date]
    years: frozenset[int]
    kind: str

    def apart(self, day: dt.date, kind: str) -> bool:
        """Whether the line and an election contradict each other."""
        of_day = day in self.days if self.days else not self.years or day.year in self.years
        of_kind = not self.kind or may_be_one(self.kind, kind)
        return not (of_day and of_kind)


def election_titles(sheets: Sequence[Sheet]) -> list[ElectionTitle]:
    """Return the lines above the tables of sheets that tell the election of their rows."""
    return [title for sheet in sheets for title in _titles_above(sheet)]


def complain_of_elections(draft: Draft, titles: Sequence[ElectionTitle]) -> list[Finding]:
    """Return a warning for each title that tells another election than all rows of its sheet.

    Where the rows are of several elections a title may be that of the whole, and where another
    title tells that of the rows, the one that does not may speak of something else.

    Parameters
    ----------
    draft
        The rows, with day and type read.
    titles
        What lines above the tables tell.
    """
    if not titles or not {"date", "election_type"} <= {*draft.table}:
        return []
    of_sheets: dict[tuple[str, str], list[ElectionTitle]] = {}
    for one in titles:
        of_sheets.setdefault((one.spot.file, one.spot.sheet), []).append(one)
    sheets = draft.origin.groupby(["file", "sheet"], sort=False).groups
    findings: list[Finding] = []
    for place, own in of_sheets.items():
        rows = list(sheets.get(place, ()))
        held = draft.table.loc[rows, ["date", "election_type"]].drop_duplicates().dropna()
        if len(held) != 1:
            continue
        stamp, kind = held.iloc[0]
        day = stamp.date()
        if any(one.years and not one.apart(day, str(kind)) for one in own):
            continue
        values = {"kind": kind, "day": day}
        findings += [
            Finding("title_of_other_election", "warning", _OTHER, _LOOK, one.spot, values)
            for one in own
            if one.apart(day, str(kind))
        ]
    return findings


def _titles_above(sheet: Sheet) -> Iterator[ElectionTitle]:
    """Yield what each line above a table tells of an election, where it does."""
    grid, content = sheet.grid, sheet.content
    rows = content.origin["row"] if isinstance(content, Block) else content.cells.index
    above = takewhile(lambda row: row[0] != next(iter(rows), row[0]), grid.cells.iterrows())
    for number, cells in above:
        texts = dict.fromkeys(text for cell in cells if (text := as_text(cell)))
        if 0 < len(texts) <= _OF_A_LINE:
            line = BETWEEN_CELLS.join(texts)
            row = number if isinstance(number, str) else int(str(number))
            title = _title(line, Spot(grid.file, grid.sheet, row, value=" ".join(texts)))
            if title is not None:
                yield title


def _title(line: str, spot: Spot) -> ElectionTitle | None:
    """Return what a line tells of the one election that it speaks of; None where it does not."""
    if may_be_of_another(line):
        return None
    told = find_contest(line)[0].election_type if _POLL.search(line) else ""
    named = bool(told) or names_an_election(line)
    days = frozenset(days_beside(line)) if named else frozenset()
    rest = line
    for _, start, end in find_dates(line)[::-1]:
        rest = rest[:start] + rest[end:]
    rest = without_other_years(rest)
    years = years_in(rest) if names_an_election(rest) else years_of_election(rest)
    all_years = frozenset({*years, *(day.year for day in days)})
    kind = "" if told == "pemilu" else told
    if len(all_years) > 1 or not (all_years or kind):
        return None
    return ElectionTitle(spot, days, all_years, kind)


_OTHER = Text(
    en="this title stands above rows that are all of {kind} on {day:day}.",
    id="judul ini tidak cocok dengan data di bawahnya, yang semuanya {kind} {day:day}.",
)
_LOOK = Text(
    en="They are read as {kind} of {day:day}. If that is right, correct the title; if the title "
    "is right, correct day and type of the rows.",
    id="Datanya dibaca sebagai {kind} {day:day}. Bila itu benar, perbaiki judulnya; bila judulnya "
    "yang benar, perbaiki tanggal dan jenis pemilihan datanya.",
)
