"""The kabupaten or kota that a title names: *HASIL PILKADA KABUPATEN BATANG HARI 2020*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from turnout.identity.match import loose_form
from turnout.reading.files.cells import listed
from turnout.reading.headers.contests import find_contest
from turnout.reading.layouts.table import Told

_MOST_WORDS = 4
"""Words that a name of a kabupaten or kota has at most: *Penukal Abab Lematang Ilir*."""
_KIND = re.compile(
    r"(?<![\w/])(?:se[\s-]?)?(kabupaten|kab|kotamadya|kota)\b(?!\s*/)[\s.:]+", re.IGNORECASE
)
_OF_OTHER_PLACES = listed(
    "kecamatan | kec | kec. | kelurahan | kel | kel. | desa | pasar | pusat | ibu | kabupaten | kab"
)
"""Words before *Kota* with which it is part of another name: *Kecamatan Kota Baru*."""
_BEHIND_A_NAME = listed(
    "kabupaten | kab | kab. | kota | provinsi | propinsi | prov | prov. | kecamatan | kec | kec."
    " | kelurahan | desa | tahun | pada | dalam | untuk | pemilihan | pemilu | per | periode"
    " | tanggal | dan | atau | di | dari | dengan | oleh | yang | menurut | berdasarkan | se | tps"
    " | daftar | rekapitulasi | rekap | hasil | jumlah | data | putaran | nomor | tingkat"
)
"""Words that end a name, or that no name begins with."""


def city_in_titles(titles: Sequence[Told]) -> Told | None:
    """Return the one kabupaten or kota that the lines above a table name; None where several are.

    Parameters
    ----------
    titles
        The lines, with the name of the sheet, which tells none among other words.
    """
    lines = [one for one in titles if one.row is not None]
    found = [
        Told(name, line.label, line.row, in_title=True)
        for line in lines
        for name in _cities(line.label)
    ]
    names = {loose_form(str(one.value), "city") for one in found}
    return found[0] if len(names) == 1 else None


def _cities(line: str) -> list[str]:
    """Return the names of kabupaten and kota in a line, each with its kind.

    >>> _cities("Rekapitulasi Hasil Pilkada 2020 Kabupaten Batang Hari Provinsi Jambi")
    ['Kabupaten Batang Hari']
    >>> _cities("Hasil per Kabupaten/Kota di Jambi"), _cities("DPT Kecamatan Kota Baru")
    ([], [])
    """
    found = []
    for kind in _KIND.finditer(line):
        before = line[: kind.start()].split()
        name = _name(line[kind.end() :])
        whole = name and not (before and before[-1].casefold() in _OF_OTHER_PLACES)
        if whole:
            found.append(f"{line[kind.start(1) : kind.end()].strip()} {name}")
    return found


def _name(rest: str) -> str:
    """Return the name that some words begin with; blank where they begin with none."""
    words: list[str] = []
    for word in rest.split():
        bare = word.strip(".,;:()")
        if not bare[:1].isalpha() or bare.casefold() in _BEHIND_A_NAME or word.startswith("("):
            break
        if bare.casefold().startswith("se-") or not find_contest(bare)[0].silent:
            break
        words.append(bare)
        if word != bare:
            break
    return " ".join(words) if len(words) <= _MOST_WORDS else ""
