"""Where the voters are missing: `plot_goal`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from turnout.forecast import Forecast
from turnout.forecast.counted import all_in
from turnout.goals import Goal, GoalCheck
from turnout.language import Language, Text, count
from turnout.plots.style import style
from turnout.plots.words import BY_SCALE, forecast_words, goal_number
from turnout.tables import GoalSteps, goal_steps, scale_below_top

MOST_STEPS = 20


@style.styled
def plot_goal(
    forecast: Forecast,
    goal: Goal | GoalCheck,
    *,
    by: str | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw how many voters each district lacks, from the median forecast to the goal.

    A waterfall: every bar starts where the one above ends, the first at the voters of the median
    forecast, the last ends at the voters of the goal. Bars are differences, so the axis need not
    start at zero. Districts past the twenty that matter most are drawn as one.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        A goal such as 0.86 or ``"86%"``, or a `GoalCheck`, of which the first goal is drawn.
    by
        Scale of the places; the coarsest that has several when not given.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Raises
    ------
    TurnoutError
        If the forecast is of a single place.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from turnout import Election, Forecast
    >>> places = pd.DataFrame({"district": ["Murni", "Legok"], "registered": [800.0, 900.0]})
    >>> draws = np.random.default_rng(1).beta(60, 40, (500, 2))
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "district")
    >>> [label.get_text() for label in plot_goal(forecast, 0.7).get_yticklabels()]
    ['Median forecast', 'Legok', 'Murni', 'Goal 70%']
    """
    scale = by or scale_below_top(forecast)
    way = goal_steps(forecast, goal, scale, most=MOST_STEPS, lang=lang)
    steps = way.table
    ax = style.axes_of(ax, 1.2 + 0.155 * (len(steps) + 2))
    heights = np.arange(1, len(steps) + 1)
    _draw_bars(ax, steps, heights, lang)
    _draw_ends(ax, way)
    start = _COUNTED if all_in(forecast.counted) else _START
    _name_rows(ax, way, heights, start.say(lang), lang)
    _set_limits(ax, steps)
    _write_figures(ax, way, heights, lang)
    style.count_axis(ax.xaxis, lang)
    ax.grid(axis="x", color=style.RULE, linewidth=0.5)
    _mark_cut(ax)
    style.name_x(ax, _VOTERS.say(lang))
    style.key_below(ax, columns=2)
    told = (_SHORT if way.end > way.start else _ABOVE).say(
        lang,
        goal=goal_number(way.goal, lang),
        n=abs(way.end - way.start),
        by=BY_SCALE[scale].say(lang),
    )
    style.title(ax, told, forecast_words(forecast, lang))
    return ax


def _name_rows(ax: Axes, way: GoalSteps, heights: np.ndarray, start: str, lang: Language) -> None:
    names = [
        _OTHERS.say(lang, n=int(n)) if n > 1 else name
        for name, n in zip(way.table["name"], way.table["places"], strict=True)
    ]
    goal = _END.say(lang, goal=goal_number(way.goal, lang))
    ax.set_yticks([0, *heights, len(heights) + 1], [start, *names, goal])
    ax.tick_params(axis="y", length=0, labelsize=style.SMALL)
    ax.spines["left"].set_visible(False)


def _draw_bars(ax: Axes, steps: pd.DataFrame, heights: np.ndarray, lang: Language) -> None:
    short = (steps["end"] >= steps["start"]).to_numpy()
    kinds = ((short, style.SHORT, None, _LACKS), (~short, style.GOOD, "///", _HAS))
    for rows, colour, hatch, meaning in kinds:
        if not rows.any():
            continue
        ax.barh(
            heights[rows],
            (steps["end"] - steps["start"])[rows],
            left=steps["start"][rows],
            height=0.66,
            facecolor=colour,
            edgecolor="white",
            linewidth=0,
            hatch=hatch,
            label=None if short.all() else meaning.say(lang),
        )
    ax.vlines(steps["end"], heights, heights + 1, color=style.MUTED, linewidth=0.6)


def _draw_ends(ax: Axes, way: GoalSteps) -> None:
    """Mark where the waterfall starts and ends: as lines, for bars would have no honest length."""
    last = len(way.table) + 1
    dashes = (0, (4, 1.5))
    ax.vlines(way.start, -0.4, 1, color=style.FORECAST, linewidth=1.6)
    ax.vlines(way.end, last - 1, last + 0.4, color=style.GOAL, linewidth=1.6, linestyle=dashes)
    ax.plot(way.start, 0, "o", markersize=5, color=style.FORECAST)
    ax.plot(way.end, last, "D", markersize=4.5, color=style.GOAL)


def _set_limits(ax: Axes, steps: pd.DataFrame) -> None:
    ends = steps[["start", "end"]].to_numpy()
    room = max(0.14 * float(np.ptp(ends)), 1.0)
    ax.set_xlim(ends.min() - room, ends.max() + room)
    ax.set_ylim(len(steps) + 1.7, -0.7)


def _mark_cut(ax: Axes) -> None:
    """Break the axis where what lies between it and 0 is left out."""
    ends = [0.012, 0.024]
    look: dict[str, Any] = {"transform": ax.transAxes, "clip_on": False}
    ax.plot(ends, [0, 0], color="white", linewidth=2.5, zorder=4, **look)
    stroke = [(-0.5, -1.0), (0.5, 1.0)]
    ax.plot(
        ends, [0, 0], marker=stroke, markersize=8, linestyle="", color=style.INK, zorder=5, **look
    )


def _write_figures(ax: Axes, way: GoalSteps, heights: np.ndarray, lang: Language) -> None:
    bold: dict[str, Any] = {"fontsize": style.SMALL, "fontweight": "bold"}
    written = [
        (float(way.start), 0.0, count(way.start, lang), bold),
        (float(way.end), len(heights) + 1.0, count(way.end, lang), bold),
    ]
    ends = way.table[["start", "end"]].to_numpy(float)
    for height, (start, end) in zip(heights, ends, strict=True):
        words = count(abs(end - start), lang)  # which way it goes, colour and hatch say
        written.append((max(start, end), float(height), words, {"fontsize": style.TINY}))
    for across, height, words, look in written:
        ax.annotate(
            words,
            (across, height),
            (6, 0),
            textcoords="offset points",
            va="center",
            bbox=style.BACKED,
            annotation_clip=False,
            zorder=5,
            **look,
        )


_SHORT = Text(
    en="{n:count:voter:voters} short of {goal}, {by}",
    id="Kurang {n:count} pemilih dari target {goal}, {by}",
)
_ABOVE = Text(
    en="{n:count:voter:voters} above {goal}, {by}",
    id="Lebih {n:count} pemilih dari target {goal}, {by}",
)
_LACKS = Text(en="Short of the goal", id="Kurang dari target")
_HAS = Text(en="Above the goal", id="Di atas target")
_START = Text(en="Median forecast", id="Median prakiraan")
_COUNTED = Text(en="Counted", id="Hasil hitung")
_END = Text(en="Goal {goal}", id="Target {goal}")
_OTHERS = Text(en="{n:count:other:others}", id="{n:count} lainnya")
_VOTERS = Text(
    en="People who vote (the axis does not start at 0)",
    id="Pengguna hak pilih (sumbu tidak mulai dari 0)",
)
