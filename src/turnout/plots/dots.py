"""The whole's turnout as a hundred dots, for readers who do not read curves: `plot_dots`."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection

from turnout.arrays import Floats
from turnout.forecast import Draws, Forecast
from turnout.goals import GoalCheck
from turnout.language import Language, Text
from turnout.levels import USUAL, tails
from turnout.plots.style import style
from turnout.plots.words import TURNOUT, draw_goals, forecast_words, goal_number
from turnout.tables import GoalLike, check_of, goals_of

DOTS = 100

_HEIGHT = 2.1  # inches of the columns of dots
_AROUND = 1.0  # inches of title and axis
_MOST_COLUMNS, _FEWEST_COLUMNS = 60, 8


@style.styled
def plot_dots(
    forecast: Forecast,
    goal: GoalLike = None,
    *,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw the whole's turnout as 100 dots, each an outcome as likely as every other.

    The dots are quantiles of the draws, stacked in columns [1]_. Those that reach the goal are
    dark; no column lies on both sides of it.

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

    References
    ----------
    .. [1] Kay et al. (2016), When (ish) is my bus? CHI '16.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from turnout import Election, Forecast
    >>> places = pd.DataFrame({"city": ["Jambi"], "registered": [455276.0]})
    >>> draws = np.random.default_rng(1).beta(60, 40, (500, 1))
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "city")
    >>> plot_dots(forecast, 0.65).get_title("left")
    'Jambi: 15 of 100 equally likely outcomes reach 65%'
    """
    whole = forecast.at(forecast.top)
    check = check_of(forecast, goal)
    goals = goals_of(check)
    shares = dots_of(whole.draws[:, 0])
    ax = style.axes_of(ax, _HEIGHT + _AROUND)
    ax.set_xlim(*style.share_limits([shares[0], shares[-1], *goals], margin=0.03))
    start = check.goal if check is not None else float(np.median(shares))
    across = style.width_of(ax) - 0.3
    column, row, width = stacked(shares, start, ax.get_xlim(), across / _HEIGHT)
    reached = shares >= start if check is not None else np.zeros(DOTS, dtype=bool)
    centres = np.column_stack([start + (column + 0.5) * width, row + 0.5])
    for chosen, fill in ((~reached, style.INTERVAL_90), (reached, style.FORECAST)):
        ax.add_collection(
            EllipseCollection(
                np.full(chosen.sum(), 0.9 * width),
                np.full(chosen.sum(), 0.9 * width),
                np.zeros(chosen.sum()),
                units="x",
                offsets=centres[chosen],
                transOffset=ax.transData,
                facecolor=fill,
                edgecolor=style.FORECAST,
                linewidth=0.5,
                zorder=4,
                clip_on=False,
            )
        )
    span = float(np.ptp(ax.get_xlim()))
    ax.set_ylim(0, max(row.max() + 1.3, span / width * _HEIGHT / across))
    draw_goals(ax, goals, lang, part=0.9)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    style.percent_axis(ax.xaxis, lang)
    ax.set_xlabel(TURNOUT.say(lang))
    below = _BELOW.say(lang, election=forecast_words(forecast, lang))
    style.title(ax, _headline(whole, check, int(reached.sum()), lang), below, clear=10)
    return ax


def dots_of(draws: Draws) -> Floats:
    """Return the 100 quantiles of draws that stand for all of them, in rising order.

    >>> dots_of(np.linspace(0, 1, 1001))[[0, 49, 99]].round(3).tolist()
    [0.005, 0.495, 0.995]
    """
    return np.asarray(np.quantile(draws, (np.arange(DOTS) + 0.5) / DOTS), dtype=np.float64)


def stacked(
    shares: Floats, start: float, limits: tuple[float, float], ratio: float
) -> tuple[Floats, Floats, float]:
    """Return column and row of every dot, and the width of a column, as wide as fits the height.

    Parameters
    ----------
    shares
        In rising order.
    start
        Share at which a column begins.
    limits
        Ends of the axis, shares.
    ratio
        Width of the room over its height.

    Returns
    -------
    column, row
        Of every dot; column 0 begins at `start`.
    width
        Of a column, a share.
    """
    span = limits[1] - limits[0]
    for columns in range(_FEWEST_COLUMNS, _MOST_COLUMNS + 1):
        width = span / columns
        column = np.floor((shares - start) / width)
        first = np.searchsorted(column, column)
        row = np.arange(len(shares), dtype=np.float64) - first
        if row.max() + 1 <= columns / ratio:
            break
    return column, row, width


def _headline(whole: Forecast, check: GoalCheck | None, n: int, lang: Language) -> str:
    place = whole.names(lang)[0]
    if check is None:
        low, high = np.quantile(whole.draws[:, 0], tails(USUAL))
        return _SPAN.say(lang, place=place, low=low, high=high)
    values = {"place": place, "goal": goal_number(check.goal, lang)}
    if n in (0, DOTS):
        return (_FEWER if n == 0 else _NEARLY_ALL).say(lang, **values)
    return _REACH.say(lang, n=n, **values)


_BELOW = Text(
    en="Each dot is one of 100 equally likely outcomes · {election}",
    id="Setiap titik adalah satu dari 100 hasil yang sama peluangnya · {election}",
)
_SPAN = Text(
    en="{place}: 90 of 100 equally likely outcomes lie between {low:percent} and {high:percent}",
    id="{place}: 90 dari 100 hasil yang sama peluangnya antara {low:percent} dan {high:percent}",
)
_REACH = Text(
    en="{place}: {n} of 100 equally likely outcomes reach {goal}",
    id="{place}: {n} dari 100 hasil yang sama peluangnya mencapai {goal}",
)
_FEWER = Text(
    en="{place}: fewer than 1 of 100 equally likely outcomes reach {goal}",
    id="{place}: kurang dari 1 dari 100 hasil yang sama peluangnya mencapai {goal}",
)
_NEARLY_ALL = Text(
    en="{place}: more than 99 of 100 equally likely outcomes reach {goal}",
    id="{place}: lebih dari 99 dari 100 hasil yang sama peluangnya mencapai {goal}",
)
