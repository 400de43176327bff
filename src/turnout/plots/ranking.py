"""A ranking of places as a figure: a row each, with intervals, a goal and columns of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from turnout.forecast import Forecast
from turnout.language import Language, Text
from turnout.plots.style import style
from turnout.plots.words import (
    BY_SCALE,
    INTERVAL,
    MEDIAN,
    NOT_SHOWN,
    TURNOUT,
    draw_goals,
    forecast_words,
    last_of_type,
)

PAGE_ROWS = 36
"""Places that fit into one figure of half a page."""

_ROW, _WIDE_ROW = 0.107, 0.16
_COLUMN_POINTS = 40
_MOST_OF_WIDTH = 0.42
"""Part of a figure's width that columns of figures may take."""


@dataclass(frozen=True)
class Column:
    """A column of figures to the right of the intervals."""

    header: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Ranking:
    """The rows of a figure, and those left out between them, and the common goals (shares)."""

    shown: pd.DataFrame
    between: pd.DataFrame
    goals: Sequence[float] = ()

    @property
    def heights(self) -> NDArray[np.float64]:
        """Height of every row on the y axis, with room for a line on those left out."""
        gap = (self.shown["rank"].diff() > 1).cumsum().to_numpy(float)
        return np.arange(len(self.shown), dtype=float) + gap


def draw_ranking(
    ax: Axes | None,
    forecast: Forecast,
    scale: str,
    ranking: Ranking,
    columns: Sequence[Column],
    lang: Language,
) -> Axes:
    """Draw a ranking's rows with their intervals, goals and columns of figures.

    Parameters
    ----------
    ax
        Axes to draw on; a new figure's when None.
    forecast
        The forecast that is told in the title.
    scale
        Scale of the places.
    ranking
        The rows, of `turnout.tables.ranked_places`.
    columns
        What is written to the right of each row.
    lang
        Language.
    """
    shown, heights, goals = ranking.shown, ranking.heights, ranking.goals
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
    values = [*shown[["lower_90", "upper_90", "last_same_type", "goal"]].to_numpy().ravel(), *goals]
    ax.set_xlim(*style.share_limits(values, margin=0.03))
    ax.set_ylim(heights[-1] + 0.8, -0.8)
    _draw_goals(ax, shown, heights, goals, lang)
    room = int(_MOST_OF_WIDTH * 72 * style.width_of(ax) // _COLUMN_POINTS)
    _write_columns(ax, heights, columns[-max(room, 1) :])
    _write_names(ax, shown, heights)
    _tell_between(ax, ranking, lang)
    style.percent_axis(ax.xaxis, lang)
    label = TURNOUT.say(lang)
    new = (shown["contests"] == 0).any()
    words = f"{label}     {_NEW.say(lang)}" if new else label
    style.name_x(ax, words)
    ax.grid(axis="x", color=style.RULE, linewidth=0.5)
    headline = _HEADLINE.say(lang, by=BY_SCALE[scale].say(lang))
    style.title(ax, headline, forecast_words(forecast, lang), clear=10)
    style.key_below(ax, columns=4)
    return ax


def _draw_intervals(
    ax: Axes, shown: pd.DataFrame, heights: NDArray[np.float64], lang: Language
) -> None:
    for level, colour, thickness in ((90, style.INTERVAL_90, 0.62), (50, style.INTERVAL_50, 0.62)):
        lower, upper = shown[f"lower_{level}"], shown[f"upper_{level}"]
        ax.barh(
            heights,
            upper - lower,
            left=lower,
            height=thickness,
            color=colour,
            label=INTERVAL.say(lang, level=level / 100),
        )
    ax.plot(
        shown["median"],
        heights,
        "o",
        markersize=3.4,
        color=style.FORECAST,
        markeredgecolor="white",
        markeredgewidth=0.5,
        label=MEDIAN.say(lang),
        zorder=5,
    )


def _draw_goals(
    ax: Axes,
    shown: pd.DataFrame,
    heights: NDArray[np.float64],
    goals: Sequence[float],
    lang: Language,
) -> None:
    """Draw common goals as lines, and the goals of single places as ticks of their rows."""
    own = shown["own_goal"].to_numpy(bool)
    if not own.all():
        draw_goals(ax, goals, lang)
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


def _write_columns(ax: Axes, heights: NDArray[np.float64], columns: Sequence[Column]) -> None:
    """Write each row's figures to the right of the Axes."""
    for number, column in enumerate(columns, start=1):
        right = number * _COLUMN_POINTS
        widest = max(column.cells, key=len)
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
    low, high = between["median"].min(), between["median"].max()
    whole = _BETWEEN.say(lang, n=len(between), low=low, high=high)
    fits = style.text_width(whole, style.TINY) < 36 * style.width_of(ax)
    ax.annotate(
        whole if fits else NOT_SHOWN.say(lang, n=len(between)),
        (0.5, above),
        xycoords=ax.get_yaxis_transform(),
        ha="center",
        va="center",
        fontsize=style.TINY,
        color=style.MUTED,
        style="italic",
    )


_HEADLINE = Text(en="Forecast turnout {by}", id="Prakiraan tingkat partisipasi {by}")
_OWN_GOAL = Text(en="Own goal", id="Target sendiri")
_BETWEEN = Text(
    en="{n:count} more, with medians from {low:percent} to {high:percent}",
    id="{n:count} lainnya, dengan median {low:percent} sampai {high:percent}",
)
_NEW = Text(en="* no past result of its own", id="* tanpa hasil pemilihan sebelumnya")
