"""Totals of the coming election as facts: every draw is their count; what lies below follows."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast, HierarchicalModel
from turnout.forecast.settling import settled
from turnout.goals.night import standing
from turnout.models.tree.model import FittedHierarchical

COMING = Election("2024-11-27", "pilkada")
PLACE = ["city", "district", "area"]


def city(date: str, turnout: float, seed: int) -> pd.DataFrame:
    """Return results of six areas in two districts."""
    usual = np.array([0.06, 0.0, -0.05, 0.03, 0.0, -0.04])
    away = np.random.default_rng(seed).normal(0, 0.03, 6) + usual
    registered = np.array([9_000, 3_000, 6_000, 4_000, 2_000, 7_000])
    return pd.DataFrame(
        {
            "date": date,
            "election_type": "pilkada",
            "city": "Kota",
            "district": ["Utara"] * 3 + ["Selatan"] * 3,
            "area": [f"Kelurahan {number}" for number in range(6)],
            "registered": registered,
            "voters": np.round(registered * (turnout + away)),
        }
    )


PAST = pd.concat(
    [city("2010-06-27", 0.62, 1), city("2015-12-09", 0.66, 2), city("2018-06-27", 0.70, 3)]
)
ROLL = PAST.tail(6)[[*PLACE, "registered"]]


def row(place: tuple[str | None, str | None], *figures: float | None) -> dict[str, object]:
    names = ["registered", "voters", "stations_counted", "stations_total"]
    told = dict(zip(names, figures, strict=True))
    return {"city": "Kota", "district": place[0], "area": place[1], **told}


@cache
def fitted() -> FittedHierarchical:
    return HierarchicalModel(integration=256).fit(PAST)


def night(*rows: dict[str, object], draws: int = 1_000) -> Forecast:
    count = pd.DataFrame(rows)
    return fitted().forecast(COMING, roll=ROLL, counted=count, draws=draws, seed=1)


def turnout_of(forecast: Forecast, scale: str, name: str) -> np.ndarray:
    view = forecast.at(scale)
    return view.draws[:, view.places[scale].tolist().index(name)].astype(float)


@pytest.mark.slow
def test_a_complete_total_is_its_count_in_every_draw() -> None:
    forecast = night(row((None, None), 31_100, 17_003, 80, 80))
    whole = turnout_of(forecast, "city", "Kota")
    np.testing.assert_allclose(whole, 17_003 / 31_100, rtol=1e-6)
    assert forecast.at("city").places["registered"].iloc[0] == pytest.approx(31_100)
    # What lies below is drawn, and moves with it: 13 points below the last turnout.
    utara = turnout_of(forecast, "district", "Utara")
    assert 0.001 < utara.std() < 0.05
    assert abs(np.median(utara) - 17_003 / 31_100) < 0.04


@pytest.mark.slow
def test_what_is_left_of_a_total_falls_to_the_places_that_are_not_in() -> None:
    """Two of three areas are in: the third is what the district's total leaves, exactly."""
    forecast = night(
        row(("Utara", None), 18_000, 11_000, 45, 45),
        row(("Utara", "Kelurahan 0"), 9_000, 6_000, 22, 22),
        row(("Utara", "Kelurahan 1"), 3_000, 1_800, 8, 8),
    )
    np.testing.assert_allclose(
        turnout_of(forecast, "area", "Kelurahan 2"), 3_200 / 6_000, rtol=1e-5
    )
    np.testing.assert_allclose(
        turnout_of(forecast, "district", "Utara"), 11_000 / 18_000, rtol=1e-6
    )
    assert turnout_of(forecast, "district", "Selatan").std() > 0.005


