"""Backtests: the protocol, the scores against hand-worked numbers, and no leak of the future."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from turnout.backtesting import (
    Settings,
    backtest,
    compare,
    coverage_table,
    join_backtests,
    score_table,
)
from turnout.elections import Election
from turnout.errors import DataError, HistoryError
from turnout.forecast import Forecast
from turnout.models.points.glm import BinomialGLM
from turnout.models.points.naive import LastOfType, LastTurnout, UniformSwing
from turnout.rolling_origin import folds
from turnout.schema import canonical_results
from turnout.scores import clopper_pearson

QUICK = Settings(draws=200, jobs=1)


def simulated(elections=6, areas=5, seed=1) -> pd.DataFrame:
    """Results of areas in two districts, municipal and national elections in turn."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(elections):
        kind = ("municipal", "national")[number % 2]
        shock = rng.normal(0, 0.05)
        for area in range(areas):
            registered = 1000 + 500 * area
            share = np.clip(0.5 + 0.2 * (kind == "national") + 0.02 * area + shock, 0.1, 0.9)
            rows.append(
                {
                    "date": f"{2000 + 2 * number}-05-01",
                    "election_type": kind,
                    "district": "NS"[area % 2],
                    "area": f"area {area}",
                    "registered": registered,
                    "voters": rng.binomial(registered, share),
                }
            )
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Fixed:
    """A model whose forecast is known in advance: every area between 0.5 and 0.7."""

    name: str = "Fixed"

    def fit(self, _results, **_others):
        return self

    def forecast(self, election, *, roll, **_others):
        table = np.linspace(0.5, 0.7, 101)[:, None] * np.ones(len(roll))
        return Forecast(election, roll, table, "area")


@dataclass(frozen=True)
class Broken:
    name: str = "Broken"

    def fit(self, _results, **_others):
        raise np.linalg.LinAlgError("singular matrix")


# The rolling origin


def test_targets_have_enough_polling_days_before_them():
    found = list(folds(simulated(elections=6)))
    assert [one.election.date.year for one in found] == [2006, 2008, 2010]
    assert [one.history["date"].nunique() for one in found] == [3, 4, 5]


def test_history_and_targets_are_cut_to_the_newest():
    (only,) = folds(simulated(elections=6), max_history=2, max_targets=1)
    assert only.election.date.year == 2010
    assert sorted(only.history["date"].dt.year.unique()) == [2006, 2008]


def test_contests_of_one_day_are_never_history_for_each_other():
    results = simulated(elections=4)
    twin = results[results["date"] == "2006-05-01"].assign(election_type="regional")
    found = list(folds(pd.concat([results, twin])))
    assert [one.election.election_type for one in found] == ["national", "regional"]
    for one in found:
        assert one.history["date"].max() < pd.Timestamp("2006-05-01")


def test_only_areas_with_a_history_are_forecast():
    results = simulated(elections=4)
    new = results.iloc[-1:].assign(area="new")
    (one,) = folds(pd.concat([results, new]))
    assert sorted(one.actual["area"]) == [f"area {number}" for number in range(5)]


def test_an_area_whose_parent_is_known_has_a_history():
    results = simulated(elections=4).assign(area_id=lambda t: t["area"].str[-1])
    split = results["date"] == "2006-05-01"
    results.loc[split & (results["area_id"] == "4"), ["area", "area_id"]] = ["new", "9"]
    crosswalk = pd.DataFrame({"new_id": ["9"], "old_id": ["4"], "weight": [1.0]})
    (with_it,) = folds(results, crosswalk=crosswalk)
    (without,) = folds(results)
    assert "9" in set(with_it.actual["area_id"])
    assert "9" not in set(without.actual["area_id"])


@pytest.mark.slow
def test_city_totals_alone_can_be_backtested():
    totals = simulated(areas=1).drop(columns=["district", "area"]).assign(city="Kota")
    (first, *_) = folds(totals)
    assert len(first.actual) == 1
    tested = backtest([LastOfType()], totals, settings=QUICK)
    assert set(tested.scores["scale"]) == {"city"}


