"""The models by the names that the command line knows them by."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
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


def make_model(name: str, prior: str | None = None, covariates: Sequence[str] = ()) -> Model:
    """Return the model called `name`, with the prior called `prior` where one is given.

    Parameters
    ----------
    name
        A key of `MODELS` or its class; or a model of one's own as ``module:Name``, where ``Name``
        is a model or a class that makes one.
    prior
        Name of a prior, for a model that is `WithPrior`.
    covariates
        Columns to read, for a model that is `WithCovariates`.

    Raises
    ------
    TurnoutError
        If there is no such model or prior, or the model knows no priors or no covariates.

    Examples
    --------
    >>> make_model("last-of-type").name, make_model("Mixture").name
    ('LastOfType', 'Mixture')
    """
    from turnout.models.base import WithCovariates, WithPrior

    model = _own_model(name) if ":" in name else getattr(turnout, public_name(name))()
    if prior is not None:
        if not isinstance(model, WithPrior):
            raise TurnoutError(_NO_PRIOR, name=name, known=_able(WithPrior))
        model = model.with_prior(prior)
    if covariates:
        if not isinstance(model, WithCovariates):
            raise TurnoutError(_NO_COVARIATES, name=name, known=_able(WithCovariates))
        model = model.with_covariates(covariates)
    return model


def check_sensitivity(name: str) -> None:
    """Refuse a model whose prior cannot be made wider and narrower.

    Raises
    ------
    TurnoutError
        If the model called `name` has none.
    """
    from turnout.models.base import WithPrior

    if not isinstance(make_model(name), WithPrior):
        raise TurnoutError(_NO_SENSITIVITY, name=name, known=_able(WithPrior))


def public_name(name: str) -> str:
    """Return the class of a model, which may be called by its name on the command line too.

    Raises
    ------
    TurnoutError
        If there is no such model.

    Examples
    --------
    >>> public_name("HierarchicalModel"), public_name("Last-Turnout")
    ('HierarchicalModel', 'LastTurnout')
    """
    called = {word.casefold(): public for key, public in MODELS.items() for word in (key, public)}
    if name.strip().casefold() not in called:
        raise TurnoutError(_UNKNOWN, name=name, known=", ".join(MODELS))
    return called[name.strip().casefold()]


def _own_model(name: str) -> Model:
    """Import a model of the user's own; modules of the current folder are found too."""
    from turnout.models.base import Model

    module, _, attribute = name.partition(":")
    here = str(Path.cwd())
    if here not in sys.path:
        # Last, so that a file of the folder never takes the place of a library.
        sys.path.append(here)
    try:
        found = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise TurnoutError(_NOT_FOUND, name=name, reason=str(error)) from None
    model = found() if isinstance(found, type) else found
    if not isinstance(model, Model):
        raise TurnoutError(_NO_MODEL, name=name)
    return model


def _able(ability: type) -> str:
    """Return the names of the models that have an ability."""
    models = {name: getattr(turnout, public)() for name, public in MODELS.items()}
    return ", ".join(name for name, model in models.items() if isinstance(model, ability))


_UNKNOWN = Text(
    en="There is no model '{name}'. Choose one of: {known}; or name one of your own as "
    "module:Name.",
    id="Tidak ada model '{name}'. Pilih salah satu: {known}; atau tulis model buatan sendiri "
    "sebagai modul:Nama.",
)
_NOT_FOUND = Text(
    en="The model '{name}' cannot be imported: {reason}. Write it as module:Name, where the module "
    "is installed or lies in the current folder as module.py.",
    id="Model '{name}' tidak dapat diimpor: {reason}. Tulis sebagai modul:Nama; modul itu harus "
    "terpasang atau ada di folder ini sebagai modul.py.",
)
_NO_MODEL = Text(
    en="'{name}' is not a model: it needs a name and a method fit(results, outreach=, crosswalk=). "
    "See the how-to page on a model of your own.",
    id="'{name}' bukan model: perlu atribut name dan metode fit(results, outreach=, crosswalk=). "
    "Lihat halaman panduan tentang model buatan sendiri.",
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
