"""Coloured cells with a number in each: heat maps and tile maps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle
from matplotlib.typing import ColorType

from turnout.plots.style import style


@dataclass(frozen=True)
class Tile:
    """One cell, a unit wide and high about its centre."""

    x: float
    y: float
    colour: ColorType
    words: str


def draw_tiles(ax: Axes, tiles: Sequence[Tile], size: float = style.TINY) -> None:
    """Draw cells with white joints, and their words in ink that can be read on them."""
    cells = [Rectangle((tile.x - 0.5, tile.y - 0.5), 1, 1) for tile in tiles]
    ax.add_collection(
        PatchCollection(
            cells,
            facecolors=[tile.colour for tile in tiles],
            edgecolors="white",
            linewidths=1.0,
        ),
        autolim=False,
    )
    for tile in tiles:
        ax.text(
            tile.x,
            tile.y,
            tile.words,
            ha="center",
            va="center",
            fontsize=size,
            linespacing=1.05,
            color=style.ink_on(tile.colour),
            in_layout=False,
        )


def bare(ax: Axes) -> None:
    """Take spines and tick marks off an Axes; tick labels stay."""
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
