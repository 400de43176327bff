"""Evidence from outside: exact where the draws are normal, coherent everywhere, refused far off."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, TurnoutError
from turnout.forecast import Counted, Evidence, Forecast
from turnout.forecast.conditioning import effective_draws
from turnout.forecast.given import _members, evidence_of_total

ELECTION = Election("2030-11-27", "pilkada")
SIZE = np.array([1000.0, 3000.0, 2000.0])
PLACES = pd.DataFrame(
    {
        "city": "Kota",
        "district": ["Utara", "Utara", "Selatan"],
        "area": ["Kasang", "Murni", "Legok"],
        "registered": SIZE,
    }
)
MEAN = np.array([0.2, 0.5, 0.8])
COVARIANCE = 0.05 * (np.full((3, 3), 0.7) + np.diag([0.3, 0.5, 0.2]))


def forecast_of(count: int = 4_000, scale: float = 1.0) -> Forecast:
    logits = np.random.default_rng(2).multivariate_normal(MEAN, scale * COVARIANCE, count)
    return Forecast(ELECTION, PLACES, 1 / (1 + np.exp(-logits)), "area")


def whole(forecast: Forecast) -> np.ndarray:
    return forecast.at("city").draws[:, 0]


def weighted(said: float, error: float) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and sd of every place by weighing very many draws by the likelihood."""
    many = forecast_of(400_000)
    turnout = many.draws @ SIZE / SIZE.sum()
    weights = np.exp(-0.5 * ((turnout - said) / error) ** 2)
    mean = np.average(many.draws, axis=0, weights=weights)
    return mean, np.sqrt(np.average((many.draws - mean) ** 2, axis=0, weights=weights))


@pytest.mark.slow
@pytest.mark.parametrize(("said", "error"), [(0.70, 0.04), (0.55, 0.02), (0.66, 0.005)])
def test_every_place_has_the_mean_and_spread_of_likelihood_weights(
    said: float, error: float
) -> None:
    """The same, with 400,000 weighted draws of which even sharp evidence leaves thousands."""
    forecast = forecast_of()
    told = forecast.given(total=(said, error))
    mean, sd = weighted(said, error)
    np.testing.assert_allclose(told.draws.mean(axis=0), mean, atol=0.003)
    np.testing.assert_allclose(told.draws.std(axis=0), sd, rtol=0.06)
    np.testing.assert_allclose(whole(told), told.draws @ SIZE / SIZE.sum(), rtol=1e-9)


@pytest.mark.slow
def test_normal_draws_follow_the_formula_of_normal_conditioning() -> None:
    """So little spread that logits and shares are one scale: the Kalman update by hand."""
    forecast = forecast_of(20_000, scale=1e-3)
    mean, covariance = forecast.draws.mean(axis=0), np.cov(forecast.draws.T)
    weights = SIZE / SIZE.sum()
    variance = weights @ covariance @ weights
    said = weights @ mean + np.sqrt(variance)
    error = np.sqrt(variance)
    gain = covariance @ weights / (variance + error**2)
    told = forecast.given(total=(float(said), float(error)))
    expected = mean + gain * (said - weights @ mean)
    spread = covariance - np.outer(gain, weights @ covariance)
    unit = np.sqrt(np.diag(covariance))
    np.testing.assert_allclose((told.draws.mean(axis=0) - expected) / unit, 0, atol=0.03)
    # Off the diagonal too: what places share stays shared.
    scale = np.outer(unit, unit)
    np.testing.assert_allclose(np.cov(told.draws.T) / scale, spread / scale, atol=0.03)


@pytest.mark.slow
def test_evidence_without_weight_changes_nothing() -> None:
    forecast = forecast_of()
    told = forecast.given(total=(0.62, 0.49))
    np.testing.assert_allclose(told.draws, forecast.draws, atol=0.02)
    np.testing.assert_allclose(told.draws.mean(axis=0), forecast.draws.mean(axis=0), atol=0.003)


def test_a_what_if_holds_in_every_draw_and_says_that_it_is_no_forecast() -> None:
    forecast = forecast_of()
    told = forecast.given(total="65%")
    np.testing.assert_allclose(whole(told), 0.65, rtol=1e-9)
    assert told.draws.std(axis=0).min() > 0.01
    assert "This is no forecast" in told.about.notes[0].say()
    assert "Ini bukan prakiraan" in told.about.notes[0].say("id")


@pytest.mark.slow
def test_a_district_moves_its_areas_most_and_the_others_with_it() -> None:
    forecast = forecast_of()
    told = forecast.given(Evidence(0.72, 0.01, place="Kec. Utara", source="Panel ahli"))
    moved = told.draws.mean(axis=0) - forecast.draws.mean(axis=0)
    assert (moved[:2] > 0.08).all()
    assert 0.02 < moved[2] < moved[:2].min()
    said = told.about.notes[0].say()
    assert "Panel ahli" in said
    assert "72.0% give or take 1.0 points, taken at its word" in said
    assert told.about.diagnostics["evidence_effective_draws"] > 1


@pytest.mark.slow
def test_evidence_outside_what_the_draws_hold_is_refused() -> None:
    forecast = forecast_of()
    for far in ((0.95, 0.01), (0.20, 0.02), 0.97):
        with pytest.raises(TurnoutError, match="next to no such election: median 6"):
            forecast.given(total=far)
    surprising = forecast.given(total=(0.74, 0.01))
    assert any("surprising" in note.say() for note in surprising.about.notes)


