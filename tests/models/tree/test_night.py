"""A count in progress: slopes and scatter of the night, from past contests and the count."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from turnout import Election, HierarchicalModel
from turnout.areas import build_panel
from turnout.models.covariates.night import (
    NAMES,
    USUAL_SCATTER,
    USUAL_SLOPES,
    night_sizes,
    night_slopes,
)
from turnout.models.tree.night_scatter import NightScatter

COMING = Election("2024-05-01", "local", name="coming")


def town(
    slope: float = 0.0,
    scatter: float = 0.05,
    past_slopes: float = 0.0,
    contests: int = 5,
    areas: int = 40,
    seed: int = 1,
    along: str = "size",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return past results and the coming contest's of a town.

    Logits move by `slope` per standard deviation of log size in the coming contest, in past ones
    by a slope with the standard deviation `past_slopes`; places scatter by `scatter` in the
    coming one and by .05 in the past. They may move along a pattern that nobody has seen instead.
    """
    rng = np.random.default_rng(seed)
    size = rng.lognormal(9, 0.7, areas).round()
    column = np.log(size)
    column = (column - np.average(column, weights=size)) / column.std()
    hidden = np.random.default_rng(100 + seed).choice([-1.0, 1.0], areas)
    column = {"size": column, "pattern": hidden}[along]
    lasting = 0.3 * rng.standard_normal(areas)
    rows = []
    for contest in range(contests + 1):
        is_coming = contest == contests
        own = slope if is_coming else past_slopes * rng.standard_normal()
        noise = (scatter if is_coming else 0.05) * rng.standard_normal(areas)
        share = expit(0.6 + 0.2 * rng.standard_normal() + lasting + own * column + noise)
        year = 2024 if is_coming else 2024 - 4 * (contests - contest)
        rows.append(
            pd.DataFrame(
                {
                    "election": "coming" if is_coming else f"vote {year}",
                    "date": f"{year}-05-01",
                    "election_type": "local",
                    "city": "Town",
                    "area": [f"area {number:02d}" for number in range(areas)],
                    "registered": size,
                    "voters": rng.binomial(size.astype(int), share),
                }
            )
        )
    return pd.concat(rows[:-1], ignore_index=True), rows[-1]


def panel_of(past: pd.DataFrame, coming: pd.DataFrame, counted: pd.DataFrame | None = None):
    roll = coming[["city", "area", "registered"]]
    return build_panel(past, roll=roll, election=COMING, counted=counted)


@pytest.mark.slow
def test_slopes_of_past_contests_are_found() -> None:
    # changes between contests are set against the mean of those before: a little more varies
    found = [
        night_sizes(panel_of(*town(past_slopes=0.2, contests=12, seed=seed)), 12).slopes[0]
        for seed in range(4)
    ]
    np.testing.assert_allclose(np.mean(found), 0.2, atol=0.05)
    still = night_sizes(panel_of(*town(past_slopes=0.0, contests=12)), 12).slopes[0]
    assert still < 0.04


def test_without_a_past_the_usual_sizes_count() -> None:
    sizes = night_sizes(panel_of(*town(contests=1)), 1)
    np.testing.assert_allclose(sizes.slopes, USUAL_SLOPES)
    np.testing.assert_allclose(sizes.scatter, USUAL_SCATTER)
    assert sizes.contests == 0


def test_columns_are_of_the_coming_contest_and_add_nothing_to_the_whole() -> None:
    past, coming = town()
    panel = panel_of(past, coming, coming.head(5))
    effects = {one.name: one for one in night_slopes(panel, 5)}
    assert set(effects) == {f"night:{name}" for name in NAMES if name != "type"}  # of one type
    for one in effects.values():
        assert not one.values[:, :5].any()
        np.testing.assert_allclose(one.values[0, 5], 0.0, atol=1e-9)
        assert one.of_turnout
    column = effects["night:size"].values[panel.targets, 5]
    size = panel.nodes["registered"].to_numpy(float)[panel.targets]
    np.testing.assert_allclose(np.corrcoef(column, np.log(size))[0, 1], 1.0)


@pytest.mark.slow
def test_patterns_of_past_contests_are_found() -> None:
    def found(past_slopes: float) -> float:
        towns = (
            town(past_slopes=past_slopes, contests=12, areas=80, along="pattern", seed=seed)
            for seed in range(4)
        )
        return float(np.mean([night_sizes(panel_of(*one), 12).slopes[3] for one in towns]))

    np.testing.assert_allclose(found(0.2), 0.2, atol=0.06)
    assert found(0.0) < 0.03


