"""Counts that are estimates: what their stated range adds to the variance of their logit."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from turnout.arrays import Floats

RANGE_LEVEL = 0.9
"""How often the truth lies in a range that is given with an estimate."""


def range_variance(low: Floats, high: Floats, registered: Floats) -> Floats:
    r"""Return the variance (logit) of voters that are known to lie in a range; 0 without one.

    The range is read as the 90% interval of a normal distribution on the logit scale
    (docs/model.md, section 9):

    .. math:: v = \left(\frac{\operatorname{logit}(high / n) - \operatorname{logit}(low / n)}
              {2 \cdot 1.645}\right)^2

    Parameters
    ----------
    low, high
        Ends of the range, counts; NaN where none is given.
    registered
        Registered voters, counts.

    Examples
    --------
    >>> low, high = np.array([600.0, np.nan]), np.array([800.0, np.nan])
    >>> range_variance(low, high, np.array([1000.0, 1000.0])).round(4).tolist()
    [0.0886, 0.0]
    """
    ends = [np.clip(end, 0.0, registered) + 0.5 for end in (low, high)]
    lower, upper = (np.log(end / (registered + 1.0 - end)) for end in ends)
    width = 2 * norm.ppf((1 + RANGE_LEVEL) / 2)
    return np.nan_to_num(((upper - lower) / width) ** 2)
