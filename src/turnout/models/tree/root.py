"""What the root has of its own: its mean, the kind of office, and a random walk.

All three are Gaussian with stated sizes and enter exactly: the mean is what logits are measured
from, the rest is added to the root's covariance (docs/model.md, section 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turnout.arrays import Floats
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.priors import TopPrior

SOURCES = {"level": "type", "kind": "type", "walk": "drift"}
"""What each term of the root is to a reader who asks where uncertainty comes from."""


@dataclass(frozen=True)
class RootProcess:
    """The prior of the root's values that needs no integration.

    Parameters
    ----------
    mean
        (contests,) prior mean, logit: the long-run mean and the kind of office's.
    terms
        By the names of `SOURCES`, what each adds to the covariance, (contests, contests).
    """

    mean: Floats
    terms: dict[str, Floats]

    @classmethod
    def of(cls, prior: TopPrior, kernel: ContestKernel, scale: float = 1.0) -> RootProcess:
        """Return the root's process for some contests.

        Parameters
        ----------
        prior
            Prior of the root.
        kernel
            The contests.
        scale
            Factor on the standard deviations between elections.
        """
        score, years = kernel.kinds.score, kernel.years
        unknown = np.outer(~kernel.kinds.known, ~kernel.kinds.known)
        slope, own, walk = scale * np.array([prior.kind_sd, prior.unknown_kind_sd, prior.walk])
        return cls(
            prior.mean + prior.kind * score,
            {
                "level": np.full_like(kernel.gap, prior.mean_sd**2),
                "kind": slope**2 * np.outer(score, score) + own**2 * unknown * kernel.same_type,
                "walk": walk**2 * np.minimum.outer(years, years),
            },
        )

    @property
    def covariance(self) -> Floats:
        """What all terms add to the covariance of the root, (contests, contests)."""
        return np.asarray(sum(self.terms.values()))
