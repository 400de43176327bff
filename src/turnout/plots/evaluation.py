"""After the election: `plot_evaluation`."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from turnout.backtesting import Evaluation
from turnout.escaping import label
from turnout.goals.words import place_name
from turnout.language import Language, Text, listing, percent
from turnout.plots.results import ROOM_FOR_MARKS, mark_results
from turnout.plots.style import style
from turnout.plots.words import INTERVAL, MEDIAN, TURNOUT, goal_number
from turnout.schema import PLACE_COLUMNS

_MOST = 20
_GAP = 0.5
"""Room between the whole and its places, in rows."""


@style.styled
def plot_evaluation(
    evaluation: Evaluation, *, ax: Axes | None = None, lang: Language = "en"
) -> Axes:
    """Draw the whole with its goals, and the places that surprised most: forecast and result.

    Parameters
    ----------
    evaluation
        A forecast beside what happened.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.
    """
    whole, every = evaluation.whole, evaluation.surprises
    single = len(every) == 1
    places = every.head(0 if single and len(whole) else _MOST)
    shown = pd.concat([whole, places], ignore_index=True)
    heights = np.arange(len(shown), dtype=float) + np.where(
        np.arange(len(shown)) < len(whole), 0.0, _GAP
    )
    level = float(shown["level"].iloc[0])
    ax = style.axes_of(ax, 1.55 + 0.19 * len(shown))
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
    held = shown["held"].to_numpy(bool)
    mark_results(ax, shown["actual"].to_numpy(), heights, held, level, lang)
    goals = evaluation.goals["goal"].to_numpy(float) if len(whole) else np.empty(0)
    if len(goals):
        written = listing([goal_number(goal, lang) for goal in sorted(goals)], lang)
        ax.vlines(
            goals,
            -0.45,
            0.45,
            color=style.GOAL,
            linewidth=1.4,
            linestyle=(0, (3, 1.2)),
            label=_GOAL.say(lang, goals=written),
        )
    ax.set_yticks(heights, _names(shown, every, lang))
    ax.set_ylim(heights[-1] + 0.6, -0.6)
    ends = shown[["lower", "upper", "actual"]].to_numpy(float).ravel()
    ax.set_xlim(*style.share_limits(np.append(ends, goals), beyond=ROOM_FOR_MARKS))
    style.percent_axis(ax.xaxis, lang)
    ax.set_xlabel(TURNOUT.say(lang))
    k, n = int(every["held"].sum()), len(every)
    told = percent(level, lang, 0)
    headline = (_HELD if k else _MISSED) if single else _HEADLINE
    below = _below(len(places), alone=whole.empty, all_drawn=len(places) == n)
    style.title(ax, headline.say(lang, k=k, n=n, level=told), below.say(lang, shown=len(places)))
    style.key_below(ax, 3)
    return ax


def _names(shown: pd.DataFrame, every: pd.DataFrame, lang: Language) -> list[str]:
    """Return the names of places; a name that several bear with the place around each."""
    times = Counter(place_name(row, lang) for _, row in every.iterrows())
    names = []
    for _, row in shown.iterrows():
        name, scale = place_name(row, lang), str(row["scale"])
        wider = PLACE_COLUMNS[: PLACE_COLUMNS.index(scale)] if scale in PLACE_COLUMNS else ()
        around = [row.get(one) for one in wider[::-1] if isinstance(row.get(one), str)]
        names.append(f"{name} ({label(str(around[0]))})" if times[name] > 1 and around else name)
    return names


def _below(places: int, *, alone: bool, all_drawn: bool) -> Text:
    """Return what is drawn: the whole, places, or both; all of them or the first."""
    if not places:
        return _WHOLE
    if all_drawn:
        return _ALL_PLACES if alone else _WHOLE_AND_ALL
    return _PLACES if alone else _WHOLE_AND_PLACES


_HEADLINE = Text(
    en="{k:count} of {n:count:place:places} lay inside their {level} interval",
    id="{k:count} dari {n:count} wilayah berada di dalam rentang {level}",
)
_HELD = Text(
    en="The result lay inside the {level} interval", id="Realisasi di dalam rentang {level}"
)
_MISSED = Text(
    en="The result lay outside the {level} interval", id="Realisasi di luar rentang {level}"
)
_WHOLE = Text(en="The whole: forecast and result", id="Keseluruhan: prakiraan dan realisasi")
_WHOLE_AND_PLACES = Text(
    en="The whole, then the {shown:count:place:places} that surprised most",
    id="Keseluruhan, lalu {shown:count} wilayah yang paling mengejutkan",
)
_PLACES = Text(
    en="The {shown:count:place:places} that surprised most",
    id="{shown:count} wilayah yang paling mengejutkan",
)
_WHOLE_AND_ALL = Text(
    en="The whole, then all places, the most surprising first",
    id="Keseluruhan, lalu semua wilayah, mulai dari yang paling mengejutkan",
)
_ALL_PLACES = Text(
    en="All places, the most surprising first",
    id="Semua wilayah, mulai dari yang paling mengejutkan",
)
_GOAL = Text(en="Goal: {goals}", id="Target: {goals}")
