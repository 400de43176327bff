"""Past turnout and the forecast in time: `plot_history`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from turnout.forecast import Forecast
from turnout.forecast.counted import all_in
from turnout.language import Language, Text, percent
from turnout.levels import is_point
from turnout.plots.style import style
from turnout.plots.style.labels import box_at, label_points
from turnout.plots.words import (
    BY_SCALE,
    INTERVAL,
    PARTIAL,
    PARTIAL_OF,
    TURNOUT,
    forecast_words,
    goal_words,
    type_word,
)
from turnout.schema import SCALE_WORDS
from turnout.tables import FEW, GoalLike, check_of, goals_of, parts_of_places, past_of_whole

# What the finer places add up to stands this many points to the right of the given total.
_BESIDE = 7.0


@style.styled
def plot_history(
    forecast: Forecast,
    goal: GoalLike = None,
    *,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw the whole's past turnout by date, and the forecast at its date.

    Each type of election has its mark. Full marks are totals that were given; hollow ones are
    sums of the finer places. Where both are known and differ as printed, both are drawn. A sum of
    a part of the places only has an asterisk.

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
    >>> plot_history(forecast, lang="id").get_title("left")
    'Tingkat partisipasi di Jambi: prakiraan 59,8%'
    """
    whole = forecast.at(forecast.top)
    past = _without_equal_parts(past_of_whole(forecast))
    check = check_of(forecast, goal)
    ax = style.axes_of(ax, 3.5)
    fan = whole.quantiles([0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95])[:, 0]
    _set_limits(ax, whole, past, [*fan, *goals_of(check)])
    marks = style.type_marks([whole.election.election_type, *past["election_type"]])
    _draw_past(ax, past, marks)
    parts = _PARTS.say(lang, scale=SCALE_WORDS[forecast.scale].say(lang))
    mixed = bool(past["official"].any())
    _name_marks(ax, past, marks, parts if mixed else "")
    _draw_fan(ax, whole, fan, lang)
    free = _widest_gap(ax, [*date2num(past["date"]), date2num(whole.election.date)])
    for one in goals_of(check):
        style.goal_across(ax, one, goal_words(one, lang), free)
    _write_figures(ax, whole, past, fan, lang)
    style.percent_axis(ax.yaxis, lang)
    style.year_axis(ax, lang)
    ax.grid(axis="y", color=style.RULE, linewidth=0.5)
    place = _IN.say(lang, place=whole.names(lang)[0])
    below = _BELOW_COUNTED if all_in(whole.counted) else _BELOW
    where = BY_SCALE["total"].say(lang) if whole.scale == "total" else place
    style.title(
        ax,
        f"{TURNOUT.say(lang)} {where}: {_found(whole, past, fan[len(fan) // 2], lang)}",
        "\n".join(
            [
                below.say(lang, election=forecast_words(whole, lang)),
                *([] if mixed or past.empty else [parts]),
                *([_part_told(forecast, lang)] if _of_a_part(past).any() else []),
            ]
        ),
    )
    named = len(ax.get_legend_handles_labels()[0])
    # Three intervals stay in one line: the second where the first is full.
    style.key_below(ax, columns=named if named < 6 else named - 3, distance=22)
    return ax


def _found(whole: Forecast, past: pd.DataFrame, median: float, lang: Language) -> str:
    """Return the median beside the last turnout of the type."""
    kin = past[past["election_type"] == whole.election.election_type]["turnout"].dropna()
    counted = all_in(whole.counted)
    if kin.empty:
        return (_COUNTED if counted else _EXPECTED).say(lang, median=median)
    kind = type_word(whole.election.election_type)
    told = _COUNTED_WITH_LAST if counted else _WITH_LAST
    said = told.say(lang, median=median, kind=kind, last=kin.iloc[-1])
    last = past.loc[kin.index[-1:]]
    return f"{said}*" if _of_a_part(last).any() else said


