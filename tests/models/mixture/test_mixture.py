"""The mixture: whole draws, weights by hand, models that cannot answer."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from turnout import Election
from turnout.errors import HistoryError
from turnout.forecast import Forecast
from turnout.models.base import FittedModel, Model, UnusedInputError
from turnout.models.mixture.model import Mixture
from turnout.models.mixture.stacking import Divergence, divergence, stack
from turnout.models.points.glm import BinomialGLM
from turnout.models.points.naive import LastOfType, LastTurnout
from turnout.schema import canonical_results

COMING = Election("2030-05-01", "local")
RESULTS = pd.DataFrame(
    {
        "date": np.repeat([f"{year}-05-01" for year in (2010, 2014, 2018, 2022)], 2),
        "election_type": "local",
        "area": ["A", "B"] * 4,
        "registered": 1000,
        "voters": [600, 500, 610, 520, 590, 510, 600, 500],
    }
)


@dataclass(frozen=True)
class Constant:
    """Says `share` for every place, in every draw, with a small spread that places share."""

    share: float
    name: str = "Constant"

    def fit(self, _results, **_others):
        return self

    def forecast(self, election, *, roll=None, counted=None, draws=100, seed=None, **_others):
        if counted is not None:
            raise UnusedInputError(_text())
        places = roll if roll is not None else RESULTS.iloc[:2][["area", "registered"]]
        rng = np.random.default_rng(seed)
        shared = self.share + rng.uniform(-0.01, 0.01, draws)
        return Forecast(
            election, places.reset_index(drop=True), np.tile(shared[:, None], len(places)), "area"
        )


def _text():
    from turnout.language import Text

    return Text(en="no count", id="tanpa hitung")


@dataclass(frozen=True)
class Short:
    name: str = "Short"

    def fit(self, _results, **_others):
        return self

    def forecast(self, _election, **_others):
        raise HistoryError(_text())


def test_it_satisfies_the_protocol():
    mixture = Mixture((LastOfType(), LastTurnout()))
    assert isinstance(mixture, Model)
    assert isinstance(mixture.fit(RESULTS), FittedModel)


def test_draws_come_whole_from_one_model():
    mixture = Mixture((Constant(0.2), Constant(0.8)))
    draws = mixture.fit(RESULTS).forecast(COMING, draws=1000, seed=1).draws
    high = draws > 0.5
    np.testing.assert_array_equal(high[:, 0], high[:, 1])
    assert high[:, 0].sum() == 500
    # and in no order
    assert 400 < np.count_nonzero(np.diff(high[:, 0])) < 600


def test_each_model_is_narrowed_around_its_mean():
    models = (Constant(0.2), Constant(0.8))
    wide, narrow = (
        Mixture(models, spread=spread).fit(RESULTS).forecast(COMING, draws=1000, seed=1).draws
        for spread in (1.0, 0.5)
    )
    high = wide[:, 0] > 0.5
    for half in (high, ~high):
        np.testing.assert_allclose(narrow[half].std(), wide[half].std() / 2, rtol=0.01)
        np.testing.assert_allclose(narrow[half].mean(), wide[half].mean(), rtol=0.01)
    # a turnout of the whole stays the sum of its areas', draw by draw
    np.testing.assert_allclose(narrow[:, 0], narrow[:, 1])


def test_a_model_alone_is_not_narrowed():
    fitted = Mixture((Constant(0.5), Short()), spread=0.5).fit(RESULTS)
    alone = Mixture((Constant(0.5),), spread=1.0).fit(RESULTS)
    draws = [one.forecast(COMING, draws=200, seed=1).draws for one in (fitted, alone)]
    np.testing.assert_allclose(draws[0].std(), draws[1].std(), rtol=0.1)


def test_a_seed_repeats_the_draws():
    fitted = Mixture((LastOfType(), LastTurnout())).fit(RESULTS)
    first, again = (fitted.forecast(COMING, draws=60, seed=3).draws for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_models_that_cannot_answer_are_told():
    fitted = Mixture((Constant(0.5), Short())).fit(RESULTS)
    forecast = fitted.forecast(COMING, draws=100, seed=1)
    assert [note.say("en") for note in forecast.about.notes] == [
        "Short could not be used here and is left out of the mixture."
    ]
    assert forecast.about.diagnostics["weight_Constant"] == 1
    with pytest.raises(UnusedInputError):
        Mixture((Constant(0.5),)).fit(RESULTS).forecast(COMING, counted=RESULTS, draws=100)
    with pytest.raises(HistoryError):
        Mixture((Short(),)).fit(RESULTS).forecast(COMING)
    with pytest.raises(ValueError, match="at least one model"):
        Mixture(())
    for spread in (0.0, 1.1):
        with pytest.raises(ValueError, match="above 0 and up to 1"):
            Mixture(spread=spread)


@pytest.mark.slow
def test_weights_are_learned_from_past_elections():
    # The areas vote 50 to 61%: a model that says 55% is better than one that says 30%.
    models = (Constant(0.55), Constant(0.30))
    equal = Mixture(models).fit(RESULTS).weights
    learned = Mixture(models, past_elections=2).fit(RESULTS).weights
    sure = Mixture(models, past_elections=2, equal_elections=0.01).fit(RESULTS).weights
    np.testing.assert_allclose(equal, [0.5, 0.5])
    assert 0.51 < learned[0] < sure[0]
    assert sure[0] > 0.85
    np.testing.assert_allclose(learned.sum(), 1)


@pytest.mark.slow
def test_weights_are_learned_from_what_is_known_of_past_elections():
    # in 2022 the whole is not known, in 2018 nothing is
    models = (Constant(0.55), Constant(0.30))
    gaps = RESULTS.assign(voters=RESULTS["voters"].astype(float))
    gaps.loc[[4, 5, 7], "voters"] = np.nan
    learned = Mixture(models, past_elections=2).fit(gaps).weights
    assert learned[0] > 0.51
    gaps.loc[6, "voters"] = np.nan
    nothing = Mixture(models, past_elections=2).fit(gaps).weights
    np.testing.assert_allclose(nothing, [0.5, 0.5])


def test_too_short_a_past_leaves_the_weights_equal():
    short = RESULTS.iloc[:4]
    weights = Mixture((Constant(0.55), Constant(0.3)), past_elections=3).fit(short).weights
    np.testing.assert_allclose(weights, [0.5, 0.5])


def test_the_crps_of_a_mixture_by_hand():
    # y = 0; models at 1 and 3: E|X - y| 1 and 3, E|X1 - X2| 2; half each: 2 - 1/2 * 2 * 1/4 * 2
    known = Divergence(np.array([[1.0, 3.0]]), np.array([[[0.0, 2.0], [2.0, 0.0]]]))
    np.testing.assert_allclose(known.crps(np.array([0.5, 0.5])), [1.5])
    np.testing.assert_allclose(known.crps(np.array([1.0, 0.0])), [1.0])


def test_stacking_by_hand():
    # models at 1 and -3 about 0: 1 w + 3 (1 - w) - 4 w (1 - w) is least where 4 w^2 - 6 w + 3 is
    known = Divergence(np.array([[1.0, 3.0]]), np.array([[[0.0, 4.0], [4.0, 0.0]]]))
    np.testing.assert_allclose(stack([known] * 3, 2, 0.0), [0.75, 0.25], atol=1e-4)
    drawn = stack([known] * 3, 2, 10.0)
    assert 0.5 < drawn[0] < 0.75


def test_divergence_of_forecasts_by_hand():
    actual = canonical_results(RESULTS[RESULTS["date"] == "2022-05-01"])
    places = RESULTS.iloc[:2][["area", "registered"]].astype({"registered": float})
    low, high = (Forecast(COMING, places, np.full((40, 2), share), "area") for share in (0.4, 0.7))
    found = divergence([low, high], actual)
    # areas .60 and .50: low misses by .2 and .1, high by .1 and .2; the whole .55
    np.testing.assert_allclose(found.from_actual, [[0.15, 0.15], [0.15, 0.15]])
    np.testing.assert_allclose(found.from_another[0], [[0, 0.3], [0.3, 0]])


def test_a_model_stands_in_a_mixture_once() -> None:
    told = r"1 of the 3 models .*first: BinomialGLM\(.*\).*list each model once"
    with pytest.raises(ValueError, match=told):
        Mixture((BinomialGLM(), LastOfType(), BinomialGLM()))


def test_weights_of_models_of_one_name_are_numbered() -> None:
    mixture = Mixture((Constant(0.2), LastOfType(), Constant(0.8)))
    forecast = mixture.fit(RESULTS).forecast(COMING, draws=99, seed=1)
    weights = {key for key in forecast.about.diagnostics if key.startswith("weight_")}
    assert weights == {"weight_Constant_1", "weight_LastOfType", "weight_Constant_2"}
