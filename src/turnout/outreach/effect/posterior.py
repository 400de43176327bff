"""Prior and data put together: precision-weighted, with the bias that places were chosen with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import block_diag

from turnout.arrays import Floats
from turnout.models.monte_carlo import symmetric_root


@dataclass(frozen=True)
class EffectPosterior:
    """The effects of all kinds of activity, jointly normal.

    Parameters
    ----------
    kinds
        Names of the kinds.
    mean
        Change of the logit per unit of dose.
    covariance
        Kinds x kinds.
    """

    kinds: tuple[str, ...]
    mean: Floats
    covariance: Floats

    @property
    def sd(self) -> Floats:
        """Standard deviation of every kind's effect."""
        return np.sqrt(np.diag(self.covariance))

    def of(self, kinds: Sequence[str]) -> EffectPosterior:
        """Return the effects of some kinds, in their order.

        Raises
        ------
        ValueError
            If a kind is unknown.
        """
        unknown = [kind for kind in kinds if kind not in self.kinds]
        if unknown:
            raise ValueError(f"no effect is known of the kinds {', '.join(unknown)}")
        rows = [self.kinds.index(kind) for kind in kinds]
        return EffectPosterior(tuple(kinds), self.mean[rows], self.covariance[np.ix_(rows, rows)])

    def joined(self, other: EffectPosterior) -> EffectPosterior:
        """Return the effects of this and of `other`, independent of each other."""
        return EffectPosterior(
            (*self.kinds, *other.kinds),
            np.concatenate([self.mean, other.mean]),
            block_diag(self.covariance, other.covariance),
        )

    def draw(self, count: int, rng: np.random.Generator) -> Floats:
        """Return `count` joint draws, draws x kinds."""
        # Options of one kind share its effect, so the covariance may be singular.
        root = symmetric_root(self.covariance)
        return np.asarray(self.mean + rng.standard_normal((count, len(self.mean))) @ root)


def combine(
    kinds: Sequence[str], prior: tuple[Floats, Floats], data: tuple[Floats, Floats], bias_sd: Floats
) -> EffectPosterior:
    """Weigh priors and data by their precision.

    Parameters
    ----------
    kinds
        Names of the kinds.
    prior
        Mean and standard deviation per kind.
    data
        Estimate per kind and its covariance.
    bias_sd
        Standard deviation of the bias of each kind's data, in logit per unit of dose.

    Examples
    --------
    Data as precise as the prior count half; a bias makes them count less:

    >>> prior, data = (np.array([0.08]), np.array([0.1])), (np.zeros(1), np.array([[0.01]]))
    >>> [combine(["talk"], prior, data, np.array([bias])).mean.round(3).item()
    ...  for bias in (0.0, 0.2)]
    [0.04, 0.067]
    """
    told = np.linalg.inv(data[1] + np.diag(bias_sd**2))
    known = np.diag(1 / prior[1] ** 2)
    covariance = np.linalg.inv(told + known)
    mean = covariance @ (told @ data[0] + known @ prior[0])
    return EffectPosterior(tuple(kinds), np.asarray(mean, float), np.asarray(covariance, float))
