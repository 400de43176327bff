"""Titles that tell another kecamatan, or another city, than all else tells of a sheet's places.

A title is left when a sheet is copied: the places of the sheet are then other places, without a
past, or their figures those of two sheets at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.kinds import kind_of_place
from turnout.identity.match import loose_form
from turnout.identity.names import each_name, own_words
from turnout.language import Text
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.preamble import without_election
from turnout.reading.layouts.table import Told
from turnout.rules.draft import Draft
from turnout.rules.measures import contest_names, with_columns

_SCALES = ("city", "district", "area")
_FEWEST = 3
"""Places of another city from which on they tell that the title is wrong."""
_SHARE = 0.7
"""Share of the places of a city that are those of another from which on the two are one."""


@dataclass(frozen=True)
class PlaceTitle:
    """A line above a table that tells what place its rows lie in."""

    file: str
    sheet: str
    scale: str
    told: Told

    @property
    def name(self) -> str:
        """The name of the place as names are compared."""
        return loose_form(str(self.told.value), self.scale)

    @property
    def line(self) -> str:
        """The line as it is written."""
        value, label = str(self.told.value), self.told.label
        alone = self.told.in_title or loose_form(label, self.scale) == self.name
        return label if alone else f"{label}: {value}"

    @property
    def spot(self) -> Spot:
        """Where the line stands."""
        row = self.told.row
        return Spot(self.file, self.sheet, row if isinstance(row, str) else row and int(row))


def place_titles(blocks: Sequence[Block]) -> list[PlaceTitle]:
    """Return the lines that tell the city or the kecamatan of a sheet, one of each at most."""
    found: dict[tuple[str, str, str], dict[str, PlaceTitle]] = {}
    for block in (one for one in blocks if len(one.origin)):
        file, sheet = (str(block.origin[name].iloc[0]) for name in ("file", "sheet"))
        for scale in ("city", "district"):
            told = block.told.get(scale)
            if told is not None and scale not in block.cells:
                title = PlaceTitle(file, sheet, scale, told)
                found.setdefault((file, sheet, scale), {})[title.name] = title
    single = [next(iter(one.values())) for one in found.values() if len(one) == 1]
    return [one for one in single if one.told.row is not None]


def complain_of_places(
    draft: Draft, titles: Sequence[PlaceTitle], known: Sequence[pd.DataFrame | None] = ()
) -> list[Finding]:
    """Return an error per sheet whose title tells another place than all else that is known.

    Parameters
    ----------
    draft
        The rows of all sheets.
    titles
        What `place_titles` found.
    known
        Tables that were read before, with the names of places.
    """
    if not titles or not len(draft.table):
        return []
    places = _Places.of(draft, known)
    of_districts = [one for one in titles if one.scale == "district"]
    of_cities = [one for one in titles if one.scale == "city"]
    wrong = list(_of_other_district(of_districts, places)) or list(
        _of_other_city(of_cities, places)
    )
    return wrong or list(_of_a_recap(of_cities, places))


@dataclass(frozen=True)
class _Places:
    """Every place that is told, once per contest and sheet.

    Parameters
    ----------
    rows
        ``file``, ``sheet`` (blank for tables that were read before), ``contest``, and the names of
        the place as they are compared; also as they are written.
    """

    rows: pd.DataFrame

    @classmethod
    def of(cls, draft: Draft, known: Sequence[pd.DataFrame | None]) -> _Places:
        """Return the places of a draft, and those of other tables."""
        tables = [draft.table.assign(file=draft.origin["file"], sheet=draft.origin["sheet"])]
        tables += [one.assign(file="", sheet="") for one in known if one is not None]
        parts = []
        for number, table in enumerate(tables):
            whole = with_columns(table, (*_SCALES, "election", "date", "election_type"))
            part = whole[["file", "sheet"]].assign(
                contest=f"{number} " * bool(number) + contest_names(whole),
                **{scale: each_name(whole[scale], _FORMS[scale]) for scale in _SCALES},
                city_written=whole["city"],
                district_written=whole["district"],
                area_written=whole["area"],
            )
            parts.append(part.drop_duplicates(["file", "sheet", "contest", *_SCALES]))
        return cls(pd.concat(parts, ignore_index=True))

    def of_sheets(self, titles: Sequence[PlaceTitle]) -> pd.Series[bool]:
        """Mark the places of the sheets that some titles stand on."""
        sheets = pd.MultiIndex.from_tuples([(one.file, one.sheet) for one in titles])
        index = pd.MultiIndex.from_frame(self.rows[["file", "sheet"]])
        return pd.Series(index.isin(sheets), index=self.rows.index)


_FORMS = {scale: partial(loose_form, scale=scale) for scale in _SCALES}


def _of_other_district(titles: Sequence[PlaceTitle], places: _Places) -> Iterator[Finding]:
    """Yield an error per sheet that is named after another kecamatan than its title tells."""
    named = {one: loose_form(without_election(one.sheet), "district") for one in titles}
    doubted = [one for one in titles if named[one] and named[one] != one.name]
    if not doubted:
        return
    others = places.rows[~places.of_sheets(doubted)]
    areas_in = others.groupby("district")["area"].agg(set).to_dict()
    by_name = {(one.file, one.name) for one in titles if named[one] == one.name}
    for title in doubted:
        name = named[title]
        claimed = (title.file, title.name) in by_name
        if not (name in areas_in or claimed or _surely_district(title.sheet)):
            continue
        own = places.rows[places.of_sheets([title])]
        areas = set(own["area"]) - {""}
        if len(areas) == 1 or name in set(own["city"]):
            continue  # named after its one kelurahan, or its city
        tells = name in areas_in or (claimed and name in areas) or _surely_district(title.sheet)
        spelled = title.name not in areas_in and _share_a_word(title.sheet, str(title.told.value))
        in_title, in_name = (len(areas & areas_in.get(one, set())) for one in (title.name, name))
        if tells and not spelled and in_title <= in_name:
            values = {"title": title.line, "sheet": title.sheet}
            yield Finding("title_of_other_place", "error", _DISTRICT, _MEND, title.spot, values)


def _surely_district(sheet: str) -> bool:
    return kind_of_place(without_election(sheet)) == ("district", True)


def _share_a_word(one: str, other: str) -> bool:
    """Whether two names have a word in common: one may be the other, written shorter."""
    return not set(own_words(one).split()).isdisjoint(own_words(other).split())


def _of_other_city(titles: Sequence[PlaceTitle], places: _Places) -> Iterator[Finding]:
    """Yield an error per sheet whose title tells another city than all else tells of its places."""
    told = {one.name for one in titles}
    rows = _keyed(places.rows)
    for city, other in _told_alike(rows, told):
        sheets = [one for one in titles if one.name == city]
        ours, theirs = rows[rows["city"] == city], rows[rows["city"] == other]
        if any(map(_confirmed, sheets)) or not _contradict(ours, theirs, titled=other in told):
            continue
        for title in sheets:
            own = ours[(ours["file"] == title.file) & (ours["sheet"] == title.sheet)]
            if own["key"].isin(theirs["key"]).any():
                yield _of_city(title, own, theirs, "key", "area_written")


def _of_city(
    title: PlaceTitle, own: pd.DataFrame, theirs: pd.DataFrame, key: str, written: str
) -> Finding:
    """Return the error of a title whose places another city has, too, by a key."""
    both, there = own[own[key].isin(theirs[key])], theirs[theirs[key].isin(own[key])]
    sheets = zip(there["file"], there["sheet"], strict=True)
    values = {
        "title": title.line,
        "n": both[key].nunique(),
        "m": own[key].nunique(),
        "other": there["city_written"].iloc[0],
        "where": list(dict.fromkeys(_called(*one, title.file) for one in sheets)),
        "place": both[written].iloc[0],
    }
    return Finding("title_of_other_place", "error", _CITY, _MEND_CITY, title.spot, values)


def _of_a_recap(titles: Sequence[PlaceTitle], places: _Places) -> Iterator[Finding]:
    """Yield an error where the areas of a kecamatan, and a row of it in a list, are of two cities.

    A list of kecamatan, some of which have no areas in its city, tells that the one sheet of
    another city with their areas is of its own; of none of which have, that the list is of theirs.
    """
    rows = places.rows[(places.rows["city"] != "") & (places.rows["district"] != "")]
    rows = rows[(rows["file"] != "")].assign(fine=rows["area"] != "")
    parts = rows.groupby(["contest", "city", "district"])["fine"].any().reset_index()
    both = parts[~parts["fine"]].merge(
        parts[parts["fine"]], on=["contest", "district"], suffixes=("", "_fine")
    )
    for names, found in both.groupby(["contest", "city", "city_fine"]):
        contest, listed, city = map(str, names)
        here = parts[parts["contest"] == contest]
        of_list, of_areas = here[here["city"] == listed], here[here["city"] == city]
        lost, others = set(found["district"]), of_list["fine"].any()
        if others and lost == set(of_areas["district"]):
            wrong, right = city, listed
        elif not others and len(lost) > 1 and lost == set(of_list["district"]):
            wrong, right = listed, city
        else:
            continue
        of_contest = rows["contest"].eq(contest)
        sheets = rows.loc[of_contest & rows["city"].eq(wrong), ["file", "sheet"]]
        pairs = list(sheets.drop_duplicates().itertuples(index=False, name=None))
        one = [title for title in titles if (title.file, title.sheet) in pairs]
        if len(pairs) == 1 and one and not _confirmed(one[0]):
            own, theirs = (rows[rows["city"].eq(name) & of_contest] for name in (wrong, right))
            yield _of_city(one[0], own, theirs, "district", "district_written")


def _keyed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the areas whose city is told, by a key: with their kecamatan where one is told."""
    rows = rows[(rows["city"] != "") & (rows["area"] != "")]
    if rows["district"].ne("").any():
        rows = rows[rows["district"] != ""]
    return rows.assign(key=rows["district"] + "/" + rows["area"])


