"""Joint draws of the target contest, from the root down to the places to forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from turnout.models.messages import Node
from turnout.models.tree import Tree

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.intp]

_THREADS = 2
_BLOCK = 512
_FEW_VOTERS = 100


@dataclass(frozen=True)
class Draw:
    """What a batch of draws shares.

    Parameters
    ----------
    tree
        The places.
    nodes
        Per level, the nodes given their parents; leading axis 1 or one entry per parameter draw.
    which
        (draws,) parameter draw of every draw.
    effects
        (draws, effects) drawn linear effects.
    target
        Contest to forecast.
    """

    tree: Tree
    nodes: Mapping[int, Node]
    which: Ints
    effects: Floats
    target: int


def draw_inner(draw: Draw, rng: np.random.Generator) -> dict[int, Singles]:
    """Draw the vectors over contests of all inner nodes, coarsest level first.

    Returns
    -------
    dict
        Per level (nodes, contests, draws); places without children are left at 0.
    """
    tree, count = draw.tree, len(draw.which)
    contests = tree.values.shape[1]
    vectors: dict[int, Singles] = {}
    for level, nodes in enumerate(tree.nodes):
        inner = np.flatnonzero((tree.children[nodes] > 0) | (level == 0))
        if not len(inner):
            continue
        drawn = np.zeros((len(nodes), contests, count), dtype=np.float32)
        for start in range(0, len(inner), _BLOCK):
            block = inner[start : start + _BLOCK]
            noise = rng.standard_normal((len(block), contests, count), dtype=np.float32)
            above = values_above(tree, nodes[block], vectors)
            drawn[block] = _given_parent(draw, level, block, above, noise)
        vectors[level] = drawn
    return vectors


def _given_parent(
    draw: Draw, level: int, block: Ints, above: Singles | None, noise: Singles
) -> Singles:
    node = draw.nodes[level]
    covariance, up = node.covariance, node.up
    covariance = covariance if covariance.shape[1] == 1 else covariance[:, block]
    scale = np.asarray(np.linalg.cholesky(_floored(node.posterior[:, block])))
    shift = covariance @ up.shift[:, block]
    drawn = _applied(scale, noise, draw.which) + _effect(shift, draw)
    if above is not None:
        keep = np.eye(covariance.shape[-1]) - covariance @ up.precision[:, block]
        drawn += _applied(keep, above, draw.which)
    return drawn


@dataclass(frozen=True)
class Targets:
    """The places to forecast, and what is counted of them already.

    Parameters
    ----------
    nodes
        (targets,) their nodes.
    registered
        (targets,) their registered voters.
    counted_registered, counted_voters
        (targets,) counts of what is counted; 0 where nothing is.
    rest_sd
        (targets,) standard deviation (logit) of what is still to be counted around its area.
    """

    nodes: Ints
    registered: Floats
    counted_registered: Floats
    counted_voters: Floats
    rest_sd: Floats

    @classmethod
    def before_the_count(cls, nodes: Ints, registered: Floats) -> Targets:
        """Return places of which nothing is counted."""
        nothing = np.zeros(len(nodes))
        return cls(nodes, registered, nothing, nothing, nothing)

    def part(self, rows: Ints) -> Targets:
        """Return some of the places."""
        return Targets(
            self.nodes[rows],
            self.registered[rows],
            self.counted_registered[rows],
            self.counted_voters[rows],
            self.rest_sd[rows],
        )


def draw_targets(
    draw: Draw,
    targets: Targets,
    vectors: Mapping[int, Singles],
    rngs: Sequence[np.random.Generator],
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
    out = np.empty((len(targets.nodes), len(draw.which)), dtype=np.float32)

    def fill(number: int, rows: Ints) -> None:
        rng, here = rngs[number], targets.part(rows)
        level = int(tree.level[here.nodes[0]])
        if level == 0:
            logits = vectors[0][0, draw.target][None].repeat(len(rows), axis=0)
        else:
            logits = _target_logits(draw, level, here.nodes, vectors, rng)
        own = np.where(tree.of_turnout, tree.designs[here.nodes, draw.target], 0.0)
        if own.any():
            logits += (own @ draw.effects.T).astype(np.float32)
        out[rows] = _turnout(logits + np.float32(tree.center), here, rng)

    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(fill, *zip(*enumerate(blocks(tree, targets.nodes)), strict=True)))
    return out


def blocks(tree: Tree, targets: Ints) -> list[Ints]:
    """Split targets into blocks of one level."""
    levels = tree.level[targets]
    rows = [np.flatnonzero(levels == level) for level in np.unique(levels)]
    return [part[start : start + _BLOCK] for part in rows for start in range(0, len(part), _BLOCK)]


def _target_logits(
    draw: Draw, level: int, nodes: Ints, vectors: Mapping[int, Singles], rng: np.random.Generator
) -> Singles:
    tree, target = draw.tree, draw.target
    node, block = draw.nodes[level], tree.position[nodes]
    row = node.covariance[..., target, :]
    row = row if row.shape[1] == 1 else row[:, block]
    gain = -(row[..., None, :] @ node.up.precision[:, block])
    gain[..., 0, target] += 1.0
    above = values_above(tree, nodes, vectors)
    if above is None:
        raise AssertionError("only the root has no parent")
    logits = _applied(gain, above, draw.which)[:, 0]
    logits += _effect(row[..., None, :] @ node.up.shift[:, block], draw)[:, 0]
    variance = node.posterior[:, block, target, target]
    noise = rng.standard_normal(logits.shape, dtype=np.float32)
    noise *= np.sqrt(np.maximum(_per_draw(variance, draw.which), 0.0)).astype(np.float32)
    logits += noise
    return logits


def _turnout(logits: Singles, targets: Targets, rng: np.random.Generator) -> Singles:
    """Return the share of voters: the counted ones, and drawn ones of those not yet counted."""
    if targets.rest_sd.any():
        noise = rng.standard_normal(logits.shape, dtype=np.float32)
        logits = logits + noise * targets.rest_sd.astype(np.float32)[:, None]
    share = expit(logits)
    rest = (targets.registered - targets.counted_registered).clip(0)
    size = rest.astype(np.float32)[:, None]
    noise = rng.standard_normal(share.shape, dtype=np.float32)
    voters = size * share + noise * np.sqrt(size * share * (1 - share))
    few = rest <= _FEW_VOTERS
    if few.any():
        voters[few] = rng.binomial(rest[few].round().astype(np.int64)[:, None], share[few])
    counted = targets.counted_voters.astype(np.float32)[:, None]
    registered = targets.registered.astype(np.float32)[:, None]
    return (counted + np.clip(voters, 0, size)) / registered


def values_above(tree: Tree, nodes: Ints, vectors: Mapping[int, Singles]) -> Singles | None:
    """Return the vectors of the nodes' parents, (nodes, contests, draws); None for the root."""
    parents = tree.parent[nodes]
    if parents[0] < 0:
        return None
    levels = np.unique(tree.level[parents])
    if len(levels) == 1:
        return vectors[int(levels[0])][tree.position[parents]]
    some = vectors[int(levels[0])]
    above = np.empty((len(nodes), *some.shape[1:]), dtype=np.float32)
    for level in levels:
        mine = tree.level[parents] == level
        above[mine] = vectors[int(level)][tree.position[parents[mine]]]
    return above


