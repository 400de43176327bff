"""The record of past contests replayed with the places that are in now."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from scipy.stats import multivariate_normal

from turnout import Election, HierarchicalModel
from turnout.areas import build_panel
from turnout.models.covariates.night import night_sizes
from turnout.models.covariates.replayed import _Fitted, _Grouped, inflation
from turnout.models.tree.inflation import inflate
from turnout.models.tree.targets import Targets

COMING = Election("2024-05-01", "local", name="coming")
AREAS = 40


def town(apart: float, contests: int = 7, seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return past results and the coming contest's; the first half of the areas moves apart.

    In every contest it moves by a day's shock of its own of standard deviation `apart`. All areas
    are of one size.
    """
    rng = np.random.default_rng(seed)
    lasting = 0.3 * rng.standard_normal(AREAS)
    rows = []
    for contest in range(contests + 1):
        day = np.where(np.arange(AREAS) < AREAS // 2, apart * rng.standard_normal(), 0.0)
        share = expit(0.6 + lasting + day + 0.05 * rng.standard_normal(AREAS))
        rows.append(
            pd.DataFrame(
                {
                    "election": f"vote {contest}" if contest < contests else "coming",
                    "date": f"{2024 - 2 * (contests - contest)}-05-01",
                    "election_type": "local",
                    "city": "Town",
                    "area": [f"area {number:02d}" for number in range(AREAS)],
                    "registered": 20_000.0,
                    "voters": rng.binomial(20_000, share),
                }
            )
        )
    return pd.concat(rows[:-1], ignore_index=True), rows[-1]


def learned(past: pd.DataFrame, coming: pd.DataFrame, inside: np.ndarray) -> float:
    roll = coming[["city", "area", "registered"]]
    panel = build_panel(past, roll=roll, election=COMING, counted=coming[inside])
    return inflation(panel, panel.contest_of(COMING))


HALF = np.arange(AREAS) < AREAS // 2
MIXED = np.arange(AREAS) % 2 == 0


def test_what_past_nights_of_this_order_hid_widens_this_one() -> None:
    past, coming = town(apart=0.2)
    assert learned(past, coming, HALF) > 2
    assert learned(past, coming, MIXED) < 1.5


@pytest.mark.slow
def test_a_past_that_was_as_expected_widens_little() -> None:
    found = [learned(*town(0.0, seed=seed), HALF) for seed in range(8)]
    assert min(found) == 1
    assert np.mean(found) < 1.3


@pytest.mark.parametrize("inside", [np.arange(AREAS) < 5, np.ones(AREAS, dtype=bool)])
def test_few_places_and_all_places_tell_nothing(inside: np.ndarray) -> None:
    assert learned(*town(0.2), inside) == 1


def test_a_single_contest_is_held_against_the_dense_normal() -> None:
    """Two past contests: the second is foreseen from the first, places as one dense normal."""
    past, coming = town(apart=0.3, contests=2, seed=3)
    size = past["registered"].to_numpy(float).reshape(2, AREAS)
    votes = past["voters"].to_numpy(float).reshape(2, AREAS)
    logits = logit((votes + 0.5) / (size + 1))
    first, second = logits - np.average(logits, axis=1, weights=size)[:, None]
    change = second - first
    level = (first - first.mean()) / first.std()
    design = np.column_stack([np.ones(AREAS), level])
    rest = change - design @ np.linalg.lstsq(design, change, rcond=None)[0]
    # One city: its scatter is what is left after its own mean, which is none here.
    chance = 1 / (votes[1] + 0.5) + 1 / (size[1] - votes[1] + 0.5)
    own = np.maximum((rest**2).sum() / (AREAS - 6), chance)
    panel = build_panel(past, roll=coming[["city", "area", "registered"]], election=COMING)
    slope = night_sizes(panel, panel.contest_of(COMING)).slopes[1]
    dense = 1e6 + slope**2 * np.outer(level, level) + np.diag(own)
    within, across = dense[np.ix_(HALF, HALF)], dense[np.ix_(~HALF, HALF)].mean(axis=0)
    expected = across @ np.linalg.solve(within, change[HALF])
    variance = dense[np.ix_(~HALF, ~HALF)].mean() - across @ np.linalg.solve(within, across)
    z = (change[~HALF].mean() - expected) / np.sqrt(variance)
    wanted = np.sqrt(max((z**2 + 3) / 4, 1))
    assert wanted > 1.2
    np.testing.assert_allclose(learned(past, coming, HALF), wanted, rtol=1e-3)


def test_the_whole_spreads_by_the_factor_and_what_is_in_stays() -> None:
    rng = np.random.default_rng(1)
    mean = logit(np.array([0.6, 0.7, 0.5]))
    drawn = multivariate_normal.rvs(mean, 0.02 + 0.01 * np.eye(3), size=4000, random_state=rng)
    size = np.array([1000.0, 3000.0, 2000.0])
    targets = replace(
        Targets.before_the_count(np.arange(3), size),
        counted_registered=np.array([0.0, 1500.0, 2000.0]),
        counted_voters=np.array([0.0, 1000.0, 900.0]),
    )
    shares = expit(drawn.T)
    shares[1] = (1000 + 1500 * shares[1]) / 3000
    shares[2] = 0.45
    out = shares.astype(np.float32)
    inflate(out, targets, np.array([True, True, True]), 1.7)
    before, after = size @ shares, size @ out
    np.testing.assert_allclose(after.std() / before.std(), 1.7, rtol=0.02)
    np.testing.assert_allclose(after.mean(), before.mean(), rtol=0.002)
    np.testing.assert_allclose(out[2], 0.45, rtol=1e-6)
    assert (out[1] * 3000 >= 1000 - 1e-3).all()
    # Places move by one step in every draw: they stay as far apart.
    rest = (out[1] * 3000 - 1000) / 1500, (shares[1] * 3000 - 1000) / 1500
    steps = [logit(rest[0]) - logit(rest[1]), logit(out[0]) - logit(shares[0])]
    np.testing.assert_allclose(*steps, atol=1e-3)


@pytest.mark.slow
def test_a_forecast_of_the_night_is_as_wide_as_its_record_asks_for() -> None:
    past, coming = town(apart=0.2)
    fitted = HierarchicalModel(integration=256).fit(past)
    roll = coming[["city", "area", "registered"]]
    asked = fitted.predictive(COMING, roll=roll, counted=coming[HALF])
    wide, plain = (
        one.draw(2000, seed=1).mean(axis=0) for one in (asked, replace(asked, inflation=1.0))
    )
    np.testing.assert_allclose(wide.std() / plain.std(), asked.inflation, rtol=0.05)
    assert asked.inflation > 2


@pytest.mark.parametrize("between", [0.0, 0.04])
def test_districts_taken_out_of_the_normal_equations_are_those_left_in(between: float) -> None:
    rng = np.random.default_rng(5)
    number, count = rng.integers(0, 7, 60), 8  # one district has no place
    design = np.column_stack([np.ones(60), rng.standard_normal((60, 2))])
    change, weight = rng.standard_normal(60), rng.uniform(1, 9, 60)
    precision, row, above = np.array([1e-6, 4.0, 9.0]), rng.random(3), rng.random(count)
    fitted = _Fitted.of(design, change, weight, precision, _Grouped(number, count), between)
    whole = np.column_stack([design, np.sqrt(between) * np.eye(count)[number]])
    prior = np.diag([*precision, *np.ones(count)])
    spread = np.linalg.inv(whole.T * weight @ whole + prior)
    asked = np.append(row, np.sqrt(between) * above)
    mean, variance = fitted.foreseen(row, above)
    np.testing.assert_allclose(mean, asked @ spread @ (whole.T * weight @ change))
    np.testing.assert_allclose(variance, asked @ spread @ asked)
