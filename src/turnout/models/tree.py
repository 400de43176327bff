"""The tree of places with its observations, and the passes of messages over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from turnout.models.messages import Message, Node, combine, gather, observe, pass_up

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

# The logit of a mean lies nearer to zero than the mean of the logits: for normal logits of
# variance s^2 by a factor of sqrt(1 + pi s^2 / 8), about.
_JENSEN = np.pi / 8


@dataclass(frozen=True)
class Totals:
    r"""Totals of inner nodes whose parts are not all observed.

    A total is the node's value plus the registered-weighted mean deviation of the places below
    it: a lasting composition, which hangs below the node like a place of its own whose variance
    is that of its level times :math:`\sum w_i^2`.

    This takes the composition for unrelated to the deviations of the very places that it is made
    of, and so forgets what their own results say of it, and it of them. The cost is bounded by the
    composition's variance s^2: the forecast of the total has at most 2 s^2 more variance than
    with totals as weighted sums of leaves, its median moves by less than s. Among 60 like areas
    s is an eighth of the areas' standard deviation, so that the interval of the total widens by
    less than 2%; two or three unequal children make it matter.

    Parameters
    ----------
    node
        Inner nodes that have totals.
    spread
        (totals, levels) sum of squared weights of the places of each level below the node.
    values, variances
        (totals, contests) logits and their sampling variance, NaN where there is none.
    """

    node: Ints
    spread: Floats
    values: Floats
    variances: Floats


@dataclass(frozen=True)
class Tree:
    """Places, what was observed at each, and the designs of the linear effects.

    Parameters
    ----------
    parent, level
        (nodes,) parent (-1 for the root) and level (0 for the root) of every node.
    values, weights
        (nodes, contests) observed logits less `center`, and inverse variances; weight 0 where
        not observed.
    designs
        (nodes, contests, effects).
    of_turnout
        (effects,) whether an effect is part of turnout, not of how it was measured.
    totals
        Totals of inner nodes.
    center
        What the logits are measured from: the root's prior mean.
    """

    parent: Ints
    level: Ints
    values: Floats
    weights: Floats
    designs: Floats
    of_turnout: NDArray[np.bool_]
    totals: Totals
    center: float

    @cached_property
    def nodes(self) -> list[Ints]:
        """Nodes of every level."""
        return [np.flatnonzero(self.level == level) for level in range(self.level.max() + 1)]

    @cached_property
    def position(self) -> Ints:
        """Position of every node among the nodes of its level."""
        position = np.zeros(len(self.level), dtype=np.intp)
        for nodes in self.nodes:
            position[nodes] = np.arange(len(nodes))
        return position

    @cached_property
    def children(self) -> Ints:
        """Number of children of every node."""
        return np.bincount(self.parent[1:], minlength=len(self.parent))

    def observations(self, level: int) -> Message:
        """Return what the direct observations say of the nodes of a level."""
        nodes = self.nodes[level]
        return observe(self.values[nodes], self.designs[nodes], self.weights[nodes])

    def totals_at(self, level: int, covariances: Mapping[int, Floats]) -> Message | None:
        """Return what the totals say of the nodes of a level; None where there are none."""
        rows = np.flatnonzero(self.level[self.totals.node] == level)
        if not len(rows):
            return None
        below = range(level + 1, len(self.nodes))
        spread = self.totals.spread[rows]
        shared = sum(covariances[finer][:, None] * spread[:, finer, None, None] for finer in below)
        within = sum(
            np.diagonal(covariances[finer], axis1=-2, axis2=-1)[:, None]
            * (1 - spread[:, finer, None])
            for finer in below
            if (spread[:, finer] > 0).any()
        )
        values, variances = self.totals.values[rows], self.totals.variances[rows]
        stretch = np.sqrt(1 + _JENSEN * np.asarray(within))
        known = ~np.isnan(values)
        weights = np.where(known, 1 / (np.where(known, variances, 1.0) * stretch**2), 0.0)
        seen = observe(
            np.where(known, values, 0.0) * stretch - self.center,
            self.designs[self.totals.node[rows]],
            weights,
        )
        # The density is that of the observed logit, which was stretched.
        seen = replace(seen, constant=seen.constant - 2 * (known * np.log(stretch)).sum(axis=-1))
        if not below:
            return gather(seen, self.position[self.totals.node[rows]], len(self.nodes[level]))
        node = pass_up(seen, np.asarray(shared))
        return gather(node.up, self.position[self.totals.node[rows]], len(self.nodes[level]))


@dataclass(frozen=True)
class Upward:
    """The result of an upward pass over some levels.

    Parameters
    ----------
    nodes
        Per level, the nodes given their parents.
    pending
        What the levels that were passed say of the levels above.
    """

    nodes: Mapping[int, Node]
    pending: Mapping[int, Message]


def upward(
    tree: Tree,
    covariances: Mapping[int, Floats],
    levels: Sequence[int],
    pending: Mapping[int, Message],
) -> Upward:
    """Pass messages from the finest of `levels` to the coarsest.

    Parameters
    ----------
    tree
        The places.
    covariances
        Per level, the prior covariance (draws or 1, contests, contests), of these levels and of
        all finer ones.
    levels
        Levels to pass, finest first.
    pending
        What finer levels say of the places of each level.
    """
    waiting = dict(pending)
    nodes = {}
    for level in levels:
        below = below_message(tree, covariances, level, waiting)
        nodes[level] = pass_up(below, covariances[level][:, None])
        if level > 0:
            _send(tree, level, nodes[level].up, waiting)
    return Upward(nodes, waiting)


def below_message(
    tree: Tree,
    covariances: Mapping[int, Floats],
    level: int,
    pending: Mapping[int, Message],
) -> Message:
    """Return all that is known of the nodes of a level from themselves and from below."""
    below = tree.observations(level)
    for heard in (pending.get(level), tree.totals_at(level, covariances)):
        if heard is not None:
            below = combine(below, heard)
    return below


def _send(tree: Tree, level: int, up: Message, waiting: dict[int, Message]) -> None:
    """Add the messages of a level's nodes to what waits at their parents' levels."""
    parents = tree.parent[tree.nodes[level]]
    for above in np.unique(tree.level[parents]):
        mine = tree.level[parents] == above
        part = up if mine.all() else _part(up, mine)
        heard = gather(part, tree.position[parents[mine]], len(tree.nodes[above]))
        known = waiting.get(int(above))
        waiting[int(above)] = heard if known is None else combine(known, heard)


def _part(message: Message, mine: NDArray[np.bool_]) -> Message:
    return Message(
        message.precision[:, mine],
        message.shift[:, mine],
        message.quadratic[:, mine],
        message.constant[:, mine],
    )
