"""The figures of a report, and what they show in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from turnout.backtesting import Backtest
from turnout.forecast import Forecast
from turnout.forecast.counted import all_in
from turnout.goals import GoalCheck
from turnout.language import Language, Text
from turnout.plots.backtest import plot_backtest
from turnout.plots.figures import figures_of, with_source
from turnout.plots.rendering import Rendered, rendered
from turnout.plots.style.style import WIDTH, sheet_axes
from turnout.plots.tilemap import MOST_TILES
from turnout.plots.words import source_words
from turnout.report.document.blocks import Figure
from turnout.tables import scale_below_top

_SHOWN = ("total", "history", "goal", "districts", "map", "map-goal", "heatmap", "multiples")


def render_pictures(
    forecast: Forecast,
    check: GoalCheck | None,
    backtest: Backtest | None,
    lang: Language,
    *,
    width: float = WIDTH,
    formats: Sequence[str] = ("svg",),
) -> dict[str, Rendered]:
    """Draw the figures of a report, laid out for a width in inches.

    Returns
    -------
    dict
        By the names of `turnout.plots.figures.figures_of`, and ``backtest``; those alone that
        make sense for the forecast.
    """
    figures = figures_of(forecast, check, lang)
    drawn = {
        name: rendered(figures[name](ax=sheet_axes(width)), formats)
        for name in _SHOWN
        if name in figures
    }
    if backtest is None:
        return drawn
    source = source_words(forecast, lang)
    past = render_backtest(backtest, lang, source=source, width=width, formats=formats)
    return {**drawn, "backtest": past}


def render_backtest(
    backtest: Backtest,
    lang: Language,
    *,
    source: str = "",
    width: float = WIDTH,
    formats: Sequence[str] = ("svg",),
) -> Rendered:
    """Draw a report's figure of a backtest above its source, laid out for a width in inches."""
    ax = plot_backtest(backtest, ax=sheet_axes(width), lang=lang)
    return rendered(with_source(ax, source), formats)


def figures_shown(
    forecast: Forecast, drawn: Mapping[str, Rendered], lang: Language
) -> dict[str, Figure]:
    """Return the figures of a report, of all that are drawn, with what they show in words."""
    shows = {**_SHOWS, **(_SHOWS_COUNTED if all_in(forecast.counted) else {})}
    shown = [name for name in (*_SHOWN, "backtest") if name in drawn]
    return {name: _figure(name, drawn[name], shows[name].say(lang)) for name in shown}


def map_scale(forecast: Forecast) -> str:
    """Return the scale of the maps: the finest, or the coarsest where that has too many tiles."""
    fits = len(forecast.places) <= MOST_TILES
    return forecast.scale if fits else scale_below_top(forecast)


def _figure(name: str, drawn: Rendered, told: str) -> Figure:
    return Figure(name, told, f"{drawn.headline}. {told}" if drawn.headline else told, drawn)


_SHOWS: Mapping[str, Text] = {
    "total": Text(
        en="Curve of the probable turnout of the whole, with its intervals and the goal.",
        id="Kurva tingkat partisipasi keseluruhan yang mungkin terjadi, dengan rentang dan target.",
    ),
    "history": Text(
        en="Turnout of past elections by date and type, and the interval of the coming one; the "
        "figures are in the table of past elections.",
        id="Tingkat partisipasi pemilihan yang lalu menurut tanggal dan jenis, serta rentang "
        "prakiraan; angkanya ada di tabel pemilihan yang lalu.",
    ),
    "goal": Text(
        en="Steps from the voters of the median forecast to those of the goal, place by place; "
        "the figures are in the table below.",
        id="Langkah dari jumlah pemilih pada median ke target, wilayah demi wilayah; angkanya ada "
        "di tabel di bawah.",
    ),
    "districts": Text(
        en="Medians and intervals in order; the figures are in the table below.",
        id="Median dan rentang, terurut; angkanya ada di tabel di bawah.",
    ),
    "map": Text(
        en="One tile per place, the darker the higher the median; the figures are in the table.",
        id="Satu kotak per wilayah, makin gelap makin tinggi mediannya; angkanya ada di tabel.",
    ),
    "map-goal": Text(
        en="One tile per place, the darker the likelier the goal; the figures are in the table.",
        id="Satu kotak per wilayah, makin gelap makin besar peluangnya; angkanya ada di tabel.",
    ),
    "heatmap": Text(
        en="Past turnout by place and election, and the median forecast, as a coloured table.",
        id="Tingkat partisipasi yang lalu menurut wilayah dan pemilihan, serta median prakiraan, "
        "sebagai tabel berwarna.",
    ),
    "multiples": Text(
        en="One small panel per place with its past turnout and the interval of the forecast.",
        id="Satu panel kecil per wilayah dengan tingkat partisipasi yang lalu dan rentang "
        "prakiraan.",
    ),
    "backtest": Text(
        en="For each past election: the intervals of its forecast and what happened.",
        id="Untuk setiap pemilihan yang lalu: rentang prakiraan dan hasil sebenarnya.",
    ),
}

_SHOWS_COUNTED: Mapping[str, Text] = {
    "history": Text(
        en="Turnout of past elections by date and type, and that of this one; the figures are in "
        "the table of past elections.",
        id="Tingkat partisipasi pemilihan yang lalu menurut tanggal dan jenis, serta hasil kali "
        "ini; angkanya ada di tabel pemilihan yang lalu.",
    ),
    "goal": Text(
        en="Steps from the voters counted to those of the goal, place by place; the figures are in "
        "the table below.",
        id="Langkah dari jumlah pemilih menurut hasil hitung ke target, wilayah demi wilayah; "
        "angkanya ada di tabel di bawah.",
    ),
    "districts": Text(
        en="Turnout in order; the figures are in the table below.",
        id="Tingkat partisipasi, terurut; angkanya ada di tabel di bawah.",
    ),
    "map": Text(
        en="One tile per place, the darker the higher the turnout; the figures are in the table.",
        id="Satu kotak per wilayah, makin gelap makin tinggi partisipasinya; angkanya ada di "
        "tabel.",
    ),
    "heatmap": Text(
        en="Past turnout by place and election, and that of this one, as a coloured table.",
        id="Tingkat partisipasi yang lalu menurut wilayah dan pemilihan, serta hasil kali ini, "
        "sebagai tabel berwarna.",
    ),
    "multiples": Text(
        en="One small panel per place with its past turnout and that of this election.",
        id="Satu panel kecil per wilayah dengan tingkat partisipasi yang lalu dan hasil kali ini.",
    ),
}
"""What figures show of a complete count, of which nothing is a forecast."""
