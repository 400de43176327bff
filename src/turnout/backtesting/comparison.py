"""A forecast beside what happened: every place of every scale, and the scores of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout import scores
from turnout.errors import DataError
from turnout.forecast import Forecast
from turnout.outcomes import NOTHING_IN_COMMON, actual_counts
from turnout.schema import PLACE_COLUMNS

Array = NDArray[np.float64]

COMPARISON_COLUMNS = (
    "scale",
    *PLACE_COLUMNS,
    "area_id",
    "registered",
    "actual",
    "mean",
    "median",
    "error",
    "crps",
    "wis",
    "pit",
    "level",
    "lower",
    "upper",
)

SCORE_COLUMNS = (
    "n",
    "mae",
    "bias",
    "crps",
    "wis",
    "coverage_50",
    "coverage_80",
    "coverage_90",
    "width_90",
    "deviation_mae",
    "deviation_flat",
    "spearman",
)


# Fewer places have no order to speak of.
_FEWEST = 4


def compare(forecast: Forecast, actual: pd.DataFrame, *, seed: int = 1) -> pd.DataFrame:
    """Set a forecast beside what happened.

    A coarser place's actual turnout is its own row where there is one, else the sum of the
    forecast's places in it when all of them are known.

    Parameters
    ----------
    forecast
        The forecast.
    actual
        Results of the same election, in canonical form.
    seed
        Of the random split in the PIT.

    Returns
    -------
    pandas.DataFrame
        One row per place, scale and interval level, with `COMPARISON_COLUMNS`: `registered` is
        the actual count; `actual`, `mean`, `median`, `lower` and `upper` are shares; `error`
        (median minus actual), `crps` and `wis` are points. Places without an actual result are
        left out.

    Raises
    ------
    DataError
        If no place of the forecast is among the results.
    """
    rng = np.random.default_rng(seed)
    views = [forecast.at(scale) for scale in forecast.scales]
    parts = [
        _scored(view, *actual_counts(view.places, view.scale, forecast.places, actual), rng)
        for view in views
    ]
    table = pd.concat(parts, ignore_index=True)
    if table.empty:
        raise DataError(NOTHING_IN_COMMON, n=len(forecast.places))
    return table


def score_table(comparison: pd.DataFrame) -> pd.DataFrame:
    """Sum a comparison up: one row per scale, with `SCORE_COLUMNS`.

    Errors and scores are means weighted by registered voters, in points; coverage is the share of
    places whose interval held, width the mean over places. `deviation_mae` is the error of places
    less the whole, `deviation_flat` that of a flat whole, `spearman` their rank correlation; NaN
    where there are fewer than 4 places.
    """
    rows = []
    for scale, places in comparison.groupby("scale", sort=False):
        single = places[places["level"] == scores.LEVELS[-1]]
        weights = single["registered"].to_numpy(float)
        row: dict[str, object] = {"scale": scale, "n": len(single)}
        row["mae"] = np.average(single["error"].abs(), weights=weights)
        row["bias"] = np.average(single["error"], weights=weights)
        row["crps"] = np.average(single["crps"], weights=weights)
        row["wis"] = np.average(single["wis"], weights=weights)
        for level in scores.LEVELS:
            row[f"coverage_{100 * level:.0f}"] = held(places[places["level"] == level]).mean()
        row["width_90"] = 100 * (single["upper"] - single["lower"]).mean()
        row.update(_deviations(single, weights))
        rows.append(row)
    return pd.DataFrame(rows, columns=["scale", *SCORE_COLUMNS])


def _deviations(places: pd.DataFrame, weights: Array) -> dict[str, float]:
    """Score the places of one scale against each other."""
    if len(places) < _FEWEST:
        return {}
    actual, median = places["actual"].to_numpy(float), places["median"].to_numpy(float)
    error, flat = scores.deviation_errors(100 * actual, 100 * median, weights=weights)
    rank = scores.spearman(actual, median)[0]
    return {"deviation_mae": error, "deviation_flat": flat, "spearman": rank}


def held(comparison: pd.DataFrame) -> pd.Series:
    """Return whether each interval held what happened."""
    return comparison["actual"].between(comparison["lower"], comparison["upper"])


def _scored(
    forecast: Forecast, registered: Array, voters: Array, rng: np.random.Generator
) -> pd.DataFrame:
    """Score the places of one scale whose actual result is known."""
    known = np.flatnonzero(registered > 0)
    draws = forecast.draws[:, known]
    # More voters than registered happens where people vote outside their own area.
    actual = np.minimum(voters[known], registered[known]) / registered[known]
    median, lower, upper = scores.central_intervals(draws, scores.LEVELS)
    places = forecast.places.iloc[known].reindex(columns=[*PLACE_COLUMNS, "area_id"])
    places = places.reset_index(drop=True).astype("object")
    single = places.assign(
        registered=registered[known],
        actual=actual,
        mean=draws.mean(axis=0, dtype=float),
        median=median,
        error=100 * (median - actual),
        crps=100 * scores.crps(actual, draws) if len(known) else np.empty(0),
        wis=100 * scores.wis(actual, draws) if len(known) else np.empty(0),
        pit=scores.pit(actual, draws, rng=rng) if len(known) else np.empty(0),
    )
    single.insert(0, "scale", forecast.scale)
    by_level = [
        single.assign(level=level, lower=low, upper=high)
        for level, low, high in zip(scores.LEVELS, lower, upper, strict=True)
    ]
    return pd.concat(by_level, ignore_index=True)[list(COMPARISON_COLUMNS)]