@pytest.mark.slow
def test_a_survey_of_intention_counts_for_less_than_it_says() -> None:
    turnout, error = Evidence(0.80, 0.02, kind="intention").weighed()
    np.testing.assert_allclose([turnout, error], [0.65, np.hypot(0.02, 0.07)])
    told = forecast_of().given(Evidence(0.80, 0.02, kind="intention", source="Survei"))
    assert "counts as 65.0% give or take 7.3 points" in told.about.notes[0].say()


def test_a_record_weighs_evidence_more_the_longer_it_is() -> None:
    """A source that always said 10 points too much is believed 10 points less, and more surely."""
    errors = []
    for n in (1, 4, 40):
        record = tuple((0.80 + 0.001 * (k % 3), 0.70) for k in range(n))
        turnout, error = Evidence(0.80, 0.02, kind="intention", record=record).weighed()
        errors.append(error)
    assert errors == sorted(errors, reverse=True)
    np.testing.assert_allclose(turnout, 0.70, atol=0.003)
    assert errors[-1] < 0.025
    scattered = tuple((0.70 + away, 0.70) for away in (-0.1, 0.1, -0.08, 0.08))
    assert Evidence(0.7, 0.01, record=scattered).weighed()[1] > 0.06


@pytest.mark.slow
def test_what_is_counted_stays() -> None:
    """Murni is in; half of Kasang is, with 400 of its 500 registered."""
    forecast = forecast_of()
    draws = forecast.draws.copy()
    draws[:, 1] = 0.6
    draws[:, 0] = (400 + 500 * draws[:, 0]) / 1000
    table = PLACES.drop(columns="registered").assign(
        scale="area", area_id=None, province=None, nation=None
    )
    order = ["scale", "nation", "province", "city", "district", "area", "area_id"]
    table = table[order].assign(
        registered=[500, 3000, np.nan],
        voters=[400, 1800, np.nan],
        stations_counted=[1, 4, 0],
        stations_total=[2, 4, 4],
        counted_share=[0.5, 1, 0],
        complete=[False, True, False],
        doubtful=False,
        lacks_votes=False,
        in_doubt=0.0,
    )
    night = Forecast(ELECTION, PLACES, draws, "area", counted=Counted(table))
    told = night.given(total=(0.66, 0.005))
    np.testing.assert_allclose(told.draws[:, 1], 0.6)
    assert told.draws[:, 0].min() >= 0.4
    assert abs(np.median(whole(told)) - 0.66) < 0.02
    np.testing.assert_allclose(whole(night.given(total=0.66)), 0.66, atol=1e-6)
    with pytest.raises(TurnoutError, match="Murni is counted"):
        night.given(Evidence(0.7, 0.02, place="Murni"))


def test_unknown_places_and_impossible_figures_are_named() -> None:
    forecast = forecast_of(100)
    with pytest.raises(TurnoutError, match=r"Barat is not in the forecast \(.*Kasang.*\)"):
        forecast.given(Evidence(0.7, 0.02, place="Barat"))
    with pytest.raises(TurnoutError, match="no evidence"):
        forecast.given()
    with pytest.raises(TurnoutError, match="not between 0% and 100%"):
        Evidence(1.2, 0.02)
    with pytest.raises(TurnoutError, match="not between 0 and 50 points"):
        evidence_of_total((0.7, 4))


def test_the_note_and_the_diagnostics_tell_what_evidence_it_was() -> None:
    forecast = forecast_of(400)
    told = forecast.given(Evidence(0.66, 0.03, source="Charta"))
    assert "(Charta)" in told.about.notes[0].say()
    assert "(-)" in forecast.given(Evidence(0.66, 0.03)).about.notes[0].say()
    expected = effective_draws(whole(forecast), 0.66, 0.03)
    found = told.about.diagnostics["evidence_effective_draws"]
    np.testing.assert_allclose(found, expected, atol=0.06)
    assert told.about.what_if == ()


def test_evidence_may_surprise_and_a_what_if_is_meant_to() -> None:
    forecast = forecast_of(400)
    far = float(np.quantile(whole(forecast), 0.985))
    found = {
        error: [note.say() for note in forecast.given(total=(far, error)).about.notes]
        for error in (0.001, 0.0)
    }
    assert any("is surprising" in said for said in found[0.001])
    assert not any("is surprising" in said for said in found[0.0])


def test_evidence_of_a_district_is_of_all_its_areas_and_of_no_other() -> None:
    places = PLACES.assign(district=["Utara", "Utara", "Selatan"])
    few = Forecast(ELECTION, places, forecast_of(200).draws, "area")
    evidence = Evidence(0.6, 0.05, place="Kec. Utara")
    np.testing.assert_array_equal(_members(few, evidence), [True, True, False])
    np.testing.assert_array_equal(_members(few, Evidence(0.6, 0.05, place="Murni")), [0, 1, 0])
    # Two districts of one name, in two cities, are not one place.
    twice = places.assign(city=["Kota", "Kota", "Lain"], district="Utara")
    with pytest.raises(TurnoutError, match="Utara"):
        _members(Forecast(ELECTION, twice, few.draws, "area"), evidence)
