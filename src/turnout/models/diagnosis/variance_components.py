"""The variances of every level of the tree, in logit and in points of turnout."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.areas import Panel, past_turnout
from turnout.arrays import Floats
from turnout.models.tree.kernels import TERMS, memory_of, size_of, size_of_day
from turnout.models.tree.predictive import Predictive


def variance_components(predictive: Predictive) -> pd.DataFrame:
    """Return the standard deviation of every part of every level's variance.

    Parameters
    ----------
    predictive
        The coming election.

    Returns
    -------
    pandas.DataFrame
        scale, component (one of `kernels.COMPONENTS`; where polling days differ in how large their
        shock is, it is the coming one's), integrated (whether the level's variances
        are integrated, else they are fitted), sd (logit) with sd_lower and sd_upper, the same as
        points, points_lower and points_upper (share of turnout, near the usual turnout), memory
        (years after which a drift has faded to 37%) and turnout (what is usual). An integrated
        level has its posterior mean and 90% interval, a fitted one no interval.
    """
    panel, state = predictive.panel, predictive.state
    usual = usual_turnout(panel)
    coming = int(state.kernel.day[predictive.contest])
    draws = state.by_level(state.posterior.draws)
    rows = []
    for level, scale in enumerate(panel.scales):
        integrated = level in draws
        logs = draws[level] if integrated else state.fixed[level][None]
        weights = state.posterior.weights if integrated else np.ones(1)
        memory = float(weights @ memory_of(logs))
        for term in TERMS:
            sds = size_of(term.name, logs)
            if term.source == "shock":
                sds = sds * size_of_day(coming, logs)
            if not sds.any():
                continue
            lower, upper = weighted_quantiles(sds, weights) if integrated else (np.nan, np.nan)
            rows.append(
                {
                    "scale": scale,
                    "component": term.name,
                    "integrated": integrated,
                    "sd": float(weights @ sds),
                    "sd_lower": lower,
                    "sd_upper": upper,
                    "memory": memory if term.fades else np.nan,
                }
            )
    table = pd.DataFrame(rows)
    slope = usual * (1 - usual)
    for name in ("", "_lower", "_upper"):
        table[f"points{name}"] = slope * table[f"sd{name}"]
    return table.assign(turnout=usual)


def usual_turnout(panel: Panel) -> float:
    """Return the mean past turnout of the whole (share)."""
    past = past_turnout(panel)
    return float(past.loc[past["scale"] == panel.scales[0], "turnout"].mean())


def weighted_quantiles(
    values: Floats, weights: Floats, probabilities: tuple[float, ...] = (0.05, 0.95)
) -> Floats:
    """Return quantiles of weighted values.

    >>> weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.02, 0.9, 0.08])).tolist()
    [1.0, 2.0]
    """
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return values[order][np.searchsorted(reached, probabilities).clip(max=len(values) - 1)]
