"""Up to when a count goes, as a line above it tells: *Data masuk s.d. pukul 19.30 WIB*."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence

from turnout.dates import find_dates
from turnout.part_day import CLOSES
from turnout.reading.headers.plain import words
from turnout.reading.layouts.table import Told

_HOUR = r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?:[.:][0-5]\d)?(?![\d.:]*\d)"
_CLOCK = re.compile(
    rf"(?<![\d.:])(?:\b(?P<before>pukul|jam|pkl)\b[\s.:|]*)?(?<!\d)(?<!\d[.:]){_HOUR}"
    r"(?P<behind>\s*(?:WIB|WITA|WIT)\b)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,/|()–—-]*(?:\b(?:at|pada|tanggal|tgl)\b[\s.:]*)?", re.IGNORECASE)
_LED = re.compile(
    r"\b(?:per|s d|sd|sampai|sampai dengan|hingga|as of|as at|until|till|up to|data|data masuk"
    r"|masuk|sementara|update|updated|last update|di ?per(?:barui|baharui)|dimutakhirkan"
    r"|pe(?:mbaruan|mutakhiran)|posisi|kondisi|status)(?: data)?(?: terakhir)?(?: data)?$"
)
"""How what stands before a time ends where the time is that of the data."""
_LEADS_UP = re.compile(
    r"(?:[\s:=,/|()–—-]|\b(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|pada|hari|tanggal|tgl|on|the|at|is|was)\b\.?)+$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[|;:,()–—]|\s-\s")
_PRINTED = re.compile(
    r"\b(?:di ?)?(?:cetak|unduh|akses|ekspor)\b|\b(?:print|download|access|export)(?:ed)?\b",
    re.IGNORECASE,
)
_OF_HOURS = re.compile(
    r"\b(?:di)?(?:buka|tutup)\b|\b(?:pemungutan|pencoblosan|coblosan|jadwal|mulai|batas|rapat"
    r"|pleno|sidang|pendaftaran|kampanye|open|close|poll|polls|polling|voting|deadline)\b"
)
"""Words before a time that is one of polling hours or of a meeting."""


def data_until(
    lines: Sequence[tuple[int | str, str]], polling_days: Collection[object] = ()
) -> Told | None:
    """Return up to when the data of a count go, where the lines above it tell one such time.

    A clock without a day is one of polling day, after the polls have closed; it is not read beside
    any other day, which may be its own. What was printed then, or when polls are open, is none.

    Parameters
    ----------
    lines
        Number and text of each line.
    polling_days
        The polling day, where the lines tell it.

    Examples
    --------
    >>> data_until([(1, "Pilkada 2024, data masuk s.d. pukul 19.30 WIB")]).value
    '19:30'
    >>> data_until([(1, "Update terakhir 27/11/2024 21:00 (dicetak 28/11/2024 08:15)")]).value
    '2024-11-27 21:00'
    >>> data_until([(1, "Pemungutan suara pukul 07.00 s.d. 13.00 WIB")])
    """
    found = {value: Told(value, line, row) for row, line in lines for value in _times(line)}
    if len(found) != 1:
        return None
    [(value, told)] = found.items()
    days = {day for _, line in lines for day in _days(line)} - set(polling_days)
    bare = len(value) <= len("19:30")
    return None if bare and (days or value < f"{CLOSES:%H:%M}") else told


def _times(line: str) -> list[str]:
    """Return the times of a line that it calls those of its data, as day and clock or clock."""
    dates = find_dates(line)
    found, ended = [], 0
    for clock in _CLOCK.finditer(_masked(line, dates)):
        start, end, day = *clock.span(), None
        for one, first, last in dates:
            if last <= start and _BETWEEN.fullmatch(line[last:start]):
                start, day = first, one
            elif first >= end and _BETWEEN.fullmatch(line[end:first]):
                end, day = last, one
        marked = day or clock["before"] or clock["behind"] or ":" in clock.group()
        if marked and _is_of_data(line[ended:start], line[end:]):
            at = f"{int(clock['hour']):02}:{clock['minute']}"
            found.append(at if day is None else f"{day.isoformat()} {at}")
        ended = end
    return found


def _masked(line: str, dates: Sequence[tuple[dt.date, int, int]]) -> str:
    """Return a line with blanks in place of its days, whose numbers are no clocks."""
    for _, start, end in dates:
        line = line[:start] + " " * (end - start) + line[end:]
    return line


def _is_of_data(before: str, behind: str) -> bool:
    """Whether the words between the last time and this one say that data go up to it.

    Of a range (*07.00 s.d. 13.00*) neither end is that.
    """
    lead = words(_CLAUSE.split(_LEADS_UP.sub("", before))[-1])
    ranged = words(before) in _TO or _RANGE.match(behind)
    return bool(_LED.search(lead)) and not (
        ranged or _PRINTED.search(lead) or _OF_HOURS.search(lead)
    )


_TO = ("", "s d", "sd", "sampai", "sampai dengan", "hingga", "until", "till", "to")
_RANGE = re.compile(r"\s*(?:\b(?:s[./]?d|sampai|hingga|until|to)\b|[–—-]\s*\d)", re.IGNORECASE)


def _days(line: str) -> list[dt.date]:
    """Return the days of a line but those of printing."""
    days, ended = [], 0
    for day, start, end in find_dates(line):
        if not _PRINTED.search(line[ended:start]):
            days.append(day)
        ended = end
    return days
