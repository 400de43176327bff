"""Offsets of observations that do not measure quite what is forecast."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.areas import Panel
from turnout.areas.contradictions import totals_below
from turnout.areas.history import counted_share, known_below
from turnout.areas.stations_told import COMPLETE
from turnout.arrays import Floats, Ints
from turnout.models.covariates.linear_effect import LinearEffect
from turnout.models.tree.known_totals import KnownTotals
from turnout.models.tree.targets import Targets
from turnout.quick_count import SAMPLED
from turnout.voter_lists import denominator

PARTIAL_SD = 0.1
"""Prior sd (logit) of the offset that a contest's partly counted rows share."""

BASIS_SD = 0.1
"""Prior sd (logit) of the offset of a contest whose registered are counted on another basis."""


def offsets(panel: Panel, roll: pd.DataFrame | None = None) -> tuple[LinearEffect, ...]:
    """Return the offsets of partly counted rows and of other denominators.

    The stations that reported first are not a fair sample, and the same way in all areas of a
    contest; an official total tells how much. Those of a probability sample are fair. A contest
    whose registered are counted on another basis than the coming election's is off by a shared
    amount too.

    Parameters
    ----------
    panel
        Places by contests.
    roll
        The roll, whose registered_basis is the one that counts; the newest contest's else.
    """
    return (*_partial(panel), *_other_basis(panel, _reference_basis(panel, roll)))


def targets_of(panel: Panel, contest: int, station_sd: float) -> Targets:
    """Return the places to forecast, with what is counted of them in the coming election.

    Parameters
    ----------
    panel
        Places by contests.
    contest
        Row of the coming election.
    station_sd
        Standard deviation of a polling station's logit within its area.
    """
    registered = panel.nodes["registered"].to_numpy(float)
    return _targets(panel, contest, station_sd, panel.targets, registered[panel.targets])


def known_totals(panel: Panel, contest: int, station_sd: float) -> KnownTotals:
    """Return the totals of the coming election that say more than the places below them.

    Partly counted totals come first, then complete ones, each from the finest; a partly counted
    total of stations that the rows below it hold as well says nothing more.

    Parameters
    ----------
    panel
        Places by contests.
    contest
        Row of the coming election.
    station_sd
        Standard deviation of a polling station's logit within its area.
    """
    if panel.count is None:
        return KnownTotals.none()
    registered = panel.grid("registered")
    own = ~np.isnan(registered)
    parts = known_below(panel, registered, own)[:, contest]
    complete = panel.count.complete
    partial = own[:, contest] & ~complete & (parts < COMPLETE * registered[:, contest])
    row_of = np.full(len(panel.nodes), -1, dtype=np.intp)
    row_of[panel.targets] = np.arange(len(panel.targets))
    nodes, below, moving = [], [], []
    settled = complete[panel.targets]
    for chosen in (partial, complete):
        for node, members in totals_below(panel.parent, panel.targets, chosen):
            rows = row_of[members]
            free = rows[~settled[rows]]
            if not len(free):
                continue
            nodes.append(node)
            below.append(rows)
            moving.append(free)
            if complete[node]:
                settled[rows] = True
    size = panel.nodes["registered"].to_numpy(float)[panel.targets]
    whole = np.array([size[rows].sum() for rows in below])
    found = np.array(nodes, dtype=np.intp)
    totals = _targets(panel, contest, station_sd, found, whole)
    return KnownTotals(totals, tuple(below), tuple(moving))


def _targets(
    panel: Panel, contest: int, station_sd: float, nodes: Ints, registered: Floats
) -> Targets:
    def so_far(column: str) -> Floats:
        return panel.grid(column)[nodes, contest]

    counted, stations = so_far("stations_counted"), so_far("stations_total")
    left = stations - counted
    begun = (counted > 0) & (left > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        selection = np.where(begun, left / stations * station_sd**2 / counted, 0.0)
        leverage = np.where(begun, counted / left, 0.0)
    return Targets(
        nodes=nodes,
        registered=registered,
        counted_registered=np.nan_to_num(so_far("registered")),
        counted_voters=np.nan_to_num(so_far("voters")),
        selection=selection,
        leverage=leverage,
    )


def _partial(panel: Panel) -> list[LinearEffect]:
    partial = (counted_share(panel) < 1).astype(float)
    if SAMPLED in panel.cells:
        fair = panel.cells[panel.cells[SAMPLED].eq(other=True)]
        partial[fair["node"], fair["contest"]] = 0.0
    return [
        LinearEffect(f"partial:{name}", _only(partial, contest), 0.0, PARTIAL_SD, of_turnout=False)
        for contest, name in enumerate(panel.contests["election"])
        if partial[:, contest].any()
    ]


def _reference_basis(panel: Panel, roll: pd.DataFrame | None) -> str | None:
    if roll is not None and "registered_basis" in roll and roll["registered_basis"].notna().any():
        return str(roll["registered_basis"].mode().iloc[0])
    told = panel.cells[["contest", "registered_basis"]].dropna()
    if told.empty:
        return None
    newest = told[told["contest"] == told["contest"].max()]
    return str(newest["registered_basis"].mode().iloc[0])


def _other_basis(panel: Panel, reference: str | None) -> list[LinearEffect]:
    basis = panel.cells["registered_basis"].astype(object)
    lists = basis.map({one: denominator(str(one)) for one in basis.dropna().unique()})
    other = panel.cells[lists.notna() & (lists != denominator(reference or ""))]
    names = panel.contests["election"].to_numpy(dtype=object)
    effects = []
    for _, rows in other.groupby(["contest", lists[other.index]]):
        values = np.zeros((len(panel.nodes), len(panel.contests)))
        values[rows["node"], rows["contest"]] = 1.0
        name, basis = names[rows["contest"].iloc[0]], rows["registered_basis"].iloc[0]
        effects.append(
            LinearEffect(f"basis:{name}:{basis}", values, 0.0, BASIS_SD, of_turnout=False)
        )
    return effects


def _only(values: Floats, contest: int) -> Floats:
    kept = np.zeros_like(values)
    kept[:, contest] = values[:, contest]
    return kept
