"""Naive models: always there to compare with, and honest about the election's shared shock.

All three put a point on the logit scale for every area, learn from past elections how far such
points were off (for all areas together, and for each on its own), and draw from that.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas import Panel, build_panel
from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.forecast import About, Forecast, Note, make_forecast
from turnout.language import Text
from turnout.models.lags import Lags, known_lags
from turnout.models.shocks import (
    PRIOR_SHOCK,
    PRIOR_SHOCK_OTHER_TYPE,
    Errors,
    draw_shocks,
    draw_turnout,
    learn_errors,
    learn_swing,
)

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]

_UNKNOWN_SPREAD = 0.3


@dataclass(frozen=True)
class View:
    """What a naive model makes of the past: a point per area, and laws of its errors.

    Parameters
    ----------
    point
        Logit of turnout per area.
    noise
        Binomial variance of the turnout that the point rests on.
    laws
        How far such points were off.
    law
        Which of `laws` holds for each area.
    """

    point: Array
    noise: Array
    laws: tuple[Errors, ...]
    law: Ints


class NaiveModel(ABC):
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
    ) -> FittedNaive:
        """Remember the results; outreach is not used, and the forecast says so."""
        notes = () if outreach is None else (Note(_NO_OUTREACH, {"model": self.name}),)
        return FittedNaive(self, results, crosswalk, notes)

    @abstractmethod
    def view(self, past: Past) -> View:
        """Return points and error laws of the coming election."""


@dataclass(frozen=True)
class FittedNaive:
    """A naive model with the results that it looks at."""

    model: NaiveModel
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
        TurnoutError
            If `counted` is given, which a naive model cannot use.
        HistoryError
            If no results lie before the election.
        """
        name = self.model.name
        if counted is not None:
            raise TurnoutError(_NO_COUNT, model=name)
        panel = build_panel(self.results, roll=roll, crosswalk=self.crosswalk, election=election)
        past = Past.of(panel, election)
        view = self.model.view(past)
        rng = np.random.default_rng(seed)
        turnout = draw_turnout(
            view.point,
            np.sqrt(_own_variance(view, past.lags)),
            past.lags.registered,
            draw_shocks(view.laws, draws, rng),
            view.law,
            rng,
        )
        notes = self.notes
        if activities is not None and not notes:
            notes = (Note(_NO_OUTREACH, {"model": name}),)
        diagnostics = {"shock_scale": view.laws[0].scale, "area_sd": view.laws[0].area_sd}
        return make_forecast(panel, election, turnout, About(name, seed, notes, diagnostics))


def _own_variance(view: View, lags: Lags) -> Array:
    """Return the variance of each area's own error; larger where its past is its district's."""
    area_sd = np.array([law.area_sd for law in view.laws])[view.law]
    known = view.point[~lags.borrowed]
    spread = known.std() if len(known) > 1 else _UNKNOWN_SPREAD
    return area_sd**2 + view.noise + np.where(lags.borrowed, spread**2, 0.0)


@dataclass(frozen=True)
class Past:
    """Past contests as they look from the coming one.

    Parameters
    ----------
    lags
        Past turnout of the areas.
    day
        Polling day of every contest, as a number that rises with time.
    kind, group
        Type and type group of every contest.
    coming
        Row number of the coming election among the contests.
    """

    lags: Lags
    day: Ints
    kind: NDArray[np.object_]
    group: NDArray[np.object_]
    coming: int

    @classmethod
    def of(cls, panel: Panel, election: Election) -> Past:
        """Look at a panel from its coming election."""
        contests = panel.contests
        return cls(
            known_lags(panel),
            pd.factorize(contests["date"], sort=True)[0].astype(np.intp),
            contests["election_type"].to_numpy(dtype=object),
            contests["type_group"].to_numpy(dtype=object),
            panel.contest_of(election),
        )

    @property
    def anything(self) -> Bools:
        """Every contest."""
        return np.ones(len(self.day), dtype=bool)

    def newest(self, allowed: Bools, contest: int) -> Ints:
        """Return each area's newest known contest on a day before `contest`'s; -1 where none.

        Of several on one day, one of the contest's own type goes first, then one of its group.
        """
        rank = 4 * self.day + 2 * (self.kind == self.kind[contest])
        rank = rank + (self.group == self.group[contest])
        usable = allowed & (self.day < self.day[contest])
        ranks = np.where(~np.isnan(self.lags.logit) & usable, rank, -1)
        if not ranks.shape[1]:
            return np.full(len(ranks), -1, dtype=np.intp)
        best = ranks.argmax(axis=1)
        return np.where(ranks.max(axis=1) >= 0, best, -1).astype(np.intp)

    def changes(self, contests: Bools, since: Callable[[int], Bools]) -> tuple[Array, Array]:
        """Return the areas' changes up to each of `contests`, and their binomial variances.

        Parameters
        ----------
        contests
            Contests that the changes lead to.
        since
            Contests that a change to the given contest may start from; the newest counts.
        """
        lags = self.lags
        rows = np.arange(len(lags.logit))
        own = ~lags.borrowed
        changes, noise = [], []
        for contest in np.flatnonzero(contests & (self.day < self.day[self.coming])):
            before = self.newest(since(int(contest)), int(contest))
            known = own & (before >= 0)
            change = lags.logit[:, contest] - lags.logit[rows, before]
            changes.append(np.where(known, change, np.nan))
            noise.append(lags.variance[:, contest] + lags.variance[rows, before])
        empty = np.empty((len(rows), 0))
        return (
            np.stack(changes, axis=1) if changes else empty,
            np.stack(noise, axis=1) if noise else empty,
        )

    def alike(self, contest: int) -> Bools:
        """Return the contests of the type of `contest`; of its type group if there is no other."""
        others = np.arange(len(self.day)) != self.coming
        same = self.kind == self.kind[contest]
        return same if (same & others).any() else self.group == self.group[contest]

    def type_laws(self) -> tuple[Errors, Errors]:
        """Return the error laws of points of the coming election's type, and of other types."""
        weights = self.lags.registered
        alike = self.alike(self.coming)
        same = self.changes(alike, partial(_always, alike))
        other = self.changes(self.anything, lambda one: ~self.alike(one))
        return (
            learn_errors(*same, weights),
            learn_errors(*other, weights, prior_scale=PRIOR_SHOCK_OTHER_TYPE),
        )

    def at(self, contest: Ints) -> tuple[Array, Array]:
        """Return logit and binomial variance of each area in its contest of `contest`."""
        rows = np.arange(len(contest))
        return self.lags.logit[rows, contest], self.lags.variance[rows, contest]


