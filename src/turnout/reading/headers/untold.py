"""Days and types of elections that a file does not tell: said by the user, or asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from turnout.elections import Election, group_of_type, national_days
from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.polling_days import NATIONAL_DAYS
from turnout.reading.files.cells import as_text, as_texts
from turnout.reading.headers.contests import Contest, find_contest, renamed, said_instead, years_in
from turnout.reading.headers.match import Header
from turnout.reading.hints import Hints
from turnout.surroundings import A_DAY, A_TYPE, Setting, Settings

_COMPACT_DAY = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class Untold:
    """An election whose day or type is not told, under the label that a user can name it by.

    Of a table `abroad`, without an Indonesian word in its headers, Indonesia's days are not meant.
    `named_by` is "sheet" or "file" where its year or type was read from that name.
    """

    label: str
    year: int | None = None
    election_type: str = ""
    day: dt.date | None = None
    abroad: bool = False
    named_by: str = ""

    @property
    def days(self) -> list[str]:
        """The days to offer: the one in a name, else the national ones of the year and type."""
        if self.day is not None:
            return [self.day.isoformat()]
        if self.abroad:
            return []
        return [one.isoformat() for one in national_days(self.year, self.election_type)]

    @property
    def kind(self) -> str | Text:
        """The type to offer: that of the year's only national election, else a blank to fill in."""
        if self.abroad:
            return A_TYPE
        kinds = {one.election_type for one in NATIONAL_DAYS if one.date.year == self.year}
        return kinds.pop() if len(kinds) == 1 else A_TYPE


def complete(headers: Sequence[Header], hints: Hints) -> tuple[Header, ...]:
    """Return headers whose elections have the day and the type that the user says of them."""
    return tuple(
        header if header.contest.silent else replace(header, contest=_complete(header, hints))
        for header in headers
    )


def _complete(header: Header, hints: Hints) -> Contest:
    contest = header.contest
    labels = [header.written, str(contest.year or ""), contest.election_type]
    kind = said_instead(contest.election_type, hints.kind(labels)) or hints.types.get("", "")
    day = contest.date or hints.day([*labels, kind]) or _day_at_hand(contest, kind, hints)
    return Contest(day, day.year if day else contest.year, kind)


def _day_at_hand(contest: Contest, kind: str, hints: Hints) -> dt.date | None:
    """Return the day of the election at hand for columns that name a kin of it and no year."""
    coming = hints.coming
    kin = coming is not None and kind and group_of_type(kind) == coming.type_group
    return coming.date if coming is not None and kin and contest.year is None else None


def said_of_table(
    names: frozenset[str], labels: Sequence[str], hints: Hints, *, several: bool
) -> dict[str, Any]:
    """Return what a user says of all rows of a table that does not say it itself.

    Parameters
    ----------
    names
        The columns that the table holds or tells.
    labels
        Names of its file and its sheet, and what its title says.
    hints
        What the user says.
    several
        Whether the table speaks of several elections, so that one day cannot be that of all, and
        a type said without a label is that of the rows which no label reaches (`said_of_rows`).
    """
    said: dict[str, Any] = {}
    of_rows = several and any(hints.types)
    kind = hints.kind(labels) or ("" if of_rows else hints.types.get(""))
    if kind and "election_type" not in names:
        said["election_type"] = kind
    day = hints.day([*labels, kind or ""]) or (None if several else hints.dates.get(""))
    if day and "date" not in names:
        said["date"] = day
    return said


