"""Is the stated uncertainty right?: `plot_calibration` and `plot_pit`."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from turnout.backtesting import Backtest, coverage_table, pit_table
from turnout.forecast.words import model_word
from turnout.language import Language, Text, percent
from turnout.plots.style import style
from turnout.schema import SCALE_WORDS

_EXPECTED = 0.2


@style.styled
def plot_calibration(
    backtest: Backtest,
    *,
    model: str | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw how often the intervals held against how often they should, at every scale.

    The whole has the 95% Clopper-Pearson interval of its coverage, since it rests on few polling
    days.

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
    table = coverage_table(backtest, model)
    name = model_word(model, lang, first=True)
    ax = style.axes_of(ax, 3.6)
    ax.plot(
        [0.4, 1],
        [0.4, 1],
        color=style.MUTED,
        linewidth=0.8,
        linestyle=(0, (4, 2)),
        label=_AS_STATED.say(lang),
    )
    scales = list(table["scale"].unique())
    for place, scale in enumerate(scales):
        part = table[table["scale"] == scale]
        _draw_scale(ax, part, place, (place - (len(scales) - 1) / 2) * 0.012, lang)
    levels = sorted(table["level"].unique())
    ax.set_xticks(levels)
    ax.set_xlim(0.42, 0.98)
    ax.set_ylim(-0.03, 1.03)
    style.percent_axis(ax.yaxis, lang)
    ax.set_xticks(levels, [percent(level, lang, 0) for level in levels])
    ax.set_xlabel(_STATED.say(lang))
    ax.set_ylabel(_HELD.say(lang))
    days = table.loc[table["is_top"], "days"]
    below = _COVERAGE_BELOW.say(lang, model=name, n=days.max()) if len(days) else name
    style.title(ax, _COVERAGE.say(lang), below)
    style.key_below(ax, 2, distance=36)
    return ax


@style.styled
def plot_pit(
    backtest: Backtest,
    *,
    model: str | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw in which fifth of its forecast the actual turnout fell: evenly, if calibrated.

    More at both ends: the forecasts are too sure. More in the middle: too unsure. More to one
    side: too low or too high.

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
    table = pit_table(backtest, model)
    ax = style.axes_of(ax, 3.0)
    scales = list(table["scale"].unique())
    width = 0.8 / len(scales)
    for place, scale in enumerate(scales):
        part = table[table["scale"] == scale]
        ax.bar(
            part["fifth"] + (place - (len(scales) - 1) / 2) * width,
            part["share"],
            0.92 * width,
            color=style.SERIES[place % len(style.SERIES)],
            label=_of_scale(part, lang),
        )
    ax.axhline(_EXPECTED, color=style.MUTED, linewidth=0.8, linestyle=(0, (4, 2)))
    ax.set_xticks(range(1, 6), [text.say(lang) for text in _FIFTHS])
    ax.set_ylim(0, max(0.5, 1.1 * float(table["share"].max())))
    style.percent_axis(ax.yaxis, lang)
    ax.set_ylabel(_SHARE.say(lang))
    style.title(ax, _PIT.say(lang), _PIT_BELOW.say(lang, model=model_word(model, lang, first=True)))
    style.key_below(ax, 3, distance=22)
    return ax


def _draw_scale(ax: Axes, part: pd.DataFrame, place: int, offset: float, lang: Language) -> None:
    colour = style.SERIES[place % len(style.SERIES)]
    levels, coverage = part["level"].to_numpy() + offset, part["coverage"].to_numpy()
    if part["is_top"].any():
        # The whisker counts days and the mark elections: the mark need not lie within it.
        middle, reach = (part["upper"] + part["lower"]) / 2, (part["upper"] - part["lower"]) / 2
        ax.errorbar(levels, middle, reach, fmt="none", ecolor=colour, elinewidth=1, capsize=2)
    ax.plot(
        levels,
        coverage,
        style.MARKS[place % len(style.MARKS)],
        color=colour,
        markersize=5.5,
        label=_of_scale(part, lang),
    )


def _of_scale(part: pd.DataFrame, lang: Language) -> str:
    words = SCALE_WORDS[str(part["scale"].iloc[0])].say(lang)
    text = _OF_WHOLE if part["is_top"].any() else _OF_SCALE
    return text.say(lang, scale=words, n=int(part["elections"].iloc[0]))


_COVERAGE = Text(
    en="How often the intervals held the result",
    id="Seberapa sering rentang memuat realisasi",
)
_COVERAGE_BELOW = Text(
    en="{model}; whiskers: what coverage of the whole fits {n:count:polling day:polling days} "
    "(95%)",
    id="{model}; garis tegak: cakupan keseluruhan yang cocok dengan {n:count} hari pemungutan "
    "suara (95%)",
)
_STATED = Text(en="Stated probability of the interval", id="Peluang rentang yang dinyatakan")
_HELD = Text(en="Share that held", id="Persentase yang memuat realisasi")
_AS_STATED = Text(en="as stated", id="sesuai yang dinyatakan")
_OF_SCALE = Text(
    en="per {scale}, {n:count:election:elections}", id="per {scale}, {n:count} pemilihan"
)
_OF_WHOLE = Text(
    en="the whole, {n:count:election:elections}", id="keseluruhan, {n:count} pemilihan"
)
_PIT = Text(
    en="Where in its forecast the result fell",
    id="Letak realisasi di dalam prakiraannya",
)
_PIT_BELOW = Text(
    en="{model}; a calibrated forecast has one fifth in each (dashed line)",
    id="{model}; prakiraan yang terkalibrasi memuat seperlima di setiap bagian (garis putus-putus)",
)
_SHARE = Text(en="Share of places", id="Persentase wilayah")
_FIFTHS = (
    Text(en="lowest fifth", id="seperlima terendah"),
    Text(en="second", id="kedua"),
    Text(en="middle", id="tengah"),
    Text(en="fourth", id="keempat"),
    Text(en="highest fifth", id="seperlima tertinggi"),
)
