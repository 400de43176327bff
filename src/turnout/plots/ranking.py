"""A ranking of places as a figure: a row each, with intervals, a goal and columns of figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from turnout.forecast import Forecast
from turnout.forecast.counted import all_in
from turnout.language import Language, Text
from turnout.plots.groups import headings, headings_counted
from turnout.plots.style import style
from turnout.plots.words import (
    INTERVAL,
    MEDIAN,
    NOT_SHOWN,
    TURNOUT,
    draw_goals,
    forecast_words,
    last_of_type,
)

PAGE_ROWS = 33
"""Places that fit into one figure of half a page."""

_ROW, _WIDE_ROW = 0.097, 0.16
_HEADING = 1.4
"""Rows that a heading takes: it stands nearer to its own rows than to those above."""
_COLUMN_POINTS = 40
_BETWEEN_COLUMNS = 10
"""Points that stay free before a column whose cells are words."""
_DRAWN_WIDER = 1.15
"""What small bold letters may take on the grid of a screen's pixels."""
_BAR = 0.62
"""Height of a bar; rows are 1 apart."""
_POINT = 0.0005
"""An interval (share) as narrow as this is a figure, not a range."""
_MOST_OF_WIDTH = 0.42
"""Part of a figure's width that columns of figures may take."""


@dataclass(frozen=True)
class TextColumn:
    """A column of figures to the right of the intervals."""

    header: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Ranking:
    """The rows of a figure, those left out, the sizes of its groups, and the goals.

    Parameters
    ----------
    shown, between
        Rows of `turnout.plots.groups.grouped`.
    sizes
        How many places each group has, shown or not.
    goals
        The goals (shares) that all places have in common.
    """

    shown: pd.DataFrame
    between: pd.DataFrame
    sizes: Mapping[str, int]
    goals: Sequence[float] = ()

    @property
    def starts(self) -> NDArray[np.bool_]:
        """Whether a row is the first of its group, with a heading above it."""
        group = self.shown["group"]
        return ((group != group.shift()) & (group != "")).to_numpy()

    @property
    def heights(self) -> NDArray[np.float64]:
        """Height of every row on the y axis, with room for headings and for those left out."""
        left_out = (self.shown["rank"].diff() > 1).to_numpy().cumsum()
        gap = left_out + _HEADING * self.starts.cumsum()
        return np.arange(len(self.shown), dtype=float) + gap


