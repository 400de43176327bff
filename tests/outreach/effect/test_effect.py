"""estimate_outreach: what it tells, and that the forecast carries the same effect."""

import numpy as np
import pandas as pd
import pytest

from turnout.datasets import load_jambi, load_jambi_outreach
from turnout.elections import Election
from turnout.errors import DataError
from turnout.models.tree.model import HierarchicalModel
from turnout.outreach import estimate_outreach
from turnout.outreach.effect.estimate import is_simulated
from turnout.outreach.effect.words import ESTIMATES
from turnout.synthetic import SimulatedPanel, Truth, simulate_panel


@pytest.fixture(scope="module")
def panel() -> SimulatedPanel:
    return simulate_panel("low_last_time", np.random.default_rng(3))


@pytest.fixture(scope="module")
def effect(panel):
    return estimate_outreach(panel.results, panel.outreach)


def test_prior_data_and_posterior_stand_side_by_side(effect):
    rows = effect.table.set_index("estimate")
    assert list(rows.index) == list(ESTIMATES)
    assert rows.loc["prior", ["effect", "sd"]].tolist() == [0.08, 0.107]
    weights = 1 / rows.loc[["prior", "data"], "sd"] ** 2
    expected = (weights * rows.loc[["prior", "data"], "effect"]).sum() / weights.sum()
    np.testing.assert_allclose(rows.loc["posterior", "effect"], expected, rtol=1e-6)
    # The bias is .04 logit at the mean dose.
    added = rows.loc["data", "sd"] ** 2 - rows.loc["likelihood", "sd"] ** 2
    np.testing.assert_allclose(np.sqrt(added) * effect.kinds["mean_dose"][0], 0.04, rtol=1e-6)


def test_points_are_for_a_tenth_of_the_voters(panel, effect):
    turnout = panel.results["voters"] / panel.results["registered"]
    rows = effect.table.set_index("estimate")
    ratio = rows.loc["prior", "points"] / (0.08 * 0.5 * (1 - np.exp(-0.2)))
    assert ratio == pytest.approx((turnout * (1 - turnout)).mean(), rel=0.1)


def test_low_areas_chosen_are_flagged_in_both_languages(effect):
    assert effect.kinds["chosen"][0]
    assert "may mean that places were chosen by their last turnout, or be" in effect.say("en")
    assert "atau kebetulan (1 dari 10 untuk setiap jenis)" in effect.say("id")
    assert "interval 90%" not in effect.say("id")
    assert "dipilih menurut partisipasi terakhirnya" in effect.say("id")
    assert "not what they changed" in effect.text


def test_a_simulated_log_says_so_everywhere(effect):
    assert effect.simulated
    assert effect.text.startswith("SIMULATED")
    assert effect.say("id").startswith("SIMULASI")
    assert "SIMULATED" in effect._repr_html_()


@pytest.mark.slow
def test_an_own_log_does_not(panel):
    own = panel.outreach.drop(columns="simulated")
    assert not is_simulated(own)
    assert not is_simulated(own.assign(simulated=False))
    assert is_simulated(own.assign(simulated="true"))
    assert "SIMULATED" not in estimate_outreach(panel.results, own).text


@pytest.mark.slow
def test_a_bias_of_zero_trusts_the_data(panel, effect):
    trusting = estimate_outreach(panel.results, panel.outreach, bias_sd=0.0)
    rows = trusting.table.set_index("estimate")
    np.testing.assert_allclose(rows.loc["data", "sd"], rows.loc["likelihood", "sd"])
    before = effect.table.set_index("estimate")
    assert rows.loc["posterior", "sd"] < before.loc["posterior", "sd"]


def test_sensitivity_to_prior_and_bias(effect):
    table = effect.sensitivity().set_index(["prior_scale", "bias_sd"])
    usual = effect.table.set_index("estimate").loc["posterior"]
    assert len(table) == 9
    np.testing.assert_allclose(
        table.loc[(1.0, 0.04), ["effect", "sd", "points"]].astype(float),
        usual[["effect", "sd", "points"]].astype(float),
    )
    assert (table["sd"].unstack("bias_sd").diff(axis=1).iloc[:, 1:] > 0).all(axis=None)
    assert (table["effect"].unstack("prior_scale").diff(axis=1).iloc[:, 1:] > 0).all(axis=None)


