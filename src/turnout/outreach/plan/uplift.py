"""How much turnout every area would have to gain for the whole to reach a goal: three rules."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, logit

from turnout.arrays import Floats
from turnout.forecast import Forecast
from turnout.schema import PLACE_COLUMNS


def required_uplift(forecast: Forecast, goal: float) -> pd.DataFrame:
    """Share a goal out among the areas by three rules.

    Every area starts from its turnout in those draws in which the whole comes out at its median,
    so that equal shifts and shares of non-voters add up to the goal exactly.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        Goal for the whole, a share.

    Returns
    -------
    pandas.DataFrame
        One row per place of the forecast: expected (share), uplift_equal_shift (every area moves
        by the same logit), uplift_non_voters (every area wins the same share of its non-voters),
        uplift_own_best (every area comes back to its best past turnout of the same type, or of
        the type's family where none is known; zero where it is there, NaN without any), all as
        differences of shares. A goal that is met needs no uplift.

    Examples
    --------
    >>> from turnout.elections import Election
    >>> places = pd.DataFrame({"area": ["A", "B"], "registered": [100.0, 100.0]})
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places,
    ...                     np.tile([[0.5, 0.7]], (20, 1)), "area")
    >>> required_uplift(forecast, 0.7)["uplift_non_voters"].round(3).tolist()
    [0.125, 0.075]
    """
    registered = forecast.places["registered"].to_numpy(float)
    weights = registered / registered.sum()
    start = _at_median(forecast, weights)
    level = float(weights @ start)
    gap = max(0.0, goal - level)
    shift = _shift(start, weights, goal) if gap > 0 else 0.0
    best = _own_best(forecast)
    return pd.DataFrame(
        {
            "expected": start,
            "uplift_equal_shift": expit(logit(_inside(start)) + shift) - _inside(start),
            "uplift_non_voters": (1 - start) * gap / (1 - level) if level < 1 else 0.0,
            "uplift_own_best": np.maximum(best - start, 0.0),
        }
    )


def _at_median(forecast: Forecast, weights: Floats) -> Floats:
    """Return the places' mean turnout where the whole is at its median, moved to fit exactly."""
    whole = forecast.draws @ weights
    order = np.argsort(whole, kind="stable")
    cut = (9 * len(order)) // 20
    central = order[cut : len(order) - cut]
    mean = forecast.draws[central].mean(axis=0, dtype=np.float64)
    return np.asarray(mean + np.median(whole) - weights @ mean)


def _shift(start: Floats, weights: Floats, goal: float) -> float:
    inside = logit(_inside(start))
    return float(brentq(lambda move: weights @ expit(inside + move) - goal, 0.0, 50.0))


def _inside(share: Floats) -> Floats:
    return np.clip(share, 1e-6, 1 - 1e-6)


def _own_best(forecast: Forecast) -> Floats:
    """Return every place's best past turnout of the election's type, else of its family."""
    past = forecast.history
    best = np.full(len(forecast.places), np.nan)
    if past.empty:
        return best
    past = past[past["scale"] == forecast.scale]
    columns = [name for name in (*PLACE_COLUMNS, "area_id") if name in forecast.places]
    places, keys = _keys(forecast.places, columns), _keys(past, columns)
    for column, wanted in (
        ("type_group", forecast.election.type_group),
        ("election_type", forecast.election.election_type),
    ):
        same = (past[column] == wanted).to_numpy()
        tops = past.loc[same, "turnout"].groupby(keys[same]).max()
        found = tops.reindex(places).to_numpy(float)
        best = np.where(np.isnan(found), best, found)
    return best


def _keys(table: pd.DataFrame, columns: list[str]) -> NDArray[np.str_]:
    parts = table[columns].astype("object").fillna("").astype(str)
    return parts.agg("|".join, axis=1).to_numpy(dtype=str)
