"""Places beside their own splits: *A-01* above *A-01 Split 1* and *A-01 Split 2*."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from turnout.identity.keys import plain_names
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.schema import CONTEST_COLUMNS, PLACE_COLUMNS

_SEVERAL = 2
"""Splits that a place has at least."""
_SHOWN = 4
_LIKELY = 0.01
"""Tables of so many hundredths may have such sums of the registered by chance."""
_ALIKE = 4.0
"""Chance that splits have together as many registered, times these: sizes vary by a quarter."""

SPLITS_BESIDE_WHOLE = Rule(
    "splits_beside_whole",
    "warning",
    Text(
        en="{n:count:row is:rows are} the sum of {splits:count} others of the same name, such as "
        "{whole} of {parts:list}: left out, so that nobody counts twice.",
        id="{n:count} baris sama dengan penjumlahan {splits:count} baris yang namanya berawal "
        "sama, misalnya {whole} dari {parts:list}: tidak dipakai, supaya tidak ada pemilih yang "
        "dihitung dua kali.",
    ),
    Text(
        en="If other elections, or the roll, know the whole alone, delete the rows of its splits "
        "instead.",
        id="Bila pemilihan lain atau DPT hanya memuat wilayah utuhnya, hapus baris pecahannya.",
    ),
)


def without_wholes_of_splits(draft: Draft, column: str) -> Draft:
    """Return the draft without rows that equal the sum of rows whose names continue theirs.

    What is left counts every voter once. Rows of like names that do not add up are places of their
    own: *Sukamaju* beside *Sukamaju Barat* and *Sukamaju Timur*.

    Parameters
    ----------
    draft
        Rows of places.
    column
        The column of their names: areas, or stations of an area.
    """
    table = draft.table
    figures = [n for n in ("registered", "voters") if n in table and is_numeric_dtype(table[n])]
    if column not in table or "registered" not in figures:
        return draft
    beside = list(_beside_splits(_related(table, column, figures), figures))
    found = {row: splits for row, splits, is_sum in beside if is_sum}
    sizes = table.loc[[row for row, _, _ in beside], "registered"]
    if not found or (len(figures) == 1 and _is_chance(len(found), sizes)):
        return draft
    row, splits = next(iter(found.items()))
    told = pd.DataFrame(
        {
            "n": len(found),
            "splits": len({split for parts in found.values() for split in parts}),
            "whole": table.loc[row, column],
            "parts": [list(table.loc[list(splits[:_SHOWN]), column])],
        },
        index=[row],
    )
    return draft.without(pd.Index(found), SPLITS_BESIDE_WHOLE.at(draft, told.index, column, told))


def _is_chance(found: int, sizes: pd.Series[float]) -> bool:
    """Whether so many of some places may be the sum of their splits by chance, by one figure alone.

    Of chances that add up to a sum, k or more come true with a chance of sum^k / k! at most.
    """
    expected = float((_ALIKE / sizes).clip(upper=1.0).sum())
    return expected**found / math.factorial(found) >= _LIKELY


def _related(table: pd.DataFrame, column: str, figures: Sequence[str]) -> pd.DataFrame:
    """Return rows with figures whose names others continue, or that continue others'.

    Each with its ``name`` in words and numbers, and the ``group`` of its contest and of what it
    lies in.
    """
    above = [name for name in PLACE_COLUMNS if name != column]
    by = [name for name in (*CONTEST_COLUMNS, "data_until", *above) if name in table]
    counted = np.logical_and.reduce([table[name].to_numpy(float) > 0 for name in figures])
    rows = table[table[column].notna() & counted]
    codes, written = pd.factorize(rows[column])
    names = _parted([*map(str, written)])
    related = _related_names(names)
    if not related:
        return rows[figures].iloc[:0].assign(name="", group=0)
    kept = np.array([name in related for name in names], dtype=bool)[codes]
    rows = rows[kept]
    group = rows.groupby(by, dropna=False, sort=False).ngroup() if by else 0
    return rows[figures].assign(name=np.array(names, dtype=object)[codes[kept]], group=group)


def _related_names(names: Sequence[str]) -> set[str]:
    """Return the names that others continue, and those that continue others.

    >>> sorted(_related_names(["a 1", "a 1 split 2", "a 10", "b 1 split 2"]))
    ['a 1', 'a 1 split 2']
    """
    # In order, what continues a name follows it: the space between words comes before all letters.
    ordered = sorted(set(names))
    continued = {one for one, other in pairwise(ordered) if other.startswith(f"{one} ")}
    if not continued:
        return continued
    return continued | {name for name in ordered if not continued.isdisjoint(_stems(name))}


def _beside_splits(
    rows: pd.DataFrame, figures: Sequence[str]
) -> Iterator[tuple[int, list[int], bool]]:
    """Yield each row beside its splits, with these, and whether it is their sum; the finest first.

    What is the sum of splits is none itself.
    """
    names = pd.Series(list(zip(rows["group"], rows["name"], strict=True)), rows.index)
    once = names[~names.duplicated(keep=False)]
    row_of: dict[tuple[int, str], int] = dict(zip(once, once.index, strict=True))
    counts = dict(zip(rows.index, rows[figures].to_numpy(float), strict=True))
    below: dict[tuple[int, str], list[int]] = defaultdict(list)
    for group, name in sorted(row_of, key=lambda one: one[1].count(" "), reverse=True):
        row, parts = row_of[group, name], below[group, name]
        several = len(parts) >= _SEVERAL
        is_whole = several and bool((sum(counts[part] for part in parts) == counts[row]).all())
        if several:
            yield row, parts, is_whole
        stem = next((one for one in _stems(name) if (group, one) in row_of), "")
        below[group, stem] += parts if is_whole else [row, *parts]


def _stems(name: str) -> list[str]:
    """Return what a name may continue, the longest first.

    >>> _stems("a 1 split 2")
    ['a 1 split', 'a 1', 'a']
    """
    return [name[:end] for end in range(len(name) - 1, 0, -1) if name[end] == " "]


def _parted(names: Sequence[str]) -> list[str]:
    """Return the words and numbers of names, which are parted where their splits may begin.

    >>> _parted(["A-01 Split 2", "12B"])
    ['a 1 split 2', '12 b']
    """
    # What is done to all names as one text is done to each, where any of their words needs it.
    text = "\n".join(plain_names(names))
    words = set(text.split())
    if not all(word.isalpha() or word.isdecimal() for word in words):
        text = _BOUNDARY.sub(" ", text)
        words = set(text.split())
    if any(word[0] == "0" and word != "0" for word in words):
        text = _ZEROS.sub("", text)
    return text.split("\n")


_BOUNDARY = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_ZEROS = re.compile(r"\b0+(?=\d)")
