"""Lines above a table that speak of another election, or of years that are no election's."""

from __future__ import annotations

import re

_RANGE = r"(?:\s*(?:[-–—/]|s[./]?d\b\.?|sampai|hingga|to)\s*(?:19|20)?\d\d)?\b"
_OTHER_YEARS = re.compile(
    r"\b(?:(?:nomor|nomer|no)\b[.\s]*\S+\s+tahun|(?:tahun\s+)?anggaran|t\.?a\.?|periode|masa|per"
    r"|jabatan|bakti|(?:di)?(?:cetak|unduh|susun|buat|akses)|terbit|revisi|versi|posisi|update[ds]?"
    r"|diperbarui|as\s+of|until|printed|version|hingga|sampai(?:\s+dengan)?|s[./]?d|sejak|mulai"
    r"|since|from)\b[\s.:,(]*(?:(?:pada|tahun|bulan|tanggal|tgl)\b\s*)*(?:\d{1,2}\s+)?"
    rf"(?!(?:pil|pemil))(?:[a-z]+\s+)?(?:19|20)\d\d{_RANGE}",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"^\W*(?:sumber|source|catatan|keterangan|note|dasar|berdasarkan|menurut|sesuai|mengacu|lihat"
    r"|(?:per)?banding\w*|compared)\b"
    r"|\b(?:persiapan|menuju|(?:men)?jelang|menghadapi|target|rencana|untuk|bahan|dibanding\w*"
    r"|ketimbang|psu|ulang|susulan|lanjutan|prakiraan|prediksi|proyeksi|forecast|towards?)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:uu|undang-?\s*undang|perpp?u|pkpu|peraturan|perda|perbawaslu)\b.*?\b(?:nomor|nomer|no)\b"
    r"\W*\d",
    re.IGNORECASE,
)
_ROLL = re.compile(r"\b(?:dpt\w*|dps\w*|dp4|daftar\s+pemilih|roll|register)\b", re.IGNORECASE)
_RESULTS = re.compile(
    r"\b(?:pengguna\w*|hasil|partisipasi|perolehan|kehadiran|suara|turnout|results?|voters)\b",
    re.IGNORECASE,
)


def cites_law(line: str) -> bool:
    """Whether a line cites a law, which may be one on elections of all types.

    >>> cites_law("Berdasarkan UU Pemilu Nomor 7 Tahun 2017"), cites_law("Pemilu 2019")
    (True, False)
    """
    return bool(_LAW.search(line))


def may_be_of_another(line: str) -> bool:
    """Whether a line may speak of another election than the table below is of.

    Of the roll of another year, say, of the election that its figures are to serve, or of the one
    that was repeated.

    >>> may_be_of_another("DPT Pemilu 2019"), may_be_of_another("Target Pilkada 2024")
    (True, True)
    >>> may_be_of_another("REKAPITULASI DPT DAN PENGGUNA HAK PILIH PILKADA 2020")
    False
    """
    mere_roll = _ROLL.search(line) and not _RESULTS.search(line)
    return bool(mere_roll or _OF_ANOTHER.search(line) or cites_law(line))


def without_other_years(line: str) -> str:
    """Return a line without years that are those of laws, terms of office, budgets and printing.

    >>> without_other_years("Pilkada 2020, per Mei 2023"), without_other_years("Periode 2019-24")
    ('Pilkada 2020,  ', ' ')
    """
    return _OTHER_YEARS.sub(" ", line)
