"""After the election: `plot_evaluation`."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from turnout.backtesting import Evaluation
from turnout.goals.words import place_name
from turnout.language import Language, Text, percent
from turnout.plots import style
from turnout.plots.words import INTERVAL, MEDIAN, TURNOUT

_MOST = 20


@style.styled
def plot_evaluation(
    evaluation: Evaluation, *, ax: Axes | None = None, lang: Language = "en"
) -> Axes:
    """Draw the places that surprised most: their interval and what happened.

    Parameters
    ----------
    evaluation
        A forecast beside what happened.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.
    """
    every = evaluation.surprises
    shown = every.head(_MOST)
    heights = np.arange(len(shown), dtype=float)
    level = float(shown["level"].iloc[0])
    ax = style.axes_of(ax, 1.45 + 0.19 * len(shown))
    ax.hlines(
        heights,
        shown["lower"],
        shown["upper"],
        color=style.INTERVAL_90,
        linewidth=5,
        label=INTERVAL.say(lang, level=level),
    )
    ax.plot(
        shown["median"], heights, "|", color=style.FORECAST, markersize=7, label=MEDIAN.say(lang)
    )
    actual, held = shown["actual"].to_numpy(), shown["held"].to_numpy(bool)
    for chosen, mark, colour, label in (
        (held, "o", style.INK, _INSIDE),
        (~held, "X", style.GOAL, _OUTSIDE),
    ):
        if chosen.any():
            ax.plot(
                actual[chosen],
                heights[chosen],
                mark,
                color=colour,
                markersize=4.8,
                markeredgecolor="white",
                markeredgewidth=0.5,
                label=label.say(lang),
                zorder=4,
            )
    names = [place_name(row, lang) for _, row in shown.iterrows()]
    ax.set_yticks(heights, names)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.set_xlim(*style.share_limits(shown[["lower", "upper", "actual"]].to_numpy()))
    style.percent_axis(ax.xaxis, lang)
    ax.set_xlabel(TURNOUT.say(lang))
    k, n = int(every["held"].sum()), len(every)
    headline = _HEADLINE.say(lang, k=k, n=n, level=percent(level, lang, 0))
    style.title(ax, headline, _BELOW.say(lang, shown=len(shown)))
    style.key_below(ax, 4)
    return ax


_HEADLINE = Text(
    en="{k:count} of {n:count} places lay inside their {level} interval",
    id="{k:count} dari {n:count} wilayah berada di dalam rentang {level}-nya",
)
_BELOW = Text(
    en="The {shown:count} that surprised most, from above",
    id="{shown:count} wilayah yang paling mengejutkan, dari atas",
)
_INSIDE = Text(en="What happened, inside", id="Kenyataan, di dalam")
_OUTSIDE = Text(en="What happened, outside", id="Kenyataan, di luar")
