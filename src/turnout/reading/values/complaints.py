"""What can be wrong with the cells of a column."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np

from turnout.language import Text
from turnout.rules.rule import Rule


def is_date(cell: Any) -> bool:
    """Whether a cell holds a date, or a text as spreadsheets write dates into other files.

    >>> is_date("12-Mar"), is_date("2024-12-03 00:00:00"), is_date("3/15"), is_date("2.900")
    (True, True, False, False)
    """
    if isinstance(cell, str):
        return _DATE.fullmatch(cell.strip()) is not None
    return isinstance(cell, (dt.date, np.datetime64))


def says_no_poll(cell: Any) -> bool:
    """Whether a cell says that nobody was asked to vote: *uncontested*.

    >>> says_no_poll("Uncontested - no poll"), says_no_poll("Unknown")
    (True, False)
    """
    return isinstance(cell, str) and _NO_POLL.search(cell) is not None


_NO_POLL = re.compile(
    r"\b(?:uncontested|unopposed|not contested|no (?:poll|contest|election)|aklamasi"
    r"|tanpa pemungutan)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/](?:\d\d|\d{4}))(?:[T ]\d\d:\d\d.*)?"
    r"|\d{1,2}-[A-Za-z]{3}(?:-(?:\d\d|\d{4}))?|[A-Za-z]{3}-\d\d"
)


_WRITE_ISO = Text(
    en="If that is wrong, write them as year-month-day, such as 2015-12-09.",
    id="Bila keliru, tulis sebagai tahun-bulan-hari, misalnya 2015-12-09.",
)
UNREADABLE_NUMBER = Rule(
    "unreadable_number",
    "error",
    Text(en="not a number.", id="bukan angka."),
    Text(
        en="Write digits only (451723); leave the cell blank if nothing is known.",
        id="Tulis angka saja (451.723 atau 451723); kosongkan selnya bila tidak diketahui.",
    ),
)
NO_POLL = Rule(
    "no_poll",
    "error",
    Text(
        en="no number: the cell says that there was no poll.",
        id="bukan angka: sel ini menyebut bahwa tidak ada pemungutan suara.",
    ),
    Text(
        en="Leave the cell blank, or delete the row: nobody voted there, which is no turnout of 0.",
        id="Kosongkan selnya, atau hapus barisnya: di sana tidak ada pemungutan suara, dan itu "
        "bukan partisipasi 0.",
    ),
)
DATE_NOT_COUNT = Rule(
    "date_not_count",
    "error",
    Text(
        en="a date, where a number belongs: a spreadsheet such as Excel makes one of 3/12.",
        id="tanggal, padahal seharusnya angka: Excel mengubah isian seperti 3/12 menjadi tanggal.",
    ),
    Text(
        en="Set the format of the column to Text and enter the cells again; numbers of stations "
        "are best in two columns, those that are in and all.",
        id="Ubah format kolomnya menjadi Teks, lalu isikan lagi selnya; jumlah TPS sebaiknya "
        "ditulis di dua kolom, TPS masuk dan jumlah TPS.",
    ),
)
PERCENTAGE = Rule(
    "percents_not_counts",
    "error",
    Text(
        en="a percentage, where the column holds counts of people or ballots.",
        id="persentase, padahal kolom ini berisi jumlah orang atau suara.",
    ),
    Text(
        en="Give the count; leave the cell blank if it is not known.",
        id="Isikan jumlahnya; kosongkan selnya bila tidak diketahui.",
    ),
)
UNCLEAR_NUMBERS = Rule(
    "unclear_numbers",
    "error",
    Text(
        en="the column's numbers do not tell whether '.' and ',' separate thousands or decimals.",
        id="angka di kolom ini tidak jelas: '.' dan ',' bisa pemisah ribuan atau desimal.",
    ),
    Text(
        en="Write all numbers of the column in one way, best without thousands marks (1026).",
        id="Tulis semua angka di kolom ini dengan satu cara, sebaiknya tanpa pemisah ribuan "
        "(1026).",
    ),
)
UNREADABLE_DATE = Rule(
    "unreadable_date",
    "error",
    Text(
        en="not a full day of the calendar from 1800 to 2099.",
        id="bukan tanggal lengkap yang ada di kalender dari tahun 1800 sampai 2099.",
    ),
    Text(
        en="Write the day as 2024-11-27, 27/11/2024 or 27 November 2024.",
        id="Tulis tanggalnya sebagai 2024-11-27, 27/11/2024, atau 27 November 2024.",
    ),
)
UNCLEAR_DATES = Rule(
    "unclear_dates",
    "error",
    Text(
        en="some dates of the file have the day first and others the month, and this one can be "
        "either.",
        id="sebagian tanggal di berkas ini diawali hari dan sebagian lagi diawali bulan, sedangkan "
        "tanggal ini bisa keduanya.",
    ),
    Text(
        en="Write it so that it can be one day alone, as 2024-11-27.",
        id="Tulis sehingga hanya bisa berarti satu hari, misalnya 2024-11-27.",
    ),
)
MONTH_FIRST = Rule(
    "month_first_dates",
    "warning",
    Text(
        en="the dates of the file are read with the month first, because some days exceed 12.",
        id="tanggal di berkas ini dibaca dengan bulan di depan, karena ada angka kedua di atas 12.",
    ),
    _WRITE_ISO,
)
MONTH_FIRST_BY_DAYS = Rule(
    "month_first_dates",
    "warning",
    Text(
        en="no number tells day from month; the dates are read with the month first, because that "
        "makes them known polling days: {day:day}.",
        id="tidak ada angka yang membedakan hari dan bulan; tanggal dibaca dengan bulan di depan, "
        "karena dengan begitu menjadi hari pemungutan suara yang dikenal: {day:day}.",
    ),
    _WRITE_ISO,
)
MONTH_FIRST_BY_WEEKDAYS = Rule(
    "month_first_dates",
    "warning",
    Text(
        en="no number tells day from month; the dates are read with the month first, because they "
        "then all fall on the same day of the week, the first on {day:day}.",
        id="tidak ada angka yang membedakan hari dan bulan; tanggal dibaca dengan bulan di depan, "
        "karena dengan begitu semuanya jatuh pada hari yang sama, yang pertama {day:day}.",
    ),
    _WRITE_ISO,
)
DAY_FIRST_BY_HABIT = Rule(
    "day_first_dates",
    "warning",
    Text(
        en="nothing tells day from month in the dates of the file; they are read with the day "
        "first, the first as {day:day}.",
        id="tidak ada yang membedakan hari dan bulan pada tanggal di berkas ini; tanggal dibaca "
        "dengan hari di depan, yang pertama sebagai {day:day}.",
    ),
    _WRITE_ISO,
)
UNREADABLE_FLAG = Rule(
    "unreadable_flag",
    "error",
    Text(en="neither yes nor no.", id="bukan ya atau tidak."),
    Text(en="Write yes or no.", id="Tulis ya atau tidak."),
)
LOST_CODE = Rule(
    "lost_code",
    "error",
    Text(
        en="a code that a spreadsheet turned into a rounded number.",
        id="kode yang diubah lembar kerja menjadi angka yang dibulatkan.",
    ),
    Text(
        en="Set the column's format to Text in the spreadsheet and enter the codes again.",
        id="Ubah format kolomnya menjadi Teks di lembar kerja, lalu isikan lagi kodenya.",
    ),
)
LOST_COUNT = Rule(
    "rounded_count",
    "error",
    Text(
        en="a count that a spreadsheet rounded and wrote with an exponent.",
        id="jumlah yang dibulatkan lembar kerja dan ditulis dengan pangkat.",
    ),
    Text(
        en="Show the column as numbers without decimals in the spreadsheet and save it again.",
        id="Tampilkan kolomnya sebagai angka tanpa desimal di lembar kerja, lalu simpan lagi.",
    ),
)
TOO_LARGE = Rule(
    "impossible_count",
    "error",
    Text(
        en="a count larger than any electorate in the world.",
        id="jumlah yang melebihi pemilih di negara mana pun.",
    ),
    Text(
        en="Look for digits that were joined, or a code in the wrong column.",
        id="Periksa angka yang tergabung, atau kode yang salah kolom.",
    ),
)
