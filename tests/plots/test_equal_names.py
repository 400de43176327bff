"""What an analyst asked of figures: one meaning for a dark bar, equal names told apart."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from turnout import Election, Forecast
from turnout.plots import plot_map
from turnout.plots.areas import plot_areas
from turnout.plots.evaluation import _names
from turnout.plots.style import style

PLACES = pd.DataFrame(
    {"city": "Kota", "area": ["Murni", "Legok", "Olak"], "registered": [800.0, 900.0, 700.0]}
)


def test_a_place_that_is_counted_whole_has_no_interval_against_the_whole() -> None:
    draws = np.random.default_rng(1).beta(60, 40, (400, 3))
    draws[:, 1] = 0.61
    ax = plot_areas(Forecast(Election("2030-11-27", "pilkada"), PLACES, draws, "area"))
    [lines] = [one for one in ax.collections if one.get_label().startswith("90% interval against")]
    drawn = [seg for seg in lines.get_segments() if len(seg) and np.isfinite(seg).all()]
    assert len(drawn) == 2
    dark = [bar for bar in ax.patches if bar.get_facecolor()[:3] == _rgb(style.INTERVAL_50)]
    assert dark == []  # the dark bar is the 50% interval, which is not drawn here
    plt.close(ax.figure)


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def test_equal_names_have_the_place_around_them() -> None:
    rows = pd.DataFrame(
        {"scale": "area", "district": ["A", "B", "B"], "area": ["Baru", "Baru", "Olak"]}
    )
    assert _names(rows, rows, "id") == ["Baru (A)", "Baru (B)", "Olak"]


def test_places_whose_names_are_cut_or_alike_have_lines_of_their_own() -> None:
    long = "Distrik " + "x" * 60
    for cities, districts, lines in (
        (["Kota"] * 3, [f"{long} A", f"{long} B", "C"], 3),
        (["Bungo", "Tebo", "Tebo"], ["Pasar", "Pasar", "Hulu"], 3),
        (["Bungo", "Bungo", "Tebo"], ["Pasar", "Pasar", "Hulu"], 2),
    ):
        places = PLACES.assign(city=cities, district=districts)
        draws = np.random.default_rng(1).beta(60, 40, (40, 3))
        ax = plot_map(Forecast(Election("2030-11-27", "pilkada"), places, draws, "area"))
        names = [one.get_text() for one in ax.get_yticklabels()]
        assert len(names) == lines
        assert "Pasar" not in names or lines == 2
        plt.close(ax.figure)
