"""A forecast against goals: `check_goal` and what it finds."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.arrays import Floats
from turnout.elections import Election
from turnout.forecast import Draws, Forecast, Note
from turnout.forecast.apart import places_that_lack_votes, provisos
from turnout.forecast.goal import Goal
from turnout.forecast.room import means_of
from turnout.goals.base_rates import BaseRates, base_rates, last_pemilu_of
from turnout.goals.parsing import PlaceGoals, goals_of_places, parse_goals
from turnout.goals.words import SHORT, UNCLEAR, Verdict, say_check, table_to_read, verdicts_of
from turnout.language import FEW_DRAWS, Language
from turnout.levels import is_point
from turnout.schema import PLACE_COLUMNS


@dataclass(frozen=True)
class GoalCheck:
    """How likely each goal is, at every scale and in every place, and what is missing.

    Parameters
    ----------
    table
        One row per place and goal, the whole first, then finer scales: scale, the place columns,
        area_id, registered, goal (share), own_goal (whether it is the place's own), probability,
        verdict, median (share), gap_points and gap_voters (goal less median; positive when
        short), missing_voters (what the place lacks when the whole comes out at its median: adds
        up over a scale to the gap of the whole, but for rounding), and reached_50, reached_80,
        reached_90 (the turnout that is reached with that probability, shares).
    election
        The election that is forecast.
    goals
        The common goals, shares in the order given.
    base_rates
        How often a goal like the first one was reached before, where that is known.
    provisos
        What has to be known first: that the forecast rests on figures in doubt, or lacks votes
        which the goal may count, where it does.
    draws
        How many draws it rests on; None where that is not known.
    """

    table: pd.DataFrame
    election: Election
    goals: tuple[float, ...]
    base_rates: BaseRates | None = None
    provisos: tuple[Note, ...] = ()
    draws: int | None = None

    @property
    def goal(self) -> float:
        """The first goal for the whole, a share; the figures below are about it."""
        return float(self.table["goal"].iloc[0])

    @property
    def probability(self) -> float:
        """Probability that the whole reaches the goal."""
        return float(self.table["probability"].iloc[0])

    @property
    def median(self) -> float:
        """Median turnout of the whole, a share."""
        return float(self.table["median"].iloc[0])

    @property
    def gap_points(self) -> float:
        """Goal less median, in percentage points; positive when short."""
        return float(self.table["gap_points"].iloc[0])

    @property
    def gap_voters(self) -> int:
        """Goal less median, in voters; positive when short."""
        return int(self.table["gap_voters"].iloc[0])

    @property
    def text(self) -> str:
        """The check in words, in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return the check in words, one statement per line."""
        said = say_check(self.table, self.election, self.goals[0], lang, self.draws)
        told = [] if self.base_rates is None else self.base_rates.say(lang)
        first = [one.say(lang) for one in self.provisos]
        return "\n".join([*first, said, *told])

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self.text.splitlines())
        scales = list(dict.fromkeys(self.table["scale"]))
        shown = self.table[self.table["scale"].isin(scales[:2]) | self.table["own_goal"]]
        return lines + table_to_read(shown, "en", self.draws).to_html(index=False)


def check_goal(
    forecast: Forecast,
    goal: Goal | Sequence[Goal],
    *,
    goals_by_place: PlaceGoals | None = None,
) -> GoalCheck:
    """Check a forecast against one goal or several, for the whole and for every place.

    Parameters
    ----------
    forecast
        Joint draws of turnout.
    goal
        A goal as `parse_goal` reads it, or several (a floor and a stretch goal, say); the first
        is the one that ``.probability`` and the gaps are about.
    goals_by_place
        Goals of single places, which replace the common ones there: a mapping from a place's
        name or area_id to its goal, or a table of place columns or area_id, and ``goal``.

    Returns
    -------
    GoalCheck
        With ``.table``, ``.text``, ``.say(lang)``, ``.probability``, ``.median``,
        ``.gap_points`` and ``.gap_voters``.

    Raises
    ------
    TurnoutError
        If a goal cannot be read, or a place is unknown or ambiguous.
    """
    goals = parse_goals(goal)
    views = [forecast.at(scale) for scale in scales_downward(forecast)]
    outlooks = _outlooks(views)
    own = goals_of_places(outlooks, goals_by_place)
    tables = []
    for view in views:
        rows = outlooks["scale"] == view.scale
        tables += [_against(view, outlooks[rows], own[rows], one) for one in goals]
    table = pd.concat(tables, ignore_index=True).drop_duplicates(ignore_index=True)
    last = last_pemilu_of(forecast.history, views[0].scale)
    place = views[0].names("id")[0]
    rates = base_rates(forecast.election, float(table["goal"].iloc[0]), last, place)
    told = (rates, provisos(forecast), len(forecast.draws))
    return GoalCheck(table, forecast.election, tuple(goals), *told)


def scales_downward(forecast: Forecast) -> list[str]:
    """Return the scales from the whole down to the forecast's own."""
    return list(reversed(forecast.scales[: forecast.scales.index(forecast.top) + 1]))


def _outlooks(views: Sequence[Forecast]) -> pd.DataFrame:
    """Return one row per place: what is to be expected there, whatever the goal."""
    whole = views[0].draws[:, 0]
    central = _central(whole)
    # The mean of the middle draws is not exactly the median; the whole's difference is spread
    # evenly, so that what the places lack adds up to what the whole lacks at its median.
    shift = float(np.median(whole)) - float(whole[central].mean(dtype=float))
    tables = []
    for view in views:
        median, reached_80, reached_90 = view.quantiles([0.5, 0.2, 0.1])
        table = _places(view).assign(
            median=median,
            with_whole=means_of(view.draws, central) + shift,
            reached_50=median,
            reached_80=reached_80,
            reached_90=reached_90,
        )
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _central(whole: Draws) -> NDArray[np.intp]:
    """Return the middle tenth of the draws, by the turnout of the whole."""
    order = np.argsort(whole, kind="stable")
    cut = (9 * len(order)) // 20
    return order[cut : len(order) - cut]


def _places(view: Forecast) -> pd.DataFrame:
    columns = [*PLACE_COLUMNS, "area_id", "registered"]
    places = view.places.reindex(columns=columns).astype(dict.fromkeys(columns[:-1], "object"))
    places.insert(0, "scale", view.scale)
    return places


def _against(view: Forecast, outlook: pd.DataFrame, own: pd.Series, goal: float) -> pd.DataFrame:
    """Return the rows of one scale's places for one goal."""
    goals = own.fillna(goal).to_numpy(float)
    chances = view.reached(goals)
    registered = outlook["registered"].to_numpy(float)
    return pd.DataFrame(
        {
            **outlook[["scale", *PLACE_COLUMNS, "area_id"]],
            "registered": registered.round().astype(int),
            "goal": goals,
            "own_goal": own.notna(),
            "probability": chances,
            "verdict": _verdicts(view, chances, goals, outlook),
            "median": outlook["median"],
            "gap_points": 100 * (goals - outlook["median"]),
            "gap_voters": np.round(registered * (goals - outlook["median"])).astype(int),
            "missing_voters": np.round(registered * (goals - outlook["with_whole"])).astype(int),
            **outlook[["reached_50", "reached_80", "reached_90"]],
        }
    )


def _verdicts(
    view: Forecast, chances: Floats, goals: Floats, outlook: pd.DataFrame
) -> list[Verdict]:
    """Return the word for every place's probability; where votes may be missing, it is none.

    Doubts leave a goal open that lies no further from the median than they reach. Few draws tell
    of no goal that it is out of reach, unless turnout is one figure.
    """
    gaps = goals - outlook["median"].to_numpy(float)
    words = verdicts_of(chances)
    if len(view.draws) < FEW_DRAWS:
        fixed = map(is_point, outlook["reached_90"], outlook["reached_50"])
        words = [
            "unlikely" if word == "out_of_reach" and not one else word
            for word, one in zip(words, fixed, strict=True)
        ]
    doubtful = np.zeros(len(words), dtype=bool)
    if view.counted is None:
        lacks = places_that_lack_votes(view)
    else:
        places = view.counted.at(view.places, view.scale)
        doubtful, lacks = (places[name].to_numpy(bool) for name in ("doubtful", "lacks_votes"))
        in_doubt = places["in_doubt"].to_numpy(float)
        doubtful = doubtful | ((in_doubt > 0) & (np.abs(gaps) <= in_doubt))
        lacks = lacks | (view.counted.lacks_votes and view.scale == view.top)
    # Votes on top of those of its places can carry a total to its goal, and never from it.
    unclear = doubtful | (lacks & np.isin(words, SHORT))
    return [UNCLEAR if one else word for one, word in zip(unclear, words, strict=True)]
