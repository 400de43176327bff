"""The whole's turnout: `plot_total`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from turnout.forecast import Forecast
from turnout.forecast.counted import all_in, in_full
from turnout.goals import UNCLEAR, VERDICTS, GoalCheck
from turnout.language import Language, Text, percent, probability
from turnout.levels import USUAL, is_point, tails
from turnout.plots.style import style
from turnout.plots.words import TURNOUT, draw_goals, forecast_words, goal_number, last_of_type
from turnout.tables import GoalLike, check_of, density, goals_of

_BACKED = {**style.BACKED, "alpha": 1.0}  # the goal's line may cross any of the words
_BARS = ((0.9, style.INTERVAL_90), (0.8, style.INTERVAL_80), (0.5, style.INTERVAL_50))

_SHORT_BELOW = 4.2
"""Width in inches below which the ends of intervals say their level alone."""


@style.styled
def plot_total(
    forecast: Forecast,
    goal: GoalLike = None,
    *,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw the density of the whole's turnout, with its intervals and the goal.

    The part of the density that reaches the goal is shaded and its probability told in words.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        A goal such as 0.86 or ``"86%"``, or a `GoalCheck`.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from turnout import Election, Forecast
    >>> places = pd.DataFrame({"city": ["Jambi"], "registered": [455276.0]})
    >>> draws = np.random.default_rng(1).beta(60, 40, (500, 1))
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "city")
    >>> plot_total(forecast, 0.86).get_title("left")
    'Jambi: the goal of 86% is out of reach (probability <1%)'
    """
    whole = forecast.at(forecast.top)
    check = check_of(forecast, goal)
    curve = density(whole.draws[:, 0])
    ax = style.axes_of(ax, 3.1)
    peak = float(curve["density"].max())
    if is_point(*whole.quantiles(tails(USUAL))[:, 0]):
        _draw_point(ax, whole, peak)
    else:
        _draw_density(ax, curve, None if check is None else check.goal)
        _draw_intervals(ax, whole, peak, lang)
    _draw_last(ax, whole, lang)
    goals = goals_of(check)
    last = whole.places.get("last_same_type", pd.Series(dtype=float))
    ax.set_xlim(*style.share_limits([*curve["turnout"].iloc[[0, -1]], *goals, *last], margin=0.02))
    draw_goals(ax, goals, lang, low=0, part=0.9)  # not through the words below the curve
    _name_median(ax, whole, peak, goals, lang)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    style.percent_axis(ax.xaxis, lang)
    ax.set_xlabel(TURNOUT.say(lang))
    style.title(ax, _headline(whole, check, lang), forecast_words(forecast, lang), clear=10)
    return ax


def _draw_density(ax: Axes, curve: pd.DataFrame, goal: float | None) -> None:
    turnout, height = curve["turnout"].to_numpy(), curve["density"].to_numpy()
    ax.fill_between(turnout, height, color=style.INTERVAL_90, linewidth=0)
    if goal is not None:
        ax.fill_between(
            turnout,
            height,
            where=turnout >= goal,
            facecolor=style.GOOD,
            edgecolor="white",
            hatch="///",
            linewidth=0,
        )
    ax.plot(turnout, height, color=style.FORECAST, linewidth=1.2)


