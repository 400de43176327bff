"""The models by the names that the command line knows them by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import turnout
from turnout.errors import TurnoutError
from turnout.language import Text

if TYPE_CHECKING:
    from turnout.models.base import Model

MODELS = {
    "hierarchical": "HierarchicalModel",
    "last-turnout": "LastTurnout",
    "last-of-type": "LastOfType",
    "uniform-swing": "UniformSwing",
    "glm": "BinomialGLM",
    "boosting": "BoostedTrees",
    "mixture": "Mixture",
}
"""Name on the command line, and the public class."""

MIXED = ("hierarchical", "glm")
"""The models that the mixture mixes; a prior and covariates are the first one's."""

WITH_PRIOR = ("hierarchical", "mixture")
WITH_COVARIATES = ("hierarchical", "boosting", "mixture")
WITH_SENSITIVITY = ("hierarchical",)


def make_model(name: str, prior: str | None = None, covariates: Sequence[str] = ()) -> Model:
    """Return the model called `name`, with the prior called `prior` where one is given.

    Raises
    ------
    TurnoutError
        If there is no such model or prior, or the model knows no priors or no covariates.
    """
    if name not in MODELS:
        raise TurnoutError(_UNKNOWN, name=name, known=", ".join(MODELS))
    if prior is not None and name not in WITH_PRIOR:
        raise TurnoutError(_NO_PRIOR, name=name, known=", ".join(WITH_PRIOR))
    if covariates and name not in WITH_COVARIATES:
        raise TurnoutError(_NO_COVARIATES, name=name, known=", ".join(WITH_COVARIATES))
    if name == "mixture":
        first, *others = MIXED
        mixed = (make_model(first, prior, covariates), *(make_model(other) for other in others))
        return turnout.Mixture(mixed)
    chosen: dict[str, object] = {}
    if prior is not None:
        from turnout.models.priors import prior_named

        chosen["prior"] = prior_named(prior)
    if covariates:
        chosen["covariates"] = tuple(covariates)
    return getattr(turnout, MODELS[name])(**chosen)


def check_sensitivity(name: str) -> None:
    """Refuse a model whose prior cannot be made wider and narrower.

    Raises
    ------
    TurnoutError
        If the model called `name` has none.
    """
    if name not in WITH_SENSITIVITY:
        raise TurnoutError(_NO_SENSITIVITY, name=name, known=", ".join(WITH_SENSITIVITY))


_UNKNOWN = Text(
    en="There is no model '{name}'. Choose one of: {known}.",
    id="Tidak ada model '{name}'. Pilih salah satu: {known}.",
)
_NO_PRIOR = Text(
    en="The model '{name}' has no priors. Leave out --prior, or choose --model from: {known}.",
    id="Model '{name}' tidak memakai prior. Hapus --prior, atau pilih --model dari: {known}.",
)
_NO_SENSITIVITY = Text(
    en="The model '{name}' cannot tell how much it depends on a prior. Leave out --sensitivity, "
    "or choose --model from: {known}.",
    id="Model '{name}' tidak dapat menunjukkan pengaruh prior. Hapus --sensitivity, atau pilih "
    "--model dari: {known}.",
)
_NO_COVARIATES = Text(
    en="The model '{name}' reads no covariates. Leave out --covariate, or choose --model from: "
    "{known}.",
    id="Model '{name}' tidak memakai kovariat. Hapus --covariate, atau pilih --model dari: "
    "{known}.",
)
