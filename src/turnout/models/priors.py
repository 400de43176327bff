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
    """

    mean: float
    mean_sd: float
    medians: tuple[float, ...]
    log_sds: tuple[float, ...]

    def level(self) -> LevelPrior:
        """Return the prior of the root's parameters; its lasting part is switched off."""
        center = np.append(-np.inf, np.log(self.medians))
        if len(center) != len(COMPONENTS) + 1:
            raise ValueError(f"{len(COMPONENTS)} medians are needed, got {len(self.medians)}")
        return LevelPrior(center, np.append(0.0, self.log_sds))


DEFAULT = TopPrior(
    mean=0.62,
    mean_sd=0.8,
    medians=(0.3, 0.2, 0.3, 0.25, 0.12, 30.0),
    log_sds=(0.8, 0.8, 0.6, 0.8, 0.7, 0.6),
)
"""Type, type group, drift, drift within the type, shock, memory."""
