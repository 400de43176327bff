"""Sampling where weighting fails: generalised elliptical slice sampling with many chains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from turnout.arrays import Floats

# Steps of every chain: until it has forgotten its start, and then those that are kept.
_FORGOTTEN = 12
_KEPT = 28


@dataclass(frozen=True)
class Ellipses:
    """Student-t distribution that is about the target: its ellipses are the slices' paths.

    Parameters
    ----------
    mean, root
        Its mean, and a root of its scale matrix.
    tail
        Degrees of freedom.
    """

    mean: Floats
    root: Floats
    tail: float

    def distance(self, points: Floats) -> Floats:
        """Return the squared distance from the mean, (points,)."""
        return (np.linalg.solve(self.root, (points - self.mean).T) ** 2).sum(axis=0)

    def log_density(self, points: Floats) -> Floats:
        """Return the log density, but for a constant."""
        power = (self.tail + len(self.mean)) / 2
        return -power * np.log1p(self.distance(points) / self.tail)


def move(
    log_target: Callable[[Floats], Floats],
    points: Floats,
    ellipses: Ellipses,
    rng: np.random.Generator,
) -> Floats:
    """Move every chain once, leaving the target's distribution as it is [1]_.

    Parameters
    ----------
    log_target
        Takes (points, parameters), returns (points,).
    points
        (chains, parameters).
    ellipses
        What the target is about.
    rng
        Source of randomness.

    References
    ----------
    .. [1] Nishihara, Murray & Adams (2014), Journal of Machine Learning Research 15, algorithm 2.
    """
    chains, size = points.shape

    def ratio(some: Floats) -> Floats:
        return log_target(some) - ellipses.log_density(some)

    # A Student-t is a normal whose scale is drawn: given the point, an inverse gamma.
    shape, rate = (ellipses.tail + size) / 2, (ellipses.tail + ellipses.distance(points)) / 2
    scale = np.sqrt(rate / rng.standard_gamma(shape, chains))[:, None]
    here = points - ellipses.mean
    there = scale * (rng.standard_normal((chains, size)) @ ellipses.root.T)
    floor = ratio(points) + np.log(rng.random(chains))
    angle = np.asarray(rng.uniform(0, 2 * np.pi, chains))
    low, high = angle - 2 * np.pi, angle.copy()
    moved, waiting = points.copy(), np.arange(chains)
    while len(waiting):
        turn = angle[waiting, None]
        tried = ellipses.mean + here[waiting] * np.cos(turn) + there[waiting] * np.sin(turn)
        fine = ratio(tried) > floor[waiting]
        moved[waiting[fine]] = tried[fine]
        waiting = waiting[~fine]
        ahead = angle[waiting] > 0
        high[waiting[ahead]] = angle[waiting[ahead]]
        low[waiting[~ahead]] = angle[waiting[~ahead]]
        # A bracket that shrank to nothing holds the point itself.
        waiting = waiting[high[waiting] - low[waiting] > 1e-9]
        angle[waiting] = rng.uniform(low[waiting], high[waiting])
    return moved


def run_chains(
    log_target: Callable[[Floats], Floats],
    starts: Floats,
    ellipses: Ellipses,
    rng: np.random.Generator,
) -> tuple[Floats, float]:
    """Return draws of the target by chains that walk from `starts`, and their effective number.

    The effective number is that of the worst parameter, from how much more the means of the
    chains differ than those of independent draws would. It is 1 where the later draws differ
    from the earlier by half a standard deviation, or where the chains still are where they
    started: they may be on their way, or stuck.

    Parameters
    ----------
    log_target
        Takes (points, parameters), returns (points,).
    starts
        (chains, parameters).
    ellipses
        What the target is about.
    rng
        Source of randomness.
    """
    points, kept = starts, []
    for step in range(_FORGOTTEN + _KEPT):
        points = move(log_target, points, ellipses, rng)
        if step >= _FORGOTTEN:
            kept.append(points)
    draws = np.array(kept)
    spread = draws.reshape(-1, starts.shape[1]).var(axis=0)
    between = draws.mean(axis=0).var(axis=0)
    half = _KEPT // 2
    drift = np.abs(draws[:half].mean(axis=(0, 1)) - draws[half:].mean(axis=(0, 1)))
    effective = min(float((len(starts) * spread / between).min()), draws.shape[0] * len(starts))
    stuck = ((starts - starts.mean(axis=0)) * (points - points.mean(axis=0))).mean(axis=0)
    if (drift > np.sqrt(spread) / 2).any() or (
        stuck > 0.7 * starts.std(axis=0) * points.std(axis=0)
    ).any():
        effective = 1.0
    return draws.reshape(-1, starts.shape[1]), effective
