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
"""Name on the command line, and the public class, by which the model may be called as well."""

MIXED = ("hierarchical", "glm")
"""The models that the mixture mixes; a prior and covariates are the first one's."""

WITH_PRIOR = ("hierarchical", "mixture")
WITH_COVARIATES = ("hierarchical", "boosting", "mixture")
WITH_SENSITIVITY = ("hierarchical",)


def model_named(name: str) -> str:
    """Return the name on the command line of a model, which may be called by its class too.

    Raises
    ------
    TurnoutError
        If there is no such model.

    Examples
    --------
    >>> model_named("HierarchicalModel"), model_named("Last-Turnout")
    ('hierarchical', 'last-turnout')
    """
    called = {word.casefold(): key for key, public in MODELS.items() for word in (key, public)}
    if name.strip().casefold() not in called:
        raise TurnoutError(_UNKNOWN, name=name, known=", ".join(MODELS))
    return called[name.strip().casefold()]


def make_model(name: str, prior: str | None = None, covariates: Sequence[str] = ()) -> Model:
    """Return the model called `name`, with the prior called `prior` where one is given.

    Raises
    ------
    TurnoutError
        If there is no such model or prior, or the model knows no priors or no covariates.
    """
    name = model_named(name)
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
        from turnout.models.tree.priors import prior_named

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
    if model_named(name) not in WITH_SENSITIVITY:
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