def _draw_intervals(ax: Axes, whole: Forecast, peak: float, lang: Language) -> None:
    """Draw the intervals below the density, each with its ends written at them."""
    median = float(whole.quantiles([0.5])[0, 0])
    told = _LEVEL if style.width_of(ax) > _SHORT_BELOW else _LEVEL_SHORT
    for place, (level, colour) in enumerate(reversed(_BARS)):
        low, high = whole.quantiles(tails(level))[:, 0]
        height = -peak * (0.09 + 0.105 * place)
        ax.barh(height, high - low, left=low, height=0.07 * peak, color=colour)
        ends = ((low, "right", -3, percent(low, lang)), (high, "left", 3, percent(high, lang)))
        for end, side, offset, words in ends:
            text = words if side == "right" else f"{words}  {told.say(lang, level=level)}"
            ax.annotate(
                text,
                (end, height),
                (offset, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                fontsize=style.TINY,
                bbox=_BACKED,
                zorder=5,
                annotation_clip=False,
            )
    ax.vlines(median, -peak * 0.34, peak * 1.02, color=style.FORECAST, linewidth=1.4)
    ax.set_ylim(-0.52 * peak, 1.13 * peak)
    ax.axhline(0, color=style.MUTED, linewidth=0.6)


def _draw_point(ax: Axes, whole: Forecast, peak: float) -> None:
    """Draw a turnout that is one figure as a line: there is nothing to spread."""
    ax.vlines(float(whole.quantiles([0.5])[0, 0]), 0, peak * 1.02, color=style.FORECAST)
    ax.set_ylim(-0.52 * peak, 1.13 * peak)
    ax.axhline(0, color=style.MUTED, linewidth=0.6)


def _name_median(
    ax: Axes, whole: Forecast, peak: float, goals: Sequence[float], lang: Language
) -> None:
    """Write the median over its line, beside the line of a goal that would run through it."""
    median = float(whole.quantiles([0.5])[0, 0])
    words = _MEDIAN.say(lang, median=median)
    low, high = ax.get_xlim()
    half = 0.6 * style.text_width(words, style.SMALL) / (72 * style.width_of(ax)) * (high - low)
    near = [goal for goal in goals if abs(goal - median) < half]
    side = "center"
    if near:
        side = "right" if min(near, key=lambda goal: abs(goal - median)) >= median else "left"
    ax.annotate(
        words,
        (median, peak * 1.02),
        ({"right": -2, "center": 0, "left": 2}[side], 2),
        textcoords="offset points",
        ha=side,
        va="bottom",
        fontsize=style.SMALL,
        color=style.FORECAST,
        fontweight="bold",
        bbox=_BACKED,
        zorder=5,
    )


def _draw_last(ax: Axes, whole: Forecast, lang: Language) -> None:
    """Mark the last turnout of the same type, as all figures do, by a hollow dot."""
    last = float(whole.places["last_same_type"].iloc[0]) if "last_same_type" in whole.places else 0
    if not last > 0:
        return
    height = 0.87 * ax.get_ylim()[0]
    ax.plot(
        last,
        height,
        "o",
        markersize=4.2,
        markerfacecolor="white",
        markeredgecolor=style.INK,
        markeredgewidth=0.9,
        clip_on=False,
        zorder=6,
    )
    ax.annotate(
        f"{last_of_type(whole.election, lang)}: {percent(last, lang)}",
        (last, height),
        (5, 0),
        textcoords="offset points",
        va="center",
        fontsize=style.TINY,
        bbox=_BACKED,
        annotation_clip=False,
        zorder=5,
    )


def _headline(whole: Forecast, check: GoalCheck | None, lang: Language) -> str:
    place = whole.names(lang)[0]
    low, high = np.quantile(whole.draws[:, 0], tails(USUAL))
    if is_point(low, high):
        text = _ALL_IN if all_in(whole.counted) else _FIXED
        return text.say(lang, place=place, turnout=low, full=in_full(whole.counted, lang))
    if check is None:
        return _SPAN.say(lang, place=place, low=low, high=high)
    told = _UNCLEAR if check.table["verdict"].iloc[0] == UNCLEAR else _GOAL
    return told.say(
        lang,
        place=place,
        goal=goal_number(check.goal, lang),
        verdict=VERDICTS[check.table["verdict"].iloc[0]].say(lang),
        chance=probability(check.probability, lang, check.draws),
    )


_FIXED = Text(
    en="{place}: turnout is fixed at {turnout:percent}",
    id="{place}: tingkat partisipasi ditetapkan {turnout:percent}",
)
_ALL_IN = Text(
    en="{place}: turnout is {turnout:percent}; {full}",
    id="{place}: tingkat partisipasi {turnout:percent}; {full}",
)
_SPAN = Text(
    en="{place}: turnout between {low:percent} and {high:percent} (90%)",
    id="{place}: tingkat partisipasi antara {low:percent} dan {high:percent} (90%)",
)
_GOAL = Text(
    en="{place}: the goal of {goal} is {verdict} (probability {chance})",
    id="{place}: target {goal} {verdict} (peluang {chance})",
)
_UNCLEAR = Text(
    en="{place}: whether the goal of {goal} is reached is not clear yet",
    id="{place}: belum jelas apakah target {goal} tercapai",
)
_LEVEL = Text(en="({level:percent0} interval)", id="(rentang {level:percent0})")
_LEVEL_SHORT = Text(en="({level:percent0})", id="({level:percent0})")
_MEDIAN = Text(en="median {median:percent}", id="median {median:percent}")
