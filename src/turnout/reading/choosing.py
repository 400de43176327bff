"""Which sheets of a file hold the table that is looked for, and what the user says of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from turnout.dates import parse_days
from turnout.errors import Finding, Spot
from turnout.identity.names import bare_name
from turnout.identity.reports import UNTIL
from turnout.language import Text
from turnout.reading.files.cells import as_texts
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.complaints import (
    asked_about,
    complain_of_days,
    complain_of_headers,
    doubt_date_in_title,
    held_or_asked,
    with_thousands_named,
)
from turnout.reading.headers.contests import find_contest, said_instead, yearless
from turnout.reading.headers.match import Header
from turnout.reading.headers.missing import columns_named, complain_of_missing, own_columns
from turnout.reading.headers.plain import is_indonesian, words
from turnout.reading.headers.told_by_user import settings_of
from turnout.reading.headers.two_elections import complain_of_title
from turnout.reading.headers.untold import (
    Untold,
    ask_for_types,
    complete,
    said_of_table,
    untold_table,
)
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.headers.wrong_role import rows_of_persons
from turnout.reading.hints import Hints
from turnout.reading.layouts.alike import places_in, tells_figures
from turnout.reading.layouts.apart import tables_apart
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.blocks import to_blocks
from turnout.reading.layouts.preamble import days_told
from turnout.reading.layouts.recap import find_recap
from turnout.reading.layouts.table import Table, Told
from turnout.reading.layouts.tables import find_table
from turnout.reading.said import (
    told_texts,
    unsaid_in,
    untold_in,
    with_rows_said,
    with_year_beside,
    without_years,
)
from turnout.schema import SCALES
from turnout.surroundings import Setting

_OF_TITLE = ("year", "election_type")
_OF_CONTEST = ("date", "election_type", "election", "year")


@dataclass(frozen=True, eq=False)
class Sheet:
    """What was found in one sheet: a table with a header, or a recapitulation."""

    grid: Grid
    content: Table | Block

    @property
    def place(self) -> tuple[str, str]:
        """Names of the file and the sheet."""
        return self.grid.file, self.grid.sheet

    @property
    def in_titles(self) -> frozenset[str]:
        """What a title tells that is no column of the table: the year."""
        return frozenset({"year"} & set(self.content.told))

    @property
    def headers(self) -> list[Header]:
        """The headers of the table, without those of personal data."""
        if isinstance(self.content, Block):
            told = self.content.headers.items()
            return [Header(written, "column", (name,)) for name, written in told]
        return [header for header in self.content.headers if header.meaning != "personal"]

    def satisfied(self, vocabulary: Vocabulary) -> int:
        """Count the needed columns that are there, or that others stand for."""
        return len(vocabulary.needed) - len(vocabulary.missing(held_or_asked(self.content)))

    def open_contest(self, vocabulary: Vocabulary) -> set[str]:
        """Return which of day and type is all that the sheet lacks; nothing if more is missing."""
        missing = {group[0] for group in vocabulary.missing(held_or_asked(self.content))}
        return missing if missing <= {"date", "election_type"} else set()

    def named_by(self, hints: Hints) -> bool:
        """Whether the user names the sheet, or some words of its name."""
        known = set(words(self.grid.sheet).split())
        keys = [set(words(key).split()) for key in (*hints.dates, *hints.types, *hints.sheets)]
        return any(key and key <= known for key in keys)

    @property
    def label(self) -> str:
        """Name by which a user can speak of the sheet's election: its own, else that of its file.

        Sheets of places are called alike in the files of all elections.
        """
        name, stem, told = self.grid.sheet, PurePath(self.grid.file).stem, self.content.told
        places = {bare_name(str(told[one].value)) for one in SCALES if one in told}
        of_a_place = bare_name(name) in places and not find_contest(stem)[0].silent
        return stem if of_a_place or not name else name

    def labels(self) -> set[str]:
        """Return the words by which a user can name the sheet, its file and its elections."""
        texts = [self.grid.sheet, PurePath(self.grid.file).name]
        texts += [str(told.value) for told in self.content.told.values()]
        if isinstance(self.content, Table):
            for position, header in enumerate(self.content.headers):
                contest = header.contest
                texts += [header.written, str(contest.year or ""), contest.election_type]
                if header.names[:1] in _LABELLED and position < self.content.cells.shape[1]:
                    column = self.content.cells.iloc[:, position]
                    texts += list(as_texts(column).unique())
                    if header.names[0] == "date":
                        texts += [str(day) for day in parse_days(column).values.dropna().unique()]
        return set(words(" ".join(texts)).split())

    def blocks(
        self, vocabulary: Vocabulary, hints: Hints, *, alone: bool
    ) -> tuple[list[Block], list[Finding], list[Untold]]:
        """Return the blocks of the sheet and what is wrong with its headers.

        Parameters
        ----------
        vocabulary
            The columns to look for.
        hints
            What the user says.
        alone
            Whether no other sheet is read, so that the user need not name this one.
        """
        spot = Spot(self.grid.file, self.grid.sheet)
        findings = doubt_date_in_title(self.content.told, spot)
        if isinstance(self.content, Block):
            findings += self.content.findings
            blocks = [self.content]
            held = set(self.content.names)
        else:
            blocks, untold = to_blocks(with_thousands_named(self.content, vocabulary), vocabulary)
            findings += [*complain_of_headers(self.content, vocabulary), *untold]
            findings += rows_of_persons(self.content.headers, self.content.cells, spot)
            held = set(blocks[0].names) | asked_about(self.content)
            if any(one.rule == "untold_election" for one in untold):
                held |= {"date", "election_type"}
        asked: list[Untold] = []
        label = "" if alone else self.label
        if "date" in vocabulary.names:
            blocks = [with_rows_said(block, hints) for block in blocks]
        ways = self._ways_to_say(blocks[0], label, vocabulary)
        if "date" in vocabulary.names:
            findings += complain_of_title(self.content.told, hints.dates, vocabulary.role, spot)
            asked, typeless = unsaid_in(blocks, "date"), unsaid_in(blocks, "election_type")
            findings += ask_for_types(typeless, vocabulary.role, spot)
            blocks = [with_year_beside(without_years(block)) for block in blocks]
            held |= {name for block in blocks for name in block.names}
            asked += [] if "date" in held else self._untold_days(blocks)
            asked += [] if asked or "date" not in blocks[0].cells else untold_in(blocks[0])
            held |= {"date"} if asked else set()
        findings += complain_of_days(blocks[0].told, label, vocabulary.role, spot)
        findings += complain_of_missing(
            held, self.headers, own_columns(self.content), vocabulary, spot, ways
        )
        return blocks, findings, self._placed(asked)

    def _placed(self, untold: Sequence[Untold]) -> list[Untold]:
        """Return elections as Indonesia's where a header or title is, and in a recapitulation."""
        texts = [one.written for one in self.headers]
        texts += [one.label for one in self.content.told.values()]
        abroad = isinstance(self.content, Table) and not any(map(is_indonesian, texts))
        return [replace(one, abroad=abroad) for one in untold]

    def _ways_to_say(
        self, block: Block, label: str, vocabulary: Vocabulary
    ) -> dict[str, tuple[Setting, ...]]:
        """Return what to type for the day and the type, where they are needed."""
        told = told_texts(block)
        ways = {
            name: settings_of(name, block.cells, told, block.headers, label, vocabulary.role)
            for name in ("date", "election_type")
            if (name,) in vocabulary.needed and name not in block.names
        }
        kinds = self._kinds_named(block)
        if kinds and [one.name for one in ways.get("election_type", ())] == ["types"]:
            [setting] = ways["election_type"]
            ways["election_type"] = (replace(setting, value=kinds[0]),)
        return ways

    def _kinds_named(self, block: Block) -> list[str]:
        """Return the types that the names of the sheet and the file, and the titles, speak of."""
        titles = (one.label for name, one in block.told.items() if name not in SCALES)
        texts = (self.grid.sheet, *titles, self.label)
        kinds = (find_contest(text)[0].election_type for text in texts)
        return [kind for kind in kinds if kind]

    def _untold_days(self, blocks: Sequence[Block]) -> list[Untold]:
        """Return the elections whose days are missing, where something names them."""
        rows = [one for block in blocks for one in untold_in(block)]
        if rows:
            return list(dict.fromkeys(rows))
        typed = blocks[0].told.get("election_type")
        kind = str(typed.value) if typed else ""
        headers = [] if isinstance(self.content, Block) else self.content.headers
        years = {h.contest.year: h.contest for h in headers if h.contest.year}
        named = [Untold(str(y), y, one.election_type or kind) for y, one in years.items() if y]
        table = untold_table(self.grid.sheet, PurePath(self.grid.file).stem, kind)
        return named or ([table] if table else [])


