"""Votes by post in rows of their own change no forecast, no score and no verdict of a night."""

import warnings

import numpy as np
import pandas as pd
import pytest
from tests.votes_by_post import COMING, DAYS, american, german, without_post, written

from turnout import (
    BinomialGLM,
    BoostedTrees,
    Election,
    HierarchicalModel,
    LastOfType,
    LastTurnout,
    Mixture,
    UniformSwing,
    backtest,
    read_results,
    replay,
)
from turnout.backtesting import Settings
from turnout.backtesting.replay_run import ReplaySettings
from turnout.forecast.apart import votes_apart
from turnout.goals import check_goal
from turnout.goals.night import standing
from turnout.own_rolls import APART
from turnout.plots.words import forecast_words
from turnout.reading import load_counted
from turnout.report.document.tables import past_shown
from turnout.watch.appraisal import place_figures, whole_figures

ELECTION = Election(COMING, "general")
QUICK = [LastTurnout(), LastOfType(), UniformSwing(), BinomialGLM()]
SLOW = [BoostedTrees(), HierarchicalModel(), Mixture()]


def totals_alone(rows: pd.DataFrame) -> pd.DataFrame:
    """Return precincts and official totals of counties; what these hold by post, no row tells."""
    return rows[(rows["area"] != "Absentee") & rows["city"].notna()]


def old_totals() -> pd.DataFrame:
    """Return counties whose oldest contest is known by totals alone, and a lost precinct."""
    rows = american()
    precinct = rows["registered"].notna() & rows["area"].notna()
    lost = precinct & (
        (rows["date"] == DAYS[0]) | (rows["area"].eq("Brown 2") & (rows["date"] == DAYS[1]))
    )
    return rows[~lost]


def old_totals_without_post() -> pd.DataFrame:
    """Return the same without votes by post: totals of all precincts, also of those not told."""
    rows, clean = old_totals(), without_post(american())
    keys = ["province", "city", "area", "date"]
    kept = rows.loc[rows["registered"].notna(), keys]
    return clean.merge(kept, on=keys)


KINDS = {
    "german": (german, lambda: without_post(german())),
    "american": (american, lambda: without_post(american())),
    "totals alone": (
        lambda: totals_alone(american()),
        lambda: totals_alone(without_post(american())),
    ),
    "old totals": (old_totals, old_totals_without_post),
}


@pytest.fixture(scope="module", params=list(KINDS))
def twins(request, tmp_path_factory):
    """Return results with votes by post, and without them, as they are read."""
    folder = tmp_path_factory.mktemp("post")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = enumerate(make() for make in KINDS[request.param])
        return tuple(read_results(written(one, folder / f"{n}.csv")) for n, one in tables)


@pytest.mark.parametrize("model", QUICK, ids=lambda model: model.name)
def test_forecasts_are_those_without_votes_by_post(twins, model):
    same_forecasts(twins, model)


@pytest.mark.slow
@pytest.mark.parametrize("model", SLOW, ids=lambda model: model.name)
def test_forecasts_of_slow_models_are_those_without_votes_by_post(twins, model):
    same_forecasts(twins, model)


def same_forecasts(twins, model) -> None:
    """Hold two forecasts against each other, and their past, and what is told of the rest."""
    given, clean = (model.fit(one).forecast(ELECTION, draws=200, seed=1) for one in twins)
    np.testing.assert_array_equal(given.draws, clean.draws)
    past = given.history.drop(columns=["official", "coverage", APART])
    pd.testing.assert_frame_equal(past, clean.history[list(past)])
    assert APART not in clean.history
    assert votes_apart(clean) is None
    note = votes_apart(given)
    assert note is not None
    assert note.values["share"] == pytest.approx(0.38, abs=0.001)


@pytest.mark.parametrize(
    "models",
    [[UniformSwing()], pytest.param([BinomialGLM(), HierarchicalModel()], marks=pytest.mark.slow)],
    ids=["swing", "fitted"],
)
def test_backtests_are_those_without_votes_by_post(twins, models):
    given, clean = (
        backtest(models, one, min_history=2, settings=Settings(draws=100)) for one in twins
    )
    pd.testing.assert_frame_equal(given.scores, clean.scores)
    pd.testing.assert_frame_equal(given.forecasts, clean.forecasts)


@pytest.mark.slow
def test_replays_are_those_without_votes_by_post(twins):
    played = [
        replay(
            HierarchicalModel(), one, DAYS[-1], steps=[0.3, 0.6], settings=ReplaySettings(draws=200)
        )
        for one in twins
    ]
    pd.testing.assert_frame_equal(played[0].table, played[1].table)


def test_no_goal_is_out_of_reach_of_votes_that_come_on_top_of_a_forecast(twins):
    goal = 0.8  # at the stations 37% voted last
    check, plain = (
        check_goal(LastTurnout().fit(one).forecast(ELECTION, seed=1), goal) for one in twins
    )
    verdicts = check.table.set_index("scale")["verdict"]
    finest = verdicts.index == "area"
    assert set(verdicts[~finest]) == {"unclear"}
    assert set(verdicts[finest]) == set(plain.table["verdict"]) == {"out_of_reach"}
    assert (check.table["probability"] == plain.table["probability"]).all()
    assert "is not clear yet" in check.text
    assert "out of reach, probability" in plain.text
    reached = check_goal(LastTurnout().fit(twins[0]).forecast(ELECTION), 0.05)
    assert set(reached.table["verdict"]) == {"likely"}


