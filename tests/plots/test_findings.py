"""Titles say what was found; a source stands below every figure where one is told."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast
from turnout.forecast.storage import read_forecast
from turnout.plots import plot_areas, plot_history
from turnout.plots.figures import figures_of, with_source
from turnout.plots.style.sheet import PHONE, WIDTH
from turnout.plots.style.style import sheet_axes
from turnout.plots.words import source_line

PLACES = pd.DataFrame({"area": list("ABCD"), "registered": 1000.0})
COMING = Election("2030-11-27", "pilkada")


def forecast(*medians: float) -> Forecast:
    away = np.linspace(-0.05, 0.05, 101)[:, None]
    return Forecast(COMING, PLACES.head(len(medians)), np.array(medians) + away, "area")


@pytest.mark.parametrize(
    ("medians", "goal", "said"),
    [
        ((0.7, 0.6, 0.5, 0.5), "80%", "By area: none of 4 likely to reach 80%"),
        ((0.7, 0.6, 0.5, 0.5), "60%", "By area: 1 of 4 likely to reach 60%, 1 open"),
        ((0.7, 0.6, 0.5, 0.5), "40%", "By area: all 4 likely to reach 40%"),
        ((0.7, 0.5), None, "Forecast turnout by area: medians 50.0% to 70.0%"),
    ],
)
def test_a_ranking_says_how_many_places_reach_the_goal(medians, goal, said):
    assert plot_areas(forecast(*medians), goal).get_title("left") == said


def test_the_history_says_the_forecast_beside_the_last_of_the_type():
    past = pd.DataFrame(
        {
            "election": ["2015-pilkada", "2019-pemilu"],
            "date": pd.to_datetime(["2015-12-09", "2019-04-17"]),
            "election_type": ["pilkada", "pemilu"],
            "type_group": ["pilkada", "pemilu"],
            "scale": "area",
            "area": "A",
            "registered": 1000.0,
            "voters": [640.0, 800.0],
            "turnout": [0.64, 0.8],
            "official": True,
            "coverage": 1.0,
        }
    )
    alone = forecast(0.6)
    assert plot_history(alone).get_title("left").endswith(": forecast 60.0%")
    beside = plot_history(replace(alone, history=past), lang="id").get_title("left")
    assert beside.endswith(": prakiraan 60,0%, Pilkada terakhir 64,0%")


@pytest.mark.slow
@pytest.mark.parametrize("width", [PHONE, WIDTH])
def test_a_source_stands_inside_every_figure_and_the_plot_keeps_its_room(tmp_path, width):
    source = "KPU Kota Uji; forecast by the Bawaslu of the province, for its meeting of November"
    told = forecast(0.7, 0.6, 0.5)
    sourced = replace(told, about=replace(told.about, source=source))
    assert set(figures_of(sourced, None)) == set(figures_of(told, None))
    for name, draw in figures_of(sourced, None).items():
        ax = draw(ax=sheet_axes(width))
        figure = ax.get_figure(root=True)
        figure.draw_without_rendering()
        (foot,) = [text for text in figure.texts if text.get_text().startswith("Source: KPU")]
        box = foot.get_window_extent()
        assert box.x1 <= figure.bbox.x1, name
        assert ax.get_tightbbox().y0 >= box.y1 - 1, name
        bare = figures_of(told, None)[name](ax=sheet_axes(width)).get_figure(root=True)
        assert figure.get_figheight() > bare.get_figheight()
    sourced.save(tmp_path / "draws")
    assert Forecast(**read_forecast(tmp_path / "draws.npz")).about.source == source


def test_a_source_stands_below_a_figure_that_is_of_no_forecast_alone():
    ax = plot_history(forecast(0.6))
    assert with_source(ax, "") is ax
    assert not any("Sumber" in text.get_text() for text in ax.get_figure(root=True).texts)
    with_source(ax, source_line("KPU\nKota Uji", "id"))
    told = [text.get_text() for text in ax.get_figure(root=True).texts]
    assert told[-1] == "Sumber: KPU Kota Uji"