@pytest.mark.slow
def test_totals_of_districts_and_of_the_city_hold_at_once() -> None:
    forecast = night(
        row((None, None), 31_000, 20_000, 80, 80), row(("Utara", None), 18_000, 12_000, 45, 45)
    )
    np.testing.assert_allclose(turnout_of(forecast, "city", "Kota"), 20 / 31, rtol=1e-6)
    np.testing.assert_allclose(turnout_of(forecast, "district", "Utara"), 12 / 18, rtol=1e-6)
    np.testing.assert_allclose(turnout_of(forecast, "district", "Selatan"), 8 / 13, rtol=1e-6)


@pytest.mark.slow
def test_partly_counted_areas_keep_their_counted_voters_under_a_total() -> None:
    forecast = night(
        row(("Selatan", None), 13_000, 8_000, 30, 30),
        row(("Selatan", "Kelurahan 3"), 2_000, 1_900, 5, 10),
    )
    area = turnout_of(forecast, "area", "Kelurahan 3")
    assert area.min() * 4_000 >= 1_900 - 1e-3
    np.testing.assert_allclose(turnout_of(forecast, "district", "Selatan"), 8 / 13, rtol=1e-6)


@pytest.mark.slow
def test_a_partly_counted_total_is_its_count_and_what_is_still_open() -> None:
    forecasts = [
        night(row((None, None), 31_000 * counted / 100, 18_000 * counted / 100, counted, 100))
        for counted in (50, 95)
    ]
    half, most = (turnout_of(one, "city", "Kota") for one in forecasts)
    assert most.min() >= 0.95 * 18 / 31
    # The last 5 of 100 stations: their own mean scatters by .3 / sqrt(5) and by the selection.
    assert most.std() < 0.004
    assert most.std() < half.std() / 4
    assert abs(np.median(most) - 18 / 31) < 0.003
    assert [round(one.counted.share, 2) for one in forecasts] == [0.5, 0.95]


@pytest.mark.slow
def test_a_total_of_the_same_stations_as_its_parts_says_nothing_more() -> None:
    parts = [
        row((district, f"Kelurahan {number}"), size / 2, size * 0.32, 10, 20)
        for number, (district, size) in enumerate(
            zip(ROLL["district"], ROLL["registered"], strict=True)
        )
    ]
    whole = row((None, None), 15_500, 9_920, 60, 120)
    alone, both = night(*parts), night(*parts, whole)
    np.testing.assert_array_equal(alone.draws, both.draws)


@pytest.mark.slow
def test_areas_all_of_which_are_in_are_their_counts() -> None:
    parts = [
        row((district, f"Kelurahan {number}"), size, size, 10, 10)
        for number, (district, size) in enumerate(
            zip(ROLL["district"], ROLL["registered"], strict=True)
        )
    ]
    forecast = night(*parts, draws=200)
    np.testing.assert_allclose(forecast.draws, 1.0, rtol=1e-6)
    np.testing.assert_allclose(forecast.prob("100%", by="city"), 1.0)


# --- settling ------------------------------------------------------------------------------------


@pytest.mark.parametrize("needed", [0.0, 0.4, 150.0, 699.0, 700.0])
def test_places_settle_on_any_sum_between_nobody_and_all(needed: float) -> None:
    rng = np.random.default_rng(1)
    size = np.array([100.0, 0.0, 200.0, 400.0])
    voters = rng.random((4, 50)) * size[:, None]
    found = settled(voters, size, np.full(50, needed))
    np.testing.assert_allclose(found.sum(axis=0), needed, atol=1e-4)
    assert (found >= 0).all()
    assert (found <= size[:, None] + 1e-9).all()


def test_settled_places_move_by_one_shift_on_the_logit_scale() -> None:
    size = np.array([100.0, 300.0])
    found = settled(np.array([[30.0], [240.0]]), size, np.array([200.0])) / size[:, None]
    moved = np.log(found / (1 - found))[:, 0] - np.log([3 / 7, 4])
    np.testing.assert_allclose(moved[0], moved[1], atol=1e-6)
    assert moved[0] < 0


