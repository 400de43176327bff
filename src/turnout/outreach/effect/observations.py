"""Turnout and doses of the finest places as columns, for the estimators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas import Panel
from turnout.arrays import Floats, Ints
from turnout.doses import Dose
from turnout.models.outliers import logit_of_counts


@dataclass(frozen=True)
class Observations:
    """One row per place and contest that was observed.

    Parameters
    ----------
    logit, variance
        Empirical logit of turnout, and its sampling variance.
    place, contest
        Row numbers in the panel's nodes and contests.
    day
        Polling day, in days since 1970.
    doses
        Rows x kinds.
    turnout
        As a share.
    """

    logit: Floats
    variance: Floats
    place: Ints
    contest: Ints
    day: Ints
    doses: Floats
    turnout: Floats

    def rows(self, chosen: NDArray[np.bool_] | Ints) -> Observations:
        """Return some of the rows."""
        return replace(
            self,
            logit=self.logit[chosen],
            variance=self.variance[chosen],
            place=self.place[chosen],
            contest=self.contest[chosen],
            day=self.day[chosen],
            doses=self.doses[chosen],
            turnout=self.turnout[chosen],
        )

    @property
    def treated(self) -> NDArray[np.bool_]:
        """Rows with a dose of any kind."""
        return np.asarray((self.doses > 0).any(axis=1))


def observations(panel: Panel, doses: Sequence[Dose]) -> Observations:
    """Return what was observed at the leaves of a panel, with their doses."""
    cells = panel.cells[panel.is_leaf[panel.cells["node"].to_numpy()]]
    node, contest = cells["node"].to_numpy(np.intp), cells["contest"].to_numpy(np.intp)
    registered, voters = cells["registered"].to_numpy(float), cells["voters"].to_numpy(float)
    logit, variance = logit_of_counts(voters, registered)
    held = panel.contests["date"].to_numpy().astype("datetime64[D]").astype(np.intp)
    columns = [dose.values[node, contest] for dose in doses]
    return Observations(
        logit=logit,
        variance=variance,
        place=node,
        contest=contest,
        day=held[contest],
        doses=np.column_stack(columns) if columns else np.empty((len(node), 0)),
        turnout=np.minimum(voters / registered, 1.0),
    )


def doses_of_next(data: Observations) -> tuple[Observations, Floats]:
    """Return the rows that another polling day follows, and the doses before that day.

    The next polling day is the panel's; a place without a row for it has no next dose.
    """
    days = np.unique(data.day)
    following = dict(pairwise(days))
    keys = pd.MultiIndex.from_arrays([data.place, data.day])
    first = ~keys.duplicated()
    index = keys[first]
    wanted = pd.MultiIndex.from_arrays([data.place, [following.get(day, -1) for day in data.day]])
    found = index.get_indexer(wanted)
    here = found >= 0
    return data.rows(here), data.doses[first][found[here]]
