"""Words beside points that do not overlap each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from turnout.plots.style import style

# Where words may stand: offset in units of (half their width, half their height), to try in turn.
_ABOVE, _BELOW, _RIGHT, _LEFT = (0, 1), (0, -1), (1, 0), (-1, 0)
_GAP = 4.0


@dataclass(frozen=True)
class Box:
    """A rectangle in points."""

    x: float
    y: float
    half_width: float
    half_height: float

    def overlaps(self, other: Box) -> bool:
        """Tell whether two rectangles share any area."""
        return (
            abs(self.x - other.x) < self.half_width + other.half_width
            and abs(self.y - other.y) < self.half_height + other.half_height
        )


def label_points(
    ax: Axes,
    x: Sequence[float],
    y: Sequence[float],
    words: Sequence[str],
    *,
    taken: Sequence[Box] = (),
) -> list[int]:
    """Write words at points where there is room: above, below or beside; else not at all.

    To be called when the limits are set. Rooms are judged by the size the Axes has now.

    Parameters
    ----------
    ax
        Axes to write on.
    x, y
        The points, in data units.
    words
        What to write at each.
    taken
        Rooms that must stay free (`box_at`).

    Returns
    -------
    list of int
        The numbers of the points that were labelled.
    """
    places = _in_points(ax, x, y)
    marks = [Box(across, up, 3.0, 3.0) for across, up in places]
    rooms = list(taken)
    labelled = []
    for number, ((across, up), text) in enumerate(zip(places, words, strict=True)):
        half_width, half_height = 0.29 * style.TINY * len(text), 0.55 * style.TINY
        others = [mark for other, mark in enumerate(marks) if other != number]
        for side, rise in _sides(ax, y[number]):
            offset = (side * (half_width + _GAP), rise * (half_height + _GAP))
            room = Box(across + offset[0], up + offset[1], half_width, half_height)
            if any(room.overlaps(other) for other in (*rooms, *others)):
                continue
            rooms.append(room)
            labelled.append(number)
            ax.annotate(
                text,
                (x[number], y[number]),
                offset,
                textcoords="offset points",
                ha="center",
                va="center",
                fontsize=style.TINY,
                bbox=style.BACKED,
                annotation_clip=False,
                zorder=4,
            )
            break
    return labelled


def box_at(ax: Axes, x: float, y: tuple[float, float], half_width: float) -> Box:
    """Return the room of something upright at `x` between two heights, in points."""
    (across, low), (_, high) = _in_points(ax, [x, x], y)
    return Box(across, (low + high) / 2, half_width, max(3.0, (high - low) / 2))


def _sides(ax: Axes, height: float) -> list[tuple[int, int]]:
    """Return the sides to try; high points are labelled above, low ones below."""
    low, high = ax.get_ylim()
    upright = [_ABOVE, _BELOW] if height > (low + high) / 2 else [_BELOW, _ABOVE]
    return [*upright, _RIGHT, _LEFT]


def _in_points(ax: Axes, x: Sequence[float], y: Sequence[float]) -> NDArray[np.float64]:
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("the Axes belongs to no figure")
    pixels = ax.transData.transform(np.column_stack([x, y]))
    return np.asarray(pixels * 72 / figure.dpi, dtype=float)
