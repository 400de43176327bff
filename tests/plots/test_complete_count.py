"""Figures of a complete count: nothing in them is a forecast, an interval or a probability."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text as Written

from turnout import check_goal
from turnout.forecast import Forecast
from turnout.forecast.counted import Counted
from turnout.forecast.relative import say_relative, say_relative_counted
from turnout.language import LANGUAGES, Language
from turnout.plots import plot_areas, plot_map
from turnout.plots.figures import figures_of
from turnout.schema import PLACE_COLUMNS

_FORECAST = re.compile(r"median|forecast|interval|probab|prakiraan|rentang|peluang|\b95%|<1%")


def counted_whole(forecast: Forecast) -> Forecast:
    """Return a forecast whose places are all counted: every draw is the first."""
    rows = [
        forecast.at(scale).places.assign(scale=scale)
        for scale in dict.fromkeys((forecast.top, *forecast.scales[::-1]))
    ]
    names = ["scale", *PLACE_COLUMNS, "area_id", "registered"]
    table = pd.concat(rows, ignore_index=True).reindex(columns=names)
    table = table.astype(dict.fromkeys((*PLACE_COLUMNS, "area_id"), "object"))
    table = table.assign(
        voters=table["registered"] * 0.65,
        stations_counted=4.0,
        stations_total=4.0,
        counted_share=1.0,
        complete=True,
        doubtful=False,
        lacks_votes=False,
        in_doubt=0.0,
    )
    draws = np.repeat(forecast.draws[:1], len(forecast.draws), axis=0)
    return replace(forecast, draws=draws, counted=Counted(table))


def written(forecast: Forecast, lang: Language) -> dict[str, str]:
    """Return all that stands in each figure of a forecast."""
    figures = figures_of(forecast, check_goal(forecast, "70%"), lang)
    told = {}
    for name, draw in figures.items():
        figure = draw().get_figure(root=True)
        texts = [one.get_text() for one in figure.findobj(Written) if one.get_visible()]
        told[name] = "\n".join(texts)
    return told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_figure_of_a_complete_count_speaks_of_a_forecast(make, lang: Language) -> None:
    told = written(counted_whole(make(2, 3)), lang)
    ax = plot_map(counted_whole(make(2, 3)), goal="70%", lang=lang)
    told["goal map"] = "\n".join(one.get_text() for one in ax.figure.findobj(Written))
    assert {"reached", "missed"} & set(told["goal map"].split("\n")) or lang == "id"
    assert {
        "history",
        "goal",
        "goal map",
        "districts",
        "areas",
        "heatmap",
        "multiples",
        "map",
    } == set(told)
    for name, text in told.items():
        assert not _FORECAST.findall(text.casefold()), name
    result = {"en": "result", "id": "hasil"}[lang]
    assert result in told["heatmap"]
    assert result in told["multiples"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_while_stations_are_out_figures_speak_of_it(make, lang: Language) -> None:
    told = written(make(2, 3), lang)
    for name in ("heatmap", "multiples", "map", "districts", "map-goal"):
        assert _FORECAST.findall(told[name].casefold()), name


def test_places_of_a_count_lie_above_and_below_the_whole_for_sure(make) -> None:
    forecast = counted_whole(make(2, 3))
    table = forecast.relative()
    assert "95%" in say_relative(table)
    above = int((table["group"] == "higher").sum())
    assert say_relative_counted(table) == (
        f"Of 6 places (area), {above} lie above the whole and {6 - above} below it."
    )


def test_a_ranking_names_its_goal_reached_and_what_is_not_clear_yet(make) -> None:
    forecast = counted_whole(make(2, 3))
    assert plot_areas(forecast).get_title("left").startswith("Turnout by area: ")
    assert forecast.counted is not None
    places = forecast.counted.places
    first = places["scale"].eq("area") & places["area"].eq(forecast.places["area"].iloc[0])
    doubted = replace(forecast, counted=Counted(places.assign(doubtful=first)))
    headline = plot_areas(doubted, "70%").get_title("left")
    assert headline.endswith(", 1 not clear yet")
    assert "not clear" not in plot_areas(forecast, "70%").get_title("left")