def test_a_target_whose_areas_are_new_is_forecast_as_a_city():
    results = simulated(elections=4).assign(city="Kota")
    old = results["date"] < "2006-01-01"
    totals = (
        results[old]
        .groupby(["date", "election_type", "city"], as_index=False)[["registered", "voters"]]
        .sum()
    )
    newest = results[~old]
    total = newest.groupby(["date", "election_type", "city"], as_index=False)[
        ["registered", "voters"]
    ].sum()
    (one,) = folds(pd.concat([totals, newest, total]))
    assert one.actual["area"].isna().all()
    assert len(one.actual) == 1


def with_official_total(results: pd.DataFrame, share: float) -> pd.DataFrame:
    """Add to the newest contest a city row with a turnout of its own."""
    results = results.assign(city="Kota")
    newest = results[results["date"] == results["date"].max()]
    total = newest.iloc[[0]].assign(district=None, area=None, registered=10_000)
    return pd.concat([results, total.assign(voters=round(10_000 * share))], ignore_index=True)


@pytest.mark.slow
@pytest.mark.parametrize(("official", "actual"), [(0.762, 0.762), (0.875, 0.7584)])
def test_the_official_total_is_what_happened_to_the_whole(official, actual):
    # what lies far above the areas, of which all registered are known, is in no area: votes by post
    results = with_official_total(simulated(elections=4), official)
    (one,) = folds(results)
    assert one.actual["area"].notna().all()
    assert one.roll["area"].notna().all()
    tested = backtest([LastOfType()], results, settings=QUICK)
    whole = tested.forecasts[tested.forecasts["is_top"]]
    assert set(whole["scale"]) == {"city"}
    np.testing.assert_allclose(whole["actual"], actual)


def test_an_official_total_of_places_that_are_mostly_new_says_nothing():
    results = simulated(elections=4)
    newest = results["date"] == results["date"].max()
    # areas 0 to 2 hold 1,000 + 1,500 + 2,000 of 10,000 voters
    renamed = newest & results["area"].isin(["area 3", "area 4"])
    results.loc[renamed, "area"] = "new " + results.loc[renamed, "area"]
    (one,) = folds(with_official_total(results, 0.875))
    assert len(one.actual) == 3
    assert one.totals.empty


def with_a_gap(results: pd.DataFrame, years=(2010,)) -> pd.DataFrame:
    """Blank one area's voters of the contests of these years, so that their whole is not known."""
    gap = pd.to_datetime(results["date"]).dt.year.isin(years) & (results["area"] == "area 0")
    return results.assign(voters=results["voters"].astype(float).mask(gap))


@pytest.mark.slow
def test_districts_do_not_stand_for_a_whole_that_is_not_known():
    # of two districts the one without area 0 is known in 2010: it is not the whole
    tested = backtest([LastOfType()], with_a_gap(simulated()), settings=QUICK)
    whole = tested.forecasts[tested.forecasts["is_top"]]
    assert set(whole["scale"]) == {"total"}
    assert sorted(whole["date"].dt.year.unique()) == [2006, 2008]
    assert (tested.totals["n"] == 2).all()
    newest = tested.scores[tested.scores["election"].str.startswith("2010")]
    assert dict(zip(newest["scale"], newest["n"], strict=True)) == {"area": 4, "district": 1}
    assert "For 1 election the result of the whole is not known (2010-05-01-" in tested.text
    assert "Add the total, or the missing places" in tested.text
    assert "Tambahkan baris total" in tested.say("id")
    # it was forecast: what lacks is the result
    assert "elections only" not in tested.text


@pytest.mark.slow
def test_a_backtest_without_any_known_whole_says_so():
    blank = with_a_gap(simulated(), years=(2006, 2008, 2010))
    tested = backtest([LastOfType()], blank, settings=QUICK)
    assert tested.totals.empty
    assert "Last of its type forecast no election for which the whole is known" in tested.text
    assert "keseluruhannya diketahui" in tested.say("id")
    table = coverage_table(tested, "LastOfType")
    assert not table["is_top"].any()


@pytest.mark.slow
def test_the_single_city_tells_its_province():
    # the city's own row is there, that of the province above it is not
    results = with_official_total(with_a_gap(simulated(elections=4), (2006,)), 0.875)
    tested = backtest([LastOfType()], results.assign(province="P"), settings=QUICK)
    whole = tested.forecasts[tested.forecasts["is_top"]]
    assert set(whole["scale"]) == {"province"}
    np.testing.assert_allclose(whole["actual"], 0.875)


