"""After the election: the forecast of a run against what happened."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from turnout import scores
from turnout.arrays import Bools, Floats
from turnout.backtesting.doubtful import has_short_roll, is_far_below_past, lacks_stations
from turnout.backtesting.evaluation_words import say_evaluation
from turnout.errors import DataError
from turnout.forecast import Forecast
from turnout.forecast.making import STATIONS
from turnout.identity.spelling import spelled_as
from turnout.language import Language
from turnout.outcomes import (
    NOTHING_IN_COMMON,
    actual_counts,
    partly_counted,
    stations_untold,
    strangers,
    told_counts,
)
from turnout.rules.coming import FEWEST_KIN
from turnout.schema import PLACE_COLUMNS


@dataclass(frozen=True)
class Evaluation:
    """A forecast beside what happened.

    Parameters
    ----------
    places
        One row per scale, place and interval level that has an actual result: scale, the place
        columns, area_id, registered and actual turnout, median, error (median minus actual, in
        points), level, lower, upper (shares), held, surprise: how many times the distance from
        the median to that end of the interval the actual turnout lies away, partial: whether
        stations are still missing, doubtful: whether they may be (`turnout.backtesting.doubtful`):
        turnout lies far below all the place's own past and nothing tells of its stations, or far
        fewer are registered than in the forecast (roll), and crps of the place's draws, in points;
        missing without them.
    goals
        One row per goal of the whole: goal, probability that was told, actual, reached.
    missing
        How many places of each scale, the whole first, have no actual result.
    without
        These places: scale and place columns.
    strangers
        The results that are of no place of the forecast.
    rolls
        Registered of the finest places with a result, in the forecast and in the results.
    lowest
        The lowest turnout that the whole ever had, as a share; None where no past is known.
    lowest_of_type
        The lowest in contests of its type, as a share; None where fewer than two are known.
    highest
        The highest turnout of the whole in contests of its type, ever where there is none of it, as
        a share; None where no past is known.
    beyond
        Voters (count) of the whole that none of its places holds, such as postal ones: they are in
        no forecast, and in none of these figures.
    draws
        How many draws the probabilities are of; None where nobody knows.
    """

    places: pd.DataFrame
    goals: pd.DataFrame
    missing: Mapping[str, int]
    without: pd.DataFrame = field(default_factory=pd.DataFrame)
    strangers: pd.DataFrame = field(default_factory=pd.DataFrame)
    rolls: tuple[float, float] | None = None
    lowest: float | None = None
    lowest_of_type: float | None = None
    highest: float | None = None
    beyond: float = 0.0
    draws: int | None = None

    @cached_property
    def table(self) -> pd.DataFrame:
        """Errors and coverage, one row per scale and level, the whole first.

        n places, mae and bias (points, weighted by registered), held (k of n) and coverage, and
        the mean width in points.
        """
        groups = self.places.groupby(["scale", "level"], sort=False)
        rows = [
            {
                "scale": scale,
                "level": level,
                "n": len(part),
                "mae": np.average(part["error"].abs(), weights=part["registered"]),
                "bias": np.average(part["error"], weights=part["registered"]),
                "held": int(part["held"].sum()),
                "coverage": part["held"].mean(),
                "width": 100 * (part["upper"] - part["lower"]).mean(),
            }
            for (scale, level), part in groups
        ]
        return pd.DataFrame(rows)

    @cached_property
    def surprises(self) -> pd.DataFrame:
        """The finest places, those that surprised most first."""
        finest = self.places[self.places["scale"] == self.places["scale"].iloc[-1]]
        single = finest[finest["level"] == _level_to_tell(finest)]
        order = single["surprise"].abs().sort_values(ascending=False, kind="stable").index
        return single.loc[order].reset_index(drop=True)

    @cached_property
    def whole(self) -> pd.DataFrame:
        """The whole beside its result: one row, or none where no result of it is known."""
        top = self.places[self.places["scale"] == next(iter(self.missing))]
        if top.empty or top["level"].duplicated().any():
            return top.iloc[:0]
        return top[top["level"] == _level_to_tell(top)].reset_index(drop=True)

    @property
    def finest(self) -> str:
        """The finest scale of the forecast."""
        return list(self.missing)[-1]

    @property
    def text(self) -> str:
        """The evaluation in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return the evaluation in words: the whole, the goals, every scale, the surprises."""
        return say_evaluation(self, lang)

    def _repr_html_(self) -> str:
        words = html.escape(self.text).replace("\n", "<br>")
        return f"<p>{words}</p>{self.table.round(3).to_html(index=False)}"


def evaluate(
    forecast: pd.DataFrame,
    actual: pd.DataFrame,
    *,
    goals: pd.DataFrame | None = None,
    joint: Forecast | None = None,
) -> Evaluation:
    """Set the table of a forecast beside the results of its election.

    Parameters
    ----------
    forecast
        Rows as in ``forecast.csv``: scale, place columns, area_id, registered, median, level,
        lower, upper; such as ``pandas.read_csv("forecast.csv")`` with text as text.
    actual
        Results of the election that was forecast, in canonical form.
    goals
        Goals of the whole: goal and probability.
    joint
        The draws that the table is of, for their scores.

    Returns
    -------
    Evaluation

    Raises
    ------
    DataError
        If no place of the forecast is among the results.

    Examples
    --------
    >>> from turnout.schema import canonical_results
    >>> forecast = pd.DataFrame({"scale": "area", "area": ["Murni", "Legok"],
    ...     "registered": [800, 900], "median": [0.7, 0.6], "level": 0.9,
    ...     "lower": [0.6, 0.5], "upper": [0.8, 0.7]})
    >>> actual = canonical_results(pd.DataFrame({"date": "2024-11-27", "election_type": "pilkada",
    ...     "area": ["Murni", "Legok"], "registered": [800, 900], "voters": [600, 360]}))
    >>> evaluate(forecast, actual).table[["n", "held", "coverage"]].iloc[0].tolist()
    [2.0, 1.0, 0.5]
    """
    columns = dict.fromkeys([*_NEEDED, *forecast.columns])
    table = forecast.reset_index(drop=True).reindex(columns=list(columns))
    scales = [str(scale) for scale in table["scale"].unique()]
    first_level = table["level"] == table["level"].iloc[0]
    finest = table[first_level & (table["scale"] == scales[-1])]
    actual = spelled_as(actual, table)
    parts, missing, without, rolls = [], {}, [], None
    for scale in scales:
        rows = table[table["scale"] == scale]
        registered, voters = actual_counts(rows, scale, finest, actual)
        known = registered > 0
        without.append(rows.loc[~known & first_level[rows.index], ["scale", *PLACE_COLUMNS]])
        missing[scale] = len(without[-1])
        if known.any() and "registered" in forecast:
            rolls = float(rows["registered"][known].sum()), float(registered[known].sum())
        partial = partly_counted(rows, scale, finest, actual)[known]
        beside = _beside(rows[known], registered[known], voters[known])
        beside = beside.join(_stations(joint, rows, scale, finest, actual))
        untold = stations_untold(rows, scale, finest, actual)[known]
        is_whole = scale == scales[0] and not rows["level"].duplicated().any()
        doubtful = is_far_below_past(joint, scale, beside, untold) | (
            (has_short_roll(beside) | lacks_stations(beside)) & ~partial
        )
        marks = {"partial": partial, "doubtful": doubtful & (not is_whole)}
        crps = _crps(joint, scale, known, beside["actual"].to_numpy(float))
        parts.append(beside.assign(**marks, crps=crps))
    places = pd.concat(parts, ignore_index=True)
    if places.empty:
        raise DataError(NOTHING_IN_COMMON, n=len(finest))
    whole = places[places["scale"] == scales[0]]
    others, scored = strangers(table[first_level], actual), _goals_beside(goals, whole)
    of_whole = *_extremes(joint, scales[0]), _beyond(table[first_level], finest, actual)
    return Evaluation(
        places, scored, missing, pd.concat(without), others, rolls, *of_whole, _drawn(joint)
    )


def _drawn(joint: Forecast | None) -> int | None:
    return None if joint is None else len(joint.draws)


def _beyond(places: pd.DataFrame, finest: pd.DataFrame, actual: pd.DataFrame) -> float:
    """Return the voters that the results have of the whole beyond those of its places."""
    scale = str(places["scale"].iloc[0])
    asked = places[places["scale"] == scale], scale, finest, actual
    official = told_counts(*asked, [("registered", "voters")])["voters"].to_numpy(float)
    return float(np.nan_to_num(official - actual_counts(*asked)[1]).clip(0).sum())


_NEEDED = ("scale", *PLACE_COLUMNS, "area_id", "median", "level", "lower", "upper")


def _beside(rows: pd.DataFrame, registered: Any, voters: Any) -> pd.DataFrame:
    """Set rows of one scale beside their actual counts."""
    actual = np.minimum(voters, registered) / registered
    median, lower, upper = (rows[name].to_numpy(float) for name in ("median", "lower", "upper"))
    reach = np.where(actual >= median, upper - median, median - lower)
    away = actual - median
    surprise = np.divide(away, reach, out=np.copysign(np.inf, away), where=reach > 0)
    return rows[list(_NEEDED)].assign(
        registered=registered,
        roll=rows.get("registered", np.nan),
        actual=actual,
        error=100 * (median - actual),
        held=(lower <= actual) & (actual <= upper),
        surprise=np.where(away == 0, 0.0, surprise),
    )


def _stations(
    joint: Forecast | None, rows: pd.DataFrame, scale: str, finest: pd.DataFrame, actual: Any
) -> pd.DataFrame:
    """Return how many stations rows of one scale have, by the results and by the roll."""
    told = told_counts(rows, scale, finest, actual, [("stations_total",)])["stations_total"]
    known = pd.Series(np.nan, index=rows.index)
    if joint is not None and scale == joint.scale and STATIONS in joint.places:
        known[:] = np.resize(joint.places[STATIONS].to_numpy(float), len(rows))  # level by level
    return pd.DataFrame({"stations": told.where(known.notna()), "roll_stations": known})


def _crps(joint: Forecast | None, scale: str, known: Bools, actual: Floats) -> Floats:
    """Return the scores in points of the draws of the rows of one scale that are known."""
    if joint is None or not known.any():
        return np.full(len(actual), np.nan)
    draws = joint.at(scale).draws
    of_row = (np.arange(len(known)) % draws.shape[1])[known]  # a level's places, then the next's
    return 100 * scores.crps(actual, draws[:, of_row])


def _extremes(
    joint: Forecast | None, scale: str
) -> tuple[float | None, float | None, float | None]:
    """Return the lowest turnout of the whole in contests that are known of all its places.

    Then that of contests of the coming one's type, where at least two are known, and the highest
    of these, or ever where there is none of them.
    """
    if joint is None or joint.history.empty:
        return None, None, None
    history = joint.history
    past = history[(history["scale"] == scale) & (history["coverage"] == 1)]
    kin = past[past["type_group"] == joint.election.type_group]
    return (
        None if past.empty else float(past["turnout"].min()),
        None if len(kin) < FEWEST_KIN else float(kin["turnout"].min()),
        None if past.empty else float((past if kin.empty else kin)["turnout"].max()),
    )


def _goals_beside(goals: pd.DataFrame | None, whole: pd.DataFrame) -> pd.DataFrame:
    columns = ["goal", "probability", "registered", "actual", "reached"]
    if goals is None or goals.empty or whole.empty:
        return pd.DataFrame(columns=columns)
    row = whole.iloc[0]
    return goals[["goal", "probability"]].assign(
        registered=row["registered"],
        actual=row["actual"],
        reached=row["actual"] >= goals["goal"],
    )


def _level_to_tell(places: pd.DataFrame) -> float:
    """Return the level that is told where there is room for one: 90%, or the nearest."""
    levels = places["level"].unique()
    return float(levels[np.abs(levels - 0.9).argmin()])
