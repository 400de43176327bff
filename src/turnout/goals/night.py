"""Where a count stands against a goal, and when it may be called.

The rule: a count is called when the central 99% interval of the total lies on one side of the goal.
If the forecast is calibrated, the total then ends on the other side in at most 1 night of 200 at
any single look. If every look is calibrated given all that was in by then, the same holds at the
first look that calls: a probability given all that is known is not expected to move (optional
stopping). If each look is calibrated only by itself, the chance that one of several errs is bounded
by the sum of theirs (Bonferroni), which is what `wrong_at_most` tells of so many looks.

Draws are finite, so the ends of that interval are known roughly. The rule takes order statistics
that lie outside the true quantiles with 95% confidence, whatever the distribution; fewer than about
600 draws have none, and no count is called from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from turnout.arrays import Floats
from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.forecast.goal import Goal, parse_goal
from turnout.goals import night_words as words
from turnout.goals.check import GoalCheck
from turnout.language import Language, Text
from turnout.levels import tails
from turnout.rounding import Beside

LEVEL = 0.99
"""Level of the interval that must lie on one side of the goal."""

_CONFIDENCE = 0.95

Call = Literal["reached", "missed", "open"]


@dataclass(frozen=True)
class Standing:
    """Where a count stands against a goal of the whole.

    Parameters
    ----------
    goal
        The goal, a share.
    call
        ``reached`` or ``missed`` where the interval lies on one side of the goal, else ``open``.
    level, lower, upper
        The interval of the total (share) that decides, see `deciding_interval`, and its level;
        where all is in, the count itself.
    median
        Median of the total, a share.
    counted
        Turnout of what is counted, a share; NaN where nothing is.
    needed
        Turnout of the voters still out with which the goal is just reached, a share; below 0
        where the counted voters are enough, above 1 where they cannot be, NaN where all are in.
    expected
        Median turnout of the voters still out, a share; NaN where all are in.
    as_district
        The total if every place still out turns out as what is counted of its district has (of
        the whole, where nothing of the district is), a share.
    doubtful
        Whether places may be counted in part that are taken for complete (then nothing is called).
    lacks_votes
        Whether votes without a roll of their own come or may come on top of the forecast (then no
        goal is called missed).
    most
        The total that the places' own votes can still reach, if all that are out had voted.
    in_doubt
        Share of the registered by which doubts may change the total, too little for the goal.
    """

    goal: float
    call: Call
    level: float
    lower: float
    upper: float
    median: float
    counted: float
    needed: float
    expected: float
    as_district: float
    doubtful: bool = False
    lacks_votes: bool = False
    most: float = np.nan
    in_doubt: float = 0.0

    @property
    def text(self) -> str:
        """Where the count stands, in English."""
        return self.say("en")

    def wrong_at_most(self, looks: int = 1) -> float:
        """Return how likely at most a call is wrong when so many looks were taken.

        Parameters
        ----------
        looks
            How often the count was looked at, at least once.

        Examples
        --------
        >>> night = Standing(.7, "open", .99, .6, .8, .7, .7, .7, .7, .7)
        >>> round(night.wrong_at_most(), 4), round(night.wrong_at_most(10), 3)
        (0.005, 0.05)
        """
        if looks < 1:
            raise ValueError(f"looks must be at least 1, got {looks}.")
        return min(1.0, looks * (1 - self.level) / 2)

    def say(self, lang: Language = "en") -> str:
        """Return in words where the count stands; a sentence per line."""
        return "\n".join(self.lines(lang))

    def lines(self, lang: Language = "en") -> list[str]:
        """Return the sentences of `say`."""
        values = {
            "goal": self.goal,
            "level": self.level,
            "lower": Beside(self.lower, self.goal),
            "upper": Beside(self.upper, self.goal),
            "median": Beside(self.median, self.goal),
            "wrong": round(1 / self.wrong_at_most()),
        }
        call = self._call().say(lang, **values)
        if np.isnan(self.needed):
            return [call, *([] if self.doubtful else self._lacking(lang))]
        if np.isfinite(self.as_district):
            call = f"{call}\n{words.AS_DISTRICT.say(lang, turnout=self.as_district)}"
        return [*call.splitlines(), *self._to_come(lang)]

    def _call(self) -> Text:
        """Return what is called, or why nothing is."""
        if self.doubtful:
            return words.DOUBTFUL
        if self.lacks_votes and self.call == "open":
            return words.LACKS_VOTES
        if np.isnan(self.needed):
            sure = not (self.lacks_votes or self.in_doubt)
            return (words.ALL_IN if sure else words.SETTLED)[self.call]
        if self.call == "open" and (self.lower, self.upper) == (0, 1):
            return words.TOO_FEW_DRAWS
        settled = self.needed <= 0 or self.needed > 1
        return (words.SETTLED if settled else words.CALLS)[self.call]

    def _to_come(self, lang: Language) -> list[str]:
        """Return what the voters still out would have to do; figures in doubt do not tell it."""
        if self.doubtful:
            return []
        if self.needed <= 0:
            return [words.ENOUGH.say(lang, goal=self.goal)]
        if self.needed > 1:
            return self._lacking(lang) or [words.TOO_FEW.say(lang, goal=self.goal)]
        text = words.NEEDED_ALONE if self.lacks_votes else words.NEEDED
        return [text.say(lang, goal=self.goal, needed=self.needed, expected=self.expected)]

    def _lacking(self, lang: Language) -> list[str]:
        """Return what votes on top of the places' own would have to be, where they may decide."""
        if not self.lacks_votes or self.most >= self.goal or np.isnan(self.most):
            return []
        text = words.ON_TOP if np.isnan(self.needed) else words.ON_TOP_OF_ALL
        most, short = Beside(self.most, self.goal), Beside(self.goal - self.most, 0)
        return [text.say(lang, goal=self.goal, most=most, short=short)]

    def __repr__(self) -> str:
        """Return where the count stands, in words."""
        return self.text


