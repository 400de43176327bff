"""Lists of voters: the fixed one (DPT) and those added to it, and which of them a text names.

Who moved is on the DPTb (once DPPh), who came with an identity card on the DPK (once DPKTb).
Turnout by the DPT alone and by all lists differ by half a point to two points.
"""

from __future__ import annotations

import re

_LISTS = {
    "dpt": "DPT",
    "dpthp": "DPT",  # the DPT as corrected
    "tetap": "DPT",
    "dptb": "DPTb",
    "dpph": "DPPh",
    "dpk": "DPK",
    "dpktb": "DPKTb",
}
_LEFT_OUT = re.compile(r"\b(?:tanpa|kecuali|selain|tidak|non|di luar|minus|without|except|not)\b")
_BESIDE = re.compile(
    r"dan|serta|and|plus|saja|only|alone|daftar|pemilih|terdaftar|voters|registered|dalam|di|on"
    r"|jumlah|jml|total|gabungan|seluruh"
)
_RATIO = re.compile(
    r".*\b(?:persen\w*|partisipasi|penyebut|turnout|percent\w*|share|denominator)\b.*?"
    r"\b(?:terhadap|dibagi|dibanding(?:kan)?|berdasarkan|dari|of|by|on)\b(.+)"
)
_LABEL = re.compile(r"(?:(?:penyebut|basis|dasar|denominator|persentase)\s*)?(.*)")


def lists_named(text: str) -> tuple[str, ...]:
    """Return the lists that a text names, in their usual order; none where it leaves some out.

    >>> lists_named("Jumlah Pemilih (DPK, DPT dan DPTb-1)"), lists_named("pemilih_tetap")
    (('DPT', 'DPTb', 'DPK'), ('DPT',))
    >>> lists_named("DPT tanpa DPK"), lists_named("Pemilih terdaftar")
    ((), ())
    """
    words = _words(text)
    if _LEFT_OUT.search(" ".join(words)):
        return ()
    return tuple(dict.fromkeys(name for word, name in _LISTS.items() if word in words))


def denominator(text: str) -> str:
    """Return what a text calls a denominator, alike for all that name the same lists.

    >>> denominator("dpt saja"), denominator("DPT, DPTb, DPK"), denominator("C1 total")
    ('DPT', 'DPT+DPTb+DPK', 'c1 total')
    """
    named = lists_alone(text)
    return "+".join(named) if named else text.strip().casefold()


def lists_alone(text: str) -> tuple[str, ...]:
    """Return the lists that a text names where it says nothing else.

    >>> lists_alone("Jumlah Pemilih dalam DPT, DPTb dan DPK"), lists_alone("Pengguna DPT")
    (('DPT', 'DPTb', 'DPK'), ())
    """
    alone = all(word in _LISTS or _BESIDE.fullmatch(word) for word in _words(text))
    return lists_named(text) if alone else ()


def of_all_lists(text: str) -> bool:
    """Whether a text names the fixed list and others added to it, and says nothing else.

    >>> [of_all_lists(one) for one in ("Pemilih dalam DPT, DPTb dan DPK", "DPT", "DPTb + DPK")]
    [True, False, False]
    """
    named = lists_alone(text)
    return "DPT" in named and len(named) > 1


def lists_divided_by(title: str) -> tuple[str, ...]:
    """Return the lists by which a title says that turnout is divided.

    >>> lists_divided_by("Persentase terhadap DPT"), lists_divided_by("DPT + DPTb + DPK")
    (('DPT',), ('DPT', 'DPTb', 'DPK'))
    >>> lists_divided_by("Rekapitulasi DPT Kota Jambi"), lists_divided_by("DPT = Pemilih Tetap")
    ((), ())
    """
    if "=" in title:  # a word that is explained
        return ()
    plain = title.casefold()
    ratio = _RATIO.fullmatch(plain)
    return lists_alone(ratio[1] if ratio else _LABEL.sub(r"\1", plain, count=1))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.casefold())
