"""Integration over the variances of levels with few places, by importance sampling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp
from scipy.stats import chi2, multivariate_t, norm, qmc

from turnout.errors import HistoryError
from turnout.language import Text

Floats = NDArray[np.float64]

# Below the first number the proposal is adapted, below the second the answer is refused.
GOOD_SAMPLE = 200.0
LEAST_SAMPLE = 50.0
_PASSES = 14
_TAIL = 5
_FROM_PRIOR = 0.1


@dataclass(frozen=True)
class Posterior:
    """Weighted draws of parameters.

    Parameters
    ----------
    draws
        (draws, parameters).
    weights
        (draws,) summing to 1.
    effective
        Effective sample size.
    """

    draws: Floats
    weights: Floats
    effective: float

    def pick(self, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return the row numbers of `count` systematic draws by weight, sorted."""
        points = (rng.random() + np.arange(count)) / count
        cumulative = np.cumsum(self.weights)
        return np.searchsorted(cumulative / cumulative[-1], points).astype(np.intp)


def integrate(
    log_likelihood: Callable[[Floats], Floats], center: Floats, spread: Floats, size: int
) -> Posterior:
    """Weigh quasi-random draws of a normal prior by the likelihood.

    Where the prior's draws carry too little weight, a Student-t proposal is moulded on the
    weighted draws (tempered until they suffice) and mixed with the prior, until the effective
    sample size is good.

    Parameters
    ----------
    log_likelihood
        Takes (draws, parameters), returns (draws,).
    center, spread
        Prior means and standard deviations.
    size
        Number of draws, a power of 2.

    Returns
    -------
    Posterior

    Raises
    ------
    HistoryError
        If the effective sample size stays under `LEAST_SAMPLE`.
    """
    uniform = qmc.Sobol(len(center), rng=np.random.default_rng(7)).random(size)
    standard = norm.ppf(np.clip(uniform, 1e-9, 1 - 1e-9))
    best: Posterior | None = None
    log_proposal = _log_prior(standard)
    for seed in range(_PASSES):
        log_target = log_likelihood(center + spread * standard) + _log_prior(standard)
        log_weights = log_target - log_proposal
        found = _posterior(center + spread * standard, log_weights)
        if found.effective >= GOOD_SAMPLE:
            return found
        if best is None or found.effective > best.effective:
            best = found
        mean, covariance = _mould(standard, log_weights)
        standard = _propose(mean, covariance, size, np.random.default_rng(seed))
        log_proposal = _log_proposal(standard, mean, covariance)
    if best is None or best.effective < LEAST_SAMPLE:
        effective = 0 if best is None else round(best.effective)
        raise HistoryError(_TOO_FEW, effective=effective, least=round(LEAST_SAMPLE))
    return best


def _posterior(draws: Floats, log_weights: Floats) -> Posterior:
    weights = np.exp(log_weights - logsumexp(log_weights))
    return Posterior(draws, weights, float(1 / (weights**2).sum()))


def _log_prior(standard: Floats) -> Floats:
    return norm.logpdf(standard).sum(axis=1)


def _mould(standard: Floats, log_weights: Floats) -> tuple[Floats, Floats]:
    """Return mean and covariance of the draws, weights flattened until they suffice."""
    wanted = min(100.0, len(standard) / 8)
    power = 1.0
    while _posterior(standard, power * log_weights).effective < wanted:
        power *= 0.8
    weights = _posterior(standard, power * log_weights).weights
    mean = weights @ standard
    away = standard - mean
    covariance = (weights[:, None] * away).T @ away
    return mean, covariance + 0.02 * np.eye(len(mean))


def _propose(mean: Floats, covariance: Floats, size: int, rng: np.random.Generator) -> Floats:
    """Draw from the moulded Student-t and, for one in ten, from the prior."""
    few = round(_FROM_PRIOR * size)
    dimension = len(mean)
    uniform = qmc.Sobol(dimension + 1, rng=rng).random(size)
    gauss = norm.ppf(np.clip(uniform[:, :dimension], 1e-9, 1 - 1e-9))
    scale = np.sqrt(chi2.ppf(np.clip(uniform[:, dimension], 1e-6, 1 - 1e-6), _TAIL) / _TAIL)
    draws = mean + (gauss @ np.linalg.cholesky(covariance).T) / scale[:, None]
    draws[:few] = gauss[:few]
    return draws


def _log_proposal(standard: Floats, mean: Floats, covariance: Floats) -> Floats:
    moulded = multivariate_t.logpdf(standard, mean, covariance, _TAIL)
    return np.logaddexp(
        np.log1p(-_FROM_PRIOR) + moulded, np.log(_FROM_PRIOR) + _log_prior(standard)
    )


_TOO_FEW = Text(
    en="The variances between elections cannot be integrated reliably (effective sample size "
    "{effective}, at least {least} needed). Look for a contest whose turnout cannot be right, or "
    "leave out the oldest contests.",
    id="Ragam antarpemilihan tidak dapat dihitung dengan andal (ukuran sampel efektif "
    "{effective}, sedikitnya {least}). Periksa pemilihan yang tingkat partisipasinya tidak "
    "masuk akal, atau tinggalkan pemilihan yang paling lama.",
)