def _applied(matrices: Floats, vectors: Singles, which: Ints) -> Singles:
    """Multiply (draws or 1, nodes, r, c) by (nodes, c, draws) to (nodes, r, draws)."""
    if len(matrices) == 1:
        return matrices[0].astype(np.float32) @ vectors
    per_draw = matrices[which].astype(np.float32)
    columns = np.moveaxis(vectors, -1, 0)[..., None]
    return np.moveaxis((per_draw @ columns)[..., 0], 0, -1)


def _effect(shift: Floats, draw: Draw) -> Singles:
    """Return the shift of the data less the drawn effects', (nodes, r, draws)."""
    weights = np.column_stack([np.ones(len(draw.effects)), -draw.effects])
    if len(shift) == 1:
        return np.asarray(shift[0] @ weights.T, dtype=np.float32)
    return np.moveaxis((shift[draw.which] @ weights[:, None, :, None])[..., 0], 0, -1).astype(
        np.float32
    )


def _per_draw(values: Floats, which: Ints) -> Floats:
    """Bring (draws or 1, nodes) to (nodes, draws or 1)."""
    return values.T if len(values) == 1 else values[which].T


def _floored(covariance: Floats) -> Floats:
    size = covariance.shape[-1]
    trace = np.trace(covariance, axis1=-2, axis2=-1)[..., None, None] / size
    return covariance + (1e-9 * trace + 1e-14) * np.eye(size)
