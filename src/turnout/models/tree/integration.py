"""Integration over the variances of levels with few places, by importance sampling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax
from scipy.stats import chi2, multivariate_normal, multivariate_t, norm, qmc

from turnout.arrays import Floats, Ints
from turnout.errors import HistoryError
from turnout.language import Text
from turnout.models.tree.elliptical_slice import Ellipses, run_chains
from turnout.threads import single_threaded

# Below the first number the answer is called rough, below the second it is refused.
GOOD_SAMPLE = 200.0
LEAST_SAMPLE = 50.0
# Proposals are adapted until so many are reached: then another sequence of draws changes the ends
# of a 90% interval by about two hundredths of its width.
_WANTED = 1000.0
_ROUGH = 100.0
_PASSES = 12
_CHAINS = 128
_TAIL = 8.0
_WIDER = 1.2
_LEAST_PRECISION = 0.5
_STARTS = 4
_SAME_PEAK = 0.5
_FAR_BELOW = 10.0
_STEP = 1e-3
_WIDE_STEP = 0.05


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

    def pick(self, count: int, rng: np.random.Generator) -> Ints:
        """Return the row numbers of `count` systematic draws by weight, sorted."""
        points = (rng.random() + np.arange(count)) / count
        cumulative = np.cumsum(self.weights)
        return np.searchsorted(cumulative / cumulative[-1], points).astype(np.intp)


@single_threaded
def integrate(
    log_likelihood: Callable[[Floats], Floats],
    center: Floats,
    spread: Floats,
    size: int,
    start: Posterior | None = None,
) -> Posterior:
    """Weigh quasi-random draws of a normal prior by the likelihood.

    Where the prior's draws carry too little weight, draws of Student-t proposals join them: the
    first lie on the posterior's peaks, each further one is moulded on all weighted draws so far.
    Every draw is weighted against the mixture of all proposals (adaptive multiple importance
    sampling [1]_); the prior is one of them, which bounds the weights. Where that fails too, as it
    may with dozens of parameters, chains walk from the weighted draws
    (`turnout.models.tree.elliptical_slice`).

    Where the posterior of nearly the same likelihood is known, as before the count, the first
    proposal is moulded on that, and no peak is climbed unless it carries too little weight too.

    Parameters
    ----------
    log_likelihood
        Takes (draws, parameters), returns (draws,).
    center, spread
        Prior means and standard deviations.
    size
        Number of draws of every proposal, a power of 2.
    start
        Posterior of nearly the same likelihood, if one is known.

    Returns
    -------
    Posterior

    Raises
    ------
    HistoryError
        If the effective sample size stays under `LEAST_SAMPLE`.

    References
    ----------
    .. [1] Cornuet, Marin, Mira & Robert (2012), Scandinavian Journal of Statistics 39(4).
    """
    dimension = len(center)
    prior = _Proposal(np.zeros(dimension), np.eye(dimension), np.inf)

    def log_target(standard: Floats) -> Floats:
        return log_likelihood(center + spread * standard) + prior.log_density(standard)

    known = [prior]
    if start is not None:
        some = start.weights > 0
        standard = (start.draws[some] - center) / spread
        known.append(_moment_matched(standard, np.log(start.weights[some])))
    pool = _Pool.of(known, log_target, size, np.random.default_rng(7))
    for step in range(_PASSES):
        effective = _effective_sample_size(pool.log_weights)
        if effective >= _WANTED:
            break
        if step == 0 and (start is None or effective < _ROUGH):
            proposals = _laplace_proposals(log_target, pool)
        else:
            proposals = [_moment_matched(pool.standard, pool.log_weights)]
        pool = pool.joined(_Pool.of(proposals, log_target, size, np.random.default_rng(step)))
    standard, weights = pool.standard, softmax(pool.log_weights)
    effective = _effective_sample_size(pool.log_weights)
    if effective < _ROUGH:
        standard, effective = _sampled_by_chains(log_target, pool)
        weights = np.full(len(standard), 1 / len(standard))
    if effective < LEAST_SAMPLE:
        raise HistoryError(_TOO_FEW, effective=round(effective), least=round(LEAST_SAMPLE))
    return Posterior(center + spread * standard, weights, effective)


@dataclass(frozen=True)
class _Proposal:
    """A multivariate Student-t distribution; a normal one where `tail` is infinite."""

    mean: Floats
    covariance: Floats
    tail: float

    def draw(self, size: int, rng: np.random.Generator) -> Floats:
        dimension = len(self.mean)
        uniform = qmc.Sobol(dimension + 1, rng=rng).random(size).clip(1e-9, 1 - 1e-9)
        away = norm.ppf(uniform[:, :dimension]) @ np.linalg.cholesky(self.covariance).T
        if np.isfinite(self.tail):
            away /= np.sqrt(chi2.ppf(uniform[:, dimension:], self.tail) / self.tail)
        return self.mean + away

    def log_density(self, standard: Floats) -> Floats:
        tail: Any = self.tail  # the stubs know whole degrees of freedom only
        if np.isfinite(self.tail):
            density = multivariate_t.logpdf(standard, self.mean, self.covariance, tail)
        else:  # scipy 1.15 cannot take an infinite tail
            density = multivariate_normal.logpdf(standard, self.mean, self.covariance)
        return np.atleast_1d(np.asarray(density, dtype=np.float64))


@dataclass(frozen=True)
class _Pool:
    """Draws of several proposals, `size` of each, and the log density of the target at each."""

    proposals: tuple[_Proposal, ...]
    standard: Floats
    target: Floats

    @classmethod
    def of(
        cls,
        proposals: Sequence[_Proposal],
        log_target: Callable[[Floats], Floats],
        size: int,
        rng: np.random.Generator,
    ) -> _Pool:
        standard = np.concatenate([proposal.draw(size, rng) for proposal in proposals])
        return cls(tuple(proposals), standard, log_target(standard))

    def joined(self, other: _Pool) -> _Pool:
        return _Pool(
            self.proposals + other.proposals,
            np.concatenate([self.standard, other.standard]),
            np.concatenate([self.target, other.target]),
        )

    @cached_property
    def log_weights(self) -> Floats:
        """Log of the target over the mixture of the proposals, but for a constant."""
        densities = np.array([proposal.log_density(self.standard) for proposal in self.proposals])
        return self.target - np.asarray(logsumexp(densities, axis=0))


def _sampled_by_chains(log_target: Callable[[Floats], Floats], pool: _Pool) -> tuple[Floats, float]:
    """Walk from draws of the pool; return the draws on the way and their effective number."""
    rng = np.random.default_rng(11)
    about = _moment_matched(pool.standard, pool.log_weights)
    root = np.asarray(np.linalg.cholesky(about.covariance))
    ellipses = Ellipses(about.mean, root, about.tail)
    starts = rng.choice(
        len(pool.standard), _CHAINS, p=softmax(_tempered(pool.standard, pool.log_weights))
    )
    return run_chains(log_target, pool.standard[starts], ellipses, rng)


def _effective_sample_size(log_weights: Floats) -> float:
    return float(1 / (softmax(log_weights) ** 2).sum())


def _laplace_proposals(log_target: Callable[[Floats], Floats], pool: _Pool) -> list[_Proposal]:
    """Lay proposals on the different peaks that are uphill of the prior's mean and best draws."""
    order = np.argsort(-pool.target)
    starts = [np.zeros(pool.standard.shape[1]), *pool.standard[order[: _STARTS - 1]]]
    tops = [_climb_to_mode(log_target, start) for start in starts]
    heights = log_target(np.array(tops))
    different: list[Floats] = []
    for number in np.argsort(-heights):
        near = [np.linalg.norm(tops[number] - top) < _SAME_PEAK for top in different]
        if not any(near) and heights[number] > heights.max() - _FAR_BELOW:
            different.append(tops[number])
    return [_laplace_approximation(log_target, top) for top in different]


