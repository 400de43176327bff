"""From counts to logits: the Gaussian surrogate of a panel's observations (MODEL.md, section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas import Panel
from turnout.areas.history import counted_share, summed_up
from turnout.models.effects import LeafEffect
from turnout.models.observed_totals import observed_totals
from turnout.models.tree import Tree

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

# A residual beyond this many robust standard deviations is drawn in to it.
_OUTLYING = 5.0
# Fewer places of a contest cannot tell whether it is the contest that is unusual.
_HANDFUL = 5


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
        totals=observed_totals(panel, variances),
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
    # Of an odd number of observations one is the place's own median: it tells nothing of the
    # spread, which would come out too small where places have three.
    telling = np.abs(residual[several & (residual != 0)])
    spread = 1.4826 * np.median(telling) if len(telling) else np.nan
    spread = np.where(several, spread, scatter[panel.level[node]])
    # Where half of a contest's places lie far from their past, it is another kind of contest than
    # those before, and no place need be wrong.
    here = pd.Series(np.abs(residual)).groupby(contest)
    many = here.transform("size") >= _HANDFUL
    spread = np.maximum(spread, 1.4826 * here.transform("median").where(many, 0.0).to_numpy())
    bound = _OUTLYING * np.sqrt(spread**2 + variances[node, contest])
    far = np.abs(residual) > bound
    drawn = values.copy()
    drawn[node[far], contest[far]] -= (residual - np.sign(residual) * bound)[far]
    return drawn, np.column_stack([node[far], contest[far]]).astype(np.intp)
