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
from turnout.errors import TurnoutError
from turnout.forecast import About, Forecast, Note, make_forecast
from turnout.language import Text
from turnout.models.monte_carlo import check_draws, generator
from turnout.models.notes import history_notes
from turnout.models.points.past import Past
from turnout.models.points.shocks import Errors, draw_shocks, draw_turnout
from turnout.schema import require_table

_UNKNOWN_SPREAD = 0.3


class CountUnusedError(TurnoutError):
    """A model was given a count in progress, which it cannot use."""


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
        """Remember the results; outreach is not used, and the forecast says so."""
        require_table(results, "results")
        notes = () if outreach is None else (Note(_NO_OUTREACH, {"model": self.name}),)
        return FittedPoints(self, results, crosswalk, notes)

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
class FittedPoints:
    """A point model with the results that it looks at."""

    model: PointModel
    results: pd.DataFrame
    crosswalk: pd.DataFrame | None = None
    notes: tuple[Note, ...] = ()

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
        CountUnusedError
            If `counted` is given, which a point model cannot use.
        HistoryError
            If too few results lie before the election.
        """
        check_draws(draws)
        rng = generator(seed)
        name = self.model.name
        if counted is not None:
            raise CountUnusedError(_NO_COUNT, model=name)
        panel = build_panel(self.results, roll=roll, crosswalk=self.crosswalk, election=election)
        past = self.model.look(panel, election)
        view = self.model.view(past)
        targets = past.lags.targets
        turnout = draw_turnout(
            view.point[targets],
            np.sqrt(_own_variance(view, past))[targets],
            past.lags.registered[targets],
            draw_shocks(view.laws, draws, rng),
            view.law[targets],
            rng,
        )
        notes = self.notes
        if activities is not None and not notes:
            notes = (Note(_NO_OUTREACH, {"model": name}),)
        if past.flat:
            notes = (*notes, Note(_FLAT, {"model": name, "names": ", ".join(past.flat)}))
        notes = (*notes, *history_notes(panel, panel.contest_of(election)))
        diagnostics = {"shock_scale": view.laws[0].scale, "area_sd": view.laws[0].area_sd}
        return make_forecast(panel, election, turnout, About(name, seed, notes, diagnostics))


def _own_variance(view: View, past: Past) -> Floats:
    """Return the variance of each place's own error; larger where its past is its district's."""
    area_sd = np.array([law.area_sd for law in view.laws])[view.law]
    borrowed = past.lags.borrowed
    known = view.point[~borrowed & np.isfinite(view.point)]
    spread = known.std() if len(known) > 1 else _UNKNOWN_SPREAD
    return area_sd**2 + view.noise + np.where(borrowed, spread**2, 0.0)


_NO_COUNT = Text(
    en="{model} cannot use a count in progress. Use HierarchicalModel, or leave the count out.",
    id="{model} tidak dapat memakai penghitungan yang sedang berjalan. Gunakan HierarchicalModel, "
    "atau jangan sertakan penghitungan itu.",
)
_FLAT = Text(
    en="{model} learns only from what differs between the places of one election. It makes "
    "nothing of what never does: {names}. HierarchicalModel (--model hierarchical) counts that.",
    id="{model} hanya belajar dari hal yang berbeda antarwilayah dalam satu pemilihan. Kovariat "
    "yang selalu sama di semua wilayah tidak berpengaruh: {names}. HierarchicalModel (--model "
    "hierarchical) ikut memperhitungkannya.",
)
_NO_OUTREACH = Text(
    en="{model} does not use outreach.",
    id="{model} tidak memperhitungkan sosialisasi.",
)
