"""How much the places of a contest in progress scatter, against what their past lets expect.

Given its past, a place's value in the coming contest has the innovation variance

    v = K_tt - K_tp K_pp^-1 K_pt

A night may scatter more than past ones, or less: v becomes size² v at every level below the root,
with log size ~ N(0, spread²) on a grid. The places that are in weigh the grid by their evidence, so
that a night that scatters more is seen to, and the mixture over what is left gives the places
still out Student-like tails (docs/model.md, section 14).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Floats, Ints
from turnout.models.covariates.night import night_sizes

_FLOOR = 1e-9


@dataclass(frozen=True)
class NightScatter:
    """The grid of sizes that a night's scatter may have.

    Parameters
    ----------
    contest
        Row of the coming election.
    spread
        Standard deviation of the log size.
    """

    contest: int
    spread: float

    STEPS: ClassVar[tuple[float, ...]] = (-2.25, -1.5, -0.75, 0.0, 0.75, 1.5, 2.25, 3.0, 4.0)
    """Log sizes of the grid, in standard deviations; the nearest one counts."""

    @classmethod
    def of(cls, panel: Panel, contest: int) -> NightScatter | None:
        """Return how much the places of a contest in progress may scatter; None before it."""
        return None if panel.count is None else cls(contest, night_sizes(panel, contest).scatter)

    @property
    def sizes(self) -> Floats:
        """Sizes of the grid."""
        return np.exp(self.spread * np.array(self.STEPS))

    def number_of(self, standard: Floats) -> Ints:
        """Return which size of the grid counts for standard normal values."""
        steps = np.array(self.STEPS)
        return np.searchsorted((steps[1:] + steps[:-1]) / 2, standard).astype(np.intp)

    def scaled(self, covariance: Floats, sizes: Floats) -> Floats:
        """Return covariances whose innovation in the coming contest is scaled.

        Parameters
        ----------
        covariance
            (draws or 1, contests, contests).
        sizes
            (draws,) or a single one: sizes of the scatter.
        """
        here = self.contest
        others = np.delete(np.arange(covariance.shape[-1]), here)
        past = covariance[..., others[:, None], others]
        trace = np.trace(past, axis1=-2, axis2=-1)[..., None, None]
        floored = past + (_FLOOR * trace + 1e-14) * np.eye(len(others))
        with_past = covariance[..., others, here]
        gain = np.linalg.solve(floored, with_past[..., None])
        # Put together again from the gain and what it leaves open, so that rounding cannot make it
        # less than positive definite however small the latter is.
        told = past @ gain
        foreseen = (np.swapaxes(gain, -1, -2) @ told)[..., 0, 0]
        open_part = covariance[..., here, here] - 2 * (gain[..., 0] * with_past).sum(axis=-1)
        own = (open_part + foreseen).clip(0)
        shape = np.broadcast_shapes(covariance.shape, (*np.shape(sizes), 1, 1))
        out = np.broadcast_to(covariance, shape).copy()
        out[..., others, here] = out[..., here, others] = told[..., 0]
        out[..., here, here] = foreseen + np.asarray(sizes) ** 2 * own
        return out
