"""Past and forecast of every district, side by side: `plot_multiples`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from turnout.forecast import Forecast
from turnout.forecast.counted import all_in
from turnout.language import Language, Text, percent
from turnout.plots.style import style
from turnout.plots.words import (
    BY_SCALE,
    INTERVAL,
    NOT_SHOWN,
    forecast_words,
    goal_number,
    type_word,
)
from turnout.tables import (
    GoalLike,
    check_of,
    ends_of,
    ranked_places,
    scale_below_top,
    turnout_grid,
)

MOST_PANELS = 16
_MARGINS, _APART = 24.0, 5.0
"""Points of the width beside the panels, and between the names of two."""
_COLUMNS = 4
_FOR_SEVERAL = 4.5
"""Inches: on less, as on a phone, panels stand below each other, each with its years."""
_INTERVALS: Mapping[int, str] = {90: style.INTERVAL_90, 50: style.INTERVAL_50}
"""Levels in percent, and their colours."""


@style.styled
def plot_multiples(
    forecast: Forecast,
    goal: GoalLike = None,
    *,
    by: str | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw each district's past turnout and its forecast in a small panel of its own.

    All panels have the same axes, so they can be compared; they are ordered by the median
    forecast, which is written at the forecast's 50% and 90% intervals. Of more than 16 districts
    both ends of the ranking are drawn.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        A goal such as 0.86 or ``"86%"``, or a `GoalCheck` (which may hold goals of single places).
    by
        Scale of the places; the coarsest that has several when not given.
    ax
        Axes whose room the panels share, as its ``child_axes``; a new figure's when not given.
    lang
        Language.

    Raises
    ------
    TurnoutError
        If the forecast is of a single place.
    """
    scale = by or scale_below_top(forecast)
    check = check_of(forecast, goal)
    ranked = ranked_places(forecast, scale, check, lang)
    grid = turnout_grid(forecast, scale, lang)
    shown, between = ends_of(ranked, MOST_PANELS)
    columns = _columns(ax, shown["name"])
    lines = -(-len(shown) // columns)
    ax = style.axes_of(ax, 0.95 + (0.96 if columns > 1 else 1.25) * lines)
    ax.set_axis_off()
    ax.set(xticks=[], yticks=[])
    marks = style.type_marks([forecast.election.election_type, *grid.contests["election_type"]])
    past = grid.turnout[shown["rank"] - 1, :-1]
    known = np.flatnonzero(np.isfinite(past).any(axis=0))
    contests, past = grid.contests.iloc[known], past[:, known]
    limits = _limits(shown, contests, past, forecast)
    for number, (_, place) in enumerate(shown.iterrows()):
        panel = _panel(
            ax, number, (lines, columns), last=columns == 1 or number + columns >= len(shown)
        )
        _draw_past(panel, contests, past[number], marks)
        _draw_forecast(panel, place, forecast, _letters(columns), lang)
        panel.set(xlim=limits[0], ylim=limits[1])
        style.percent_axis(panel.yaxis, lang, ticks=3)
        style.year_axis(panel, lang, ticks=3 if columns > 1 else 5)
    counted = all_in(forecast.counted)
    _key(ax, contests, marks, {} if counted else _INTERVALS, lang)
    below = (_RESULT if counted else _BELOW).say(lang, election=forecast_words(forecast, lang))
    if check is not None:
        below += f" · {_DASHED.say(lang, goal=goal_number(check.goal, lang))}"
    if len(between):
        below += f"\n{NOT_SHOWN.say(lang, n=len(between))}"
    style.title(
        ax,
        (_PAST_AND_PRESENT if counted else _HEADLINE).say(lang, by=BY_SCALE[scale].say(lang)),
        below,
    )
    return ax


def _columns(ax: Axes | None, names: Iterable[str]) -> int:
    """Return how many panels fit beside each other with their names."""
    longest = max(style.text_width(name, style.TINY, bold=True) for name in names)
    if style.width_of(ax) < _FOR_SEVERAL:
        return 1
    fit = int((72 * style.width_of(ax) - _MARGINS) / (longest + _APART))
    return max(1, min(style.fewer(_COLUMNS, ax), fit))


def _limits(
    shown: pd.DataFrame, contests: pd.DataFrame, past: np.ndarray, forecast: Forecast
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the limits that all panels share: of dates, and of turnout."""
    coming = float(date2num(forecast.election.date))
    first = min([coming - 365, *date2num(contests["date"])])
    room = coming - first
    shares = [*shown[["lower_90", "upper_90", "goal"]].to_numpy().ravel(), *past.ravel()]
    return (first - 0.08 * room, coming + 0.42 * room), style.share_limits(shares)


def _panel(ax: Axes, number: int, grid: tuple[int, int], *, last: bool) -> Axes:
    """Return the small Axes of a panel; only those at the left and below have tick labels."""
    lines, columns = grid
    line, column = divmod(number, columns)
    width, height = 1 / columns, 1 / lines
    panel = ax.inset_axes((column * width, 1 - (line + 0.95) * height, 0.9 * width, 0.72 * height))
    style.make_plain(panel)
    panel.tick_params(labelsize=_letters(columns), pad=1.5, length=2)
    panel.tick_params(axis="y", labelleft=column == 0)
    panel.tick_params(axis="x", labelbottom=last)
    # Laying out takes long: only the panels at the rim, with their tick labels, need the room.
    panel.set_in_layout(column == 0 or last)
    panel.grid(axis="y", color=style.RULE, linewidth=0.4)
    return panel


def _letters(columns: int) -> float:
    """Return the size of figures in panels that share a line with others, or have their own."""
    return 5.8 if columns > 1 else style.SMALL


def _draw_past(
    panel: Axes, contests: pd.DataFrame, shares: np.ndarray, marks: Mapping[str, tuple[str, str]]
) -> None:
    days, known = date2num(contests["date"]), np.isfinite(shares)
    for rows in contests.groupby("type_group", sort=False).indices.values():
        own = rows[known[rows]]
        panel.plot(days[own], shares[own], color="#BBBBBB", linewidth=0.7, zorder=1)
    for kind, (mark, colour) in marks.items():
        rows = (contests["election_type"] == kind).to_numpy() & known
        if rows.any():
            panel.plot(days[rows], shares[rows], mark, markersize=3, color=colour)


def _draw_forecast(
    panel: Axes, place: pd.Series, forecast: Forecast, letters: float, lang: Language
) -> None:
    coming = date2num(forecast.election.date)
    for level, colour in _INTERVALS.items():
        low, high = place[f"lower_{level}"], place[f"upper_{level}"]
        panel.vlines(coming, low, high, color=colour, linewidth=4.5)
    panel.plot(coming, place["median"], "o", markersize=2.6, color=style.FORECAST)
    panel.annotate(
        percent(place["median"], lang),
        (coming, place["median"]),
        (4, 0),
        textcoords="offset points",
        va="center",
        fontsize=letters,
        color=style.FORECAST,
        bbox={**style.BACKED, "pad": 0.2},
        annotation_clip=False,
        zorder=4,
    )
    if pd.notna(place["goal"]):
        panel.axhline(place["goal"], color=style.GOAL, linewidth=0.8, linestyle=(0, (4, 2)))
    panel.set_title(
        place["name"], loc="left", fontsize=max(style.TINY, letters), fontweight="bold", pad=2.5
    )


def _key(
    ax: Axes,
    contests: pd.DataFrame,
    marks: Mapping[str, tuple[str, str]],
    intervals: Mapping[int, str],
    lang: Language,
) -> None:
    handles: list[Line2D | Patch] = [
        Line2D([], [], marker=mark, color=colour, markersize=4, linestyle="", label=type_word(kind))
        for kind, (mark, colour) in marks.items()
        if (contests["election_type"] == kind).any()
    ]
    handles += [
        Patch(color=colour, label=INTERVAL.say(lang, level=level / 100))
        for level, colour in intervals.items()
    ]
    style.key_of(ax, handles, columns=6, distance=14)


_HEADLINE = Text(
    en="Past and forecast turnout {by}", id="Tingkat partisipasi dan prakiraannya {by}"
)
_BELOW = Text(en="Forecast for {election}", id="Prakiraan untuk {election}")
_PAST_AND_PRESENT = Text(
    en="Past and present turnout {by}", id="Tingkat partisipasi dulu dan kini {by}"
)
_RESULT = Text(en="On the right the result: {election}", id="Paling kanan hasilnya: {election}")
_DASHED = Text(en="dashed: goal {goal}", id="garis putus-putus: target {goal}")
