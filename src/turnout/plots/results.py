"""Results beside the intervals that were forecast for them."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from turnout.language import Language, Text
from turnout.plots import style

Array = NDArray[np.float64]


def mark_results(
    ax: Axes, actual: Array, heights: Array, inside: NDArray[np.bool_], lang: Language
) -> None:
    """Mark results: a full dot inside its interval, a cross outside.

    Parameters
    ----------
    ax
        Axes to draw on.
    actual
        Results, as shares.
    heights
        Where they stand on the other axis.
    inside
        Which of them lie inside their interval.
    lang
        Language.
    """
    for chosen, mark, colour, label in (
        (inside, "o", style.INK, _INSIDE),
        (~inside, "X", style.GOAL, _OUTSIDE),
    ):
        if chosen.any():
            ax.plot(
                actual[chosen],
                heights[chosen],
                mark,
                color=colour,
                markersize=5.2,
                markeredgecolor="white",
                markeredgewidth=0.5,
                label=label.say(lang),
                zorder=4,
            )


_INSIDE = Text(en="Result, inside", id="Realisasi, di dalam rentang")
_OUTSIDE = Text(en="Result, outside", id="Realisasi, di luar rentang")
