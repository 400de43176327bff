"""Headers that do not tell enough by themselves, settled by what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from turnout.dates import parse_days
from turnout.identity.kinds import kind_of_place
from turnout.reading.files.cells import Distinct, as_text, as_texts, is_missing, listed
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.aliases import STATION
from turnout.reading.headers.contests import find_contest
from turnout.reading.headers.match import Header, understand
from turnout.reading.headers.measures import measure_of, measure_of_title, without_measure
from turnout.reading.headers.plain import words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.values.given_turnout import mostly_turnout
from turnout.reading.values.numerals import parse_numbers

_UNIT_HEADERS = listed(
    "satuan | satuan unit | unit satuan | unit of measure | einheit | unite | unidad | unidade"
    " | unita di misura"
)
_LARGEST_PERCENT = 150
"""Turnout above it is no percentage but a count."""


def by_content(
    grid: Grid, headers: Sequence[Header], cells: pd.DataFrame, vocabulary: Vocabulary
) -> tuple[Header, ...]:
    """Settle by what stands below them the headers that do not tell enough by themselves.

    Numbers of persons are personal data under any header, counts included. A header *TPS* stands
    over the numbers of polling stations, not over counts of them, where it numbers the rows of a
    place. A header of days over years alone tells the years. *Turnout* over large numbers counts
    those who voted, *election day* over numbers that are no days counts the ballots of that day. A
    column that says the unit of all rows speaks for the counts. *Wilayah* beside kecamatan that
    it parts stands over the areas, and *%* behind the voters, under whatever title, over turnout
    where most of its figures are.
    """
    settled = [
        _settled(grid, position, headers, cells, vocabulary) for position in range(len(headers))
    ]
    units = [
        position
        for position, h in enumerate(headers)
        if words(h.written) in _UNIT_HEADERS and position < cells.shape[1]
    ]
    for position in units:
        said = [text for text in as_texts(cells.iloc[:, position]).unique() if text]
        if said and all(measure_of_title(f"({text})") == "thousands" for text in said):
            settled = in_thousands(settled)
    settled = _with_areas(_with_years(settled, headers, vocabulary), cells, vocabulary)
    return tuple(_with_turnout(settled, cells, vocabulary))


def _with_years(
    settled: list[Header], before: Sequence[Header], vocabulary: Vocabulary
) -> list[Header]:
    """Return headers with that of the years, which days made needless that are none."""
    if "date" not in _named(before) or {"date", "year"} & _named(settled):
        return settled
    again = [understand(one.written, vocabulary) for one in settled]
    return [
        new if one.meaning == "own" and new.names == ("year",) else one
        for one, new in zip(settled, again, strict=True)
    ]


def _named(headers: Sequence[Header]) -> set[str]:
    return {one.names[0] for one in headers if one.meaning == "column"}


def _with_turnout(
    headers: list[Header], cells: pd.DataFrame, vocabulary: Vocabulary
) -> list[Header]:
    """Return headers with each that says *%* alone, behind the voters, as their turnout."""
    if "turnout" not in vocabulary.names:
        return headers
    found = list(headers)
    for at, header in enumerate(headers[: cells.shape[1]]):
        contest, rest = find_contest(without_measure(header.written))
        before = headers[at - 1] if at else header
        if header.meaning != "own" or measure_of(header.written) != "share" or words(rest):
            continue
        column = replace(header, meaning="column", names=("turnout",), contest=contest)
        if before.names[:1] == ("voters",) and _is_turnout(at, column, headers, cells):
            found[at] = column
    return found


def _is_turnout(at: int, column: Header, headers: Sequence[Header], cells: pd.DataFrame) -> bool:
    """Whether most figures of a column are what registered and voters of its election make."""
    of_election = [one for one in headers if one.contest == column.contest]
    places = [_at(name, headers, cells) for name in ("registered", "voters", "turnout")]
    own = [[place for place in found if headers[place] in of_election] for found in places]
    if [len(found) for found in own] != [1, 1, 0]:
        return False
    registered, voters = (
        parse_numbers(cells.iloc[:, found[0]], whole=True).values for found in own[:2]
    )
    return mostly_turnout(cells.iloc[:, at], registered, voters)


_PLACE_HEADERS = frozenset({"wilayah", "nama wilayah"})
"""Headers of places of any scale."""


def _with_areas(headers: list[Header], cells: pd.DataFrame, vocabulary: Vocabulary) -> list[Header]:
    """Return headers with that of places of any scale as areas, where it parts the districts."""
    named = {one.names[0]: at for at, one in enumerate(headers) if one.meaning == "column"}
    found = [
        at
        for at, one in enumerate(headers)
        if one.meaning == "own" and words(one.written) in _PLACE_HEADERS and at < cells.shape[1]
    ]
    if len(found) != 1 or "area" in named or not {"district", "area"} <= set(vocabulary.names):
        return headers
    names = as_texts(cells.iloc[:, found[0]])
    if not _parts_districts(names, cells, named.get("district")):
        return headers
    area = replace(headers[found[0]], meaning="column", names=("area",))
    return [*headers[: found[0]], area, *headers[found[0] + 1 :]]


def _parts_districts(names: pd.Series, cells: pd.DataFrame, position: int | None) -> bool:
    """Whether names are of places within districts, which a column or headings among them tell.

    Regions, in which whole districts lie, and districts alone are not. Within districts that a
    column tells they may be numbers, such as 01 and 01A.
    """
    names = names[names.str.contains(r"[^\W_]" if position is not None else r"[^\W\d_]{2}")]
    if position is None:
        of_district = names.map(lambda name: kind_of_place(name) == ("district", True))
        return bool(0 < of_district.sum() < (~of_district).sum())
    if position >= cells.shape[1]:
        return False
    district = as_texts(cells.iloc[:, position])[names.index]
    pairs = pd.DataFrame({"district": district, "name": names})[district.ne("")]
    return len(pairs.drop_duplicates()) > pairs["district"].nunique()


def in_thousands(headers: Sequence[Header]) -> list[Header]:
    """Return headers whose registered and voters are told to stand in thousands."""
    return [
        replace(header, meaning="thousands")
        if header.meaning == "column"
        and header.names[0].startswith(("registered", "voters"))
        and header.names[0] != "registered_basis"
        and header.strength < _TOLD
        else header
        for header in headers
    ]


_TOLD = 3


def _settled(
    grid: Grid,
    position: int,
    headers: Sequence[Header],
    cells: pd.DataFrame,
    vocabulary: Vocabulary,
) -> Header:
    header = headers[position]
    if cells.index.isin(grid.private.get(position, ())).any():
        return replace(header, meaning="personal", names=())
    if position >= cells.shape[1]:
        return header
    column = cells.iloc[:, position]
    if header.names == ("date",) and _years(column):
        return _of_years(header, headers, vocabulary)
    if header.strength >= _TOLD:
        return header
    if header.meaning == "question" and STATION in header.names:
        places = [
            p
            for p, one in enumerate(headers)
            if one.meaning == "column" and vocabulary.kind(one.names[0]) in ("name", "date")
        ]
        station = _tells_apart(cells, places, position) or _numbers(cells, places, position)
        return replace(header, meaning="column", names=(STATION,)) if station else header
    if header.meaning != "column":
        return header
    return _by_values(header, headers, column, cells)


def _by_values(
    header: Header, headers: Sequence[Header], column: pd.Series, cells: pd.DataFrame
) -> Header:
    """Return a header that names a column, unless the values below it cannot be that."""
    if header.names[0] == "date" and _no_days(column):
        return Header(header.written, "own")
    named = _named(headers)
    if header.names[0] == "turnout" and "voters" not in named and not measure_of(header.written):
        registered = [cells.iloc[:, at] for at in _at("registered", headers, cells)]
        if not parse_numbers(column).percent.any() and _counts(column, registered):
            return replace(header, names=("voters",))
    return header


def _at(name: str, headers: Sequence[Header], cells: pd.DataFrame) -> list[int]:
    """Return where a column stands."""
    width = cells.shape[1]
    return [
        at
        for at, one in enumerate(headers)
        if one.meaning == "column" and one.names[0] == name and at < width
    ]


def _counts(column: pd.Series, registered: Sequence[pd.Series]) -> bool:
    """Whether numbers are too large for percentages, however they mark thousands: *2,471*.

    A percentage of three decimals would be a count of more than all who are registered.
    """
    values = parse_numbers(column, whole=True).values
    if not values.median() > _LARGEST_PERCENT:
        return False
    listed_there = [parse_numbers(one, whole=True).values.median() for one in registered]
    plain = parse_numbers(column).values.median() > _LARGEST_PERCENT
    return bool(plain or any(values.median() <= one for one in listed_there))


def _no_days(column: pd.Series) -> bool:
    """Whether a column holds numbers alone, none of which is a day."""
    filled = pd.Series(_known(column), dtype="object")
    if filled.empty or not parse_numbers(filled).values.notna().all():
        return False
    return bool(parse_days(filled).values.isna().all())


def _of_years(header: Header, headers: Sequence[Header], vocabulary: Vocabulary) -> Header:
    """Return a header of days as that of the years below it, unless another column has them."""
    told = any(one.meaning == "column" and one.names[0] == "year" for one in headers)
    if told or "year" not in vocabulary.names:
        return Header(header.written, "own")
    return replace(header, names=("year",))


def _years(column: pd.Series) -> bool:
    """Whether a column holds years alone: 2019, 2020, 2024."""
    known = _known(column)
    return bool(known) and all(_YEAR.fullmatch(as_text(cell)) for cell in known)


_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")


def _known(column: pd.Series) -> list[Any]:
    """Return the distinct cells of a column that say something."""
    return [cell for cell in Distinct.of(column).cells if not is_missing(cell)]


def _tells_apart(cells: pd.DataFrame, places: list[int], position: int) -> bool:
    """Whether a column tells apart rows that are mostly alike in the columns `places`."""
    if not places:
        return False
    alike = cells.iloc[:, places].duplicated(keep=False)
    still_alike = cells.iloc[:, [*places, position]].duplicated(keep=False)
    return bool(alike.mean() > 0.5 and still_alike.mean() < alike.mean() / 2)


def _numbers(cells: pd.DataFrame, places: list[int], position: int) -> bool:
    """Whether a column counts the rows of each place: 1, 2, 3 ..., in some more than one."""
    if not places or not len(cells):
        return False
    texts = cells.iloc[:, position].map(as_text).str.replace(r"(?i)^tps\W*", "", regex=True)
    if not texts.str.fullmatch(r"\d{1,4}").all():
        return False
    number = texts.astype("int64")
    keys = [cells.iloc[:, place].map(as_text) for place in places]
    size = number.groupby(keys).transform("size")
    rank = number.groupby(keys).rank(method="first")
    return bool(size.max() > 1 and (rank == number).all())
