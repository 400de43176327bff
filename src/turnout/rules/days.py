"""Rules on polling days: day and month that have changed places, days of another type."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from turnout.elections import TYPE_GROUPS, group_of_type, national_days
from turnout.errors import Finding
from turnout.language import Text
from turnout.polling_days import NATIONAL_DAYS, is_polling_day
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


OF_OTHER_TYPE = Rule(
    "day_of_other_type",
    "warning",
    Text(
        en="{contest:contest} on {day:day}, the nationwide polling day of {others:list}.",
        id="{contest:contest} tertulis {day:day}, yaitu hari pemungutan suara nasional untuk "
        "{others:list}.",
    ),
    Text(
        en="Check day and type: what is said of a year holds for all its elections, so name this "
        "one by its type too, '{label}'.",
        id="Periksa hari dan jenisnya: yang disebutkan untuk satu tahun berlaku bagi semua "
        "pemilihan pada tahun itu, jadi sebutkan juga jenisnya, '{label}'.",
    ),
)


OFF_NATIONAL_DAY = Rule(
    "off_national_day",
    "warning",
    Text(
        en="{contest:contest} on {day:day}, but all of Indonesia voted on {meant:day}.",
        id="{contest:contest} tertulis {day:day}, padahal hari pemungutan suara nasionalnya "
        "{meant:day}.",
    ),
    Text(
        en="Correct the day; if this was a repeat poll (PSU), leave it.",
        id="Perbaiki tanggalnya; bila ini pemungutan suara ulang (PSU), biarkan.",
    ),
)


def check_days(draft: Draft) -> list[Finding]:
    """Find contests on a day that may be meant otherwise.

    It becomes a nationwide polling day when day and month change places, is that of another family
    of types, or no nationwide one though the election is national. One finding each, at the
    contest's first row.
    """
    rows = draft.table[draft.table["date"].notna()]
    first = rows.drop_duplicates("contest")
    return [*_swapped(draft, first), *_of_other_type(draft, first), *_off(draft, first)]


def _off(draft: Draft, first: pd.DataFrame) -> list[Finding]:
    days = first["date"].dt.date
    meant = pd.Series(
        [missed_day(*one) for one in zip(days, first["election_type"], strict=True)],
        index=first.index,
        dtype="object",
    )
    told = first.assign(day=days, meant=meant)[meant.notna()]
    return OFF_NATIONAL_DAY.at(draft, told.index, "date", told)


def missed_day(day: dt.date, election_type: object) -> dt.date | None:
    """Return the nearest day on which a national election of the year was held, if not on `day`.

    None where another rule tells what is odd about the day: it is that of another family of types,
    or becomes a polling day when day and month change places.

    >>> missed_day(dt.date(2019, 4, 18), "pileg"), missed_day(dt.date(2014, 7, 9), "pileg")
    (datetime.date(2019, 4, 17), datetime.date(2014, 4, 9))
    >>> missed_day(dt.date(2019, 4, 17), "pemilu"), missed_day(dt.date(2018, 6, 28), "pilkada")
    (None, None)
    """
    if not isinstance(election_type, str) or group_of_type(election_type) != "pemilu":
        return None
    held = national_days(day.year, election_type)
    if not held or day in held or meant_day(day) or others_of_day(day, election_type):
        return None
    return min(held, key=lambda one: abs(one - day))


def _of_other_type(draft: Draft, first: pd.DataFrame) -> list[Finding]:
    days = first["date"].dt.date
    others = pd.Series(
        [others_of_day(*one) for one in zip(days, first["election_type"], strict=True)],
        index=first.index,
        dtype="object",
    )
    label = first["date"].dt.strftime("%Y ") + first["election_type"]
    told = first.assign(day=days, others=others, label=label)[others.astype(bool)]
    return OF_OTHER_TYPE.at(draft, told.index, "date", told)


def others_of_day(day: dt.date, election_type: object) -> list[str]:
    """Return the types whose nationwide polling day a day is, if none is of a type's family.

    >>> others_of_day(dt.date(2024, 11, 27), "pilpres")
    ['pilkada']
    >>> others_of_day(dt.date(2024, 2, 14), "pileg")
    []
    """
    if not isinstance(election_type, str) or group_of_type(election_type) not in _FAMILIES:
        return []
    types = [one.election_type for one in NATIONAL_DAYS if one.date == day]
    own = group_of_type(election_type)
    return [] if own in map(group_of_type, types) else types


_FAMILIES = frozenset(TYPE_GROUPS.values())


def _swapped(draft: Draft, first: pd.DataFrame) -> list[Finding]:
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
