"""Models of turnout, what every model is, and what some can do beside.

Every name is loaded when it is first used: the libraries that single models stand on take long.

>>> from turnout.models import HierarchicalModel, Model, WithPrior
>>> isinstance(HierarchicalModel(), Model), isinstance(HierarchicalModel(), WithPrior)
(True, True)
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from turnout.models.base import (
        Diagnosable,
        FittedModel,
        Model,
        TakesCounts,
        TakesOutreach,
        UnusedInputError,
        WithCovariates,
        WithPrior,
        refuse_counts,
        refuse_outreach,
    )
    from turnout.models.mixture.model import Mixture
    from turnout.models.points.boosting import BoostedTrees
    from turnout.models.points.glm import BinomialGLM
    from turnout.models.points.naive import LastOfType, LastTurnout, UniformSwing
    from turnout.models.tree.model import HierarchicalModel

__all__ = [
    "BinomialGLM",
    "BoostedTrees",
    "Diagnosable",
    "FittedModel",
    "HierarchicalModel",
    "LastOfType",
    "LastTurnout",
    "Mixture",
    "Model",
    "TakesCounts",
    "TakesOutreach",
    "UniformSwing",
    "UnusedInputError",
    "WithCovariates",
    "WithPrior",
    "refuse_counts",
    "refuse_outreach",
]

_HOME = {
    "BinomialGLM": "points.glm",
    "BoostedTrees": "points.boosting",
    "HierarchicalModel": "tree.model",
    "LastOfType": "points.naive",
    "LastTurnout": "points.naive",
    "Mixture": "mixture.model",
    "UniformSwing": "points.naive",
}


def __getattr__(name: str) -> object:
    """Load a name from the module that holds it (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'turnout.models' has no attribute {name!r}")
    value = getattr(import_module(f"turnout.models.{_HOME.get(name, 'base')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
