"""Offsets of observations that do not measure quite what is forecast."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas import Panel
from turnout.areas.history import counted_share
from turnout.models.effects import LeafEffect
from turnout.models.sampling import Counted

PARTIAL_SD = 0.1
"""Prior sd (logit) of the offset that a contest's partly counted rows share."""

BASIS_SD = 0.1
"""Prior sd (logit) of the offset of a contest whose registered are counted on another basis."""


def offsets(panel: Panel, roll: pd.DataFrame | None = None) -> tuple[LeafEffect, ...]:
    """Return the offsets of partly counted rows and of other denominators.

    The stations that reported first are not a fair sample, and the same way in all areas of a
    contest; an official total tells how much. A contest whose registered are counted on another
    basis than the coming election's is off by a shared amount too.

    Parameters
    ----------
    panel
        Places by contests.
    roll
        The roll, whose registered_basis is the one that counts; the newest contest's else.
    """
    return (*_partial(panel), *_other_basis(panel, _reference_basis(panel, roll)))


def counted_so_far(panel: Panel, contest: int) -> Counted:
    """Return what is counted of every target in the coming election."""
    voters = np.nan_to_num(panel.grid("voters")[panel.targets, contest])
    registered = np.nan_to_num(panel.grid("registered")[panel.targets, contest])
    total = panel.nodes["registered"].to_numpy(float)[panel.targets]
    stations = panel.grid("stations_total")[panel.targets, contest]
    by_station = counted_share(panel)[panel.targets, contest]
    share = np.where(np.isnan(stations), registered / total, by_station)
    return Counted(voters, registered, np.where(registered > 0, np.clip(share, 0.0, 1.0), 0.0))


def _partial(panel: Panel) -> list[LeafEffect]:
    partial = (counted_share(panel) < 1).astype(float)
    return [
        LeafEffect(f"partial:{name}", _only(partial, contest), 0.0, PARTIAL_SD)
        for contest, name in enumerate(panel.contests["election"])
        if partial[:, contest].any()
    ]


def _reference_basis(panel: Panel, roll: pd.DataFrame | None) -> str | None:
    if roll is not None and "registered_basis" in roll and roll["registered_basis"].notna().any():
        return str(roll["registered_basis"].mode().iloc[0])
    told = panel.cells[panel.cells["registered_basis"].notna()]
    if told.empty:
        return None
    newest = told[told["contest"] == told["contest"].max()]
    return str(newest["registered_basis"].mode().iloc[0])


def _other_basis(panel: Panel, reference: str | None) -> list[LeafEffect]:
    cells = panel.cells
    other = cells[cells["registered_basis"].notna() & (cells["registered_basis"] != reference)]
    effects = []
    for (contest, basis), rows in other.groupby(["contest", "registered_basis"]):
        values = np.zeros((len(panel.nodes), len(panel.contests)))
        values[rows["node"], rows["contest"]] = 1.0
        name = panel.contests["election"].iloc[contest]
        effects.append(LeafEffect(f"basis:{name}:{basis}", values, 0.0, BASIS_SD))
    return effects


def _only(values: NDArray[np.float64], contest: int) -> NDArray[np.float64]:
    kept = np.zeros_like(values)
    kept[:, contest] = values[:, contest]
    return kept
