"""The dose of outreach: the share of an area's voters met before an election, saturating."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from turnout.areas import Panel
from turnout.areas.history import counted_share, summed_up
from turnout.arrays import Floats
from turnout.doses.placing import place_log
from turnout.doses.priors import EffectPrior, prior_of

WINDOW_DAYS = 180
SATURATION = 0.5


@dataclass(frozen=True)
class Dose:
    """What one kind of activity gave every place before every contest.

    Parameters
    ----------
    kind
        The kind of activity.
    reached
        People met, nodes x contests, at the leaves; meeting a person twice counts twice.
    values
        The dose h(reached / registered), nodes x contests; that of an inner node is the mean
        of its leaves, weighted by registered voters.
    """

    kind: str
    reached: Floats
    values: Floats

    @property
    def prior(self) -> EffectPrior:
        """The prior of the effect per unit of dose."""
        return prior_of(self.kind)


def saturating(share: ArrayLike, saturation: float = SATURATION) -> Floats:
    r"""Return the dose of a share of voters met: nearly the share when small, with an upper end.

    .. math:: h(x) = r (1 - e^{-x / r})

    Parameters
    ----------
    share
        People met per registered voter.
    saturation
        The upper end :math:`r`: what no number of further meetings can pass.

    Examples
    --------
    Meeting a tenth of the voters is a dose of .09; meeting all of them, of .43:

    >>> saturating([0.0, 0.1, 1.0]).round(3).tolist()
    [0.0, 0.091, 0.432]
    """
    return saturation * -np.expm1(-np.asarray(share, dtype=float) / saturation)


def dose_columns(
    panel: Panel,
    outreach: pd.DataFrame,
    *,
    window_days: int = WINDOW_DAYS,
    saturation: float = SATURATION,
) -> tuple[Dose, ...]:
    """Return the dose of every kind of activity at every leaf before every contest.

    An activity counts for each contest that was held 1 to `window_days` days after it. One of a
    district (or city) counts for all its areas, in proportion to their registered voters.

    Parameters
    ----------
    panel
        Places by contests, the coming election among them where there is one.
    outreach
        Activities, past and planned, in the columns of `schema.OUTREACH_COLUMNS`.
    window_days
        How long before polling day an activity still counts.
    saturation
        See `saturating`.

    Returns
    -------
    tuple of Dose
        In order of the kinds' names; kinds without any activity in a window are left out.
    """
    placed = place_log(panel, outreach).table
    registered = leaf_registered(panel)
    counted = counted_activities(placed, panel, window_days)
    doses = []
    for kind in sorted(placed["kind"].unique()):
        rows, contest = np.nonzero(counted & (placed["kind"] == kind).to_numpy()[:, None])
        reached = np.zeros(registered.shape)
        np.add.at(
            reached, (placed["node"].to_numpy()[rows], contest), placed["reached"].to_numpy()[rows]
        )
        reached = _spread_down(panel, reached)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(registered > 0, reached / registered, 0.0)
        if reached.any():
            values = _averaged_up(panel, saturating(share, saturation))
            doses.append(Dose(str(kind), reached, values))
    return tuple(doses)


def mean_dose(values: Floats) -> float:
    """Return the mean dose over the areas and contests that had any; 0 where none had.

    >>> mean_dose(np.array([[0.0, 0.1], [0.0, 0.3]]))
    0.2
    """
    treated = values[values > 0]
    return float(treated.mean()) if len(treated) else 0.0


def is_compared(panel: Panel, values: Floats) -> bool:
    """Return whether some place can be compared with itself under another dose.

    Between two contests that a place was observed in, its dose must have changed by other than
    what the doses of all other places changed by; else a dose tells only places apart.

    Parameters
    ----------
    panel
        Places by contests.
    values
        Doses, nodes x contests.
    """
    cells = panel.cells[panel.is_leaf[panel.cells["node"].to_numpy()]]
    cells = cells.sort_values(["node", "contest"])[["node", "contest"]].reset_index(drop=True)
    cells["dose"] = values[cells["node"], cells["contest"]]
    before = cells.groupby("node")[["contest", "dose"]].shift()
    steps = pd.DataFrame(
        {
            "pair": before["contest"] * len(panel.contests) + cells["contest"],
            "change": (cells["dose"] - before["dose"]).round(9),
        }
    ).dropna()
    return bool((steps.groupby("pair")["change"].nunique() > 1).any())


def leaf_registered(panel: Panel) -> Floats:
    """Return the registered voters of every node and contest, all stations of it together.

    Where fewer than half of the stations were counted, or nothing was observed, the newest roll
    stands in.
    """
    observed, share = panel.grid("registered"), counted_share(panel)
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = observed / share
    newest = panel.nodes["registered"].to_numpy(float)[:, None]
    return np.where((share >= 0.5) & (observed > 0), scaled, np.nan_to_num(newest))


def counted_activities(
    placed: pd.DataFrame, panel: Panel, window_days: int = WINDOW_DAYS
) -> NDArray[np.bool_]:
    """Return which activities of a placed log count for which contests (activities x contests)."""
    held = panel.contests["date"].to_numpy().astype("datetime64[D]")
    done = placed["date"].to_numpy().astype("datetime64[D]")
    ahead = (held[None, :] - done[:, None]).astype(int)
    return (ahead > 0) & (ahead <= window_days)


def _spread_down(panel: Panel, reached: Floats) -> Floats:
    """Share what inner nodes have out among the leaves below them, by newest registered."""
    total = _sizes(panel)
    spread = reached.copy()
    inner = np.flatnonzero(~panel.is_leaf & (reached > 0).any(axis=1))
    if len(inner):
        for level in range(1, int(panel.level.max()) + 1):
            here = panel.levels[level]
            above = panel.parent[here]
            with np.errstate(invalid="ignore", divide="ignore"):
                part = np.where(total[above] > 0, total[here] / total[above], 0.0)
            spread[here] += spread[above] * part[:, None]
    spread[~panel.is_leaf] = 0.0
    return spread


def _averaged_up(panel: Panel, values: Floats) -> Floats:
    """Give inner nodes the mean of the leaves below them, weighted by newest registered."""
    size = _sizes(panel)[:, None]
    summed = summed_up(panel, np.where(panel.is_leaf[:, None], values * size, 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(size > 0, summed / size, 0.0)
    return np.where(panel.is_leaf[:, None], values, mean)


def _sizes(panel: Panel) -> Floats:
    """Return the newest registered voters of every node: those of its leaves together."""
    own = np.nan_to_num(panel.nodes["registered"].to_numpy(float))
    return summed_up(panel, np.where(panel.is_leaf, own, 0.0)[:, None])[:, 0]
