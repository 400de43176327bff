r"""What the gaps of successive splits share: intrinsic coregionalization.

Groups g are taken to deviate independently and alike, :math:`\eta_g \sim N(0, v)`, in whatever way
a place or a contest deviates. The gap of a group to those that are split off after it is then

.. math:: d_k = \eta_k - \sum_{j > k} w_{kj} \eta_j,

w being their shares of the registered, and the correlation of two gaps that of these contrasts.
It is the same for places, contests and what is left (Goovaerts 1997, Geostatistics for Natural
Resources Evaluation, section 4.2.3), so the normal numbers behind the draws carry it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from turnout.arrays import Floats


def correlation_of_splits(registered: Floats) -> Floats:
    """Return the correlation of the gaps of successive splits, (groups - 1, groups - 1).

    Parameters
    ----------
    registered
        Registered of every group, in the order in which they are split off.

    Examples
    --------
    >>> correlation_of_splits(np.array([1.0, 1.0, 1.0]))  # w = 1/2: nothing is shared
    array([[1., 0.],
           [0., 1.]])
    >>> correlation_of_splits(np.array([20.0, 60.0, 20.0])).round(2)
    array([[ 1.  , -0.28],
           [-0.28,  1.  ]])
    """
    groups = len(registered)
    contrasts = np.eye(groups)[:-1]
    for row in range(groups - 1):
        later = np.maximum(registered[row + 1 :], 1e-9)
        contrasts[row, row + 1 :] = -later / later.sum()
    covariance = contrasts @ contrasts.T
    sd = np.sqrt(np.diag(covariance))
    correlation: Floats = covariance / np.outer(sd, sd)
    return correlation


@dataclass(frozen=True)
class Normals:
    """A source of normal numbers that are correlated with those of other splits.

    Splits that ask for numbers of the same shapes in the same order get correlated ones.

    Parameters
    ----------
    weights
        The split's row of the root of the correlation.
    streams
        One source per split, each at its beginning.
    """

    weights: Floats
    streams: Sequence[np.random.Generator]

    @classmethod
    def of_splits(cls, correlation: Floats, rng: np.random.Generator) -> list[Normals]:
        """Return a source for every split."""
        root = np.linalg.cholesky(correlation)
        seeds = rng.integers(2**63, size=len(root))
        return [
            cls(row[: number + 1], [np.random.default_rng(seed) for seed in seeds[: number + 1]])
            for number, row in enumerate(root)
        ]

    def draw(self, shape: tuple[int, ...]) -> Floats:
        """Return the next normal numbers, of this shape."""
        total = np.zeros(shape)
        for weight, stream in zip(self.weights, self.streams, strict=True):
            total += weight * stream.standard_normal(shape)
        return total
