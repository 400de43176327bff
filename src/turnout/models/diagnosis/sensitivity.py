"""How much a forecast depends on its prior."""

from __future__ import annotations

import pandas as pd

from turnout.elections import Election
from turnout.forecast import Forecast
from turnout.levels import USUAL, with_median
from turnout.models.tree.model import FittedHierarchical

FACTORS = (0.5, 1.0, 2.0)
"""Factors on all prior standard deviations between elections."""


def prior_sensitivity(
    fitted: FittedHierarchical,
    election: Election,
    *,
    roll: pd.DataFrame | None = None,
    goal: float | None = None,
    draws: int = 4000,
    seed: int = 1,
) -> pd.DataFrame:
    """Return the forecast of the whole under priors half and twice as wide.

    Every prior standard deviation between elections, at every level, is multiplied; what was
    fitted is fitted again. A forecast that moves much rests on its prior more than on its data.

    Parameters
    ----------
    fitted
        A fitted model, whose own settings are the middle row.
    election
        The coming election.
    roll
        Registered voters per area; the newest contest's when not given.
    goal
        A turnout goal (share).
    draws
        Number of draws.
    seed
        Seed of the draws, the same for all rows.

    Returns
    -------
    pandas.DataFrame
        factor, median, lower and upper (90% interval; shares), and with a goal probability.

    Raises
    ------
    ValueError
        If the goal is not a share.

    Examples
    --------
    >>> from turnout.models.tree.model import HierarchicalModel
    >>> results = pd.DataFrame({"date": ["2013-06-29", "2015-12-09", "2018-06-27"],
    ...     "election_type": "pilkada", "city": "Kota", "registered": 1000,
    ...     "voters": [640, 690, 720]})
    >>> table = prior_sensitivity(HierarchicalModel().fit(results),
    ...                           Election("2024-11-27", "pilkada"), goal=0.8)
    >>> width = table["upper"] - table["lower"]
    >>> table["factor"].tolist(), bool(width.is_monotonic_increasing)
    ([0.5, 1.0, 2.0], True)
    """
    if goal is not None and not 0 < goal <= 1:
        raise ValueError(f"goal must be a share, got {goal:g}; for 86% pass goal=0.86")
    rows = []
    inputs = fitted.inputs
    for factor in FACTORS:
        model = fitted.model.with_scale(factor)
        again = model.fit(inputs.results, outreach=inputs.outreach, crosswalk=inputs.crosswalk)
        forecast = again.forecast(election, roll=roll, draws=draws, seed=seed)
        rows.append({"factor": factor, **whole_of(forecast, goal)})
    return pd.DataFrame(rows)


def whole_of(forecast: Forecast, goal: float | None = None) -> dict[str, float]:
    """Return median, lower and upper (90%; shares) of the whole and, with a goal, probability."""
    whole = forecast.at(forecast.top)
    lower, median, upper = whole.quantiles(with_median(USUAL))[:, 0]
    row = {"median": float(median), "lower": float(lower), "upper": float(upper)}
    return row if goal is None else {**row, "probability": float(whole.reached(goal)[0])}
