"""What the lines above a table, and the name of its sheet, tell of all its rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from turnout.dates import find_dates, numbers_inside, parse_days
from turnout.elections import group_of_type
from turnout.identity.kinds import kind_of_place, says_total
from turnout.identity.reports import UNTIL
from turnout.reading.files.cells import listed
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.contests import (
    find_contest,
    is_mere_type,
    types_apart,
    years_of_election,
)
from turnout.reading.headers.match import understand
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.city_in_title import city_in_titles
from turnout.reading.layouts.data_until import data_until
from turnout.reading.layouts.polling_day import (
    BETWEEN_CELLS,
    bare_day,
    days_beside,
    is_otherwise,
    names_an_election,
    stated_day,
)
from turnout.reading.layouts.references import cites_law
from turnout.reading.layouts.table import Told


def read_preamble(
    grid: Grid, lines: Sequence[Sequence[str]], vocabulary: Vocabulary
) -> dict[str, Told]:
    """Return what the lines above a table, and the sheet's name, tell of its rows.

    Lines such as *Kecamatan : Jelutung* or *Tanggal: 27 November 2024* tell a column. A title tells
    its election's type, and the kabupaten that it names. The name of a sheet, or a line, that is a
    place's and says so tells the place, as *Kab. Bungo* does. The polling day is
    read by `_polling_day`.
    """
    pairs, titles = _read_lines(grid, lines, vocabulary)
    told: dict[str, Told] = {}
    for name, one in pairs:
        if name != "date":
            told.setdefault(name, one)
    for scale, title in (*_city_among_words(titles), *_places_alone(titles)):
        told.setdefault(scale, title)
    if district := _district_of_sheet(grid.sheet, titles):
        told.setdefault("district", Told(district, grid.sheet))
    dated = [one for name, one in pairs if name == "date"]
    day = _polling_day(dated, titles, vocabulary)
    for name, read in _election_of(titles, day).items():
        if name in vocabulary.names and read is not None:
            told.setdefault(name, read)
    return told | (_until(grid, lines, day) if vocabulary.role == "counted" else {})


def _until(grid: Grid, lines: Sequence[Sequence[str]], day: Told | None) -> dict[str, Told]:
    """Return up to when the data go, which lines with columns of their own may tell as well.

    So may the lines below the table, and the name of the sheet: *s.d. pukul 19.30*.
    """
    numbered = [*zip(grid.cells.index, lines, strict=False), *_lines_below(grid, len(lines))]
    texts = [(row, BETWEEN_CELLS.join(dict.fromkeys(filter(None, line)))) for row, line in numbered]
    told = data_until(texts, days_told(day))
    if told is None and grid.sheet:
        told = data_until([("", f"data: {grid.sheet}"), *texts], days_told(day))
        told = told and replace(told, label=grid.sheet, row=None)
    return {} if told is None else {UNTIL: told}


def _lines_below(grid: Grid, above: int) -> list[tuple[int | str, list[str]]]:
    """Return the last lines of a sheet that are no rows of a table: of a cell or two."""
    found: list[tuple[int | str, list[str]]] = []
    for row in grid.cells.index[above:][::-1][:_BELOW]:
        line = [str(cell) for cell in grid.cells.loc[row] if pd.notna(cell) and str(cell).strip()]
        if len(line) > _OF_A_LINE:
            break
        found.append((row, line))
    return found


_BELOW = 20
_OF_A_LINE = 2


def _election_of(titles: Sequence[Told], day: Told | None) -> dict[str, Told | None]:
    """Return day and type that the titles tell, and the year where they tell no day.

    A day of another year than that of the sheet's name is not chosen.
    """
    if (year := _sheet_against_day(titles, day)) is not None:
        return {"election_type": _type_of(titles[:1]), "year": year}
    if (year := _sheet_against_lines(titles, day)) is not None:
        return {"election_type": _type_of(titles[:1]), "year": year, "date": day}
    if day is not None:
        return {"date": day, "election_type": _type_of(titles)}
    return {"election_type": _type_of(titles), "year": _year_of(titles)}


def _read_lines(
    grid: Grid, lines: Sequence[Sequence[str]], vocabulary: Vocabulary
) -> tuple[list[tuple[str, Told]], list[Told]]:
    """Return the columns that lines tell, and the titles: all other lines and the sheet's name.

    The value of a title holds marks between its cells.
    """
    pairs: list[tuple[str, Told]] = []
    titles: list[Told] = [Told(grid.sheet, grid.sheet)] if grid.sheet else []
    for number, line in zip(grid.cells.index, lines, strict=False):
        texts = list(dict.fromkeys(text for text in line if text))
        whole = BETWEEN_CELLS.join(texts)
        found = _pairs(texts, vocabulary)
        if texts and not found:
            titles.append(Told(whole, " ".join(texts), number))
        for name, label, value in found:
            if name != "date":
                pairs.append((name, Told(value, label, number)))
            elif not is_otherwise(whole):
                pairs.append((name, Told(_readable(value), label, number)))
    return pairs, titles


def _readable(value: str) -> str:
    """Return a day without what stands beside it: *Rabu / 9 Desember 2020*."""
    day = bare_day(value) if _read(value) is None else None
    return value if day is None else day.isoformat()


def _pairs(texts: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    """Return column, label and value of each cell that tells both, else of the line as a whole."""
    of_cells = [_pair([text], vocabulary) for text in texts]
    found = [one for one in (*of_cells, _pair(texts, vocabulary)) if one is not None]
    return found[:-1] if any(of_cells) and len(found) > 1 else found


def _pair(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[str, str, str] | None:
    """Return column, label and value of a line such as *Kecamatan : Jelutung*."""
    label, colon, value = " ".join(texts).partition(":")
    if not colon and len(texts) == 2:
        label, value = texts
    header = understand(label, vocabulary)
    if header.meaning != "column" or not value.strip():
        return None
    name = header.names[0]
    single = vocabulary.kind(name) in ("name", "date", "code")
    return (name, label.strip(), value.strip(" :")) if single else None


def _city_among_words(titles: Sequence[Told]) -> Iterator[tuple[str, Told]]:
    """Yield the city that the lines name, unless some title calls it a kecamatan."""
    city = city_in_titles(titles)
    if city is not None and not _called_district(str(city.value), titles):
        yield "city", city


def _places_alone(titles: Sequence[Told]) -> Iterator[tuple[str, Told]]:
    """Yield scale and title of those that are the name of one place, the last first."""
    for title in titles[::-1]:
        if scale := _place_alone(title.label, titles):
            yield scale, title


def _place_alone(title: str, titles: Sequence[Told]) -> str | None:
    """Return the scale of a title that is the name of one place and says its kind.

    What another title says before the name goes first: *DPT KECAMATAN KOTA BARU*.
    """
    kind = kind_of_place(title)
    single = len(title.split()) <= _LONGEST_NAME and not any(sign.isdigit() for sign in title)
    silent = find_contest(title)[0].silent and not says_total(title)
    if kind is None or not single or not silent:
        return None
    scale, surely = kind
    return scale if surely or not _called_district(title, titles) else "district"


def _called_district(name: str, titles: Sequence[Told]) -> bool:
    """Whether some title calls a place of this very name a kecamatan."""
    written = r"\s+".join(map(re.escape, name.split()))
    called = re.compile(rf"\b(?:kecamatan|kec)\b[\s.:]*{written}(?!\w)(.*)", re.IGNORECASE)
    told = (called.search(title.label) for title in titles)
    return any(one is not None and _ends_name(one[1]) for one in told)


def _ends_name(rest: str) -> bool:
    """Whether what follows in a title is no part of the name before: *PILKADA*, *KOTA JAMBI*."""
    first = (rest.split() or [""])[0]
    if not first[:1].isalpha() or first.casefold() in _BEHIND_A_NAME:
        return True
    return not find_contest(first)[0].silent


_BEHIND_A_NAME = listed(
    "kabupaten | kab | kab. | kota | provinsi | prov | prov. | tahun | pada | dalam | untuk"
    " | pemilihan | per"
)
"""Words that follow the name of a kecamatan in a title."""


def _district_of_sheet(sheet: str, titles: Sequence[Told]) -> str | None:
    """Return the kecamatan that a sheet is named after, where a title calls it so.

    *Jelutung 2020*, under *KECAMATAN JELUTUNG PILKADA 2020*: beside the election stands the name.
    """
    name = without_election(sheet)
    return name if name and _called_district(name, titles) else None


def without_election(sheet: str) -> str:
    """Return the name of a sheet without the words of an election and without numbers.

    >>> without_election("Jelutung Pilkada 2020"), without_election("2. Kota Baru")
    ('Jelutung', 'Kota Baru')
    """
    said = (word for word in sheet.split() if not word.strip(".)").isdigit())
    return " ".join(word for word in said if find_contest(word)[0].silent)


_LONGEST_NAME = 5


def _type_of(titles: Sequence[Told]) -> Told | None:
    """Return the type of the one election that the titles speak of.

    A family and one of its types are the same election: *Pilkada 2018*, *Pemilihan Bupati*. What a
    law is called does not count.
    """
    kinds: dict[str, Told] = {}
    for title in (one for one in titles if not cites_law(one.label)):
        if kind := find_contest(title.label)[0].election_type:
            kinds.setdefault(kind, title)
    families = {group_of_type(kind) for kind in kinds if group_of_type(kind) != kind}
    found = [(kind, title) for kind, title in kinds.items() if kind not in families]
    if len(found) != 1:
        return None
    kind, title = found[0]
    return Told(kind, title.label, title.row, in_title=True)


def _year_of(titles: Sequence[Told]) -> Told | None:
    """Return the year of the one election that the titles speak of.

    It stands beside a type (*Pilkada 2018*), or alone (*Tahun 2018*). The lines go before the name
    of the sheet.
    """
    years: dict[str, Told] = {}
    for title in sorted(titles, key=lambda title: title.row is None):
        if title.row is None and years:
            break
        for year in years_of_election(title.label):
            years.setdefault(str(year), title)
    if len(years) != 1:
        return None
    told, title = years.popitem()
    return Told(told, title.label, title.row, in_title=True)


def _sheet_against_lines(titles: Sequence[Told], day: Told | None) -> Told | None:
    """Return the year of the sheet's name where that is an election and the lines are of another.

    With these lines: a title may have been left when the sheet was copied. Beside a polling day
    years tell nothing more, but the type may be another.
    """
    sheet = next((one.label for one in titles if one.row is None), "")
    of_sheet = years_of_election(sheet) if is_mere_type(sheet) else []
    if len(of_sheet) != 1:
        return None
    lines = [one for one in titles if one.row is not None]
    typed = [one for one in lines if find_contest(one.label)[0].election_type]
    dated = [one for one in lines if day is None and _years_told(one.label)]
    others = [
        *(typed if all(types_apart(one.label, sheet) for one in typed) else ()),
        *(dated if not any(of_sheet[0] in _years_told(one.label) for one in dated) else ()),
    ]
    if not others:
        return None
    return Told(str(of_sheet[0]), sheet, in_title=True, others=tuple(dict.fromkeys(others)))


def _years_told(line: str) -> list[int]:
    """Return the years of elections in a line beside full days, which may be those of printing.

    *Pemilihan Tahun 2015 (dicetak 3 Januari 2021)* is of 2015.
    """
    for _, start, end in find_dates(line)[::-1]:
        line = line[:start] + line[end:]
    of_year = _ELECTION_OF_YEAR.search(line)
    return years_of_election(line) or ([] if of_year is None else [int(of_year[1])])


_ELECTION_OF_YEAR = re.compile(r"\bpemilihan\s+tahun\s+((?:19|20)\d\d)\b", re.IGNORECASE)


def _sheet_against_day(titles: Sequence[Told], day: Told | None) -> Told | None:
    """Return the year of the sheet's name where that is an election and the day of another year."""
    sheet = next((one.label for one in titles if one.row is None), "")
    of_sheet = years_of_election(sheet) if is_mere_type(sheet) else []
    days = days_told(day)
    years = {one.year for one in days if isinstance(one, dt.date)}
    if day is None or len(of_sheet) != 1 or len(years) != 1 or years == set(of_sheet):
        return None
    told = next((one for one in titles if one.row == day.row), day)
    return Told(str(of_sheet[0]), sheet, in_title=True, others=(told,))


