"""The time up to which a count goes, beside the day of its election."""

from __future__ import annotations

import datetime as dt

from turnout.forecast.about import Note
from turnout.language import Text

_LONGEST_COUNT = 60
"""Days after polling day up to which a count goes on; results are announced within 35."""


def odd_time(until: dt.datetime | None, polling_day: dt.date, *, of_file: bool) -> tuple[Note, ...]:
    """Return a note on a count that is of another time than that of its election.

    Parameters
    ----------
    until
        Up to when it goes, if anybody says so.
    polling_day
        Day of the election.
    of_file
        Whether that is the time of a file.

    Examples
    --------
    >>> [note] = odd_time(dt.datetime(2026, 12, 1), dt.date(2024, 11, 27), of_file=True)
    >>> note.say("en")[:58]
    'By the time of the file the count goes up to 1 December 20'
    >>> odd_time(dt.datetime(2024, 11, 27, 21), dt.date(2024, 11, 27), of_file=True)
    ()
    """
    if until is None:
        return ()
    days = (until.date() - polling_day).days
    if 0 <= days <= _LONGEST_COUNT:
        return ()
    text = (_BY_FILE if of_file else _SAID)["before" if days < 0 else "after"]
    return (Note(text, {"day": until.date(), "n": abs(days)}),)


_SAID = {
    "before": Text(
        en="The count is said to go up to {day:day}, {n:count:day:days} before polling day. Check "
        "the time (data_until) and the date of the election.",
        id="Hasil hitung disebut per {day:day}, {n:count} hari sebelum hari pemungutan suara. "
        "Periksa waktunya (data_until) dan tanggal pemilihan.",
    ),
    "after": Text(
        en="The count is said to go up to {day:day}, {n:count:day:days} after polling day. Check "
        "the time (data_until) and the date of the election.",
        id="Hasil hitung disebut per {day:day}, {n:count} hari setelah hari pemungutan suara. "
        "Periksa waktunya (data_until) dan tanggal pemilihan.",
    ),
}
"""Of a count that is said to be of another time than that of its election."""
_BY_FILE = {
    "before": Text(
        en="By the time of the file the count goes up to {day:day}, {n:count:day:days} before "
        "polling day. Say the right time in a column data_until (forecast run: --data-until), or "
        "check the date of the election.",
        id="Menurut waktu berkas, hasil hitung per {day:day}, {n:count} hari sebelum hari "
        "pemungutan suara. Sebutkan waktu yang benar pada kolom data_until (forecast run: "
        "--data-until), atau periksa tanggal pemilihan.",
    ),
    "after": Text(
        en="By the time of the file the count goes up to {day:day}, {n:count:day:days} after "
        "polling day. Say the right time in a column data_until (forecast run: --data-until), or "
        "check the date of the election.",
        id="Menurut waktu berkas, hasil hitung per {day:day}, {n:count} hari setelah hari "
        "pemungutan suara. Sebutkan waktu yang benar pada kolom data_until (forecast run: "
        "--data-until), atau periksa tanggal pemilihan.",
    ),
}
"""The same where nobody said a time, so that the file's is taken."""
