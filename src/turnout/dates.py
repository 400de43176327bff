"""Days as people write them: ISO, 27/11/2024, 27 November 2024, and those of spreadsheets.

Every date that the package takes, from a file, a DataFrame, an argument or the command line, is
read here, so that one way of writing means one day everywhere.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from pandas.api.types import infer_dtype

from turnout.errors import DataError
from turnout.language import Text
from turnout.polling_days import is_polling_day

_MONTH_NAMES: tuple[str, ...] = (
    "januari january januar janner janvier gennaio enero janeiro jan janv gen ene",
    "februari pebruari february februar fevrier febbraio febrero fevereiro feb peb fev fevr",
    "maret march marz mars marzo marco mac mar mrt",
    "april avril aprile abril apr avr abr",
    "mei may mai maggio mayo maio mag",
    "juni june juin giugno junio junho jun giu",
    "juli july juillet luglio julio julho julai jul juil lug",
    "agustus august aout agosto ogos agt agu ags aug agust ago",
    "september septembre settembre septiembre setiembre setembro sept sep set",
    "oktober october octobre ottobre octubre outubro okt oct ott out",
    "november nopember novembre noviembre novembro nov nop",
    "desember december dezember decembre dicembre diciembre dezembro disember des dec dez dic dis",
)
_MONTHS: Mapping[str, int] = {
    name: month for month, names in enumerate(_MONTH_NAMES, 1) for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_TIME = r"(?:[T ]\d{1,2}[:.]\d{2}.*)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"(19\d\d|20\d\d)(\d\d)(\d\d)")
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_SERIAL = re.compile(r"\d{5,8}(?:[.,]\d+)?")
_WORDS = re.compile(
    r"(?:[a-z'’]+\.?,?\s+)?(\d{1,2})(?:er|st|nd|rd|th|º|°)?[\s./-]+(?:de[l]?\s+)?"
    rf"({_MONTH})\.?(?:\s+de[l]?)?[\s./,-]+(\d{{4}}|\d{{2}})",
    re.IGNORECASE,
)
_WORDS_US = re.compile(
    rf"(?:[a-z]+\.?,?\s+)?({_MONTH})\.?[\s-]+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})",
    re.IGNORECASE,
)

_ISO_INSIDE = re.compile(r"(?<!\d)(?:19|20)\d\d[-/._](?:0?[1-9]|1[0-2])[-/._]\d{1,2}(?!\d)")
_NUMERIC_INSIDE = re.compile(r"(?<!\d)\d{1,2}[-/._]\d{1,2}[-/._](?:19|20)\d\d(?!\d)")
_WORDS_INSIDE = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[\s_-]+(?:{_MONTH})\.?[\s_-]+\d{{4}}", re.IGNORECASE
)

_US_INSIDE = re.compile(
    rf"\b(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d(?!\d)", re.IGNORECASE
)

# Spreadsheets count days from here (1899-12-30 makes up for their leap day of 1900); their first
# days are what they show for an empty cell.
_SERIAL_ORIGIN = dt.date(1899, 12, 30)
_SERIALS = (18_264, 73_050)  # 1950 to 2099: a smaller number is a year or a count, not a day
_EMPTY_CELLS = (_SERIAL_ORIGIN, dt.date(1899, 12, 31))
_YEARS = range(1800, 2100)

_ENOUGH_DAYS = 3
"""Polling days that must share their weekday for it to tell the order of day and month."""


@dataclass(frozen=True)
class Order:
    """Which of two numbers such as 11/12/2024 is the day, and what tells so.

    Parameters
    ----------
    first
        What is written first; ``both``: dates contradict each other, those of one day are read.
    because
        ``written``: a number above 12, points (3.11.2020), or no such dates; ``polling_days``: the
        dates are known polling days one way round alone; ``weekdays``: all, and the clear ones
        beside them, are one day of the week one way round alone; ``habit``: nothing tells, and the
        day comes first as in most countries.
    """

    first: Literal["day", "month", "both"] = "day"
    because: Literal["written", "polling_days", "weekdays", "habit"] = "written"


@dataclass(frozen=True)
class Days:
    """A column read as days.

    Parameters
    ----------
    values
        The days as datetime64, NaT where missing or unreadable.
    order
        How dates such as 11/12/2024 were read.
    """

    values: pd.Series[pd.Timestamp]
    order: Order


def parse_days(cells: pd.Series[Any], order: Order | None = None) -> Days:
    """Read a column of cells as days.

    Parameters
    ----------
    cells
        Text, dates and the numbers of spreadsheets, in any mixture.
    order
        The order of day and month; told by the column itself when not given.

    Examples
    --------
    >>> parse_days(pd.Series(["27 November 2024", "14-02-2024"])).values.astype("str").tolist()
    ['2024-11-27', '2024-02-14']
    """
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        cells = cells.dt.tz_localize(None)
    told = cells
    if infer_dtype(cells, skipna=True) not in ("string", "datetime64"):
        told = (
            cells.astype("object")
            .map(lambda one: one if isinstance(one, Hashable) else str(one))
            .astype("object")
        )
    codes, uniques = pd.factorize(told, use_na_sentinel=True)
    order = order or order_of(uniques)
    days = [_day(cell, order) for cell in uniques]
    read = np.array([*days, None], dtype="datetime64[s]")
    return Days(pd.Series(read[codes], index=cells.index), order)


def order_of(cells: Iterable[Any]) -> Order:
    """Tell from all dates of a file whether the day or the month is written first.

    >>> order_of(["11/3/2020", "5/19/2020"]), order_of(["11/3/2020"]).because
    (Order(first='month', because='written'), 'polling_days')
    """
    cells = list(cells)
    texts = [_plain(cell) for cell in cells if isinstance(cell, str)]
    found = [match for text in texts if (match := _NUMERIC.fullmatch(text))]
    day_first = any(int(one[1]) > 12 for one in found)
    month_first = any(int(one[3]) > 12 for one in found)
    if day_first and month_first:
        return Order("both")
    if day_first or month_first:
        return Order("month" if month_first else "day")
    doubtful = [one for one in found if one[1].lstrip("0") != one[3].lstrip("0")]
    if all(one[2] == "." for one in doubtful):
        return Order()
    as_day = {_written_day(one.group(), Order("day")) for one in doubtful}
    as_month = {_written_day(one.group(), Order("month")) for one in doubtful}
    clear = {_day(cell, Order()) for cell in cells if not in_numbers(cell)}
    return _told_by_days(*([d for d in days if d] for days in (as_day, as_month, clear)))


def in_numbers(cell: Any) -> bool:
    """Whether a cell holds a date in numbers alone, year last, such as 11/3/2020."""
    return isinstance(cell, str) and bool(_NUMERIC.fullmatch(_plain(cell)))


def _told_by_days(as_day: list[dt.date], as_month: list[dt.date], clear: list[dt.date]) -> Order:
    """Tell the order from what the days would be either way round, beside those that are clear."""
    known = [any(map(is_polling_day, days)) for days in (as_day, as_month)]
    if known[0] != known[1]:
        return Order("day" if known[0] else "month", "polling_days")
    one_weekday = [
        len(days) >= _ENOUGH_DAYS and len({day.weekday() for day in days}) == 1
        for days in ({*as_day, *clear}, {*as_month, *clear})
    ]
    if one_weekday[0] != one_weekday[1]:
        return Order("day" if one_weekday[0] else "month", "weekdays")
    return Order("day", "habit")


def read_day(value: object) -> dt.date:
    """Read one day that a user named, day before month unless a number above 12 tells otherwise.

    Raises
    ------
    DataError
        If it is no full day, or one such as 11/5/2024 that is a known polling day only when the
        month is read first.

    Examples
    --------
    >>> read_day("09-12-2020"), read_day("11/27/2024")
    (datetime.date(2020, 12, 9), datetime.date(2024, 11, 27))
    """
    order = order_of([value])
    refuse_doubtful(value, order)
    day = _day(value, order)
    if day is None:
        raise DataError(_NO_DAY, value=str(value))
    return day


def refuse_doubtful(value: object, order: Order) -> None:
    """Refuse a day that a user named if dates like it have the month first, and it can be two.

    Parameters
    ----------
    value
        The day as it was written.
    order
        The order of day and month that is known: of the user's file, or by polling days.

    Raises
    ------
    DataError
        If it is another day with the month first; both are told.

    Examples
    --------
    >>> refuse_doubtful("19/05/2024", Order("month")), refuse_doubtful("5/7/2024", Order("day"))
    (None, None)
    """
    day, other = _day(value, Order("day")), _day(value, Order("month"))
    if order.first == "month" and day and other and day != other:
        raise DataError(_DOUBTFUL, value=str(value), day=day, other=other)


def iso_days(days: pd.Series[pd.Timestamp]) -> pd.Series[Any]:
    """Return a column of days as texts such as 2024-11-27, None where there is none.

    >>> iso_days(pd.Series(["2024-11-27", None], dtype="datetime64[s]")).tolist()
    ['2024-11-27', None]
    """
    codes, known = pd.factorize(days)
    texts = np.array([*pd.DatetimeIndex(known).strftime("%Y-%m-%d"), None], dtype=object)
    return pd.Series(texts[codes], index=days.index, dtype="object")


def days_of(cells: pd.Series[Any]) -> pd.Series[pd.Timestamp]:
    """Return a column of a user's DataFrame as days, datetime64.

    Raises
    ------
    DataError
        If a cell is blank or no full day.
    """
    days = parse_days(cells)
    lost = cells.index[days.values.isna()]
    if len(lost):
        first = cells.loc[lost[0]]
        blank = first is None or first is pd.NaT or str(first).strip() in ("", "nan", "NaT", "<NA>")
        text = _BLANK_DAYS if blank else _NO_DAYS
        raise DataError(text, n=len(lost), value=str(first), row=str(lost[0]))
    return days.values


def find_date(text: str) -> tuple[dt.date, str] | None:
    """Return the first full date inside a text, and the text without it.

    >>> find_date("DPT Pilkada 27 November 2024"), find_date("Ballots Nov. 8, 2016")
    ((datetime.date(2024, 11, 27), 'DPT Pilkada '), (datetime.date(2016, 11, 8), 'Ballots '))
    """
    for pattern in (_ISO_INSIDE, _NUMERIC_INSIDE, _WORDS_INSIDE, _US_INSIDE):
        found = pattern.search(text)
        if found is None:
            continue
        day = _day(found.group(), order_of([found.group().replace("_", "-")]))
        if day is not None:
            return day, text[: found.start()] + text[found.end() :]
    return None


def numbers_inside(text: str) -> str:
    """Return the first date inside a text if it is in numbers alone, year last; else blank.

    >>> numbers_inside("DPT 09/12/2020"), numbers_inside("DPT 2020-12-09"), numbers_inside("DPT")
    ('09/12/2020', '', '')
    """
    found = _NUMERIC_INSIDE.search(text)
    if found is None or _ISO_INSIDE.search(text):
        return ""
    return found.group().replace("_", "-")


def find_dates(text: str) -> list[tuple[dt.date, int, int]]:
    """Return all full dates inside a text, each with where it begins and ends.

    >>> find_dates("Rabu, 27 November 2024 (dicetak 05/12/2024)")
    [(datetime.date(2024, 11, 27), 6, 22), (datetime.date(2024, 12, 5), 32, 42)]
    """
    found: list[tuple[dt.date, int, int]] = []
    for pattern in (_ISO_INSIDE, _NUMERIC_INSIDE, _WORDS_INSIDE, _US_INSIDE):
        for match in pattern.finditer(text):
            day = _day(match.group(), order_of([match.group().replace("_", "-")]))
            apart = all(match.end() <= start or end <= match.start() for _, start, end in found)
            if day is not None and apart:
                found.append((day, *match.span()))
    return sorted(found, key=lambda one: one[1])


def _plain(text: str) -> str:
    """Return a text without accents and with single spaces."""
    signs = unicodedata.normalize("NFKD", text)
    return " ".join("".join(s for s in signs if not unicodedata.combining(s)).split())


def _day(cell: object, order: Order) -> dt.date | None:
    """Return the day that one cell names, if any."""
    if cell is None or cell is pd.NaT or cell is pd.NA or isinstance(cell, (bool, np.bool_)):
        return None
    if isinstance(cell, np.datetime64):
        if np.datetime_data(cell.dtype)[0] in ("Y", "M"):
            return None
        cell = pd.Timestamp(cell)
    if isinstance(cell, dt.datetime):
        return None if pd.isna(cell) else _plausible(cell.date())
    if isinstance(cell, dt.date):
        return _plausible(cell)
    if isinstance(cell, (int, float, np.number)):
        return _numbered_day(float(cell))
    text = _plain(str(cell)).replace("_", "-")
    if _SERIAL.fullmatch(text):
        return _numbered_day(float(text.replace(",", ".")))
    return _written_day(text, order)


def _numbered_day(number: float) -> dt.date | None:
    """Return the day of a spreadsheet's serial number or of a number such as 20241127."""
    if _SERIALS[0] <= number <= _SERIALS[1]:
        return _SERIAL_ORIGIN + dt.timedelta(days=int(number))
    found = _COMPACT.fullmatch(f"{number:.0f}") if float(number).is_integer() else None
    return _date(found[1], found[2], found[3]) if found else None


