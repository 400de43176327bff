"""A rule on polling days: day and month that have changed places."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.polling_days import is_polling_day
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

SWAPPED = Rule(
    "day_and_month_swapped",
    "warning",
    Text(
        en="{contest:contest} on {day:day}, which is no nationwide polling day, but {meant:day} "
        "is: have day and month changed places?",
        id="{contest:contest} tertulis {day:day}, yang bukan hari pemungutan suara nasional, "
        "sedangkan {meant:day} adalah harinya: apakah tanggal dan bulan tertukar?",
    ),
    Text(
        en="If so, correct the date ({written} in the file). Spreadsheets set to US dates read "
        "09/12 as 12 September.",
        id="Bila ya, perbaiki tanggalnya (tulis {written}). Lembar kerja yang memakai tanggal "
        "Amerika membaca 09/12 sebagai 12 September.",
    ),
)


def check_days(draft: Draft) -> list[Finding]:
    """Find contests whose day becomes a nationwide polling day when day and month change places.

    One finding each, at its first row.
    """
    rows = draft.table[draft.table["date"].notna()]
    first = rows.drop_duplicates("contest")
    first = first[first["date"].dt.day <= 12]
    days = first["date"].dt.date
    meant = pd.Series([meant_day(day) for day in days], index=first.index, dtype="object")
    told = first.assign(day=days, meant=meant, written=meant.astype("str"))[meant.notna()]
    return SWAPPED.at(draft, told.index, "date", told)


def meant_day(day: dt.date) -> dt.date | None:
    """Return the polling day that a day becomes when its day and month change places.

    None where the day is one itself, or does not become one.

    >>> meant_day(dt.date(2020, 9, 12)), meant_day(dt.date(2020, 12, 9))
    (datetime.date(2020, 12, 9), None)
    """
    if day.day > 12 or is_polling_day(day):
        return None
    meant = day.replace(month=day.day, day=day.month)
    return meant if is_polling_day(meant) else None
