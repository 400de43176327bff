"""Joint draws of the target contest, from the root down to the places to forecast."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from turnout.arrays import Ints, Singles
from turnout.models.tree.batch import (
    Batch,
    applied,
    applied_to_parents,
    floored,
    per_draw,
    shift_given_effects,
    values_above,
)
from turnout.models.tree.conditioning import (
    Vectors,
    children_of,
    is_pulled,
    pull_of_leaves,
    pulled,
    reconcile,
)
from turnout.models.tree.streams import Streams
from turnout.models.tree.targets import Targets, drawn_turnout
from turnout.models.tree.upward_pass import Tree

__all__ = [
    "Batch",
    "Singles",
    "Targets",
    "Vectors",
    "draw_below",
    "draw_inner",
    "draw_root",
    "draw_targets",
    "fill",
    "values_above",
]


# Numbers that a processor keeps at hand.
_AT_HAND = 1 << 17


def draw_inner(batch: Batch, streams: Streams) -> Vectors:
    """Draw the vectors over contests of all inner nodes, coarsest level first.

    Returns
    -------
    Vectors
        Per level (nodes, contests, draws); places without children are left at 0.
    """
    vectors = draw_root(batch, streams)
    draw_below(batch, 0, vectors, streams)
    return vectors


def draw_root(batch: Batch, streams: Streams) -> Vectors:
    """Draw the root's vector, and its composition; there is room for all other inner nodes."""
    vectors = Vectors.of(batch)
    fill(batch, 0, np.zeros(1, dtype=np.intp), vectors, streams)
    vectors.compose_root(batch, streams)
    return vectors


def draw_below(batch: Batch, top: int, vectors: Vectors, streams: Streams) -> None:
    """Draw all inner nodes below a level, whose own are drawn."""
    for level in [level for level in vectors if level >= top]:
        groups = children_of(batch.tree, level)
        for below, rows in groups.items():
            fill(batch, below, rows, vectors, streams)
        reconcile(batch, level, groups, vectors, streams)


def fill(batch: Batch, level: int, rows: Ints, vectors: Vectors, streams: Streams) -> None:
    """Draw some nodes of a level given their parents."""
    contests, count = batch.tree.values.shape[1], len(batch.which)
    nodes = batch.tree.nodes[level]
    for block in _at_hand(rows, contests * count):
        noise = streams.normal(nodes[block], contests, count)
        vectors[level][block] = _given_parent(batch, level, block, vectors, noise)


def _given_parent(
    batch: Batch, level: int, block: Ints, vectors: Vectors, noise: Singles
) -> Singles:
    node, nodes = batch.nodes[level], batch.tree.nodes[level][block]
    covariance, up = node.covariance, node.up
    covariance = covariance if covariance.shape[1] == 1 else covariance[:, block]
    scale = np.asarray(np.linalg.cholesky(floored(node.posterior[:, block])))
    shift = covariance @ up.shift[:, block]
    drawn = applied(scale, noise, batch.which) + shift_given_effects(shift, batch)
    if level > 0:
        keep = np.eye(covariance.shape[-1]) - covariance @ up.precision[:, block]
        drawn += applied_to_parents(keep, batch.tree, nodes, vectors, batch.which)
    return drawn


def draw_targets(batch: Batch, targets: Targets, vectors: Vectors, streams: Streams) -> Singles:
    """Draw the turnout of the places to forecast, binomial noise included.

    Parameters
    ----------
    batch
        What the draws share.
    targets
        Places to forecast.
    vectors
        Vectors of the inner nodes.
    streams
        Random numbers.

    Returns
    -------
    numpy.ndarray
        (targets, draws) turnout as a share.
    """
    tree = batch.tree
    pieces, chance = _pieces_of(tree, targets.nodes, len(batch.which), streams)
    out = np.empty((len(targets.nodes), len(batch.which)), dtype=np.float32)
    has_totals = len(vectors.left) > 0
    noise = np.zeros_like(out) if has_totals else out

    def begin(rows: Ints, rng: np.random.Generator) -> None:
        noise[rows] = _noise(batch, targets.nodes[rows], rng)

    def finish(rows: Ints, rng: np.random.Generator) -> None:
        here = targets.part(rows)
        logits = (
            noise[rows]
            + _expected(batch, here.nodes, vectors)
            + np.float32(tree.center[batch.target])
        )
        if tree.level[here.nodes[0]] > 0 and is_pulled(tree, here.nodes, pulls):
            logits += pulled(batch, here.nodes, pulls)
        own = np.where(tree.of_turnout, tree.designs[here.nodes, batch.target], 0.0)
        if own.any():
            logits += (own @ batch.effects.T).astype(np.float32)
        out[rows] = drawn_turnout(_rest(batch, logits, here, rng), here, rng)

    pulls: dict[int, Singles] = {}
    for rows, rng in pieces:
        begin(rows, rng)
    if has_totals:
        pulls.update(pull_of_leaves(batch, targets.nodes, noise, vectors, chance))
    for rows, rng in pieces:
        finish(rows, rng)
    return out


