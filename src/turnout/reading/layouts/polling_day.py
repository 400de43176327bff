"""The polling day that lines above a table state, and the days there that are something else."""

from __future__ import annotations

import datetime as dt
import re

from turnout.dates import find_dates
from turnout.reading.headers.plain import words

BETWEEN_CELLS = " | "
"""What stands between the cells of a line."""

_WEEKDAYS = (
    r"senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_BEFORE_A_DAY = re.compile(
    rf"(?:[\s:=,/|()–—-]|\b(?:{_WEEKDAYS}|pada|hari|tanggal|tgl|on|the|is|was)\b)+$",
    re.IGNORECASE,
)
_OF_A_DAY = re.compile(rf"\b(?:{_WEEKDAYS}|hari|tanggal|tgl|date)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[|;:,()–—]|\s-\s")
_WEEKDAY_WITH_DAY = re.compile(r"\bhari\s*[,/&]\s*(?:tanggal|tgl)\b\.?", re.IGNORECASE)

_POLL = (
    r"pemungutan suara|pencoblosan|coblosan"
    r"|(?:hari|tanggal|tgl|waktu|pelaksanaan|penyelenggaraan) (?:pemilihan|pemilu|pilkada|pilpres"
    r"|pileg|pilgub|pilbup|pilwako|pilwali)|hari h"
    r"|(?:polling|voting|election) (?:day|date)|(?:day|date) of (?:the )?(?:election|poll|vote)s?"
)
_NAMES_THE_POLL = re.compile(rf"\b(?:{_POLL})\b")
_BESIDE_IT = re.compile(
    r"(?:hari|tanggal|tgl|waktu|jadwal|dan|pada|dilaksanakan|diselenggarakan|dilakukan"
    r"|pelaksanaan|penyelenggaraan|umum|serentak|nasional|kepala|daerah|pemilihan|pemilu|pilkada"
    r"|pilpres|pileg|pilgub|pilbup|pilwako|pilwali|bupati|wali|kota|walikota|gubernur|wakil"
    r"|presiden|legislatif|tahun|for|held|general|election|of|the|(?:19|20)\d\d)"
)

_OTHERWISE = re.compile(
    r"\b(?:di ?|ter)(?:cetak|unduh|akses|tetapkan|buat|susun|olah|ekspor|terbitkan|sahkan|umumkan"
    r"|perbarui|perbaharui|mutakhirkan|tandatangani|revisi|akhir)\b"
    r"|\bpe(?:netapan|ngesahan|ngumuman|mbaruan|mutakhiran|ncetakan|ngunduhan|laporan|ndaftaran)\b"
    r"|\b(?:cetak|unduh|akses|revisi|terbit|rapat|pleno|sidang|kampanye|debat|batas|versi|posisi"
    r"|berita acara|keputusan|sebelum|sesudah|setelah)\b"
    r"|\bstand\b|\b(?:print(?:ed)?|download(?:ed)?|accessed|retrieved|updated?|created|exported|generated"
    r"|issued|published|announced|signed|version|meeting|decree|deadline|before|after|campaign)\b",
    re.IGNORECASE,
)
_UP_TO = r"per|as (?:of|at)|until|till|to|since|from|mulai|sejak|hingga|sampai(?: dengan)?|s[./]?d"
_JUST_BEFORE = re.compile(
    rf"(?:\b(?:{_UP_TO})\b\.?|[–—-])\s*(?:\b(?:tanggal|tgl|the)\b\.?\s*)?$", re.IGNORECASE
)
_RANGE_BEHIND = re.compile(
    r"\s*(?:\b(?:s[./]?d|sampai|hingga|until|to)\b|[–—-]\s*\d)", re.IGNORECASE
)


_ELECTION = re.compile(
    r"\b(?:(?:by-?)?elections?|referendum|primar(?:y|ies)|(?:\w+)?wahl(?:en)?|élections?|scrutin"
    r"|elecci[oó]n(?:es)?|elei[cç](?:ão|ao|ões|oes)|elezion[ei])\b",
    re.IGNORECASE,
)


def names_an_election(title: str) -> bool:
    """Whether a title has the word for an election, in a language other than Indonesian.

    >>> names_an_election("Local election, 22 May 2014"), names_an_election("Bundestagswahl 2021")
    (True, True)
    >>> names_an_election("Electoral roll of 1 March 2014")
    False
    """
    return bool(_ELECTION.search(title))


def stated_day(line: str) -> dt.date | None:
    """Return the day of a line that calls it that of the poll, with or without a colon.

    >>> stated_day("Hari/Tanggal Pemungutan Suara: Rabu, 9 Desember 2015")
    datetime.date(2015, 12, 9)
    >>> stated_day("Election day | 27 November 2024")
    datetime.date(2024, 11, 27)
    >>> stated_day("Tanggal penetapan hasil pemungutan suara: 3 Desember 2024")
    """
    for day, start, end in find_dates(line):
        before, behind = _label(line[:start]), words(line[end:])
        if _is_of_poll(before) or (not before and _is_of_poll(behind)):
            return day
    return None


def days_beside(title: str) -> list[dt.date]:
    """Return the days of a title that may be those of its election, not of a meeting or a decree.

    >>> days_beside("Hasil Pilkada 27 November 2024, dicetak 5 Maret 2025")
    [datetime.date(2024, 11, 27)]
    >>> days_beside("DPT Pilkada per 20 September 2024")
    []
    """
    days, ended = [], 0
    for day, start, end in find_dates(title):
        before = title[ended:start]
        other = _OTHERWISE.search(before) or _JUST_BEFORE.search(before)
        if not (other or _RANGE_BEHIND.match(title[end:])):
            days.append(day)
        ended = end
    return days


def is_otherwise(line: str) -> bool:
    """Whether a line with one day says of what it is, and not of a poll.

    >>> is_otherwise("Tanggal: cetak 5 Maret 2024"), is_otherwise("Rabu, 5 Maret 2024")
    (True, False)
    """
    return bool(_OTHERWISE.search(line)) or len(days_beside(line)) < len(find_dates(line))


def bare_day(line: str) -> dt.date | None:
    """Return the day of a line that holds nothing else, but for its weekday and *tanggal*.

    >>> bare_day("(Rabu, 14 Februari 2024)"), bare_day("Jambi, 14 Februari 2024")
    (datetime.date(2024, 2, 14), None)
    """
    found = find_dates(line)
    if len(found) != 1:
        return None
    day, start, end = found[0]
    behind = re.sub(r"\d{1,2}:\d{2}(?::\d{2})?", "", line[end:])
    before = _OF_A_DAY.sub("", line[:start])
    return None if words(before + behind) else day


def _label(before: str) -> str:
    """Return the words of the last clause before a day, without those that lead up to it."""
    plain = _WEEKDAY_WITH_DAY.sub("tanggal", before)
    lead = _BEFORE_A_DAY.sub("", plain)
    return words(_CLAUSE.split(lead)[-1])


def _is_of_poll(label: str) -> bool:
    """Whether a label names the poll, and nothing besides that would make it another day."""
    if not _NAMES_THE_POLL.search(label):
        return False
    return all(_BESIDE_IT.fullmatch(word) for word in _NAMES_THE_POLL.sub(" ", label).split())
