"""Names of places as people vary them: prefixes, spaces, accents and Roman numerals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from turnout.identity.keys import plain_name, plain_names
from turnout.identity.kinds import without_village, without_villages

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"} | {
    "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12"
}  # fmt: skip

# What forms write before a place's name; "kota" stays, for "Kota Baru" is a name.
_PREFIX = re.compile(
    r"^(?:kel|kelurahan|ds|desa|gampong|nagari|kec|kecamatan|distrik|kab|kabupaten|prov|provinsi)\b"
    r"[\s.:]*(?=\S)",
    re.IGNORECASE,
)
_KINDS = ("kel", "ds", "desa", "gampong", "nagari", "kec", "distrik", "kab", "prov")
_INITIALS = frozenset("kdgnp")
"""What the words of `_PREFIX` begin with."""
_APOSTROPHE = re.compile("['’`‘]")


@lru_cache(maxsize=524_288)
def bare_name(name: str) -> str:
    """Return what is left of a place's name without spaces, marks and the kind of place it is.

    >>> bare_name("Kel. Paal Merah"), bare_name("PAALMERAH"), bare_name("Simpang IV-Sipin")
    ('paalmerah', 'paalmerah', 'simpang4sipin')
    """
    letters = name.strip()
    if letters[:1].casefold() in _INITIALS:
        letters = _PREFIX.sub("", letters)
    if not letters.isascii():
        decomposed = unicodedata.normalize("NFKD", letters)
        letters = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    plain = letters.casefold()
    if not plain.replace(" ", "").isalnum():
        plain = plain_name(_APOSTROPHE.sub("", letters))
    return "".join(words_of(plain))


def bare_names(names: Sequence[str]) -> list[str]:
    """Return `bare_name` of each name, for many at once.

    >>> bare_names(["Legok", "Kel. Paal Merah", "Simpang IV-Sipin"])
    ['legok', 'paalmerah', 'simpang4sipin']
    """
    # What is done to all names as one text is done to each: most differ by case and spaces alone.
    text = "\n".join(names).casefold()
    plain, letters = text.split("\n"), text.replace(" ", "").split("\n")
    if len(plain) != len(names):
        return [*map(bare_name, names)]
    simple = letters if text.isascii() else [one if one.isascii() else "" for one in letters]
    # Marks, a word for the kind, a Roman numeral: what has none of them is its letters.
    return [
        bare
        if bare.isalnum()
        and not bare.startswith(_KINDS)
        and not (" i" in folded or " v" in folded or " x" in folded)
        else bare_name(name)
        for name, folded, bare in zip(names, plain, simple, strict=True)
    ]


def village_name(name: str) -> str:
    """Return the bare name of a place without the words for a village's kind.

    >>> village_name("Kp. Paal Merah"), village_name("Desa Desa Baru")
    ('paalmerah', 'baru')
    """
    return bare_name(without_village(plain_name(name)))


def village_names(names: Sequence[str]) -> list[str]:
    """Return `village_name` of each name, for many at once.

    >>> village_names(["Kp. Paal Merah", "LEGOK"])
    ['paalmerah', 'legok']
    """
    return bare_names(without_villages(plain_names(names)))


def words_of(plain: str) -> list[str]:
    """Return the words of a plain name, Roman numerals behind the first as digits.

    >>> words_of("simpang iv sipin"), words_of("")
    (['simpang', '4', 'sipin'], [''])
    """
    first, *others = plain.split() or [""]
    return [first, *(_ROMAN.get(word, word) for word in others)]


def own_words(name: str) -> str:
    """Return the words of a place's own name, without the kind of place before them.

    >>> own_words("Ds. Sei. Rengas"), own_words("KEC. KT.BARU")
    ('sei rengas', 'kt baru')
    """
    return plain_name(_PREFIX.sub("", name.strip()))


def each_name(names: pd.Series, form: Callable[[str], str] = plain_name) -> pd.Series:
    """Return a column of names in their `form`; missing ones become ""."""
    codes, known = pd.factorize(names)
    written = [*map(str, np.asarray(known, dtype=object))]
    of_many = _OF_MANY.get(form)
    forms = map(form, written) if of_many is None else of_many(written)
    each = np.array([*forms, ""], dtype=object)
    return pd.Series(each[codes], index=names.index, dtype="object", copy=False)


def as_written(names: pd.Series, known: pd.Series) -> bool:
    """Whether every name is written as a known one is: then none has to be looked for.

    >>> as_written(pd.Series(["Legok", None]), pd.Series(["Murni", "Legok"]))
    True
    """
    return set(names.dropna().tolist()) <= set(known.dropna().tolist())


_OF_MANY: dict[Callable[[str], str], Callable[[Sequence[str]], list[str]]] = {
    plain_name: plain_names,
    bare_name: bare_names,
    village_name: village_names,
}
