"""The tree of places with its observations, and the passes of messages over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from turnout.arrays import Bools, Floats, Ints
from turnout.models.tree.messages import (
    AT_ONCE,
    Message,
    Node,
    combine,
    gather,
    observe,
    pass_up,
)
from turnout.models.tree.totals import Composition, Totals, observe_totals, risen
from turnout.threads import in_threads


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
        Totals of inner nodes whose parts are not all observed.
    center
        (contests,) what the logits are measured from: the root's prior mean.
    """

    parent: Ints
    level: Ints
    values: Floats
    weights: Floats
    designs: Floats
    of_turnout: Bools
    totals: Totals
    center: Floats

    def part(self, nodes: Ints) -> Tree:
        """Return the part of the tree that some nodes make up; the root is the first of them."""
        number = np.full(len(self.parent) + 1, -1, dtype=np.intp)
        number[nodes] = np.arange(len(nodes))
        return Tree(
            parent=number[self.parent[nodes]],
            level=self.level[nodes],
            values=self.values[nodes],
            weights=self.weights[nodes],
            designs=self.designs[nodes],
            of_turnout=self.of_turnout,
            totals=self.totals.part(nodes),
            center=self.center,
        )

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

    def is_as_above(self, level: int) -> bool:
        """Return whether every place of a level is all that there is below its parent."""
        return bool((self.children[self.parent[self.nodes[level]]] == 1).all())

    def observations(self, nodes: Ints) -> Message:
        """Return what the direct observations say of some nodes."""
        return observe(self.values[nodes], self.designs[nodes], self.weights[nodes])

    def leaves(self, nodes: Ints) -> Composition:
        """Return what some nodes are made of, given their own values, where they are leaves."""
        _, contests, effects = self.designs.shape
        return Composition.of_leaves(len(nodes), len(self.totals.contests), contests, 1 + effects)


@dataclass(frozen=True)
class Report:
    """What children say of their parents: a message of their value, and what they make up."""

    message: Message
    parts: Composition

    def plus(self, other: Report) -> Report:
        """Return what two groups of children say."""
        return Report(combine(self.message, other.message), self.parts.plus(other.parts))

    def part(self, rows: Ints | slice) -> Report:
        """Return what is said of some of the places."""
        return Report(self.message.part(rows), self.parts.part(rows))

    @classmethod
    def joined(cls, reports: Sequence[Report]) -> Report:
        """Return reports on several groups of places, one after the other."""
        return cls(
            Message.joined([one.message for one in reports]),
            Composition.joined([one.parts for one in reports]),
        )

    def of_draw(self, number: int) -> Report:
        """Return what they say in one of the draws; where all share one report, that."""
        return Report(self.message.of_draw(number), self.parts.of_draw(number))

    def placed(self, position: Ints, size: int) -> Report:
        """Return it as a report on more places, among which its own have these positions."""
        return Report(gather(self.message, position, size), self.parts.gathered(position, size))


@dataclass(frozen=True)
class TreeNode(Node):
    """Nodes of one level given their parents, and what they are made of.

    Parameters
    ----------
    own
        Composition of the nodes, given their own value.
    risen
        What they contribute to their parents' composition, given the parents' value.
    """

    own: Composition
    risen: Composition

    @property
    def report(self) -> Report:
        """What the nodes say of their parents."""
        return Report(self.up, self.risen)


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

    nodes: Mapping[int, TreeNode]
    pending: Mapping[int, Report]


def upward(
    tree: Tree,
    covariances: Mapping[int, Floats],
    levels: Sequence[int],
    pending: Mapping[int, Report],
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
    passed = {}
    for level in levels:
        if level >= len(tree.nodes) or not len(tree.nodes[level]):
            continue
        nodes = tree.nodes[level]
        passed[level] = _passed(tree, covariances, nodes, waiting.get(level))
        if level > 0:
            send(tree, tree.parent[nodes], passed[level].report, waiting)
    return Upward(passed, waiting)


def pass_on(
    tree: Tree, covariances: Mapping[int, Floats], level: int, pending: Mapping[int, Report]
) -> Mapping[int, Report]:
    """Pass the messages of a level piece by piece, and return what waits at the levels above.

    It is the pending part of `upward`, without holding the nodes themselves, which are many.

    Parameters
    ----------
    tree, covariances, pending
        As for `upward`.
    level
        A level below the root.
    """
    nodes, told = tree.nodes[level], pending.get(level)

    def report(piece: slice) -> Report:
        heard = None if told is None else told.part(piece)
        return _passed(tree, covariances, nodes[piece], heard).report

    pieces = (slice(start, start + AT_ONCE) for start in range(0, len(nodes), AT_ONCE))
    waiting = {other: said for other, said in pending.items() if other != level}
    said = Report.joined(list(in_threads(report, pieces)))
    send(tree, tree.parent[nodes], said, waiting)
    return waiting


def below_message(
    tree: Tree, covariances: Mapping[int, Floats], nodes: Ints, pending: Mapping[int, Report]
) -> Message:
    """Return all that is known of some nodes of a level from themselves and from below."""
    told = pending.get(int(tree.level[nodes[0]]))
    return _known(
        tree, covariances, nodes, None if told is None else told.part(tree.position[nodes])
    )[0]


def _passed(
    tree: Tree, covariances: Mapping[int, Floats], nodes: Ints, pending: Report | None
) -> TreeNode:
    """Take nodes of one level given their parents, `pending` being what is said of each."""
    below, own = _known(tree, covariances, nodes, pending)
    node = pass_up(below, covariances[int(tree.level[nodes[0]])][:, None])
    rise = risen(node, own, tree.totals, nodes)
    return TreeNode(node.up, node.covariance, node.posterior, own, rise)


def _known(
    tree: Tree, covariances: Mapping[int, Floats], nodes: Ints, pending: Report | None
) -> tuple[Message, Composition]:
    """Return what is known of nodes of one level, and their composition given their value."""
    below, own = tree.observations(nodes), tree.leaves(nodes)
    if pending is not None:
        below, own = combine(below, pending.message), own.plus(pending.parts)
    totals, level = tree.totals, tree.level[nodes[0]]
    if np.isnan(totals.values[nodes]).all():
        return below, own
    finer = {one: own for one, own in covariances.items() if one > level}
    stretch = totals.stretch(nodes, finer)
    logits = (totals.values[nodes] * stretch - tree.center[totals.contests])[..., None]
    designs = tree.designs[nodes][:, totals.contests]
    designs = np.broadcast_to(designs, (len(logits), *designs.shape))
    told = np.concatenate([logits, designs], axis=-1)
    heard, own = observe_totals(own, totals, nodes, (told, stretch))
    return combine(below, heard), own


def send(tree: Tree, parents: Ints, said: Report, waiting: dict[int, Report]) -> None:
    """Add what nodes say to what waits at their parents' levels.

    Parameters
    ----------
    tree
        The tree that the parents are in.
    parents
        (nodes,) the parent of every node.
    said
        What each of the nodes says.
    waiting
        What is said of the places of each level.
    """
    for level in np.unique(tree.level[parents]):
        mine = np.flatnonzero(tree.level[parents] == level)
        here = said if len(mine) == len(parents) else said.part(mine)
        heard = here.placed(tree.position[parents[mine]], len(tree.nodes[level]))
        known = waiting.get(int(level))
        waiting[int(level)] = heard if known is None else known.plus(heard)
