"""From counts to logits: the Gaussian surrogate of observations (docs/model.md, section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from turnout.areas import Panel
from turnout.areas.history import Counts
from turnout.arrays import Floats, Ints
from turnout.models.covariates.linear_effect import LinearEffect
from turnout.models.outliers import Outliers, logit_of_counts, outliers, scatter_of
from turnout.models.ranges import range_variance
from turnout.models.tree.observed_totals import observed_totals
from turnout.models.tree.upward_pass import Tree


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


def surrogate(
    panel: Panel, effects: Sequence[LinearEffect], station_sd: float, center: Floats
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
        (contests,) what logits are measured from.
    """
    counts = Counts.of(panel)
    values, variances, scatter, far = _logits(panel, counts, station_sd)
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
        totals=observed_totals(panel, counts, variances),
        center=center,
    )
    return Surrogate(tree, scatter, np.column_stack([far.node, far.contest]))


def _logits(
    panel: Panel, counts: Counts, station_sd: float
) -> tuple[Floats, Floats, Floats, Outliers]:
    """Return the observed logits, outlying ones drawn in, and their variances, (nodes, contests).

    And the scatter of every level, and what was outlying.
    """
    registered = counts.registered
    values, variances = logit_of_counts(counts.voters, registered)
    beyond = _of_stations(panel, counts, station_sd)
    if "voters_low" in panel.cells:
        beyond += range_variance(panel.grid("voters_low"), panel.grid("voters_high"), registered)
    variances += beyond
    scatter = scatter_of(panel, counts)
    far = outliers(panel, counts, (values, beyond), scatter)
    copies = np.nan_to_num(panel.grid("copies"), nan=1.0)
    own = np.nan_to_num(scatter, nan=0.25)[panel.level][:, None]
    # An observation that k successors share must count once: 1/(K + v) = k / (K + v'), so that
    # v' = (k - 1) K + k v. Their voters are shared out already, which makes k v of v.
    variances += (copies - 1).clip(0) * own**2
    return far.drawn_in(values), variances, scatter, far


def _of_stations(panel: Panel, counts: Counts, station_sd: float) -> Floats:
    """Return the variance (logit) of counts that lack some of their stations."""
    missing = 1 - counts.share
    with np.errstate(invalid="ignore", divide="ignore"):
        of_counted = missing * station_sd**2 / panel.grid("stations_counted")
    return np.where(missing > 0, of_counted, 0.0)
