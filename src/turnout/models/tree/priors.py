"""Priors of the top of the tree, where few elections must teach a lot (MODEL.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.models.tree.kernels import COMPONENTS
from turnout.models.tree.variances import LevelPrior


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
"""Type, type group, drift, drift within the type, shock, memory: of any country's elections.

The evidence of eight panels from seven countries prefers it to the prototype's prior on every
panel left out in turn (benchmarks/priors.py, docs/accuracy.md).
"""

INDONESIA = TopPrior(
    mean=1.18,
    mean_sd=0.3,
    medians=(0.20, 0.23, 0.35, 0.19, 0.21, 30.0),
    log_sds=(0.6, 0.6, 0.5, 0.6, 0.5, 0.6),
    tail=0.5,
)
"""For one Indonesian kabupaten or kota, learned from what was known on 14 November 2024.

The variances of the nation's turnout since 2004 (DOMAIN.md, part 3) and of about 500 kabupaten and
kota and their provinces in five contests of 2014 to 2019, added (benchmarks/priors.py).
"""

PRIORS = {"default": DEFAULT, "indonesia": INDONESIA}
"""Priors by the names that the command line knows them by."""


def prior_named(name: str) -> TopPrior:
    """Return the prior called `name`.

    Raises
    ------
    TurnoutError
        If there is no such prior.

    Examples
    --------
    >>> prior_named("indonesia").mean
    1.18
    """
    if name not in PRIORS:
        raise TurnoutError(_UNKNOWN, name=name, known=", ".join(PRIORS))
    return PRIORS[name]


_UNKNOWN = Text(
    en="There is no prior '{name}'. Choose one of: {known}.",
    id="Tidak ada prior '{name}'. Pilih salah satu: {known}.",
)
