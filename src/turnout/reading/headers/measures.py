"""Headers that speak of percentages or of thousands: such figures are no counts of people."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Measure = Literal["share", "thousands"]

_SHARE = re.compile(
    r"(?:\b(?:in|dalam|dlm|en|em)\s+)?"
    r"(?:%|‰|\bper ?(?:cent|mille?|mil|100|1000|hundred|thousand|seribu|seratus)\b"
    r"|\b(?:permil|persen|persentase|prosentase|presentase|percent|percentage|pct|perc|rate|ratio"
    r"|share|tingkat|angka|proporsi|proportion|rasio|prozent|prozentual|anteil|quote|pourcentage"
    r"|pourcent|taux|percentuale|tasso|quota|tasa|porcentaje|porcentagem|taxa|percentual"
    r"|peratus|peratusan|kadar)\b)"
)
_THOUSANDS = re.compile(
    r"\b(?:in|dalam|en)?\s*\b(?:thousands?|ribu|ribuan|tsd|tausend|milliers?|migliaia|milhares"
    r"|mil|millions?|juta|jutaan|millionen|mio|mn|lakhs?|crores?)\b\.?"
    r"|['’(x×]\s*1?[.,]?0{3}s?\b|\b000s\b|\bin\s+1[.,]?000\b|\(k\)"
)

_UNITS = (
    r"(?:thousands?|ribu|ribuan|tsd|tausend|milliers?|migliaia|milhares|miles|millions?|juta"
    r"|jutaan|millionen|mio|lakhs?|crores?|1[.,]?000|0{3}s?)"
)
_TITLE = re.compile(
    rf"\b(?:dalam|in|en|em|per|satuan|unit|einheit|unite|unidad)\b[\s:=.]*{_UNITS}(?!\w)"
    rf"|[(\[]\s*(?:x\s*|×\s*|')?{_UNITS}\b[^)\]]*[)\]]"
)


def measure_of(header: str) -> Measure | None:
    """Tell whether a header speaks of shares or of thousands and more; None where of neither.

    >>> measure_of("Pengguna Hak Pilih (%)"), measure_of("registered voters (thousands)")
    ('share', 'thousands')
    >>> measure_of("Jumlah Pemilih") is None
    True
    """
    text = _plain(header)
    if _SHARE.search(text):
        return "share"
    return "thousands" if _THOUSANDS.search(text) else None


def measure_of_title(title: str) -> Measure | None:
    """Tell whether a title says that all figures below it are in thousands and more.

    >>> measure_of_title("Hasil Pilkada (dalam ribuan)"), measure_of_title("Kepulauan Seribu")
    ('thousands', None)
    """
    return "thousands" if _TITLE.search(_plain(title)) else None


def without_measure(header: str) -> str:
    """Return a header without the words of its measure.

    >>> without_measure("% Pengguna Hak Pilih")
    ' pengguna hak pilih'
    """
    return _THOUSANDS.sub(" ", _SHARE.sub("", _plain(header)))


def _plain(header: str) -> str:
    signs = unicodedata.normalize("NFKD", header.casefold().replace("_", " "))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))