def said_of_rows(cells: pd.DataFrame, told: Mapping[str, str], hints: Hints) -> pd.DataFrame:
    """Return the cells with days and types that the user says under the labels of the rows.

    A type that is said without a label is that of the rows which no label reaches.

    Parameters
    ----------
    cells
        Columns by their canonical names.
    told
        What holds for all rows.
    hints
        What the user says.
    """
    if not hints.dates and not hints.types and hints.coming is None:
        return cells
    cells = cells.copy()
    if "election_type" in cells and hints.types:
        kinds = as_texts(cells["election_type"])
        meant = {kind: renamed(kind, hints.kind([kind])) for kind in kinds.unique()}
        cells["election_type"] = kinds.map(meant)
    labels = labels_of_rows(cells, told)
    if labels is None:
        return cells
    rows = {row: list(row) for row in labels.itertuples(index=False, name=None)}
    keys = list(labels.itertuples(index=False, name=None))
    bare = hints.types.get("")
    for name, say, other in (("election_type", hints.kind, bare), ("date", hints.day, None)):
        said = {row: say(texts) or other for row, texts in rows.items()}
        if name not in cells and name not in told and any(said.values()):
            cells[name] = pd.Series([said[key] for key in keys], index=cells.index, dtype="object")
    return cells


def untold_rows(cells: pd.DataFrame, told: Mapping[str, str]) -> list[Untold]:
    """Return the elections of rows without a day, by the years that the rows name."""
    labels = labels_of_rows(cells, told)
    if labels is None or "date" in told:
        return []
    if "date" in cells:
        labels = labels[cells["date"].isna()]
    found = {}
    for row in labels.drop_duplicates().itertuples(index=False, name=None):
        text = " ".join(row)
        year = _year_of(text)
        if year is not None:
            contest, _ = find_contest(text)
            kinds = labels[labels.eq(list(row)).all(axis=1)]
            kind = contest.election_type or _kind_in(kinds)
            found[row] = Untold(row[0] or str(year), year, kind)
    return list(found.values())


def unsaid_rows(cells: pd.DataFrame, told: Mapping[str, str], name: str) -> list[Untold]:
    """Return the elections of which the user says nothing, where they say the others' day or type.

    Parameters
    ----------
    cells, told
        Rows of the table, and what holds for all of them.
    name
        ``date`` or ``election_type``: the column that holds what the user says.
    """
    labels = labels_of_rows(cells, told)
    if labels is None:
        return []
    kinds = labels.pop("election_type") if "election_type" in labels else ""
    unsaid = labels.assign(kind=kinds)[cells[name].isna()].drop_duplicates()
    rows = unsaid.itertuples(index=False, name=None)
    named = ((next(filter(None, texts), ""), " ".join(texts), kind) for *texts, kind in rows)
    return [Untold(label, _year_of(text), kind.casefold()) for label, text, kind in named if label]


def _kind_in(labels: pd.DataFrame) -> str:
    if "election_type" not in labels:
        return ""
    kinds = labels["election_type"].unique()
    return str(kinds[0]).casefold() if len(kinds) == 1 else ""


def labels_of_rows(cells: pd.DataFrame, told: Mapping[str, str]) -> pd.DataFrame | None:
    """Return the texts by which a user can name the election of each row, the year first.

    Where neither a year nor a label stands in a column of its own, the year of a title does, or of
    the day.
    """
    labels = {name: as_texts(cells[name]) for name in ("year", "election") if name in cells}
    if not labels and "year" in told:
        labels["year"] = pd.Series([told["year"]] * len(cells), index=cells.index, dtype="object")
    if not labels and "date" in cells:
        days = as_texts(cells["date"])
        years = {day: _year_of(day) for day in days.unique()}
        labels["year"] = days.map({day: str(year or "") for day, year in years.items()})
    if not labels:
        return None
    if "election_type" in cells:
        labels["election_type"] = as_texts(cells["election_type"])
    elif "election_type" in told:
        kind = as_text(told["election_type"])
        labels["election_type"] = pd.Series([kind] * len(cells), index=cells.index)
    return pd.DataFrame(labels, index=cells.index)


