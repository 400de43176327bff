"""Ballots that the same people cast on one day: what of them tells of turnout once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from turnout.areas.contests import kinds_of
from turnout.areas.panel import Panel
from turnout.arrays import Bools, Ints


def one_ballot_a_day(panel: Panel, contest: int | None = None) -> Panel:
    """Return a panel in which every place has one observation of a day.

    Who comes to vote for a president is handed the ballots for the parliaments too: five ballots
    of a day tell of one turnout. Taken as five elections they would say that types hardly differ,
    and make every forecast surer than it is (docs/model.md, section 6).

    Parameters
    ----------
    panel
        Places by contests.
    contest
        Row number of the contest that is to be forecast: of a day's ballots in a place one of
        its type stays, else one of its family, else that for the highest office. None where no
        one contest is: then that for the highest office.

    Returns
    -------
    Panel
        With all its contests, some perhaps without an observation; the panel itself where no day
        has several contests.
    """
    days = np.unique(panel.contests["date"].to_numpy(), return_inverse=True)[1]
    if len(np.unique(days)) == len(days):
        return panel
    node, ballot = (panel.cells[name].to_numpy(np.intp) for name in ("node", "contest"))
    place_and_day = node * len(days) + days[ballot]
    best_first = np.lexsort((_preference(panel, contest)[ballot], place_and_day))
    kept = np.unique(place_and_day[best_first], return_index=True)[1]
    return replace(panel, cells=panel.cells.take(np.sort(best_first[kept])).reset_index(drop=True))


def _preference(panel: Panel, contest: int | None) -> Ints:
    """Return the place of every contest among those of its day, the one to keep first."""
    contests = panel.contests
    office = [kind.score or 0.0 for kind in kinds_of(contests)]
    kin = (
        []
        if contest is None
        else [_as(panel, contest, name) for name in ("type_group", "election_type")]
    )
    order = np.lexsort((np.arange(len(contests)), np.negative(office), *(~one for one in kin)))
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    return rank


def _as(panel: Panel, contest: int, column: str) -> Bools:
    values = panel.contests[column].to_numpy(dtype=object)
    return np.asarray(values == values[contest])
