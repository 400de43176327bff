"""The figures of a forecast by name, and all of them as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from turnout.forecast import Forecast
from turnout.forecast.counted import all_in
from turnout.goals import GoalCheck
from turnout.language import Language
from turnout.levels import USUAL, is_point, tails
from turnout.plots.areas import page_count, plot_areas, plot_districts
from turnout.plots.dots import plot_dots
from turnout.plots.goal import plot_goal
from turnout.plots.heatmap import plot_heatmap
from turnout.plots.history import plot_history
from turnout.plots.map import plot_map
from turnout.plots.multiples import plot_multiples
from turnout.plots.rendering import FORMATS, Rendered, rendered
from turnout.plots.style.sheet import Sheet
from turnout.plots.style.style import SMALL, sheet_axes, styled
from turnout.plots.tilemap import MOST_TILES
from turnout.plots.total import plot_total
from turnout.plots.words import source_words
from turnout.tables import scale_below_top

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

Draw = Callable[..., Axes]

ALTERNATIVES = ("dots",)
"""Figures that show what another one shows, for those who ask for them by name."""

MOST_PAGES = 10
"""Longer rankings are drawn by their two ends only."""


def figures_of(
    forecast: Forecast,
    check: GoalCheck | None,
    lang: Language = "en",
    *,
    geometry: str | PathLike[str] | Mapping[str, Any] | GeoDataFrame | None = None,
) -> dict[str, Draw]:
    """Return what draws each figure that makes sense for a forecast, by name.

    Parameters
    ----------
    forecast
        Joint draws.
    check
        Its goal check; without one no figure is about a goal.
    lang
        Language.
    geometry
        Shapes for the maps, see `plot_map`; maps are of tiles without.

    Returns
    -------
    dict
        Functions that draw on the Axes they are given as `ax`, or on a figure of their own:
        ``total`` and ``dots`` (not where a what-if fixes the whole), ``history``, and where the
        forecast has several places ``districts``, ``areas`` (and its pages ``areas-1``,
        ``areas-2`` ...), ``heatmap``, ``multiples``, ``map``, and with a goal ``goal`` and
        ``map-goal`` (not of a complete count, which has no probabilities).
    """
    drawn = _drawn_by(forecast, check, lang, geometry)
    if not forecast.about.source:
        return drawn
    return {name: partial(_sourced, draw, forecast, lang) for name, draw in drawn.items()}


def _drawn_by(
    forecast: Forecast,
    check: GoalCheck | None,
    lang: Language,
    geometry: str | PathLike[str] | Mapping[str, Any] | GeoDataFrame | None,
) -> dict[str, Draw]:
    """Return what draws each figure, see `figures_of`, without its source."""
    figures: dict[str, Draw] = {}
    if not is_point(*forecast.at(forecast.top).quantiles(tails(USUAL))[:, 0]):
        figures["total"] = partial(plot_total, forecast, check, lang=lang)
        figures["dots"] = partial(plot_dots, forecast, check, lang=lang)
    figures["history"] = partial(plot_history, forecast, check, lang=lang)
    if len(forecast.places) == 1:
        return figures
    if check is not None:
        figures["goal"] = partial(plot_goal, forecast, check, lang=lang)
    middle = scale_below_top(forecast)
    figures["districts"] = partial(plot_districts, forecast, check, by=middle, lang=lang)
    figures["areas"] = partial(plot_areas, forecast, check, lang=lang)
    pages = page_count(forecast)
    if 1 < pages <= MOST_PAGES:
        for page in range(1, pages + 1):
            figures[f"areas-{page}"] = partial(plot_areas, forecast, check, page=page, lang=lang)
    figures["heatmap"] = partial(plot_heatmap, forecast, by=middle, lang=lang)
    figures["multiples"] = partial(plot_multiples, forecast, check, by=middle, lang=lang)
    for name, goal in (("map", None), ("map-goal", check)):
        by = _map_scale(forecast, middle, shapes=geometry is not None)
        asked = name == "map" or (goal is not None and not all_in(forecast.counted))
        if by is not None and asked:
            figures[name] = partial(plot_map, forecast, geometry, goal, by=by, lang=lang)
    return figures


def _sourced(draw: Draw, forecast: Forecast, lang: Language, ax: Axes | None = None) -> Axes:
    """Draw a figure on a sheet, and write below where its data come from and how far they go."""
    ax = draw(ax=sheet_axes() if ax is None else ax)
    return with_source(ax, source_words(forecast, lang))


@styled
def with_source(ax: Axes, words: str) -> Axes:
    """Write a source, as `source_words` tells it, below a figure that fills a sheet."""
    figure = ax.get_figure(root=True)
    if words and isinstance(figure, Sheet):
        figure.foot(words, SMALL)
    return ax


def render_figures(
    forecast: Forecast,
    check: GoalCheck | None,
    lang: Language = "en",
    *,
    formats: Sequence[str] = FORMATS,
) -> dict[str, Rendered]:
    """Draw every figure of a forecast but its alternatives, each laid out once.

    Parameters
    ----------
    forecast
        Joint draws.
    check
        Its goal check; without one no figure is about a goal.
    lang
        Language.
    formats
        Of ``png``, ``svg`` and ``pdf``.

    Returns
    -------
    dict
        By the names of `figures_of`, in the order in which a report shows them.
    """
    figures = figures_of(forecast, check, lang)
    return {
        name: rendered(draw(), formats)
        for name, draw in figures.items()
        if name not in ALTERNATIVES
    }


def write_figures(
    forecast: Forecast,
    check: GoalCheck | None,
    folder: str | PathLike[str],
    lang: Language = "en",
    *,
    formats: Sequence[str] = FORMATS,
) -> list[Path]:
    """Write every figure of a forecast into `folder`, which is made if needed.

    The arguments are those of `render_figures`.

    Returns
    -------
    list of Path
        The files, in the order in which a report shows them.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    drawn = render_figures(forecast, check, lang, formats=formats)
    return [path for name, one in drawn.items() for path in one.write(target, name)]


def _map_scale(forecast: Forecast, middle: str, *, shapes: bool) -> str | None:
    """Return the finest scale of which a map can be drawn; None where all have too many tiles."""
    scales = (forecast.scale, middle)
    fit = (scale for scale in scales if shapes or len(forecast.at(scale).places) <= MOST_TILES)
    return next(fit, None)
