"""Settings are checked when a model is made."""

import pytest

from turnout import BinomialGLM, BoostedTrees, HierarchicalModel, Mixture
from turnout.errors import TurnoutError


@pytest.mark.parametrize(
    ("make", "error", "told"),
    [
        (lambda: HierarchicalModel(memory=-1), ValueError, "memory must be a finite number above"),
        (lambda: HierarchicalModel(station_sd=0), ValueError, "station_sd must be"),
        (lambda: HierarchicalModel(scale=-2), ValueError, "scale must be"),
        (lambda: HierarchicalModel(scale=float("inf")), ValueError, "scale must be"),
        (lambda: HierarchicalModel(memory="25"), TypeError, "memory must be a number"),
        (lambda: HierarchicalModel(integration=0), ValueError, "integration must be at least 64"),
        (lambda: HierarchicalModel(integration=1000), ValueError, "power of 2"),
        (lambda: HierarchicalModel(integration=512.0), TypeError, "whole number"),
        (lambda: HierarchicalModel(prior="jambi"), TurnoutError, "There is no prior 'jambi'"),
        (lambda: HierarchicalModel(prior=0.6), TypeError, "prior must be a TopPrior"),
        (lambda: HierarchicalModel(covariates=("a", "a")), ValueError, "stands there 2 times"),
        (lambda: HierarchicalModel(covariates=3), TypeError, "names of columns"),
        (lambda: BinomialGLM(slope_sd=0), ValueError, "slope_sd must be"),
        (lambda: BoostedTrees(trees=0), ValueError, "trees must be at least 1"),
        (lambda: BoostedTrees(learning_rate=-0.1), ValueError, "learning_rate must be"),
        (lambda: Mixture((BinomialGLM,)), TypeError, "a mixture is made of models"),
        (lambda: Mixture(past_elections=-1), ValueError, "past_elections must be at least 0"),
    ],
)
def test_a_setting_that_cannot_be_is_named(make, error, told):
    with pytest.raises(error, match=told):
        make()


def test_a_prior_is_given_by_name_or_as_it_is():
    named = HierarchicalModel(prior="indonesia")
    assert named.top_prior == HierarchicalModel().with_prior("indonesia").top_prior
    assert HierarchicalModel(prior=named.top_prior).top_prior == named.top_prior
    mixed = Mixture().with_prior("indonesia").with_scale(2).with_covariates(["candidates"])
    assert mixed.models == (
        HierarchicalModel(prior="indonesia", scale=2, covariates=("candidates",)),
        BinomialGLM(covariates=("candidates",)),
    )


def test_scales_given_one_after_the_other_multiply():
    assert HierarchicalModel().with_scale(2).with_scale(3).scale == 6
    assert HierarchicalModel(scale=0.5).with_scale(0.5).scale == 0.25
