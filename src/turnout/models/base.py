"""What every model is: settings that fit results, and a fitted model that forecasts."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import pandas as pd

from turnout.elections import Election
from turnout.forecast import Forecast


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
            Results of the coming election so far.
        activities
            Planned outreach, in the columns of `schema.OUTREACH_COLUMNS`.
        draws
            Number of draws.
        seed
            Seed of the draws.
        """
        ...


@runtime_checkable
class Model(Protocol):
    """Settings of a model, frozen."""

    @property
    def name(self) -> str:
        """Name of the model as tables show it."""
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
            Past outreach, in the columns of `schema.OUTREACH_COLUMNS`.
        crosswalk
            New areas and the old ones whose voters they took.
        """
        ...
