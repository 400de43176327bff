"""Naive models: always there to compare with, and honest about the election's shared shock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from turnout.arrays import Bools
from turnout.models.points.model import PointModel, View
from turnout.models.points.past import Past
from turnout.models.points.shocks import (
    PRIOR_SHOCK,
    PRIOR_SHOCK_OTHER_TYPE,
    Errors,
    learn_errors,
    learn_swing,
)


@dataclass(frozen=True)
class LastOfType(PointModel):
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
        alike, group = past.alike(past.coming), past.group == past.group[past.coming]
        last = past.newest(alike, past.coming)
        last = np.where(last < 0, past.newest(group, past.coming), last)
        other = last < 0
        last = np.where(other, past.newest(past.anything, past.coming), last)
        return View(*past.at(last), type_laws(past), other.astype(np.intp))


@dataclass(frozen=True)
class LastTurnout(PointModel):
    """The area's last turnout, whatever the type of the election."""

    def view(self, past: Past) -> View:
        """Return points and error laws of the coming election."""
        last = past.newest(past.anything, past.coming)
        other = ~past.alike(past.coming)[last]
        return View(*past.at(last), type_laws(past), other.astype(np.intp))


@dataclass(frozen=True)
class UniformSwing(PointModel):
    """The area's last turnout plus the mean swing, shared by all areas, from its type.

    The swing is the mean change that past contests of the coming one's type showed from the newest
    contest before them of the type that was last; of the type groups where a type is new.
    """

    def view(self, past: Past) -> View:
        """Return points and error laws of the coming election."""
        last = past.newest(past.anything, past.coming)
        point, noise = past.at(last)
        law = np.unique(past.group[last].astype(str), return_inverse=True)[1]
        laws = []
        for number in range(law.max() + 1):
            swing, errors = _swing(past, int(last[law == number][0]))
            point = np.where(law == number, point + swing, point)
            laws.append(errors)
        return View(point, noise, tuple(laws), law.astype(np.intp))


def type_laws(past: Past) -> tuple[Errors, Errors]:
    """Return the error laws of a last turnout of the coming election's type, and of another."""
    weights = past.lags.registered
    alike = past.alike(past.coming)
    same = past.changes(alike, partial(_always, alike))
    other = past.changes(past.anything, lambda contest: ~past.alike(contest))
    return (
        learn_errors(same, weights),
        learn_errors(other, weights, prior_scale=PRIOR_SHOCK_OTHER_TYPE),
    )


def _swing(past: Past, start: int) -> tuple[float, Errors]:
    """Return the mean swing from contests like `start` to the coming one's type."""
    alike = past.alike(past.coming)
    changes = past.changes(alike, partial(_always, past.alike(start)))
    if not np.isfinite(changes.values).any():
        changes = past.changes(alike, partial(_always, past.group == past.group[start]))
    prior = PRIOR_SHOCK if alike[start] else PRIOR_SHOCK_OTHER_TYPE
    return learn_swing(changes, past.lags.registered, prior_scale=prior)


def _always(allowed: Bools, _contest: int) -> Bools:
    return allowed
