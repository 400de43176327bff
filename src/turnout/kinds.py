"""Kinds of office: what an election is about, read from the words of its type.

A contest for a higher office draws more voters, and how much more is known from many countries
before a type has been seen once. The words below say which offices a type elects, in Indonesian,
English, German, French, Italian, Spanish, Portuguese and Malay; `SCORES` says how high each office
stands, between 0 and 1. Sources and reasons: docs/model.md, section 3.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from turnout.errors import TurnoutError
from turnout.language import Text

SCORES: Mapping[str, float] = {
    "president": 1.0,
    "national parliament": 0.8,
    "midterm": 0.5,
    "state": 0.4,
    "regional parliament": 0.4,
    "governor": 0.3,
    "mayor": 0.3,
    "local": 0.3,
    "village head": 0.3,
    "european": 0.2,
    "referendum": 0.2,
    "by-election": 0.2,
    "primary": 0.1,
}
"""How high an office stands: from 1, what draws most voters, down."""

MIDDLE = 0.5
"""The score of an election of which nothing is known."""

# Types whose name is one thing and that elect several offices.
_COMPOSITES: Mapping[str, tuple[str, ...]] = {
    "pemilu nasional": ("president", "national parliament"),
    "pemilu daerah": ("regional parliament", "governor", "mayor"),
    "pemilu lokal": ("regional parliament", "governor", "mayor"),
    "pemilu": ("president", "national parliament", "regional parliament"),
    "pemilihan umum": ("president", "national parliament", "regional parliament"),
    "pileg": ("national parliament", "regional parliament"),
    "pilkada": ("governor", "mayor"),
    "pemilukada": ("governor", "mayor"),
}

# What an election is whoever it is about: the first that is named decides.
_INSTEAD: Mapping[str, str] = {
    "primary": "primary primaries caucus vorwahl primaire primaires primarie primarias",
    "by-election": "by-election byelection special nachwahl partielle partielles suppletiv "
    "suplementar pemilihan-sela pilihan-raya-kecil prk",
    "referendum": "referendum referendo plebisc plebisz abstimmung volksabstimmung volksentscheid "
    "burgerentscheid votation vote initiative consulta jajak-pendapat",
    "midterm": "midterm",
}

# Stems of words; long ones are also looked for inside of words, as German writes them.
_OFFICES: Mapping[str, str] = {
    "president": "president presiden presidencia presidenzial prasident pilpres",
    "european": "europe europa europee eu-parliament",
    "regional parliament": "dprd landtag regional regionais "
    "provincial provinzial canton kanton autonomic estadual estaduais dun "
    "pilihan-raya-negeri prn pemilu-daerah",
    "state": "state",
    "governor": "governor gubernatorial gubernur pilgub gobernador governador gouverneur",
    "mayor": "mayor bupati walikota wali-kota pilwako pilwali pilwalkot pilbup burgermeister "
    "landrat alcalde sindaco prefeito datuk-bandar",
    "local": "local municipal comunal comunali amministrative communal kommunal gemeinde stadtrat "
    "kreistag council county city autarqui departemental cantonales tempatan daerah",
    "village head": "pilkades kepala-desa village penghulu ketua-kampung",
    "national parliament": "national nasional federal bundestag nationalrat bundesrat dpr dpd "
    "house-of-representatives congres camera politiche cortes",
}

# Words of parliaments anywhere: of the nation's where no other office is named.
_ANY_PARLIAMENT = (
    "parliament parlament parlemen parlimen legislat general gerais house senat assembl "
    "pilihan-raya pru congress"
)

_AND = re.compile(r"\s*(?:\+|&|/|,|;|\b(?:and|with|dan|und|et|y|e|serta)\b)\s*")
_LONG = 9


@dataclass(frozen=True)
class Kind:
    """What an election is about.

    Parameters
    ----------
    score
        How high its highest office stands; None where nothing is known.
    offices
        The offices that it fills; none where they are not known.
    """

    score: float | None
    offices: frozenset[str]


UNKNOWN = Kind(None, frozenset())


def kind_of(words: str | float | None) -> Kind:
    """Return the kind of office of a type, in its own words; or of a score that is said.

    Parameters
    ----------
    words
        A type, such as ``"pilkada"`` or ``"presidential runoff"``; offices that are filled on one
        day, such as ``"president + national parliament"``; or a score between 0 and 1.

    Raises
    ------
    TurnoutError
        If a score does not lie between 0 and 1.

    Examples
    --------
    >>> kind_of("pilwako").score, kind_of("European Parliament").score, kind_of("kerb").score
    (0.3, 0.2, None)
    >>> sorted(kind_of("pemilu nasional").offices)
    ['national parliament', 'president']
    >>> kind_of("municipal + referendum").score, kind_of("presidential primary").score
    (0.3, 0.1)
    >>> kind_of("0.45").score
    0.45
    """
    if words is None or words != words:
        return UNKNOWN
    score = _number(words)
    if score is None:
        return _of_words(_plain(str(words)))
    if not 0 <= score <= 1:
        raise TurnoutError(_NO_SCORE, score=f"{score:g}")
    return Kind(score, frozenset())


def highest_of_a_day(kinds: Iterable[Kind]) -> float | None:
    """Return the score of the highest office that is filled on a day; None where none is known.

    >>> highest_of_a_day([kind_of("municipal"), kind_of("presidential"), UNKNOWN])
    1.0
    """
    return max((kind.score for kind in kinds if kind.score is not None), default=None)


def check_kind(words: str | float | None) -> Kind:
    """Return the kind that someone states; refuse one that says nothing.

    Raises
    ------
    TurnoutError
        If a word names no known office, or a score does not lie between 0 and 1.

    Examples
    --------
    >>> check_kind("presiden + DPR").score
    1.0
    """
    kind = kind_of(words)
    if words is not None and words == words and kind == UNKNOWN:
        raise TurnoutError(_NO_KIND, kind=str(words), known=", ".join(SCORES))
    return kind


def _number(words: str | float) -> float | None:
    try:
        number = float(str(words).replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _plain(words: str) -> str:
    """Return words without case and accents: *présidentielle* and *Präsident* as well."""
    folded = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


@lru_cache(maxsize=1024)
def _of_words(words: str) -> Kind:
    offices = frozenset().union(*(_offices_in(piece) for piece in _AND.split(words) if piece))
    return Kind(max((SCORES[office] for office in offices), default=None), offices)


def _offices_in(piece: str) -> frozenset[str]:
    """Return the offices that one election fills, by the words of its type."""
    text = re.sub(r"[^a-z0-9]+", " ", piece).strip()
    for office, stems in _INSTEAD.items():
        if _has(text, stems):
            return frozenset({office})
    for name, offices in _COMPOSITES.items():
        if text == name or text.startswith(f"{name} "):
            return frozenset(offices)
    found = {office for office, stems in _OFFICES.items() if _has(text, stems)}
    if text in SCORES:
        return frozenset({text})
    if not found and _has(text, _ANY_PARLIAMENT):
        return frozenset({"national parliament"})
    # The parliament of a state or region is its own, whatever the nation is called.
    lower = found - {"national parliament"}
    return frozenset(lower or found)


def _has(text: str, stems: str) -> bool:
    words = f" {text}"
    return any(
        f" {stem}" in words or (len(stem) >= _LONG and stem in text)
        for stem in (one.replace("-", " ") for one in stems.split())
    )


_NO_SCORE = Text(
    en="A kind of office stands between 0 and 1, got {score}; a president is 1, a village head .3.",
    id="Nilai jenis jabatan terletak antara 0 dan 1, diterima {score}; presiden bernilai 1, kepala "
    "desa 0,3.",
)
_NO_KIND = Text(
    en="No office is known by the words '{kind}'. Say one or several of: {known}; or a number "
    "between 0 (draws fewest voters) and 1 (a presidential election).",
    id="Jabatan '{kind}' tidak dikenal. Sebutkan satu atau beberapa dari: {known}; atau angka "
    "antara 0 (paling sedikit pemilih) dan 1 (pemilihan presiden).",
)
