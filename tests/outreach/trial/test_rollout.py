"""Activities by lot: the draw, its power, and the experiment read back in."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import stats
from scipy.special import expit

from turnout.datasets import load_jambi
from turnout.errors import DataError
from turnout.outreach import Treatment, design_rollout, estimate_rollout
from turnout.outreach.trial.arms import compare_arms
from turnout.synthetic import Truth, simulate_panel

DATA = Path(__file__).resolve().parents[2] / "data"


def test_matched_pairs_have_the_variance_of_their_differences():
    rng = np.random.default_rng(1)
    pairs = 15
    outcomes = pd.DataFrame(
        {
            "block": np.repeat(np.arange(pairs), 2),
            "arm": ["activities", "later"] * pairs,
            "registered": 1000,
            "voters": rng.binomial(1000, rng.uniform(0.5, 0.8, 2 * pairs)),
        }
    )
    share = (outcomes["voters"] / 1000).to_numpy().reshape(pairs, 2)
    difference = share[:, 0] - share[:, 1]
    expected = stats.ttest_1samp(difference, 0)
    row = compare_arms(outcomes, "later").table.iloc[0]
    np.testing.assert_allclose(row["effect"], difference.mean())
    np.testing.assert_allclose(row["sd"], difference.std(ddof=1) / np.sqrt(pairs))
    np.testing.assert_allclose(row["p_value"], expected.pvalue)


def test_unequal_voters_and_three_arms_against_least_squares_with_dummies():
    rng = np.random.default_rng(2)
    outcomes = pd.DataFrame(
        {
            "block": np.repeat(np.arange(8), 3),
            "arm": ["a", "b", "none"] * 8,
            "registered": rng.integers(500, 3000, 24),
        }
    )
    outcomes["voters"] = rng.binomial(outcomes["registered"], rng.uniform(0.5, 0.8, 24))
    frame = outcomes.assign(
        turnout=outcomes["voters"] / outcomes["registered"],
        arm=pd.Categorical(outcomes["arm"], ["none", "a", "b"]),
    )
    formula = "turnout ~ arm + C(block)"
    fit = smf.wls(formula, frame, weights=frame["registered"]).fit(cov_type="HC2")
    names = [name for name in fit.params.index if "arm" in name]
    found = compare_arms(outcomes, "none").table
    np.testing.assert_allclose(found["effect"], fit.params[names], rtol=1e-6)
    np.testing.assert_allclose(found["sd"], fit.bse[names], rtol=1e-6)


def test_the_michigan_experiment_is_as_published():
    """Gerber, Green & Larimer 2008: 1.8, 2.5, 4.8 and 8.1 points, standard errors about .3."""
    table = pd.read_csv(DATA / "michigan_2006.csv")
    outcomes = table.rename(columns={"cluster": "block", "treatment": "arm"})
    found = estimate_rollout(outcomes, control="No Postcard")
    rows = found.table.set_index("arm")
    order = ["Civic Duty", "Hawthorne", "Self", "Neighbors"]
    np.testing.assert_allclose(100 * rows.loc[order, "effect"], [1.8, 2.5, 4.8, 8.1], atol=0.2)
    np.testing.assert_allclose(100 * rows.loc[order, "sd"], 0.3, rtol=0.2)
    assert found.arms.control_turnout == pytest.approx(0.2966, abs=0.0001)
    assert "Neighbors: +8.1 points" in found.text
    assert "Neighbors: +8,1 poin" in found.say("id")


@pytest.mark.slow
def test_every_block_holds_every_phase_and_the_seed_repeats_the_lot():
    results = simulate_panel("random", np.random.default_rng(1)).results
    rollout = design_rollout(results, phases=3, seed=7)
    sizes = rollout.table.groupby("block")["phase"].value_counts().unstack(fill_value=0)
    assert (sizes >= 1).all(axis=None)
    assert rollout.table["area"].is_unique
    assert len(rollout.table) == 68
    same = design_rollout(results.sample(frac=1, random_state=1), phases=3, seed=7)
    keys = ["area", "phase"]
    pd.testing.assert_frame_equal(
        rollout.table[keys].sort_values("area", ignore_index=True),
        same.table[keys].sort_values("area", ignore_index=True),
    )
    other = design_rollout(results, phases=3, seed=8)
    first, second = (one.table.sort_values("area")["phase"].tolist() for one in (rollout, other))
    assert first != second


def test_pairs_are_alike_and_of_one_district():
    rollout = design_rollout(simulate_panel("random", np.random.default_rng(1)).results)
    blocks = rollout.table.groupby("block")
    assert (blocks["district"].nunique() == 1).mean() > 0.9
    spread = blocks["last_turnout"].std().mean()
    assert spread < 0.5 * rollout.table["last_turnout"].std()


def test_districts_as_blocks():
    rollout = design_rollout(load_jambi().results, roll=load_jambi().roll, within="district")
    assert rollout.table.groupby("block")["district"].nunique().max() == 1
    counts = rollout.table.groupby("block")["phase"].value_counts().unstack(fill_value=0)
    assert (counts.max(axis=1) - counts.min(axis=1)).max() <= 1


@pytest.mark.slow
def test_every_area_is_as_likely_to_be_first():
    results = simulate_panel("random", np.random.default_rng(1), Truth(areas=12)).results
    first = sum(
        (design_rollout(results, seed=seed).table.sort_values("area")["phase"] == 1).to_numpy(int)
        for seed in range(40)
    )
    # 40 fair coins lie within 4 standard deviations of 20.
    assert np.abs(first - 20).max() < 4 * np.sqrt(10)


@pytest.mark.slow
def test_the_power_told_is_the_power_had():
    """Simulated elections of the design's own areas: the standard error is as promised."""
    rng = np.random.default_rng(5)
    truth = Truth(areas=200, elections=3, treated=0, noise_sd=0.1)
    results = simulate_panel("random", rng, truth).results
    rollout = design_rollout(results, treatment=Treatment("tatap muka", 0.4), seed=2)
    table = rollout.table
    # What the last result tells of the next, as the truth has it.
    slope = 0.15**2 / (0.15**2 + 0.1**2)
    stray = np.sqrt(0.1**2 + 0.15**2 * (1 - slope))
    last = np.log(table["last_turnout"] / (1 - table["last_turnout"])).to_numpy()
    found = []
    for _ in range(200):
        noise = stray * rng.standard_normal(len(table))
        share = expit(last.mean() + slope * (last - last.mean()) + noise)
        voters = rng.binomial(table["registered"].astype(int), share)
        outcomes = table.assign(voters=voters).drop(columns="last_turnout")
        found.append(estimate_rollout(outcomes).table["effect"].iloc[0])
    assert np.std(found) == pytest.approx(rollout.power.sd, rel=0.2)
    assert np.mean(found) == pytest.approx(0, abs=4 * np.std(found) / np.sqrt(200))
    assert rollout.power.smallest == pytest.approx(2.8016 * rollout.power.sd, rel=1e-3)
    assert "phase 1: 100" in rollout.text
    assert "tahap 1: 100" in rollout.say("id")


