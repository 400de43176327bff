"""What every model is: settings that fit results, and a fitted model that forecasts.

What some models can do beside that is a protocol of its own, so that callers ask for the ability
(``isinstance(model, WithPrior)``) and never for a class. A model of one's own has the abilities
whose methods it has (docs/how-to/own-model.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, runtime_checkable

import pandas as pd

from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.language import Language, Text

if TYPE_CHECKING:
    from turnout.models.diagnosis.diagnose import Diagnosis
    from turnout.models.tree.priors import TopPrior

__all__ = [
    "Diagnosable",
    "FittedModel",
    "Model",
    "TakesCounts",
    "TakesOutreach",
    "UnusedInputError",
    "WithCovariates",
    "WithPrior",
    "refuse_counts",
    "refuse_outreach",
]


@runtime_checkable
class FittedModel(Protocol):
    """A model with what it learned from results."""

    def forecast(
        self,
        election: Election,
        *,
        roll: pd.DataFrame | None = None,
        counted: pd.DataFrame | None = None,
        activities: pd.DataFrame | None = None,
        draws: int = 4000,
        seed: int | None = None,
    ) -> Forecast:
        """Return joint draws of the coming election.

        Parameters
        ----------
        election
            The coming election.
        roll
            Registered voters per area; the newest contest's when not given.
        counted
            Results of the coming election so far; for models that are `TakesCounts`.
        activities
            Planned outreach, in the columns of `schema.OUTREACH_COLUMNS`; for models that are
            `TakesOutreach`.
        draws
            Number of draws.
        seed
            Seed of the draws.

        Raises
        ------
        UnusedInputError
            If `counted` or `activities` is given to a model that cannot use it.
        """
        ...


@runtime_checkable
class Model(Protocol):
    """Settings of a model, frozen."""

    @property
    def name(self) -> str:
        """Name of the model as tables show it: the name of its class."""
        ...

    def fit(
        self,
        results: pd.DataFrame,
        *,
        outreach: pd.DataFrame | None = None,
        crosswalk: pd.DataFrame | None = None,
    ) -> FittedModel:
        """Learn from past results.

        Parameters
        ----------
        results
            Results table.
        outreach
            Past outreach, in the columns of `schema.OUTREACH_COLUMNS`; for models that are
            `TakesOutreach`.
        crosswalk
            New areas and the old ones whose voters they took.

        Raises
        ------
        UnusedInputError
            If `outreach` is given to a model that cannot use it.
        """
        ...


@runtime_checkable
class TakesCounts(Protocol):
    """A model whose fit can use a count in progress: ``forecast(..., counted=)``."""

    takes_counts: ClassVar[Literal[True]]


@runtime_checkable
class TakesOutreach(Protocol):
    """A model that can use outreach: ``fit(..., outreach=)`` and ``forecast(..., activities=)``."""

    takes_outreach: ClassVar[Literal[True]]


@runtime_checkable
class WithPrior(Protocol):
    """A model with a prior of the whole's level that can be exchanged and scaled."""

    def with_prior(self, prior: TopPrior | str) -> Model:
        """Return the model with another prior, or the one of that name.

        Raises
        ------
        TurnoutError
            If there is no prior of that name.
        """
        ...

    def with_scale(self, factor: float) -> Model:
        """Return the model with all its prior standard deviations between elections scaled."""
        ...


@runtime_checkable
class WithCovariates(Protocol):
    """A model that reads what is known before an election from columns of the tables."""

    def with_covariates(self, names: Sequence[str]) -> Model:
        """Return the model with these covariates."""
        ...


@runtime_checkable
class WithShocks(Protocol):
    """A fitted model that can suppose the shock of a past day to come again."""

    def like(self, past: str) -> FittedModel:
        """Return the fit under which the coming day has the shock of a past one: a what-if.

        Parameters
        ----------
        past
            The past election: its label, or its year where that tells it.
        """
        ...


@runtime_checkable
class Diagnosable(Protocol):
    """A fitted model that can tell what a forecast of its rests on."""

    def forecast_and_diagnose(
        self,
        election: Election,
        *,
        roll: pd.DataFrame | None = None,
        counted: pd.DataFrame | None = None,
        activities: pd.DataFrame | None = None,
        draws: int = 4000,
        seed: int | None = None,
    ) -> tuple[Forecast, Diagnosis]:
        """Return a forecast and what it rests on, computed once for both."""
        ...

    def diagnose(
        self, election: Election | None = None, *, roll: pd.DataFrame | None = None
    ) -> Diagnosis:
        """Return what the forecast of an election rests on."""
        ...

    def summary(self, lang: Language = "en") -> str:
        """Return it in words."""
        ...


class UnusedInputError(TurnoutError):
    """A model was given a count or outreach that it cannot use."""


def refuse_counts(model: str, counted: pd.DataFrame | None) -> None:
    """Refuse a count in progress, for a model that cannot use one.

    Raises
    ------
    UnusedInputError
        If there is a count.
    """
    if counted is not None:
        raise UnusedInputError(_NO_COUNT, model=model)


def refuse_outreach(model: str, outreach: pd.DataFrame | None) -> None:
    """Refuse outreach, for a model that cannot use it.

    Raises
    ------
    UnusedInputError
        If there is outreach.
    """
    if outreach is not None and len(outreach):
        raise UnusedInputError(_NO_OUTREACH, model=model)


_NO_COUNT = Text(
    en="{model} cannot use a count in progress. Use HierarchicalModel (--model hierarchical), or "
    "leave the count out.",
    id="{model} tidak dapat memakai penghitungan yang sedang berjalan. Gunakan HierarchicalModel "
    "(--model hierarchical), atau jangan sertakan penghitungan itu.",
)
_NO_OUTREACH = Text(
    en="{model} cannot use outreach. Use HierarchicalModel (--model hierarchical) or Mixture "
    "(--model mixture), or leave the outreach out.",
    id="{model} tidak dapat memperhitungkan sosialisasi. Gunakan HierarchicalModel (--model "
    "hierarchical) atau Mixture (--model mixture), atau jangan sertakan data sosialisasi.",
)
