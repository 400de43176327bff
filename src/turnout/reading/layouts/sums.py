"""Which rows of a list are the sums of others: headings above, subtotals below, a grand total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Sum:
    """A row that is the sum of others.

    Parameters
    ----------
    row
        Its position in the list.
    parts
        Positions of the rows that it sums.
    whole
        Whether the sums of this level hold, together, every row that was left and is no coarser
        sum: rows that come apart without a rest do so by no chance.
    """

    row: int
    parts: tuple[int, ...]
    whole: bool


def find_sums(figures: Sequence[NDArray[np.float64]]) -> list[list[Sum]]:
    """Find the rows that equal the sum of others in every figure, the finest sums first.

    Rows found are taken out of the list before coarser sums are sought, so that a city above its
    districts above their areas comes apart level by level.

    Parameters
    ----------
    figures
        One or two arrays of whole numbers, each with one number per row in the order of the file.

    Returns
    -------
    list of list of Sum
        One list per level.

    Examples
    --------
    >>> registered = np.array([3000.0, 1000.0, 2000.0, 900.0, 400.0, 500.0, 3900.0])
    >>> [[one.row for one in level] for level in find_sums([registered])]
    [[0, 3], [6]]
    """
    keys = joint_keys(figures)
    left = np.arange(len(keys))
    levels: list[tuple[int, list[tuple[int, tuple[int, ...]]]]] = []
    while len(left) > 2:
        found = _blocks(keys[left]) or _grand_total(keys[left])
        if not found:
            break
        named = [(int(left[row]), tuple(map(int, left[list(parts)]))) for row, parts in found]
        levels.append((len(left), named))
        left = np.delete(left, [row for row, _ in found])
    return [_level(levels[number:]) for number in range(len(levels))]


def _level(levels: Sequence[tuple[int, list[tuple[int, tuple[int, ...]]]]]) -> list[Sum]:
    """Return the sums of the first of `levels`: how many rows were left at each, and its sums."""
    left, found = levels[0]
    coarser = sum(len(sums) for _, sums in levels)
    whole = sum(len(parts) for _, parts in found) == left - coarser
    return [Sum(row, parts, whole) for row, parts in found]


def joint_keys(figures: Sequence[NDArray[np.float64]]) -> Ints:
    """Return one whole number per row that adds up exactly where every figure does."""
    keys = np.zeros(len(figures[0]), dtype=np.int64)
    for figure in figures:
        width = int(figure.sum()) + 1
        keys = keys * width + figure.astype(np.int64)
    return keys


def _blocks(keys: Ints) -> list[tuple[int, range]]:
    """Return the rows that sum the rows right below, or else right above them."""
    below, above = _headings(keys), _subtotals(keys)
    return below if sum(map(_size, below)) >= sum(map(_size, above)) else above


def _size(found: tuple[int, range]) -> int:
    return len(found[1])


def _headings(keys: Ints) -> list[tuple[int, range]]:
    """Return the rows that equal the sum of two rows or more right below them."""
    before = np.concatenate([[0], np.cumsum(keys)])
    rows = np.flatnonzero((keys[:-2] > 0) & (keys[1:-1] + keys[2:] <= keys[:-2]))
    target = before[rows + 1] + keys[rows]
    end = np.searchsorted(before, target)
    hit = (end < len(before)) & (end - rows > 2)
    hit[hit] &= before[end[hit]] == target[hit]
    heads, end = rows[hit], end[hit]
    inside = np.zeros(len(keys) + 1, dtype=np.int64)
    inside[heads + 1] = 1
    inside = np.cumsum(inside)
    alone = inside[end] == inside[heads + 1]  # with no other among their rows
    heads, ends = heads[alone].tolist(), end[alone].tolist()
    finest = [(row, range(row + 1, last)) for row, last in zip(heads, ends, strict=True)]
    return _with_only_children(finest, keys)


def _with_only_children(found: list[tuple[int, range]], keys: Ints) -> list[tuple[int, range]]:
    """Add headings of a single row, where headings of several stand around them."""
    if not found:
        return found
    free = np.ones(len(keys), dtype=bool)
    for row, block in found:
        free[[row, *block]] = False
    single = (keys[:-1] == keys[1:]) & (keys[:-1] > 0) & free[:-1] & free[1:]
    alone: list[tuple[int, range]] = []
    for row in np.flatnonzero(single).tolist():
        if not alone or row > alone[-1][1][0]:
            alone.append((row, range(row + 1, row + 2)))
    return sorted([*found, *alone], key=lambda one: one[0])


def _subtotals(keys: Ints) -> list[tuple[int, range]]:
    last = len(keys) - 1
    turned = _headings(keys[::-1])
    return sorted(
        ((last - row, range(last - block[-1], last - block[0] + 1)) for row, block in turned),
        key=lambda one: one[0],
    )


def _grand_total(keys: Ints) -> list[tuple[int, list[int]]]:
    """Return the row that equals the sum of all others, wherever it stands."""
    whole = int(keys.sum())
    rows = np.flatnonzero((2 * keys == whole) & (keys > 0))
    if len(rows) != 1:
        return []
    return [(int(rows[0]), [one for one in range(len(keys)) if one != rows[0]])]