def _part_told(forecast: Forecast, lang: Language) -> str:
    """Say what the star means: of how many places the sums are, where that is known."""
    parts = parts_of_places(forecast, lang)
    return PARTIAL_OF.say(lang, parts=parts) if parts else PARTIAL.say(lang, few=FEW)


def _of_a_part(past: pd.DataFrame) -> pd.Series[bool]:
    """Mark the contests that are known of a part of the whole only."""
    return ~past["official"].astype(bool) & (past["coverage"].astype(float) < FEW)


def _without_equal_parts(past: pd.DataFrame) -> pd.DataFrame:
    """Leave out what the finer places add up to where that is the total: it says nothing more."""
    equal = past["official"] & ((past["parts"] - past["turnout"]).abs() < _AS_PRINTED)
    return past.assign(parts=past["parts"].mask(equal))


_AS_PRINTED = 0.0005


def _set_limits(ax: Axes, whole: Forecast, past: pd.DataFrame, heights: list[float]) -> None:
    coming = date2num(whole.election.date)
    first = min([coming - 365, *date2num(past["date"])])
    room = 0.04 * (coming - first)
    ax.set_xlim(first - 1.5 * room, coming + 3.5 * room)
    ax.set_ylim(*style.share_limits([*past["turnout"], *past["parts"], *heights], margin=0.1))


def _widest_gap(ax: Axes, days: Sequence[float]) -> float:
    """Return where the widest gap between elections begins, as a part of the axis: room for a name.

    A little to the right of the election before it, whose mark and figure stand there.
    """
    low, high = ax.get_xlim()
    ends = sorted((day - low) / (high - low) for day in days)
    gaps = [after - before for before, after in pairwise(ends)]
    widest = int(np.argmax(gaps)) if gaps else 0
    return ends[widest] + 0.2 * gaps[widest] if gaps else 0.0


def _draw_past(ax: Axes, past: pd.DataFrame, marks: Mapping[str, tuple[str, str]]) -> None:
    for _, contests in past.groupby("type_group", sort=False):
        days = contests.groupby("date")["turnout"].mean()
        ax.plot(date2num(days.index), days, color="#BBBBBB", linewidth=0.9, zorder=1)
    for kind, (mark, colour) in marks.items():
        given = past[(past["election_type"] == kind) & past["official"]]
        summed = past[(past["election_type"] == kind) & ~past["official"]]
        both = given[given["parts"].notna()]
        full: dict[str, Any] = {
            "color": colour,
            "markersize": 5,
            "markeredgewidth": 1.1,
            "zorder": 3,
        }
        hollow = {**full, "markerfacecolor": "white"}
        beside = ax.transData + style.moved(ax, _BESIDE)
        for contests, column, look in (
            (given, "turnout", full),
            (summed, "turnout", hollow),
            (both, "parts", {**hollow, "markersize": 4, "transform": beside}),
        ):
            ax.plot(date2num(contests["date"]), contests[column], mark, **look)


def _name_marks(
    ax: Axes, past: pd.DataFrame, marks: Mapping[str, tuple[str, str]], parts: str
) -> None:
    """Enter the marks into the key: each type's, and the hollow one where there is any."""
    for kind, (mark, colour) in marks.items():
        own = past[past["election_type"] == kind]
        if len(own):
            face = colour if own["official"].any() else "white"
            words = type_word(kind)
            ax.plot([], [], mark, markersize=5, color=colour, markerfacecolor=face, label=words)
    if parts and (~past["official"] | past["parts"].notna()).any():
        ax.plot(
            [],
            [],
            "o",
            markersize=5,
            color=style.MUTED,
            markerfacecolor="white",
            markeredgewidth=1.1,
            label=parts,
        )


