"""Draws of places that agree with the totals above them.

Given their parent's value its children are independent; given a total as well they are not. They
are drawn as if they were, and what their weighted mean lacks of the drawn composition is shared
out among them by their covariance with it (conditioning by kriging, Matheron's rule).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.sparse import csr_array

from turnout.arrays import Floats, Ints, Singles
from turnout.models.monte_carlo import symmetric_root
from turnout.models.tree.batch import (
    Batch,
    applied,
    applied_to_parents,
    inverse,
    shift_given_effects,
)
from turnout.models.tree.messages import adder
from turnout.models.tree.streams import Streams
from turnout.models.tree.totals import Composition
from turnout.models.tree.upward_pass import Tree


class Vectors(dict[int, Singles]):
    """Drawn values of the inner nodes of every level, (nodes, contests, draws).

    Attributes
    ----------
    compositions
        Per level, drawn compositions at the totals' contests, (nodes, totals' contests, draws).
    left
        Per level, what of them is left to the leaves among the children.
    leaves
        Per level, what those leaves make up, given the nodes' values.
    """

    def __init__(self) -> None:
        super().__init__()
        self.compositions: dict[int, Singles] = {}
        self.left: dict[int, Singles] = {}
        self.leaves: dict[int, Composition] = {}

    @classmethod
    def of(cls, batch: Batch) -> Vectors:
        """Return room for the inner nodes' values."""
        tree, count = batch.tree, len(batch.which)
        vectors = cls()
        for level, nodes in enumerate(tree.nodes):
            if level == 0 or (tree.children[nodes] > 0).any():
                for room, rows in (
                    (vectors, tree.values.shape[1]),
                    (vectors.compositions, len(tree.totals.contests)),
                ):
                    room[level] = np.zeros((len(nodes), rows, count), dtype=np.float32)
        return vectors

    def compose_root(self, batch: Batch, streams: Streams) -> None:
        """Draw the root's composition."""
        root = np.zeros(1, dtype=np.intp)
        self.compositions[0] = _composed(batch, batch.nodes[0].own, self[0], (root, streams))


def children_of(tree: Tree, level: int) -> dict[int, Ints]:
    """Return the positions of the inner children of a level's nodes, by their own level."""
    groups = {}
    for below in range(level + 1, len(tree.nodes)):
        nodes = tree.nodes[below]
        rows = (tree.children[nodes] > 0) & (tree.level[tree.parent[nodes]] == level)
        if rows.any():
            groups[below] = np.flatnonzero(rows)
    return groups


def reconcile(
    batch: Batch, level: int, groups: Mapping[int, Ints], vectors: Vectors, streams: Streams
) -> None:
    """Make the drawn inner children of a level's nodes agree with the nodes' compositions."""
    if not len(batch.tree.totals.contests):
        return
    made = compose(batch, level, groups, vectors, streams)
    spread = risen_spread(batch, level, groups)
    pull = pull_at(batch, level, (made, spread), vectors, streams)
    share_out(batch, groups, vectors, pull)


def compose(
    batch: Batch, level: int, groups: Mapping[int, Ints], vectors: Vectors, streams: Streams
) -> Singles:
    """Draw what the inner children are made of, and return what they make of a level's nodes.

    (nodes, totals' contests, draws); the children are drawn as if there were no total.
    """
    tree, contests = batch.tree, batch.tree.totals.contests
    made: Singles = np.zeros_like(vectors.compositions[level])
    for below, rows in groups.items():
        nodes = tree.nodes[below][rows]
        own = batch.nodes[below].own.part(rows)
        made_up = _composed(batch, own, vectors[below][rows], (nodes, streams))
        vectors.compositions[below][rows] = made_up
        away = vectors[below][rows] - vectors[level][tree.position[tree.parent[nodes]]]
        share = tree.totals.shares[nodes].astype(np.float32)[..., None]
        summed = adder(tree.position[tree.parent[nodes]], len(made))
        part = share * (away[:, contests] + made_up)
        made += summed(part[None].astype(np.float64))[0].astype(np.float32)
    return made


def risen_spread(batch: Batch, level: int, groups: Mapping[int, Ints]) -> Floats:
    """Return the covariance of what groups of children make of a level's nodes, given these."""
    return _risen(batch, level, groups).spread


def pull_at(
    batch: Batch,
    level: int,
    by_inner: tuple[Singles, Floats],
    vectors: Vectors,
    streams: Streams,
) -> Singles:
    """Return what pulls at the children of a level's nodes, and keep what is left to the leaves.

    Parameters
    ----------
    batch
        What the draws share.
    level
        The level.
    by_inner
        What the inner children make of the nodes, as `compose` returns it, and its covariance.
    vectors
        Values of the nodes; what is left to the leaves among their children is noted there.
    streams
        Random numbers.
    """
    made, spread = by_inner
    leaves = _risen(batch, level, _leaves_of(batch.tree, level))
    by_leaves = _composed(batch, leaves, vectors[level], (batch.tree.nodes[level], streams))
    lacking = vectors.compositions[level] - made - by_leaves
    pull = applied(inverse(leaves.spread + spread), lacking, batch.which)
    vectors.left[level] = by_leaves + applied(leaves.spread, pull, batch.which)
    vectors.leaves[level] = leaves
    return pull


def share_out(batch: Batch, groups: Mapping[int, Ints], vectors: Vectors, pull: Singles) -> None:
    """Move the drawn inner children of a level's nodes by what pulls at them."""
    tree, contests = batch.tree, batch.tree.totals.contests
    for below, rows in groups.items():
        nodes, node = tree.nodes[below][rows], batch.nodes[below]
        own = node.own.part(rows)
        weight = tree.totals.shares[nodes][:, None, :]
        reach = np.swapaxes(np.eye(own.slope.shape[-1])[contests] + own.slope, -1, -2)
        value = node.posterior[:, rows] @ reach
        here = pull[tree.position[tree.parent[nodes]]]
        vectors[below][rows] += applied(value * weight, here, batch.which)
        vectors.compositions[below][rows] += applied(
            (own.slope @ value + own.spread) * weight, here, batch.which
        )


