"""Proper scores, coverage and calibration of forecasts: arrays in, arrays out.

Scores are in the units of `actual` (shares, or points where shares were multiplied by 100); lower
is better throughout. Draws lie on axis 0, areas on axis 1, as in `turnout.Forecast.draws`; they
are read in blocks of areas, so that a forecast of 80,000 areas needs no second copy of itself.
"""

from turnout.scores.deviations import deviation_errors, spearman
from turnout.scores.draws import binomial_log_score, crps, pit
from turnout.scores.intervals import (
    LEVELS,
    IntervalParts,
    central_intervals,
    interval_parts,
    interval_score,
    pinball,
    weighted_interval_score,
    wis,
)
from turnout.scores.summaries import bias, brier, clopper_pearson, coverage, mae, width

__all__ = [
    "LEVELS",
    "IntervalParts",
    "bias",
    "binomial_log_score",
    "brier",
    "central_intervals",
    "clopper_pearson",
    "coverage",
    "crps",
    "deviation_errors",
    "interval_parts",
    "interval_score",
    "mae",
    "pinball",
    "pit",
    "spearman",
    "weighted_interval_score",
    "width",
    "wis",
]