def test_too_short_a_history_is_named():
    with pytest.raises(HistoryError, match="at least 4 polling days; there are 3"):
        backtest([LastOfType()], simulated(elections=3), settings=QUICK)


# Comparison and scores


def test_scores_by_hand():
    # every area from .5 to .7, median .6; A (registered 300) .64, B (registered 100) .48
    election = Election("2030-01-01", "local")
    places = pd.DataFrame({"area": ["A", "B"], "registered": [300.0, 100.0]})
    forecast = Forecast(election, places, np.linspace(0.5, 0.7, 101)[:, None] * [[1, 1]], "area")
    actual = canonical_results(
        pd.DataFrame(
            {
                "date": ["2030-01-01"] * 2,
                "election_type": ["local"] * 2,
                "area": ["A", "B"],
                "registered": [300, 100],
                "voters": [192, 48],
            }
        )
    )
    table = score_table(compare(forecast, actual)).set_index("scale")
    area, total = table.loc["area"], table.loc["total"]
    assert area["n"] == 2
    np.testing.assert_allclose(area["mae"], (4 * 300 + 12 * 100) / 400)
    np.testing.assert_allclose(area["bias"], (-4 * 300 + 12 * 100) / 400, atol=1e-9)
    # 50% interval [.55, .65]: holds A only; 90% [.51, .69]: holds A only
    np.testing.assert_allclose(area[["coverage_50", "coverage_90"]].astype(float), [0.5, 0.5])
    np.testing.assert_allclose(area["width_90"], 18)
    # the total's turnout is 240 of 400, the median
    np.testing.assert_allclose(total["mae"], 0, atol=1e-9)
    assert total["coverage_50"] == 1


def test_an_official_total_counts_before_the_sum_of_areas():
    election = Election("2030-01-01", "local")
    places = pd.DataFrame({"city": ["K"] * 2, "area": ["A", "B"], "registered": [100.0, 100.0]})
    forecast = Forecast(election, places, np.full((50, 2), 0.5), "area")
    actual = canonical_results(
        pd.DataFrame(
            {
                "date": ["2030-01-01"] * 3,
                "election_type": ["local"] * 3,
                "city": ["K"] * 3,
                "area": ["A", "B", None],
                "registered": [100, 100, 210],
                "voters": [60, 60, 147],
            }
        )
    )
    compared = compare(forecast, actual)
    city = compared[(compared["scale"] == "city") & (compared["level"] == 0.9)]
    np.testing.assert_allclose(city["actual"], [0.7])


def test_a_district_that_is_partly_known_is_left_out():
    election = Election("2030-01-01", "local")
    places = pd.DataFrame({"area": ["A", "B"], "registered": [100.0, 100.0]})
    forecast = Forecast(election, places, np.full((50, 2), 0.5), "area")
    actual = canonical_results(
        pd.DataFrame(
            {
                "date": ["2030-01-01"],
                "election_type": ["local"],
                "area": ["a"],
                "registered": [100],
                "voters": [60],
            }
        )
    )
    assert set(compare(forecast, actual)["scale"]) == {"area"}
    with pytest.raises(DataError, match="None of the forecast's 2 places"):
        compare(forecast, actual.assign(area="elsewhere"))


def test_a_blank_count_is_no_turnout_of_nobody():
    election = Election("2030-01-01", "local")
    places = pd.DataFrame({"area": ["A", "B"], "registered": [100.0, 100.0]})
    forecast = Forecast(election, places, np.full((50, 2), 0.5), "area")
    actual = canonical_results(
        pd.DataFrame(
            {
                "date": ["2030-01-01"] * 2,
                "election_type": ["local"] * 2,
                "area": ["A", "B"],
                "registered": [100, 100],
                "voters": [60, np.nan],
            }
        )
    )
    compared = compare(forecast, actual)
    assert set(compared["area"]) == {"A"}
    np.testing.assert_allclose(compared["actual"], 0.6)


# The backtest


@pytest.fixture(scope="module")
def tested():
    return backtest([UniformSwing(), Broken()], simulated(), settings=QUICK)


