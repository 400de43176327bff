"""The plain words of headers: what shortened words stand for, what says nothing, and the sexes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from turnout.reading.files.cells import listed

SEXES: Mapping[str, str] = {
    **dict.fromkeys(
        listed(
            "l | lk | lk2 | lki | laki | laki2 | laki laki | lelaki | pria | male | men | manner"
            " | mannlich | hommes | uomini | maschi | hombres | homens"
        ),
        "_l",
    ),
    **dict.fromkeys(
        listed(
            "p | pr | perempuan | wanita | female | women | frauen | weiblich | femmes | donne"
            " | femmine | mujeres | mulheres"
        ),
        "_p",
    ),
    **dict.fromkeys(listed("j | jml | jmlh | jum | jlh | jumlah | total | l p | lk pr"), ""),
}
"""Words for men, women and both, and the ending of the column that holds their count."""

COUNT_NOISE = listed(
    "jumlah | jml | jmlh | jum | jlh | total | banyaknya | seluruh | orang | jiwa | data | of"
    " | number"
)
"""Words beside a count that say nothing."""

NUMBERING = frozenset({"no", "nomor", "no urut", "nomor urut", "nr", "nbr", "#"})
"""Headers above the numbers of rows."""

_INDONESIAN = re.compile(
    r"\b(?:kelurahan|kel|desa|kecamatan|kec|kabupaten|kab|kota|provinsi|prov|distrik|nagari|gampong"
    r"|wilayah|dapil|tps|dpt\w*|pemilih|suara|pengguna|partisipasi|jumlah|jml|tahun|tanggal)\b"
)


@lru_cache(maxsize=16_384)
def words(header: str) -> str:
    """Return a header in plain lower-case words, without the mark of a footnote.

    >>> words("Kelurahan/Desa *)"), words("pemilih_dpt_j"), words("stationsCounted")
    ('kelurahan desa', 'pemilih dpt j', 'stations counted')
    >>> words("Pengguna Hak Pilih 1)"), words("Suara sah²"), words("Usia (17-25)")
    ('pengguna hak pilih', 'suara sah', 'usia 17 25')
    """
    text = _RAISED.sub("", header)
    if text.count(")") > text.count("("):
        text = _FOOTNOTE.sub("", text)
    if not text.isascii():
        signs = unicodedata.normalize("NFKD", text.replace("ı", "i"))  # both are I in capitals
        text = "".join(sign for sign in signs if not unicodedata.combining(sign))
    text = _HUMP.sub(" ", text)
    return _BETWEEN_WORDS.sub(" ", text.casefold()).strip()


_RAISED = re.compile(r"(?<=[\w ])[\u00b9\u00b2\u00b3\u2070-\u207e]+\s*\)?\s*$")
_FOOTNOTE = re.compile(r"(?:(?<=[^\W\d])|\s)\d{1,2}\s*\)\s*$")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def is_indonesian(header: str) -> bool:
    """Whether a header has a word that Indonesian tables use.

    >>> is_indonesian("Kel./Desa"), is_indonesian("Electorate")
    (True, False)
    """
    return bool(_INDONESIAN.search(header.casefold()))


_IN_FULL: Mapping[str, str] = {
    "tgl": "tanggal",
    "tdk": "tidak",
    "tak": "tidak",
    "pengg": "pengguna",
    "peng": "pengguna",
    "pgn": "pengguna",
    "yg": "yang",
    "dlm": "dalam",
    "tkt": "tingkat",
    "pmlh": "pemilih",
    "part": "partisipasi",
}
"""Words that offices shorten, and what they stand for."""


def in_full(text: str) -> str:
    """Write shortened words out.

    >>> in_full("suara tdk sah")
    'suara tidak sah'
    """
    return " ".join(_IN_FULL.get(word, word) for word in text.split())


def without_noise(text: str) -> str:
    """Leave out what says nothing beside a count.

    >>> without_noise("jml pemilih l")
    'pemilih l'
    """
    return " ".join(word for word in text.split() if word not in COUNT_NOISE)


def split_sex(text: str) -> tuple[str, str | None]:
    """Part *dpt l* into *dpt* and the ending of the column by sex; None where no sex is named.

    >>> split_sex("dpt laki laki"), split_sex("dpt")
    (('dpt', '_l'), ('dpt', None))
    """
    parts = text.split()
    for size in (2, 1):
        if len(parts) <= size:
            continue
        for sex, base in (
            (" ".join(parts[-size:]), " ".join(parts[:-size])),
            (" ".join(parts[:size]), " ".join(parts[size:])),
        ):
            if sex in SEXES:
                return base, SEXES[sex]
    return text, None
