"""Linear effects, estimated once by the multilevel model and used by every model alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import expit

from turnout.areas import Panel
from turnout.arrays import Floats, Ints, Singles
from turnout.forecast import Note
from turnout.models.covariates.covariate import read_covariates
from turnout.models.covariates.linear_effect import LinearEffect
from turnout.models.covariates.night import night_slopes
from turnout.models.covariates.offsets import offsets
from turnout.models.covariates.outreach import outreach_effects, outreach_notes
from turnout.models.tree.predictive import Predictive, draws_at_once


@dataclass(frozen=True)
class LinearEffects:
    """The linear effects that a coming election calls for: columns with priors, and notes.

    Parameters
    ----------
    columns
        Offsets of how turnout was measured, outreach with its bias, covariates.
    notes
        What the reader of a forecast has to know of covariates.
    outreach_notes
        What the reader has to know of outreach.
    """

    columns: tuple[LinearEffect, ...]
    notes: tuple[Note, ...]
    outreach_notes: tuple[Note, ...]

    @classmethod
    def of(
        cls,
        panel: Panel,
        contest: int,
        *,
        roll: pd.DataFrame | None,
        logs: Sequence[pd.DataFrame | None],
        covariates: Sequence[str],
    ) -> LinearEffects:
        """Collect the effects of a panel with its coming election.

        Parameters
        ----------
        panel
            Places by contests.
        contest
            Row number of the coming election.
        roll
            The roll, whose denominator is the one that counts.
        logs
            Activities of the past and those planned.
        covariates
            Names of covariates.

        Raises
        ------
        DataError
            If a covariate is missing, or has no value for the coming election.
        """
        read = read_covariates(panel, covariates, contest)
        columns = (
            *offsets(panel, roll),
            *night_slopes(panel, contest),
            *outreach_effects(panel, logs, coming=contest),
            *(effect for covariate in read for effect in covariate.effects),
        )
        notes = tuple(note for covariate in read for note in covariate.notes)
        return cls(columns, notes, outreach_notes(panel, contest, logs))


@dataclass(frozen=True)
class EffectDraws:
    """Joint posterior draws of linear effects.

    Parameters
    ----------
    columns
        The effects.
    draws
        (draws, effects) coefficients, logit per unit of each column.
    """

    columns: tuple[LinearEffect, ...]
    draws: Floats

    @classmethod
    def none(cls, draws: int) -> EffectDraws:
        """Return draws of no effects."""
        return cls((), np.empty((draws, 0)))

    @classmethod
    def of(cls, predictive: Predictive, count: int, rng: np.random.Generator) -> EffectDraws:
        """Draw the effects of a coming election from their posterior."""
        state = predictive.state
        chosen = rng.permutation(state.posterior.pick(count, rng))
        step = draws_at_once(state.tree)
        drawn = [
            state.draw(chosen[at], predictive.contest, rng).effects
            for at in state.batches(chosen, step)
        ]
        return cls(state.effects, np.concatenate(drawn))

    def taken_off(self, panel: Panel) -> Panel:
        """Return the panel with the turnout that its places would have had without the effects.

        The posterior mean is taken off on the logit scale; registered voters stay.
        """
        if not self.columns:
            return panel
        cells = panel.cells
        node, contest = cells["node"].to_numpy(), cells["contest"].to_numpy()
        values = np.stack([effect.values[node, contest] for effect in self.columns], axis=1)
        shift = values @ self.draws.mean(axis=0)
        registered, voters = (cells[name].to_numpy(float) for name in ("registered", "voters"))
        with np.errstate(divide="ignore", invalid="ignore"):
            share = voters / registered
            moved = registered * expit(np.log(share / (1 - share)) - shift)
        # Empty and full places have no logit: they stay, as do cells that no effect reaches.
        known = (share > 0) & (share < 1) & (shift != 0)
        return replace(panel, cells=cells.assign(voters=np.where(known, moved, voters)))

    def added(self, nodes: Ints, contest: int) -> Singles:
        """Return what the effects add to the logit of places in a contest, (draws, places).

        Effects on how turnout was measured are no part of turnout and add nothing.
        """
        shape = (len(self.draws), len(nodes))
        of_turnout = [effect.of_turnout for effect in self.columns]
        if not any(of_turnout):
            return np.broadcast_to(np.float32(0), shape)
        values = np.stack([effect.values[nodes, contest] for effect in self.columns])
        return (self.draws[:, of_turnout] @ values[of_turnout]).astype(np.float32)
