"""Rules on polling days: days filled down, day and month that have changed places, other types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from turnout.elections import TYPE_GROUPS, group_of_type, national_days
from turnout.errors import Finding
from turnout.language import Text
from turnout.polling_days import NATIONAL_DAYS, is_polling_day
from turnout.rules.draft import Draft
from turnout.rules.other_years import check_years
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


OFF_THE_WEEKDAY = Rule(
    SWAPPED.name,
    "warning",
    Text(
        en="{contest:contest} on {day:day}; the other {n:count} polling days are all on one day of "
        "the week, which this is not and {meant:day} is: have day and month changed places?",
        id="{contest:contest} tertulis {day:day}; {n:count} hari pemungutan suara lainnya jatuh "
        "pada hari yang sama dalam sepekan, yang ini tidak, sedangkan {meant:day} ya: apakah "
        "tanggal dan bulan tertukar?",
    ),
    Text(
        en="If so, correct the date ({written} in the file); if not, leave it.",
        id="Bila ya, perbaiki tanggalnya (tulis {written}); bila tidak, biarkan.",
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
    Text(en="Check day and type.", id="Periksa hari dan jenisnya."),
)

SAID_OF_OTHER_TYPE = replace(
    OF_OTHER_TYPE,
    remedy=Text(
        en="Check day and type. Where the day is said of a year, name this election by its type "
        "too, '{label}'.",
        id="Periksa hari dan jenisnya. Bila harinya disebutkan per tahun, sebutkan juga jenisnya, "
        "'{label}'.",
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

NEAR_REGIONAL_DAY = Rule(
    OFF_NATIONAL_DAY.name,
    "warning",
    Text(
        en="{contest:contest} on {day:day}, but regions all over Indonesia voted on {meant:day}, "
        "of which the results hold none.",
        id="{contest:contest} tertulis {day:day}, padahal pilkada serentak berlangsung {meant:day} "
        "dan hasilnya tidak ada di sini.",
    ),
    Text(
        en="Correct the day; if the poll was repeated (PSU) or put off, leave it.",
        id="Perbaiki tanggalnya; bila ini pemungutan suara ulang (PSU) atau susulan, biarkan.",
    ),
)

FILLED_DOWN = Rule(
    "days_filled_down",
    "error",
    Text(
        en="rows {first} to {last} ({kind}) are each a day later, from {day:day} to {end:day}, "
        "though other contests hold their {n:count} places together: the date was dragged down in "
        "a spreadsheet, which counts it up.",
        id="baris {first} sampai {last} ({kind}) masing-masing sehari lebih lambat, dari {day:day} "
        "sampai {end:day}, padahal {n:count} wilayahnya berada dalam satu pemilihan pada data "
        "lain: tanggalnya ditarik ke bawah di lembar kerja, sehingga bertambah sehari tiap baris.",
    ),
    Text(
        en="Give all of these rows the same day, most likely the first, {day:day}.",
        id="Samakan tanggal pada semua baris itu, kemungkinan besar yang pertama, {day:day}.",
    ),
)
_A_FEW = 2
"""Places that a day of those that were filled down may have."""
_FILLED = 5
"""Days in turn, one of few places each, from which on they are no chance."""
_TOGETHER = 0.5
"""Part of their places that another contest must hold: villages may elect on a day of their own."""


def check_days(draft: Draft) -> list[Finding]:
    """Find contests on a day that may be meant otherwise.

    It is one of many in turn that were filled down, becomes a nationwide polling day when day and
    month change places, is that of another family of types, or no nationwide one though the
    election is national, perhaps for its year alone. One finding each, at the contest's first row.
    """
    rows = draft.table[draft.table["date"].notna()]
    findings, filled = _filled_down(draft, rows)
    first = rows.drop(filled).drop_duplicates("contest")
    swapped = _swapped(draft, first)
    return [
        *findings,
        *(swapped or _off_the_weekday(draft, first)),
        *_of_other_type(draft, first),
        *_off(draft, first),
        *check_years(draft, first),
    ]


def _filled_down(draft: Draft, rows: pd.DataFrame) -> tuple[list[Finding], pd.Index]:
    """Return what is told of days that were filled down, and the rows that have them."""
    places = rows[rows["election_type"].notna()]  # totals too, which stand between the areas
    days = places.groupby(["election_type", "date"])["key"].nunique().rename("n").reset_index()
    few = days["n"] <= _A_FEW
    next_day = days["date"].diff().eq(pd.Timedelta(days=1))
    next_day &= days["election_type"] == days["election_type"].shift()
    run = (~(few & next_day & few.shift(fill_value=False))).cumsum()  # others are runs of one
    long = few & (run.groupby(run).transform("size") >= _FILLED)
    findings: list[Finding] = []
    filled: list[int] = []
    for _, block in days[long].groupby(run[long]):
        of_type = places["election_type"] == block["election_type"].iloc[0]
        within = of_type & places["date"].isin(block["date"])
        own, others = places[within], places[~within]
        held = others[others["key"].isin(own["key"])].groupby("contest")["key"].nunique()
        if held.max() >= _TOGETHER * own["key"].nunique():
            findings += _told_filled(draft, own, places["date"][of_type])
            filled.extend(own.index)
    return findings, pd.Index(filled, dtype=rows.index.dtype)


def _told_filled(draft: Draft, own: pd.DataFrame, days: pd.Series) -> list[Finding]:
    """Tell of rows that were filled down, perhaps from the last of the rows of the day before."""
    labels = draft.origin.loc[own.index, "row"]
    before = own["date"].min() - pd.Timedelta(days=1)
    day = before if days.eq(before).any() else own["date"].min()
    told = own.iloc[:1].assign(
        first=labels.iloc[0],
        last=labels.iloc[-1],
        kind=own["election_type"],
        day=day.date(),
        end=own["date"].max().date(),
        n=own["key"].nunique(),
    )
    return [
        replace(one, spot=replace(one.spot, row=None, value=""))
        for one in FILLED_DOWN.at(draft, told.index, "date", told)
    ]


def _off(draft: Draft, first: pd.DataFrame) -> list[Finding]:
    days = first["date"].dt.date
    meant, near = (_days_meant(first, of) for of in (missed_day, slipped_day))
    near = near.where(~near.isin([*days]))  # a poll beside that of the day may be one put off
    told = first.assign(day=days, meant=meant.where(meant.notna(), near))
    return [
        *OFF_NATIONAL_DAY.at(draft, told.index[meant.notna()], "date", told),
        *NEAR_REGIONAL_DAY.at(draft, told.index[near.notna()], "date", told),
    ]


def _days_meant(first: pd.DataFrame, of: Callable[[dt.date, object], dt.date | None]) -> pd.Series:
    """Return of each contest the day that a rule takes its day for; None where it is right."""
    days = zip(first["date"].dt.date, first["election_type"], strict=True)
    return pd.Series([of(*one) for one in days], index=first.index, dtype="object")


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


def slipped_day(day: dt.date, election_type: object) -> dt.date | None:
    """Return the day of regional polls of the year that a day misses by its day, or month, alone.

    Since 2015 regions vote together. None where another rule tells what is odd about the day.

    >>> slipped_day(dt.date(2020, 12, 19), "pilbup"), slipped_day(dt.date(2020, 11, 9), "pilkada")
    (datetime.date(2020, 12, 9), datetime.date(2020, 12, 9))
    >>> slipped_day(dt.date(2017, 4, 19), "pilgub"), slipped_day(dt.date(2020, 9, 12), "pilkada")
    (None, None)
    """
    if not isinstance(election_type, str) or group_of_type(election_type) != "pilkada":
        return None
    held = national_days(day.year, election_type)
    if day in held or meant_day(day) or others_of_day(day, election_type):
        return None
    return next((one for one in held if day.month == one.month or day.day == one.day), None)


def _of_other_type(draft: Draft, first: pd.DataFrame) -> list[Finding]:
    days = first["date"].dt.date
    others = pd.Series(
        [others_of_day(*one) for one in zip(days, first["election_type"], strict=True)],
        index=first.index,
        dtype="object",
    )
    label = first["date"].dt.strftime("%Y ") + first["election_type"]
    told = first.assign(day=days, others=others, label=label)[others.astype(bool)]
    marks = draft.origin.reindex(columns=["said:date"])["said:date"]
    said = marks[told.index].eq(other=True)
    return [
        *OF_OTHER_TYPE.at(draft, told.index[~said], "date", told),
        *SAID_OF_OTHER_TYPE.at(draft, told.index[said], "date", told),
    ]


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


def _off_the_weekday(draft: Draft, first: pd.DataFrame) -> list[Finding]:
    """Tell of days that are of the weekday of all others when day and month change places."""
    days = pd.Series(first["date"].dt.date.unique(), dtype="object")
    weekdays = days.map(lambda day: day.weekday())
    if weekdays.empty or (weekdays == (usual := weekdays.mode().iloc[0])).sum() < _USUALLY:
        return []
    off = [day for day, weekday in zip(days, weekdays, strict=True) if weekday != usual]
    meant = {day: day.replace(month=day.day, day=day.month) for day in off if day.day <= _MONTHS}
    if len(off) > 1 or any(day.weekday() != usual for day in meant.values()) or not meant:
        return []  # where elections are on several days of the week, none of them tells
    own = first[first["date"].dt.date.isin(meant)]
    told = own.assign(day=own["date"].dt.date, n=len(days) - len(off))
    told = told.assign(meant=told["day"].map(meant))
    return OFF_THE_WEEKDAY.at(
        draft, told.index, "date", told.assign(written=told["meant"].map(str))
    )


_USUALLY, _MONTHS = 4, 12
"""Polling days on one day of the week from which on another is odd; and months of a year."""


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
