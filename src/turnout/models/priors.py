"""Priors of the top of the tree, where few elections must teach a lot (MODEL.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turnout.models.kernels import COMPONENTS
from turnout.models.variances import LevelPrior


@dataclass(frozen=True)
class TopPrior:
    """Prior of the root: its mean and, per part of its variance, median and log-sd.

    Parameters
    ----------
    mean, mean_sd
        Normal prior of the long-run mean turnout (logit).
    medians, log_sds
        Log-normal priors of the standard deviations (logit) of `kernels.COMPONENTS` after
        ``lasting`` (the root's is part of the mean), then of the memory (years).
    tail
        Log-sd of how much larger or smaller than usual a single polling day's shock is: the odd
        contest must not pass for a change of level or for large shocks everywhere.
    """

    mean: float
    mean_sd: float
    medians: tuple[float, ...]
    log_sds: tuple[float, ...]
    tail: float

    def level(self, days: int) -> LevelPrior:
        """Return the prior of the root's parameters for contests on so many polling days.

        Its lasting part is switched off: it is part of the mean.
        """
        center = np.append(-np.inf, np.log(self.medians))
        if len(center) != len(COMPONENTS) + 1:
            raise ValueError(f"{len(COMPONENTS)} medians are needed, got {len(self.medians)}")
        spread = np.append(0.0, self.log_sds)
        return LevelPrior(
            np.append(center, np.zeros(days)), np.append(spread, np.full(days, self.tail))
        )


DEFAULT = TopPrior(
    mean=0.62,
    mean_sd=0.6,
    medians=(0.3, 0.2, 0.2, 0.2, 0.08, 50.0),
    log_sds=(0.8, 0.8, 0.6, 0.8, 0.7, 0.6),
    tail=0.8,
)
"""Type, type group, drift, drift within the type, shock, memory."""
