"""Reports of a count: when each was drawn up, and which of two of one place is the later."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from turnout.elections import Election
from turnout.errors import DataError
from turnout.identity.keys import numbers_of_places
from turnout.language import Text

UNTIL = "data_until"
"""Column of a count that tells when it was drawn up."""
OF_FILE = "until_of_file"
"""Column of a count that nobody dated: its time is that of its file."""


def dated_by_file(counted: pd.DataFrame, changed: dt.datetime | None) -> pd.DataFrame:
    """Return a count with the time at which its file was changed, where it tells none itself.

    >>> told = dated_by_file(pd.DataFrame({"area": ["Murni"]}), dt.datetime(2024, 11, 27, 21, 5))
    >>> is_of_file(told), is_of_file(pd.DataFrame({"data_until": ["21.30"]}))
    (True, False)
    """
    if UNTIL in counted and counted[UNTIL].notna().any():
        return counted
    return counted.assign(**{UNTIL: changed, OF_FILE: True})


def is_of_file(counted: pd.DataFrame | None) -> bool:
    """Whether nobody but its file tells when a count was drawn up."""
    return counted is not None and OF_FILE in counted and bool(counted[OF_FILE].notna().any())


def counted_until(counted: pd.DataFrame | None, election: Election) -> dt.datetime | None:
    """Return up to when a count goes: the latest time in its column ``data_until``.

    Parameters
    ----------
    counted
        The count so far.
    election
        The coming election; a time without a day is one of its polling day.

    Raises
    ------
    DataError
        If a time cannot be read.

    Examples
    --------
    >>> coming = Election("2024-11-27", "pilkada")
    >>> counted_until(pd.DataFrame({"data_until": ["21.30", "27/11/2024 22:05"]}), coming)
    datetime.datetime(2024, 11, 27, 22, 5)
    """
    if counted is None or UNTIL not in counted:
        return None
    newest = with_times(counted, election)[UNTIL].max()
    return None if pd.isna(newest) else pd.Timestamp(newest).to_pydatetime()


def with_times(counted: pd.DataFrame, election: Election) -> pd.DataFrame:
    """Return a count with the times of its column ``data_until`` read; as it is without one.

    Raises
    ------
    DataError
        If a time cannot be read.

    Examples
    --------
    >>> count = with_times(pd.DataFrame({"data_until": ["21.30"]}), Election("2024-11-27", "p"))
    >>> str(count["data_until"].iloc[0])
    '2024-11-27 21:30:00'
    """
    if UNTIL not in counted:
        return counted
    times = {value: _time(value, election) for value in counted[UNTIL].dropna().unique()}
    return counted.assign(**{UNTIL: pd.to_datetime(counted[UNTIL].map(times))})


def latest_reports(counted: pd.DataFrame, election: Election) -> pd.DataFrame:
    """Return a count in which a place's later report has replaced its earlier ones.

    Reports are told apart by their time in the column ``data_until``; two of one place and time,
    or of no time, both stay, and are refused as a place told twice.

    Parameters
    ----------
    counted
        The count so far.
    election
        The coming election; a time without a day is one of its polling day.

    Raises
    ------
    DataError
        If a time cannot be read.

    Examples
    --------
    >>> reports = pd.DataFrame({"area": ["Murni", "Murni"], "voters": [640, 650],
    ...                         "data_until": ["20:10", "21:30"]})
    >>> latest_reports(reports, Election("2024-11-27", "pilkada"))["voters"].tolist()
    [650]
    """
    if UNTIL not in counted or counted[UNTIL].isna().all():
        return counted
    told = with_times(counted, election)[UNTIL]
    [place] = numbers_of_places([counted])
    newest = told.groupby(place).transform("max")
    return counted[(told.isna() | (told == newest)).to_numpy()]


def _time(value: object, election: Election) -> dt.datetime:
    """Read a time as people write it; ISO first, else the day before the month."""
    if isinstance(value, dt.date):
        return pd.Timestamp(value).to_pydatetime().replace(tzinfo=None, microsecond=0)
    written = " ".join(_ZONE.sub("", str(value)).split())
    *day, clock = written.rsplit(" ", 1)
    if "." in clock and clock.count(".") <= 2 and len(clock) <= 8:
        clock = clock.replace(".", ":")
    text = " ".join([*(day or [election.date.isoformat()] * (":" in clock[:3])), clock])
    iso = text[:4].isdigit()
    try:
        read = pd.to_datetime(text, dayfirst=not iso)
    except (ValueError, OverflowError):
        raise DataError(_NO_TIME, written=written) from None
    return pd.Timestamp(read).to_pydatetime().replace(tzinfo=None, microsecond=0)


_ZONE = re.compile(r"\b(?:WIB|WITA|WIT)\b")

_NO_TIME = Text(
    en="'{written}' is not a time. Write the time of the count as 2024-11-27 21:30.",
    id="'{written}' bukan waktu. Tulis waktu hasil hitung sebagai 2024-11-27 21:30.",
)
