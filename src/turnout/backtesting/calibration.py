"""Is the stated uncertainty right? Coverage and PIT of a backtest, election by election."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout import scores
from turnout.backtesting.coverage import coverage_by
from turnout.backtesting.result import Backtest

_FIFTHS = 5


def coverage_table(backtest: Backtest, model: str) -> pd.DataFrame:
    """Return how often a model's intervals held, at every scale.

    Places of one election share its shock, so each election counts as one: its coverage is the
    share of its places, and the mean over elections is taken.

    Returns
    -------
    pandas.DataFrame
        scale (finest first, the whole last), is_top, level, elections, coverage, days (of
        polling), and, for the whole, lower and upper of the 95% Clopper-Pearson interval (NaN for
        other scales), which counts days: contests of one day share its shock.
    """
    rows = _of_model(backtest, model)
    table = coverage_by(rows, ["order", "scale", "is_top", "level"]).sort_index().reset_index()
    table[["lower", "upper"]] = table[["lower", "upper"]].where(table["is_top"])
    named = table.rename(columns={"n": "elections", "share": "coverage"})
    columns = ["scale", "is_top", "level", "elections", "coverage", "days", "lower", "upper"]
    return named[columns]


def pit_table(backtest: Backtest, model: str) -> pd.DataFrame:
    """Return in which fifth of its forecast the actual turnout fell, at every scale.

    Returns
    -------
    pandas.DataFrame
        scale (finest first), is_top, fifth (1 the lowest to 5), elections, share: the mean over
        elections of the share of places; 0.2 each if the forecasts are calibrated.
    """
    rows = _of_model(backtest, model)
    rows = rows[rows["level"] == scores.LEVELS[-1]]
    fifth = np.minimum((rows["pit"] * _FIFTHS).astype(int), _FIFTHS - 1) + 1
    counts = pd.crosstab(
        [rows["order"], rows["scale"], rows["is_top"], rows["contest"]], fifth, normalize="index"
    ).reindex(columns=range(1, _FIFTHS + 1), fill_value=0.0)
    groups = counts.groupby(level=[0, 1, 2])
    means = groups.mean().assign(elections=groups.size()).reset_index()
    keys = ["order", "scale", "is_top", "elections"]
    long = means.melt(keys, range(1, _FIFTHS + 1), var_name="fifth", value_name="share")
    long = long.sort_values(["order", "fifth"], kind="stable", ignore_index=True)
    return long.drop(columns="order")


def _of_model(backtest: Backtest, model: str) -> pd.DataFrame:
    """Return a model's forecasts with the contest and the order of the scale, finest first."""
    rows = backtest.forecasts
    rows = rows[rows["model"] == backtest.model_named(model)]
    if rows.loc[rows["is_top"], "scale"].nunique() > 1:
        # The whole is a city in one panel and a total in another.
        rows = rows.assign(scale=rows["scale"].mask(rows["is_top"], "total"))
    order = {scale: place for place, scale in enumerate(_ORDER)}
    return rows.assign(
        contest=rows["panel"] + " " + rows["election"],
        order=rows["scale"].map(order),
    )


_ORDER = ("area", "district", "city", "province", "nation", "total")
