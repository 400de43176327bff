"""Dates as people write them: ISO, 27/11/2024, 27 November 2024, and those of spreadsheets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from turnout.reading.files.cells import as_text, is_missing

Order = Literal["day_first", "month_first", "both"]

_MONTH_NAMES: tuple[str, ...] = (
    "januari january jan",
    "februari pebruari february feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agt agu ags aug agust",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
_MONTHS: Mapping[str, int] = {
    name: month for month, names in enumerate(_MONTH_NAMES, 1) for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_COMPACT = re.compile(r"(19\d\d|20\d\d)(\d\d)(\d\d)")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ]\d{1,2}:\d{2}.*)?")
_WORDS = re.compile(
    rf"(?:[a-z'’]+,?\s+)?(\d{{1,2}})[\s./-]+({_MONTH})\.?[\s./,-]+(\d{{4}})", re.IGNORECASE
)
_WORDS_US = re.compile(rf"({_MONTH})\.?\s+(\d{{1,2}}),?\s+(\d{{4}})", re.IGNORECASE)

# Spreadsheets count days from here (1899-12-30 makes up for their leap day of 1900).
_SERIAL_ORIGIN = dt.date(1899, 12, 30)
_SERIALS = (18_264, 73_050)  # 1950 to 2099: a smaller number is a year or a count, not a day


@dataclass(frozen=True)
class Dates:
    """A column read as dates.

    Parameters
    ----------
    values
        The days as datetime64, NaT where missing or unreadable.
    unreadable
        Cells that hold something, but no day.
    order
        How dates such as 11/12/2024 were read; ``both`` when the column contradicts itself.
    """

    values: pd.Series[pd.Timestamp]
    unreadable: pd.Series[bool]
    order: Order


def parse_dates(cells: pd.Series[Any]) -> Dates:
    """Read a column of cells as dates, day before month unless the column shows otherwise.

    Examples
    --------
    >>> parse_dates(pd.Series(["27 November 2024", "14-02-2024"])).values.astype("str").tolist()
    ['2024-11-27', '2024-02-14']
    """
    codes, uniques = pd.factorize(cells.astype("object"), use_na_sentinel=True)
    order = _order([as_text(cell) for cell in uniques])
    days = [_day(cell, order) for cell in uniques]
    missing = np.array([*(is_missing(cell) for cell in uniques), True], dtype=bool)
    read = np.array([*days, None], dtype="datetime64[s]")
    values = pd.Series(read[codes], index=cells.index)
    return Dates(
        values=values,
        unreadable=values.isna() & ~pd.Series(missing[codes], index=cells.index),
        order=order,
    )


def find_date(text: str) -> tuple[dt.date, str] | None:
    """Return the first full date inside a text, and the text without it.

    >>> find_date("DPT Pilkada 27 November 2024")
    (datetime.date(2024, 11, 27), 'DPT Pilkada ')
    """
    for pattern in (_ISO_INSIDE, _NUMERIC_INSIDE, _WORDS_INSIDE):
        found = pattern.search(text)
        if found is None:
            continue
        day = _day(found.group(), "day_first")
        if day is not None:
            return day, text[: found.start()] + text[found.end() :]
    return None


_ISO_INSIDE = re.compile(r"(?<!\d)(?:19|20)\d\d[-/._](?:0?[1-9]|1[0-2])[-/._]\d{1,2}(?!\d)")
_NUMERIC_INSIDE = re.compile(r"(?<!\d)\d{1,2}[-/._]\d{1,2}[-/._](?:19|20)\d\d(?!\d)")
_WORDS_INSIDE = re.compile(rf"(?<!\d)\d{{1,2}}[\s_-]+(?:{_MONTH})\.?[\s_-]+\d{{4}}", re.IGNORECASE)


def _order(texts: list[str]) -> Order:
    """Tell from the whole column whether the day or the month comes first."""
    pairs = [
        (int(found[1]), int(found[2])) for text in texts if (found := _NUMERIC.fullmatch(text))
    ]
    day_first = any(first > 12 for first, _ in pairs)
    month_first = any(second > 12 for _, second in pairs)
    if day_first and month_first:
        return "both"
    return "month_first" if month_first else "day_first"


def _day(cell: Any, order: Order) -> dt.date | None:
    """Return the day that one cell names, if any."""
    if isinstance(cell, dt.datetime):
        return None if pd.isna(cell) else cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, np.datetime64):
        return pd.Timestamp(cell).date()
    if isinstance(cell, (int, float, np.number)) and not isinstance(cell, bool):
        return _numbered_day(float(cell))
    text = as_text(cell).replace("_", "-")
    if text.isdigit():
        return _numbered_day(float(text))
    return _written_day(text, order)


def _numbered_day(number: float) -> dt.date | None:
    """Return the day of a spreadsheet's serial number or of a number such as 20241127."""
    if _SERIALS[0] <= number <= _SERIALS[1]:
        return _SERIAL_ORIGIN + dt.timedelta(days=int(number))
    found = _COMPACT.fullmatch(as_text(number))
    return _date(found[1], found[2], found[3]) if found else None


def _written_day(text: str, order: Order) -> dt.date | None:
    if found := _ISO.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if found := _NUMERIC.fullmatch(text):
        if order == "both":
            return None
        first, second = (found[1], found[2]) if order == "day_first" else (found[2], found[1])
        return _date(_full_year(found[3]), second, first)
    if found := _WORDS.fullmatch(text):
        return _date(found[3], _MONTHS[found[2].casefold()], found[1])
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
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
