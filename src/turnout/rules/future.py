"""Past results whose day is yet to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text


def tell_of_future(results: pd.DataFrame, today: dt.date, file: str) -> Iterator[Finding]:
    """Yield a warning for each election among past results that is dated after today.

    Parameters
    ----------
    results
        Canonical results.
    today
        The day on which they are looked at.
    file
        The file that they stand in.
    """
    after = results[results["date"] > pd.Timestamp(today)]
    for label, rows in after.groupby("election", sort=False):
        values = {"contest": label, "day": rows["date"].iloc[0].date(), "n": len(rows)}
        yield Finding("after_today", "warning", _AFTER_TODAY, _CORRECT, Spot(file), values)


_AFTER_TODAY = Text(
    en="{contest:contest} is dated {day:day}, which is yet to come ({n:count:row:rows}): a "
    "forecast of an election on or before that day leaves it out.",
    id="{contest:contest} tertulis {day:day}, padahal hari itu belum tiba ({n:count} baris): "
    "prakiraan untuk pemilihan pada hari itu atau sebelumnya tidak memakainya.",
)
_CORRECT = Text(
    en="If it is a result, correct its day; if not, delete these rows.",
    id="Bila memang hasil pemilihan, perbaiki tanggalnya; bila bukan, hapus barisnya.",
)
