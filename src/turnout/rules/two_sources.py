"""One election, or roll, in two sheets or files that hold the same places with other figures.

An earlier state stands beside a corrected one, or the title of one of them is wrong: one cause for
all of their rows. Copies that agree, and a slip of a place or two, are told row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.escaping import label
from turnout.language import Language, Line, Text, count
from turnout.privacy.numbers import masked
from turnout.rules.draft import Draft
from turnout.surroundings import Setting, Settings

_SEVERAL = 3
"""Places that stand in two sources from which on that is no slip."""
_MOSTLY = 0.5
"""Share of the places of a source from which on it is another state of the same."""
_SHOWN = 3
_PLACES = Text(en="places", id="wilayah")
STATIONS = Text(en="stations", id="TPS")
"""What stands in several sources."""


@dataclass(frozen=True)
class _Source:
    """A sheet or a file, and what it is read as an election by; it says itself in a language."""

    name: str
    by: tuple[str, ...]

    def say(self, lang: Language = "en") -> str:
        """Return its name, and what stands there of the election."""
        name, *told = (f"'{Line(masked(one)).say(lang)}'" for one in (self.name, *self.by))
        return _BY.say(lang, name=name, by=", ".join(told)) if told else name


@dataclass(frozen=True)
class _Place:
    """A place with its figures in each source: voters and registered, or registered alone."""

    name: str
    rows: tuple[tuple[int | str | None, tuple[float, ...]], ...]

    def say(self, lang: Language = "en") -> str:
        """Return the place with its figures and where each stands."""
        each = (
            _IN_ROW.say(lang, row=str(row), figures=_OF.say(lang).join(_written(figures, lang)))
            for row, figures in self.rows
        )
        return f"{label(masked(self.name))}: {_AND.say(lang).join(each)}"


@dataclass(frozen=True)
class _Each:
    """Things that say themselves in a language, one after the other."""

    things: tuple[_Source | _Place, ...]
    between: Text

    def say(self, lang: Language = "en") -> str:
        """Return all of them."""
        return self.between.say(lang).join(one.say(lang) for one in self.things)


def _written(figures: tuple[float, ...], lang: Language) -> list[str]:
    return [count(one, lang) for one in figures if not isnan(one)]


def check_two_sources(
    draft: Draft,
    table: pd.DataFrame,
    copies: pd.DataFrame,
    to_blame: pd.Index,
    unsure: pd.Index | None = None,
    things: Text = _PLACES,
) -> tuple[list[Finding], pd.Index]:
    """Find sheets, or files, of one election that hold the same places with other figures.

    Parameters
    ----------
    draft
        The rows.
    table
        Those whose contest is known.
    copies
        Those of places that stand in several rows of a contest.
    to_blame
        The rows of `copies` that are wrong.
    unsure
        Those of `copies` whose name may be that of several places. Where most of a sheet stand in
        another, they are the same.
    things
        What these are.

    Returns
    -------
    list of Finding
        One for all contests that the same sources hold.
    pandas.Index
        The rows of `copies` of which these tell.
    """
    source = _sources(draft, copies.index)
    of_place = source.groupby([copies["contest"], copies["key"]])
    number = of_place.transform("nunique")
    apart = (of_place.transform("size") == number) & (number > 1)
    source = source[apart]
    held = source.groupby(copies["contest"][apart]).agg(frozenset)
    together = copies["contest"][apart].map(held)
    findings: list[Finding] = []
    told = copies.index[:0]
    for sources in held.unique():
        common = copies.loc[together.index[together == sources]]
        mostly = _mostly(draft, table, common)
        doubtful = unsure is not None and not mostly and common.index.isin(unsure).any()
        if doubtful or common["key"].nunique() < _SEVERAL or not _differing(common).any():
            continue
        remedy = _EACH_IN_ONE if not mostly else _READ_ONE if source.name == "sheet" else _GIVE_ONE
        wrong = to_blame.intersection(common.index)
        findings.append(_finding(draft, common, wrong, remedy, things))
        told = told.union(common.index)
    return findings, told


def _mostly(draft: Draft, table: pd.DataFrame, common: pd.DataFrame) -> bool:
    """Whether most rows that some source has of these contests stand in another, too."""
    source = _sources(draft, common.index)
    rows = table.index[table["contest"].isin(common["contest"])]
    sizes = draft.origin.loc[rows, str(source.name)].astype("str").value_counts()
    shared = source.value_counts()
    return bool((shared >= _MOSTLY * sizes[shared.index]).any())


def _sources(draft: Draft, rows: pd.Index) -> pd.Series[str]:
    """Return the file of each row, or its sheet where all are of one file."""
    origin = draft.origin.loc[rows]
    return origin["file" if origin["file"].nunique() > 1 else "sheet"].astype("str")


def _differing(common: pd.DataFrame) -> pd.Series[bool]:
    """Mark rows of places that have other figures elsewhere."""
    place = [common["contest"], common["key"]]
    kinds = [common[name].groupby(place).transform("nunique") for name in ("registered", "voters")]
    return (kinds[0] > 1) | (kinds[1] > 1)


def _finding(
    draft: Draft, common: pd.DataFrame, wrong: pd.Index, remedy: Text, things: Text
) -> Finding:
    """Return what is told of places that several sources have in common."""
    source = _sources(draft, common.index)
    names = list(source.unique())
    differing = common[_differing(common)]
    each = [group for _, group in differing.groupby(["contest", "key"], sort=False)]
    sources = (_source(draft, source.index[source == name], name) for name in names)
    first = (_place(draft, group) for group in each[:_SHOWN])
    values = {
        "sources": _Each(tuple(sources), _AND),
        "contests": common["contest"].drop_duplicates().tolist(),
        "common": common["key"].nunique(),
        "n": differing["key"].nunique(),
        "things": things,
        "first": _Each(tuple(first), _THEN),
        "settings": _reading(draft, names),
    }
    of_sheets = source.name == "sheet"
    spot = Spot(str(draft.origin.loc[common.index[0], "file"]) if of_sheets else "")
    rows = tuple(draft.spots(wrong))
    if draft.role == "roll":
        return Finding("one_roll_twice", "error", _OF_ROLL, remedy, spot, values, rows)
    remedy = Text(en=f"{remedy.en} {_CORRECT.en}", id=f"{remedy.id} {_CORRECT.id}")
    return Finding("one_election_twice", "error", _OF_ELECTION, remedy, spot, values, rows)


def _source(draft: Draft, rows: pd.Index, name: str) -> _Source:
    """Return a source with the titles, names or headers that tell its day and type."""
    if draft.role == "roll":
        return _Source(name, ())
    said = "said:date" in draft.origin and draft.origin["said:date"].eq(other=True)[rows[0]]
    columns = ["election_type"] if said else ["date", "election_type"]
    told = [draft.spots(rows[:1], column)[0].column for column in columns if column in draft.table]
    return _Source(name, tuple(dict.fromkeys(filter(None, told))))


def _place(draft: Draft, rows: pd.DataFrame) -> _Place:
    figures = zip(rows["voters"], rows["registered"], strict=True)
    spots = draft.spots(rows.index)
    told = zip((spot.row for spot in spots), figures, strict=True)
    return _Place(str(rows["place"].iloc[0]), tuple(told))


def _reading(draft: Draft, names: list[str]) -> Settings:
    """Return what to type to read all sheets but the doubled ones, of which the last is kept."""
    sheets = [str(one) for one in draft.origin["sheet"].unique() if str(one) not in names[:-1]]
    return Settings(tuple(Setting("sheet", "", one, draft.role) for one in sheets))


_BY = Text(en="{name} (by {by})", id="{name} (menurut {by})")
_IN_ROW = Text(en="{figures} (row {row})", id="{figures} (baris {row})")
_OF = Text(en=" of ", id=" dari ")
_AND = Text(en=" and ", id=" dan ")
_THEN = Text(en="; ", id="; ")
_OF_ELECTION = Text(
    en="{sources} are each read as {contests:contests}. {common:count} {things} "
    "stand in more than one of them, {n:count} with other figures, such as {first}.",
    id="{sources} masing-masing dibaca sebagai {contests:contests}. {common:count} {things} "
    "ada di lebih dari satu, {n:count} di antaranya dengan angka berbeda, misalnya {first}.",
)
_OF_ROLL = Text(
    en="{sources} are each read as the roll. {common:count} {things} stand in more than "
    "one of them, {n:count} with other figures, such as {first}.",
    id="{sources} masing-masing dibaca sebagai daftar pemilih. {common:count} {things} ada di "
    "lebih dari satu, {n:count} di antaranya dengan angka berbeda, misalnya {first}.",
)
_READ_ONE = Text(
    en="Keep the sheet that is right: delete the other, or name all sheets to be read, such as "
    "{settings}.",
    id="Pakai lembar yang benar: hapus yang lain, atau sebutkan semua lembar yang dibaca, misalnya "
    "{settings}.",
)
_GIVE_ONE = Text(
    en="Keep the file that is right: leave the other out.",
    id="Pakai berkas yang benar: jangan sertakan yang lain.",
)
_EACH_IN_ONE = Text(
    en="Each place belongs into one of them: delete its row in the other.",
    id="Setiap wilayah cukup ada di salah satunya: hapus barisnya di yang lain.",
)
_CORRECT = Text(
    en="If one is of another election, correct what it is called there.",
    id="Bila salah satunya pemilihan lain, perbaiki sebutannya di situ.",
)
