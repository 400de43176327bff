"""Past contests as they look from a coming one: which was last, and how turnout changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas import Panel
from turnout.arrays import Bools, Floats, Ints
from turnout.elections import Election
from turnout.models.contest_kinds import ContestKinds
from turnout.models.covariates.covariate import read_covariates
from turnout.models.points.lags import Lags, known_lags
from turnout.models.points.shocks import Changes


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
    office
        How high the office of every contest stands, less the middle's; see `ContestKinds`.
    extra
        Covariates of the user's own: places x contests x covariates, NaN where not known.
    flat
        Names of those that never differ between the places of one contest.
    """

    lags: Lags
    day: Ints
    kind: NDArray[np.object_]
    group: NDArray[np.object_]
    coming: int
    office: Floats
    extra: Floats
    flat: tuple[str, ...] = ()

    @classmethod
    def of(cls, panel: Panel, election: Election, covariates: Sequence[str] = ()) -> Past:
        """Look at a panel from its coming election.

        Raises
        ------
        DataError
            If a covariate is missing, or has no value for the coming election.
        """
        contests = panel.contests
        coming = panel.contest_of(election)
        read = read_covariates(panel, covariates, coming)
        lags = known_lags(panel)
        values = [covariate.values[lags.nodes] for covariate in read]
        return cls(
            lags,
            pd.factorize(contests["date"], sort=True)[0].astype(np.intp),
            contests["election_type"].to_numpy(dtype=object),
            contests["type_group"].to_numpy(dtype=object),
            coming,
            ContestKinds.of(contests).score,
            np.stack(values, axis=2) if values else np.empty((*lags.logit.shape, 0)),
            tuple(covariate.name for covariate in read if covariate.is_flat),
        )

    def less(self, shift: Floats) -> Past:
        """Return the past with every contest's logits lowered by its part of `shift`."""
        return replace(self, lags=replace(self.lags, logit=self.lags.logit - shift))

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
        ranks = np.where(np.isfinite(self.lags.logit) & usable, rank, -1)
        if not ranks.shape[1]:
            return np.full(len(ranks), -1, dtype=np.intp)
        best = ranks.argmax(axis=1)
        return np.where(ranks.max(axis=1) >= 0, best, -1).astype(np.intp)

    def changes(self, contests: Bools, since: Callable[[int], Bools]) -> Changes:
        """Return how turnout changed up to each of `contests`.

        Parameters
        ----------
        contests
            Contests that the changes lead to.
        since
            Contests that a change to the given contest may start from; the newest counts.
        """
        lags, rows = self.lags, np.arange(len(self.lags.logit))
        ends = np.flatnonzero(contests & (self.day < self.day[self.coming]))
        if not len(ends):
            return Changes.none(len(rows))
        starts = np.stack([self.newest(since(int(end)), int(end)) for end in ends], axis=1)
        known = (starts >= 0) & ~lags.borrowed[:, None]
        row = rows[:, None]
        values = lags.logit[:, ends] - lags.logit[row, starts]
        return Changes(
            values=np.where(known, values, np.nan),
            noise=lags.variance[:, ends] + lags.variance[row, starts],
            own=lags.observed[:, ends] & lags.observed[row, starts],
        )

    def alike(self, contest: int) -> Bools:
        """Return the contests of the type of `contest`; of its type group if there is no other."""
        others = np.arange(len(self.day)) != self.coming
        same = self.kind == self.kind[contest]
        return same if (same & others).any() else self.group == self.group[contest]

    def at(self, contest: Ints) -> tuple[Floats, Floats]:
        """Return logit and binomial variance of each area in its contest of `contest`."""
        rows = np.arange(len(contest))
        return self.lags.logit[rows, contest], self.lags.variance[rows, contest]
