"""A binomial regression on past turnout, with a spread that is clustered by election."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy.special import expit
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from turnout.models.features import FEATURES, Training
from turnout.models.reversion import Apart, RevertingModel

Array = NDArray[np.float64]

_USED = [FEATURES.index(name) for name in ("last", "last_any", "trend", "usual")]


@dataclass(frozen=True)
class BinomialGLM(RevertingModel):
    """A quasi-binomial regression of turnout on the last turnouts of a place.

    The rows are the places in all past contests. What differs between the places of a contest
    (last turnout of the type, the newest of any type, trend, usual distance from the whole) is the
    regression's; what they share is the contest's own effect. The coming contest's effect returns
    part of the way to the type's mean, with a heavy-tailed spread learned from past contests: the
    standard errors of the regression, which take the places for independent, are not used.

    Parameters
    ----------
    slope_sd
        Prior standard deviation of the slopes, which pull towards the last turnout as it stands.

    Examples
    --------
    >>> import pandas as pd
    >>> from turnout.elections import Election
    >>> results = pd.DataFrame({"date": ["2013-06-29", "2018-06-27"] * 2,
    ...     "election_type": "pilkada", "area": ["Murni"] * 2 + ["Legok"] * 2,
    ...     "registered": [9000, 9000, 8000, 8000], "voters": [5400, 6300, 5600, 6000]})
    >>> fitted = BinomialGLM().fit(results)
    >>> forecast = fitted.forecast(Election("2024-11-27", "pilkada"), draws=999, seed=1)
    >>> bool(0.6 < forecast.at("total").intervals()["median"].iloc[0] < 0.8)
    True
    """

    slope_sd: float = 0.3

    def apart(self, training: Training, coming: Array) -> Apart:
        """Return what sets places apart, given the coming contest's centred features."""
        features = training.centered[0][:, _USED]
        slopes = _slopes(training, features, self.slope_sd)
        return Apart(features @ slopes, coming[:, _USED] @ slopes)


def _slopes(training: Training, features: Array, slope_sd: float) -> Array:
    """Fit the regression with an effect of each contest, and return its slopes."""
    several = np.bincount(training.contest[training.own], minlength=training.contest.max() + 1) > 1
    rows = training.own & several[training.contest]
    count = features.shape[1]
    if not rows.any():
        return np.zeros(count)
    contests, number = np.unique(training.contest[rows], return_inverse=True)
    share, weight = expit(training.actual[rows]), training.weight[rows]
    # A row that says one half at slope 1 from none is a normal prior of its weight over four.
    prior_rows = np.column_stack([np.eye(count), np.zeros((count, len(contests)))])
    model = sm.GLM(
        np.concatenate([share, np.full(count, 0.5)]),
        np.concatenate(
            [np.column_stack([features[rows], np.eye(len(contests))[number]]), prior_rows]
        ),
        family=sm.families.Binomial(),
        offset=np.concatenate([training.features[rows, 0], np.zeros(count)]),
        var_weights=np.concatenate(
            [weight / (share * (1 - share)), np.full(count, 4 / slope_sd**2)]
        ),
    )
    with warnings.catch_warnings():
        # Few places can be fitted closely; the prior keeps the slopes identified all the same.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        return np.asarray(model.fit(scale="X2").params)[:count]
