"""Results that lie too far off to be believed as they stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from turnout.areas import Panel
from turnout.areas.history import Counts, summed_up
from turnout.arrays import Floats, Ints

# A residual beyond this many robust standard deviations is an outlier's.
_OUTLYING = 5.0
# Fewer places of a contest cannot tell whether it is the contest that is unusual.
_HANDFUL = 5
# The median of fewer places goes wherever one of them goes.
_ROBUST = 3


@dataclass(frozen=True)
class Outliers:
    """Observations of leaves that lie further off than five robust standard deviations.

    Parameters
    ----------
    node, contest
        Where they are.
    residual
        How far each lies above what its parent and its own past say, logit.
    bound
        Five robust standard deviations, logit.
    """

    node: Ints
    contest: Ints
    residual: Floats
    bound: Floats

    def drawn_in(self, values: Floats) -> Floats:
        """Return the values (nodes, contests) with each outlier drawn in to its bound."""
        drawn = values.copy()
        beyond = self.residual - np.sign(self.residual) * self.bound
        drawn[self.node, self.contest] -= beyond
        return drawn


def logit_of_counts(voters: Floats, registered: Floats) -> tuple[Floats, Floats]:
    """Return the empirical logit of turnout and its sampling variance.

    logit (y + 1/2) / (n + 1) and 1 / (y + 1/2) + 1 / (n - y + 1/2), with a bias of higher order
    (Gart & Zweifel 1967, Biometrika 54, 181-187). Voters above the registered count as all
    registered.

    >>> z, v = logit_of_counts(np.array([80.0]), np.array([100.0]))
    >>> z.round(3).tolist(), v.round(4).tolist()
    ([1.368], [0.0612])
    """
    voted = np.minimum(voters, registered) + 0.5
    stayed = registered - np.minimum(voters, registered) + 0.5
    return np.log(voted / stayed), 1 / voted + 1 / stayed


def believable_voters(panel: Panel) -> Floats:
    """Return the voters of every node and contest, those of outlying leaves as far as believable.

    For models that take every observation at its word, for which one that is merely drawn in
    would still lie five standard deviations off. From there on less is left of a residual the
    further off it lies, and of one twice as far nothing: the place then counts as its parent and
    its own past say (Hampel's redescending function [1]_).

    References
    ----------
    .. [1] Hampel (1974), JASA 69(346), section 5.
    """
    counts = Counts.of(panel)
    registered, voters = counts.registered, counts.voters.copy()
    values = logit_of_counts(voters, registered)[0]
    far = outliers(panel, counts, (values, np.zeros_like(values)), scatter_of(panel, counts))
    cells = far.node, far.contest
    left = np.sign(far.residual) * (2 * far.bound - np.abs(far.residual)).clip(0)
    # The count whose empirical logit is the one that is left.
    share = expit(values[cells] - far.residual + left)
    voters[cells] = ((registered[cells] + 1) * share - 0.5).clip(0, registered[cells])
    return voters


def scatter_of(panel: Panel, counts: Counts) -> Floats:
    """Return how far places of every level lie from their parent's mean, robustly.

    Returns
    -------
    numpy.ndarray
        (levels,) standard deviation per contest, logit; NaN where no parent has two places
        observed.
    """
    registered, voters = counts.registered, counts.voters
    leaf = panel.is_leaf[:, None]
    summed = summed_up(panel, np.where(leaf, registered, np.nan))
    summed_voters = summed_up(panel, np.where(leaf, voters, np.nan))
    size = np.where(leaf, registered, np.where(summed > 0, summed, np.nan))
    values = logit_of_counts(np.where(leaf, voters, summed_voters), size)[0]
    scatter = np.full(len(panel.scales), np.nan)
    for level in range(1, len(panel.scales)):
        of_level = values[panel.levels[level]]
        node, contest = np.nonzero(~np.isnan(of_level))
        value = of_level[node, contest]
        of_parent = panel.parent[panel.levels[level]][node] * values.shape[1] + contest
        size = np.bincount(of_parent)[of_parent]
        mean = np.bincount(of_parent, weights=value)[of_parent] / size
        away = ((value - mean) * np.sqrt(size / (size - 1).clip(1)))[size > 1]
        if len(away):
            scatter[level] = max(
                1.4826 * float(np.median(np.abs(away))), 0.2 * float(away.std()), 0.01
            )
    return scatter


def outliers(
    panel: Panel, counts: Counts, logits: tuple[Floats, Floats], scatter: Floats
) -> Outliers:
    """Find leaves that lie far from what their parent and their own past make plausible.

    Parameters
    ----------
    panel
        Places by contests.
    counts
        What was observed.
    logits
        (nodes, contests) logits, NaN where not observed, and their variance beyond the binomial
        one.
    scatter
        What `scatter_of` returns.
    """
    values, variances = logits
    node, contest = np.nonzero(~np.isnan(values) & panel.is_leaf[:, None])
    z = values[node, contest]
    around = pd.Series(z - _middle(panel, node, contest, z))
    several = np.bincount(node)[node] > 2
    usual = np.where(several, around.groupby(node).transform("median"), 0.0)
    residual = np.asarray(around - usual, dtype=np.float64)
    # Of an odd number of observations one is the place's own median: it tells nothing of the
    # spread, which would come out too small where places have three.
    telling = np.abs(residual[several & (residual != 0)])
    spread = 1.4826 * np.median(telling) if len(telling) else np.nan
    spread = np.where(several, spread, scatter[panel.level[node]])
    # Where half of a contest's places lie far from their past, it is another kind of contest than
    # those before, and no place need be wrong.
    many = np.bincount(contest)[contest] >= _HANDFUL
    here = pd.Series(np.abs(residual)).groupby(contest).transform("median")
    spread = np.maximum(spread, 1.4826 * here.where(many, 0.0).to_numpy())
    # Chance as it is at what was plausible: at a turnout of all or none it would excuse itself.
    size = counts.registered[node, contest]
    chance = logit_of_counts(size * expit(z - residual), size)[1]
    bound = _OUTLYING * np.sqrt(spread**2 + chance + variances[node, contest])
    far = np.abs(residual) > bound
    return Outliers(node[far], contest[far], residual[far], bound[far])


def _middle(panel: Panel, node: Ints, contest: Ints, values: Floats) -> Floats:
    """Return what the places around each say of a contest: a median that no single one moves."""
    above = panel.parent[node]
    while True:
        group = (above + 1) * len(panel.contests) + contest  # nothing is above the root
        few = (np.bincount(group)[group] < _ROBUST) & (panel.parent[above] >= 0)
        if not few.any():
            return pd.Series(values).groupby(group).transform("median").to_numpy()
        above = np.where(few, panel.parent[above], above)
