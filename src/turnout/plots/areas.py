"""Ranked places: `plot_areas` and `plot_districts`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.language import Language, Text, count, percent, probability
from turnout.plots import style
from turnout.plots.tables import (
    GoalLike,
    check_of,
    ends_of,
    ranked_places,
    scale_below_top,
)
from turnout.plots.words import (
    BY_SCALE,
    INTERVAL,
    MEDIAN,
    TURNOUT,
    election_words,
    goal_words,
    last_of_type,
)

PAGE_ROWS = 36
"""Places that fit into one figure of half a page."""

_ROW, _WIDE_ROW = 0.107, 0.16
_COLUMN_POINTS = 40


@dataclass(frozen=True)
class _Column:
    """A column of figures to the right of the intervals."""

    header: str
    cells: Sequence[str]


@dataclass(frozen=True)
class _Ranking:
    """The rows of a figure, and how many of the ranking are left out after which of them."""

    shown: pd.DataFrame
    between: pd.DataFrame

    @property
    def heights(self) -> np.ndarray:
        """Height of every row on the y axis, with room for a line on those left out."""
        gap = (self.shown["rank"].diff() > 1).cumsum().to_numpy(float)
        return np.arange(len(self.shown), dtype=float) + gap


@style.styled
def plot_areas(
    forecast: Forecast,
    goal: GoalLike = None,
    *,
    page: int | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw the finest places from the highest median to the lowest.

    Each has its median, its 50% and 90% intervals and its last turnout of the same type (hollow
    dot); with a goal, the goal line and the probability of reaching it.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        A goal such as 0.86 or ``"86%"``, or a `GoalCheck` (which may hold goals of single places).
    page
        Which 36 places of the ranking to draw, from 1; without it all of them, or both ends of
        the ranking where there are more than 36.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Raises
    ------
    TurnoutError
        If there is no such page.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from turnout import Election, Forecast
    >>> places = pd.DataFrame({"area": ["Murni", "Legok"], "registered": [800.0, 900.0]})
    >>> draws = np.random.default_rng(1).beta(60, 40, (500, 2))
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    >>> ax = plot_areas(forecast, "65%", lang="id")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Murni', 'Legok']
    """
    ranked = ranked_places(forecast, forecast.scale, check_of(forecast, goal), lang)
    ranking = _Ranking(*ends_of(ranked, PAGE_ROWS)) if page is None else _page(ranked, page)
    return _draw(ax, forecast, forecast.scale, ranking, _columns(ranking.shown, lang), lang)


