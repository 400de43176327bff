"""Past turnout of every place at every scale, as people look it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas.panel import Panel
from turnout.areas.sums import summed_rows
from turnout.arrays import Floats
from turnout.own_rolls import APART
from turnout.schema import CONTEST_COLUMNS, PLACE_COLUMNS

HISTORY_COLUMNS = (
    "scale",
    *PLACE_COLUMNS,
    "area_id",
    *CONTEST_COLUMNS,
    "registered",
    "voters",
    "turnout",
    "official",
    "coverage",
)


@dataclass(frozen=True)
class Counts:
    """What was counted of every place and contest.

    Parameters
    ----------
    registered, voters
        (nodes, contests) people, NaN where nothing was observed.
    share
        (nodes, contests) share of its stations that each observation counts, 1 where not told.
    """

    registered: Floats
    voters: Floats
    share: Floats

    @classmethod
    def of(cls, panel: Panel) -> Counts:
        """Return the counts of a panel."""
        return cls(panel.grid("registered"), panel.grid("voters"), counted_share(panel))


def past_turnout(panel: Panel) -> pd.DataFrame:
    """Return the turnout of every place and contest, totals of coarser places included.

    A place's own row counts first (`official`); else the sum of the places below it that were
    observed, of which `coverage` tells the share of the place's registered voters.

    Parameters
    ----------
    panel
        Places by contests.

    Returns
    -------
    pandas.DataFrame
        Columns of `HISTORY_COLUMNS`; registered and voters are counts, turnout and coverage
        shares. Where any place had votes beyond those of its places, which are in none of these
        figures, a column `turnout.own_rolls.APART` tells how many.
    """
    registered, voters = panel.grid("registered"), panel.grid("voters")
    official = ~np.isnan(registered)
    leaf = panel.is_leaf[:, None]
    size = np.where(in_force(panel), panel.nodes["registered"].fillna(0.0).to_numpy()[:, None], 0.0)
    whole = summed_up(panel, size)
    counted = whole * np.where(leaf, counted_share(panel), 1.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = known_below(panel, counted, official) / whole
    # No area is in force where all that is known are totals.
    share = np.where(whole > 0, share, 1.0)
    coverage = np.where(official, 1.0, share)
    registered = np.where(official, registered, known_below(panel, registered, official))
    voters = np.where(official, voters, known_below(panel, voters, official))
    node, contest = np.nonzero(registered > 0)
    seen = node, contest
    places, contests = panel.nodes[["scale", *PLACE_COLUMNS, "area_id"]], panel.contests
    columns: dict[str, Any] = {
        **{str(name): places[name].take(node).reset_index(drop=True) for name in places},
        **{name: contests[name].take(contest).reset_index(drop=True) for name in CONTEST_COLUMNS},
        "registered": registered[seen],
        "voters": voters[seen],
        "turnout": voters[seen] / registered[seen],
        "official": official[seen],
        "coverage": coverage[seen],
    }
    names, apart = HISTORY_COLUMNS, votes_apart(panel)[seen]
    if apart.any():
        names, columns[APART] = (*HISTORY_COLUMNS, APART), apart
    # Not copied into blocks: of a nation it is a row per place and contest.
    return pd.DataFrame({name: columns[name] for name in names}, copy=False)


def known_below(panel: Panel, figures: Floats, own: NDArray[np.bool_]) -> Floats:
    """Add up what is known below each node: a place's own figure, else what is known below it.

    Parameters
    ----------
    panel
        Places by contests.
    figures
        (nodes, contests) to be added up.
    own
        (nodes, contests) whether a node has a figure of its own.
    """
    below = np.zeros(figures.shape)
    for nodes in panel.levels[:0:-1]:
        known = np.where(own[nodes], figures[nodes], below[nodes])
        below[: nodes.start] += summed_rows(known, panel.parent[nodes], nodes.start)
    return below


def votes_apart(panel: Panel) -> Floats:
    """Return the voters (count) of nodes x contests that no place in them has, as postal ones.

    A place's own row counts first, else the sum of what is told below it.
    """
    if APART not in panel.cells:
        return np.zeros((len(panel.nodes), len(panel.contests)))
    told = np.nan_to_num(panel.grid(APART))
    return np.where(told > 0, told, known_below(panel, told, told > 0))


def in_force(panel: Panel) -> NDArray[np.bool_]:
    """Return whether each leaf existed at each contest, as far as the rows tell.

    A leaf exists from its first row to its last, and until now where it is to be forecast; one
    that was never observed and is to be forecast may always have existed.
    """
    seen = panel.is_leaf[:, None] & ~np.isnan(panel.grid("registered"))
    begun = np.maximum.accumulate(seen, axis=1)
    to_come = np.maximum.accumulate(seen[:, ::-1], axis=1)[:, ::-1]
    is_target = np.zeros(len(seen), dtype=bool)
    is_target[panel.targets] = True
    never = is_target & ~seen.any(axis=1)
    return (begun & (to_come | is_target[:, None])) | never[:, None]


def counted_share(panel: Panel) -> Floats:
    """Return the share of its stations that each observation counts (1 where not told)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = panel.grid("stations_counted") / panel.grid("stations_total")
    return np.where(np.isfinite(share), np.clip(share, 0.0, 1.0), 1.0)


def summed_up(panel: Panel, values: Floats) -> Floats:
    """Add every node's value to all its ancestors; NaN counts as nothing."""
    sums = np.where(np.isnan(values), 0.0, values)
    for nodes in panel.levels[:0:-1]:
        sums[: nodes.start] += summed_rows(sums[nodes], panel.parent[nodes], nodes.start)
    return sums