def untold_table(sheet: str, file: str, election_type: str) -> Untold | None:
    """Return the election that the name of a sheet or a file speaks of; None where none does."""
    for label, by in ((sheet, "sheet"), (file, "file")):
        if found := _COMPACT_DAY.search(label):
            day = dt.date(*map(int, found.groups()))
            return Untold(label, day.year, election_type, day, named_by=by)
        year = _year_of(label)
        if year is not None:
            kind = election_type or find_contest(label)[0].election_type
            return Untold(str(year) if by == "sheet" else label, year, kind, named_by=by)
    return None


def _year_of(text: str) -> int | None:
    return next(iter(years_in(text)), None)


def ask_for_days(
    untold: Sequence[Untold], role: str, spot: Spot, coming: Election | None = None
) -> list[Finding]:
    """Return one finding that asks for polling days and offers those that are known.

    Where an election is at hand, another year or type is not asked about: the file is of another
    election.
    """
    refused = [] if coming is None else _of_others(untold, coming, spot)
    if refused or not untold:
        return refused
    untold = _apart(untold)
    offered = {one: one.days for one in untold}
    others = [f"{one.label}: {', '.join(days[1:])}" for one, days in offered.items() if days[1:]]
    values = {
        "labels": ", ".join(one.label for one in untold),
        "settings": Settings(_days(untold, role)),
        "others": "; ".join(others),
    }
    remedy = _SAY_OTHERS if others else _SAY_OFFERED if any(offered.values()) else _SAY_ALL
    message = _NO_DAYS if all(one.year for one in untold) else _NO_DAY_SAID
    if all(one.day for one in untold):
        remedy, message = _SAY_NAMED, _NO_DAY_SAID
    return [Finding("untold_days", "error", message, remedy, spot, values)]


def _of_others(untold: Sequence[Untold], coming: Election, spot: Spot) -> list[Finding]:
    """Return an error where elections are of another year than the one at hand, or no kin of it."""
    years = [str(one.year) for one in untold if one.year not in (None, coming.date.year)]
    kinds = [one.election_type for one in untold if one.election_type]
    kinds = [kind for kind in kinds if not coming.is_kind(kind)]
    if not years and not kinds:
        return []
    told = {"told": list(dict.fromkeys(years or kinds))}
    values = {**told, "kind": coming.election_type, "day": coming.date}
    by = {one.named_by for one in untold}
    if len(by) == 1 and (names := _OF_NAMES.get(by.pop())):
        message = names[0] if years else names[1]
        return [Finding("untold_days", "error", message, _RIGHT_NAME, spot, values)]
    message = _OTHER_YEAR if years else _OTHER_TYPE
    return [Finding("untold_days", "error", message, _RIGHT_FILE, spot, values)]


def ask_for_types(untold: Sequence[Untold], role: str, spot: Spot) -> list[Finding]:
    """Return one finding that asks for the types of elections that rows name."""
    if not untold:
        return []
    kinds = tuple(Setting("types", one.label, one.kind, role) for one in untold)
    values = {"labels": ", ".join(one.label for one in untold), "settings": Settings(kinds)}
    return [Finding("untold_election", "error", _NO_TYPES, _SAY_ALL, spot, values)]


def _apart(untold: Sequence[Untold]) -> list[Untold]:
    """Return the elections under labels that tell them apart: two of a year by their types."""
    times = Counter(one.label for one in untold)
    return [
        replace(one, label=f"{one.label} {one.election_type}".strip())
        if times[one.label] > 1
        else one
        for one in untold
    ]


def ask_for_elections(
    dayless: Sequence[Untold], typeless: Sequence[Untold], role: str, spot: Spot
) -> list[Finding]:
    """Return one finding that asks for days and types of the elections that headers name."""
    if not dayless and not typeless:
        return []
    kinds = tuple(Setting("types", one.label, one.kind, role) for one in typeless)
    values = {
        "labels": ", ".join(dict.fromkeys(one.label for one in (*dayless, *typeless))),
        "settings": Settings((*_days(dayless, role), *kinds)),
    }
    return [Finding("untold_election", "error", _UNTOLD, _SAY_ELECTIONS, spot, values)]


