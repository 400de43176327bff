"""Places against the whole, and the draws as tables of other libraries."""

import sys

import numpy as np
import pandas as pd
import pytest

from turnout import Election, TurnoutError
from turnout.forecast import Forecast
from turnout.forecast.relative import say_relative

ELECTION = Election("2030-11-27", "pilkada")


def forecast_of(draws: np.ndarray, registered: list[float]) -> Forecast:
    places = pd.DataFrame(
        {
            "city": "Kota",
            "district": ["Utara", "Utara", "Selatan"],
            "area": ["Kasang", "Murni", "Legok"],
            "registered": registered,
        }
    )
    return Forecast(ELECTION, places, draws, "area")


@pytest.fixture
def forecast() -> Forecast:
    rng = np.random.default_rng(1)
    level = rng.normal(0, 0.06, (4_000, 1))
    own = rng.normal(0, 0.01, (4_000, 3))
    draws = np.array([0.6, 0.655, 0.7]) + level + own
    return forecast_of(draws, [1000.0, 3000.0, 2000.0])


def test_a_place_less_the_whole_is_taken_draw_by_draw() -> None:
    draws = np.array([[0.5, 0.6, 0.8], [0.3, 0.7, 0.5], [0.6, 0.6, 0.6]])
    table = forecast_of(draws, [1.0, 1.0, 2.0]).relative(level=0.5)
    # The whole: (.5 + .6 + 1.6) / 4 = .675, .5 and .6.
    away = draws - np.array([[0.675], [0.5], [0.6]])
    np.testing.assert_allclose(table["relative_median"], np.median(away, axis=0), atol=1e-12)
    np.testing.assert_allclose(table["relative_lower"], np.quantile(away, 0.25, axis=0))
    np.testing.assert_allclose(table["relative_upper"], np.quantile(away, 0.75, axis=0))
    np.testing.assert_allclose(table["prob_above"], [0.5 / 3, 1.5 / 3, 2 / 3])


def test_several_levels_are_the_rows_of_each(forecast: Forecast) -> None:
    each = [forecast.relative(level=level) for level in (0.5, 0.9)]
    together = forecast.relative(level=(0.5, 0.9))
    pd.testing.assert_frame_equal(together, pd.concat(each, ignore_index=True))
    with pytest.raises(ValueError, match="between 0 and 1"):
        forecast.relative(level=(0.5, 90))


def test_what_all_places_share_cancels(forecast: Forecast) -> None:
    own, relative = forecast.intervals(), forecast.relative()
    narrow = relative["relative_upper"] - relative["relative_lower"]
    assert (narrow < 0.25 * (own["upper"] - own["lower"])).all()
    assert relative["area"].tolist() == ["Kasang", "Murni", "Legok"]


def test_places_are_grouped_by_what_can_be_told_apart(forecast: Forecast) -> None:
    table = forecast.relative()
    assert table["group"].tolist() == ["lower", "not told apart", "higher"]
    said = say_relative(table)
    assert "1 lies above the whole and 1 below it" in said
    assert said.endswith("each. The remaining one cannot be told apart from the whole.")
    assert "tidak dapat dibedakan" in say_relative(table, "id")


def test_a_place_is_told_apart_at_just_the_probability_that_is_asked_for() -> None:
    draws = np.full((20, 3), 0.5)
    draws[:19, 0], draws[19, 0] = 0.6, 0.4
    draws[:, 1] = 1 - draws[:, 0]
    table = forecast_of(draws, [1.0, 1.0, 1.0]).relative()
    np.testing.assert_allclose(table["prob_above"], [0.95, 0.05, 0.5])
    assert table["group"].tolist() == ["higher", "lower", "not told apart"]


def test_the_share_of_places_on_the_wrong_side_is_as_stated() -> None:
    """Truth is one more draw: of the places told higher or lower at most 1 in 20 is wrong."""
    rng = np.random.default_rng(3)
    centre = rng.normal(0, 0.03, 400)
    draws = 0.6 + centre + rng.normal(0, 0.02, (2_001, 400))
    places = pd.DataFrame({"area": [f"A{n}" for n in range(400)], "registered": 100.0})
    table = Forecast(ELECTION, places, draws[1:], "area").relative()
    truth = draws[0] - draws[0].mean()
    told = (table["group"] != "not told apart").to_numpy()
    wrong = (truth > 0) != (table["group"] == "higher").to_numpy()
    assert 40 < told.sum() < 300
    assert wrong[told].mean() < 0.05


def test_the_whole_does_not_differ_from_itself(forecast: Forecast) -> None:
    table = forecast.relative("city")
    assert table[["relative_lower", "relative_median", "relative_upper"]].eq(0).all(axis=None)
    assert table["group"].tolist() == ["not told apart"]
    assert "None of 1 places" in say_relative(table)
    assert forecast.relative("district")["district"].tolist() == ["Utara", "Selatan"]


# --- tables --------------------------------------------------------------------------------------


def test_the_draws_are_a_table(forecast: Forecast) -> None:
    table = forecast.to_frame()
    assert table.columns.names == ["city", "district", "area"]
    np.testing.assert_array_equal(table[("Kota", "Utara", "Murni")], forecast.draws[:, 1])
    assert table.index.name == "draw"
    assert forecast.at("city").to_frame().columns.tolist() == ["Kota"]


def test_the_draws_are_an_array_with_names(forecast: Forecast) -> None:
    array = forecast.to_xarray()
    assert array.dims == ("draw", "place")
    assert array.sizes == {"draw": 4_000, "place": 3}
    np.testing.assert_array_equal(array.values, forecast.draws)
    assert array["area"].values.tolist() == ["Kasang", "Murni", "Legok"]
    assert array.attrs["scale"] == "area"


def test_without_xarray_an_error_says_so(
    forecast: Forecast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(TurnoutError, match="xarray is not installed"):
        forecast.to_xarray()


def test_in_plain_python_a_forecast_is_one_line(forecast: Forecast) -> None:
    for view in (forecast, forecast.at("city")):
        assert len(repr(view)) < 140
        assert "\n" not in repr(view)
    assert "3 x area, 4,000 draws" in repr(forecast)


def test_goals_are_read_as_everywhere(forecast: Forecast) -> None:
    expected = (forecast.draws >= 0.66).mean(axis=0)
    for goal in (66, 0.66, "66%", "66,0%", np.float32(0.66), np.int64(66)):
        np.testing.assert_allclose(forecast.prob(goal), expected)
    each = forecast.prob(np.array([60, 66, 70]))
    np.testing.assert_allclose(each, (forecast.draws >= [0.6, 0.66, 0.7]).mean(axis=0))
    with pytest.raises(TurnoutError, match="1% or 100%"):
        forecast.prob(1)