def test_naive_models_run_along_and_a_failure_loses_nothing(tested):
    assert set(tested.scores["model"]) == {"UniformSwing", "LastOfType", "LastTurnout"}
    assert set(tested.failures["error"]) == {"LinAlgError: singular matrix"}
    assert len(tested.failures) == 3
    assert "Broken" in tested.text


@dataclass(frozen=True)
class Sometimes(Fixed):
    """A model that cannot forecast from a long history."""

    name: str = "Sometimes"

    def fit(self, results, **_others):
        if results["date"].nunique() > 3:
            raise ValueError("too long")
        return self


@dataclass(frozen=True)
class Late(Fixed):
    """A model that forecasts from a long history only."""

    name: str = "Late"

    def fit(self, results, **_others):
        if results["date"].nunique() < 4:
            raise ValueError("too short")
        return self


@pytest.mark.slow
def test_models_stand_in_the_order_in_which_they_were_asked_for():
    # in the first contest only the naive models and Fixed forecast
    tested = backtest([Late(), LastTurnout(), Fixed()], simulated(), settings=QUICK)
    asked = ["Late", "LastTurnout", "Fixed", "LastOfType"]
    assert tested.model_named() == "Late"
    assert list(tested.models) == asked
    for scale, rows in tested.table.groupby("scale"):
        assert rows["model"].tolist() == asked, scale
    assert list(dict.fromkeys(tested.totals["model"])) == asked
    lines = [line.split(":")[0] for line in tested.text.splitlines()]
    words = ["Late", "Last turnout", "Fixed", "Last of its type"]
    assert [line for line in lines if line in words] == words
    other = backtest([LastTurnout(), Late()], simulated(seed=2), panel="b", settings=QUICK)
    assert list(join_backtests([tested, other]).models) == asked


@pytest.mark.slow
def test_a_model_that_forecast_nothing_is_not_shown():
    tested = backtest([Broken(), Fixed()], simulated(), settings=QUICK)
    assert tested.model_named() == "Fixed"


@pytest.mark.slow
def test_models_that_forecast_nothing_are_told_with_the_reason():
    tested = backtest([Broken()], simulated(), settings=QUICK)
    assert set(tested.scores["model"]) == {"LastOfType", "LastTurnout"}
    with pytest.raises(
        HistoryError, match=r"Broken could forecast none of the 3 .*: singular matrix\)"
    ):
        tested.require_any(["Broken"])
    tested.require_any(["Broken", "LastOfType"])


@pytest.mark.slow
def test_a_model_that_fails_at_times_is_not_compared_as_if_it_had_not():
    tested = backtest([Sometimes()], simulated(), settings=QUICK)
    assert len(tested.failures) == 2
    line = next(line for line in tested.text.splitlines() if line.startswith("Sometimes"))
    assert "1 of 3 elections only" in line
    assert "that of last of its type (1 election)" in line
    others = [line for line in tested.text.splitlines() if line.startswith("Last")]
    assert not any("elections only" in other for other in others)


@pytest.mark.slow
def test_columns_are_the_contract(tested, tmp_path):
    tested.save(tmp_path)
    header = (tmp_path / "scores.csv").read_text().splitlines()[0]
    assert header == (
        "panel,election,scale,model,n,mae,bias,crps,wis,"
        "coverage_50,coverage_80,coverage_90,width_90,"
        "deviation_mae,deviation_flat,spearman"
    )
    forecasts = pd.read_csv(tmp_path / "forecasts.csv")
    # 3 elections x 3 models x (5 areas + 2 districts + total) x 3 levels
    assert len(forecasts) == 3 * 3 * 8 * 3
    assert (tmp_path / "failures.csv").exists()


def test_coverage_of_the_whole_is_told_with_its_n(tested):
    totals = tested.totals.set_index(["model", "level"])
    assert (totals["n"] == 3).all()
    row = totals.loc[("LastOfType", 0.9)]
    assert 0 <= row["lower"] <= row["share"] <= row["upper"] <= 1
    for lang, words in (("en", "of 3 elections"), ("id", "dari 3 pemilihan")):
        assert words in tested.say(lang)
        assert "100%" not in tested.say(lang).replace("and 100%", "").replace("dan 100%", "")


