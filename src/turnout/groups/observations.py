"""What past contests tell of the groups of a partition, place by place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.areas import Panel
from turnout.arrays import Bools, Floats
from turnout.groups.partitions import Partition

# Counts are whole; those of areas that were split are shares of whole ones.
_ADDS_UP = 0.5


@dataclass(frozen=True)
class GroupGrids:
    """Counts by group of the past, nodes x contests; NaN where unknown or where they contradict.

    Parameters
    ----------
    registered, voters
        (groups, nodes, contests).
    not_whole, above_registered
        (nodes, contests), counts by group that were given but are not used: the groups are not
        the whole; they are, but more of a group voted than are registered.
    """

    registered: Floats
    voters: Floats
    not_whole: Bools
    above_registered: Bools

    @classmethod
    def of(cls, panel: Panel, partition: Partition) -> GroupGrids:
        """Return what a panel knows of the groups."""
        registered, voters = (
            _with_others(
                [_grid(panel, group.column(count)) for group in partition.told],
                panel.grid(count),
                partition,
            )
            for count in ("registered", "voters")
        )
        told = ~np.isnan(registered).any(axis=0) & ~np.isnan(voters).any(axis=0)
        whole = adds_up(registered, panel.grid("registered"))
        whole &= adds_up(voters, panel.grid("voters"))
        with np.errstate(invalid="ignore"):
            whole &= (registered >= 0).all(axis=0) & (voters >= 0).all(axis=0)
            above = whole & (voters > registered).any(axis=0)
        good = told & whole & ~above
        registered, voters = (np.where(good, one, np.nan) for one in (registered, voters))
        return cls(registered, voters, told & ~whole, told & above)

    def gap(self, group: int) -> tuple[Floats, Floats]:
        """Return the log odds of voting of a group less those of all groups behind it.

        Returns
        -------
        gap, variance
            (nodes, contests): the empirical log odds ratio, with half added to each cell (Haldane
            and Anscombe), and its variance by the chance of single voters (Woolf).
        """
        registered, voters = (
            np.stack([counts[group], counts[group + 1 :].sum(axis=0)])
            for counts in (self.registered, self.voters)
        )
        odds = np.log((voters + 0.5) / (registered - voters + 0.5))
        cells = 1 / (voters + 0.5) + 1 / (registered - voters + 0.5)
        return np.asarray(odds[0] - odds[1]), np.asarray(cells.sum(axis=0))


def adds_up(parts: Floats, whole: Floats) -> Bools:
    """Whether the groups, the first axis, are the whole."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(parts.sum(axis=0) - whole) < _ADDS_UP)


def shares_on_roll(
    panel: Panel, partition: Partition, grids: GroupGrids
) -> tuple[Floats, Bools, int]:
    """Return the share of each group among the registered of every target.

    The roll's own where its groups add up; else that of the newest contest whose groups do; else
    that of the nearest place above for which either is known.

    Returns
    -------
    share
        (groups, targets).
    estimated
        (targets,) whether it is not the roll's own.
    left_out
        How many rows of the roll tell groups that are not the whole.
    """
    own, left_out = _told_by_roll(panel, partition)
    share = own.copy()
    past = grids.registered / grids.registered.sum(axis=0)
    for contest in range(past.shape[2])[::-1]:
        share = np.where(np.isnan(share), past[:, :, contest], share)
    known = ~np.isnan(share[0])
    even = np.full(len(share), 1 / len(share))
    pooled = share[:, known].mean(axis=1) if known.any() else even
    above = np.arange(share.shape[1])
    while (lacking := ~known[above] & (above >= 0)).any():
        above = np.where(lacking, panel.parent[above], above)
    found = np.where(above >= 0, share[:, above], pooled[:, None])
    return found[:, panel.targets], np.isnan(own[0])[panel.targets], left_out


def whole_counts(share: Floats, registered: Floats) -> Floats:
    """Return whole people of each group, who are the registered together.

    Parameters
    ----------
    share
        (groups, places).
    registered
        (places,).

    Examples
    --------
    >>> whole_counts(np.array([[0.333], [0.333], [0.334]]), np.array([10.0])).ravel().tolist()
    [3.0, 4.0, 3.0]
    """
    upto = np.round(np.cumsum(share[:-1], axis=0) * registered)
    return np.diff(np.vstack([np.zeros_like(registered), upto, registered]), axis=0)


def _told_by_roll(panel: Panel, partition: Partition) -> tuple[Floats, int]:
    """Return the shares of every node on the roll whose groups add up, and how many do not."""
    share = np.full((len(partition.groups), len(panel.nodes)), np.nan)
    told = [one.column("registered") for one in partition.told]
    if not set(told) <= set(panel.roll):
        return share, 0
    node = panel.roll["node"].to_numpy(np.intp)
    # Those of the count are others: they say nothing against the roll.
    whole = panel.roll["registered"].to_numpy(float)
    columns = [pd.to_numeric(panel.roll[name], errors="coerce").to_numpy(float) for name in told]
    parts = _with_others(columns, whole, partition)
    known = ~np.isnan(parts).any(axis=0)
    with np.errstate(invalid="ignore"):
        good = known & adds_up(parts, whole) & (whole > 0) & (parts >= 0).all(axis=0)
    share[:, node[good]] = (parts / parts.sum(axis=0))[:, good]
    return share, int((known & ~good).sum())


def _grid(panel: Panel, column: str) -> Floats:
    if column not in panel.cells:
        return np.full((len(panel.nodes), len(panel.contests)), np.nan)
    return panel.grid(column)


def _with_others(told: list[Floats], whole: Floats, partition: Partition) -> Floats:
    """Return the groups, the others being what is left of the whole."""
    others = [] if len(told) == len(partition.groups) else [whole - np.sum(told, axis=0)]
    return np.stack([*told, *others])