def deciding_interval(total: Floats, level: float = LEVEL) -> tuple[float, float]:
    """Return an interval that holds the central one of the distribution the draws come from.

    Each end is the order statistic that lies outside the true quantile with 95% confidence,
    whatever the distribution (Conover, Practical Nonparametric Statistics, 3rd ed., 3.2).

    Parameters
    ----------
    total
        Draws of a share; shape (draws,).
    level
        Nominal coverage.

    Returns
    -------
    tuple of float
        The ends; 0 and 1 where there are too few draws to know them.

    Examples
    --------
    >>> draws = np.random.default_rng(1).normal(.6, .02, 4000)
    >>> [round(float(end), 3) for end in deciding_interval(draws)]
    [0.545, 0.657]
    >>> deciding_interval(draws[:300])
    (0.0, 1.0)
    """
    below = int(stats.binom.ppf(1 - _CONFIDENCE, len(total), tails(level)[0]))
    if below < 1:
        return 0.0, 1.0
    ordered = np.sort(np.asarray(total, dtype=float))
    return float(ordered[below - 1]), float(ordered[-below])


def standing(forecast: Forecast, goal: Goal, *, level: float = LEVEL) -> Standing:
    """Return where a count stands against a goal of the whole.

    Parameters
    ----------
    forecast
        A forecast during a count (``forecast(..., counted=)``).
    goal
        A goal such as 0.75 or ``"75%"``.
    level
        Level of the interval that decides.

    Raises
    ------
    TurnoutError
        If the forecast knows of no count, or the goal cannot be read.

    Examples
    --------
    >>> import pandas as pd
    >>> from turnout import Election, HierarchicalModel
    >>> past = pd.DataFrame({"date": ["2018-06-27", "2013-06-27"] * 2, "election_type": "pilkada",
    ...     "area": ["A", "A", "B", "B"], "registered": 1000, "voters": [700, 690, 600, 610]})
    >>> so_far = pd.DataFrame({"area": ["A"], "registered": [1000], "voters": [720]})
    >>> night = HierarchicalModel().fit(past).forecast(
    ...     Election("2024-11-27", "pilkada"), counted=so_far, draws=500, seed=1)
    >>> found = standing(night, "90%")
    >>> found.call, round(found.needed, 2), round(found.as_district, 2)
    ('missed', 1.08, 0.72)
    """
    if forecast.counted is None:
        raise TurnoutError(words.NO_COUNT)
    share = parse_goal(goal)
    size = forecast.places["registered"].to_numpy(float)
    counted = forecast.counted.at(forecast.places, forecast.scale)
    # What a partly counted total holds of places that have no row of their own stays open here.
    registered = np.nan_to_num(counted["registered"].to_numpy(float)).clip(0, size)
    voters = np.nan_to_num(counted["voters"].to_numpy(float))
    still_out = (size - registered).clip(0)
    total = forecast.at(forecast.top).draws[:, 0].astype(float)
    out = float(still_out.sum())
    all_in = out < 1 or forecast.counted.is_whole
    rest = (total * size.sum() - voters.sum()) / out if not all_in else np.full(1, np.nan)
    some = registered.sum() > 0
    needed = np.nan if all_in else float((share * size.sum() - voters.sum()) / out)
    lower, upper = deciding_interval(total, level)
    # What counted voters alone settle needs no draws.
    if all_in:
        lower = upper = float(np.median(total))
    elif needed <= 0:
        lower = max(lower, float(voters.sum() / size.sum()))
    elif needed > 1:
        upper = min(upper, float((voters.sum() + out) / size.sum()))
    reached, missed = lower >= share or needed <= 0, upper < share or needed > 1
    doubtful = forecast.counted.leaves_open(share, float(np.median(total)))
    lacks_votes = forecast.counted.lacks_votes
    # Votes on top of those of the places can only raise the total.
    undecided = doubtful or not reached | (missed and not lacks_votes)
    call: Call = "open" if undecided else "reached" if reached else "missed"
    return Standing(
        goal=share,
        call=call,
        level=level,
        lower=lower,
        upper=upper,
        median=float(np.median(total)),
        counted=float(voters.sum() / registered.sum()) if some else np.nan,
        needed=needed,
        expected=float(np.median(rest)),
        as_district=_as_district(forecast, registered, voters, still_out) if some else np.nan,
        doubtful=doubtful,
        lacks_votes=lacks_votes,
        in_doubt=float(forecast.counted.places["in_doubt"].iloc[0]),
        most=float(np.median(total)) if all_in else float((voters.sum() + out) / size.sum()),
    )


def say_so_far(forecast: Forecast, check: GoalCheck | None, lang: Language) -> list[str]:
    """Return first of all whether a count can be called; nothing without a count or a goal."""
    if forecast.counted is None or check is None:
        return []
    return standing(forecast, check.goals[0]).lines(lang)


def _as_district(
    forecast: Forecast, registered: Floats, voters: Floats, still_out: Floats
) -> float:
    """Return the total if what is out turns out as what is counted of its district."""
    names = [name for name in ("nation", "province", "city", "district") if name in forecast.places]
    group = forecast.places[names].astype("object").fillna("").apply(tuple, axis=1).factorize()[0]
    in_group = np.bincount(group, registered)
    whole = voters.sum() / registered.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = np.where(in_group > 0, np.bincount(group, voters) / in_group, whole)
    return float((voters.sum() + (still_out * rate[group]).sum()) / (registered + still_out).sum())
