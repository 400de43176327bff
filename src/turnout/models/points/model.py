"""Models that put a point on every place and learn from the past how far such points are off.

What tells them apart is the point; the rest is shared: joint draws with a heavy-tailed shock that
all places share, each place's own error, and the binomial noise of small places.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.areas import Panel, build_panel
from turnout.arrays import Floats, Ints
from turnout.elections import Election
from turnout.forecast import About, Forecast, Note, make_forecast
from turnout.language import Text
from turnout.models.base import TakesOutreach, refuse_counts, refuse_outreach
from turnout.models.covariates.outreach import outreach_notes
from turnout.models.monte_carlo import check_draws, generator
from turnout.models.notes import history_notes
from turnout.models.points.past import Past
from turnout.models.points.shocks import Errors, Shocks, draw_turnout
from turnout.models.tree.linear_effects import EffectDraws
from turnout.schema import require_table

_UNKNOWN_SPREAD = 0.3


@dataclass(frozen=True)
class View:
    """What a model makes of the past: a point per place, and laws of its errors.

    Parameters
    ----------
    point
        Logit of turnout per place.
    noise
        Binomial variance of the turnout that the point rests on.
    laws
        How far such points were off.
    law
        Which of `laws` holds for each place.
    """

    point: Floats
    noise: Floats
    laws: tuple[Errors, ...]
    law: Ints


class PointModel(ABC):
    """A model that remembers the results and looks at them when an election comes."""

    @property
    def name(self) -> str:
        """Name of the model as tables show it."""
        return type(self).__name__

    def fit(
        self,
        results: pd.DataFrame,
        *,
        outreach: pd.DataFrame | None = None,
        crosswalk: pd.DataFrame | None = None,
    ) -> FittedPoints:
        """Remember the results.

        Raises
        ------
        UnusedInputError
            If outreach is given to a model that cannot use it.
        """
        require_table(results, "results")
        if not isinstance(self, TakesOutreach):
            refuse_outreach(self.name, outreach)
        return FittedPoints(self, results, outreach, crosswalk)

    def effects(self, coming: Coming) -> EffectDraws:
        """Return draws of the linear effects that the model counts with: by default none."""
        return EffectDraws.none(coming.draws)

    def look(self, panel: Panel, election: Election) -> Past:
        """Look at a panel from its coming election."""
        return Past.of(panel, election)

    @abstractmethod
    def view(self, past: Past) -> View:
        """Return points and error laws of the coming election.

        Raises
        ------
        HistoryError
            If the model needs more of a past.
        """


@dataclass(frozen=True)
class Coming:
    """What a forecast is asked for: a panel with its coming election, and draws.

    Parameters
    ----------
    fitted
        The fitted model that is asked.
    panel
        Places by contests.
    election
        The coming election.
    roll, activities
        Registered voters and planned outreach, where given.
    draws
        Number of draws.
    rng
        Source of randomness.
    """

    fitted: FittedPoints
    panel: Panel
    election: Election
    roll: pd.DataFrame | None
    activities: pd.DataFrame | None
    draws: int
    rng: np.random.Generator


@dataclass(frozen=True)
class FittedPoints:
    """A point model with the tables that it looks at."""

    model: PointModel
    results: pd.DataFrame
    outreach: pd.DataFrame | None = None
    crosswalk: pd.DataFrame | None = None

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
        """Return joint draws of the coming election; see `base.FittedModel.forecast`.

        Raises
        ------
        UnusedInputError
            If `counted` is given, or `activities` to a model that cannot use them.
        HistoryError
            If too few results lie before the election.
        """
        check_draws(draws)
        rng = generator(seed)
        name = self.model.name
        refuse_counts(name, counted)
        if not isinstance(self.model, TakesOutreach):
            refuse_outreach(name, activities)
        panel = build_panel(self.results, roll=roll, crosswalk=self.crosswalk, election=election)
        # A stream of its own: without effects every draw is what it was.
        own = rng.spawn(1)[0]
        logs = (self.outreach, activities)
        effects = self.model.effects(Coming(self, panel, election, roll, activities, draws, own))
        contest = panel.contest_of(election)
        past = self.model.look(effects.taken_off(panel), election)
        view = self.model.view(past)
        targets = past.lags.targets
        turnout = draw_turnout(
            view.point[targets],
            np.sqrt(_own_variance(view, past))[targets],
            past.lags.registered[targets],
            Shocks.of(view.laws, view.law[targets], draws, rng),
            effects.added(panel.targets, contest),
            rng,
        )
        flat = [Note(_FLAT, {"model": name, "names": ", ".join(past.flat)})] if past.flat else []
        notes = (*flat, *history_notes(panel, contest), *outreach_notes(panel, contest, logs))
        diagnostics = {"shock_scale": view.laws[0].scale, "area_sd": view.laws[0].area_sd}
        return make_forecast(panel, election, turnout, About(name, seed, notes, diagnostics))


def _own_variance(view: View, past: Past) -> Floats:
    """Return the variance of each place's own error; larger where its past is its district's."""
    area_sd = np.array([law.area_sd for law in view.laws])[view.law]
    borrowed = past.lags.borrowed
    known = view.point[~borrowed & np.isfinite(view.point)]
    spread = known.std() if len(known) > 1 else _UNKNOWN_SPREAD
    return area_sd**2 + view.noise + np.where(borrowed, spread**2, 0.0)


_FLAT = Text(
    en="{model} learns only from what differs between the places of one election. Covariates that "
    "never differ have no effect in it: {names}. HierarchicalModel (--model hierarchical) uses "
    "them.",
    id="{model} hanya belajar dari hal yang berbeda antarwilayah dalam satu pemilihan. Kovariat "
    "yang selalu sama di semua wilayah tidak berpengaruh: {names}. HierarchicalModel (--model "
    "hierarchical) ikut memperhitungkannya.",
)
