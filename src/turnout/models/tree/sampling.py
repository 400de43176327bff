"""Joint draws of the target contest, from the root down to the places to forecast."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from turnout.models.tree.batches import Draw, applied, floored, per_draw, told, values_above
from turnout.models.tree.passes import Tree
from turnout.models.tree.reconciliation import (
    Vectors,
    children_of,
    pull_of_leaves,
    pulled,
    reconcile,
)
from turnout.models.tree.targets import Targets, drawn_turnout

__all__ = [
    "Draw",
    "Singles",
    "Targets",
    "Vectors",
    "blocks",
    "draw_inner",
    "draw_targets",
    "values_above",
]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.intp]

_THREADS = 2
_BLOCK = 512


def draw_inner(draw: Draw, rng: np.random.Generator) -> Vectors:
    """Draw the vectors over contests of all inner nodes, coarsest level first.

    Returns
    -------
    Vectors
        Per level (nodes, contests, draws); places without children are left at 0.
    """
    vectors = Vectors.of(draw)
    _fill(draw, 0, np.zeros(1, dtype=np.intp), vectors, rng)
    vectors.compose_root(draw, rng)
    for level in vectors:
        groups = children_of(draw.tree, level)
        for below, rows in groups.items():
            _fill(draw, below, rows, vectors, rng)
        reconcile(draw, level, groups, vectors, rng)
    return vectors


def _fill(draw: Draw, level: int, rows: Ints, vectors: Vectors, rng: np.random.Generator) -> None:
    """Draw some nodes of a level given their parents."""
    contests, count = draw.tree.values.shape[1], len(draw.which)
    nodes = draw.tree.nodes[level]
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        noise = rng.standard_normal((len(block), contests, count), dtype=np.float32)
        above = values_above(draw.tree, nodes[block], vectors)
        vectors[level][block] = _given_parent(draw, level, block, above, noise)


def _given_parent(
    draw: Draw, level: int, block: Ints, above: Singles | None, noise: Singles
) -> Singles:
    node = draw.nodes[level]
    covariance, up = node.covariance, node.up
    covariance = covariance if covariance.shape[1] == 1 else covariance[:, block]
    scale = np.asarray(np.linalg.cholesky(floored(node.posterior[:, block])))
    shift = covariance @ up.shift[:, block]
    drawn = applied(scale, noise, draw.which) + told(shift, draw)
    if above is not None:
        keep = np.eye(covariance.shape[-1]) - covariance @ up.precision[:, block]
        drawn += applied(keep, above, draw.which)
    return drawn


def draw_targets(
    draw: Draw, targets: Targets, vectors: Vectors, rngs: Sequence[np.random.Generator]
) -> Singles:
    """Draw the turnout of the places to forecast, binomial noise included.

    Parameters
    ----------
    draw
        What the draws share.
    targets
        Places to forecast.
    vectors
        Vectors of the inner nodes.
    rngs
        One generator per block of `blocks`.

    Returns
    -------
    numpy.ndarray
        (targets, draws) turnout as a share.
    """
    tree = draw.tree
    pieces = blocks(tree, targets.nodes)
    out = np.empty((len(targets.nodes), len(draw.which)), dtype=np.float32)
    has_totals = len(tree.totals.contests) > 0
    noise = np.zeros_like(out) if has_totals else out

    def begin(number: int, rows: Ints) -> None:
        noise[rows] = _noise(draw, targets.nodes[rows], rngs[number])

    def finish(number: int, rows: Ints) -> None:
        here = targets.part(rows)
        logits = noise[rows] + _expected(draw, here.nodes, vectors) + np.float32(tree.center)
        if has_totals and tree.level[here.nodes[0]] > 0:
            logits += pulled(draw, here.nodes, pulls)
        own = np.where(tree.of_turnout, tree.designs[here.nodes, draw.target], 0.0)
        if own.any():
            logits += (own @ draw.effects.T).astype(np.float32)
        out[rows] = drawn_turnout(_rest(draw, logits, here, rngs[number]), here, rngs[number])

    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(begin, *zip(*enumerate(pieces), strict=True)))
        pulls = pull_of_leaves(draw, targets.nodes, noise, vectors, rngs[0]) if has_totals else {}
        list(pool.map(finish, *zip(*enumerate(pieces), strict=True)))
    return out


def blocks(tree: Tree, targets: Ints) -> list[Ints]:
    """Split targets into blocks of one level."""
    levels = tree.level[targets]
    rows = [np.flatnonzero(levels == level) for level in np.unique(levels)]
    return [part[start : start + _BLOCK] for part in rows for start in range(0, len(part), _BLOCK)]


def _expected(draw: Draw, nodes: Ints, vectors: Vectors) -> Singles:
    """Return the target contest's expected logits of leaves of one level, given their parents."""
    tree, target = draw.tree, draw.target
    level = int(tree.level[nodes[0]])
    above = values_above(tree, nodes, vectors)
    if above is None:
        return np.broadcast_to(vectors[0][0, target], (len(nodes), len(draw.which)))
    node, block = draw.nodes[level], tree.position[nodes]
    row = node.covariance[..., target, :]
    row = row if row.shape[1] == 1 else row[:, block]
    gain = -(row[..., None, :] @ node.up.precision[:, block])
    gain[..., 0, target] += 1.0
    logits = applied(gain, above, draw.which)[:, 0]
    return logits + told(row[..., None, :] @ node.up.shift[:, block], draw)[:, 0]


def _noise(draw: Draw, nodes: Ints, rng: np.random.Generator) -> Singles:
    """Draw how far leaves of one level lie from what is expected of them; 0 for the root."""
    level = int(draw.tree.level[nodes[0]])
    noise = rng.standard_normal((len(nodes), len(draw.which)), dtype=np.float32)
    variance = draw.nodes[level].posterior[:, draw.tree.position[nodes], draw.target, draw.target]
    size = np.sqrt(np.maximum(per_draw(variance, draw.which), 0.0)) * (level > 0)
    return noise * size.astype(np.float32)


def _rest(draw: Draw, logits: Singles, targets: Targets, rng: np.random.Generator) -> Singles:
    """Draw the logits of what is not yet counted, given those of the whole places.

    Counted stations and those left make up the place: as far as the counted ones lie above it,
    those left lie below it. How far they lie above it is drawn given what was observed.
    """
    if not targets.leverage.any():
        return logits
    tree, nodes = draw.tree, targets.nodes
    measured = np.where(tree.of_turnout, 0.0, tree.designs[nodes, draw.target])
    observed = tree.values[nodes, draw.target] + tree.center
    away = observed[:, None] - measured @ draw.effects.T - logits
    # The rest of the observation's variance is chance of single voters.
    share = targets.selection * tree.weights[nodes, draw.target]
    sd = np.sqrt(targets.selection * (1 - share).clip(0))
    noise = rng.standard_normal(logits.shape, dtype=np.float32)
    above = share[:, None] * away + sd[:, None] * noise
    return (logits - targets.leverage[:, None] * above).astype(np.float32)
