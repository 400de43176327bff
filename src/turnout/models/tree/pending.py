"""What the fitted levels say of those above, for all sizes that the night's scatter may have.

Of a place whose coming contest is not observed the message is the same whatever the variance of
that contest: most places of a night are passed once, those that are in once per size.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import chain

import numpy as np

from turnout.arrays import Bools, Floats, Ints
from turnout.models.tree.blocks import direct_nodes, groups_of, joined, together
from turnout.models.tree.messages import pass_up
from turnout.models.tree.totals import risen
from turnout.models.tree.upward_pass import Report, Tree, send, upward
from turnout.threads import in_parallel

# Nodes whose messages are passed at once.
_PART = 10_000


def pending_of(
    tree: Tree, covariances: Mapping[int, Floats], contest: int | None
) -> dict[int, Report]:
    """Pass messages part by part, and return what they say of the levels above.

    No more than a part's messages are held at a time.

    Parameters
    ----------
    tree
        The whole tree.
    covariances
        (sizes, contests, contests) of every level that is passed: the finer ones.
    contest
        The contest whose innovations the sizes scale; None where there is one size.
    """
    pending: dict[int, Report] = {}
    groups = groups_of(tree)
    parts = [joined([groups[one] for one in some]) for some in together(groups, _PART)]
    passed = partial(_pending_of_part, covariances=covariances, contest=contest)
    direct = direct_nodes(tree)
    reports = chain([passed(tree.part(direct))], in_parallel(passed, map(tree.part, parts)))
    for nodes, told in zip([direct, *parts], reports, strict=True):
        for level, said in told.items():
            if level not in covariances:
                above = (tree.level[nodes] == level) & (tree.children[nodes] > 0)
                position = tree.position[nodes[above]]
                placed = said.placed(position, len(tree.nodes[level]))
                known = pending.get(level)
                pending[level] = placed if known is None else known.plus(placed)
    return pending


def _pending_of_part(
    tree: Tree, covariances: Mapping[int, Floats], contest: int | None
) -> Mapping[int, Report]:
    """Return what a part's places say of those above: first the leaves, which most places are."""
    leaf = (tree.children == 0) & (tree.parent >= 0)
    inner = np.flatnonzero(~leaf)
    skeleton, pending = tree.part(inner), dict[int, Report]()
    depends = _depends_on_sizes(tree, contest)
    once = {level: own[:1] for level, own in covariances.items()}
    for level in covariances:
        here = leaf & (tree.level == level)
        for nodes, own in ((here & ~depends, once), (here & depends, covariances)):
            leaves = np.flatnonzero(nodes)
            if len(leaves):
                parents = np.searchsorted(inner, tree.parent[leaves])
                send(skeleton, parents, _passed(tree, leaves, own[level]), pending)
    return upward(skeleton, covariances, sorted(covariances, reverse=True), pending).pending


def _passed(tree: Tree, leaves: Ints, covariance: Floats) -> Report:
    """Pass the messages of leaves of one level."""
    node = pass_up(tree.observations(leaves), covariance[:, None])
    return Report(node.up, risen(node, tree.leaves(leaves), tree.totals, leaves))


def _depends_on_sizes(tree: Tree, contest: int | None) -> Bools:
    """Return whether what a leaf says depends on the variance of a contest."""
    if contest is None:
        return np.zeros(len(tree.parent), dtype=bool)
    return np.asarray((tree.weights[:, contest] > 0) | (contest in tree.totals.contests))
