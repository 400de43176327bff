"""A hundred dots: how many reach the goal, and that none stands on another."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, check_goal
from turnout.forecast import Forecast
from turnout.plots import plot_dots
from turnout.plots.dots import DOTS, dots_of, stacked
from turnout.plots.style.style import sheet_axes

PLACES = pd.DataFrame({"city": ["Kota"], "registered": [1000.0]})
DRAWS = np.random.default_rng(3).beta(60, 40, (4000, 1)).astype(np.float32)
FORECAST = Forecast(Election("2030-11-27", "pilkada"), PLACES, DRAWS, "city")


def of_dots(ax):
    """Return the centres of the light and of the dark dots."""
    return [np.asarray(one.get_offsets()) for one in ax.collections]


@pytest.mark.parametrize("goal", ["55%", "62%", "68%"])
def test_as_many_dots_reach_the_goal_as_the_probability_says(goal: str) -> None:
    check = check_goal(FORECAST, goal)
    ax = plot_dots(FORECAST, check)
    light, dark = of_dots(ax)
    assert len(light) + len(dark) == DOTS
    assert abs(len(dark) - 100 * check.probability) <= 1
    assert light[:, 0].max() < check.goal < dark[:, 0].min()
    assert ax.get_title("left").startswith(f"Kota: {len(dark)} of 100")


@pytest.mark.parametrize("width", [60, 85, 160])
def test_no_dot_stands_on_another_and_all_are_in_the_picture(width: float) -> None:
    ax = plot_dots(FORECAST, "62%", ax=sheet_axes(width / 25.4), lang="id")
    figure = ax.get_figure(root=True)
    figure.draw_without_rendering()
    figure.draw_without_rendering()
    centres = ax.transData.transform(np.vstack(of_dots(ax)))
    column = np.diff(np.unique(centres[:, 0].round(6))).min()
    apart = np.abs(centres[:, None] - centres).max(axis=2)[~np.eye(DOTS, dtype=bool)]
    assert apart.min() >= 0.85 * column  # a dot is nine tenths of a column wide
    assert (centres >= 0).all()
    assert (centres <= figure.bbox.max).all()


def test_what_no_model_can_know_is_not_said() -> None:
    assert "fewer than 1 of 100" in plot_dots(FORECAST, "95%").get_title("left")
    assert "lebih dari 99" in plot_dots(FORECAST, "20%", lang="id").get_title("left")


def test_a_column_is_as_wide_as_the_tallest_fits() -> None:
    shares = dots_of(DRAWS[:, 0])
    column, row, width = stacked(shares, 0.62, (0.4, 0.8), 3.0)
    assert pd.DataFrame({"column": column, "row": row}).duplicated().sum() == 0
    np.testing.assert_array_less(np.abs(0.62 + (column + 0.5) * width - shares), width / 2 + 1e-9)
    assert (row.max() + 1) * width * 3 <= 0.4 + 1e-9
