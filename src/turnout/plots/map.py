"""Turnout on a map: `plot_map`."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from os import PathLike
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis

from turnout.errors import DataWarning
from turnout.forecast import Forecast
from turnout.forecast.counted import all_in
from turnout.goals import UNCLEAR, chances_said
from turnout.language import Language, Text, listing, number, probability
from turnout.plots.geometry import read_geometry
from turnout.plots.shapes import SHADES, Shown, draw_shapes, shades
from turnout.plots.style import style
from turnout.plots.tilemap import draw_tile_map
from turnout.plots.words import BY_SCALE, forecast_words, goal_number
from turnout.tables import GoalLike, check_of, ranked_places

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


@style.styled
def plot_map(
    forecast: Forecast,
    geometry: str | PathLike[str] | Mapping[str, Any] | GeoDataFrame | None = None,
    goal: GoalLike = None,
    *,
    by: str | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw a map of the median turnout or, with a goal, of the probability of reaching it.

    Of a complete count it is the turnout, and whether the goal is reached.
    Without shapes each place is a tile, in a line of its district, the highest median first.
    The colours of medians reach over the 90% intervals of all places.

    Parameters
    ----------
    forecast
        Joint draws.
    geometry
        Shapes: a file (GeoJSON, or what else geopandas reads), GeoJSON as a mapping, or a
        GeoDataFrame. Shapes are matched by area_id, else by exact name (see
        `turnout.plots.geometry.shape_places`); needs the extra ``maps``.
    goal
        A goal such as 0.86 or ``"86%"``, or a `GoalCheck` (which may hold goals of single places).
    by
        Scale of the places; the forecast's own when not given.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Raises
    ------
    TurnoutError
        If geopandas is needed and not installed, or no shape belongs to any place.

    Warns
    -----
    DataWarning
        If places have no shape; they are named in the figure too.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from turnout import Election, Forecast
    >>> places = pd.DataFrame({"area": ["Murni", "Legok"], "registered": [800.0, 900.0]})
    >>> draws = np.random.default_rng(1).beta(60, 40, (500, 2))
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    >>> plot_map(forecast).get_title("left")
    'Median forecast turnout by area'
    """
    scale = by or forecast.scale
    view = forecast.at(scale)
    check = check_of(forecast, goal)
    ranked = ranked_places(forecast, scale, check, lang).sort_values("place", ignore_index=True)
    kind = _KINDS[check is not None, all_in(forecast.counted)]
    shown = kind.shown(ranked, lang, len(view.draws))
    darker = kind.on_tiles if geometry is None else kind.on_shapes
    below = f"{forecast_words(forecast, lang)} · {darker.say(lang)}"
    if geometry is None:
        ax = draw_tile_map(ax, view, shown, lang)
    else:
        ax, missing = draw_shapes(ax, read_geometry(geometry), view, shown)
        _tell_colours(ax, shown, lang)
        if missing:
            told = _MISSING.say(lang, n=len(missing), places=listing(missing, lang))
            warnings.warn(told, DataWarning, stacklevel=3)
            below += "\n" + fill(told, 100)
    words = {"by": BY_SCALE[scale].say(lang)}
    if check is not None:
        words["goal"] = goal_number(check.goal, lang)
    style.title(ax, kind.headline.say(lang, **words), below)
    return ax


def _medians(ranked: pd.DataFrame, lang: Language, _draws: int) -> Shown:
    """Return the medians to show.

    Over the medians alone, places that hardly differ would look far apart.
    """
    low, high = float(ranked["lower_90"].min()), float(ranked["upper_90"].max())
    return Shown(ranked["median"], _in_percent(ranked, lang), low, high)


def _in_percent(ranked: pd.DataFrame, lang: Language) -> list[str]:
    return [number(100 * median, lang, 1) for median in ranked["median"]]


def _chances(ranked: pd.DataFrame, lang: Language, draws: int) -> Shown:
    """Return the probabilities to show; what is not clear yet is between both and has a mark."""
    unclear = ranked["verdict"] == UNCLEAR
    chances = ranked["probability"].mask(unclear, 0.5)
    said = chances.map(lambda chance: probability(chance, lang, draws)).mask(unclear, "?")
    return Shown(chances, said.tolist(), low=0.0, high=1.0)


def _reached(ranked: pd.DataFrame, lang: Language, _draws: int) -> Shown:
    """Return the turnout of a complete count, in the colours of goals that are reached or not."""
    marks = ranked["probability"].mask(ranked["verdict"] == UNCLEAR, 0.5)
    verdicts = ranked.assign(mark=marks).drop_duplicates("mark").sort_values("mark")
    known = [True] * len(verdicts)
    words = chances_said(verdicts["probability"], verdicts["verdict"], lang, known)
    names = dict(zip(verdicts["mark"], words, strict=True))
    return Shown(marks, _in_percent(ranked, lang), 0.0, 1.0, names)


def _tell_colours(ax: Axes, shown: Shown, lang: Language) -> None:
    """Tell what the colours of shapes mean: by name, or on a scale of percent."""
    if shown.names:
        style.key_of(ax, shades(shown, lang), SHADES, distance=10)
    else:
        style.percent_axis(_colour_bar(ax, shown), lang, ticks=5)


def _colour_bar(ax: Axes, shown: Shown) -> Axis:
    """Draw the scale of colours beside a map, and return its axis."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("the Axes belongs to no figure")
    bar = figure.colorbar(shown.scale, ax=ax, shrink=0.6, aspect=18, pad=0.02)
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0, labelsize=style.SMALL)
    return bar.ax.yaxis


_MEDIAN = Text(en="Median forecast turnout {by}", id="Median prakiraan tingkat partisipasi {by}")
_TURNOUT = Text(en="Turnout {by}", id="Tingkat partisipasi {by}")
_CHANCE = Text(en="Probability of reaching {goal}, {by}", id="Peluang mencapai target {goal}, {by}")
_RESULT = Text(en="Goal of {goal}, {by}", id="Target {goal}, {by}")
_IN_PERCENT = Text(en="turnout in percent", id="partisipasi dalam persen")
_DARKER = Text(en="the darker the higher", id="makin gelap makin tinggi")
_PERCENT = Text(en="in percent, the darker the higher", id="dalam persen, makin gelap makin tinggi")
_MISSING = Text(
    en="{n:count:place:places} without a shape: {places}",
    id="{n:count} wilayah tanpa batas wilayah pada peta: {places}",
)


@dataclass(frozen=True)
class _Kind:
    """What a map shows: its values, its title, and what its colours mean on tiles and shapes."""

    shown: Callable[[pd.DataFrame, Language, int], Shown]
    headline: Text
    on_tiles: Text
    on_shapes: Text


_KINDS = {
    (False, False): _Kind(_medians, _MEDIAN, _PERCENT, _DARKER),
    (False, True): _Kind(_medians, _TURNOUT, _PERCENT, _DARKER),
    (True, False): _Kind(_chances, _CHANCE, _DARKER, _DARKER),
    (True, True): _Kind(_reached, _RESULT, _IN_PERCENT, _IN_PERCENT),
}
"""By whether there is a goal, and whether the count is complete."""
