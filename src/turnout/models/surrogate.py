"""From counts to logits: the Gaussian surrogate of a panel's observations (MODEL.md, section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas import Panel
from turnout.areas.history import counted_share, known_below, summed_up
from turnout.models.effects import LeafEffect
from turnout.models.tree import Totals, Tree

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

# A residual beyond this many robust standard deviations is drawn in to it.
_OUTLYING = 5.0

# Parts that hold this share of a total's registered make it a check, not an observation.
_COMPLETE = 0.98


@dataclass(frozen=True)
class Surrogate:
    """A panel's observations as logits on the tree.

    Parameters
    ----------
    tree
        What inference needs.
    scatter
        (levels,) robust standard deviation of places around their parent, per contest (logit);
        NaN where no parent has two places observed.
    outlying
        (cells, 2) node and contest of the observations that were drawn in.
    """

    tree: Tree
    scatter: Floats
    outlying: Ints


def logit_of_counts(voters: Floats, registered: Floats) -> tuple[Floats, Floats]:
    """Return the empirical logit of turnout and its sampling variance.

    Voters above the registered count as all registered.

    >>> z, v = logit_of_counts(np.array([80.0]), np.array([100.0]))
    >>> z.round(3).tolist(), v.round(4).tolist()
    ([1.368], [0.0612])
    """
    voted = np.minimum(voters, registered) + 0.5
    stayed = registered - np.minimum(voters, registered) + 0.5
    return np.log(voted / stayed), 1 / voted + 1 / stayed


def surrogate(
    panel: Panel, effects: Sequence[LeafEffect], station_sd: float, center: float
) -> Surrogate:
    """Return a panel's observations as logits on the tree.

    Parameters
    ----------
    panel
        Places by contests.
    effects
        Linear effects whose designs travel with the messages.
    station_sd
        Standard deviation of a polling station's logit within its area, for partial counts.
    center
        What logits are measured from.
    """
    registered, voters = panel.grid("registered"), panel.grid("voters")
    values, variances = logit_of_counts(voters, registered)
    stations = panel.grid("stations_counted")
    missing = 1 - counted_share(panel)
    with np.errstate(invalid="ignore", divide="ignore"):
        variances += np.where(missing > 0, missing * station_sd**2 / stations, 0.0)
    scatter = _scatter(panel, values, registered, voters)
    values, outlying = _drawn_in(panel, values, variances, scatter)
    copies = np.nan_to_num(panel.grid("copies"), nan=1.0)
    own = np.nan_to_num(scatter, nan=0.25)[panel.level][:, None]
    # An observation that k successors share must count once: 1/(K + v) = k / (K + v'), so that
    # v' = (k - 1) K + k v. Their voters are shared out already, which makes k v of v.
    variances += (copies - 1).clip(0) * own**2
    known = panel.is_leaf[:, None] & ~np.isnan(values)
    shape = (*values.shape, len(effects))
    designs = np.empty(shape)
    for column, effect in enumerate(effects):
        designs[..., column] = effect.values
    tree = Tree(
        parent=panel.parent,
        level=panel.level,
        values=np.where(known, values - center, 0.0),
        weights=np.where(known, 1 / np.where(known, variances, 1.0), 0.0),
        designs=designs,
        of_turnout=np.array([effect.of_turnout for effect in effects], dtype=bool),
        totals=_totals(panel, registered, voters, variances),
        center=center,
    )
    return Surrogate(tree, scatter, outlying)


def _scatter(panel: Panel, values: Floats, registered: Floats, voters: Floats) -> Floats:
    """Return how far places of every level lie from their parent's mean, robustly."""
    leaf = panel.is_leaf[:, None]
    summed = summed_up(panel, np.where(leaf, registered, np.nan))
    summed_voters = summed_up(panel, np.where(leaf, voters, np.nan))
    inner = np.where(summed > 0, logit_of_counts(summed_voters, summed)[0], np.nan)
    values = np.where(leaf, values, inner)
    scatter = np.full(len(panel.scales), np.nan)
    for level in range(1, len(panel.scales)):
        nodes = np.flatnonzero(panel.level == level)
        node, contest = np.nonzero(~np.isnan(values[nodes]))
        frame = pd.DataFrame(
            {
                "parent": panel.parent[nodes[node]],
                "contest": contest,
                "value": values[nodes[node], contest],
            }
        )
        groups = frame.groupby(["parent", "contest"])["value"]
        size = groups.transform("size")
        away = (frame["value"] - groups.transform("mean")) * np.sqrt(size / (size - 1).clip(1))
        away = away[size > 1]
        if len(away):
            scatter[level] = max(1.4826 * away.abs().median(), 0.2 * away.std(ddof=0), 0.01)
    return scatter