def _days(untold: Sequence[Untold], role: str) -> tuple[Setting, ...]:
    offered = ((one.label, one.days[0] if one.days else A_DAY) for one in untold)
    return tuple(Setting("dates", label, day, role) for label, day in offered)


_OTHER_YEAR = Text(
    en="the file tells the year {told:list}, not that of the {kind} of {day:day}.",
    id="berkas menyebut tahun {told:list}, bukan tahun {kind} {day:day}.",
)
_OTHER_TYPE = Text(
    en="the file tells the type {told:list}; it is not of the {kind} of {day:day}.",
    id="berkas menyebut jenis {told:list}, bukan {kind} {day:day}.",
)
_OF_NAMES = {
    "file": (
        Text(
            en="the name of the file tells the year {told:list}, not that of the {kind} of "
            "{day:day}.",
            id="nama berkasnya menyebut tahun {told:list}, bukan tahun {kind} {day:day}.",
        ),
        Text(
            en="the name of the file tells the type {told:list}; it is not of the {kind} of "
            "{day:day}.",
            id="nama berkasnya menyebut jenis {told:list}, bukan {kind} {day:day}.",
        ),
    ),
    "sheet": (
        Text(
            en="the name of the sheet tells the year {told:list}, not that of the {kind} of "
            "{day:day}.",
            id="nama lembarnya menyebut tahun {told:list}, bukan tahun {kind} {day:day}.",
        ),
        Text(
            en="the name of the sheet tells the type {told:list}; it is not of the {kind} of "
            "{day:day}.",
            id="nama lembarnya menyebut jenis {told:list}, bukan {kind} {day:day}.",
        ),
    ),
}
_RIGHT_NAME = Text(
    en="Give the file of that election; if it is this one, change the name.",
    id="Berikan berkas pemilihan itu; bila memang ini berkasnya, ubah namanya.",
)
_RIGHT_FILE = Text(
    en="Give the file of that election, correct the title or the column that tells the year and "
    "the type, or the coming election's day and type.",
    id="Berikan berkas pemilihan itu, perbaiki judul atau kolom yang menyebut tahun dan jenisnya, "
    "atau tanggal dan jenis pemilihan mendatangnya.",
)
_NO_DAYS = Text(
    en="the polling days of {labels} are not told, only the years.",
    id="hari pemungutan suara {labels} tidak disebutkan, hanya tahunnya.",
)
_NO_DAY_SAID = Text(
    en="the polling days of {labels} are not told.",
    id="hari pemungutan suara {labels} tidak disebutkan.",
)
_NO_TYPES = Text(
    en="the type of election of {labels} is not told.",
    id="jenis pemilihan {labels} tidak disebutkan.",
)
_SAY_ALL = Text(en="Say them: {settings}.", id="Sebutkan: {settings}.")
_SAY_OFFERED = Text(
    en="Say them; Indonesia's national polling days of these years are: {settings}.",
    id="Sebutkan; hari pemungutan suara nasional Indonesia pada tahun itu: {settings}.",
)
_SAY_NAMED = Text(
    en="If they are the days in the names, say so: {settings}.",
    id="Bila harinya seperti pada nama, sebutkan: {settings}.",
)
_SAY_OTHERS = Text(
    en="Say them; Indonesia's national polling days of these years are: {settings} (or {others}).",
    id="Sebutkan; hari pemungutan suara nasional Indonesia pada tahun itu: {settings} (atau "
    "{others}).",
)
_UNTOLD = Text(
    en="columns of several elections, and the day or the type of {labels} is not told.",
    id="kolom untuk beberapa pemilihan, tetapi tanggal atau jenis {labels} tidak disebutkan.",
)
_SAY_ELECTIONS = Text(
    en="Say them: {settings}; the day may also stand in the headers, as in 'Registered 4 July "
    "2024'.",
    id="Sebutkan: {settings}; atau tulis keduanya di judul kolom, misalnya 'DPT pilpres 17 April "
    "2019'.",
)