def _at_hand(rows: Ints, numbers: int) -> Iterator[Ints]:
    """Part rows of so many numbers each into pieces that a processor keeps at hand."""
    step = max(1, _AT_HAND // numbers)
    for start in range(0, len(rows), step):
        yield rows[start : start + step]


def _pieces_of(
    tree: Tree, targets: Ints, draws: int, streams: Streams
) -> tuple[list[tuple[Ints, np.random.Generator]], Streams]:
    """Part targets into pieces of one level and one part of the tree, each with its random numbers.

    A piece is small enough for a processor to keep at hand. What is drawn of a part as a whole has
    the numbers of its first piece.
    """
    pieces: list[tuple[Ints, np.random.Generator]] = []
    firsts = []
    level, part = tree.level[targets], streams.part[targets]
    for number, rng in enumerate(streams.rngs):
        mine = [np.flatnonzero((part == number) & (level == one)) for one in np.unique(level)]
        rows = [piece for every in mine for piece in _at_hand(every, draws)]
        rngs = rng.spawn(max(1, len(rows)))
        pieces += zip(rows, rngs, strict=False)
        firsts.append(rngs[0])
    return pieces, Streams(tuple(firsts), streams.part)


def _expected(batch: Batch, nodes: Ints, vectors: Vectors) -> Singles:
    """Return the target contest's expected logits of leaves of one level, given their parents."""
    tree, target = batch.tree, batch.target
    level = int(tree.level[nodes[0]])
    if level == 0:
        return np.broadcast_to(vectors[0][0, target], (len(nodes), len(batch.which)))
    node, block = batch.nodes[level], tree.position[nodes]
    row = node.covariance[..., target, :]
    row = row if row.shape[1] == 1 else row[:, block]
    gain = -(row[..., None, :] @ node.up.precision[:, block])
    gain[..., 0, target] += 1.0
    logits = applied_to_parents(gain, tree, nodes, vectors, batch.which)[:, 0]
    return logits + shift_given_effects(row[..., None, :] @ node.up.shift[:, block], batch)[:, 0]


def _noise(batch: Batch, nodes: Ints, rng: np.random.Generator) -> Singles:
    """Draw how far leaves of one level lie from what is expected of them; 0 for the root."""
    level = int(batch.tree.level[nodes[0]])
    noise = rng.standard_normal((len(nodes), len(batch.which)), dtype=np.float32)
    variance = batch.nodes[level].posterior[
        :, batch.tree.position[nodes], batch.target, batch.target
    ]
    size = np.sqrt(np.maximum(per_draw(variance, batch.which), 0.0)) * (level > 0)
    return noise * size.astype(np.float32)


def _rest(batch: Batch, logits: Singles, targets: Targets, rng: np.random.Generator) -> Singles:
    """Draw the logits of what is not yet counted, given those of the whole places.

    Counted stations and those left make up the place: as far as the counted ones lie above it,
    those left lie below it. How far they lie above it is drawn given what was observed.
    """
    if not targets.leverage.any():
        return logits
    tree, nodes = batch.tree, targets.nodes
    measured = np.where(tree.of_turnout, 0.0, tree.designs[nodes, batch.target])
    observed = tree.values[nodes, batch.target] + tree.center[batch.target]
    away = observed[:, None] - measured @ batch.effects.T - logits
    # The rest of the observation's variance is chance of single voters.
    share = targets.selection * tree.weights[nodes, batch.target]
    sd = np.sqrt(targets.selection * (1 - share).clip(0))
    noise = rng.standard_normal(logits.shape, dtype=np.float32)
    above = share[:, None] * away + sd[:, None] * noise
    return (logits - targets.leverage[:, None] * above).astype(np.float32)
