"""The places below the root in blocks: the parts of the tree that are drawn by themselves.

Given the root's values its children are independent. A block is a child of the root that has
children, with all places below it: a province of a nation, a district of a city. Its random
numbers come from a stream of its own, which its name tells, so that its draws depend neither on
which other blocks are drawn nor on their order (docs/model.md, section 20).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Ints
from turnout.models.tree.known_totals import KnownTotals
from turnout.models.tree.targets import Targets
from turnout.models.tree.upward_pass import Tree
from turnout.schema import PLACE_COLUMNS


@dataclass(frozen=True)
class Block:
    """A part of the tree, and the places to forecast in it; or several that are drawn together.

    Parameters
    ----------
    keys
        What tells each part's stream of random numbers; the same whatever else is in the tree.
    part
        (block's nodes,) number of the part of every node; 0 for the root.
    tree
        The root and the block's places, which keep the numbers of their levels.
    nodes
        (block's nodes,) their numbers in the whole tree, the root's first.
    rows
        (block's targets,) rows of the places among all that are to be forecast.
    targets
        The places to forecast.
    totals
        Totals of the coming election that are settled within the block.
    """

    keys: tuple[tuple[int, ...], ...]
    part: Ints
    tree: Tree
    nodes: Ints
    rows: Ints
    targets: Targets
    totals: KnownTotals


def tops_of(tree: Tree) -> Ints:
    """Return the children of the root that have children, each the top of a block.

    Examples
    --------
    >>> parent = np.array([-1, 0, 0, 1, 1])
    >>> np.flatnonzero((parent == 0) & (np.bincount(parent[1:], minlength=5) > 0)).tolist()
    [1]
    """
    return np.flatnonzero((tree.parent == 0) & (tree.children > 0)).astype(np.intp)


def top_of_each(tree: Tree) -> Ints:
    """Return for every node the child of the root that it is or lies below; 0 for the root."""
    top = np.zeros(len(tree.parent), dtype=np.intp)
    for nodes in tree.nodes[1:]:
        above = tree.parent[nodes]
        top[nodes] = np.where(above == 0, nodes, top[above])
    return top


def groups_of(tree: Tree) -> list[Ints]:
    """Return the nodes of every block in the order of `tops_of`, the root first in each."""
    top = top_of_each(tree)
    order = np.argsort(top, kind="stable")
    starts = np.searchsorted(top[order], tops_of(tree))
    ends = np.searchsorted(top[order], tops_of(tree), side="right")
    return [np.append(0, order[a:b]).astype(np.intp) for a, b in zip(starts, ends, strict=True)]


def together(groups: Sequence[Ints], least: int) -> list[list[int]]:
    """Return the numbers of groups of nodes, put together until they have at least so many nodes.

    Examples
    --------
    >>> together([np.zeros(size) for size in (3, 9, 2, 2, 2)], 4)
    [[0, 1], [2, 3], [4]]
    """
    parts: list[list[int]] = []
    size = least
    for number, nodes in enumerate(groups):
        if size >= least:
            parts.append([])
            size = 0
        parts[-1].append(number)
        size += len(nodes)
    return parts


def joined(groups: Sequence[Ints]) -> Ints:
    """Return the nodes of several groups, the root, which each of them has, first and once."""
    return np.concatenate([groups[0][:1], *(nodes[1:] for nodes in groups)])


def direct_nodes(tree: Tree) -> Ints:
    """Return the root and its children without children, which no block holds."""
    leaf = (tree.parent == 0) & (tree.children == 0)
    return np.append(0, np.flatnonzero(leaf)).astype(np.intp)


def block_of(
    tree: Tree,
    groups: Sequence[Ints],
    keys: Sequence[tuple[int, ...]],
    targets: Targets,
    totals: KnownTotals,
) -> Block:
    """Return some parts of a tree as a block.

    Parameters
    ----------
    tree
        The whole tree.
    groups
        The nodes of every part, the root's first.
    keys
        What tells the streams of random numbers of the parts.
    targets
        All places to forecast.
    totals
        All totals that are settled within blocks.
    """
    nodes = joined(groups)
    part = np.repeat(np.arange(len(groups)), [len(group) - 1 for group in groups])
    number = np.full(len(tree.parent), -1, dtype=np.intp)
    number[nodes] = np.arange(len(nodes))
    rows = np.flatnonzero(number[targets.nodes] >= 0).astype(np.intp)
    mine = targets.part(rows).at(number[targets.nodes[rows]])
    own = np.append(0, part).astype(np.intp)
    return Block(tuple(keys), own, tree.part(nodes), nodes, rows, mine, totals.part(number, rows))


def key_of(scale: str, names: Sequence[object]) -> int:
    """Return the number that tells a place by its scale and its names from the coarsest down.

    Upper and lower case and spaces make no difference.

    Examples
    --------
    >>> key_of("province", ["Jambi"]) == key_of("province", [" JAMBI "])
    True
    >>> key_of("province", ["Jambi"]) == key_of("city", ["Jambi"])
    False
    """
    words = [" ".join(str(name).split()).casefold() for name in names if name is not None]
    told = "\n".join([scale, *words]).encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:8], "big")


def keys_of(nodes: pd.DataFrame, tops: Ints) -> list[tuple[int, ...]]:
    """Return the keys of blocks by their tops' rows in a panel's nodes; no two are the same."""
    named = nodes[["scale", *PLACE_COLUMNS]].iloc[tops].astype("object")
    places = named.where(named.notna(), None).itertuples(index=False, name=None)
    seen: dict[int, int] = {}
    keys: list[tuple[int, ...]] = []
    for scale, *names in places:
        key = key_of(scale, names)
        again = seen[key] = seen.get(key, -1) + 1
        keys.append((key, again) if again else (key,))
    return keys