def draw_ranking(
    ax: Axes | None,
    forecast: Forecast,
    headline: str,
    ranking: Ranking,
    columns: Sequence[TextColumn],
    lang: Language,
) -> Axes:
    """Draw a ranking's rows with their intervals, goals and columns of figures.

    The light bar is the place's 90% interval; the dark one, of a single place, its 50% interval, as
    in every figure. Places of a whole have instead their 90% interval against it, drawn from the
    whole's median (the upright line) as a thin line; none where the place is counted whole.

    Parameters
    ----------
    ax
        Axes to draw on; a new figure's when None.
    forecast
        The forecast that is told in the title.
    headline
        What is found.
    ranking
        The rows.
    columns
        What is written to the right of each row.
    lang
        Language.
    """
    shown, heights = ranking.shown, ranking.heights
    row = _WIDE_ROW if len(shown) <= PAGE_ROWS // 2 else _ROW
    ax = style.axes_of(ax, 1.15 + row * (heights[-1] + 1))
    _draw_intervals(ax, shown, heights, lang)
    known = shown["last_same_type"].notna().to_numpy()
    if known.any():
        ax.plot(
            shown["last_same_type"][known],
            heights[known],
            "o",
            markersize=3.6,
            markerfacecolor="white",
            markeredgecolor=style.INK,
            markeredgewidth=0.8,
            label=last_of_type(forecast.election, lang),
            zorder=4,
        )
    against = [shown["whole"] + shown[f"relative_{end}"] for end in ("lower", "upper")]
    named = shown[["lower_90", "upper_90", "last_same_type", "goal"]]
    values = np.concatenate([named.to_numpy().ravel(), *against, ranking.goals])
    ax.set_xlim(*style.share_limits(values, margin=0.03))
    ax.set_ylim(heights[-1] + 0.8, -0.8)
    _draw_goals(ax, ranking, lang)
    room = int(_MOST_OF_WIDTH * 72 * style.width_of(ax) // _COLUMN_POINTS)
    _write_columns(ax, heights, columns[-max(room, 1) :])
    _write_names(ax, shown, heights)
    _write_headings(ax, ranking, headings_counted if all_in(forecast.counted) else headings, lang)
    _tell_between(ax, ranking, lang)
    style.percent_axis(ax.xaxis, lang)
    label = TURNOUT.say(lang)
    new = (shown["contests"] == 0).any()
    style.name_x(ax, f"{label}     {_NEW.say(lang)}" if new else label)
    ax.grid(axis="x", color=style.RULE, linewidth=0.5)
    style.title(ax, headline, forecast_words(forecast, lang), clear=10)
    style.key_below(ax, columns=3)
    return ax


def _draw_intervals(
    ax: Axes, shown: pd.DataFrame, heights: NDArray[np.float64], lang: Language
) -> None:
    lower, upper, whole = shown["lower_50"], shown["upper_50"], shown["whole"]
    wide = shown["upper_90"] - shown["lower_90"]
    known = bool((wide < _POINT).all())  # then there are no intervals to name in the key
    label = "" if known else INTERVAL.say(lang, level=0.9)
    ax.barh(
        heights, wide, left=shown["lower_90"], height=_BAR, color=style.INTERVAL_90, label=label
    )
    if whole.notna().all():
        told = (_WHOLE_KNOWN if known else _WHOLE).say(lang)
        ax.axvline(whole.iloc[0], color=style.INK, linewidth=0.8, zorder=3)
        # Upright in the key too: in grey it looks like the intervals' lines.
        ax.plot([], [], "|", color=style.INK, markersize=8, markeredgewidth=0.8, label=told)
        ends = (whole + shown[f"relative_{end}"] for end in ("lower", "upper"))
        lower, upper = (end.mask(wide < _POINT) for end in ends)
        label = "" if known else _AGAINST.say(lang, level=0.9)
        ax.hlines(heights, lower, upper, color=style.FORECAST, linewidth=1.3, label=label)
    else:
        label = "" if known else INTERVAL.say(lang, level=0.5)
        ax.barh(
            heights, upper - lower, left=lower, height=_BAR, color=style.INTERVAL_50, label=label
        )
    ax.plot(
        shown["median"],
        heights,
        "o",
        markersize=3.4,
        color=style.FORECAST,
        markeredgecolor="white",
        markeredgewidth=0.5,
        label=(TURNOUT if known else MEDIAN).say(lang),
        zorder=5,
    )


def _draw_goals(ax: Axes, ranking: Ranking, lang: Language) -> None:
    """Draw common goals as lines, and the goals of single places as ticks of their rows."""
    shown, heights = ranking.shown, ranking.heights
    own = shown["own_goal"].to_numpy(bool)
    if not own.all():
        draw_goals(ax, ranking.goals, lang)
    if own.any():
        ax.vlines(
            shown["goal"][own],
            heights[own] - 0.5,
            heights[own] + 0.5,
            color=style.GOAL,
            linewidth=1.6,
            label=_OWN_GOAL.say(lang),
            zorder=6,
        )


def _write_names(ax: Axes, shown: pd.DataFrame, heights: NDArray[np.float64]) -> None:
    new = (shown["contests"] == 0).to_numpy()
    names = [f"{name} *" if mark else name for name, mark in zip(shown["name"], new, strict=True)]
    ax.set_yticks(heights, names)
    ax.tick_params(axis="y", length=0, labelsize=style.TINY)
    ax.spines["left"].set_visible(False)


def _write_headings(
    ax: Axes,
    ranking: Ranking,
    say: Callable[[str, int, Language], tuple[str, str]],
    lang: Language,
) -> None:
    for number in np.flatnonzero(ranking.starts):
        group = str(ranking.shown["group"].iloc[number])
        whole, short = say(group, ranking.sizes[group], lang)
        wide = _DRAWN_WIDER * style.text_width(whole, style.TINY, bold=True)
        fits = wide < 72 * style.width_of(ax) - 10
        ax.annotate(
            whole if fits else short,
            (0, ranking.heights[number] - 1),
            (5, 0),
            xycoords=(style.left_edge(ax), ax.transData),
            textcoords="offset points",
            va="center",
            fontsize=style.TINY,
            color=style.MUTED,
            weight="bold",
            annotation_clip=False,
            in_layout=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )


def _write_columns(ax: Axes, heights: NDArray[np.float64], columns: Sequence[TextColumn]) -> None:
    """Write each row's figures to the right of the Axes."""
    right = 0.0
    for column in columns:
        widest = max(column.cells, key=len)
        right += max(_COLUMN_POINTS, style.text_width(widest, style.TINY) + _BETWEEN_COLUMNS)
        for height, cell in zip(heights, column.cells, strict=True):
            ax.annotate(
                cell,
                (1, height),
                (right, 0),
                xycoords=ax.get_yaxis_transform(),
                textcoords="offset points",
                ha="right",
                va="center",
                fontsize=style.TINY,
                annotation_clip=False,
                in_layout=cell == widest,
            )
        ax.annotate(
            column.header,
            (1, 1),
            (right, 4),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="right",
            va="bottom",
            fontsize=style.TINY,
            color=style.MUTED,
            annotation_clip=False,
        )


def _tell_between(ax: Axes, ranking: Ranking, lang: Language) -> None:
    """Say in the gap between the ranking's ends what is left out there."""
    between = ranking.between
    if between.empty:
        return
    above = int((ranking.shown["rank"] < between["rank"].iloc[0]).sum())
    height = ranking.heights[above - 1] + 1
    low, high = between["median"].min(), between["median"].max()
    whole = _BETWEEN.say(lang, n=len(between), low=low, high=high)
    fits = style.text_width(whole, style.TINY) < 36 * style.width_of(ax)
    ax.annotate(
        whole if fits else NOT_SHOWN.say(lang, n=len(between)),
        (0.5, height),
        xycoords=ax.get_yaxis_transform(),
        ha="center",
        va="center",
        fontsize=style.TINY,
        color=style.MUTED,
        style="italic",
        bbox={**style.BACKED, "alpha": 1.0},
        zorder=7,
    )


_AGAINST = Text(
    en="{level:percent0} interval against the whole",
    id="Rentang {level:percent0} selisih dengan keseluruhan",
)
_WHOLE_KNOWN = Text(en="The whole", id="Keseluruhan")
_WHOLE = Text(en="Median of the whole", id="Median keseluruhan")
_OWN_GOAL = Text(en="Own goal", id="Target sendiri")
_BETWEEN = Text(
    en="{n:count} more, with medians from {low:percent} to {high:percent}",
    id="{n:count} lainnya, dengan median {low:percent} s.d. {high:percent}",
)
_NEW = Text(en="* no past result of its own", id="* tanpa hasil pemilihan sebelumnya")
