"""One cell that cannot be right: what the point models make of it."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit

from turnout import Election
from turnout.areas import build_panel
from turnout.models.base import Model
from turnout.models.mixture.model import Mixture
from turnout.models.outliers import believable_voters
from turnout.models.points.boosting import BoostedTrees
from turnout.models.points.glm import BinomialGLM
from turnout.models.points.naive import LastOfType, LastTurnout, UniformSwing

MODELS = (LastTurnout(), LastOfType(), UniformSwing(), BinomialGLM(), BoostedTrees())
COMING = Election("2024-11-27", "pilkada")
OLDEST, LAST_OF_TYPE, NEWEST = "2009-04-09", "2018-06-27", "2019-04-17"
CONTESTS = (
    (OLDEST, "pemilu"),
    ("2013-06-29", "pilkada"),
    ("2014-04-09", "pemilu"),
    (LAST_OF_TYPE, "pilkada"),
    (NEWEST, "pemilu"),
)


def twelve_areas(per_district: int = 4) -> pd.DataFrame:
    """Return 12 areas of about 4,000 registered in five contests of two types."""
    rng = np.random.default_rng(0)
    level = rng.normal(0.6, 0.25, 12)
    rows = []
    for date, kind in CONTESTS:
        shared = rng.normal(0, 0.25) + (0.5 if kind == "pemilu" else 0.0)
        share = expit(level + shared + rng.normal(0, 0.08, 12))
        size = rng.integers(3000, 5000, 12)
        for area in range(12):
            district = f"District {area // per_district}"
            voters = rng.binomial(size[area], share[area])
            rows.append((date, kind, district, f"Area {area}", size[area], voters))
    columns = ["date", "election_type", "district", "area", "registered", "voters"]
    return pd.DataFrame(rows, columns=columns)


def with_share(results: pd.DataFrame, date: str, share: float) -> pd.DataFrame:
    """Return results in which the turnout of one area is another."""
    cell = (results["date"] == date) & (results["area"] == "Area 5")
    return results.assign(voters=results["voters"].mask(cell, share * results["registered"]))


def total(model: Model, results: pd.DataFrame) -> float:
    forecast = model.fit(results).forecast(COMING, draws=1000, seed=1)
    return float(forecast.intervals(by="total")["median"].iloc[0])


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@pytest.mark.parametrize("per_district", [1, 2, 4])
def test_one_impossible_cell_hardly_moves_the_total(model, per_district):
    results = twelve_areas(per_district)
    usual = total(model, results)
    for date in (OLDEST, NEWEST):
        for share in (0.0, 1.0):
            moved = total(model, with_share(results, date, share)) - usual
            assert abs(moved) < 0.01, f"{date} at {share}: {moved:.3f}"


@pytest.mark.slow
def test_one_impossible_cell_hardly_moves_a_mixture():
    results = twelve_areas()
    moved = total(Mixture(), with_share(results, LAST_OF_TYPE, 1.0)) - total(Mixture(), results)
    assert abs(moved) < 0.01


@pytest.mark.few(2)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_an_area_that_was_impossible_last_time_is_forecast_from_the_rest(model):
    results = twelve_areas()
    usual = total(model, results)
    for share in (0.0, 1.0):
        odd = model.fit(with_share(results, LAST_OF_TYPE, share))
        forecast = odd.forecast(COMING, draws=1000, seed=1)
        moved = forecast.intervals(by="total")["median"].iloc[0] - usual
        assert abs(moved) < 0.015
        medians = forecast.intervals().set_index("area")["median"]
        assert abs(medians["Area 5"] - medians.drop("Area 5").mean()) < 0.2


def believed(results: pd.DataFrame, date: str = LAST_OF_TYPE) -> float:
    """Return the share of Area 5 that is believed of a contest."""
    panel = build_panel(results, election=COMING)
    share = believable_voters(panel) / panel.grid("registered")
    node = panel.nodes.index[panel.nodes["area"] == "Area 5"][0]
    contest = np.flatnonzero(panel.contests["date"] == pd.Timestamp(date))[0]
    return float(share[node, contest])


@pytest.mark.slow
def test_what_is_far_off_counts_less_the_further_off_it_lies():
    results = twelve_areas()
    cell = (results["date"] == LAST_OF_TYPE) & (results["area"] == "Area 5")
    own = logit((results["voters"] / results["registered"])[cell].iloc[0])
    near, off, further, all_of_them = (
        believed(with_share(results, LAST_OF_TYPE, share))
        for share in (expit(own + 0.1), expit(own + 0.65), expit(own + 0.75), 1.0)
    )
    assert near == pytest.approx(expit(own + 0.1))
    assert expit(own + 0.65) > off > further > all_of_them
    # Nothing is left of a result that is out of the question: a common level takes its place.
    none = believed(with_share(results, LAST_OF_TYPE, 0.0))
    assert (none, all_of_them) == pytest.approx((expit(own), expit(own)), abs=0.08)


def test_a_contest_in_which_all_voted_is_believed():
    results = twelve_areas()
    here = results["date"] == LAST_OF_TYPE
    results["voters"] = results["voters"].mask(here, results["registered"])
    assert believed(results) == pytest.approx(1.0)


def test_an_area_in_which_all_always_vote_is_believed():
    results = twelve_areas()
    here = results["area"] == "Area 5"
    results["voters"] = results["voters"].mask(here, results["registered"])
    assert believed(results) == pytest.approx(1.0)


def test_what_no_outlier_touches_stays_to_the_last_voter():
    panel = build_panel(twelve_areas(), election=COMING)
    np.testing.assert_array_equal(believable_voters(panel), panel.grid("voters"))
