"""How often intervals held, and what that says of their true coverage."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from turnout import scores
from turnout.backtesting.comparison import held


def coverage_by(forecasts: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return how often intervals held, contest by contest, for every group of rows.

    Places of one contest share its shock, so a contest counts once, as the share of its places
    whose interval held. Contests of one day share most of theirs, so the interval of the true
    coverage counts days, each as the mean of its contests.

    Parameters
    ----------
    forecasts
        Rows of `Backtest.forecasts`.
    keys
        Their columns that tell the groups apart.

    Returns
    -------
    pandas.DataFrame
        Indexed by `keys`: k of n contests held, share (k / n), days, and lower and upper, the
        ends of the 95% Clopper-Pearson interval of the true coverage, as shares.
    """
    groups = list(keys)
    inside = forecasts.assign(held=held(forecasts))
    of_day = list(dict.fromkeys([*groups, "panel", "date"]))
    contests = inside.groupby([*of_day, "election"], sort=False)["held"].mean()
    days = contests.groupby(level=of_day, sort=False).mean()
    table = contests.groupby(level=groups, sort=False).agg(k="sum", n="size")
    trials = days.groupby(level=groups, sort=False).agg(k="sum", n="size").reindex(table.index)
    lower, upper = scores.clopper_pearson(trials["k"], trials["n"])
    share = table["k"] / table["n"]
    return table.assign(share=share, days=trials["n"], lower=lower, upper=upper)
