"""The tables behind the figures: what is drawn, as numbers that can be tested."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.goals import Goal, GoalCheck, check_goal
from turnout.language import Language, Text
from turnout.schema import PLACE_COLUMNS

GoalLike = Goal | GoalCheck | None


def check_of(forecast: Forecast, goal: GoalLike) -> GoalCheck | None:
    """Return the goal check that `goal` is or asks for; None without a goal."""
    if goal is None or isinstance(goal, GoalCheck):
        return goal
    return check_goal(forecast, goal)


def scale_below_top(forecast: Forecast) -> str:
    """Return the coarsest scale that has several places: districts of a city, cities of a nation.

    Raises
    ------
    TurnoutError
        If the forecast is of a single place.
    """
    several = [scale for scale in forecast.scales if len(forecast.at(scale).places) > 1]
    if not several:
        raise TurnoutError(_ONE_PLACE)
    return several[-1]


def place_labels(view: Forecast, lang: Language = "en") -> list[str]:
    """Return the places' names; those that several bear with the name of the place above."""
    names = view.names(lang)
    columns = [name for name in PLACE_COLUMNS if name in view.places]
    if view.scale not in columns or columns.index(view.scale) == 0:
        return names
    above = view.places[columns[columns.index(view.scale) - 1]]
    repeated = pd.Series(names).duplicated(keep=False)
    return [
        f"{name} ({parent})" if twice and isinstance(parent, str) else name
        for name, parent, twice in zip(names, above, repeated, strict=True)
    ]


def ranked_places(
    forecast: Forecast, by: str, check: GoalCheck | None = None, lang: Language = "en"
) -> pd.DataFrame:
    """Return the places of a scale from the highest median to the lowest.

    Returns
    -------
    pandas.DataFrame
        rank (from 1), name, registered, median, lower_50, upper_50, lower_90, upper_90,
        last_same_type (shares), contests (how many past ones are known; NaN if not told), goal
        and probability (NaN without a goal), own_goal.
    """
    view = forecast.at(by)
    quantiles = view.quantiles([0.05, 0.25, 0.5, 0.75, 0.95])
    names = ["lower_90", "lower_50", "median", "upper_50", "upper_90"]
    places = view.places.reset_index(drop=True)
    table = pd.DataFrame(dict(zip(names, quantiles, strict=True)))
    table.insert(0, "name", place_labels(view, lang))
    table.insert(1, "registered", places["registered"].to_numpy(float))
    for column in ("last_same_type", "contests"):
        table[column] = places[column].to_numpy(float) if column in places else np.nan
    table["goal"], table["own_goal"], table["probability"] = np.nan, False, np.nan
    if check is not None:
        rows = first_goals(check, by)
        for column in ("goal", "own_goal", "probability"):
            table[column] = rows[column].to_numpy()
    table = table.sort_values(["median", "name"], ascending=[False, True], ignore_index=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return table


def first_goals(check: GoalCheck, scale: str) -> pd.DataFrame:
    """Return a goal check's rows of one scale: the place's own goal, or else the first."""
    table = check.table[check.table["scale"] == scale]
    return table[table["own_goal"] | (table["goal"] == check.goals[0])].reset_index(drop=True)


def ends_of(ranked: pd.DataFrame, most: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split a ranking into the rows to show (its two ends) and those in between.

    Parameters
    ----------
    ranked
        Rows in order.
    most
        How many rows can be shown; all are when there are no more.

    Examples
    --------
    >>> shown, between = ends_of(pd.DataFrame({"rank": range(1, 8)}), most=4)
    >>> shown["rank"].tolist(), between["rank"].tolist()
    ([1, 2, 6, 7], [3, 4, 5])
    """
    if len(ranked) <= most:
        return ranked, ranked.iloc[:0]
    top = (most + 1) // 2
    last = len(ranked) - (most - top)
    return pd.concat([ranked.iloc[:top], ranked.iloc[last:]]), ranked.iloc[top:last]


def density(draws: NDArray[np.floating], points: int = 400) -> pd.DataFrame:
    """Return a smooth density of draws of a share, columns turnout and density.

    A Gaussian kernel on the logit scale, so that nothing lies below 0% or above 100%, with
    Silverman's robust bandwidth [1]_.

    References
    ----------
    .. [1] Silverman (1986), Density Estimation for Statistics and Data Analysis, eq. 3.31.
    """
    shares = np.clip(np.asarray(draws, dtype=float), 1e-4, 1 - 1e-4)
    logits = np.log(shares / (1 - shares))
    quartiles = np.quantile(logits, [0.25, 0.75])
    spreads = [spread for spread in (logits.std(), np.ptp(quartiles) / 1.349) if spread > 0]
    # Without any spread a narrow peak is shown: two hundredths of a logit is half a point.
    width = 0.9 * min(spreads) * len(logits) ** -0.2 if spreads else 0.02
    low, high = np.quantile(logits, [0.001, 0.999])
    grid = np.linspace(low - 3 * width, high + 3 * width, points)
    distances = (grid[:, None] - logits) / width
    kernel = np.exp(-0.5 * distances**2).mean(axis=1) / (width * np.sqrt(2 * np.pi))
    turnout = 1 / (1 + np.exp(-grid))
    return pd.DataFrame({"turnout": turnout, "density": kernel / (turnout * (1 - turnout))})


_ONE_PLACE = Text(
    en="This forecast is of a single place, so there is nothing to compare it with. Use "
    "plot_total or plot_history.",
    id="Prakiraan ini hanya memuat satu wilayah, sehingga tidak ada pembandingnya. Gunakan "
    "plot_total atau plot_history.",
)
