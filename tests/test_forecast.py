"""The forecast as a table of draws: views, words, storage."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout.areas import build_panel
from turnout.elections import Election
from turnout.errors import DataWarning, TurnoutError
from turnout.escaping import LABEL
from turnout.forecast import About, Forecast, Note, make_forecast
from turnout.language import Text

COMING = Election("2024-11-27", "pilkada", name="Pilwako 2024")


def results(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return results; a row is date, type, district, area, registered, voters."""
    columns = ["date", "election_type", "district", "area", "registered", "voters"]
    return pd.DataFrame(rows, columns=columns).assign(city="Kota", province="Jambi")


PAST = results(
    ("2018-06-27", "pilkada", "Utara", "Murni", 1000, 700),
    ("2018-06-27", "pilkada", "Utara", "Legok", 3000, 1800),
    ("2018-06-27", "pilkada", "Selatan", "Kasang", 4000, 3000),
    ("2019-04-17", "pemilu", "Utara", "Murni", 1000, 850),
    ("2019-04-17", "pemilu", "Selatan", "Kasang", 4000, 3300),
    ("2015-12-09", "pilkada", None, None, 7500, 4500),
)
# In the order of the names: Selatan/Kasang, Utara/Legok, Utara/Murni.
DRAWS = np.array([[0.7, 0.5, 0.6], [0.8, 0.6, 0.7], [0.6, 0.6, 0.5], [0.75, 0.55, 0.65]])
ROLL = PAST.head(3)[["province", "city", "district", "area", "registered"]]
ABOUT = About(
    "by hand",
    3,
    (
        Note(
            Text(en="{n:count} areas, as of {day:day}.", id="{n:count} wilayah, per {day:day}."),
            {"n": 1200, "day": dt.date(2024, 6, 1)},
        ),
    ),
    {"effective_sample_size": 250.5},
)


@pytest.fixture(scope="module")
def forecast() -> Forecast:
    panel = build_panel(PAST, roll=ROLL, election=COMING)
    return make_forecast(panel, COMING, DRAWS.astype(np.float32), ABOUT)


def test_scales_run_from_the_areas_to_the_top(forecast: Forecast) -> None:
    assert forecast.scales == ("area", "district", "city", "province")
    assert forecast.top == "city"


def test_sums_are_weighted_by_registered_draw_by_draw(forecast: Forecast) -> None:
    district = forecast.at("district")
    assert district.places["district"].tolist() == ["Selatan", "Utara"]
    # Utara: (3,000 x .5 + 1,000 x .6) / 4,000 = .525 and so on.
    np.testing.assert_allclose(district.draws[:, 1], [0.525, 0.625, 0.575, 0.575], rtol=1e-6)
    # City: (4,000 x .7 + 2,100) / 8,000 = .6125.
    city = forecast.at("city")
    np.testing.assert_allclose(city.draws[:, 0], [0.6125, 0.7125, 0.5875, 0.6625], rtol=1e-6)
    np.testing.assert_allclose(district.at("city").draws, city.draws)
    assert forecast.at("area") is forecast


def test_a_scale_is_known_by_its_words_in_either_language(forecast: Forecast) -> None:
    for word in ("county", "city/county", "Kabupaten", "KOTA"):
        assert forecast.at(word) is forecast.at("city")
    assert forecast.at("kecamatan") is forecast.at("district")


def test_an_unknown_scale_names_those_there_are(forecast: Forecast) -> None:
    with pytest.raises(ValueError, match=r"no scale 'nation'; it has: area, district, city"):
        forecast.at("nation")


def test_a_district_forecast_cannot_be_made_finer(forecast: Forecast) -> None:
    with pytest.raises(ValueError, match="no scale 'area'"):
        forecast.at("district").at("area")


def test_intervals_are_tidy(forecast: Forecast) -> None:
    table = forecast.intervals(by="city", level=(0.5, 0.9))
    assert table["level"].tolist() == [0.5, 0.9]
    assert table["scale"].tolist() == ["city", "city"]
    values = [0.5875, 0.6125, 0.6625, 0.7125]
    np.testing.assert_allclose(table["median"], 0.6375, rtol=1e-6)
    np.testing.assert_allclose(table["mean"], np.mean(values), rtol=1e-6)
    np.testing.assert_allclose(table["lower"], np.quantile(values, [0.25, 0.05]), rtol=1e-6)
    np.testing.assert_allclose(table["upper"], np.quantile(values, [0.75, 0.95]), rtol=1e-6)


@pytest.mark.parametrize("level", [90, 0, 1, -0.1])
def test_a_level_that_is_no_share_is_refused(forecast: Forecast, level: float) -> None:
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        forecast.intervals(level=level)


def test_a_goal_that_is_just_met_is_met(forecast: Forecast) -> None:
    """Also where the draws are single precision and the goal is not."""
    np.testing.assert_array_equal(forecast.prob(0.7), [0.75, 0, 0.25])
    np.testing.assert_array_equal(forecast.prob(np.array([0.8, 0.6, 0.7])), [0.25, 0.5, 0.25])
    np.testing.assert_array_equal(forecast.prob(0.6625 - 1e-6, by="city"), [0.5])


def test_the_basis_tells_what_each_place_rests_on(forecast: Forecast) -> None:
    basis = forecast.places.set_index("area")
    assert basis["contests"].tolist() == [2, 1, 2]
    assert basis["contests_same_type"].tolist() == [1, 1, 1]
    np.testing.assert_allclose(basis["last_same_type"], [0.75, 0.6, 0.7])
    assert set(basis["last_same_type_election"]) == {"2018-06-27-pilkada"}
    assert not basis["roll_estimated"].any()


