"""Which totals tell something that their parts do not, and what they are totals of."""

from __future__ import annotations

import numpy as np

from turnout.areas import Panel
from turnout.areas.history import Counts, in_force, known_below
from turnout.areas.sums import summed_rows
from turnout.arrays import Bools, Floats
from turnout.models.ranges import range_variance
from turnout.models.tree.totals import Totals

# Parts that hold this share of a total's registered make it a check, not an observation.
_COMPLETE = 0.98
_RANGE = ("voters_low", "voters_high")


def observed_totals(panel: Panel, counts: Counts, variances: Floats) -> Totals:
    """Return the totals that tell something their parts do not.

    What is known of a total's parts are the results of the places below it, or a nearer total of
    theirs. Where they are nearly all of it, it is a check and no second observation. Where some
    are missing, it tells of the rest. Where some are counted in part, it stands beside them and
    tells how they were selected.

    Parameters
    ----------
    panel
        Places by contests.
    counts
        What was observed.
    variances
        (nodes, contests) sampling variance of the logits.
    """
    registered, voters, share = counts.registered, counts.voters, counts.share
    own, inner = ~np.isnan(registered), np.flatnonzero(~panel.is_leaf)
    parts, part_voters = (known_below(panel, one, own)[inner] for one in (registered, voters))
    partly_below = known_below(panel, (share < 1).astype(float), own)[inner] > 0
    leaf_size = _leaf_size(panel, counts)
    registered, voters, share = registered[inner], voters[inner], share[inner]
    # A total of the same stations tells nothing of how they were selected.
    partial = partly_below & (share >= 1)
    with np.errstate(invalid="ignore"):
        use = own[inner] & ((parts < _COMPLETE * registered) | partial)
        rest, rest_voters = registered - parts, voters - part_voters
        remainder = use & (parts > 0) & ~partial & (rest_voters >= 0) & (rest_voters <= rest)
    size = np.where(remainder, rest, registered)
    voted = np.minimum(np.where(remainder, rest_voters, voters), size) + 0.5
    stayed = size - voted + 1
    known_voters = np.where(remainder, part_voters, 0.0)
    of_rest = 1 / voted + 1 / stayed
    if _RANGE[0] in panel.cells:
        low, high = (panel.grid(name)[inner] - known_voters for name in _RANGE)
        of_rest += range_variance(low, high, size)
    with np.errstate(invalid="ignore"):
        of_stations = variances[inner] - 1 / (voters + 0.5) - 1 / (registered - voters + 0.5)
    of_rest = of_rest + np.where(share < 1, of_stations.clip(0), 0.0)
    noise = np.where(remainder, of_rest, variances[inner])
    contests = np.flatnonzero(use.any(axis=0))

    def of_all(figures: Floats) -> Floats:
        every = np.full((len(own), len(contests)), np.nan)
        every[inner] = np.where(use, figures, np.nan)[:, contests]
        return every

    known = own[:, contests], of_all(size), of_all(remainder.astype(float)) == 1
    shares = _shares(panel, leaf_size[:, contests], *known)
    return Totals(
        contests=contests,
        shares=shares,
        values=of_all(np.log(voted / stayed)),
        variances=of_all(noise),
        spread=_spread(panel, shares),
    )


def _shares(panel: Panel, leaf_size: Floats, own: Bools, size: Floats, remainder: Bools) -> Floats:
    """Return every node's share in its parent, of what is covered by the total above it.

    Parameters
    ----------
    leaf_size
        (nodes, totals' contests) registered voters of the leaves.
    own
        (nodes, totals' contests) whether a place has a row of its own.
    size
        (nodes, totals' contests) registered of the totals, NaN where there is none.
    remainder
        (nodes, totals' contests) whether a total is of the places that are not known otherwise.
    """
    covered, unknown_only = ~np.isnan(size), remainder.copy()
    for nodes in panel.levels[1:]:
        above = panel.parent[nodes]
        unknown_only[nodes] |= ~covered[nodes] & unknown_only[above]
        covered[nodes] |= covered[above]
    leaf = panel.is_leaf[:, None]
    counted = leaf & covered & ~(unknown_only & own)
    voters = np.where(counted, leaf_size, 0.0)
    shares = np.zeros_like(voters)
    for nodes in panel.levels[:0:-1]:
        above = panel.parent[nodes]
        # A nearer total, or a place known as a whole, is no part of what is unknown above it.
        apart = (unknown_only[above] & own[nodes]) | ~covered[above]
        shares[nodes] = np.where(apart, 0.0, voters[nodes])
        voters[: nodes.start] += summed_rows(shares[nodes], above, nodes.start)
    for nodes in panel.levels[1:]:
        above = panel.parent[nodes]
        # Where the total is of more than the known places, the others are many and unknown.
        whole = np.fmax(voters[above], size[above])
        with np.errstate(invalid="ignore", divide="ignore"):
            shares[nodes] = np.where(shares[nodes] > 0, shares[nodes] / whole, 0.0)
    return shares


def _leaf_size(panel: Panel, counts: Counts) -> Floats:
    """Return registered voters of every leaf at each contest: its own row's, else its newest."""
    newest = panel.nodes["registered"].fillna(0.0).to_numpy(float)[:, None]
    size = counts.registered / counts.share
    size = np.where(np.isnan(size), newest, size)
    alive = in_force(panel)
    seen = ~np.isnan(counts.registered) & panel.is_leaf[:, None]
    if seen.any():
        # Before areas were recorded they are taken to have been those of the first record.
        first = int(np.argmax(seen.any(axis=0)))
        alive[:, :first] = alive[:, [first]]
    return np.where(alive, size, 0.0)


def _spread(panel: Panel, shares: Floats) -> Floats:
    """Return (nodes, contests, levels) sums of squared shares of the places below each node."""
    spread = np.zeros((*shares.shape, len(panel.scales)))
    for level in range(len(panel.scales) - 1, 0, -1):
        nodes = panel.levels[level]
        below = spread[nodes]
        below[..., level] += 1.0
        parts = shares[nodes][..., None] ** 2 * below
        spread[: nodes.start] += summed_rows(parts, panel.parent[nodes], nodes.start)
    return spread
