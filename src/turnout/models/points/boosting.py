"""Boosted trees on past turnout, with errors calibrated by election."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

from turnout.areas import Panel
from turnout.arrays import Bools, Floats
from turnout.elections import Election
from turnout.models.points.features import Training
from turnout.models.points.past import Past
from turnout.models.points.reversion import Apart, RevertingModel
from turnout.models.settings import check_positive, check_whole, names_of

_MANY_ROWS = 100_000


@dataclass(frozen=True)
class BoostedTrees(RevertingModel):
    """Gradient boosted trees on lagged turnout, type, trend, usual level and size of a place.

    The trees learn how the places of one contest differ in their change since the last turnout;
    what a contest's places share returns part of the way to the type's mean, as in `BinomialGLM`.
    The errors come from contests that the trees were not fitted to, one left out at a time: rows
    of one contest are alike, so leaving out rows would flatter them.

    Parameters
    ----------
    trees
        Number of trees.
    learning_rate
        Weight of each tree.
    least_places
        Fewest rows in a leaf of a tree.
    covariates
        Columns of the results and of the roll that are features as well, such as candidates. Only
        what differs between the places of a contest can count; what a contest's places share is
        for `HierarchicalModel`.
    """

    trees: int = 60
    learning_rate: float = 0.08
    least_places: int = 20
    covariates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_whole("trees", self.trees, 1)
        check_positive("learning_rate", self.learning_rate)
        check_whole("least_places", self.least_places, 1)
        object.__setattr__(self, "covariates", names_of(self.covariates))

    def with_covariates(self, names: Sequence[str]) -> BoostedTrees:
        """Return the model with these covariates."""
        return replace(self, covariates=tuple(names))

    def look(self, panel: Panel, election: Election) -> Past:
        """Look at a panel from its coming election, covariates included."""
        return Past.of(panel, election, self.covariates)

    def apart(self, training: Training, coming: Floats) -> Apart:
        """Return what sets places apart, given the coming contest's centred features."""
        features, change = training.centered
        left_out = np.zeros(len(change))
        for contest in np.unique(training.contest):
            own = training.contest == contest
            left_out[own] = self._fit_and_say(training, ~own & training.own, features[own])
        return Apart(left_out, self._fit_and_say(training, training.own, coming))

    def _fit_and_say(self, training: Training, rows: Bools, places: Floats) -> Floats:
        """Fit trees to some rows and return what they say of places; 0 where rows are few."""
        features, change = training.centered
        features = features[rows]
        varied = np.ptp(features, axis=0) > 0 if rows.any() else np.zeros(places.shape[1], bool)
        if rows.sum() < 2 * self.least_places or not varied.any():
            return np.zeros(len(places))
        trees = HistGradientBoostingRegressor(
            max_iter=self.trees,
            learning_rate=self.learning_rate,
            min_samples_leaf=self.least_places,
            max_leaf_nodes=8,
            early_stopping=False,
            random_state=0,
        )
        # Threads of small fits spend their time waiting for each other.
        threads = 1 if rows.sum() < _MANY_ROWS else None
        with threadpool_limits(threads, "openmp"):
            fitted = trees.fit(features[:, varied], change[rows], training.weight[rows])
            return np.asarray(fitted.predict(places[:, varied]))
