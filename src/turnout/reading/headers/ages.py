"""Headers that count an age group, as *Pemilih terdaftar usia 17-25 tahun*."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_UPTO = r"(?:\s*-\s*|\s+(?:to|sampai|sd|s d|hingga)\s+|\s+)"
_OPEN = r"(?:\+|\s+(?:ke ?atas|keatas|and over|and older|or older|plus|up))"
_YEARS = r"(?:\s*(?:tahun|thn|th|years|year))"
_AGES = re.compile(
    rf"(?:kelompok |golongan )?(?P<said>usia|umur|aged|ages|age)?\s*(?<!\d)(?P<low>\d{{2}})"
    rf"(?:{_UPTO}(?P<high>\d{{2}})|(?P<years>{_YEARS})?{_OPEN})(?!\d)(?P<unit>{_YEARS})?"
)


def age_column(header: str, count_of: Callable[[str], str | None]) -> str | None:
    """Return the column of an age group that a header names; None where it names none.

    Parameters
    ----------
    header
        As written.
    count_of
        Tells whether the words beside the ages are the registered or the voters.

    Examples
    --------
    >>> of = {"pemilih terdaftar": "registered", "pengguna hak pilih": "voters"}.get
    >>> age_column("Pemilih Terdaftar Usia 17-25 Tahun", of)
    'registered_age_17_25'
    >>> age_column("Pengguna hak pilih 60 tahun ke atas", of)
    'voters_age_60_up'
    >>> age_column("Pemilih terdaftar 2019", of)
    """
    text = unicodedata.normalize("NFKD", header).casefold()
    text = re.sub(r"[\u2010-\u2015]", "-", text)
    text = re.sub(r"[^0-9a-z+-]+", " ", text).strip()
    for found in _AGES.finditer(text):
        if not (found["said"] or found["years"] or found["unit"]):
            continue
        rest = re.sub(r"[^a-z0-9]+", " ", f"{text[: found.start()]} {text[found.end() :]}").strip()
        count = count_of(rest)
        if count is not None:
            return f"{count}_age_{found['low']}_{found['high'] or 'up'}"
    return None