def _climb_to_mode(log_target: Callable[[Floats], Floats], start: Floats) -> Floats:
    unit = np.eye(len(start))

    def downhill(point: Floats) -> tuple[float, Floats]:
        around = np.concatenate([point[None], point + _STEP * unit, point - _STEP * unit])
        value, ahead, behind = np.split(log_target(around), [1, 1 + len(unit)])
        return -float(value[0]), -(ahead - behind) / (2 * _STEP)

    found = minimize(downhill, start, jac=True, method="L-BFGS-B", options={"maxiter": 60})
    return np.asarray(found.x)


def _laplace_approximation(log_target: Callable[[Floats], Floats], top: Floats) -> _Proposal:
    """Return a proposal as wide as the peak is curved."""
    unit = np.eye(len(top))
    one, other = np.triu_indices(len(unit))
    signs = ((1, 1), (-1, -1), (1, -1), (-1, 1))
    corners = [top + _WIDE_STEP * (near * unit[one] + far * unit[other]) for near, far in signs]
    values = np.split(log_target(np.concatenate(corners)), 4)
    curvature = np.empty_like(unit)
    curvature[one, other] = (values[2] + values[3] - values[0] - values[1]) / (2 * _WIDE_STEP) ** 2
    curvature[other, one] = curvature[one, other]
    precision, axes = np.linalg.eigh(curvature)
    # Where the target is no dome the prior still is one: never much wider than the prior.
    return _Proposal(top, _WIDER * (axes / precision.clip(_LEAST_PRECISION)) @ axes.T, _TAIL)


def _tempered(standard: Floats, log_weights: Floats) -> Floats:
    """Return log weights that are flattened until they suffice for a covariance."""
    count, dimension = standard.shape
    wanted = min(max(100.0, 5.0 * dimension), count / 8)
    while _effective_sample_size(log_weights) < wanted:
        log_weights = 0.8 * log_weights
    return log_weights


def _moment_matched(standard: Floats, log_weights: Floats) -> _Proposal:
    """Give a proposal mean and covariance of the draws, weights flattened until they suffice."""
    dimension = standard.shape[1]
    log_weights = _tempered(standard, log_weights)
    weights = softmax(log_weights)
    mean = weights @ standard
    away = standard - mean
    covariance = (weights[:, None] * away).T @ away
    # Correlations of few effective draws are chance: shrink them.
    trust = 1 - min(1.0, dimension / _effective_sample_size(log_weights))
    covariance = trust * covariance + (1 - trust) * np.diag(np.diag(covariance))
    wider = _WIDER * (_TAIL - 2) / _TAIL
    return _Proposal(mean, wider * covariance + 0.01 * np.eye(dimension), _TAIL)


_TOO_FEW = Text(
    en="The variances between elections cannot be integrated reliably (effective sample size "
    "{effective}, at least {least} needed). Look for a contest whose turnout cannot be right, or "
    "leave out the oldest contests.",
    id="Ragam antarpemilihan tidak dapat dihitung dengan andal (ukuran sampel efektif "
    "{effective}, sedikitnya {least}). Periksa pemilihan yang tingkat partisipasinya tidak "
    "masuk akal, atau tinggalkan pemilihan yang paling lama.",
)
