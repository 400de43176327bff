"""Priors of the root, where few elections must teach a lot (docs/model.md, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.models.tree.kernels import PARAMETERS
from turnout.models.tree.variances import LevelPrior


@dataclass(frozen=True)
class LogNormal:
    """Prior of a size: its median, and the standard deviation of its log."""

    median: float
    log_sd: float


@dataclass(frozen=True)
class TopPrior:
    """Prior of the root.

    Parameters
    ----------
    mean, mean_sd
        Normal prior of the long-run mean turnout (logit) of an office of middling height.
    sizes
        Log-normal priors of the standard deviations (logit) of `kernels.COMPONENTS` after
        ``lasting`` (the root's is part of the mean), by name, and of the ``memory`` (years).
    tail
        Log-sd of how much larger or smaller than usual a single polling day's shock is: the odd
        contest must not pass for a change of level or for large shocks everywhere.
    kind, kind_sd
        Normal prior of how much higher (logit) turnout is per unit of the kind of office's score
        (`turnout.kinds.SCORES`).
    unknown_kind_sd
        Standard deviation (logit) of what a type draws whose kind of office nobody knows.
    walk
        Standard deviation (logit) of the root's random walk after one year.
    """

    mean: float
    mean_sd: float
    sizes: Mapping[str, LogNormal] = field(hash=False)
    tail: float
    kind: float = 0.7
    kind_sd: float = 0.3
    unknown_kind_sd: float = 0.23
    walk: float = 0.04

    def __post_init__(self) -> None:
        needed = set(PARAMETERS) - {"lasting"}
        if set(self.sizes) != needed:
            raise ValueError(
                f"a prior of the root has the sizes {', '.join(sorted(needed))}; got "
                f"{', '.join(sorted(self.sizes))}."
            )

    def level(self, days: int) -> LevelPrior:
        """Return the prior of the root's parameters for contests on so many polling days.

        Its lasting part is switched off: it is part of the mean.
        """
        own = [self.sizes.get(name, _OFF) for name in PARAMETERS]
        with np.errstate(divide="ignore"):
            center = np.log([size.median for size in own])
        spread = np.array([size.log_sd for size in own])
        return LevelPrior(
            np.append(center, np.zeros(days)), np.append(spread, np.full(days, self.tail))
        )


_OFF = LogNormal(0.0, 0.0)

DEFAULT = TopPrior(
    mean=0.62,
    mean_sd=0.6,
    sizes={
        "type": LogNormal(0.15, 0.6),
        "type_group": LogNormal(0.1, 0.6),
        "drift": LogNormal(0.2, 0.6),
        "type_drift": LogNormal(0.15, 0.6),
        "shock": LogNormal(0.08, 0.7),
        "memory": LogNormal(50.0, 0.6),
    },
    tail=0.8,
)
"""Of any country's elections (docs/accuracy.md, "The tree's top" and "Types never seen").

A type's own deviations are half of what they would have to be without the kind of office, which
explains the rest of how types differ.
"""

INDONESIA = TopPrior(
    mean=1.14,
    mean_sd=0.28,
    sizes={
        "type": LogNormal(0.066, 0.4),
        "type_group": LogNormal(0.048, 0.4),
        "drift": LogNormal(0.32, 0.4),
        "type_drift": LogNormal(0.17, 0.4),
        "shock": LogNormal(0.10, 0.4),
        "memory": LogNormal(30.0, 0.6),
    },
    tail=0.5,
    kind=0.45,
    kind_sd=0.09,
)
"""For one Indonesian kabupaten or kota, learned from what was known on 13 November 2024.

Sources: turnout of 507 kabupaten and kota in the Pemilu of 2014, 2019 and February 2024 and, where
known, the Pilkada of 2015 (283), 2017 (12), 2018 (4) and 2020 (51), data/indonesia/turnout.csv; the
nation's in twelve contests from 2004 to February 2024. A Pilkada draws 0.32 logit (6 points) less
than the Pemilu around it: 0.35, 0.20, 0.34 and 0.35 in the four years, with a spread of 0.34 across
places, of which places keep half. Method: benchmarks/priors_indonesia.py; docs/model.md,
"Indonesia".
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
    1.14
    """
    if name not in PRIORS:
        raise TurnoutError(_UNKNOWN, name=name, known=", ".join(PRIORS))
    return PRIORS[name]


_UNKNOWN = Text(
    en="There is no prior '{name}'. Choose one of: {known}.",
    id="Tidak ada prior '{name}'. Pilih salah satu: {known}.",
)
