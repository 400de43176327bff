"""Areas that are probably one, written in two ways: never merged, only told.

Two areas are alike when they share a district, never stand in the same contest, carry the same
numerals, and their names differ by one letter (added, dropped, changed or swapped), only by spaces,
or by words that are cut short. Names are looked up by what is left of them when one letter is
dropped (as spelling correctors do), or all words but one are cut to their first letter, so the work
grows with the number of areas and not with its square.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from turnout.identity.keys import plain_name
from turnout.identity.names import bare_name, each_name

_SHORTEST = 5  # letters; shorter names that differ by one letter are mostly two names
_CUT = 3  # letters; words that are cut short have no more
_CUT_OTHERWISE = {
    ("sei", "sungai"), ("ma", "muara"),
    ("sel", "selatan"), ("ut", "utara"), ("tim", "timur"), ("bar", "barat"),
}  # fmt: skip
_ROMAN = re.compile("[ivx]+")
_WORDS = re.compile(r"[^\d\n]+")
_VOWEL = re.compile("[aeiou]")


def likely_same(areas: pd.DataFrame) -> pd.DataFrame:
    """Return the first row of each area that resembles an earlier one.

    Parameters
    ----------
    areas
        Rows of areas by date with ``contest``, ``key``, ``place`` and ``within``.

    Returns
    -------
    pandas.DataFrame
        Those rows with ``alike`` (the earlier place), ``earlier`` (its contest) and ``former``
        (its key).
    """
    named = areas[["contest", "key"]][areas["area"].notna()]
    first = areas.loc[named.index[~named["key"].duplicated()]].rename_axis("row").reset_index()
    first = first.set_index("key", drop=False).rename_axis(None)
    number, labels = pd.factorize(named["contest"])
    width = max(len(labels), 1)
    told_in = np.bincount(pd.unique(named["key"].to_numpy() * width + number) // width)
    some = told_in[first["key"].to_numpy()] < len(labels)
    pairs = _near_pairs(first[some])
    paired = named[named["key"].isin({key for pair in pairs for key in pair})]
    contests = paired.groupby("key")["contest"].agg(frozenset).to_dict()
    apart = [
        (earlier, later)
        for earlier, later in pairs
        if contests[earlier].isdisjoint(contests[later])
    ]
    found = {later: earlier for earlier, later in reversed(apart)}
    told, others = first.loc[list(found)], first.loc[list(found.values())]
    told = told.assign(
        alike=others["place"].to_numpy(),
        earlier=others["contest"].to_numpy(),
        former=others["key"].to_numpy(),
    )
    return told.set_index("row").sort_index()


def _near_pairs(areas: pd.DataFrame) -> list[tuple[int, int]]:
    """Return pairs of keys, the earlier first, whose names in one place are nearly or quite equal.

    Quite equal names come first; areas with a code each must be of quite equal names.
    """
    if len(areas) < 2:
        return []
    bare = each_name(areas["area"], bare_name)
    numerals = pd.factorize(np.array(_WORDS.sub("", "\n".join(bare)).split("\n"), dtype=object))[0]
    around = pd.factorize(areas["within"])[0]
    block = pd.Series(around * (numerals.max() + 1) + numerals, areas.index)
    several = block.duplicated(keep=False)
    areas, bare, block = areas[several], bare[several], block[several]
    plain_names = each_name(areas["area"], plain_name)
    forms = pd.DataFrame(
        {
            "form": [
                [*_forms(name), *_cut_forms(plain)]
                for name, plain in zip(bare, plain_names, strict=True)
            ],
            "block": block.to_numpy(),
            "order": range(len(areas)),
            "key": areas["key"].to_numpy(),
            "name": bare.to_numpy(),
            "plain": plain_names.to_numpy(),
            "coded": areas["area_id"].notna().to_numpy(),
        }
    ).explode("form")
    shared = forms[forms.duplicated(["block", "form"], keep=False)]
    pairs = shared.merge(shared, on=["block", "form"], suffixes=("", "_later"))
    pairs = pairs[pairs["order"] < pairs["order_later"]]
    names = zip(pairs["form"], pairs["plain"], pairs["plain_later"], strict=True)
    alike = [" " not in form or cut_short(one, other) for form, one, other in names]
    pairs = pairs[np.array(alike, dtype=bool)]
    pairs = pairs.drop_duplicates(["order", "order_later"])
    pairs["equal"] = pairs["name"] == pairs["name_later"]
    pairs = pairs[pairs["equal"] | ~(pairs["coded"] & pairs["coded_later"])]
    pairs = pairs.sort_values("equal", ascending=False, kind="stable")
    return list(zip(pairs["key"], pairs["key_later"], strict=True))


def nearly_equal(one: str, other: str) -> bool:
    """Whether two names differ by one letter: added, dropped, changed or swapped with the next.

    >>> nearly_equal("pilkda", "pilkada"), nearly_equal("pilgub", "pilbup")
    (True, False)
    """
    if min(len(one), len(other)) < _SHORTEST:
        return False
    start = _shared_start(one, other)
    mine, theirs = one[start:], other[start:]
    end = _shared_start(mine[::-1], theirs[::-1])
    mine, theirs = mine[: len(mine) - end], theirs[: len(theirs) - end]
    if any(sign.isdigit() for sign in (mine + theirs)[:4]):
        return False
    swapped = len(mine) == 2 and mine == theirs[::-1]
    return swapped or max(len(mine), len(theirs)) == 1


def cut_short(one: str, other: str) -> bool:
    """Whether two plain names are the same but for words that one of them cuts short.

    >>> cut_short("lb alai", "lubuk alai"), cut_short("tj jabung", "tanjung jabung")
    (True, True)
    >>> cut_short("lb alai", "lubuk alung"), cut_short("kota tua", "kota tanura")
    (False, False)
    >>> cut_short("pasar vi", "pasar viii"), cut_short("jambi sel", "jambi selatan")
    (False, True)
    """
    mine, theirs = sorted((one.split(), other.split()), key=lambda words: sum(map(len, words)))
    if len(mine) != len(theirs):
        return False
    differ = [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]]
    return 0 < len(differ) < len(mine) and all(is_cut(*pair) for pair in differ)


def is_cut(short: str, long: str) -> bool:
    """Whether a word has few letters of a longer one, in their order, from the first on.

    A vowel makes it a word of its own (*Tua* is not short for *Tanura*), and VI is not VIII.

    >>> is_cut("tj", "tanjung"), is_cut("ma", "muara"), is_cut("tua", "tanura")
    (True, True, False)
    """
    if (short, long) in _CUT_OTHERWISE:
        return True
    if not (len(short) <= _CUT < len(long) and short.isalpha() and long.isalpha()):
        return False
    if _ROMAN.fullmatch(short) or (len(short) > 1 and _VOWEL.search(short)):
        return False
    letters = iter(long)
    in_order = all(letter in letters for letter in short)
    return short[0] == long[0] and in_order


def _cut_forms(plain: str) -> list[str]:
    """Return a plain name of several words with all of them but one cut to their first letter."""
    words = plain.split()
    if len(words) < 2:
        return []
    initials = [word[0] for word in words]
    return [" ".join([*initials[:at], word, *initials[at + 1 :]]) for at, word in enumerate(words)]


def _shared_start(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    pairs = zip(one, other, strict=False)
    differs = (number for number, (mine, theirs) in enumerate(pairs) if mine != theirs)
    return next(differs, min(len(one), len(other)))


def _forms(name: str) -> list[str]:
    """Return a name and what is left of it when any one of its letters is dropped."""
    if len(name) < _SHORTEST:
        return [name]
    dropped = {name[:at] + name[at + 1 :] for at in range(len(name)) if not name[at].isdigit()}
    return [name, *sorted(dropped)]
