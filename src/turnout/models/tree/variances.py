"""The variances of a level with many places: the peak of their posterior."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from turnout.arrays import Floats, Ints
from turnout.models.tree.kernels import COMPONENTS, ContestKernel
from turnout.models.tree.messages import (
    Message,
    effects_posterior,
    gather,
    log_evidence,
    pass_up,
)
from turnout.threads import single_threaded

MANY = 30
"""From this many places on, a level's variances are fitted; below, they are integrated."""

# A parent's value is left free: this variance (logit squared) is flat for any turnout.
_FREE = 25.0

NO_EFFECTS: tuple[Floats, Floats] = (np.empty(0), np.empty(0))
"""Prior of no linear effects."""

# Enough places to know a level's variances to a few percent; more only cost time.
_ENOUGH = 1_500


PARTS_OF_SCATTER: Mapping[str, tuple[float, float]] = {
    "lasting": (0.65, 0.6),
    "type": (0.2, 1.0),
    "type_group": (0.15, 1.0),
    "drift": (0.55, 0.7),
    "type_drift": (0.35, 0.9),
    "shock": (0.3, 0.8),
}
"""Median, as a share of the scatter of places around their parent, and log-sd of each component.

Their squares add up to 1. Rounded from the levels of panels with thousands of areas, where the data
tell the parts (benchmarks/priors.py; docs/accuracy.md, "Places within the whole"): places keep
their rank, which fades over decades, whatever the type of election; a place's own liking for a type
is a small part.
"""


@dataclass(frozen=True)
class LevelPrior:
    """Log-normal prior of a level's parameters.

    Parameters
    ----------
    center, spread
        (7,) mean and standard deviation of the logs, in the order of `kernels.PARAMETERS`, and
        more where each polling day's shock has a size of its own; a spread of 0 fixes a
        parameter, a center of -inf switches a component off.
    """

    center: Floats
    spread: Floats

    @classmethod
    def of_scatter(cls, scatter: float, memory: float) -> LevelPrior:
        """Return the prior of a level whose places scatter by `scatter` (logit).

        Its parts are `PARTS_OF_SCATTER` of it.
        """
        parts = [PARTS_OF_SCATTER[name] for name in COMPONENTS]
        center = [*(np.log(scatter * median) for median, _ in parts), np.log(memory)]
        return cls(np.array(center), np.array([*(log_sd for _, log_sd in parts), 0.7]))

    @classmethod
    def of_nothing(cls, memory: float) -> LevelPrior:
        """Return the prior of a level whose places are one with their parents."""
        center = np.append(np.full(len(COMPONENTS), -np.inf), np.log(memory))
        return cls(center, np.zeros(len(center)))

    def scaled(self, factor: float) -> LevelPrior:
        """Return the prior with every standard deviation times `factor`."""
        center = self.center.copy()
        center[: len(COMPONENTS)] += np.log(factor)
        return LevelPrior(center, self.spread)


@single_threaded
def fit_level(
    below: Message,
    parent: Ints,
    kernel: ContestKernel,
    prior: LevelPrior,
    effects: tuple[Floats, Floats] = NO_EFFECTS,
) -> Floats:
    """Return the most probable log parameters of a level, its parents' values left free.

    With the parents free this is restricted maximum likelihood of the scatter within parents,
    times the prior; linear effects are integrated out. The gradient is exact (Fisher's identity
    on the messages).

    Parameters
    ----------
    below
        What is known of nodes of the level, such as `enough_of` chooses, (1, nodes, ...).
    parent
        Number of each node's parent.
    kernel
        Covariances of the contests.
    prior
        Prior of the log parameters.
    effects
        Prior means and standard deviations of the linear effects whose designs `below` carries.
    """
    free = prior.spread > 0
    center, spread = prior.center[free], prior.spread[free]

    def full(point: Floats) -> Floats:
        every = prior.center.copy()
        every[free] = point
        return every

    def objective(point: Floats) -> tuple[float, Floats]:
        log_parameters = full(point)
        value, slope = _profile(below, parent, kernel.covariance(log_parameters), effects)
        distance = (point - center) / spread
        gradient = kernel.gradient(log_parameters, slope)[free] - distance / spread
        return -(value - (distance**2).sum() / 2), -gradient

    result = minimize(
        objective,
        center,
        jac=True,
        method="L-BFGS-B",
        bounds=list(zip(center - 4 * spread, center + 3 * spread, strict=True)),
        options={"maxiter": 100, "ftol": 1e-7},
    )
    return full(result.x)


def _profile(
    data: Message, parent: Ints, covariance: Floats, effects: tuple[Floats, Floats] = NO_EFFECTS
) -> tuple[float, Floats]:
    """Return the log evidence with free parents and its derivative by the covariance."""
    up = pass_up(data, covariance[None, None]).up
    heard = gather(up, parent, int(parent.max()) + 1)
    eye = np.eye(covariance.shape[-1])
    precision = heard.precision[0] + eye / _FREE
    posterior = np.linalg.inv(precision)
    mean = posterior @ heard.shift[0]
    quadratic = heard.quadratic.sum(axis=1) - np.einsum("pti,ptj->ij", heard.shift[0], mean)
    constant = heard.constant.sum() + np.linalg.slogdet(precision * _FREE)[1].sum()
    root = Message(up.precision, up.shift, quadratic[:, None], np.full((1, 1), constant))
    message = up.precision[0]
    score = (up.shift[0] - message @ mean[parent]) @ _spread_of(quadratic, effects)
    score = np.moveaxis(score, -1, 1).reshape(-1, len(eye))
    slope = (
        score.T @ score
        + np.einsum("nij,njk,nkl->il", message, posterior[parent], message, optimize=True)
        - message.sum(axis=0)
    ) / 2
    return float(log_evidence(root, *effects)[0]), slope


def _spread_of(quadratic: Floats, effects: tuple[Floats, Floats]) -> Floats:
    """Return a root of the second moments of (1, -effects) given the data, (1 + effects) square."""
    center, precision = effects_posterior(quadratic, *effects)
    scale = np.eye(1 + len(center[0]))
    scale[1:, 0] = -center[0]
    scale[1:, 1:] = np.linalg.cholesky(np.linalg.inv(precision[0]))
    return scale


def enough_of(parent: Ints, rng: np.random.Generator) -> Ints:
    """Choose nodes whose parents have several: enough to fit a level, and parents whole.

    Parameters
    ----------
    parent
        (nodes,) number of every node's parent.
    rng
        Chooses parents where there are more than enough.

    Examples
    --------
    >>> enough_of(np.array([0, 0, 1, 2, 2]), np.random.default_rng(1)).tolist()
    [0, 1, 3, 4]
    """
    count = np.bincount(parent)
    several = np.flatnonzero(count > 1)
    if count[several].sum() > _ENOUGH:
        shuffled = rng.permutation(several)
        enough = int(np.searchsorted(np.cumsum(count[shuffled]), _ENOUGH)) + 1
        several = shuffled[:enough]
    return np.flatnonzero(np.isin(parent, several))
