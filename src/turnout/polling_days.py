"""Polling days that the whole of Indonesia knows, and the federal ones of the United States.

They tell what a date such as 09/12/2020 means, and are offered where a file names a year alone.
No forecast is made of them: an election is dated by what its file or its user says.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class PollingDay:
    """One nationwide polling day.

    Parameters
    ----------
    date
        The day.
    election_type
        What was voted on: ``pileg``, ``pilpres`` or ``pilkada``.
    source
        The decree or the commission's regulation that set it.
    note
        Which round, or which part of the country.
    """

    date: dt.date
    election_type: str
    source: str
    note: str = ""


def _days(rows: str) -> tuple[PollingDay, ...]:
    parts = [[part.strip() for part in row.split("|")] for row in rows.strip().splitlines()]
    return tuple(
        PollingDay(dt.date.fromisoformat(day), kind, source, note)
        for day, kind, source, note in parts
    )


NATIONAL_DAYS: tuple[PollingDay, ...] = _days(
    """
    2004-04-05 | pileg   | Keputusan KPU 100/2003         |
    2004-07-05 | pilpres | Keputusan KPU 100/2003         | first round
    2004-09-20 | pilpres | Keputusan KPU 100/2003         | second round
    2009-04-09 | pileg   | Peraturan KPU 20/2008          |
    2009-07-08 | pilpres | Peraturan KPU 10/2009          |
    2014-04-09 | pileg   | Peraturan KPU 7/2012           |
    2014-07-09 | pilpres | Peraturan KPU 4/2014           |
    2015-12-09 | pilkada | Peraturan KPU 2/2015           | 269 regions
    2017-02-15 | pilkada | Peraturan KPU 3/2016           | 101 regions
    2018-06-27 | pilkada | Peraturan KPU 1/2017           | 171 regions
    2019-04-17 | pileg   | Peraturan KPU 7/2017           |
    2019-04-17 | pilpres | Peraturan KPU 7/2017           |
    2020-12-09 | pilkada | Perppu 2/2020; PKPU 5/2020     | 270 regions
    2024-02-14 | pileg   | Peraturan KPU 3/2022           |
    2024-02-14 | pilpres | Peraturan KPU 3/2022           |
    2024-11-27 | pilkada | Peraturan KPU 2/2024           |
    """
)
"""National polling days of Indonesia since 2004, with the regulation of each timetable."""

_KNOWN = frozenset(one.date for one in NATIONAL_DAYS)


def is_polling_day(day: dt.date) -> bool:
    """Whether a day is a nationwide polling day of Indonesia, or a federal one of the US.

    The latter are the Tuesdays after the first Monday of November (2 U.S.C. 7).

    >>> is_polling_day(dt.date(2020, 12, 9)), is_polling_day(dt.date(2020, 11, 3))
    (True, True)
    >>> is_polling_day(dt.date(2020, 9, 12)), is_polling_day(dt.date(2020, 3, 11))
    (False, False)
    """
    return elects_president(day) is not None or day in _KNOWN


def elects_president(day: dt.date) -> bool | None:
    """Whether a president is elected on a federal polling day of the US; None on other days.

    >>> [elects_president(dt.date(*one)) for one in ((2020, 11, 3), (2018, 11, 6), (2018, 6, 5))]
    [True, False, None]
    """
    federal = day.month == 11 and day.weekday() == 1 and 2 <= day.day <= 8 and day.year % 2 == 0
    return day.year % 4 == 0 if federal else None