def pull_of_leaves(
    batch: Batch, targets: Ints, noise: Singles, vectors: Vectors, streams: Streams
) -> dict[int, Singles]:
    """Return per level what pulls at the leaves below its nodes, for `pulled` to share out.

    Parameters
    ----------
    batch
        What the draws share.
    targets
        Leaves that are drawn, at the target contest only.
    noise
        (targets, draws) how far they were drawn from what is expected of them.
    vectors
        Values of the inner nodes.
    streams
        Random numbers of all else that the leaves make up.
    """
    tree = batch.tree
    pulls: dict[int, Singles] = {}
    for level, leaves in vectors.leaves.items():
        made = applied(leaves.slope, vectors[level], batch.which) + shift_given_effects(
            leaves.shift, batch
        )
        # What the target contest does not tell of the leaves is chance.
        chance = leaves.spread
        for below, rows in _targets_below(tree, level, targets).items():
            above = tree.position[tree.parent[targets[rows]]]
            with_target = _with_target(batch, targets[rows])
            variance = batch.nodes[below].posterior[:, tree.position[targets[rows]]]
            slope = with_target / variance[..., batch.target, batch.target, None].clip(1e-30)
            known = slope[..., None] * with_target[..., None, :]
            chance = chance - adder(above, len(made))(known)
            made += _weighted_sums(slope, noise[rows], above, len(made), batch)
        free = streams.normal(tree.nodes[level], *made.shape[1:])
        made += applied(symmetric_root(chance), free, batch.which)
        lacking = vectors.left[level] - made
        pulls[level] = applied(inverse(leaves.spread), lacking, batch.which)
    return pulls


def _weighted_sums(
    weights: Floats, values: Singles, parent: Ints, size: int, batch: Batch
) -> Singles:
    """Add up weights x values at the parents, (parents, totals' contests, draws).

    Parameters
    ----------
    weights
        (draws or 1, children, totals' contests).
    values
        (children, draws).
    """
    if len(weights) > 1:
        parts = applied(weights[..., None], values[:, None], batch.which)
        return adder(parent, size)(parts[None].astype(np.float64))[0].astype(np.float32)
    # Many children share their weights: a sparse matrix needs no room for the parts.
    children = np.arange(len(parent))
    sums = [
        csr_array((column.astype(np.float32), (parent, children)), (size, len(parent))) @ values
        for column in weights[0].T
    ]
    return np.stack(sums, axis=1)


def pulled(batch: Batch, nodes: Ints, pulls: Mapping[int, Singles]) -> Singles:
    """Return what pulls add to the target contest's logits of leaves of one level."""
    with_target = _with_target(batch, nodes)[..., None, :]
    return applied_to_parents(with_target, batch.tree, nodes, pulls, batch.which)[:, 0]


def is_pulled(tree: Tree, nodes: Ints, pulls: Mapping[int, Singles]) -> bool:
    """Return whether something pulls at leaves of one level."""
    return bool(pulls) and bool(np.isin(tree.level[tree.parent[nodes]], list(pulls)).all())


def _composed(
    batch: Batch, own: Composition, values: Singles, drawn_of: tuple[Ints, Streams]
) -> Singles:
    """Draw compositions given the values of their nodes, which are told with their streams."""
    nodes, streams = drawn_of
    expected = applied(own.slope, values, batch.which) + shift_given_effects(own.shift, batch)
    chance = streams.normal(nodes, *expected.shape[1:])
    return expected + applied(symmetric_root(own.spread), chance, batch.which)


def _leaves_of(tree: Tree, level: int) -> dict[int, Ints]:
    """Return the positions of the leaves among a level's children, by their own level."""
    groups = {}
    for below in range(level + 1, len(tree.nodes)):
        nodes = tree.nodes[below]
        rows = (tree.children[nodes] == 0) & (tree.level[tree.parent[nodes]] == level)
        if rows.any():
            groups[below] = np.flatnonzero(rows)
    return groups


def _risen(batch: Batch, level: int, groups: Mapping[int, Ints]) -> Composition:
    """Return what groups of children make up of a level's nodes."""
    tree = batch.tree
    _, contests, effects = tree.designs.shape
    size = len(tree.nodes[level])
    total = Composition.of_leaves(size, len(tree.totals.contests), contests, 1 + effects)
    for below, rows in groups.items():
        above = tree.position[tree.parent[tree.nodes[below][rows]]]
        total = total.plus(batch.nodes[below].risen.part(rows).gathered(above, size))
    return total


def _targets_below(tree: Tree, level: int, targets: Ints) -> dict[int, Ints]:
    """Return the rows of the targets whose parent is of a level, by their own level."""
    own = tree.level[targets]
    here = (own > 0) & (tree.level[tree.parent[targets]] == level)
    return {int(below): np.flatnonzero(here & (own == below)) for below in np.unique(own[here])}


def _with_target(batch: Batch, nodes: Ints) -> Floats:
    """Return the covariance of leaves of one level with what they make up of their parents.

    (draws, leaves, totals' contests), given the parents.
    """
    tree = batch.tree
    posterior = batch.nodes[int(tree.level[nodes[0]])].posterior[
        :, tree.position[nodes], batch.target
    ]
    return np.asarray(posterior[..., tree.totals.contests] * tree.totals.shares[nodes])
