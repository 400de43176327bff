"""Names that are cut short otherwise than word by word: at a width, across spaces, by numerals."""

from __future__ import annotations

import re

from turnout.identity.names import words_of
from turnout.rules.spelling import is_cut

_FEWEST = 6
"""Letters from which on the beginning of a name tells which it is."""
_FEWEST_OF_WORDS = 4
"""Letters of the words in full that tell a name whose first is cut short."""
_NUMBERS = {
    "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5"
} | {"enam": "6", "tujuh": "7", "delapan": "8", "sembilan": "9", "sepuluh": "10"}  # fmt: skip
_DOUBLED = re.compile(r"([a-z])\1+")


def may_be(one: str, other: str) -> bool:
    """Whether two plain names may be one, one of them being shorter by the way it is written.

    It may end within a word, as in a column that is too narrow; write words together or apart, the
    letter that they meet in once for twice; or numbers as numerals.

    >>> may_be("pasar mad", "pasar madang"), may_be("kt baru hilir", "kotabaru hilir")
    (True, True)
    >>> may_be("sp iv", "simpang empat"), may_be("sumberejo", "sumber rejo")
    (True, True)
    >>> may_be("tanjung", "tanjung jaya"), may_be("pasar v", "pasar viii")
    (False, False)
    """
    written = sorted(map(words_of, (one, other)), key=lambda words: sum(map(len, words)))
    short, full = map(_numbered, written)
    return (
        _ends_early(*written)
        or _word_by_word(short, full)
        or _across_spaces(short, full)
        or _by_one_seam(short, full)
    )


def _numbered(words: list[str]) -> list[str]:
    return [_NUMBERS.get(word, word) if at else word for at, word in enumerate(words)]


def _ends_early(short: list[str], full: list[str]) -> bool:
    """Whether one ends within a word of the other: at the end of one it may be another place."""
    *words, last = short
    if len(full) < len(short) or not last.isalpha():
        return False
    begun = full[len(words)]
    return (
        sum(map(len, short)) >= _FEWEST
        and len(last) < len(begun)
        and begun.startswith(last)
        and all(map(_fits, words, full))
    )


def _word_by_word(short: list[str], full: list[str]) -> bool:
    """Whether each word is the other's, or cut short from it, and one of them is in full."""
    together = list(zip(short, full, strict=False))
    alike = any(mine == theirs for mine, theirs in together)
    return len(short) == len(full) and alike and all(_fits(*pair) for pair in together)


def _fits(short: str, full: str) -> bool:
    return short == full or is_cut(short, full)


def _across_spaces(short: list[str], full: list[str]) -> bool:
    """Whether a first word that is cut short and the others, written together, are a name."""
    first, rest, whole = short[0], "".join(short[1:]), "".join(full)
    apart = len(short) != len(full) and len(rest) >= _FEWEST_OF_WORDS and whole.endswith(rest)
    return apart and is_cut(first, whole.removesuffix(rest))


def _by_one_seam(short: list[str], full: list[str]) -> bool:
    """Whether one writes words together that meet in a letter, and that letter once."""
    once, twice = ("".join(words) for words in (short, full))
    return len(short) < len(full) and _DOUBLED.sub(r"\1", twice) == _DOUBLED.sub(r"\1", once)
