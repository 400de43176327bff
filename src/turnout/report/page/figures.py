"""The figures of a report as pictures that stand in the page itself."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from turnout.backtesting import Backtest
from turnout.forecast import Forecast
from turnout.goals import GoalCheck
from turnout.language import Language, Text
from turnout.plots.backtest import plot_backtest
from turnout.plots.figures import figures_of
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
    alt
        What it shows, for those who do not see it.
    width, height
        Size in CSS pixels.
    """

    source: str
    alt: str
    width: int
    height: int


def pictures(
    forecast: Forecast, check: GoalCheck | None, backtest: Backtest | None, lang: Language
) -> dict[str, Picture]:
    """Draw the figures of a report.

    Returns
    -------
    dict
        By the names of `turnout.plots.figures.figures_of`, and ``backtest``; those alone that
        make sense for the forecast.
    """
    draws = figures_of(forecast, check, lang)
    drawn = {name: _picture(draws[name](), _ALTS[name], lang) for name in _SHOWN if name in draws}
    if backtest is not None:
        drawn["backtest"] = _picture(plot_backtest(backtest, lang=lang), _ALTS["backtest"], lang)
    return drawn


def map_scale(forecast: Forecast) -> str:
    """Return the scale of the maps: the finest, or the coarsest where that has too many tiles."""
    fits = len(forecast.places) <= MOST_TILES
    return forecast.scale if fits else scale_below_top(forecast)


def _picture(ax: Axes, told: Text, lang: Language) -> Picture:
    figure = ax.get_figure(root=True)
    if not isinstance(figure, Figure):
        raise ValueError("the Axes belongs to no figure")
    content = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "turnout"}):
        figure.savefig(content, format="svg", metadata={"Date": None})
    encoded = base64.b64encode(content.getvalue()).decode("ascii")
    width, height = (round(96 * inches) for inches in figure.get_size_inches())
    headline = ax.get_title("left")
    alt = f"{headline}. {told.say(lang)}" if headline else told.say(lang)
    return Picture(f"data:image/svg+xml;base64,{encoded}", alt, width, height)


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