# --- the night -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """Return a way to forecast the night with so many stations in, with votes by post or without.

    The counts are those of the last contest, as files of its night have them.
    """
    folder = tmp_path_factory.mktemp("night")
    fitted: dict[bool, object] = {}

    def forecast(share: float, *, past: bool, counted: bool):
        if past not in fitted:
            rows = german() if past else without_post(german())
            fitted[past] = HierarchicalModel().fit(read(rows, folder / f"past-{past}.csv"))
        rows = german()
        rows = rows[rows["date"] == DAYS[-1]].assign(date=COMING)
        stations, post = rows[rows["registered"].notna()], rows[rows["registered"].isna()]
        told = [stations.head(round(share * len(stations))), *([post] if counted else [])]
        count = read(pd.concat(told), folder / f"count-{share}-{counted}.csv")
        return fitted[past].forecast(ELECTION, counted=count, draws=1000, seed=1)

    return forecast


def read(rows: pd.DataFrame, path) -> pd.DataFrame:
    """Return rows as a file of them is read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_results(written(rows, path))


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.5, 1.0])
def test_the_places_of_a_night_are_those_without_votes_by_post(night, share):
    clean = night(share, past=False, counted=False)
    for counted in (False, True):
        given = night(share, past=True, counted=counted)
        np.testing.assert_array_equal(given.draws, clean.draws)
        figures = ["registered", "voters", "complete", "doubtful", "counted_share"]
        places = given.counted.places
        finest = places["scale"] == "area"
        pd.testing.assert_frame_equal(
            places.loc[finest, figures], clean.counted.places.loc[finest, figures]
        )
        assert given.counted.lacks_votes
        assert places["lacks_votes"].tolist() == (~finest).tolist()
    assert not clean.counted.lacks_votes


@pytest.mark.slow
@pytest.mark.parametrize(("share", "sure"), [(0.5, False), (1.0, True)])
def test_no_goal_of_a_night_is_out_of_reach_of_votes_on_top(night, share, sure):
    given, clean = (night(share, past=one, counted=one) for one in (True, False))
    # 36.4% vote at the stations: 80% takes 43.6 points by post, or 15.6 if all still out had voted.
    check, plain = check_goal(given, 0.8), check_goal(clean, 0.8)
    verdicts = check.table.set_index("scale")["verdict"]
    assert set(verdicts.loc[["city", "district"]]) == {"unclear"}
    assert set(plain.table["verdict"]) == {"out_of_reach"}
    told, twin = standing(given, 0.8), standing(clean, 0.8)
    assert (told.call, twin.call) == ("open", "missed")
    assert told.text.startswith("Not decided")
    assert "had voted, 80.0% would not be reached" not in told.text
    assert f"at least {'43.6' if sure else '15.6'} points of turnout" in told.text
    whole = whole_figures(given, place_figures(given, given, 0.8, "district"), 0.8)
    assert whole.on_top


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.5, 1.0])
def test_a_goal_that_the_places_reach_by_themselves_is_called(night, share):
    for counted in (True, False):
        given = night(share, past=True, counted=counted)
        told = standing(given, 0.15)
        assert told.call == "reached"
        assert told.text.startswith("Decided: the goal of 15.0% is reached.")
        assert check_goal(given, 0.15).table["verdict"].eq("likely").all()


@pytest.mark.slow
def test_points_of_votes_on_top_are_told_of_all_places_alone(night):
    assert "38.0 points" in night(1.0, past=True, counted=True).counted.say()
    assert "With them turnout is 74.4%" in night(1.0, past=True, counted=True).counted.say()
    partly = night(0.5, past=True, counted=True).counted.say()
    assert "6,204 votes without a roll of their own" in partly
    assert "points of turnout" not in partly


# --- counts in doubt, scores, and what is shown -------------------------------------------------


def test_a_count_without_its_votes_by_post_is_not_far_below_a_past_with_them(tmp_path):
    rows = american()
    last = rows[(rows["date"] == DAYS[-1]) & rows["registered"].notna() & rows["area"].notna()]
    new = last.tail(1).assign(area="Clark 6", registered=801, voters=290)
    count = pd.concat([last.assign(voters=last["voters"] - 9), new]).assign(date=COMING)
    given, clean = (
        load_counted(
            written(count, tmp_path / "count.csv"),
            election=ELECTION,
            results=read(past, tmp_path / "past.csv"),
        )
        for past in (rows, without_post(rows))
    )
    assert [one.rule for one in given.findings] == [one.rule for one in clean.findings]
    assert not given.errors


def test_a_count_of_some_stations_is_doubted_beside_a_past_with_votes_by_post(tmp_path):
    rows = american()
    last = rows[(rows["date"] == DAYS[-1]) & rows["registered"].notna() & rows["area"].notna()]
    count = last.assign(date=COMING, voters=(last["voters"] / 3).round())
    past = read(rows, tmp_path / "past.csv")
    told = load_counted(written(count, tmp_path / "count.csv"), election=ELECTION, results=past)
    assert {one.rule for one in told.errors} == {"stations_untold_together"}


def test_figures_and_the_table_of_the_past_say_that_they_are_without_votes_by_post(tmp_path):
    tables = read(german(), tmp_path / "a.csv"), read(without_post(german()), tmp_path / "b.csv")
    given, clean = (LastOfType().fit(one).forecast(ELECTION, draws=50, seed=1) for one in tables)
    words = {"en": "without postal votes", "id": "tanpa suara pos"}
    for lang, told in words.items():
        assert told in forecast_words(given, lang)
        assert told not in forecast_words(clean, lang)
        past, plain = past_shown(given, lang), past_shown(clean, lang)
        assert len(past.columns) == len(plain.columns) + 1
        shown = [cell.text for cell in past.rows[0]]
        assert ("6,204" if lang == "en" else "6.204") in shown
        assert [cell for cell in shown if cell not in ("6,204", "6.204")] == [
            cell.text for cell in plain.rows[0]
        ]
