"""Models of change since the last turnout: what places share returns, the rest is fitted.

The change of a place since its last turnout of the type has two parts. What all places of a
contest share is mostly that contest's shock, and half of the next one is its return: a high last
turnout is followed by a lower one. How much returns is learned from past contests. What sets the
places of a contest apart is a regression's, in which the shared shock drops out.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

import numpy as np

from turnout.arrays import Bools, Floats
from turnout.models.points.features import FEATURES, Eve, Training, center
from turnout.models.points.model import Coming, PointModel, View
from turnout.models.points.past import Past
from turnout.models.points.shocks import Errors, learn_errors, shared_changes
from turnout.models.tree.linear_effects import EffectDraws, LinearEffects
from turnout.models.tree.model import HierarchicalModel
from turnout.models.tree.priors import DEFAULT

PRIOR_RETURN, PRIOR_RETURN_SD = 0.5, 0.3
"""Prior of the share of the distance from the type's mean that returns by the next contest."""

PRIOR_SCALES = (0.2, 0.4)
"""Prior scales of the shared shock, logit: after a contest of the same type, and of another."""

_NOISE = 0.25
_REVERSION, _OTHER_TYPE = FEATURES.index("reversion"), FEATURES.index("other_type")


@dataclass(frozen=True)
class Apart:
    """What sets places apart: changes within a contest, logit.

    Parameters
    ----------
    past
        Of every training row; best by a model that was not fitted to its contest.
    coming
        Of every place in the coming contest.
    """

    past: Floats
    coming: Floats


class RevertingModel(PointModel):
    """A model of what sets places apart, on top of the shared return.

    Outreach, the denominators of turnout and linear covariates are estimated by the multilevel
    model and enter here as they do there: the past is looked at without them, and what they add
    to the coming election is drawn with their uncertainty.
    """

    takes_outreach: ClassVar[Literal[True]] = True

    @property
    def linear_covariates(self) -> Sequence[str]:
        """Covariates whose effects are linear."""
        return ()

    def effects(self, coming: Coming) -> EffectDraws:
        """Return draws of the linear effects, as the multilevel model estimates them."""
        fitted, contest = coming.fitted, coming.panel.contest_of(coming.election)
        called_for = LinearEffects.of(
            coming.panel,
            contest,
            roll=coming.roll,
            logs=(fitted.outreach, coming.activities),
            covariates=self.linear_covariates,
        )
        if not called_for.columns:
            return EffectDraws.none(coming.draws)
        model = HierarchicalModel(covariates=tuple(self.linear_covariates))
        tree = model.fit(fitted.results, outreach=fitted.outreach, crosswalk=fitted.crosswalk)
        predictive = tree.predictive(
            coming.election, roll=coming.roll, activities=coming.activities
        )
        return EffectDraws.of(predictive, coming.draws, coming.rng)

    @abstractmethod
    def apart(self, training: Training, coming: Floats) -> Apart:
        """Return what sets places apart, given the coming contest's centred features."""

    def view(self, past: Past) -> View:
        """Return points and error laws of the coming election.

        Raises
        ------
        HistoryError
            If no past contest has a contest before it.
        """
        # What a higher office draws is known beforehand: no change, shock or return (section 11).
        office = DEFAULT.kind * past.office
        past = past.less(office)
        training = Training.of(past, self.name)
        eve = Eve.of(past, past.coming)
        weights = np.zeros(len(eve.last))
        weights[past.lags.targets] = past.lags.registered[past.lags.targets]
        centered = center(eve.table, weights)
        apart = self.apart(training, centered)
        away = _shared(training.features, training.centered[0])
        residual = training.change - np.where(training.own, apart.past, 0.0)
        returns = _learn_return(past, training, residual, away)
        # How far turnout moves from a contest of another type tells nothing of how far it moves
        # within the coming one's type.
        crossed = training.features[:, _OTHER_TYPE] == 1
        within = past.alike(past.coming)[training.contest] & ~crossed
        laws = tuple(
            _law(training, past, residual - returns * away, rows, scale)
            for rows, scale in zip((within, crossed), PRIOR_SCALES, strict=True)
        )
        point = (
            office[past.coming] + eve.last + apart.coming + returns * _shared(eve.table, centered)
        )
        return View(point, eve.noise, laws, eve.other_type.astype(np.intp))


def _law(training: Training, past: Past, residual: Floats, rows: Bools, scale: float) -> Errors:
    """Learn the errors of some rows; the places' own from all rows, where these have none."""
    weights = past.lags.registered
    chosen = training.errors(past, np.where(rows, residual, np.nan))
    law = learn_errors(chosen, weights, prior_scale=scale)
    if (chosen.own & np.isfinite(chosen.values)).any():
        return law
    every = learn_errors(training.errors(past, residual), weights, prior_scale=scale)
    return replace(law, area_sd=every.area_sd)


def _shared(features: Floats, centered: Floats) -> Floats:
    """Return how far, for all places of a contest together, the usual lies above the last."""
    return np.nan_to_num(features[:, _REVERSION]) - centered[:, _REVERSION]


def _learn_return(past: Past, training: Training, changes: Floats, away: Floats) -> float:
    """Learn the share that returns, from the shared changes of past contests and its prior.

    The posterior mean of the slope of a regression through the origin with a normal prior.
    """
    weights = past.lags.registered
    change, distance = (
        shared_changes(training.errors(past, values), weights) for values in (changes, away)
    )
    precision = 1 / PRIOR_RETURN_SD**2 + (distance**2).sum() / _NOISE**2
    return float(
        (PRIOR_RETURN / PRIOR_RETURN_SD**2 + (distance * change).sum() / _NOISE**2) / precision
    )
