"""Titles that tell another election than the name of their file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from turnout.elections import may_be_one
from turnout.errors import Finding, Spot
from turnout.identity.match import loose_form
from turnout.language import Text
from turnout.reading.choosing import Sheet
from turnout.reading.headers.contests import Contest, find_contest, is_mere_type, years_in
from turnout.reading.layouts.preamble import days_told
from turnout.reading.layouts.table import Told
from turnout.schema import SCALES


@dataclass(frozen=True)
class _Title:
    """What the lines above the table of a sheet tell of its election, beside its file's name.

    Parameters
    ----------
    sheet
        The sheet, whose own name tells no election.
    line
        The line that tells the election.
    told, named
        The election by the lines, and by the name of the file.
    """

    sheet: Sheet
    line: Told
    told: Contest
    named: Contest

    @property
    def places(self) -> Mapping[str, str]:
        """The places that are told of all rows, as names are compared."""
        told = self.sheet.content.told
        return {one: loose_form(str(told[one].value), one) for one in SCALES if one in told}

    def fits(self, places: Mapping[str, str]) -> bool:
        """Whether other places may be, or lie in, those of the sheet."""
        own = self.places
        return all(own[scale] == places[scale] for scale in own.keys() & places.keys())

    @property
    def apart(self) -> bool:
        """Whether title and name of the file are of two elections."""
        return not _may_agree(self.told, self.named)

    @property
    def agrees(self) -> bool:
        """Whether title and name of the file are of one year."""
        return not self.apart and self.told.year == self.named.year


def complain_of_files(sheets: Sequence[Sheet]) -> list[Finding]:
    """Return what is odd in files whose titles are of another election than their name.

    The name of a file is often that of its year of printing, or of what it was made for. An error
    is a title that takes an election which another file has by name and title, of the same
    places, and one beside sheets of its file whose titles agree with the name, where these are of
    other places or another file has the election. A file called
    as an election and no more whose titles all tell another one is worth a look.

    Parameters
    ----------
    sheets
        All sheets that are read.
    """
    titles = [title for sheet in sheets for title in _title_of(sheet)]
    agreeing = [one for one in titles if one.agrees]
    findings = []
    for file in dict.fromkeys(one.sheet.grid.file for one in titles if one.apart):
        own = [one for one in titles if one.sheet.grid.file == file]
        wrong = [one for one in own if one.apart and _taken(one, agreeing)]
        lines = {one.line.label for one in own}
        if wrong:
            findings.append(_finding(file, wrong, surely=True))
        elif len(lines) == 1 and own[0].apart and is_mere_type(PurePath(file).stem):
            findings.append(_finding(file, own, surely=False))
    return findings


def _title_of(sheet: Sheet) -> Iterator[_Title]:
    """Yield the election that lines above a table tell, where the sheet's name tells none."""
    grid, told = sheet.grid, sheet.content.told
    stem = PurePath(grid.file).stem
    named, years = find_contest(stem)[0], years_in(stem)
    year, kind, date = (_written(told.get(one)) for one in ("year", "election_type", "date"))
    days = {day.year for day in days_told(date) if isinstance(day, dt.date)}
    line = year or (date if len(days) == 1 else None) or kind
    if line is None or len(years) > 1 or named.silent or not find_contest(grid.sheet)[0].silent:
        return
    of_line = int(str(year.value)) if year is not None else days.pop() if len(days) == 1 else None
    yield _Title(sheet, line, Contest(year=of_line, election_type=_type(kind)), named)


def _written(told: Told | None) -> Told | None:
    """Return what a line of the file tells, and none other contradicts."""
    return None if told is None or told.said or told.row is None or told.others else told


def _type(told: Told | None) -> str:
    return "" if told is None else str(told.value)


def _may_agree(one: Contest, other: Contest) -> bool:
    """Whether two texts may be of one election: what both tell is no contradiction."""
    years = one.year is None or other.year is None or one.year == other.year
    kinds = (one.election_type, other.election_type)
    return years and (not all(kinds) or may_be_one(*kinds))


def _taken(title: _Title, agreeing: Sequence[_Title]) -> bool:
    """Whether other titles show that one is wrong: see `complain_of_files`."""
    file = title.sheet.grid.file
    others = [one for one in agreeing if one.sheet.grid.file != file]
    beside = [one for one in agreeing if one.sheet.grid.file == file]
    same = [one.places for one in others if _may_agree(one.told, title.told)]
    scales = [one.places for one in beside if one.places.keys() == title.places.keys()]
    elsewhere = bool(scales) and title.places not in scales
    return title.places in same or elsewhere or (bool(beside) and any(map(title.fits, same)))


def _finding(file: str, wrong: Sequence[_Title], *, surely: bool) -> Finding:
    """Return what is told of the titles of a file."""
    lines: dict[str, list[str]] = {}
    for one in wrong:
        lines.setdefault(one.line.label, []).append(one.sheet.grid.sheet)
    names = {line: ", ".join(filter(None, sheets)) for line, sheets in lines.items()}
    titles = [f"'{line}'" + f" ({told})" * bool(told) for line, told in names.items()]
    values = {"file": PurePath(file).stem, "titles": titles}
    if surely:
        return Finding("title_of_other_file", "error", _OTHER, _MEND, Spot(file), values)
    return Finding("title_beside_file", "warning", _OTHER, _LOOK, Spot(file), values)


_OTHER = Text(
    en="the file is called '{file}', but a title in it speaks of another election: {titles:lines}.",
    id="berkas ini bernama '{file}', tetapi judul di dalamnya menyebut pemilihan lain: "
    "{titles:lines}.",
)
_MEND = Text(
    en="Correct the title or the name of the file, whichever is wrong; delete no rows.",
    id="Perbaiki judul atau nama berkasnya, mana yang keliru; jangan menghapus barisnya.",
)
_LOOK = Text(
    en="The title counts; if it is wrong, correct it.",
    id="Judulnya yang dipakai; bila keliru, perbaiki.",
)