@pytest.mark.parametrize("stations", [8, 4])
def test_voters_beyond_the_registered_count_in_every_total(stations: int) -> None:
    full = row(("Utara", "Kelurahan 1"), 375 * stations, 375 * stations + 120, stations, 8)
    total = row(("Utara", None), 18_000, 12_120, 45, 45)
    forecast = night(full, total, draws=200)
    utara = forecast.places["district"] == "Utara"
    np.testing.assert_allclose(
        turnout_of(forecast, "district", "Utara"), 12_120 / 18_000, rtol=1e-6
    )
    most = turnout_of(forecast, "area", "Kelurahan 1")
    if stations == 8:
        np.testing.assert_allclose(most, 3_120 / 3_000)
    assert (most >= (375 * stations + 120) / 3_000 - 1e-6).all()
    assert forecast.draws[:, ~utara].max() <= 1
    assert forecast.counted is not None
    assert forecast.counted.places["voters"].max() == 12_120
    said = " ".join(note.say("en") for note in forecast.about.notes)
    assert "Kelurahan 1 (Utara). All of them count" in said
    assert "120 beyond the registered" in said


def test_voters_beyond_the_registered_raise_no_other_place_of_a_partly_counted_total() -> None:
    """The twin, all of whose registered voted, has the same places and 240 voters less in all."""
    found = []
    for more in (0, 240):
        full = row(("Utara", "Kelurahan 1"), 3_000, 3_000 + more, 8, 8)
        found.append(night(full, row(("Utara", None), 12_000, 8_940 + more, 30, 45), draws=200))
    clean, above = found
    one = clean.places["area"] == "Kelurahan 1"
    np.testing.assert_array_equal(above.draws[:, ~one], clean.draws[:, ~one])
    utara = [turnout_of(each, "district", "Utara") for each in found]
    np.testing.assert_allclose(utara[1] - utara[0], 240 / 18_000, atol=1e-6)


def test_a_complete_count_is_its_own_figures_and_decides_the_goal() -> None:
    figures = PAST.tail(6).to_dict("records")
    count = [
        row((one["district"], one["area"]), one["registered"], one["voters"], 8, 8)
        for one in figures
    ]
    clean = night(*count, draws=200)
    assert clean.draws.max() <= 1
    count[1]["voters"] = 3_120
    forecast = night(*count, draws=200)
    voters, registered = (sum(one[name] for one in count) for name in ("voters", "registered"))
    np.testing.assert_allclose(forecast.at("city").draws, voters / registered, rtol=1e-6)
    # A goal between what was cut off and what was counted.
    goal = (voters - 60) / registered
    assert forecast.prob(goal, by="city")[0] == 1
    assert standing(forecast, goal).call == "reached"
    assert standing(forecast, (voters + 60) / registered).call == "missed"


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2025-11-27 21:30", "365 days after polling day"),
        ("2024-11-26 21:30", "1 day before polling day"),
        ("2024-12-20 10:00", ""),
        ("21:30", ""),
    ],
)
def test_a_time_that_cannot_be_of_the_count_is_told(until: str, said: str) -> None:
    count = row(("Utara", "Kelurahan 1"), 3_000, 2_000, 8, 8) | {"data_until": until}
    notes = " ".join(note.say("en") for note in night(count, draws=100).about.notes)
    assert ("polling day" in notes) is bool(said)
    assert said in notes


@pytest.mark.slow
def test_a_fit_that_has_looked_before_says_what_a_fresh_one_says() -> None:
    first = row(("Utara", "Kelurahan 1"), 3_000, 2_000, 8, 8)
    second = row(("Selatan", "Kelurahan 4"), 2_000, 1_100, 5, 5)
    night(first, draws=100)
    warm = night(first, second, draws=100)
    fresh = HierarchicalModel(integration=256).fit(PAST)
    count = pd.DataFrame([first, second])
    expected = fresh.forecast(COMING, roll=ROLL, counted=count, draws=100, seed=1)
    np.testing.assert_array_equal(warm.draws, expected.draws)