def test_no_column_says_what_another_says() -> None:
    past, coming = town(past_slopes=0.2, along="pattern")
    panel = panel_of(past, coming, coming.head(5))
    columns = np.stack([one.values[panel.targets, 5] for one in night_slopes(panel, 5)])
    away = columns - columns.mean(axis=1, keepdims=True)
    alike = np.corrcoef(away)
    np.testing.assert_allclose(alike[2:], np.eye(len(alike))[2:], atol=1e-9)


@pytest.mark.slow
def test_before_the_count_there_is_nothing_of_the_night() -> None:
    past, coming = town()
    assert night_slopes(panel_of(past, coming), 5) == ()
    fitted = HierarchicalModel(integration=256).fit(past)
    state = fitted.predictive(COMING, roll=coming[["city", "area", "registered"]]).state
    assert state.scatter is None
    assert len(state.posterior.draws[0]) == sum(len(one.center) for one in state.priors.values())


def shares_out(past: pd.DataFrame, coming: pd.DataFrame, counted: pd.DataFrame):
    """Return draws of the places still out, what happened there, and the state of inference."""
    fitted = HierarchicalModel(integration=256).fit(past)
    asked = {"roll": coming[["city", "area", "registered"]], "counted": counted}
    forecast = fitted.forecast(COMING, draws=800, seed=1, **asked)
    out = ~forecast.places["area"].isin(counted["area"]).to_numpy()
    truth = (coming["voters"] / coming["registered"]).to_numpy()[out]
    return forecast.draws[:, out], truth, fitted.predictive(COMING, **asked).state


@pytest.mark.slow
def test_small_places_that_came_in_low_do_not_speak_for_the_large() -> None:
    past, coming = town(slope=0.25, past_slopes=0.15)
    counted = coming.sort_values("registered").head(12)
    drawn, truth, _ = shares_out(past, coming, counted)
    center = np.median(drawn, axis=0)
    assert np.abs(center - truth).mean() < 0.03
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    assert ((truth >= low) & (truth <= high)).mean() > 0.75


@pytest.mark.slow
def test_a_pattern_of_the_past_that_comes_again_is_seen_in_the_places_that_are_in() -> None:
    past, coming = town(slope=0.3, past_slopes=0.2, along="pattern")
    drawn, truth, _ = shares_out(past, coming, coming.head(12))
    # half of the .3 logit, 6 to 7 points, by which the pattern moves them up or down
    assert np.abs(np.median(drawn, axis=0) - truth).mean() < 0.033
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    assert ((truth >= low) & (truth <= high)).mean() > 0.75


@pytest.mark.slow
@pytest.mark.parametrize(("scatter", "larger"), [(0.13, True), (0.05, False)])
def test_a_night_that_scatters_more_is_seen(scatter: float, larger: bool) -> None:
    past, coming = town(scatter=scatter, contests=6)
    drawn, truth, state = shares_out(past, coming, coming.head(20))
    sizes = state.scatter.sizes[state.numbers(state.posterior.draws)]
    mean = float(state.posterior.weights @ sizes)
    assert (mean > 1.6) == larger
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    assert ((truth >= low) & (truth <= high)).mean() > 0.75


def test_the_nearest_size_of_the_grid_counts() -> None:
    night = NightScatter(0, 0.5)
    assert night.number_of(np.array([-9.0, -0.3, 0.3, 0.4, 9.0])).tolist() == [0, 3, 3, 4, 8]
    np.testing.assert_allclose(night.sizes[3], 1.0)
    plain = np.array([[[2.0, 0.5], [0.5, 1.0]]])
    np.testing.assert_allclose(night.scaled(plain, 1.0), plain)
    scaled = night.scaled(plain, np.array([2.0, 3.0]))
    # of the first contest 2 - .25 is its own
    np.testing.assert_allclose(scaled[:, 0, 0], [0.25 + 4 * 1.75, 0.25 + 9 * 1.75], atol=1e-6)
    np.testing.assert_allclose(scaled[:, 0, 1], 0.5)
    np.testing.assert_allclose(scaled[:, 1, 1], 1.0)


def test_a_night_without_anything_of_its_own_stays_a_covariance() -> None:
    # contests of one day without a shock of their own are one and the same
    years = np.array([0.0, 0.0, 4.0, 4.0])
    for spread in (1e-12, 1e-6, 1.0):
        plain = (spread * np.exp(-np.abs(years[:, None] - years) / 1e6))[None]
        for size in NightScatter(3, 0.5).sizes:
            scaled = NightScatter(3, 0.5).scaled(plain, size)
            jitter = (1e-9 * np.trace(scaled[0]) / 4 + 1e-14) * np.eye(4)
            np.linalg.cholesky(scaled + jitter)
            np.testing.assert_allclose(scaled, plain, rtol=1e-4, atol=2e-14)