@style.styled
def plot_districts(
    forecast: Forecast,
    goal: GoalLike = None,
    *,
    by: str | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw the districts, or another scale's places, as `plot_areas` does, with their voters.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        A goal such as 0.86 or ``"86%"``, or a `GoalCheck` (which may hold goals of single places).
    by
        Scale; the coarsest that has several places when not given.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Raises
    ------
    TurnoutError
        If the forecast is of a single place.
    """
    scale = by or scale_below_top(forecast)
    ranked = ranked_places(forecast, scale, check_of(forecast, goal), lang)
    ranking = _Ranking(*ends_of(ranked, PAGE_ROWS))
    voters = [count(value, lang) for value in ranking.shown["registered"]]
    columns = [_Column(_REGISTERED.say(lang), voters), *_columns(ranking.shown, lang)]
    return _draw(ax, forecast, scale, ranking, columns, lang)


def page_count(forecast: Forecast) -> int:
    """Return how many pages `plot_areas` has for a forecast."""
    return -(-len(forecast.places) // PAGE_ROWS)


def _page(ranked: pd.DataFrame, page: int) -> _Ranking:
    pages = -(-len(ranked) // PAGE_ROWS)
    if not 1 <= page <= pages:
        raise TurnoutError(_NO_PAGE, page=page, pages=pages)
    return _Ranking(ranked.iloc[PAGE_ROWS * (page - 1) : PAGE_ROWS * page], ranked.iloc[:0])


def _columns(shown: pd.DataFrame, lang: Language) -> list[_Column]:
    columns = [_Column(_MEDIAN.say(lang), [percent(value, lang) for value in shown["median"]])]
    if shown["goal"].notna().any():
        chances = [probability(value, lang) for value in shown["probability"]]
        columns.append(_Column(_CHANCE.say(lang), chances))
    return columns


def _draw(
    ax: Axes | None,
    forecast: Forecast,
    scale: str,
    ranking: _Ranking,
    columns: Sequence[_Column],
    lang: Language,
) -> Axes:
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
    values = shown[["lower_90", "upper_90", "last_same_type", "goal"]].to_numpy().ravel()
    ax.set_xlim(*style.share_limits(values, margin=0.03))
    ax.set_ylim(heights[-1] + 0.8, -0.8)
    _draw_goals(ax, shown, heights, lang)
    _write_columns(ax, heights, columns)
    _write_names(ax, shown, heights)
    _tell_between(ax, ranking, lang)
    style.percent_axis(ax.xaxis, lang)
    label = TURNOUT.say(lang)
    new = (shown["contests"] == 0).any()
    ax.set_xlabel(f"{label}     {_NEW.say(lang)}" if new else label)
    ax.grid(axis="x", color=style.RULE, linewidth=0.5)
    headline = _HEADLINE.say(lang, by=BY_SCALE[scale].say(lang))
    style.title(ax, headline, election_words(forecast.election, lang), clear=10)
    style.key_below(ax, columns=4)
    return ax


def _draw_intervals(ax: Axes, shown: pd.DataFrame, heights: np.ndarray, lang: Language) -> None:
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


def _draw_goals(ax: Axes, shown: pd.DataFrame, heights: np.ndarray, lang: Language) -> None:
    """Draw the common goal as a line, and the goals of single places as ticks of their rows."""
    own = shown["own_goal"].to_numpy(bool)
    common = shown["goal"][~own].dropna()
    if len(common):
        style.goal_line(ax, float(common.iloc[0]), goal_words(float(common.iloc[0]), lang))
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


def _write_names(ax: Axes, shown: pd.DataFrame, heights: np.ndarray) -> None:
    new = (shown["contests"] == 0).to_numpy()
    names = [f"{name} *" if mark else name for name, mark in zip(shown["name"], new, strict=True)]
    ax.set_yticks(heights, names)
    ax.tick_params(axis="y", length=0, labelsize=style.TINY)
    ax.spines["left"].set_visible(False)


def _write_columns(ax: Axes, heights: np.ndarray, columns: Sequence[_Column]) -> None:
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


def _tell_between(ax: Axes, ranking: _Ranking, lang: Language) -> None:
    """Say in the gap between the ranking's ends what is left out there."""
    between = ranking.between
    if between.empty:
        return
    above = int((ranking.shown["rank"] < between["rank"].iloc[0]).sum())
    low, high = between["median"].min(), between["median"].max()
    ax.annotate(
        _BETWEEN.say(lang, n=len(between), low=low, high=high),
        (0.5, above),
        xycoords=ax.get_yaxis_transform(),
        ha="center",
        va="center",
        fontsize=style.TINY,
        color=style.MUTED,
        style="italic",
    )


_HEADLINE = Text(en="Forecast turnout {by}", id="Prakiraan tingkat partisipasi {by}")
_MEDIAN = Text(en="Median", id="Median")
_CHANCE = Text(en="P(goal)", id="Peluang")
_REGISTERED = Text(en="Voters", id="Pemilih")
_OWN_GOAL = Text(en="Own goal", id="Target sendiri")
_BETWEEN = Text(
    en="{n:count} more, with medians from {low:percent} to {high:percent}",
    id="{n:count} lainnya, dengan median {low:percent} sampai {high:percent}",
)
_NEW = Text(en="* no past result of its own", id="* tanpa hasil pemilihan sebelumnya")
_NO_PAGE = Text(
    en="There is no page {page}: the places fill {pages:count} page(s).",
    id="Tidak ada halaman {page}: wilayah yang ada mengisi {pages:count} halaman.",
)
