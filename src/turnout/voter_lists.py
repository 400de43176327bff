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
_BESIDE = re.compile(r"dan|serta|and|saja|only|alone|daftar|pemilih|terdaftar|voters|registered")


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
    named = lists_named(text)
    if named and all(word in _LISTS or _BESIDE.fullmatch(word) for word in _words(text)):
        return "+".join(named)
    return text.strip().casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.casefold())
