"""Linear effects on the logit of single places and contests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from turnout.arrays import Floats


@dataclass(frozen=True)
class LinearEffect:
    """One column of a linear effect with its normal prior.

    Parameters
    ----------
    name
        What the column is.
    values
        (nodes, contests) of a panel: the covariate, 0 where it does not apply. Rows of inner
        nodes hold what applies to a total of theirs.
    mean, sd
        Prior of the coefficient (logit per unit of the covariate).
    of_turnout
        Whether it is part of turnout itself; an offset of how turnout was measured is not, and
        does not enter a forecast.
    unit
        How much of the covariate, in its own units, 1 in `values` is.
    """

    name: str
    values: Floats
    mean: float
    sd: float
    of_turnout: bool = True
    unit: float = 1.0


def effect_priors(
    effects: Sequence[LinearEffect],
) -> tuple[Floats, Floats]:
    """Return prior means and standard deviations of linear effects."""
    return (
        np.array([effect.mean for effect in effects], dtype=np.float64),
        np.array([effect.sd for effect in effects], dtype=np.float64),
    )
