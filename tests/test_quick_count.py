"""Quick counts: textbook estimator against simulation and the jackknife; fair rows in a count."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, HierarchicalModel
from turnout.errors import DataError
from turnout.quick_count import ratio_estimate, sample_as_count

RNG = np.random.default_rng(5)
SIZE = RNG.integers(200, 600, 600)
STRATUM = np.repeat(["north", "south"], [200, 400])
SHARE = np.where(STRATUM == "north", 0.6, 0.75) + 0.06 * RNG.standard_normal(600)
STATIONS = pd.DataFrame(
    {"stratum": STRATUM, "registered": SIZE, "voters": RNG.binomial(SIZE, SHARE)}
)
TRUTH = STATIONS["voters"].sum() / STATIONS["registered"].sum()
SIZES = {"north": 200, "south": 400}


def simple(rng: np.random.Generator, n: int = 60) -> pd.DataFrame:
    return STATIONS.drop(columns="stratum").iloc[rng.choice(600, n, replace=False)]


def stratified(rng: np.random.Generator) -> pd.DataFrame:
    rows = [rng.choice(200, 40, replace=False), 200 + rng.choice(400, 20, replace=False)]
    return STATIONS.iloc[np.concatenate(rows)]


@pytest.mark.slow
@pytest.mark.parametrize(("draw", "sizes"), [(simple, 600), (stratified, SIZES)])
def test_estimate_and_error_are_right_over_many_samples(draw, sizes) -> None:
    rng = np.random.default_rng(6)
    found = [ratio_estimate(draw(rng), sizes) for _ in range(600)]
    turnout = np.array([one.turnout for one in found])
    np.testing.assert_allclose(turnout.mean(), TRUTH, atol=3 * turnout.std() / np.sqrt(600) + 5e-4)
    error = np.sqrt(np.mean([one.error**2 for one in found]))
    np.testing.assert_allclose(error, turnout.std(), rtol=0.1)
    held = sum(one.interval()[0] <= TRUTH <= one.interval()[1] for one in found)
    assert 515 <= held <= 562  # 90% of 600, give or take 3 standard errors


def test_the_error_agrees_with_the_jackknife() -> None:
    sample = simple(np.random.default_rng(7))
    y, x = (sample[name].to_numpy(float) for name in ("voters", "registered"))
    without = (y.sum() - y) / (x.sum() - x)
    variance = (1 - 60 / 600) * 59 / 60 * ((without - without.mean()) ** 2).sum()
    np.testing.assert_allclose(ratio_estimate(sample, 600).error, np.sqrt(variance), rtol=0.03)


def test_all_stations_leave_no_error_and_one_stratum_is_none() -> None:
    whole = ratio_estimate(STATIONS, SIZES)
    np.testing.assert_allclose([whole.turnout, whole.error], [TRUTH, 0], atol=1e-12)
    sample = simple(np.random.default_rng(8))
    one = ratio_estimate(sample.assign(stratum="all"), {"all": 600})
    assert one == ratio_estimate(sample, 600)
    assert "60 dari 600 TPS" in one.say("id")


@pytest.mark.parametrize(
    ("sample", "stations", "said"),
    [
        (STATIONS, 600, "2 strata"),
        (STATIONS, {"north": 200}, "stratum south has 400"),
        (STATIONS[:3], {"north": 200, "south": 400}, "stratum south has 0"),
        (STATIONS[:1], {"north": 200}, "needs at least 2"),
        (STATIONS[:9], {"north": 8}, "no more than there are"),
        (STATIONS[:9].assign(voters=np.nan), {"north": 200}, "9 stations of the sample"),
    ],
)
def test_samples_that_cannot_be_are_refused(sample, stations, said) -> None:
    with pytest.raises(DataError, match=said):
        ratio_estimate(sample, stations)


@pytest.mark.slow
def test_sampled_stations_are_fair_in_a_count() -> None:
    past = pd.DataFrame(
        [
            (date, "pilkada", "Kota", area, 6000, 4000 + shift + 100 * number)
            for date, shift in (("2010-06-27", 0), ("2015-12-09", 300), ("2020-12-09", -200))
            for number, area in enumerate("ABCDEF")
        ],
        columns=["date", "election_type", "city", "area", "registered", "voters"],
    )
    sample = pd.DataFrame({"area": list("ABCDEF") * 3, "registered": 400, "voters": 300})
    count = sample_as_count(sample.assign(stations_total=15))
    assert count["stations_counted"].tolist() == [3] * 6
    fitted = HierarchicalModel(integration=256).fit(past)
    coming = Election("2024-11-27", "pilkada")
    fair, early = (
        fitted.forecast(coming, counted=rows, draws=1000, seed=1).at("city").draws.std()
        for rows in (count, count.drop(columns="sampled"))
    )
    assert fair < 0.8 * early


def test_a_place_without_its_number_of_stations_is_named() -> None:
    sample = pd.DataFrame({"area": ["A", "B"], "registered": 400, "voters": 300})
    with pytest.raises(DataError, match="first: B"):
        sample_as_count(sample.assign(stations_total=[10, None]))