def _told_alike(rows: pd.DataFrame, told: Collection[str]) -> list[tuple[str, str]]:
    """Return the cities in `told`, each beside another of whose areas it has most."""
    single = rows[["city", "key"]].drop_duplicates()
    both = single[single["city"].isin(told)].merge(single, on="key", suffixes=("", "_other"))
    both = both[both["city"] != both["city_other"]]
    shared = both.groupby(["city", "city_other"]).size()
    sizes = single.groupby("city").size().reindex(shared.index.get_level_values("city"))
    most = (shared >= _FEWEST) & (shared.to_numpy() >= _SHARE * sizes.to_numpy())
    return list(shared.index[most])


def _confirmed(title: PlaceTitle) -> bool:
    """Whether the sheet's name, or the file's, tells the same city as the title."""
    names = (title.sheet, PurePath(title.file).stem)
    return any(title.name in loose_form(name, "city") for name in names)


def _contradict(ours: pd.DataFrame, theirs: pd.DataFrame, *, titled: bool) -> bool:
    """Whether one city of most of the same places as another is the other under a wrong title.

    Two that are never told together are one: the title that fewer elections tell is wrong. Told
    together they are two, but for a sheet alone whose places all other elections tell in the other
    city, where this one lacks them.
    """
    elections, others = (one["contest"].unique() for one in (ours, theirs))
    together = theirs["contest"].isin(elections)
    if not together.any():
        fewer = len(elections) < len(others)
        later = len(elections) == len(others) and ours.index[0] > theirs.index[0]
        return fewer or later or not titled
    sheets = ours[["file", "sheet"]].drop_duplicates()
    keys = ours["key"].drop_duplicates()
    moved = keys.isin(theirs.loc[~together, "key"]).mean()
    here = keys.isin(theirs.loc[together, "key"]).mean()
    return len(sheets) == 1 and moved >= _SHARE and here <= 1 - _SHARE


