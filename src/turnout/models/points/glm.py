"""A binomial regression on past turnout, with a spread that is clustered by election."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import statsmodels.api as sm
from scipy.special import expit
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from turnout.arrays import Bools, Floats
from turnout.models.points.features import FEATURES, Training
from turnout.models.points.reversion import Apart, RevertingModel
from turnout.models.settings import check_positive, names_of

# Places that changed alike to the last voter fit without any error.
_LEAST_SCALE = 1e-6

_USED = [FEATURES.index(name) for name in ("last", "last_any", "trend", "usual")]


@dataclass(frozen=True)
class BinomialGLM(RevertingModel):
    """A quasi-binomial regression of turnout on the last turnouts of a place.

    The rows are the places in all past contests. What differs between the places of a contest
    (last turnout of the type, the newest of any type, trend, usual distance from the whole) is the
    regression's, whose slopes differ from contest to contest; what they share is the contest's own
    effect. The coming contest's effect returns part of the way to the type's mean, with a
    heavy-tailed spread learned from past contests: the standard errors of the regression, which
    take the places for independent, are not used.

    Parameters
    ----------
    slope_sd
        Prior standard deviation of the slopes, which pulls towards the last turnout as it stands,
        and of each contest's own slopes about the common ones.
    covariates
        What is known before an election, as in `HierarchicalModel`, which estimates its effects.

    Raises
    ------
    TypeError, ValueError
        If a setting is none that the model can have.

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
    covariates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_positive("slope_sd", self.slope_sd)
        object.__setattr__(self, "covariates", names_of(self.covariates))

    @property
    def linear_covariates(self) -> Sequence[str]:
        """Covariates whose effects are linear."""
        return self.covariates

    def with_covariates(self, names: Sequence[str]) -> BinomialGLM:
        """Return the model with these covariates."""
        return replace(self, covariates=tuple(names))

    def apart(self, training: Training, coming: Floats) -> Apart:
        """Return what sets places apart, given the coming contest's centred features."""
        features = training.centered[0][:, _USED]
        slopes = _slopes(training, features, self.slope_sd)
        return Apart(features @ slopes, coming[:, _USED] @ slopes)


def _slopes(training: Training, features: Floats, slope_sd: float) -> Floats:
    """Return the slopes that contests have in common.

    A contest's slopes lie about the common ones as these lie about zero. However many places it
    has, a contest then tells of the common slopes no more than one draw of them.
    """
    several = np.bincount(training.contest[training.own]) > 1
    fits = [
        _Fit.of(training, features, training.own & (training.contest == contest), slope_sd)
        for contest in np.flatnonzero(several)
    ]
    count = features.shape[1]
    eye, precision, told = np.eye(count), np.eye(count) / slope_sd**2, np.zeros(count)
    freedom = sum(fit.places - 1 for fit in fits)
    scale = max(_LEAST_SCALE, sum(fit.misfit for fit in fits) / max(1, freedom))
    for fit in fits:
        of_one = np.linalg.inv(eye + slope_sd**2 * fit.information / scale) / scale
        precision += of_one @ fit.information
        told += of_one @ fit.told
    return np.asarray(np.linalg.solve(precision, told))


@dataclass(frozen=True)
class _Fit:
    """What the places of one contest tell of its slopes, were the variance the binomial one.

    Parameters
    ----------
    information
        Slopes x slopes: the curvature of the log likelihood, the contest's own effect profiled out.
    told
        (slopes,) `information` times the most likely slopes.
    misfit
        Pearson's chi-squared.
    places
        Number of places.
    """

    information: Floats
    told: Floats
    misfit: float
    places: int

    @classmethod
    def of(cls, training: Training, features: Floats, rows: Bools, slope_sd: float) -> _Fit:
        """Fit a regression to the places of one contest."""
        count, places = features.shape[1], int(rows.sum())
        share, weight = expit(training.actual[rows]), training.weight[rows]
        # A row that says one half at slope 1 from none is a normal prior of its weight over four;
        # it keeps slopes apart that few places or early contests cannot tell from each other.
        prior = np.eye(count) / (2 * slope_sd**2)
        model = sm.GLM(
            np.concatenate([share, np.full(count, 0.5)]),
            np.block(
                [
                    [features[rows], np.ones((places, 1))],
                    [np.eye(count), np.zeros((count, 1))],
                ]
            ),
            family=sm.families.Binomial(),
            offset=np.concatenate([training.features[rows, 0], np.zeros(count)]),
            var_weights=np.concatenate([weight / (share * (1 - share)), 4 * np.diag(prior)]),
        )
        with warnings.catch_warnings():
            # Few places can be fitted closely; the prior keeps the slopes identified all the same.
            warnings.simplefilter("ignore", PerfectSeparationWarning)
            fitted = model.fit()
        curvature = -model.hessian(fitted.params, observed=False)
        beside = curvature[:count, count]
        slopes = curvature[:count, :count] - np.outer(beside, beside) / curvature[count, count]
        return cls(
            information=slopes - prior,
            told=slopes @ fitted.params[:count],
            misfit=float((fitted.resid_pearson[:places] ** 2).sum()),
            places=places,
        )