def test_a_known_effect_is_found_without_bias_variance():
    """Half of 400 areas get an effect of .3 per dose; the experiment alone finds it."""
    rng = np.random.default_rng(6)
    truth = Truth(areas=400, elections=3, treated=0, noise_sd=0.05)
    results = simulate_panel("random", rng, truth).results
    treatment = Treatment("tatap muka", 0.3)
    rollout = design_rollout(results, treatment=treatment, seed=2)
    table = rollout.table
    last = np.log(table["last_turnout"] / (1 - table["last_turnout"])).to_numpy()
    dose = 0.5 * (1 - np.exp(-0.6)) * (table["arm"] == "activities").to_numpy()
    share = expit(last + 0.05 * rng.standard_normal(len(table)) + 0.3 * dose)
    coming = table.assign(
        date="2017-04-05",
        election="2017-pilkada",
        election_type="pilkada",
        voters=rng.binomial(table["registered"].astype(int), share),
    )
    outcomes = rollout.outcomes(pd.concat([results, coming], ignore_index=True))
    found = estimate_rollout(outcomes)
    posterior = found.posterior(treatment)
    assert posterior.kinds == ("face_to_face",)
    assert posterior.mean[0] == pytest.approx(0.3, abs=2.5 * posterior.sd[0])
    assert posterior.sd[0] < 0.05
    with pytest.raises(ValueError, match="nobody"):
        found.posterior(treatment, arm="nobody")


def test_what_cannot_be_drawn_or_compared_is_refused():
    results = simulate_panel("random", np.random.default_rng(1), Truth(areas=3)).results
    with pytest.raises(DataError, match="too few"):
        design_rollout(results)
    with pytest.raises(ValueError, match="phases"):
        design_rollout(results, phases=1)
    with pytest.raises(ValueError, match="within"):
        design_rollout(results, within="city")
    outcomes = pd.DataFrame(
        {"block": [1, 2], "arm": ["a", "b"], "registered": [10, 10], "voters": [5, 6]}
    )
    with pytest.raises(DataError, match="cannot be told apart"):
        estimate_rollout(outcomes, control="a")
    with pytest.raises(DataError, match="arms: a, b"):
        estimate_rollout(outcomes, control="c")
    with pytest.raises(DataError, match="voters"):
        estimate_rollout(outcomes.drop(columns="voters"), control="a")
    with pytest.raises(DataError, match="no outcomes"):
        estimate_rollout(outcomes.iloc[:0], control="a")