def _called(file: str, sheet: str, own: str) -> str | Text:
    """Return how a sheet is called beside one of the file `own`."""
    return _GIVEN if not file else f"'{sheet if file == own and sheet else file}'"


_DISTRICT = Text(
    en="the sheet is called '{sheet}', but its title says '{title}'.",
    id="lembar ini bernama '{sheet}', tetapi judul di dalamnya menyebut '{title}'.",
)
_MEND = Text(
    en="Correct the title or the name of the sheet, whichever is wrong; the figures can stay.",
    id="Perbaiki judul atau nama lembarnya, mana yang keliru; angkanya tidak perlu diubah.",
)
_CITY = Text(
    en="the title says '{title}', but {n:count} of {m:count} places of the sheet lie in {other} "
    "according to {where:lines}, such as {place}.",
    id="judul di lembar ini menyebut '{title}', padahal {n:count} dari {m:count} wilayahnya "
    "termasuk {other} menurut {where:lines}, misalnya {place}.",
)
_MEND_CITY = Text(
    en="Correct the title that is wrong; if the city or regency has another name now, or the "
    "places have moved to another, write the present one everywhere.",
    id="Perbaiki judul yang keliru; bila kabupaten/kota itu berganti nama atau wilayahnya pindah "
    "ke kabupaten/kota lain, tulis nama yang sekarang di semuanya.",
)
_GIVEN = Text(en="the other files", id="berkas lain")