def find_sheets(grid: Grid, vocabulary: Vocabulary, hints: Hints) -> list[Sheet]:
    """Return what each table of a grid holds, see `tables_apart`."""
    recap = find_recap(grid, vocabulary)
    if recap is not None:
        return [_told_by_user(grid, recap, vocabulary, hints)]
    parts = tables_apart(grid, vocabulary, hints.columns)
    found = [(part, find_table(part, vocabulary, hints.columns)) for part in parts]
    sheets = [
        _told_by_user(part, table, vocabulary, hints) for part, table in found if table is not None
    ]
    return _with_shared_titles(sheets) if len(sheets) > 1 else sheets


def find_sheet(grid: Grid, vocabulary: Vocabulary, hints: Hints) -> Sheet | None:
    """Return what a grid holds, with what the user says of all of it; None where it is empty."""
    content = find_recap(grid, vocabulary) or find_table(grid, vocabulary, hints.columns)
    return None if content is None else _told_by_user(grid, content, vocabulary, hints)


def _with_shared_titles(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the tables of one grid, each with what the title of the first tells of all.

    What it tells of places, or of the contest, holds for the others where none of them has lines
    of its own that tell such.
    """
    told_later = {name for sheet in sheets[1:] for name in sheet.content.told}
    shared = {
        name: told
        for kind in (SCALES, _OF_CONTEST, (UNTIL,))
        if told_later.isdisjoint(kind)
        for name, told in sheets[0].content.told.items()
        if name in kind
    }
    return [
        replace(sheet, content=replace(sheet.content, told={**shared, **sheet.content.told}))
        for sheet in sheets
    ]


def _told_by_user(
    grid: Grid, content: Table | Block, vocabulary: Vocabulary, hints: Hints
) -> Sheet:
    """Return what was found in a grid with what the user says of all of it."""
    if "date" not in vocabulary.names:
        return Sheet(grid, content)
    in_columns = content.names - set(content.told)
    several = not in_columns.isdisjoint(("year", "election", "date"))
    if isinstance(content, Table):
        content = replace(content, headers=complete(content.headers, hints))
        contests = {h.contest for h in content.headers if not h.contest.silent}
        several = several or len(contests) > 1
    titles = [str(content.told[name].value) for name in _OF_TITLE if name in content.told]
    file = PurePath(grid.file).name  # the year of a title goes before the years of the file's name
    labels = [grid.sheet, yearless(file) if "year" in content.told else file, *titles]
    told_days = days_told(content.told.get("date"))
    names = content.names - {"date"} if len(told_days) > 1 else content.names
    said = said_of_table(names, labels, hints, several=several)
    if (title := content.told.get("election_type")) is not None:
        kind = said_instead(str(title.value), hints.kind(labels) or hints.types.get(""))
        said |= {} if kind == str(title.value) else {"election_type": kind}
    told = {
        name: Told(value, str(value), said=True)
        for name, value in said.items()
        if name != "date" or not told_days or value in told_days
    }
    return Sheet(grid, replace(content, told={**content.told, **told}))


def choose(
    sheets: Sequence[Sheet], vocabulary: Vocabulary, hints: Hints
) -> tuple[list[Sheet], list[Finding]]:
    """Return the sheets of each file that look most like the table; unlike ones are asked about.

    Sheets that differ in their place columns belong together where these nest or are of different
    levels: the sheet of districts tells the totals of the sheet of areas. What need not be there
    may stand in one alone. A sheet that tells one of its day and type is an election's: it is
    read, and asked about the other. One that tells neither is where the user names it, where
    another table on it tells them, or where no other sheet does.
    """
    chosen: list[Sheet] = []
    findings: list[Finding] = []
    for file in dict.fromkeys(sheet.grid.file for sheet in sheets):
        own = [sheet for sheet in sheets if sheet.grid.file == file]
        best, told = _choose_in_file(own, vocabulary, hints)
        chosen += best
        findings += told
    return chosen, findings


def _choose_in_file(
    sheets: Sequence[Sheet], vocabulary: Vocabulary, hints: Hints
) -> tuple[list[Sheet], list[Finding]]:
    most = max(sheet.satisfied(vocabulary) for sheet in sheets)
    fullest = [sheet for sheet in sheets if sheet.satisfied(vocabulary) == most]
    none_tells = bool(fullest[0].open_contest(vocabulary))
    told = {sheet.grid.sheet for sheet in fullest}
    best = [
        sheet
        for sheet in sheets
        if sheet.satisfied(vocabulary) == most
        or len(sheet.open_contest(vocabulary)) == 1
        or (
            sheet.open_contest(vocabulary)
            and (none_tells or sheet.named_by(hints) or sheet.grid.sheet in told)
        )
    ]
    first = best[0]
    alike = [sheet for sheet in best if _same_table(sheet, first, vocabulary)]
    findings = []
    if len(alike) < len(best):
        names = list(dict.fromkeys(sheet.grid.sheet for sheet in best))
        setting = Setting("sheet", "", first.grid.sheet, vocabulary.role)
        values = {"names": names, "setting": setting}
        spot = Spot(file=first.grid.file)
        findings.append(Finding("several_tables", "error", _SEVERAL, _PICK, spot, values))
    counts = {"registered", "voters"}
    others = [one for one in sheets if one not in best]
    places = {name for sheet in alike if others for name in places_in(sheet.content)}
    for sheet in others:
        named = places_in(sheet.content)
        if sheet.content.names & counts or named - places or tells_figures(sheet.grid, places):
            spot = Spot(sheet.grid.file, sheet.grid.sheet)
            lacking = vocabulary.missing(sheet.content.names)
            left = {
                "columns": columns_named(lacking, vocabulary),
                "names": ", ".join(dict.fromkeys(s.grid.sheet for s in best)),
                "places": tuple(sorted(named)),
            }
            findings.append(Finding("sheet_left_out", "warning", _LEFT_OUT, _MOVE, spot, left))
    return alike, findings


def _same_table(sheet: Sheet, other: Sheet, vocabulary: Vocabulary) -> bool:
    """Whether two sheets have the same columns: those needed, and places that nest or are levels.

    Columns of day, type and label are needed too, where one has them; the year of a title stands
    in place of the day.
    """
    ours, theirs = (held_or_asked(one.content) - one.in_titles for one in (sheet, other))
    places = {*SCALES, "area_id"}
    own, others = ours & places, theirs & places
    nest = own <= others or others <= own or _finest(own) != _finest(others)
    contest = {"date", "year", "election", "election_type", "type_group", "kind"}
    figures = {group[0] for group in vocabulary.needed if len(group) == 1} - contest
    same = {name for name in figures if vocabulary.has(name, ours)} == {
        name for name in figures if vocabulary.has(name, theirs)
    }
    open_ones = sheet.open_contest(vocabulary) | other.open_contest(vocabulary)
    compared = contest - open_ones - ({"year"} if "date" in open_ones else set())
    if ("date",) not in vocabulary.needed:  # its rows are of one election, whatever titles tell
        compared -= {*sheet.content.told, *other.content.told}
    return same and ours & compared == theirs & compared and nest


_LABELLED = (("year",), ("election",), ("election_type",), ("date",))
"""Columns whose words name elections."""


def _finest(places: Collection[str]) -> str | None:
    """Return the finest scale among columns of places."""
    return next((scale for scale in SCALES if scale in places), None)


_SEVERAL = Text(
    en="several sheets look like the table, with different columns: {names:list}.",
    id="beberapa lembar tampak seperti tabel yang dicari, dengan kolom berbeda: {names:list}.",
)
_PICK = Text(
    en="Say which is meant, such as {setting}.",
    id="Sebutkan yang dimaksud, misalnya {setting}.",
)
_LEFT_OUT = Text(
    en="the sheet lacks a needed column ({columns}) and is left out; {names} is read.",
    id="lembar ini tidak memuat kolom yang diperlukan ({columns}), sehingga tidak dipakai; yang "
    "dibaca {names}.",
)
_MOVE = Text(
    en="If it belongs to the table, give it the same columns.",
    id="Bila termasuk tabel, lengkapi kolomnya.",
)
