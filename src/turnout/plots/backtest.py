"""How models would have done before: `plot_backtest` and `plot_skill`."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from turnout.backtesting import Backtest
from turnout.forecast.words import model_word
from turnout.language import Language, Text, day, percent
from turnout.plots.results import ROOM_FOR_MARKS, mark_results
from turnout.plots.style import style
from turnout.plots.words import INTERVAL, MEDIAN, NOT_SHOWN, TURNOUT, type_word
from turnout.schema import SCALE_WORDS

_BARS = ((0.9, style.INTERVAL_90, 2.2), (0.5, style.INTERVAL_50, 4.0))
_MOST_ELECTIONS = 24


@style.styled
def plot_backtest(
    backtest: Backtest,
    *,
    model: str | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw the forecasts of the whole against what happened, election by election.

    Parameters
    ----------
    backtest
        Forecasts of past elections.
    model
        Model to show; the first one when not given.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Raises
    ------
    ValueError
        If the backtest has no such model.
    """
    model = backtest.model_named(model)
    every = _whole(backtest, model)
    if every.empty:
        return _nothing_judged(style.axes_of(ax, 1.45), model, lang)
    rows = every.tail(_MOST_ELECTIONS * every["level"].nunique())
    single = rows[rows["level"] == rows["level"].iloc[0]]
    heights = np.arange(len(single), dtype=float)
    ax = style.axes_of(ax, 1.45 + 0.2 * len(single))
    for level, colour, line in _BARS:
        part = rows[rows["level"] == level]
        label = INTERVAL.say(lang, level=level)
        ax.hlines(
            heights, part["lower"], part["upper"], color=colour, linewidth=1.8 * line, label=label
        )
    medians = single["median"].to_numpy()
    ax.plot(medians, heights, "|", color=style.FORECAST, markersize=7, label=MEDIAN.say(lang))
    wide = rows[rows["level"] == _BARS[0][0]]
    inside = wide["actual"].between(wide["lower"], wide["upper"]).to_numpy()
    mark_results(ax, single["actual"].to_numpy(), heights, inside, _BARS[0][0], lang)
    ax.set_yticks(heights, _names(single, lang))
    ax.set_ylim(len(single) - 0.4, -0.6)
    drawn = rows[["lower", "upper", "actual"]].to_numpy()
    ax.set_xlim(*style.share_limits(drawn, beyond=ROOM_FOR_MARKS))
    style.percent_axis(ax.xaxis, lang)
    ax.set_xlabel(TURNOUT.say(lang))
    widest = every[every["level"] == _BARS[0][0]]
    k = int(widest["actual"].between(widest["lower"], widest["upper"]).sum())
    below = _BELOW.say(lang, model=model_word(model, lang, first=True))
    if len(widest) > len(wide):
        below += f" ({NOT_SHOWN.say(lang, n=len(widest) - len(wide))})"
    style.title(ax, _HEADLINE.say(lang, k=k, n=len(widest)), below)
    style.key_below(ax, 3)
    return ax


