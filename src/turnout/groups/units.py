"""The gaps that were observed, and those that are wanted, in rows for the model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class Units:
    """The places whose gaps are observed or wanted: a row each.

    Parameters
    ----------
    gap, variance
        (units, contests): log odds ratio and its sampling variance; infinite where not observed.
    group
        (units,) number of the place above that the units share, from 0.
    share, group_share
        (units,) and (groups,): what part of the variance of single places, and of single places
        above them, is left in this one; 1 but for observations of coarser places.
    target
        Rows of the places to forecast, in the order of the panel's targets.
    coming
        Column of the coming contest.
    """

    gap: Floats
    variance: Floats
    group: Ints
    share: Floats
    group_share: Floats
    target: Ints
    coming: int

    @classmethod
    def of(cls, panel: Panel, gap: Floats, variance: Floats, coming: int) -> Units:
        """Arrange a panel's observed gaps; a coarser place's where none below it is known.

        `gap` and `variance` are nodes x contests, NaN where nothing is observed.
        """
        copies = np.nan_to_num(panel.grid("copies"), nan=1.0)
        variance = variance * copies
        seen = ~np.isnan(gap)
        below = _any_below(panel, seen)
        seen &= ~below
        seen[:, coming] = False
        wanted = np.zeros(len(seen), dtype=bool)
        wanted[panel.targets] = True
        nodes = np.flatnonzero(seen.any(axis=1) | wanted)
        share, group_of, group_share = _variance_left(panel)
        groups, group = np.unique(group_of[nodes], return_inverse=True)
        order = np.argsort(group, kind="stable")
        nodes, group = nodes[order], group[order]
        row = np.full(len(seen), -1, dtype=np.intp)
        row[nodes] = np.arange(len(nodes))
        return cls(
            gap=np.where(seen, gap, 0.0)[nodes],
            variance=np.where(seen, variance, np.inf)[nodes],
            group=group.astype(np.intp),
            share=share[nodes],
            group_share=group_share[groups],
            target=row[panel.targets],
            coming=coming,
        )

    def thinned(self, most: int) -> Units:
        """Return about `most` of the observed units, whole groups at even steps; else all of them.

        The targets are left out.
        """
        seen = np.flatnonzero(np.isfinite(self.variance).any(axis=1))
        number = np.unique(self.group[seen], return_inverse=True)[1]
        rows = seen[number % -(-len(seen) // most) == 0]
        groups, group = np.unique(self.group[rows], return_inverse=True)
        return Units(
            gap=self.gap[rows],
            variance=self.variance[rows],
            group=group.astype(np.intp),
            share=self.share[rows],
            group_share=self.group_share[groups],
            target=np.empty(0, dtype=np.intp),
            coming=self.coming,
        )


def _any_below(panel: Panel, seen: Bools) -> Bools:
    """Whether anything below a node is seen, nodes x contests."""
    below = np.zeros_like(seen)
    for nodes in _from_below(panel):
        np.logical_or.at(below, panel.parent[nodes], (seen | below)[nodes])
    return below


def _from_below(panel: Panel) -> list[Ints]:
    """Return the nodes but the root level by level, the deepest first."""
    depth = np.zeros(len(panel.nodes), dtype=np.intp)
    above = panel.parent.copy()
    while (above >= 0).any():
        depth += above >= 0
        above = np.where(above >= 0, panel.parent[above], -1)
    return [np.flatnonzero(depth == level) for level in range(int(depth.max()), 0, -1)]


def _variance_left(panel: Panel) -> tuple[Floats, Ints, Floats]:
    """Return what averaging leaves of the variances of places, and of places above them.

    By the sum of squared shares of the registered: an average of n equal places keeps 1/n.

    Returns
    -------
    share
        (nodes,) of the variance of single places.
    group
        (nodes,) the place above whose deviation they share: their own where they are such.
    group_share
        (nodes,) of the variance of places above, if the node is a group.
    """
    size = panel.nodes["registered"].to_numpy(float)
    size = np.where(panel.is_leaf, np.nan_to_num(size, nan=float(np.nanmedian(size))), 0.0)
    group = np.where(panel.is_leaf & (panel.parent >= 0), panel.parent, np.arange(len(size)))
    square = size**2
    for nodes in _from_below(panel):
        for sums in (size, square):
            np.add.at(sums, panel.parent[nodes], sums[nodes])
    near = np.zeros(len(size))
    leaves = np.flatnonzero(panel.is_leaf)
    np.add.at(near, group[leaves], size[leaves])
    group_square = near**2
    far = group_square.copy()
    for nodes in _from_below(panel):
        np.add.at(far, panel.parent[nodes], far[nodes])
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(size > 0, square / size**2, 1.0)
        group_share = np.where((group_square > 0) | (size <= 0), 1.0, far / size**2)
    return share, group.astype(np.intp), group_share