def _drawn_in(
    panel: Panel, values: Floats, variances: Floats, scatter: Floats
) -> tuple[Floats, Ints]:
    """Draw in leaves that lie far from what their parent and their own past make plausible."""
    node, contest = np.nonzero(~np.isnan(values) & panel.is_leaf[:, None])
    frame = pd.DataFrame(
        {"node": node, "contest": contest, "parent": panel.parent[node], "z": values[node, contest]}
    )
    around = frame["z"] - frame.groupby(["parent", "contest"])["z"].transform("median")
    own = around.groupby(frame["node"])
    several = (own.transform("size") > 2).to_numpy()
    usual = np.where(several, own.transform("median"), 0.0)
    residual = around.to_numpy() - usual
    spread = 1.4826 * np.median(np.abs(residual[several])) if several.any() else np.nan
    spread = np.where(several, spread, scatter[panel.level[node]])
    bound = _OUTLYING * np.sqrt(spread**2 + variances[node, contest])
    far = np.abs(residual) > bound
    drawn = values.copy()
    drawn[node[far], contest[far]] -= (residual - np.sign(residual) * bound)[far]
    return drawn, np.column_stack([node[far], contest[far]]).astype(np.intp)


def _totals(panel: Panel, registered: Floats, voters: Floats, variances: Floats) -> Totals:
    """Return the totals that tell something their parts do not.

    What is known of a total's parts are the results of the places below it, or a nearer total of
    theirs. Where they are nearly all of it, it is a check and no second observation; where some
    are missing, it tells of the rest; where some are counted in part, it stands beside them.
    """
    has = ~panel.is_leaf[:, None] & ~np.isnan(registered)
    own = ~np.isnan(registered)
    parts, part_voters = known_below(panel, registered, own), known_below(panel, voters, own)
    partial = known_below(panel, (counted_share(panel) < 1).astype(float), own) > 0
    with np.errstate(invalid="ignore"):
        use = has & ((parts < _COMPLETE * registered) | partial)
        rest, rest_voters = registered - parts, voters - part_voters
        remainder = use & (parts > 0) & ~partial & (rest_voters >= 0) & (rest_voters <= rest)
    whole = use & ~remainder
    values = logit_of_counts(voters, registered)[0]
    size = np.where(panel.is_leaf, panel.nodes["registered"].fillna(0.0), 0.0)
    nodes = [np.flatnonzero(whole.any(axis=1))]
    # Where the total is of more than the places that are known, the others are many and unknown.
    most = np.where(whole, registered, 0.0).max(axis=1)[nodes[0]]
    known = (summed_up(panel, size)[nodes[0]] / most).clip(max=1.0)
    spreads = [_spread(panel, size)[nodes[0]] * known[:, None] ** 2]
    rows = [np.where(whole, values, np.nan)[nodes[0]]]
    sampling = [variances[nodes[0]]]
    for level, contest in sorted({(panel.level[node], e) for node, e in np.argwhere(remainder)}):
        here = np.flatnonzero(remainder[:, contest] & (panel.level == level))
        z, v = logit_of_counts(rest_voters[here, contest], rest[here, contest])
        row, noise = np.full((2, len(here), values.shape[1]), np.nan)
        row[:, contest], noise[:, contest] = z, v
        unknown = ~_is_known(panel, ~np.isnan(registered[:, contest]), level)
        nodes.append(here)
        spreads.append(_spread(panel, np.where(unknown, size, 0.0))[here])
        rows.append(row)
        sampling.append(noise)
    return Totals(
        np.concatenate(nodes),
        np.concatenate(spreads),
        np.concatenate(rows),
        np.concatenate(sampling),
    )


def _is_known(panel: Panel, has: NDArray[np.bool_], level: int) -> NDArray[np.bool_]:
    """Return whether a node, or a place above it that lies below `level`, has a row of its own."""
    known = has & (panel.level > level)
    for finer in range(level + 1, int(panel.level.max()) + 1):
        nodes = np.flatnonzero(panel.level == finer)
        known[nodes] |= known[panel.parent[nodes]]
    return known


def _spread(panel: Panel, size: Floats) -> Floats:
    """Return (nodes, levels) sums of squared shares that places below hold of each node."""
    size = summed_up(panel, size)
    squares = np.zeros((len(size), len(panel.scales)))
    squares[np.arange(len(size)), panel.level] = size**2
    squares = summed_up(panel, squares)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = squares / size[:, None] ** 2
    return np.where(np.isfinite(shares), np.clip(shares, 0.0, 1.0), 0.0)
