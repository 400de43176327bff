"""What a forecast rests on: shares against the exact covariance, residuals against brute force."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from turnout.datasets import load_jambi
from turnout.elections import Election
from turnout.forecast import Forecast
from turnout.models.diagnosis.diagnose import Diagnosis
from turnout.models.diagnosis.residuals import _given_the_others, unusual_results
from turnout.models.diagnosis.sensitivity import prior_sensitivity
from turnout.models.diagnosis.variance_decomposition import root_sources, variance_sources
from turnout.models.notes import (
    GROUP_UNSEEN,
    NOTHING_HERE,
    ONLY_ABOVE,
    ROLL_ESTIMATED,
    SMALL_SAMPLE,
    TYPE_UNSEEN,
    history_notes,
    sample_notes,
)
from turnout.models.tree.kernels import COMPONENTS, PARAMETERS
from turnout.models.tree.model import FittedHierarchical, HierarchicalModel
from turnout.models.tree.predictive import Predictive
from turnout.models.tree.root import SOURCES
from turnout.models.tree.sampling import Batch, draw_inner
from turnout.models.tree.streams import Streams

COMING = Election("2024-11-27", "pilkada")


def simulated(
    seed: int, *, shock: float = 0.2, own: float = 0.08, contests: int = 6
) -> pd.DataFrame:
    """Return 40 areas in 4 districts, contests of two types two years apart."""
    rng = np.random.default_rng(seed)
    lasting = 0.15 * rng.standard_normal((40, 1))
    noise = own * rng.standard_normal((40, contests))
    logits = 0.8 + lasting + shock * rng.standard_normal(contests) + noise
    area, contest = np.divmod(np.arange(40 * contests), contests)
    return pd.DataFrame(
        {
            "date": [f"{2010 + 2 * one}-06-01" for one in contest],
            "election_type": np.where(contest % 2, "pilkada", "pemilu"),
            "district": [f"district {one // 10}" for one in area],
            "area": [f"area {one}" for one in area],
            "registered": 5_000,
            "voters": rng.binomial(5_000, expit(logits)).ravel(),
        }
    )


def one_stream(batch: Batch) -> Streams:
    return Streams.of_one(np.random.default_rng(2), len(batch.tree.parent))


@pytest.fixture(scope="module")
def fitted() -> FittedHierarchical:
    return HierarchicalModel().fit(simulated(1))


@pytest.fixture(scope="module")
def predictive(fitted: FittedHierarchical) -> Predictive:
    return fitted.predictive(COMING)


@pytest.fixture(scope="module")
def jambi() -> Diagnosis:
    tables = load_jambi()
    model = HierarchicalModel().fit(tables.results, crosswalk=tables.crosswalk)
    return model.diagnose(COMING, roll=tables.roll)


@pytest.mark.slow
def test_the_sources_of_the_root_are_its_exact_covariances(predictive: Predictive) -> None:
    """At fixed variances: Cov(component, whole | data) = K_c(t,t) - K_c(t,.) P K(.,t)."""
    state, t = predictive.state, predictive.contest
    best = int(np.argmax(state.posterior.weights))
    batch = state.draw(np.full(20_000, best), t, np.random.default_rng(1))
    root = draw_inner(batch, one_stream(batch))[0][0].astype(float)
    parts = root_sources(state, np.array([best]), batch, root)
    # What is added is the whole.
    np.testing.assert_allclose(sum(parts.values()), root[t], atol=1e-3)
    components = state.kernel.components(state.by_level(state.posterior.draws[[best]])[0])[0]
    groups = {"shock": ["shock"], "drift": ["drift", "type_drift"]}
    whole = components.sum(axis=0) + state.root.covariance
    told = batch.nodes[0].up.precision[0, 0]
    variance = (whole - whole @ told @ whole)[t, t]
    for source, names in groups.items():
        of_root = [term for name, term in state.root.terms.items() if SOURCES[name] == source]
        own = sum([*(components[COMPONENTS.index(name)] for name in names), *of_root])
        exact = (own - own @ told @ whole)[t, t] / variance
        away = root[t] - root[t].mean()
        share = (parts[source] * away).mean() / away.var()
        np.testing.assert_allclose(share, exact, atol=0.03)


@pytest.mark.slow
def test_shares_add_up_and_follow_what_moves_the_places() -> None:
    def shares(results: pd.DataFrame) -> pd.Series:
        coming = HierarchicalModel().fit(results).predictive(COMING)
        table = variance_sources(coming, np.random.default_rng(1), count=2000)
        np.testing.assert_allclose(table.groupby("of")["share"].sum(), 1.0)
        return table.set_index(["of", "source"])["share"]

    calm = shares(simulated(2, shock=0.02, own=0.3))
    wild = shares(simulated(2, shock=0.5, own=0.02))
    assert calm["place", "area"] > 0.4
    assert wild["place", "area"] < 0.05
    assert wild.loc["place"][["shock", "type", "drift"]].sum() > 0.85
    assert wild.loc["whole"][["shock", "type", "drift"]].sum() > 0.9
    # 1 / (5,000 x .7 x .3) over the variance of the area's logit.
    assert 0 < calm["place", "counting"] < 0.03


@pytest.mark.slow
def test_the_spread_is_that_of_the_forecast(
    fitted: FittedHierarchical, predictive: Predictive
) -> None:
    table = variance_sources(predictive, np.random.default_rng(1))
    forecast = fitted.forecast(COMING, draws=4000, seed=2)
    sds = table.groupby("of")["sd"].first()
    np.testing.assert_allclose(sds["whole"], forecast.at("total").draws.std(), rtol=0.08)
    np.testing.assert_allclose(sds["place"], forecast.draws.std(axis=0).mean(), rtol=0.08)


def test_residuals_are_those_of_a_process_without_the_result(predictive: Predictive) -> None:
    """Brute force: predict each result of an area from its other results, parents given."""
    state = predictive.state
    level = len(predictive.panel.scales) - 1
    leaves = state.tree.nodes[level]
    batch = state.draw(np.zeros(1, dtype=int), predictive.contest, np.random.default_rng(1))
    vectors = draw_inner(batch, one_stream(batch))
    residual, expected = _given_the_others(batch, leaves, vectors)
    kernel = state.fixed_covariances[level][0]
    for leaf in (0, 17):
        node = leaves[leaf]
        parent = state.tree.parent[node]
        above = vectors[level - 1][state.tree.position[parent], :, 0].astype(float)
        known = np.flatnonzero(state.tree.weights[node] > 0)
        noise = np.diag(1 / state.tree.weights[node][known])
        whole = kernel[np.ix_(known, known)] + noise
        away = state.tree.values[node][known] - above[known]
        for place, contest in enumerate(known):
            rest = np.delete(np.arange(len(known)), place)
            gain = np.linalg.solve(whole[np.ix_(rest, rest)], whole[rest, place])
            mean = gain @ away[rest]
            sd = np.sqrt(whole[place, place] - gain @ whole[rest, place])
            np.testing.assert_allclose(expected[leaf, contest], mean + above[contest], atol=1e-4)
            np.testing.assert_allclose(
                residual[leaf, contest], (away[place] - mean) / sd, atol=2e-3
            )


def test_residuals_of_the_models_own_data_are_standard(predictive: Predictive) -> None:
    table = unusual_results(predictive, np.random.default_rng(1))
    assert len(table) == 240
    assert 0.85 < table["residual"].std() < 1.1
    assert abs(table["residual"].mean()) < 0.1


@pytest.mark.slow
def test_a_planted_error_is_named_first() -> None:
    results = simulated(3)
    wrong = (results["area"] == "area 7") & (results["date"] == "2016-06-01")
    results.loc[wrong, "voters"] = 900
    diagnosis = HierarchicalModel().fit(results).diagnose(COMING)
    first = diagnosis.results.iloc[0]
    assert (first["area"], first["date"]) == ("area 7", pd.Timestamp("2016-06-01"))
    assert first["drawn_in"]
    np.testing.assert_allclose(first["turnout"], 0.18)
    assert 0.5 < first["expected"] < 0.8
    assert "district 0 / area 7, pilkada 2016: 18.0%, expected" in diagnosis.text
    assert "area 7, Pilkada 2016: 18,0%, diperkirakan" in diagnosis.say("id")


def test_variances_are_told_level_by_level(fitted: FittedHierarchical) -> None:
    table = fitted.diagnose(COMING).table
    assert list(dict.fromkeys(table["scale"])) == ["total", "district", "area"]
    # The root's lasting part is the mean itself.
    assert "lasting" not in set(table.loc[table["scale"] == "total", "component"])
    usual = table["turnout"]
    np.testing.assert_allclose(table["points"], table["sd"] * usual * (1 - usual))
    np.testing.assert_allclose(usual, 0.69, atol=0.06)
    area = table[table["scale"] == "area"]
    logs = fitted.levels["area"]
    np.testing.assert_allclose(area["sd"], np.exp(logs[: len(COMPONENTS)]))
    np.testing.assert_allclose(area["memory"].dropna(), np.exp(logs[PARAMETERS.index("memory")]))
    assert area["points_lower"].isna().all()
    above = table[table["scale"] != "area"]
    assert above["integrated"].all()
    assert (above["sd_lower"] < above["sd"]).all()
    assert (above["sd"] < above["sd_upper"]).all()


@pytest.mark.slow
def test_the_shock_that_was_put_in_is_within_its_interval() -> None:
    """A logit of .2 is 4.2 points at 71%."""
    table = HierarchicalModel().fit(simulated(5, contests=9)).diagnose(COMING).table
    row = table[(table["scale"] == "total") & (table["component"] == "shock")].iloc[0]
    assert row["points_lower"] < 0.042 < row["points_upper"]


@pytest.mark.slow
def test_kota_jambi_in_words(jambi: Diagnosis) -> None:
    texts = [note.text for note in jambi.notes]
    assert texts[:2] == [ONLY_ABOVE, ROLL_ESTIMATED]
    english, indonesian = jambi.text.splitlines(), jambi.say("id").splitlines()
    assert len(english) == len(indonesian)
    assert english[0] == "What the forecast of the pilkada of 27 November 2024 rests on"
    assert "their ranking rests on other types (pemilu)" in jambi.text
    assert any(line.startswith("  kecamatan: perbedaan tetap") for line in indonesian)
    assert "{" not in jambi.text + jambi.say("id")
    # Offsets of measurement are in the table, not in the words.
    assert jambi.effects["name"].str.startswith("partial:").any()
    assert "partial:" not in jambi.text
    assert jambi.effective_sample_size >= 50
    assert "<table" in jambi._repr_html_()


@pytest.mark.slow
def test_shares_add_up_as_they_are_told(jambi: Diagnosis) -> None:
    """Those of sources that offset others too; each is rounded."""
    whole = next(line for line in jambi.text.splitlines() if line.startswith("The whole"))
    told = [int(share) for share in re.findall(r"(-?\d+)% ", whole)]
    assert abs(sum(told) - 100) <= 2
    assert ("offsets" in whole) == any(share < 0 for share in told)


@pytest.mark.slow
def test_shares_of_a_single_place_add_up() -> None:
    results = simulated(4).query("area == area.iloc[0]")[["date", "area", "registered", "voters"]]
    predictive = HierarchicalModel().fit(results.assign(election_type="pilkada")).predictive(COMING)
    for seed in range(3):
        table = variance_sources(predictive, np.random.default_rng(seed), 400)
        np.testing.assert_allclose(table["share"].sum(), 1.0)


@pytest.mark.slow
def test_a_place_of_one_voter_or_without_any_vote_takes_no_share_from_the_others() -> None:
    """That of one voter is 0% or 100%, which no scale of logits tells: all of it is chance."""
    results = simulated(4)
    first, second = results["area"].unique()[:2]
    results.loc[results["area"] == first, ["registered", "voters"]] = 1
    results.loc[results["area"] == second, ["registered", "voters"]] = [40, 0]
    predictive = HierarchicalModel(integration=64).fit(results).predictive(COMING)
    table = variance_sources(predictive, np.random.default_rng(1), 400)
    assert np.isfinite(table["share"]).all()
    np.testing.assert_allclose(table.groupby("of")["share"].sum(), 1.0)


@pytest.mark.slow
def test_a_covariate_is_told_in_its_own_units() -> None:
    results = simulated(4)
    results["crowd"] = 100 * np.random.default_rng(1).standard_normal(len(results)).round(2)
    model = HierarchicalModel(covariates=("crowd",)).fit(results)
    roll = results.iloc[5::6][["district", "area", "registered", "crowd"]]
    diagnosis = model.diagnose(COMING, roll=roll)
    row = diagnosis.effects.set_index("name").loc["crowd"]
    means = results.assign(weighted=results["crowd"] * results["registered"]).groupby("date")
    usual = means["weighted"].sum() / means["registered"].sum()
    away = results["crowd"] - results["date"].map(usual)
    np.testing.assert_allclose(row["unit"], np.sqrt((away**2).mean()), rtol=0.01)
    assert row["lower"] < 0 < row["upper"]
    assert "Effect of crowd, for a difference of 9" in diagnosis.text
    assert "Effect of crowd in the election as a whole, for a difference of" in diagnosis.text
    assert "Pengaruh crowd pada pemilihan secara keseluruhan, untuk selisih" in diagnosis.say("id")
    assert "effects" in set(diagnosis.sources["source"])


@pytest.mark.slow
def test_the_summary_is_of_the_newest_type_a_year_later(fitted: FittedHierarchical) -> None:
    said = fitted.summary("en")
    assert said.startswith("What the forecast of the pilkada of 1 June 2021 rests on")
    assert fitted.summary("id").startswith("Dasar prakiraan Pilkada 1 Juni 2021")


def notes_of(results: pd.DataFrame, kind: str, **roll: object) -> list[object]:
    table = results.drop_duplicates("area")[["district", "area", "registered"]].dropna()
    predictive = (
        HierarchicalModel(integration=64)
        .fit(results)
        .predictive(Election("2024-11-27", kind), roll=table.assign(**roll))
    )
    return [note.text for note in history_notes(predictive.panel, predictive.contest)]


@pytest.mark.slow
def test_notes_tell_what_the_past_lacks() -> None:
    results = simulated(6)
    assert notes_of(results, "pilkada") == []
    assert notes_of(results, "pilkada", estimated=True) == [ROLL_ESTIMATED]
    assert notes_of(results, "pilwako") == [TYPE_UNSEEN]
    assert notes_of(results, "pilkades") == [GROUP_UNSEEN]
    above = results["election_type"] == "pilkada"
    totals = (
        results[above]
        .groupby(["date", "election_type"], as_index=False)[["registered", "voters"]]
        .sum()
    )
    mixed = pd.concat([results[~above], totals], ignore_index=True)
    assert notes_of(mixed, "pilkada") == [ONLY_ABOVE]
    roll = pd.DataFrame({"district": "district 0", "area": ["x", "y"], "registered": 100})
    panel = (
        HierarchicalModel(integration=64)
        .fit(totals.assign(city="Kota"))
        .predictive(COMING, roll=roll.assign(city="Kota"))
    )
    (note,) = history_notes(panel.panel, panel.contest)
    assert note.text == NOTHING_HERE


def test_a_rough_integration_is_noted() -> None:
    assert sample_notes(200.0) == ()
    (note,) = sample_notes(120.4)
    assert note.text == SMALL_SAMPLE
    assert "effective sample size 120, 200 wanted" in note.say("en")


@pytest.mark.slow
def test_notes_survive_saving(fitted: FittedHierarchical, tmp_path: pytest.TempPathFactory) -> None:
    forecast = fitted.forecast(Election("2024-11-27", "pilwako"), draws=50, seed=1)
    forecast.save(tmp_path / "forecast")
    loaded = Forecast.load(tmp_path / "forecast")
    assert [note.say("id") for note in loaded.about.notes] == [
        note.say("id") for note in forecast.about.notes
    ]
    assert TYPE_UNSEEN in [note.text for note in loaded.about.notes]


@pytest.mark.slow
def test_prior_sensitivity_widens_and_its_middle_is_the_forecast(
    fitted: FittedHierarchical,
) -> None:
    table = prior_sensitivity(fitted, COMING, goal=0.75, draws=2000, seed=3)
    assert table["factor"].tolist() == [0.5, 1.0, 2.0]
    width = table["upper"] - table["lower"]
    assert width.is_monotonic_increasing
    whole = fitted.forecast(COMING, draws=2000, seed=3).at("total")
    middle = table.iloc[1]
    np.testing.assert_allclose(
        middle[["lower", "median", "upper"]].astype(float),
        whole.quantiles([0.05, 0.5, 0.95])[:, 0],
    )
    np.testing.assert_allclose(middle["probability"], whole.prob(0.75)[0])


def test_prior_sensitivity_wants_a_share(fitted: FittedHierarchical) -> None:
    with pytest.raises(ValueError, match="goal must be a share, got 86"):
        prior_sensitivity(fitted, COMING, goal=86)