def _always(allowed: Bools, _contest: int) -> Bools:
    return allowed


@dataclass(frozen=True)
class LastOfType(NaiveModel):
    """The area's last turnout of the same type, else of the same type group, else of any type.

    Examples
    --------
    >>> import pandas as pd
    >>> from turnout.elections import Election
    >>> results = pd.DataFrame({"date": ["2018-06-27", "2019-04-17"],
    ...     "election_type": ["pilkada", "pemilu"], "area": ["Murni", "Murni"],
    ...     "registered": [9000, 9000], "voters": [6300, 7200]})
    >>> fitted = LastOfType().fit(results)
    >>> forecast = fitted.forecast(Election("2024-11-27", "pilkada"), draws=999, seed=1)
    >>> round(float(forecast.intervals()["median"].iloc[0]), 1)
    0.7
    """

    def view(self, past: Past) -> View:
        """Return points and error laws of the coming election."""
        last = past.newest(past.alike(past.coming), past.coming)
        last = np.where(
            last < 0, past.newest(past.group == past.group[past.coming], past.coming), last
        )
        other = last < 0
        last = np.where(other, past.newest(past.anything, past.coming), last)
        return View(*past.at(last), past.type_laws(), other.astype(np.intp))


@dataclass(frozen=True)
class LastTurnout(NaiveModel):
    """The area's last turnout, whatever the type of the election."""

    def view(self, past: Past) -> View:
        """Return points and error laws of the coming election."""
        last = past.newest(past.anything, past.coming)
        other = ~past.alike(past.coming)[last]
        return View(*past.at(last), past.type_laws(), other.astype(np.intp))


@dataclass(frozen=True)
class UniformSwing(NaiveModel):
    """The area's last turnout plus the mean swing, shared by all areas, from its type.

    The swing is the mean change that past contests of the coming one's type showed from the newest
    contest before them of the type that was last; of the type groups where a type is new.
    """

    def view(self, past: Past) -> View:
        """Return points and error laws of the coming election."""
        last = past.newest(past.anything, past.coming)
        point, noise = past.at(last)
        alike = past.alike(past.coming)
        law = np.unique(past.group[last].astype(str), return_inverse=True)[1]
        laws = []
        for number in range(law.max() + 1):
            start = last[law == number][0]
            changes = past.changes(alike, partial(_always, past.alike(int(start))))
            if np.isnan(changes[0]).all():
                same_group: Bools = past.group == past.group[start]
                changes = past.changes(alike, partial(_always, same_group))
            prior = PRIOR_SHOCK if alike[start] else PRIOR_SHOCK_OTHER_TYPE
            swing, errors = learn_swing(*changes, past.lags.registered, prior_scale=prior)
            point = np.where(law == number, point + swing, point)
            laws.append(errors)
        return View(point, noise, tuple(laws), law.astype(np.intp))


_NO_COUNT = Text(
    en="{model} cannot use a count in progress. Use HierarchicalModel, or leave the count out.",
    id="{model} tidak dapat memakai penghitungan yang sedang berjalan. Gunakan HierarchicalModel, "
    "atau jangan sertakan penghitungan itu.",
)
_NO_OUTREACH = Text(
    en="{model} does not use outreach.",
    id="{model} tidak memperhitungkan sosialisasi.",
)