def test_the_basis_of_the_city_counts_its_totals(forecast: Forecast) -> None:
    city = forecast.at("city").places.iloc[0]
    # The pilkada of 2015 as a total, that of 2018 as the sum, the pemilu without Legok (5/8).
    assert city["contests"] == 3
    assert city["contests_same_type"] == 2
    np.testing.assert_allclose(city["last_same_type"], 5500 / 8000)


def test_the_coming_election_is_not_part_of_the_history(forecast: Forecast) -> None:
    assert COMING.name not in set(forecast.history["election"])


def test_a_place_without_history_says_so() -> None:
    new = pd.concat([ROLL, ROLL.head(1).assign(area="Baru")])
    panel = build_panel(PAST, roll=new, election=COMING)
    places = make_forecast(panel, COMING, np.full((2, 4), 0.5), About("by hand")).places
    own = places[places["area"] == "Baru"].iloc[0]
    assert own["contests"] == 0
    assert np.isnan(own["last_same_type"])
    assert own["last_same_type_election"] is None
    assert np.isnan(own["share_counted"])


def test_the_total_has_a_name_of_its_own_where_two_cities_meet() -> None:
    places = pd.DataFrame({"city": ["A", "B"], "registered": [100.0, 300.0]})
    forecast = Forecast(COMING, places, np.array([[0.5, 0.7]]), "city")
    assert forecast.scales == ("city", "total")
    assert forecast.top == "total"
    assert forecast.at("total").names("id") == ["Keseluruhan"]
    np.testing.assert_allclose(forecast.at("total").draws, [[0.65]])


def test_the_summary_speaks_both_languages(forecast: Forecast) -> None:
    english, indonesian = forecast.summary(), forecast.summary("id")
    assert "Kota" in english
    assert "63.7%" in english or "63.8%" in english
    assert "1,200 areas" in english
    assert "tingkat partisipasi" in indonesian
    assert "1.200 wilayah" in indonesian
    assert "8.000" in indonesian
    assert "<table" in forecast._repr_html_()
    assert "with 90% probability between" in english
    fixed = replace(forecast, draws=forecast.draws[1:2]).summary()
    assert "turnout is fixed at 71.2% of 8,000" in fixed or "at 71.3% of 8,000" in fixed
    steps = np.linspace(-1e-5, 1e-5, len(forecast.draws), dtype=np.float32)[:, None]
    narrow = replace(forecast, draws=np.full_like(forecast.draws, 0.6182) + steps)
    assert "turnout 61.8%, with 90% probability to less than 0.1 points" in narrow.summary()
    assert "61,8% dari 8.000 pemilih terdaftar; dengan peluang 90% galatnya" in narrow.summary("id")


@pytest.mark.parametrize("name", ["forecast", "forecast.npz", "forecast.json", "pilkada 27.11"])
def test_what_is_saved_is_loaded(forecast: Forecast, tmp_path: Path, name: str) -> None:
    forecast.save(tmp_path / name)
    assert len(list(tmp_path.iterdir())) == 2
    back = Forecast.load(tmp_path / name)
    assert back.election == forecast.election
    assert back.scale == forecast.scale
    assert back.about == forecast.about
    assert back.draws.dtype == np.float32
    np.testing.assert_array_equal(back.draws, forecast.draws)
    pd.testing.assert_frame_equal(back.places, forecast.places)
    pd.testing.assert_frame_equal(back.history, forecast.history, check_dtype=False)
    assert back.summary("id") == forecast.summary("id")
    pd.testing.assert_frame_equal(back.at("city").places, forecast.at("city").places)


def test_a_coarser_view_is_saved_too(forecast: Forecast, tmp_path: Path) -> None:
    forecast.at("district").save(tmp_path / "district")
    back = Forecast.load(tmp_path / "district")
    np.testing.assert_array_equal(back.draws, forecast.at("district").draws)
    assert back.scales == ("district", "city", "province")


def test_the_file_is_plain_json_without_numbers_that_are_none(
    forecast: Forecast, tmp_path: Path
) -> None:
    forecast.save(tmp_path / "forecast")
    text = (tmp_path / "forecast.json").read_text(encoding="utf-8")
    record = json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    assert record["format"] == 1  # who raises it still reads what people keep


@pytest.mark.parametrize("shape", [(2, 4), (2, 2), (3,), (2, 3, 1)])
def test_draws_of_another_shape_are_refused(forecast: Forecast, shape: tuple[int, ...]) -> None:
    with pytest.raises(TurnoutError, match="draws x places: here 3 wide"):
        replace(forecast, draws=np.full(shape, 0.5))


def test_only_names_longer_than_a_label_are_cut() -> None:
    for more in (0, 1):
        name = "n" * (LABEL + more)
        places = pd.DataFrame({"area": [name], "registered": [100.0]})
        forecast = Forecast(COMING, places, np.full((2, 1), 0.5), "area")
        if more:
            with pytest.warns(DataWarning, match="1 name is longer than 60 letters"):
                assert len(forecast.names()[0]) <= LABEL
        else:
            assert forecast.names() == [name]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Forecast.load(tmp_path / "nothing")


@pytest.mark.parametrize("value", [1.2, -0.1, np.nan])
def test_a_file_with_a_single_draw_that_is_no_share_is_refused(
    forecast: Forecast, tmp_path: Path, value: float
) -> None:
    forecast.save(tmp_path / "forecast")
    draws = forecast.draws.copy()
    draws[1, 2] = value
    np.savez(tmp_path / "forecast.npz", draws=draws)
    with pytest.raises(TurnoutError, match="the draws are no shares"):
        Forecast.load(tmp_path / "forecast")