def _written_day(text: str, order: Order) -> dt.date | None:
    if found := _ISO.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if found := _NUMERIC.fullmatch(text):
        year, numbers = _full_year(found[4]), (found[1], found[3])
        as_day, as_month = _date(year, *numbers[::-1]), _date(year, *numbers)
        if order.first != "both":
            return as_day if order.first == "day" else as_month
        either = {as_day, as_month} - {None}
        return either.pop() if len(either) == 1 else None
    if found := _WORDS.fullmatch(text):
        return _date(_full_year(found[3]), _MONTHS[found[2].casefold()], found[1])
    if found := _WORDS_US.fullmatch(text):
        return _date(found[3], _MONTHS[found[1].casefold()], found[2])
    return None


def _full_year(year: str) -> str:
    """Return a year of four digits: 24 is 2024, 99 is 1999."""
    if len(year) == 4:
        return year
    return ("20" if int(year) < 69 else "19") + year


def _date(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    try:
        return _plausible(dt.date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _plausible(day: dt.date) -> dt.date | None:
    """Return a day that may be a polling day; None for years such as 1 and for empty cells."""
    return day if day.year in _YEARS and day not in _EMPTY_CELLS else None


_NO_DAY = Text(
    en="'{value}' is not a full date from 1800 to 2099. Write the polling day as 2024-11-27, "
    "27/11/2024 or 27 November 2024.",
    id="'{value}' bukan tanggal lengkap dari tahun 1800 sampai 2099. Tulis hari pemungutan suara "
    "sebagai 2024-11-27, 27/11/2024, atau 27 November 2024.",
)
_DOUBTFUL = Text(
    en="'{value}' can be {day:day} or {other:day}. Write the polling day as {other} or {day}.",
    id="'{value}' bisa berarti {day:day} atau {other:day}. Tulis hari pemungutan suara sebagai "
    "{other} atau {day}.",
)
_NO_DAYS = Text(
    en="{n:count:date:dates} of the table without day, month or year, the first '{value}' in row "
    "{row}. Write them as 2024-11-27, 27/11/2024 or 27 November 2024.",
    id="{n:count} tanggal di tabel bukan tanggal yang lengkap, yang pertama '{value}' pada baris "
    "{row}. Tulis sebagai 2024-11-27, 27/11/2024, atau 27 November 2024.",
)
_BLANK_DAYS = Text(
    en="{n:count:row:rows} of the table with no date, the first is row {row}. Fill in their "
    "polling day or leave the rows out.",
    id="{n:count} baris di tabel tanpa tanggal, yang pertama baris {row}. Isi hari pemungutan "
    "suaranya atau hapus barisnya.",
)
