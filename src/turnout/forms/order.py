"""The order form: how many voters to be ready for, and what too few or too many would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Floats
from turnout.forecast import Forecast
from turnout.goals import scales_downward
from turnout.identity.spelling import spelled_as
from turnout.outcomes import actual_counts, told_counts
from turnout.schema import PLACE_COLUMNS

LEVELS = (0.8, 0.9, 0.95)
"""How likely it is to be that what is ordered suffices."""

BY_LAW = "law"
"""The rule of the rows that order for everyone on the roll."""

ORDER_COLUMNS = (
    "scale",
    *PLACE_COLUMNS,
    "area_id",
    "registered",
    "rule",
    "voters",
    "reserve",
    "ballots",
    "prob_short",
    "shortage",
    "waste",
    "stations",
    "voters_per_station",
    "queue_minutes",
)


@dataclass(frozen=True)
class Station:
    """How a polling station works, for the rule of the queue.

    Parameters
    ----------
    booths
        Booths of a station.
    minutes
        How long a voter keeps a booth.
    peak
        Share of the voters that come in the busiest hour.
    """

    booths: int = 4
    minutes: float = 3.0
    peak: float = 0.25

    def wait(self, voters: Floats) -> Floats:
        """Return the longest wait, in minutes, at a station of so many voters.

        Those of the busiest hour whom the booths cannot take in it wait until they can.

        Examples
        --------
        >>> Station().wait(np.array([240.0, 480.0])).tolist()
        [0.0, 30.0]
        """
        per_hour = 60 * self.booths / self.minutes
        return np.maximum(0.0, self.peak * voters - per_hour) * self.minutes / self.booths


def order_form(
    forecast: Forecast,
    *,
    reserve: float = 0.025,
    levels: Sequence[float] = LEVELS,
    stations: pd.DataFrame | None = None,
    station: Station | None = None,
) -> pd.DataFrame:
    """Return for every place how many voters to be ready for, at several levels of safety.

    Parameters
    ----------
    forecast
        Joint draws.
    reserve
        Ballots in reserve as a share of the registered; 2.5% is that of Indonesian local
        elections (Perpu 1/2014, article 87).
    levels
        How likely it is to be that the voters are no more.
    stations
        A table with the places' ``stations_total``, such as a roll; without one nothing is said
        of stations.
    station
        How a station works; four booths of three minutes, a quarter of the voters in the busiest
        hour where not given.

    Returns
    -------
    pandas.DataFrame
        `ORDER_COLUMNS`, the whole first, a row per place and rule: ``80%`` ... and ``law``: all
        who are registered. voters (the quantile, or all registered), reserve, ballots (both
        together), shortage and waste are counts: how many voters without a ballot, and ballots
        without a voter, are to be expected; prob_short is the probability that ballots lack;
        queue_minutes the longest wait at a mean station by the rule of `Station.wait`.

    Raises
    ------
    ValueError
        If a level does not lie between 0 and 1, or the reserve is no share.

    Examples
    --------
    >>> from turnout import Election
    >>> places = pd.DataFrame({"area": ["A"], "registered": [1000.0]})
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places,
    ...                     np.linspace(0.6, 0.8, 201)[:, None], "area")
    >>> order_form(forecast).loc[:3, ["rule", "voters", "ballots"]].values.tolist()
    [['80%', 760.0, 785.0], ['90%', 780.0, 805.0], ['95%', 790.0, 815.0], ['law', 1000.0, 1025.0]]
    """
    if not all(0 < level < 1 for level in levels):
        raise ValueError(f"levels must lie between 0 and 1, got {list(levels)}")
    if not 0 <= reserve < 1:
        raise ValueError(f"reserve must be a share, got {reserve!r}; for 2.5% pass 0.025")
    known = None if stations is None else spelled_as(stations, forecast.places)
    works = station or Station()
    tables = [
        _of_scale(forecast, scale, (reserve, levels), known, works)
        for scale in scales_downward(forecast)
    ]
    return pd.concat(tables, ignore_index=True)[list(ORDER_COLUMNS)]


def _of_scale(
    forecast: Forecast,
    scale: str,
    asked: tuple[float, Sequence[float]],
    stations: pd.DataFrame | None,
    works: Station,
) -> pd.DataFrame:
    view, (reserve, levels) = forecast.at(scale), asked
    places = view.named_places()
    registered = places["registered"].to_numpy(float)
    spare = _whole(reserve * registered)
    count = np.full(len(places), np.nan)
    if stations is not None:
        finest = forecast.places
        found = told_counts(places, scale, finest, stations, [["stations_total"]])
        count = found["stations_total"].to_numpy(float)
    of_rule = {f"{100 * one:g}%": q for one, q in zip(levels, view.quantiles(levels), strict=True)}
    of_rule[BY_LAW] = np.ones(len(places))
    tables = []
    for number, (rule, share) in enumerate(of_rule.items()):
        voters = _whole(share * registered)
        ballots = voters + spare
        over = view.draws * registered - ballots
        with np.errstate(divide="ignore", invalid="ignore"):
            each = np.where(count > 0, voters / count, np.nan)
        figures = {
            "rule": rule,
            "voters": voters,
            "reserve": spare,
            "ballots": ballots,
            "prob_short": (over > 0).mean(axis=0),
            "shortage": over.clip(0).mean(axis=0, dtype=np.float64),
            "waste": (-over).clip(0).mean(axis=0, dtype=np.float64),
            "stations": count,
            "voters_per_station": each,
            "queue_minutes": works.wait(each),
        }
        tables.append(places.assign(**figures, _row=np.arange(len(places)), _rule=number))
    whole = pd.concat(tables).sort_values(["_row", "_rule"], kind="stable")
    return whole.drop(columns=["_row", "_rule"])


def _whole(counts: Floats) -> Floats:
    """Return counts rounded up; what single precision adds to a whole number is none."""
    return np.ceil(np.round(counts, 2))


def scored_order(order: pd.DataFrame, actual: pd.DataFrame) -> pd.DataFrame:
    """Set an order form beside what happened.

    Parameters
    ----------
    order
        As of `order_form`.
    actual
        Results of the election, in canonical form.

    Returns
    -------
    pandas.DataFrame
        The places that have a result: scale, place columns, area_id, rule, ballots, prob_short,
        actual_voters, short and left_over (counts) and ran_short.
    """
    actual = spelled_as(actual, order)
    scales = list(order["scale"].unique())
    single = order[order["rule"] == order["rule"].iloc[0]]
    finest = single[single["scale"] == scales[-1]]
    parts = []
    for scale in scales:
        rows = order[order["scale"] == scale]
        _, voters = actual_counts(rows, scale, finest, actual)
        parts.append(rows.assign(actual_voters=voters))
    table = pd.concat(parts, ignore_index=True)
    table = table[table["actual_voters"].notna()].reset_index(drop=True)
    over = table["actual_voters"] - table["ballots"].astype(float)
    table = table.assign(short=over.clip(lower=0), left_over=(-over).clip(lower=0))
    table["ran_short"] = table["short"] > 0
    figures = ["rule", "ballots", "prob_short", "actual_voters", "short", "left_over", "ran_short"]
    return table[["scale", *PLACE_COLUMNS, "area_id", *figures]]