@style.styled
def plot_skill(backtest: Backtest, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw how much lower each model's CRPS is than the naive model's, scale by scale.

    Parameters
    ----------
    backtest
        Forecasts of past elections.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.
    """
    skill = backtest.skill
    against = skill["against"].iloc[0]
    skill = skill[(skill["against"] == against) & (skill["model"] != against)]
    models = list(skill["model"].unique())
    scales = [scale for scale in SCALE_WORDS if scale in set(skill["scale"])]
    ax = style.axes_of(ax, 1.5 + 0.2 * len(models) * len(scales))
    for place, model in enumerate(models):
        part = skill[skill["model"] == model].set_index("scale").reindex(scales)
        heights = np.arange(len(scales)) + (place - (len(models) - 1) / 2) * 0.8 / len(models)
        colour = style.SERIES[place % len(style.SERIES)]
        # Past the last colour another mark goes with each, so that no two models look alike.
        mark = style.MARKS[(place + place // len(style.SERIES)) % len(style.MARKS)]
        values = part["skill"].to_numpy(float)
        ax.hlines(heights, 0, values, color=colour, linewidth=1.2)
        ax.plot(
            values,
            heights,
            mark,
            color=colour,
            markersize=5,
            label=model_word(model, lang, first=True),
        )
        _write_values(ax, values, heights, lang)
    ax.axvline(0, color=style.MUTED, linewidth=0.8)
    names = [f"{SCALE_WORDS[scale].say(lang)} (n = {_elections(skill, scale)})" for scale in scales]
    ax.set_yticks(range(len(scales)), names)
    ax.set_ylim(len(scales) - 0.5, -0.5)
    finite = skill["skill"].to_numpy(float)
    least, most = min(0.0, float(finite.min())), max(0.0, float(finite.max()))
    room = 0.15 * max(most - least, 0.1)
    ax.set_xlim(least - room, most + room)
    style.percent_axis(ax.xaxis, lang)
    against_word = model_word(against, lang)
    ax.set_xlabel(_SKILL_AXIS.say(lang, against=against_word))
    style.title(ax, _SKILL_HEADLINE.say(lang, against=against_word), _SKILL_BELOW.say(lang))
    style.key_below(ax, 3, distance=36)
    return ax


def _whole(backtest: Backtest, model: str) -> pd.DataFrame:
    rows = backtest.forecasts
    rows = rows[rows["is_top"] & (rows["model"] == model)]
    return rows.sort_values(["panel", "date", "election", "level"], kind="stable")


def _nothing_judged(ax: Axes, model: str, lang: Language) -> Axes:
    """Tell that no result of the whole is known, instead of drawing none."""
    ax.set_axis_off()
    style.title(ax, _NOTHING.say(lang), _BELOW.say(lang, model=model_word(model, lang, first=True)))
    return ax


def _names(rows: pd.DataFrame, lang: Language) -> list[str]:
    """Name the elections by type and day; with their panel where there are several."""
    several = rows["panel"].nunique() > 1
    return [
        f"{panel} {type_word(kind)} {day(date, lang)}"
        if several
        else f"{type_word(kind)} {day(date, lang)}"
        for panel, date, kind in zip(
            rows["panel"], rows["date"], rows["election_type"], strict=True
        )
    ]


def _elections(skill: pd.DataFrame, scale: str) -> str:
    numbers = skill.loc[skill["scale"] == scale, "elections"].astype(int)
    least, most = numbers.min(), numbers.max()
    return f"{least}" if least == most else f"{least}-{most}"


def _write_values(ax: Axes, values: np.ndarray, heights: np.ndarray, lang: Language) -> None:
    for value, height in zip(values, heights, strict=True):
        if np.isfinite(value):
            ax.annotate(
                percent(value, lang, 0),
                (value, height),
                (5 if value >= 0 else -5, 0),
                textcoords="offset points",
                ha="left" if value >= 0 else "right",
                va="center",
                fontsize=style.TINY,
            )


_HEADLINE = Text(
    en="The 90% interval held in {k:count} of {n:count:election:elections}",
    id="Rentang 90% memuat realisasi {k:count} dari {n:count} pemilihan",
)
_NOTHING = Text(en="No result of the whole is known", id="Hasil keseluruhan tidak diketahui")
_BELOW = Text(
    en="{model}, each election forecast from what was known before it",
    id="{model}, setiap pemilihan diprakirakan dari yang diketahui sebelumnya",
)
_SKILL_HEADLINE = Text(
    en="Skill against “{against}”: more is better",
    id="Keunggulan atas “{against}”: makin besar makin baik",
)
_SKILL_BELOW = Text(
    en="Means over past elections (n), each forecast from what was known before it",
    id="Rata-rata pemilihan yang lalu (n), diprakirakan dari yang diketahui sebelumnya",
)
_SKILL_AXIS = Text(
    en="Skill: 1 - CRPS / CRPS of “{against}”", id="Keunggulan: 1 - CRPS / CRPS “{against}”"
)
