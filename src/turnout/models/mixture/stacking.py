"""Weights of a mixture of forecasts, by the CRPS that it would have had.

The CRPS of a mixture is quadratic in its weights: sum w_k E|X_k - y| - 1/2 sum w_k w_l
E|X_k - X_l|. Its minimum over past elections stacks the models (Yao, Vehtari, Simpson & Gelman
2018, Bayesian Analysis 13, 917-1007, for the log score); few elections say little of it, so the
weights are drawn towards equal ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, minimize

from turnout.arrays import Floats
from turnout.forecast import Forecast
from turnout.outcomes import actual_counts


@dataclass(frozen=True)
class Divergence:
    """What the CRPS of any mixture of forecasts of one election is made of.

    Parameters
    ----------
    from_actual
        Mean distance of each model's draws from what happened, scales x models.
    from_another
        Mean distance of two models' draws from each other, scales x models x models.
    """

    from_actual: Floats
    from_another: Floats

    def crps(self, weights: Floats) -> Floats:
        """Return the CRPS of the mixture with these weights, per scale."""
        spread = np.einsum("skl,k,l->s", self.from_another, weights, weights)
        result: Floats = self.from_actual @ weights - spread / 2
        return result


def divergence(forecasts: Sequence[Forecast], actual: pd.DataFrame) -> Divergence:
    """Compare the forecasts of one election with what happened, for the finest scale and the whole.

    A scale of which no result is known is left out.

    Parameters
    ----------
    forecasts
        One per model, of the same places, with equally many draws.
    actual
        Results of the election, in canonical form.
    """
    first = forecasts[0]
    models = len(forecasts)
    from_actual, from_another = [], []
    for scale in dict.fromkeys((first.scale, first.scales[-1])):
        views = [one.at(scale) for one in forecasts]
        counts = actual_counts(views[0].places, scale, first.places, actual)
        if (counts[0] > 0).any():
            distances = _at_scale(views, *counts)
            from_actual.append(distances[0])
            from_another.append(distances[1])
    return Divergence(
        np.reshape(from_actual, (-1, models)), np.reshape(from_another, (-1, models, models))
    )


def stack(past: Sequence[Divergence], models: int, equal_elections: float) -> Floats:
    """Return the weights that would have been best, drawn towards equal ones.

    Every election counts by its CRPS relative to that of equal weights; moving all weight to one
    model costs what `equal_elections` elections with a doubled CRPS cost.

    Parameters
    ----------
    past
        Past elections.
    models
        How many models there are.
    equal_elections
        How many elections the equal weights count.

    Examples
    --------
    >>> stack([], 2, 10.0)
    array([0.5, 0.5])
    """
    equal = np.full(models, 1 / models)
    if not past:
        return equal

    def cost(weights: Floats) -> float:
        relative = [(one.crps(weights) / one.crps(equal)).mean() for one in past]
        return float(sum(relative) + equal_elections * ((weights - equal) ** 2).sum())

    sum_to_one = LinearConstraint(np.ones(models), 1, 1)
    found = minimize(cost, equal, method="SLSQP", bounds=Bounds(0, 1), constraints=sum_to_one)
    weights: Floats = np.clip(found.x, 0, 1)
    return weights / weights.sum()


def _at_scale(
    views: Sequence[Forecast], registered: Floats, voters: Floats
) -> tuple[Floats, Floats]:
    """Return the mean distances at one scale, weighted by registered voters."""
    known = registered > 0
    share = np.minimum(voters, registered)[known] / registered[known]
    weights = registered[known] / registered[known].sum()
    draws = [view.draws[:, known].astype(float) for view in views]
    from_actual = np.array([np.abs(one - share).mean(axis=0) @ weights for one in draws])
    return from_actual, np.array(
        [[_distance(one, other, weights) for other in draws] for one in draws]
    )


def _distance(one: Floats, other: Floats, weights: Floats) -> float:
    """Return the mean distance of independent draws of two models."""
    # Every draw meets the next few of the other model, never itself.
    shifts = range(1, min(21, len(one)))
    return float(
        np.mean(
            [np.abs(one - np.roll(other, shift, axis=0)).mean(axis=0) @ weights for shift in shifts]
        )
    )
