"""Places drawn as coloured shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, to_rgba
from matplotlib.patches import Patch

from turnout.forecast import Forecast
from turnout.language import Language, percent
from turnout.plots.geometry import no_match, shape_places
from turnout.plots.style import style

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_UNKNOWN = to_rgba("#EEEEEE")
SHADES = 5
"""Colours in the key of a map of tiles."""


@dataclass(frozen=True)
class Shown:
    """What a map shows.

    Parameters
    ----------
    values, words
        A value per place, and what is written there.
    low, high
        The values at the ends of the colours.
    names
        What the values are called where there are but a few.
    """

    values: pd.Series
    words: Sequence[str]
    low: float
    high: float
    names: Mapping[float, str] = field(default_factory=dict)

    @property
    def scale(self) -> ScalarMappable:
        """The scale of colours."""
        return ScalarMappable(
            Normalize(self.low, max(self.high, self.low + 0.01)), style.SEQUENTIAL
        )

    @property
    def colours(self) -> list[tuple[float, ...]]:
        """The colour of every place."""
        return [tuple(colour) for colour in self.scale.to_rgba(self.values.to_numpy(float))]


def shades(shown: Shown, lang: Language) -> list[Patch]:
    """Return the key of the colours: the values that have names, else some from end to end."""
    ends = np.linspace(shown.low, shown.high, SHADES)
    told = shown.names or {float(value): percent(value, lang, 0) for value in ends}
    colours = shown.scale.to_rgba(np.array(list(told)))
    return [
        Patch(color=tuple(colour), label=name)
        for colour, name in zip(colours, told.values(), strict=True)
    ]


def draw_shapes(
    ax: Axes | None, shapes: GeoDataFrame, view: Forecast, shown: Shown
) -> tuple[Axes, list[str]]:
    """Draw shapes in the colours of their places, and write the values where there is room.

    Returns
    -------
    tuple
        The Axes, and the names of the places that have no shape.

    Raises
    ------
    TurnoutError
        If no shape belongs to a place.
    """
    shapes = shapes[shapes.geometry.notna() & ~shapes.geometry.is_empty]
    places = shape_places(shapes, view)
    if (places < 0).all():
        raise no_match(shapes, view)
    left, low, right, high = shapes.total_bounds
    height = 0.8 + 0.86 * style.width_of(ax) * (high - low) / max(right - left, 1e-12)
    own = ax is None
    ax = style.axes_of(ax, float(np.clip(height, 2.6, 7.5)))
    figure: Any = ax.get_figure(root=True)
    if own:
        # Made for Axes of fixed aspect, such as maps: the room beside them counts for nothing.
        figure.set_layout_engine("compressed", w_pad=0.06, h_pad=0.06)
    colours = [shown.colours[place] if place >= 0 else _UNKNOWN for place in places]
    shapes.plot(ax=ax, color=colours, edgecolor="white", linewidth=0.5)
    ax.set_axis_off()
    ax.set_anchor("NW")
    ax.margins(0.01)
    _write_values(ax, shapes[places >= 0], places[places >= 0], shown)
    missing = sorted(set(range(len(view.places))) - set(places))
    return ax, [view.names()[place] for place in missing]


def _write_values(ax: Axes, shapes: GeoDataFrame, places: pd.Series, shown: Shown) -> None:
    """Write each value inside its shape, unless the shape is too small for it."""
    ax.apply_aspect()
    figure: Any = ax.get_figure(root=True)
    dots = figure.dpi / 72
    points, bounds = shapes.representative_point(), shapes.bounds.to_numpy()
    colours = shown.colours
    for point, (left, low, right, high), place in zip(points, bounds, places, strict=True):
        corners = ax.transData.transform([(left, low), (right, high)]) / dots
        width, height = corners[1] - corners[0]
        words = shown.words[place]
        if width < 0.75 * style.TINY * len(words) or height < 1.6 * style.TINY:
            continue
        ax.annotate(
            words,
            (point.x, point.y),
            ha="center",
            va="center",
            fontsize=style.TINY,
            color=style.ink_on(colours[place][:3]),
            in_layout=False,
        )