@pytest.mark.parametrize(
    ("ranks", "told"),
    [
        ([1.0, 1.0, 1.0], "too few for an interval"),  # not 1.00 to 1.00
        ([1.0, 0.5, 0.7], "too few for an interval"),
        ([0.9, 0.5, 0.7], "(95%: "),
    ],
)
def test_places_ranked_without_fault_have_no_interval_of_their_rank_correlation(
    tested, ranks, told
):
    areas = tested.scores["scale"] == "area"
    ranked = tested.scores[areas].assign(
        spearman=lambda scores: (
            scores.groupby("model")["election"].cumcount().map(dict(enumerate(ranks)))
        )
    )
    rest = tested.scores[~areas].assign(spearman=float("nan"))
    again = replace(tested, scores=pd.concat([ranked, rest]))
    assert told in again.say("en")
    assert "1.00 to 1.00" not in again.say("en")


@pytest.mark.slow
def test_a_single_election_is_told_in_the_singular():
    tested = backtest([UniformSwing()], simulated(elections=4), settings=QUICK)
    assert tested.text.startswith("1 past election (2006), forecast from")
    assert " of 1 election; one polling day proves nothing" in tested.text
    assert "1 elections" not in tested.text
    assert tested.say("id").startswith("1 pemilihan yang lalu (2006), diprakirakan")


@pytest.mark.slow
def test_coverage_by_hand():
    # The Fixed model's 90% interval [.51, .69] holds municipal totals, never national ones.
    results = simulated()
    results["voters"] = (
        np.where(results["election_type"] == "municipal", 0.55, 0.75) * results["registered"]
    )
    tested = backtest([Fixed()], results, settings=QUICK)
    row = tested.totals.set_index(["model", "level"]).loc[("Fixed", 0.9)]
    assert (row["k"], row["n"]) == (1, 3)
    assert "1 of 3 elections" in tested.text


@pytest.mark.slow
def test_contests_of_one_day_are_one_trial():
    # two contests on each of the three days, alike: 2 of 6 elections hold, on 1 of 3 days
    results = simulated()
    results["voters"] = (
        np.where(results["election_type"] == "municipal", 0.55, 0.75) * results["registered"]
    )
    twin = results.assign(election_type=results["election_type"] + " mayor")
    tested = backtest([Fixed()], pd.concat([results, twin]), settings=QUICK)
    row = tested.totals.set_index(["model", "level"]).loc[("Fixed", 0.9)]
    assert row[["k", "n", "days"]].tolist() == [2, 6, 3]
    expected = clopper_pearson([1], [3])
    np.testing.assert_allclose(row[["lower", "upper"]].astype(float), np.ravel(expected))
    assert "on 3 polling days" in tested.text
    assert "3 hari pemungutan suara" in tested.say("id")


@pytest.mark.slow
def test_equal_scores_are_told_as_equal():
    tested = backtest({"again": LastOfType()}, simulated(), settings=QUICK)
    assert "CRPS as low as that of last of its type (3 elections)" in tested.text
    assert " 0%" not in tested.text


def test_skill_by_hand(tested):
    skill = tested.skill.set_index(["scale", "model", "against"])["skill"]
    crps = tested.table.set_index(["scale", "model"])["crps"]
    expected = 1 - crps["total", "UniformSwing"] / crps["total", "LastTurnout"]
    np.testing.assert_allclose(skill["total", "UniformSwing", "LastTurnout"], expected)
    assert skill["total", "LastOfType", "LastOfType"] == 0


@pytest.mark.slow
def test_changing_the_future_changes_no_forecast():
    results = simulated()
    changed = results.copy()
    changed.loc[changed["date"] == "2010-05-01", "voters"] = 1
    before, after = (
        backtest([UniformSwing()], table, settings=QUICK).forecasts for table in (results, changed)
    )
    earlier = before["date"] < pd.Timestamp("2010-01-01")
    assert before.loc[earlier, "election"].nunique() == 2
    pd.testing.assert_frame_equal(before[earlier], after[earlier])
    assert not before["actual"].equals(after["actual"])


