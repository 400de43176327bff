"""Joint draws of the target contest, from the root down to the places to forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from turnout.arrays import Bools, Ints, Singles, as_slice
from turnout.models.binomial import Parts
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


# Numbers that are drawn at once, and those that are worth a round of work: what a processor keeps
# at hand.
_AT_ONCE = 1 << 17
_ROUND = 1 << 19

Piece = tuple[Ints, np.random.Generator]
"""Targets of one level, and their random numbers."""


@dataclass(frozen=True)
class Strip:
    """Pieces of one level, which are drawn in one round.

    Parameters
    ----------
    rows
        (strip's targets,) their rows among all targets, piece by piece.
    parts
        Where each piece is in the strip, and its random numbers.
    """

    rows: Ints
    parts: Parts

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Strip:
        """Put pieces behind each other."""
        parts, end = [], 0
        for rows, rng in pieces:
            parts.append((slice(end, end + len(rows)), rng))
            end += len(rows)
        return cls(np.concatenate([rows for rows, _ in pieces]), parts)

    def normal(self, draws: int, needed: Bools) -> Singles:
        """Draw standard normal numbers, (strip's targets, draws); 0 for pieces that need none.

        A piece needs some if one of its targets does, (strip's targets,): its draws do not depend
        on the other pieces.
        """
        noise = np.zeros((len(self.rows), draws), dtype=np.float32)
        for part, rng in self.parts:
            if needed[part].any():
                noise[part] = rng.standard_normal(noise[part].shape, dtype=np.float32)
        return noise


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
    for block in _at_once(rows, contests * count):
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
    strips = _strips_of(pieces, tree.level[targets.nodes], len(batch.which))
    out = np.empty((len(targets.nodes), len(batch.which)), dtype=np.float32)
    has_totals = len(vectors.left) > 0
    noise = np.zeros_like(out) if has_totals else out
    for strip in strips:
        noise[as_slice(strip.rows)] = _noise(batch, targets.nodes, strip)
    pulls: dict[int, Singles] = {}
    if has_totals:
        pulls = pull_of_leaves(batch, targets.nodes, noise, vectors, chance)
    for strip in strips:
        nodes = targets.nodes[strip.rows]
        logits = _expected(batch, nodes, vectors)
        logits += noise[as_slice(strip.rows)]
        logits += np.float32(tree.center[batch.target])
        if tree.level[nodes[0]] > 0 and is_pulled(tree, nodes, pulls):
            logits += pulled(batch, nodes, pulls)
        own = np.where(tree.of_turnout, tree.designs[nodes, batch.target], 0.0)
        if own.any():
            logits += (own @ batch.effects.T).astype(np.float32)
        here = targets.part(strip.rows)
        rest = _rest(batch, logits, here, strip)
        out[as_slice(strip.rows)] = drawn_turnout(rest, here, strip.parts)
    return out


def _at_once(rows: Ints, numbers: int) -> Iterator[Ints]:
    """Part rows of so many numbers each into pieces of what is drawn at once."""
    step = max(1, _AT_ONCE // numbers)
    for start in range(0, len(rows), step):
        yield rows[start : start + step]


def _pieces_of(
    tree: Tree, targets: Ints, draws: int, streams: Streams
) -> tuple[list[Piece], Streams]:
    """Part targets into pieces of one level and one part of the tree, each with its random numbers.

    What is drawn of a part as a whole has the numbers of its first piece.
    """
    pieces: list[Piece] = []
    firsts = []
    level, part = tree.level[targets], streams.part[targets]
    for number, rng in enumerate(streams.rngs):
        mine = [np.flatnonzero((part == number) & (level == one)) for one in np.unique(level)]
        rows = [piece for every in mine for piece in _at_once(every, draws)]
        rngs = rng.spawn(max(1, len(rows)))
        pieces += zip(rows, rngs, strict=False)
        firsts.append(rngs[0])
    return pieces, Streams(tuple(firsts), streams.part)


def _strips_of(pieces: Sequence[Piece], level: Ints, draws: int) -> list[Strip]:
    """Put pieces of one level together, as many as are worth a round of work."""
    strips: list[list[Piece]] = []
    size, before = 0, -1
    for piece in sorted(pieces, key=lambda piece: level[piece[0][0]]):
        cells, own = len(piece[0]) * draws, level[piece[0][0]]
        if own != before or size + cells > _ROUND:
            strips.append([])
            size, before = 0, own
        strips[-1].append(piece)
        size += cells
    return [Strip.of(strip) for strip in strips]


def _expected(batch: Batch, nodes: Ints, vectors: Vectors) -> Singles:
    """Return the target contest's expected logits of leaves of one level, given their parents."""
    tree, target = batch.tree, batch.target
    level = int(tree.level[nodes[0]])
    if level == 0:
        return np.tile(vectors[0][0, target], (len(nodes), 1))
    node, block = batch.nodes[level], tree.position[nodes]
    row = node.covariance[..., target, :]
    row = row if row.shape[1] == 1 else row[:, block]
    gain = -(row[..., None, :] @ node.up.precision[:, block])
    gain[..., 0, target] += 1.0
    logits = applied_to_parents(gain, tree, nodes, vectors, batch.which)[:, 0]
    return logits + shift_given_effects(row[..., None, :] @ node.up.shift[:, block], batch)[:, 0]


def _noise(batch: Batch, targets: Ints, strip: Strip) -> Singles:
    """Draw how far leaves of one level lie from what is expected of them; 0 for the root."""
    nodes = targets[strip.rows]
    level = int(batch.tree.level[nodes[0]])
    noise = strip.normal(len(batch.which), np.ones(len(nodes), dtype=bool))
    variance = batch.nodes[level].posterior[
        :, batch.tree.position[nodes], batch.target, batch.target
    ]
    size = np.sqrt(np.maximum(per_draw(variance, batch.which), 0.0)) * (level > 0)
    noise *= size.astype(np.float32)
    return noise


def _rest(batch: Batch, logits: Singles, targets: Targets, strip: Strip) -> Singles:
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
    noise = strip.normal(logits.shape[1], targets.leverage != 0)
    above = share[:, None] * away + sd[:, None] * noise
    return (logits - targets.leverage[:, None] * above).astype(np.float32)
