"""The figures of a report as pictures that stand in the page itself."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from turnout.backtesting import Backtest
from turnout.forecast import Forecast
from turnout.goals import GoalCheck
from turnout.language import Language, Text
from turnout.plots.backtest import plot_backtest
from turnout.plots.figures import figures_of
from turnout.plots.rendering import Rendered, rendered
from turnout.plots.style.style import WIDTH, sheet_axes
from turnout.plots.tilemap import MOST_TILES
from turnout.tables import scale_below_top

_SHOWN = ("total", "history", "goal", "districts", "map", "map-goal", "heatmap", "multiples")


@dataclass(frozen=True)
class Picture:
    """A figure as a reader's browser shows it.

    Parameters
    ----------
    source
        The picture itself, as a ``data:`` address.
    narrow
        The same laid out for a phone.
    alt
        What it shows, for those who do not see it.
    width, height
        Size in CSS pixels.
    """

    source: str
    narrow: str
    alt: str
    width: int
    height: int


def render_pictures(
    forecast: Forecast,
    check: GoalCheck | None,
    backtest: Backtest | None,
    lang: Language,
    *,
    width: float = WIDTH,
) -> dict[str, Rendered]:
    """Draw the figures of a report as SVG, laid out for a width in inches.

    Returns
    -------
    dict
        By the names of `turnout.plots.figures.figures_of`, and ``backtest``; those alone that
        make sense for the forecast.
    """
    figures = figures_of(forecast, check, lang)
    drawn = {
        name: rendered(figures[name](ax=sheet_axes(width)), ["svg"])
        for name in _SHOWN
        if name in figures
    }
    if backtest is None:
        return drawn
    return {**drawn, "backtest": render_backtest(backtest, lang, width=width)}


def render_backtest(backtest: Backtest, lang: Language, *, width: float = WIDTH) -> Rendered:
    """Draw a report's figure of a backtest as SVG, laid out for a width in inches."""
    return rendered(plot_backtest(backtest, ax=sheet_axes(width), lang=lang), ["svg"])


def pictures(
    drawn: Mapping[str, Rendered], narrow: Mapping[str, Rendered], lang: Language
) -> dict[str, Picture]:
    """Return the figures of a report, of those drawn for both widths, as the page holds them."""
    shown = [name for name in (*_SHOWN, "backtest") if name in drawn]
    return {name: _picture(drawn[name], narrow[name], _ALTS[name], lang) for name in shown}


def map_scale(forecast: Forecast) -> str:
    """Return the scale of the maps: the finest, or the coarsest where that has too many tiles."""
    fits = len(forecast.places) <= MOST_TILES
    return forecast.scale if fits else scale_below_top(forecast)


def _picture(drawn: Rendered, narrow: Rendered, told: Text, lang: Language) -> Picture:
    width, height = (round(96 * inches) for inches in (drawn.width, drawn.height))
    alt = f"{drawn.headline}. {told.say(lang)}" if drawn.headline else told.say(lang)
    return Picture(_address(drawn), _address(narrow), alt, width, height)


def _address(drawn: Rendered) -> str:
    encoded = base64.b64encode(drawn.content["svg"]).decode("ascii")
    return f"data:image/svg+xml;base64,{encoded}"


_ALTS: Mapping[str, Text] = {
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