def _draw_fan(ax: Axes, whole: Forecast, fan: np.ndarray, lang: Language) -> None:
    """Draw the intervals at the coming election's date, the wider the lighter."""
    coming = date2num(whole.election.date)
    low, high = ax.get_xlim()
    width = 0.022 * (high - low)
    colours = (style.INTERVAL_90, style.INTERVAL_80, style.INTERVAL_50)
    for step, (level, colour) in enumerate(zip((0.9, 0.8, 0.5), colours, strict=True)):
        lower, upper = fan[step], fan[-1 - step]
        if is_point(lower, upper):
            continue
        ax.bar(
            coming,
            upper - lower,
            width,
            bottom=lower,
            color=colour,
            label=INTERVAL.say(lang, level=level),
            zorder=2,
        )
    ax.hlines(fan[3], coming - 0.7 * width, coming + 0.7 * width, color=style.FORECAST, linewidth=2)


def _write_figures(
    ax: Axes, whole: Forecast, past: pd.DataFrame, fan: np.ndarray, lang: Language
) -> None:
    coming = date2num(whole.election.date)
    for end, weight, away in _written_ends(ax, fan, lang):
        ax.annotate(
            percent(end, lang),
            (coming, end),
            (10, away),
            textcoords="offset points",
            va="center",
            fontsize=style.SMALL,
            fontweight=weight,
            color=style.FORECAST,
            bbox=style.BACKED,
            annotation_clip=False,
            zorder=5,
        )
    both = past[past["official"] & past["parts"].notna()]
    beside = [
        box_at(ax, day, (part, part), _BESIDE + 4)
        for day, part in zip(date2num(both["date"]), both["parts"], strict=True)
    ]
    label_points(
        ax,
        list(date2num(past["date"])),
        past["turnout"].tolist(),
        [
            percent(value, lang) + ("*" if starred else "")
            for value, starred in zip(past["turnout"], _of_a_part(past), strict=True)
        ],
        taken=[box_at(ax, coming, (fan[0], fan[-1]), 8), *beside],
    )


def _written_ends(
    ax: Axes, fan: np.ndarray, lang: Language
) -> list[tuple[float, Literal["normal", "bold"], float]]:
    """Return the median and the ends that differ from it, and how far aside each is written.

    In points: where little is left to count the ends lie on the median, and their figures beside
    it.
    """
    lower, median, upper = fan[0], fan[3], fan[-1]
    height = ax.transData.transform([(0, lower), (0, median), (0, upper)])[:, 1]
    points = np.diff(height) * 72 / ax.figure.dpi
    ends: list[tuple[float, Literal["normal", "bold"], float]] = [(median, "bold", 0.0)]
    for end, side, gap in ((lower, -1, points[0]), (upper, 1, points[1])):
        if percent(end, lang) != percent(median, lang):
            ends.append((end, "normal", side * max(0.0, _LINE - float(gap))))
    return ends


_LINE = 1.4 * style.SMALL
"""Height of a line of figures, points."""

_IN = Text(en="in {place}", id="di {place}")
_EXPECTED = Text(en="forecast {median:percent}", id="prakiraan {median:percent}")
_WITH_LAST = Text(
    en="forecast {median:percent}, last {kind} {last:percent}",
    id="prakiraan {median:percent}, {kind} terakhir {last:percent}",
)
_COUNTED = Text(en="counted {median:percent}", id="hasil hitung {median:percent}")
_COUNTED_WITH_LAST = Text(
    en="counted {median:percent}, last {kind} {last:percent}",
    id="hasil hitung {median:percent}, {kind} terakhir {last:percent}",
)
_BELOW_COUNTED = Text(
    en="Past elections, and the count of {election}",
    id="Pemilihan yang lalu, dan hasil hitung {election}",
)
_BELOW = Text(
    en="Past elections, and the forecast for {election}",
    id="Pemilihan yang lalu, dan prakiraan untuk {election}",
)
_PARTS = Text(en="Sum of the counted places ({scale})", id="Dijumlahkan dari data per {scale}")
