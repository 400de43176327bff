"""What is drawn is turnout on the roll, not how turnout was measured; what is not counted is drawn.

Small cases whose answer is known: an offset of measurement that is left free and so takes all of
what is odd, and a count whose open part has a spread that can be written down.
"""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast, HierarchicalModel
from turnout.areas import build_panel
from turnout.models.covariates.offsets import targets_of
from turnout.models.tree.targets import Targets, drawn_turnout

COMING = Election("2024-11-27", "pilkada")
PLACE = ["city", "district", "area"]
AREAS = 8


def city(*contests: tuple[str, float, str]) -> pd.DataFrame:
    """Return results of eight areas in two districts, of contests by turnout and basis.

    Areas lie up to three points off, in each contest a little differently.
    """
    rng = np.random.default_rng(5)
    return pd.DataFrame(
        [
            {
                "date": date,
                "election_type": "pilkada",
                "city": "Kota",
                "district": f"Kecamatan {number // 4}",
                "area": f"Kelurahan {number}",
                "registered": 8_000,
                "voters": round(8_000 * (turnout + 0.02 * (number % 4 - 1.5) + away)),
                "registered_basis": basis,
            }
            for date, turnout, basis in contests
            for number, away in enumerate(rng.normal(0, 0.02, AREAS))
        ]
    )


PAST = (("2010-06-27", 0.65, "DPT"), ("2015-12-09", 0.65, "DPT"), ("2018-06-27", 0.65, "DPT"))


def forecast_of(results: pd.DataFrame, **options: object) -> Forecast:
    fitted = HierarchicalModel(integration=256).fit(results)
    return fitted.forecast(COMING, draws=2_000, seed=1, **options)


def median_of(forecast: Forecast) -> float:
    return float(np.median(forecast.at("city").draws))


def count_of(turnout: list[float], counted: list[int], stations: int = 20) -> pd.DataFrame:
    """Return a count of the eight areas, each at a turnout in so many of its stations."""
    places = city(PAST[-1])[[*PLACE, "registered"]]
    registered = places["registered"] * np.array(counted) / stations
    return places.assign(
        registered=registered,
        voters=(registered * turnout).round(),
        stations_counted=counted,
        stations_total=stations,
    )


def turnout_of_the_rest(forecast: Forecast, count: pd.DataFrame) -> np.ndarray:
    """Return the drawn turnout of what is not counted yet, (draws, areas with open stations)."""
    known = count.set_index("area").loc[forecast.places["area"]]
    is_open = (known["stations_counted"] < known["stations_total"]).to_numpy()
    registered = forecast.places["registered"].to_numpy()
    voters = forecast.draws.astype(float) * registered - known["voters"].to_numpy()
    left = registered - known["registered"].to_numpy()
    return voters[:, is_open] / left[is_open]


# --- offsets -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_another_denominator_added_in_the_past_is_not_added_to_the_forecast(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("turnout.models.covariates.offsets.BASIS_SD", 3.0)
    roll = city(PAST[0])[[*PLACE, "registered", "registered_basis"]]
    usual = median_of(forecast_of(city(*PAST), roll=roll))
    other = median_of(forecast_of(city(*PAST[:2], ("2018-06-27", 0.9, "DPT + DPK")), roll=roll))
    assert other == pytest.approx(usual, abs=0.02)


