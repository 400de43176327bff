"""The figures beside the interval of the history: none over another, however narrow it is."""

from __future__ import annotations

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Annotation

from turnout import Election, Forecast, plot_history


def _figures(spread: float) -> tuple[list[str], list[tuple[float, float]]]:
    """Return what is written beside the interval, from below, and where each stands (pixels)."""
    places = pd.DataFrame({"city": ["Muara Bulian"], "registered": [81_500.0]})
    draws = np.random.default_rng(3).normal(0.71, spread, (800, 1))
    ax = plot_history(Forecast(Election("2029-02-14", "pemilu"), places, draws, "city"))
    ax.figure.canvas.draw()
    texts = [one for one in ax.texts if isinstance(one, Annotation) and "%" in one.get_text()]
    boxes = [(one.get_window_extent().y0, one.get_window_extent().y1) for one in texts]
    plt.close("all")
    order = np.argsort([low for low, _ in boxes])
    return [texts[one].get_text() for one in order], [boxes[one] for one in order]


@pytest.mark.parametrize("spread", [0.0009, 0.003, 0.01, 0.05])
def test_no_figure_stands_over_another(spread: float) -> None:
    texts, boxes = _figures(spread)
    assert len(texts) == 3
    shares = [float(text.rstrip("%")) for text in texts]
    assert shares == sorted(shares)
    assert all(below[1] <= above[0] for below, above in pairwise(boxes))


def test_ends_that_are_the_median_are_not_written_again() -> None:
    texts, _ = _figures(0.00001)
    assert texts == ["71.0%"]
