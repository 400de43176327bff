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
from turnout.areas.own_rolls import APART
from turnout.backtesting import Settings
from turnout.backtesting.replay_run import ReplaySettings
from turnout.forecast.apart import votes_apart

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
