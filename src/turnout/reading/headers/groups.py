"""Headers in groups: what the words of a group say of the headers beside and below them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from turnout.reading.files.cells import listed
from turnout.reading.headers.plain import COUNT_NOISE, without_noise, words

_FIXED = "dpt"
_WITHIN = ("dalam", "in", "di")
OTHER_LISTS = listed("dptb | dpk | dpph | dpktb | non dpt")
"""Lists of voters beside the fixed one: who moved, and who came with an identity card."""


def of_lists(row: Sequence[str]) -> list[str]:
    """Return a row of headers in which all lists of one group bear the words of its first.

    Behind *Pengguna Hak Pilih dalam DPT* a bare *DPTb*, *DPK* and *Jumlah* are of those who voted;
    *Jumlah DPT* names no group, nor does *dalam DPT*, under a header that does.

    >>> of_lists(["Desa", "Pengguna DPT", "DPTb", "Jumlah", "Suara sah", "Jumlah"])
    ['Desa', 'Pengguna DPT', 'Pengguna DPTb', 'Pengguna Jumlah', 'Suara sah', 'Jumlah']
    >>> of_lists(["Dalam DPT", "DPTb", "Jumlah"])
    ['Dalam DPT', 'DPTb', 'Jumlah']
    """
    found: list[str] = []
    group, listed_one = "", False
    for text in row:
        said = words(text)
        other = said in OTHER_LISTS
        if group and (other or (listed_one and said in COUNT_NOISE)):
            found.append(f"{group} {text}")
            listed_one = other
            group = group if other else ""
            continue
        if said:
            head = " ".join(text.split()[:-1])
            named = without_noise(words(head))
            names_a_group = said.endswith(f" {_FIXED}") and named and named not in _WITHIN
            group = head if names_a_group else ""
            listed_one = False
        found.append(text)
    return found


def said_once(texts: Sequence[str]) -> list[str]:
    """Return the parts of a header without those whose words the next part says again.

    >>> said_once(["Data Pemilih", "Jumlah Pemilih dalam DPT", "L"])
    ['Jumlah Pemilih dalam DPT', 'L']
    """
    kept = [upper for upper, lower in pairwise(texts) if not _within(upper, lower)]
    return [*kept, *texts[-1:]]


def _within(upper: str, lower: str) -> bool:
    """Whether a text says at its beginning, noise aside, all that the one above it says."""
    said, again = (without_noise(words(text)).split() for text in (upper, lower))
    return bool(said) and again[: len(said)] == said
