"""Arms of an experiment compared within blocks: weighted least squares with robust errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from turnout.arrays import Floats
from turnout.errors import DataError
from turnout.language import Text


@dataclass(frozen=True)
class ArmEffects:
    """What every arm changed against the control.

    Parameters
    ----------
    table
        One row per arm but the control: arm, units, registered and voters (counts), turnout,
        effect, sd, lower and upper (90% interval), all shares, and p_value (two-sided).
    control
        Name of the control.
    control_turnout
        Turnout of the control, a share.
    freedom
        Degrees of freedom of the intervals.
    """

    table: pd.DataFrame
    control: str
    control_turnout: float
    freedom: float


def compare_arms(outcomes: pd.DataFrame, control: str) -> ArmEffects:
    """Compare arms to the control within blocks, every voter counting alike.

    Turnout of a unit is regressed on its arm and its block (and its `last_turnout`, where that
    column is there), weighted by registered; the errors are HC2, which for matched pairs is the
    variance of the pairs' differences.

    Parameters
    ----------
    outcomes
        One row per unit (an area, or all people of one arm in a block): block, arm, registered,
        voters.
    control
        The arm that got nothing.

    Returns
    -------
    ArmEffects

    Raises
    ------
    DataError
        If a column is missing, no unit is in the control, or no block holds two arms.

    Examples
    --------
    >>> pairs = pd.DataFrame({"block": [1, 1, 2, 2], "arm": ["met", "not"] * 2,
    ...                       "registered": [100, 100, 100, 100], "voters": [72, 70, 66, 60]})
    >>> compare_arms(pairs, "not").table[["effect", "sd"]].round(3).values.tolist()
    [[0.04, 0.02]]
    """
    units = _checked(outcomes, control)
    arms = [arm for arm in units["arm"].drop_duplicates() if arm != control]
    weights = units["registered"].to_numpy(float)
    turnout = (units["voters"] / units["registered"]).to_numpy(float)
    block = pd.factorize(units["block"])[0]
    columns = [(units["arm"] == arm).to_numpy(float) for arm in arms]
    if "last_turnout" in units:
        columns.append(units["last_turnout"].to_numpy(float))
    design = np.column_stack(columns)
    effect, covariance = _within_blocks(turnout, design, block, weights)
    sd = np.sqrt(np.diag(covariance))[: len(arms)]
    freedom = len(units) - (block.max() + 1) - design.shape[1]
    if freedom < 1:
        raise DataError(_TOO_FEW, units=len(units), blocks=int(block.max()) + 1)
    half = stats.t.ppf(0.95, freedom) * sd
    sums = units.groupby("arm", sort=False).agg(
        units=("block", "size"), registered=("registered", "sum"), voters=("voters", "sum")
    )
    sums["turnout"] = sums["voters"] / sums["registered"]
    table = pd.DataFrame(
        {
            "arm": arms,
            **sums.reindex(arms).reset_index(drop=True),
            "effect": effect[: len(arms)],
            "sd": sd,
            "lower": effect[: len(arms)] - half,
            "upper": effect[: len(arms)] + half,
            "p_value": 2 * stats.t.sf(np.abs(effect[: len(arms)] / sd), freedom),
        }
    )
    return ArmEffects(table, control, float(sums["turnout"][control]), float(freedom))


def _within_blocks(
    outcome: Floats, design: Floats, block: NDArray[np.intp], weights: Floats
) -> tuple[Floats, Floats]:
    """Return coefficients and HC2 covariance of weighted least squares with block effects."""
    total = np.bincount(block, weights)
    stacked = np.column_stack([outcome, design])
    means = np.column_stack([np.bincount(block, weights * column) for column in stacked.T])
    away = stacked - (means / total[:, None])[block]
    scaled = away[:, 1:] * np.sqrt(weights)[:, None]
    gram, rank = scaled.T @ scaled, np.linalg.matrix_rank(scaled)
    if rank < design.shape[1]:
        raise DataError(_NO_CONTRAST)
    inverse = np.linalg.inv(gram)
    coefficients = inverse @ (scaled.T @ (away[:, 0] * np.sqrt(weights)))
    residual = (away[:, 0] - away[:, 1:] @ coefficients) * np.sqrt(weights)
    leverage = weights / total[block] + np.einsum("ij,jk,ik->i", scaled, inverse, scaled)
    # A unit alone in its block fits exactly and tells nothing.
    free = np.where(leverage < 1 - 1e-9, 1 - leverage, np.inf)
    meat = scaled * (residual**2 / free)[:, None]
    return coefficients, inverse @ (scaled.T @ meat) @ inverse


def _checked(outcomes: pd.DataFrame, control: str) -> pd.DataFrame:
    needed = ("block", "arm", "registered", "voters")
    missing = [name for name in needed if name not in outcomes]
    if missing:
        raise DataError(
            _NO_COLUMNS, missing=", ".join(missing), found=", ".join(map(str, outcomes.columns))
        )
    units = outcomes[(outcomes["registered"] > 0) & outcomes["voters"].notna()]
    units = units.dropna(subset=["block", "arm"]).reset_index(drop=True)
    if control not in set(units["arm"]):
        found = ", ".join(map(str, units["arm"].unique()))
        raise DataError(_NO_CONTROL, control=control, found=found)
    if "last_turnout" in units:
        last = units["last_turnout"].astype("float64")
        units = units.assign(last_turnout=last.fillna(last.mean()))
        if not last.notna().any():
            units = units.drop(columns="last_turnout")
    return units


_NO_COLUMNS = Text(
    en="The outcomes of an experiment lack {missing} (found: {found}). Rename the "
    "columns that hold them.",
    id="Tabel hasil uji coba tidak memuat kolom {missing} (yang ada: {found}). Ganti nama kolom "
    "yang memuatnya.",
)
_NO_CONTROL = Text(
    en="No unit is in the control '{control}' (arms: {found}). Name the arm that got nothing.",
    id="Tidak ada unit pada kelompok pembanding '{control}' (kelompok yang ada: {found}). Sebutkan "
    "kelompok yang tidak mendapat kegiatan.",
)
_NO_CONTRAST = Text(
    en="The arms cannot be told apart: no block holds units of two arms. Check the blocks.",
    id="Kelompok tidak dapat dibandingkan: tidak ada blok yang memuat dua kelompok. Periksa kolom "
    "bloknya.",
)
_TOO_FEW = Text(
    en="{units:count} units in {blocks:count} blocks are too few to compare arms. Use fewer blocks "
    "or more areas.",
    id="{units:count} unit dalam {blocks:count} blok terlalu sedikit untuk membandingkan kelompok. "
    "Kurangi blok atau tambah wilayah.",
)