@pytest.mark.slow
def test_without_variation_only_the_prior_speaks():
    truth = Truth(elections=3, treated=0)
    results = simulate_panel("random", np.random.default_rng(1), truth).results
    areas = results.drop_duplicates("area", keep="last")
    everywhere = areas[["district", "area"]].assign(
        date=areas["date"].max() - pd.Timedelta(days=30),
        kind="tatap muka",
        reached=0.2 * areas["registered"],
    )
    effect = estimate_outreach(results, everywhere)
    rows = effect.table.set_index("estimate")
    assert not effect.kinds["compared"][0]
    assert rows["effect"][["within", "mundlak", "cross_section"]].isna().all()
    assert rows.loc["posterior", "effect"] == pytest.approx(0.08, abs=0.01)
    assert rows.loc["posterior", "sd"] == pytest.approx(0.107, abs=0.005)
    assert "No area was observed both with and without" in effect.text


def test_activities_outside_every_window_are_refused_with_the_reason(panel):
    late = panel.outreach.assign(date="2030-01-01")
    with pytest.raises(DataError, match="180 days"):
        estimate_outreach(panel.results, late)


@pytest.mark.slow
def test_jambi_with_its_simulated_log():
    jambi = load_jambi()
    effect = estimate_outreach(jambi.results, load_jambi_outreach(), crosswalk=jambi.crosswalk)
    posterior = effect.table[effect.table["estimate"] == "posterior"]
    prior = effect.table[effect.table["estimate"] == "prior"]
    # Two contests by kelurahan can tell nothing: the posterior is the prior.
    np.testing.assert_allclose(
        posterior["points"].to_numpy(), prior["points"].to_numpy(), atol=0.0002
    )
    assert (effect.kinds["smallest"] > 0.03).all()


@pytest.mark.slow
def test_planned_activities_move_the_forecast_by_the_posterior_effect(panel):
    effect = estimate_outreach(panel.results, panel.outreach)
    election = Election("2017-04-05", "pilkada")
    areas = panel.results.drop_duplicates("area", keep="last")
    planned = areas[["district", "area"]].assign(
        date="2017-02-01", kind="face_to_face", reached=0.3 * areas["registered"]
    )
    fitted = HierarchicalModel().fit(panel.results, outreach=panel.outreach)
    without = fitted.forecast(election, draws=4000, seed=1)
    with_them = fitted.forecast(election, draws=4000, seed=1, activities=planned)
    gain = (with_them.at("city").draws - without.at("city").draws)[:, 0]
    turnout = without.at("city").draws[:, 0]
    slope = 0.5 * (1 - np.exp(-0.6)) * (turnout * (1 - turnout)).mean()
    assert gain.mean() == pytest.approx(slope * effect.posterior.mean[0], abs=0.0007)
    assert gain.std() == pytest.approx(slope * effect.posterior.sd[0], rel=0.15)


@pytest.mark.slow
def test_without_a_log_nothing_changes(panel):
    election = Election("2017-04-05", "pilkada")
    model = HierarchicalModel()
    plain = model.fit(panel.results).forecast(election, draws=200, seed=1)
    empty = model.fit(panel.results, outreach=panel.outreach.iloc[:0])
    same = empty.forecast(election, draws=200, seed=1, activities=None)
    np.testing.assert_array_equal(plain.draws, same.draws)


@pytest.mark.slow
def test_a_lot_needs_no_allowance_for_bias(panel, effect):
    by_staff = effect
    by_lot = estimate_outreach(panel.results, panel.outreach, assignment="lot")
    sds = [found.table.set_index("estimate")["sd"] for found in (by_staff, by_lot)]
    np.testing.assert_allclose(sds[1]["data"], sds[1]["likelihood"])
    assert sds[0]["data"] > sds[0]["likelihood"]
    assert "assigned by lot" in by_lot.text
    assert "staff" not in by_lot.text.replace("staff's choice of places", "")
    with pytest.raises(ValueError, match="staff or lot"):
        estimate_outreach(panel.results, panel.outreach, assignment="dice")
