"""The tables behind the figures: what is drawn, as numbers that can be tested."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.errors import TurnoutError
from turnout.escaping import label
from turnout.forecast import Forecast
from turnout.goals import Goal, GoalCheck, check_goal, written_goal
from turnout.language import Language, Text
from turnout.schema import PLACE_COLUMNS

# Sums of less than half of a place's voters say too little about it.
_LEAST_COVERAGE = 0.5

GoalLike = Goal | GoalCheck | None


def check_of(forecast: Forecast, goal: GoalLike) -> GoalCheck | None:
    """Return the goal check that `goal` is or asks for; None without a goal."""
    if goal is None or isinstance(goal, GoalCheck):
        return goal
    return check_goal(forecast, goal)


def goals_of(check: GoalCheck | None) -> tuple[float, ...]:
    """Return the goals (shares) of a check for the whole, the first one first."""
    return () if check is None else (check.goal, *check.goals[1:])


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
        f"{name} ({label(parent)})" if twice and isinstance(parent, str) else name
        for name, parent, twice in zip(names, above, repeated, strict=True)
    ]


def ranked_places(
    forecast: Forecast, by: str, check: GoalCheck | None = None, lang: Language = "en"
) -> pd.DataFrame:
    """Return the places of a scale from the highest median to the lowest.

    Returns
    -------
    pandas.DataFrame
        rank (from 1), place (row in the forecast's places), name, registered, median, lower_50,
        upper_50, lower_90, upper_90, last_same_type (shares), contests (how many past ones are
        known; NaN if not told), goal and probability (NaN without a goal), own_goal, verdict (blank
        without a goal).
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
    table["verdict"] = ""
    if check is not None:
        rows = first_goals(check, by)
        for column in ("goal", "own_goal", "probability", "verdict"):
            table[column] = rows[column].to_numpy()
    table.insert(0, "place", np.arange(len(table)))
    table = table.sort_values(["median", "name"], ascending=[False, True], ignore_index=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return table


def first_goals(check: GoalCheck, scale: str) -> pd.DataFrame:
    """Return a goal check's rows of one scale: the place's own goal, or else the first."""
    table = check.table[check.table["scale"] == scale]
    return table[table["own_goal"] | (table["goal"] == check.goals[0])].reset_index(drop=True)


@dataclass(frozen=True)
class GoalSteps:
    """The way from the voters of the median forecast to those of the goal.

    Parameters
    ----------
    table
        name, places (how many share the step), start and end (voters, counts); the largest step
        first. The steps add up to the way, but for rounding.
    goal
        The goal, a share.
    start, end
        Voters of the whole at its median and at the goal, counts.
    """

    table: pd.DataFrame
    goal: float
    start: int
    end: int


def goal_steps(
    forecast: Forecast, goal: Goal | GoalCheck, by: str, most: int, lang: Language = "en"
) -> GoalSteps:
    """Return what each place of a scale lacks, one step after the other.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        The goal, or a goal check, of which the first common goal counts.
    by
        Scale of the places.
    most
        How many places have a step of their own; the others share the last one.
    lang
        Language of the names.
    """
    wanted = written_goal(goal.goal) if isinstance(goal, GoalCheck) else goal
    # Goals of single places would not add up to the whole's.
    check = check_goal(forecast, wanted)
    missing = first_goals(check, by)["missing_voters"].to_numpy(float)
    table = pd.DataFrame({"name": place_labels(forecast.at(by), lang), "places": 1})
    table["missing"] = missing
    table = table.iloc[np.argsort(-np.abs(missing), kind="stable")].reset_index(drop=True)
    if len(table) > most:
        own, rest = table.iloc[: most - 1], table.iloc[most - 1 :]
        shared = {"name": [""], "places": [len(rest)], "missing": [rest["missing"].sum()]}
        table = pd.concat([own, pd.DataFrame(shared)], ignore_index=True)
    whole = check.table.iloc[0]
    end = round(float(whole["registered"] * check.goal))
    start = end - int(whole["gap_voters"])
    table["end"] = start + table["missing"].cumsum()
    table["start"] = table["end"] - table["missing"]
    return GoalSteps(table[["name", "places", "start", "end"]], check.goal, start, end)


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


def past_of_whole(forecast: Forecast) -> pd.DataFrame:
    """Return the whole's past contests by date.

    Returns
    -------
    pandas.DataFrame
        election, date, election_type, type_group, turnout (share), official (a total that was
        given, not a sum), coverage, parts: what the finest places that were observed add up to,
        where they hold at least half of the voters (NaN elsewhere), and places: how many these are.
    """
    columns = ["election", "date", "election_type", "type_group", "turnout", "official"]
    history = forecast.history
    if history.empty:
        empty = pd.DataFrame(columns=[*columns, "coverage", "parts", "places"])
        kinds = {"turnout": float, "parts": float, "official": bool, "places": int}
        return empty.astype(kinds)
    past = history[history["scale"] == forecast.top]
    finest = history[(history["scale"] == forecast.scale) & history["official"]]
    grouped = finest.groupby("election")
    sums = grouped[["registered", "voters"]].sum().assign(places=grouped.size())
    sums = sums.reindex(past["election"]).reset_index(drop=True)
    past = past.reset_index(drop=True)
    known = sums["registered"] >= _LEAST_COVERAGE * past["registered"]
    parts = (sums["voters"] / sums["registered"]).where(known)
    places = sums["places"].fillna(0).astype(int)
    table = past[[*columns, "coverage"]].assign(parts=parts, places=places)
    return table.sort_values("date", kind="stable", ignore_index=True)


FEW = 0.95
"""Share of the registered voters below which a figure is told to be of a part of them."""


def parts_of_places(forecast: Forecast, lang: Language = "en") -> list[str]:
    """Return of how many of all places each past sum is that is of a part of the voters.

    Nothing where a sum of coarser places, or of some that are no more, leaves it unknown.

    Examples
    --------
    >>> import numpy as np
    >>> from turnout import Election
    >>> places = pd.DataFrame({"city": ["K"] * 3, "area": ["A", "B", "C"], "registered": 100.0})
    >>> past = {"election": "2020", "date": pd.Timestamp("2020-12-09"), "election_type": "pilkada",
    ...         "type_group": "pilkada", "registered": 100.0, "voters": 70.0, "turnout": 0.7}
    >>> history = pd.DataFrame([{**past, "scale": "city", "official": False, "coverage": 0.33},
    ...                         {**past, "scale": "area", "official": True, "coverage": 1.0}])
    >>> forecast = Forecast(Election("2024-11-27", "pilkada"), places, np.full((9, 3), 0.7),
    ...                     "area", history=history)
    >>> parts_of_places(forecast, "id")
    ['1 dari 3 (2020)']
    """
    past, n = past_of_whole(forecast), len(forecast.places)
    few = ~past["official"] & (past["coverage"].astype(float) < FEW)
    known = past[few & past["places"].between(1, n - 1)]
    twice = known["date"].dt.year.duplicated(keep=False) if len(known) else []
    return [
        _OF_PLACES.say(
            lang,
            n=row["places"],
            all=n,
            when=f"{row['election_type']} {row['date'].year}" if again else str(row["date"].year),
        )
        for row, again in zip(known.to_dict("records"), twice, strict=True)
    ]


_OF_PLACES = Text(en="{n:count} of {all:count} ({when})", id="{n:count} dari {all:count} ({when})")


@dataclass(frozen=True)
class TurnoutGrid:
    """Turnout of places by contests.

    Parameters
    ----------
    names
        Places from the highest median forecast to the lowest, then the whole.
    contests
        election, date, election_type, type_group; past contests by date, then the coming one.
    turnout
        Names x contests, shares; the last column is the median forecast, NaN is not known.
    coverage
        Share of the place's registered voters that each figure is of; 1 for the forecast.
    """

    names: list[str]
    contests: pd.DataFrame
    turnout: NDArray[np.float64]
    coverage: NDArray[np.float64]


def turnout_grid(forecast: Forecast, by: str, lang: Language = "en") -> TurnoutGrid:
    """Return past turnout and the median forecast of a scale's places and of the whole."""
    coming = forecast.election
    columns = ["election", "date", "election_type", "type_group"]
    own = [coming.name, pd.Timestamp(coming.date), coming.election_type, coming.type_group]
    contests = pd.DataFrame([own], columns=columns)
    if len(forecast.history):
        past = forecast.history[columns].drop_duplicates("election")
        contests = pd.concat([past.sort_values("date", kind="stable"), contests], ignore_index=True)
    names: list[str] = []
    turnout, coverage = [], []
    for scale in (by, forecast.top):
        ranked = ranked_places(forecast, scale, lang=lang)
        order = ranked["place"].to_numpy()
        shares, known = _past_of(forecast.at(scale), contests["election"].tolist())
        shares[order, -1], known[:, -1] = ranked["median"], 1.0
        names += ranked["name"].tolist()
        turnout.append(shares[order])
        coverage.append(known[order])
    return TurnoutGrid(names, contests, np.concatenate(turnout), np.concatenate(coverage))


def _past_of(
    view: Forecast, elections: list[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return turnout and coverage of a view's places by elections; NaN where not known."""
    turnout = np.full((len(view.places), len(elections)), np.nan)
    coverage = turnout.copy()
    if view.history.empty:
        return turnout, coverage
    past = view.history[view.history["scale"] == view.scale]
    row_of = {key: row for row, key in enumerate(_keys(view.places, view.scale))}
    column_of = {election: column for column, election in enumerate(elections)}
    for key, election, share, known in zip(
        _keys(past, view.scale), past["election"], past["turnout"], past["coverage"], strict=True
    ):
        if key in row_of and known >= _LEAST_COVERAGE:
            cell = row_of[key], column_of[election]
            turnout[cell], coverage[cell] = share, known
    return turnout, coverage


def _keys(places: pd.DataFrame, scale: str) -> list[tuple[str, ...]]:
    """Return what tells the places of a scale apart: their names from the top down."""
    own = list(PLACE_COLUMNS[: PLACE_COLUMNS.index(scale) + 1]) if scale in PLACE_COLUMNS else []
    if not own:
        return [()] * len(places)
    texts = places.reindex(columns=own).astype("object")
    texts = texts.where(texts.notna(), "")
    return [tuple(map(str, row)) for row in texts.itertuples(index=False)]


def density(draws: NDArray[np.floating], points: int = 400) -> pd.DataFrame:
    """Return a smooth density of all but the outmost draws, columns turnout and density.

    A Gaussian kernel on the logit scale, so that nothing lies below 0% or above 100%; the
    bandwidth is that for a normal density, with a robust spread [1]_.

    References
    ----------
    .. [1] Silverman (1986), Density Estimation for Statistics and Data Analysis, eq. 3.28.
    """
    shares = np.clip(np.asarray(draws, dtype=float), 1e-4, 1 - 1e-4)
    logits = np.log(shares / (1 - shares))
    quartiles = np.quantile(logits, [0.25, 0.75])
    spreads = [spread for spread in (logits.std(), np.ptp(quartiles) / 1.349) if spread > 0]
    # Without any spread a narrow peak is shown: two hundredths of a logit is half a point.
    width = 1.06 * min(spreads) * len(logits) ** -0.2 if spreads else 0.02
    # Beyond these draws a single one would show as a bump.
    low, high = np.quantile(logits, [0.004, 0.996])
    grid = np.linspace(low - 2 * width, high + 2 * width, points)
    distances = (grid[:, None] - logits) / width
    kernel = np.exp(-0.5 * distances**2).mean(axis=1) / (width * np.sqrt(2 * np.pi))
    turnout = 1 / (1 + np.exp(-grid))
    return pd.DataFrame({"turnout": turnout, "density": kernel / (turnout * (1 - turnout))})


_ONE_PLACE = Text(
    en="This forecast covers a single place, so there is nothing to compare it with. Use "
    "plot_total or plot_history.",
    id="Prakiraan ini hanya memuat satu wilayah, sehingga tidak ada pembandingnya. Gunakan "
    "plot_total atau plot_history.",
)
