"""Maps: which shape is whose, colours, values, and what is told where shapes are missing."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PatchCollection
from matplotlib.colors import to_rgba

from turnout import Election, Forecast, TurnoutError
from turnout.errors import DataWarning
from turnout.plots import plot_map
from turnout.plots.geometry import shape_places

PLACES = pd.DataFrame(
    {
        "district": ["Utara", "Utara", "Selatan"],
        "area": ["Murni", "Legok", "Murni"],
        "area_id": ["15.71.01.1001", "15.71.01.1002", "15.71.02.1001"],
        "registered": [100.0, 300.0, 600.0],
    }
)
DRAWS = np.tile(np.array([0.5, 0.7, 0.6]), (40, 1))
FORECAST = Forecast(Election("2024-11-27", "pilkada"), PLACES, DRAWS, "area")


def square(x: float, **properties: object) -> dict[str, Any]:
    corners = [[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]
    geometry = {"type": "Polygon", "coordinates": [corners]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def matched(**columns: list[object]) -> list[int]:
    return shape_places(pd.DataFrame(columns), FORECAST).tolist()


# which shape is whose


def test_shapes_are_matched_by_code_with_or_without_dots() -> None:
    assert matched(kode=["1571011002", "15.71.02.1001", "99"]) == [1, 2, -1]


def test_codes_that_were_read_as_numbers_match() -> None:
    assert matched(id=[1571011002.0]) == [1]


def test_codes_of_the_same_digits_are_told_by_their_dots() -> None:
    places = FORECAST.places.assign(area_id=["1.12", "11.2", "9"])
    view = replace(FORECAST, places=places)
    shapes = pd.DataFrame({"kode": ["11.2", "1-12", "112"]})
    assert shape_places(shapes, view).tolist() == [1, 0, -1]


def test_a_code_counts_before_a_name() -> None:
    assert matched(kode=["15.71.01.1002"], nama=["Murni"]) == [1]


def test_names_match_but_for_case_and_spaces() -> None:
    assert matched(nama=["  LEGOK "], lain=[None]) == [1]


def test_no_name_is_matched_by_resemblance() -> None:
    assert matched(nama=["Legokk"]) == [-1]


def test_a_name_of_two_places_needs_the_district() -> None:
    assert matched(nama=["Murni", "Murni", "Murni"], kec=["utara", "SELATAN", "Timur"]) == [
        0,
        2,
        -1,
    ]


def test_a_name_of_two_shapes_needs_the_district() -> None:
    assert matched(nama=["Legok", "Legok"], kec=["Utara", "Kota lain"]) == [1, -1]


# maps of shapes


@pytest.fixture
def shapes() -> dict[str, Any]:
    return collection(*(square(n, kode=code) for n, code in enumerate(PLACES["area_id"])))


def test_shapes_have_the_colour_of_their_median(shapes: dict[str, Any]) -> None:
    ax = plot_map(FORECAST, shapes, lang="id")
    (drawn,) = [one for one in ax.collections if isinstance(one, PatchCollection)]
    light, dark, middle = (sum(colour[:3]) for colour in drawn.get_facecolor())
    assert light > middle > dark
    written = [text.get_text() for text in ax.texts]
    assert {"50,0", "70,0", "60,0"} <= set(written)


def test_with_a_goal_the_map_shows_its_probability(shapes: dict[str, Any]) -> None:
    ax = plot_map(FORECAST, shapes, 0.55)
    assert ax.get_title("left") == "Probability of reaching 55%, by area"
    # What 40 draws tell, and what ten times as many do.
    assert {"<7.5%", ">92.5%"} <= {text.get_text() for text in ax.texts}
    many = plot_map(replace(FORECAST, draws=np.tile(FORECAST.draws, (10, 1))), shapes, 0.55)
    assert {"<1%", ">99%"} <= {text.get_text() for text in many.texts}


def test_files_and_frames_are_shapes_too(shapes: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "peta.geojson"
    path.write_text(json.dumps(shapes), encoding="utf-8")
    frame = geopandas.GeoDataFrame.from_features(shapes)
    for geometry in (path, str(path), frame):
        assert len(plot_map(FORECAST, geometry).texts) == 4


def test_places_without_a_shape_are_named(shapes: dict[str, Any]) -> None:
    shapes["features"] = [*shapes["features"][:1], square(5, kode="99")]
    with pytest.warns(DataWarning, match=r"2 places without a shape: Legok, Murni"):
        ax = plot_map(FORECAST, shapes)
    assert any("without a shape: Legok, Murni" in text.get_text() for text in ax.texts)
    (drawn,) = [one for one in ax.collections if isinstance(one, PatchCollection)]
    assert tuple(drawn.get_facecolor()[1]) == to_rgba("#EEEEEE")  # nobody's shape


def test_shapes_of_nobody_are_refused() -> None:
    with pytest.raises(TurnoutError, match=r"properties nama \(first: Elsewhere\)") as caught:
        plot_map(FORECAST, collection(square(0, nama="Elsewhere")))
    assert "'Murni'" in str(caught.value)


def test_files_without_shapes_are_told(tmp_path: Path) -> None:
    with pytest.raises(TurnoutError, match=r"no file .*none\.geojson"):
        plot_map(FORECAST, tmp_path / "none.geojson")
    (tmp_path / "bad.geojson").write_text("{", encoding="utf-8")
    with pytest.raises(TurnoutError, match=r"bad\.geojson holds no shapes"):
        plot_map(FORECAST, tmp_path / "bad.geojson")
    with pytest.raises(TurnoutError, match="holds no shapes"):
        plot_map(FORECAST, {"type": "FeatureCollection", "features": []})


def test_without_geopandas_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(TurnoutError, match=r"pip install 'turnout\[maps\]'") as caught:
        plot_map(FORECAST, collection(square(0)))
    assert "peta petak" in caught.value.say("id")


# maps of tiles


def test_tiles_stand_in_lines_of_their_districts_the_highest_first() -> None:
    ax = plot_map(FORECAST)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Utara", "Selatan"]
    tiles = {text.get_text(): text.get_position() for text in ax.texts if "\n" in text.get_text()}
    assert tiles == {"Legok\n70.0": (0, 0), "Murni\n50.0": (1, 0), "Murni\n60.0": (0, 1)}


def test_a_map_of_districts() -> None:
    ax = plot_map(FORECAST, by="district", lang="id")
    tiles = [text.get_text() for text in ax.texts if "\n" in text.get_text()]
    assert tiles == ["Utara\n65,0", "Selatan\n60,0"]
    assert ax.get_title("left").endswith("per kecamatan")


def test_long_districts_have_tiles_without_names() -> None:
    places = pd.DataFrame({"area": [f"A{n}" for n in range(40)], "registered": np.full(40, 10.0)})
    draws = np.random.default_rng(1).beta(20, 10, (50, 40))
    ax = plot_map(Forecast(Election("2024-11-27", "pilkada"), places, draws, "area"))
    (tiles,) = ax.collections
    assert len(tiles.get_paths()) == 40
    assert not [text for text in ax.texts if text.get_text().startswith("A")]


def test_colours_reach_over_the_intervals_so_that_near_medians_look_alike() -> None:
    away = np.linspace(-0.1, 0.1, 201)[:, None]
    alike = replace(FORECAST, draws=np.array([0.60, 0.61, 0.605]) + away)
    ax = plot_map(alike)
    (drawn,) = [one for one in ax.collections if isinstance(one, PatchCollection)]
    colours = np.asarray(drawn.get_facecolor())
    assert np.abs(colours - colours[0]).max() < 0.12
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "51%", "56%", "61%", "65%", "70%",
    ]  # fmt: skip
    chances = plot_map(alike, goal=0.6).get_legend().get_texts()
    assert [text.get_text() for text in chances] == ["0%", "25%", "50%", "75%", "100%"]


def test_tiles_without_districts_stand_in_lines_of_what_they_lie_in() -> None:
    names = {"city": ["East", "East", "West"], "district": None, "area": ["A", "B", "C"]}
    wards = PLACES.drop(columns="area_id").assign(**names)
    ax = plot_map(Forecast(Election("2024-11-27", "local election"), wards, DRAWS, "area"))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["East", "West"]
