"""The plain words of headers: what shortened words stand for, what says nothing, and the sexes."""

from __future__ import annotations

import re
from collections.abc import Mapping

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


def is_indonesian(header: str) -> bool:
    """Whether a header has a word that Indonesian tables use.

    >>> is_indonesian("Kel./Desa"), is_indonesian("Electorate")
    (True, False)
    """
    return bool(_INDONESIAN.search(header.casefold()))


_IN_FULL: Mapping[str, str] = {
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