def _polling_day(
    dated: Sequence[Told], titles: Sequence[Told], vocabulary: Vocabulary
) -> Told | None:
    """Return the polling day with those that contradict it.

    A line that calls it so tells it (*Hari pemungutan suara: Rabu, 9 Desember 2020*), or one
    labelled as a day (`dated`). A title tells a day only beside a type or the word for an
    election: other days in titles are those of meetings and decrees. A day alone in its line
    counts where there is no other at all.
    """
    if "election_type" not in vocabulary.names:  # days of anything else than elections
        return dated[0] if dated else None
    stated = [
        Told(_as_written(day, title.label), title.label, title.row)
        for title in titles
        if (day := stated_day(str(title.value))) is not None
    ]
    beside_types = [
        Told(day, title.label, title.row, in_title=True)
        for title in titles
        if find_contest(title.label)[0].election_type or names_an_election(title.label)
        for day in days_beside(str(title.value))
    ]
    told = [*dated, *stated, *beside_types] or _bare_days(titles)
    if not told:
        return None
    days = [_day_of(one) for one in told]
    others = [one for one, day in zip(told, days, strict=True) if day != days[0]]
    return replace(told[0], others=tuple(others))


def _as_written(day: dt.date, line: str) -> dt.date | str:
    """Return a day as its line writes it in numbers: all days of a file tell what comes first."""
    written = numbers_inside(line)
    return written if _read(written) == day else day


def _bare_days(titles: Sequence[Told]) -> list[Told]:
    """Return the day that stands alone in its line, where the lines tell no other."""
    days = {day for title in titles for day, _, _ in find_dates(str(title.value))}
    lines = [title for title in titles if title.row is not None]
    bare = ((bare_day(str(line.value)), line) for line in lines)
    found = [Told(day, line.label, line.row, in_title=True) for day, line in bare if day]
    return found[:1] if len(days) == 1 else []


def days_told(told: Told | None) -> list[dt.date | str]:
    """Return the polling days that lines above a table tell; several contradict each other."""
    return [] if told is None else list(dict.fromkeys(map(_day_of, (told, *told.others))))


def _day_of(told: Told) -> dt.date | str:
    """Return the day that is told, or the words in which it cannot be read."""
    day = _read(told.value)
    return str(told.value) if day is None else day


def _read(value: str | dt.date) -> dt.date | None:
    day = parse_days(pd.Series([value], dtype="object")).values.iloc[0]
    return None if pd.isna(day) else day.date()
