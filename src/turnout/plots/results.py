"""Results beside the intervals that were forecast for them."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from turnout.language import Language, Text
from turnout.plots.style import style

Array = NDArray[np.float64]

ROOM_FOR_MARKS = 0.02
"""Part of an axis of shares that half a mark takes."""


def mark_results(
    ax: Axes,
    actual: Array,
    heights: Array,
    inside: NDArray[np.bool_],
    level: float,
    lang: Language,
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
    level
        Level of that interval, as a share.
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
                label=label.say(lang, level=level),
                zorder=4,
            )


_INSIDE = Text(en="Result, inside {level:percent0}", id="Realisasi, di dalam {level:percent0}")
_OUTSIDE = Text(en="Result, outside {level:percent0}", id="Realisasi, di luar {level:percent0}")