@pytest.mark.slow
def test_what_the_first_stations_added_in_the_past_is_not_added_to_the_forecast(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("turnout.models.covariates.offsets.PARTIAL_SD", 3.0)
    usual = median_of(forecast_of(city(*PAST)))
    results = city(*PAST[:2], ("2018-06-27", 0.9, "DPT"))
    newest = results["date"] == "2018-06-27"
    results = results.assign(
        stations_counted=np.where(newest, 10, np.nan), stations_total=np.where(newest, 20, np.nan)
    )
    results.loc[newest, ["registered", "voters"]] //= 2
    assert median_of(forecast_of(results)) == pytest.approx(usual, abs=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("offset", ["PARTIAL_SD", "BASIS_SD"])
def test_what_a_count_measures_too_high_is_not_added_to_those_still_to_count(
    offset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the areas are complete at 60%; in the others half the stations, at 70%.

    Be it because the first stations are not like the last, or because they are counted on
    another basis.
    """
    for name in ("PARTIAL_SD", "BASIS_SD"):
        monkeypatch.setattr(
            f"turnout.models.covariates.offsets.{name}", 3.0 if name == offset else 1e-3
        )
    count = count_of([0.6, 0.6, 0.7, 0.7] * 2, [20, 20, 10, 10] * 2)
    basis = np.where(count["stations_counted"] < 20, "another", "DPT")
    results = city(*PAST)
    roll = results[results["date"] == PAST[0][0]][[*PLACE, "registered", "registered_basis"]]
    forecast = forecast_of(results, roll=roll, counted=count.assign(registered_basis=basis))
    rest = turnout_of_the_rest(forecast, count)
    assert rest.shape[1] == 4
    assert 0.58 < np.median(rest) < 0.63


# --- what is not counted -------------------------------------------------------------------------


def test_counted_stations_lie_about_their_area_and_those_left_on_its_other_side() -> None:
    count = count_of([0.6] * AREAS, [20, 15, 10, 19, 4, 0, 20, 20]).iloc[:7]
    panel = build_panel(city(*PAST), election=COMING, counted=count)
    targets = targets_of(panel, panel.contest_of(COMING), 0.3)
    areas = panel.nodes["area"].iloc[targets.nodes].tolist()
    counted = np.array([[20, 15, 10, 19, 4, 0, 20, 0][int(area.split()[-1])] for area in areas])
    # Where all or nothing is counted, the area itself is drawn.
    begun = (counted > 0) & (counted < 20)
    m, left = counted[begun], 20 - counted[begun]
    np.testing.assert_allclose(targets.selection[begun], left / 20 * 0.3**2 / m)
    np.testing.assert_allclose(targets.leverage[begun], m / left)
    assert begun.sum() == 4
    assert not targets.selection[~begun].any()
    assert not targets.leverage[~begun].any()


@pytest.mark.parametrize(
    ("registered", "counted", "voters", "mean", "variance"),
    [
        # Nothing counted: the binomial variance of turnout.
        (20_000, 0, 0, 0.5, 0.25 / 20_000),
        # A quarter counted: three quarters of the binomial spread of those who are left.
        (20_000, 5_000, 3_000, 10_500 / 20_000, 0.75**2 * 0.25 / 15_000),
        # A handful of voters left.
        (50, 40, 20, 0.5, 10 * 0.25 / 50**2),
        (50, 50, 20, 0.4, 0.0),
    ],
)
def test_voters_not_counted_are_drawn(
    registered: float, counted: float, voters: float, mean: float, variance: float
) -> None:
    """Of stations whose logit is known to be 0, a turnout of one half."""
    columns = (np.array([one], dtype=float) for one in (registered, counted, voters, 0, 0))
    targets = Targets(np.array([0]), *columns)
    logits = np.zeros((1, 40_000), dtype=np.float32)
    parts = [(slice(0, 1), np.random.default_rng(1))]
    share = drawn_turnout(logits, targets, parts)[0].astype(float)
    np.testing.assert_allclose(share.mean(), mean, atol=1e-6 + 4 * np.sqrt(variance / 40_000))
    np.testing.assert_allclose(share.var(), variance, rtol=0.04, atol=1e-12)
    if registered - counted < 100:
        np.testing.assert_allclose(share * registered, (share * registered).round(), atol=1e-4)


@pytest.mark.slow
def test_the_last_station_of_an_area_is_as_uncertain_as_a_station_is() -> None:
    """One of twenty is left, of 400 voters: its own spread of .4 logit and binomial chance."""
    count = count_of([0.6] * AREAS, [19] * AREAS)
    fitted = HierarchicalModel(integration=256, station_sd=0.4).fit(city(*PAST))
    forecast = fitted.forecast(COMING, counted=count, draws=2_000, seed=1)
    share = turnout_of_the_rest(forecast, count)
    away = np.log(share / (1 - share)).std(axis=0)
    assert np.sqrt(0.4**2 + 1 / (400 * 0.24)) == pytest.approx(away.mean(), rel=0.08)
    assert away.min() > 0.37
