r"""Draws given evidence from outside on the turnout of the whole or of a place.

The place's draws, as logits z, are moved to their distribution given the evidence: by rank, from
quantiles of the smoothed draws to quantiles of smoothed draws x likelihood. All other places
follow by their regression on z,

.. math:: x_i' = x_i + \frac{\operatorname{cov}(x_i, z)}{\operatorname{var}(z)} (z' - z),

which is exact where the draws are jointly normal on the logit scale (conditioning by kriging), and
keeps the tails of z where they are heavier. No draw is lost or told twice, however sharp the
evidence. At last the places below settle on the drawn turnout exactly.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit
from scipy.stats import norm

from turnout.arrays import Bools, Floats
from turnout.forecast.room import Draws
from turnout.forecast.settling import settled

FAR = 0.002
"""Evidence that fewer draws than this share lie as far from is refused."""

SURPRISING = 0.05
"""Evidence that fewer draws than this share lie as far from is told to be surprising."""

_GRID = 4_001
_EDGE = 1e-6
_BLOCK = 2_000


def tail_probability(turnout: Floats, said: float, error: float) -> float:
    """Return how likely evidence at least as far off was, by the draws, on both sides."""
    width = float(np.hypot(error, _bandwidth(turnout)))
    below = float(norm.cdf((said - turnout) / width).mean())
    return 2 * min(below, 1 - below)


def effective_draws(turnout: Floats, said: float, error: float) -> float:
    """Return how many draws agree with the evidence: the effective size of likelihood weights."""
    if error <= 0:
        return 0.0
    log_weights = -0.5 * ((turnout - said) / error) ** 2
    weights = np.exp(log_weights - log_weights.max())
    return float(weights.sum() ** 2 / (weights**2).sum())


def near_draws(turnout: Floats, said: float) -> float:
    """Return how many draws lie near a turnout: the effective size of kernel weights."""
    return effective_draws(turnout, said, _bandwidth(turnout))


def given_evidence(
    draws: Draws, size: Floats, counted: Floats, members: Bools, evidence: tuple[float, float]
) -> Draws:
    """Return the draws given evidence on the turnout of some of the places together.

    Parameters
    ----------
    draws
        (draws, places) turnout as a share.
    size
        (places,) registered voters.
    counted
        (2, places) registered and voters that are counted already: they stay.
    members
        (places,) what the evidence is of.
    evidence
        Turnout and its standard error, shares; an error of 0 is a what-if.
    """
    still_open = (size - counted[0]).clip(0)
    moving = still_open > 0
    weights = np.where(members, size, 0.0) / size[members].sum()
    before = (draws @ weights.astype(draws.dtype)).astype(np.float64)
    z = logit(before.clip(_EDGE, 1 - _EDGE))
    moved = _moved(z, *evidence)
    away = z - z.mean()
    spread = float(away @ away)
    if spread <= 0 or not (moving & members).any():
        return draws
    out = draws.copy()
    rows = np.flatnonzero(moving)
    for start in range(0, len(rows), _BLOCK):
        part = rows[start : start + _BLOCK]
        open_share = (draws[:, part] * size[part] - counted[1][part]) / still_open[part]
        x = logit(open_share.clip(_EDGE, 1 - _EDGE))
        slope = (away @ (x - x.mean(axis=0))) / spread
        share = expit(x + slope * (moved - z)[:, None])
        out[:, part] = (counted[1][part] + share * still_open[part]) / size[part]
    return settled_on(out, size, counted, members, expit(moved))


def settled_on(
    draws: Draws,
    size: Floats,
    counted: Floats,
    members: Bools,
    turnout: Floats,
    held: Bools | None = None,
) -> Draws:
    """Return draws in which some places together have a turnout exactly, draw by draw.

    Parameters
    ----------
    draws, size, counted, members
        As of `given_evidence`.
    turnout
        (draws,) turnout of the members together, shares.
    held
        (places,) places that stay as they are, beside those that are counted.
    """
    still_open = (size - counted[0]).clip(0)
    moving = members & (still_open > 0)
    if held is not None:
        moving &= ~held
    below, fixed = np.flatnonzero(moving), np.flatnonzero(members & ~moving)
    wanted = turnout * size[members].sum() - (draws[:, fixed] * size[fixed]).sum(axis=1)
    voters = (draws[:, below] * size[below] - counted[1][below]).T.clip(0)
    found = settled(voters, still_open[below], wanted - counted[1][below].sum())
    out = draws.copy()
    out[:, below] = ((counted[1][below][:, None] + found) / size[below][:, None]).T
    return out


def _moved(z: Floats, said: float, error: float) -> Floats:
    """Return where the draws z lie given the evidence, each at its rank."""
    if error <= 0:
        return np.full(len(z), float(logit(said)))
    width = _bandwidth(z)
    # Kernels widen a distribution; drawn in before, the draws keep their variance.
    variance = max(float(z.var()), 1e-18)
    centers = z.mean() + (z - z.mean()) / np.sqrt(1 + width**2 / variance)
    low, high = float(z.min()) - 5 * width, float(z.max()) + 5 * width
    near = said + error * np.linspace(-8, 8, _GRID)
    inside = logit(near[(near > _EDGE) & (near < 1 - _EDGE)])
    grid = np.union1d(np.linspace(low, high, _GRID), inside[(inside > low) & (inside < high)])
    prior = np.zeros(len(grid))
    for part in np.array_split(centers, max(1, len(centers) // 500)):
        prior += norm.cdf((grid[:, None] - part) / width).sum(axis=1)
    prior /= len(centers)
    mass = np.diff(prior, prepend=0.0)
    middle = np.concatenate([grid[:1], (grid[1:] + grid[:-1]) / 2])
    log_weights = -0.5 * ((expit(middle) - said) / error) ** 2
    posterior = np.cumsum(mass * np.exp(log_weights - log_weights.max()))
    posterior /= posterior[-1]
    rank = np.interp(z, grid, prior)
    # Where nothing is left of the mass, many points of the grid share a rank.
    steps = np.append(True, np.diff(posterior) > 1e-14)
    return np.interp(rank, posterior[steps], grid[steps])


def _bandwidth(values: Floats) -> float:
    """Return Silverman's bandwidth, with a robust spread."""
    quartiles = np.quantile(values, [0.25, 0.75])
    spreads = [one for one in (values.std(), np.ptp(quartiles) / 1.349) if one > 0]
    return 0.9 * float(min(spreads, default=1e-6)) * float(len(values)) ** -0.2
