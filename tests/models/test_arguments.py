"""What a user may give a model by mistake is told in words, by every model alike."""

import re
from pathlib import Path

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.models.base import Model
from turnout.models.mixture.model import Mixture
from turnout.models.monte_carlo import generator
from turnout.models.points.boosting import BoostedTrees
from turnout.models.points.glm import BinomialGLM
from turnout.models.points.naive import LastOfType, LastTurnout, UniformSwing
from turnout.models.tree.model import HierarchicalModel
from turnout.models.tree.priors import INDONESIA

COMING = Election("2024-11-27", "pilkada")
RESULTS = pd.DataFrame(
    {
        "date": ["2015-12-09"] * 2 + ["2018-06-27"] * 2 + ["2020-12-09"] * 2,
        "election_type": "pilkada",
        "area": ["Murni", "Legok"] * 3,
        "registered": [1000, 3000, 1050, 3200, 1100, 3300],
        "voters": [700, 1800, 780, 2000, 800, 2000],
    }
)
MODELS = [
    HierarchicalModel(integration=64),
    BinomialGLM(),
    BoostedTrees(),
    Mixture((BinomialGLM(), LastOfType())),
    LastOfType(),
    LastTurnout(),
    UniformSwing(),
]
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)


@every_model
@pytest.mark.parametrize("path", ["hasil.csv", Path("hasil.csv")])
def test_the_path_of_a_file_is_no_table(model: Model, path: str) -> None:
    told = r"results must be a pandas DataFrame, got .*hasil.csv.*turnout.read_results\(path\)"
    with pytest.raises(TypeError, match=told):
        model.fit(path)


@every_model
def test_a_roll_and_a_crosswalk_are_tables_too(model: Model) -> None:
    with pytest.raises(TypeError, match=r"roll must be .*turnout.read_roll\(path\)"):
        model.fit(RESULTS).forecast(COMING, roll="dpt.csv")
    with pytest.raises(TypeError, match=r"crosswalk must be .*turnout.read_crosswalk\(path\)"):
        model.fit(RESULTS, crosswalk="mekar.csv").forecast(COMING)


@every_model
def test_a_day_is_no_election(model: Model) -> None:
    told = re.escape('got \'2024-11-27\'; give its day and type: Election("2024-11-27", "pilkada")')
    with pytest.raises(TypeError, match=told):
        model.fit(RESULTS).forecast("2024-11-27")


@every_model
@pytest.mark.parametrize(
    ("draws", "kind", "says"),
    [
        (0, ValueError, "draws must be at least 1, got 0"),
        (-5, ValueError, "draws must be at least 1, got -5"),
        (1.5, TypeError, r"draws must be a whole number, got 1\.5"),
    ],
)
def test_draws_are_a_whole_number(
    model: Model, draws: float, kind: type[Exception], says: str
) -> None:
    with pytest.raises(kind, match=says):
        model.fit(RESULTS).forecast(COMING, draws=draws, seed=1)


@pytest.mark.parametrize("model", MODELS[1:], ids=lambda model: model.name)
def test_a_seed_is_not_below_zero(model: Model) -> None:
    with pytest.raises(ValueError, match="seed must be at least 0, got -1"):
        model.fit(RESULTS).forecast(COMING, draws=10, seed=-1)


def test_a_seed_is_a_whole_number() -> None:
    with pytest.raises(TypeError, match="seed must be a whole number, got 'one'"):
        generator("one")


@pytest.mark.parametrize("level", ["90%", None, [0.5, "x"]])
def test_a_level_is_a_number(level: object) -> None:
    forecast = LastOfType().fit(RESULTS).forecast(COMING, draws=10, seed=1)
    with pytest.raises(TypeError, match=r"got .*; for a 90% interval pass level=0\.9"):
        forecast.intervals(level=level)


def test_a_prior_may_be_named() -> None:
    assert HierarchicalModel(prior="indonesia").top_prior == INDONESIA
    assert HierarchicalModel(prior=INDONESIA).top_prior == INDONESIA
    with pytest.raises(TurnoutError, match=r"There is no prior 'java'.*default, indonesia"):
        HierarchicalModel(prior="java")


@pytest.mark.parametrize("kind", [HierarchicalModel, BoostedTrees])
def test_one_covariate_may_be_a_bare_name(kind: type[HierarchicalModel]) -> None:
    assert kind(covariates="candidates") == kind(covariates=("candidates",))