@pytest.mark.slow
def test_an_elections_own_result_changes_only_its_scores():
    results = simulated()
    changed = results.copy()
    changed.loc[changed["date"] == "2010-05-01", "voters"] = 1
    before, after = (
        backtest([LastOfType()], table, settings=QUICK).forecasts for table in (results, changed)
    )
    shared = ["mean", "median", "lower", "upper"]
    pd.testing.assert_frame_equal(before[shared], after[shared])
    assert not before["actual"].equals(after["actual"])


@pytest.mark.slow
def test_the_order_of_rows_is_irrelevant():
    results = simulated()
    shuffled = results.sample(frac=1, random_state=1)
    settings = Settings(draws=4000, jobs=1)
    ordered, other = (
        backtest([UniformSwing()], table, settings=settings).table.set_index(["scale", "model"])
        for table in (results, shuffled)
    )
    # The areas' draws come in another order, so they agree up to the noise of the draws.
    np.testing.assert_allclose(other["crps"].loc[ordered.index], ordered["crps"], rtol=0.05)


@pytest.mark.slow
def test_processes_change_nothing():
    results = simulated()
    alone = backtest([LastOfType()], results, settings=QUICK)
    together = backtest([LastOfType()], results, settings=Settings(draws=200, jobs=2))
    pd.testing.assert_frame_equal(alone.scores, together.scores)


@pytest.mark.slow
def test_backtests_of_panels_join(tested):
    other = backtest([LastOfType()], simulated(seed=2), panel="other", settings=QUICK)
    both = join_backtests([tested, other])
    assert set(both.scores["panel"]) == {"results", "other"}
    assert len(both.scores) == len(tested.scores) + len(other.scores)


@pytest.mark.slow
def test_panels_whose_wholes_have_other_names_are_one_whole():
    city = backtest([UniformSwing()], simulated(seed=2).assign(city="K"), panel="city",
                    settings=QUICK)  # fmt: skip
    total = backtest([UniformSwing()], simulated(), settings=QUICK)
    both = join_backtests([city, total])
    told = next(line for line in both.text.splitlines() if line.startswith("Uniform swing"))
    assert told.count("that of last of its type (6 elections)") == 1
    table = coverage_table(both, "UniformSwing")
    whole = table[table["is_top"]]
    assert whole["scale"].tolist() == ["total"] * 3
    assert whole["elections"].tolist() == [6] * 3


@pytest.mark.parametrize(
    ("setting", "value", "least"),
    [
        ("max_history", 0, 1),
        ("max_targets", 0, 1),
        ("max_targets", 2.5, 1),
        ("draws", 1, 2),
        ("seed", -1, 0),
    ],
)
def test_settings_that_make_no_backtest_are_refused(setting, value, least):
    told = f"{setting} must be a whole number of at least {least}, got {value}"
    with pytest.raises(ValueError, match=told):
        Settings(**{setting: value})


def test_no_processes_are_refused():
    with pytest.raises(ValueError, match="jobs must be a whole number other than 0, got 0"):
        Settings(jobs=0)
    assert [Settings(jobs=jobs).jobs for jobs in (-1, 2, None)] == [-1, 2, None]


@pytest.mark.parametrize("value", [0, 2.5])
def test_a_history_of_no_whole_polling_day_is_refused(value):
    with pytest.raises(ValueError, match=f"min_history must be .* at least 1, got {value}"):
        backtest([LastOfType()], simulated(), min_history=value, settings=QUICK)


@pytest.mark.slow
def test_two_models_of_one_name_are_refused():
    with pytest.raises(ValueError, match="same name"):
        backtest([LastOfType(), LastOfType()], simulated(), settings=QUICK)
    named = backtest({"a": LastTurnout(), "b": LastTurnout()}, simulated(), settings=QUICK)
    assert {"a", "b"} < set(named.scores["model"])


def test_a_backtest_shows_in_jupyter(tested):
    shown = tested._repr_html_()
    assert "<table" in shown
    assert "past elections" in shown


@pytest.mark.parametrize(
    ("models", "said"),
    [
        (BinomialGLM(), r"must be a list or a mapping, got BinomialGLM.*write \[model\]"),
        (["glm"], r"an object such as turnout\.BinomialGLM\(\), got 'glm'"),
        ({"mine": "glm"}, r"an object such as turnout\.BinomialGLM\(\), got 'glm'"),
    ],
)
def test_what_is_no_list_of_models_is_told(models: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        backtest(models, pd.DataFrame())
