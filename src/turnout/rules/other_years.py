"""Elections on the day and month of a national polling day, in a year in which it was none."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from turnout.elections import group_of_type, national_days
from turnout.errors import Finding
from turnout.language import Text
from turnout.polling_days import NATIONAL_DAYS
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

IN_OTHER_YEAR = Rule(
    "national_day_in_other_year",
    "warning",
    Text(
        en="{contest:contest} on {day:day}, a year without a national election; all of Indonesia "
        "voted on {meant:day}: is the year wrong?",
        id="{contest:contest} tertulis {day:day}, padahal pada tahun itu tidak ada pemilu; hari "
        "pemungutan suara nasionalnya {meant:day}: apakah tahunnya keliru?",
    ),
    Text(
        en="If so, correct the year; if not, leave it.",
        id="Bila ya, perbaiki tahunnya; bila tidak, biarkan.",
    ),
)

REGIONAL_IN_OTHER_YEAR = Rule(
    IN_OTHER_YEAR.name,
    "warning",
    Text(
        en="{contest:contest} on {day:day}, on which no regions voted together; they did on "
        "{meant:day}: is the year wrong?",
        id="{contest:contest} tertulis {day:day}, padahal tidak ada pilkada serentak pada hari "
        "itu; pilkada serentak berlangsung {meant:day}: apakah tahunnya keliru?",
    ),
    Text(
        en="If so, correct the year; if the poll was repeated (PSU) or put off, leave it.",
        id="Bila ya, perbaiki tahunnya; bila ini pemungutan suara ulang (PSU) atau susulan, "
        "biarkan.",
    ),
)


def check_years(draft: Draft, first: pd.DataFrame) -> list[Finding]:
    """Find contests whose year may be wrong.

    Parameters
    ----------
    draft
        The rows that findings point at.
    first
        The first row of each contest, with its date and type.
    """
    days = first["date"].dt.date
    both = zip(days, first["election_type"], strict=True)
    meant = pd.Series([day_of_other_year(*one) for one in both], first.index, dtype="object")
    told = first.assign(day=days, meant=meant)[meant.notna()]
    regional = told["election_type"].map(group_of_type) == _REGIONAL
    return [
        *IN_OTHER_YEAR.at(draft, told.index[~regional], "date", told),
        *REGIONAL_IN_OTHER_YEAR.at(draft, told.index[regional], "date", told),
    ]


def day_of_other_year(day: dt.date, election_type: object) -> dt.date | None:
    """Return the day of a national election that a day is but for its year, in which none was held.

    So of regional polls since these are held together, also where others were in that year. Of
    several the nearest. None a term of five years, or several, after the last that is known: the
    day of a coming election may be alike.

    >>> day_of_other_year(dt.date(2023, 2, 14), "pemilu")
    datetime.date(2024, 2, 14)
    >>> day_of_other_year(dt.date(2029, 2, 14), "pemilu") is None
    True
    >>> day_of_other_year(dt.date(2021, 12, 9), "pilbup")
    datetime.date(2020, 12, 9)
    >>> day_of_other_year(dt.date(2010, 12, 9), "pilbup") is None
    True
    """
    if not isinstance(election_type, str):
        return None
    group = group_of_type(election_type)
    days = [one.date for one in NATIONAL_DAYS if group_of_type(one.election_type) == group]
    alike = [
        one
        for one in days
        if (one.month, one.day) == (day.month, day.day)
        and one in national_days(one.year, election_type)
    ]
    years = {one.year for one in days} or {day.year}
    known = day in days if group == _REGIONAL else day.year in years
    known |= group == _REGIONAL and day.year < min(years)
    after = day.year - max(years)
    if known or not alike or (after > 0 and after % _TERM == 0):
        return None
    return min(alike, key=lambda one: abs(one - day))


_REGIONAL = "pilkada"
"""Family of the elections that regions hold together, since the first of its days."""
_TERM = 5
"""Years from one national election to the next."""
