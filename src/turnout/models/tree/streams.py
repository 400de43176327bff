"""Random numbers of places that are drawn together, each part of them from a stream of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from scipy.special import ndtri

from turnout.arrays import Ints, Singles
from turnout.models.monte_carlo import random_bits

_AT_ONCE = 1 << 14


def stream(entropy: int, *key: int) -> np.random.Generator:
    """Return random numbers that are told apart from all others of a seed by a key.

    >>> stream(1, 2).random() == stream(1, 2).random()
    True
    >>> stream(1, 2).random() == stream(1, 3).random()
    False
    """
    return np.random.default_rng(np.random.SeedSequence(entropy, spawn_key=key))


class ByInversion(np.random.Generator):
    """A generator that draws normal numbers of single precision by inversion, which is faster.

    Each is the quantile at one of 65,536 equally likely levels: the distribution function is met
    to 1/131,072, and the variance is 1. Source: Devroye (1986), section II.2.
    """

    def standard_normal(self, size: Any = None, dtype: Any = np.float64, out: Any = None) -> Any:
        """Draw standard normal numbers; see `numpy.random.Generator.standard_normal`.

        Examples
        --------
        >>> drawn = ByInversion(np.random.PCG64(1)).standard_normal(9_999, dtype=np.float32)
        >>> round(float(drawn.mean()), 1), round(float(drawn.std()), 1)
        (0.0, 1.0)
        """
        if np.dtype(dtype) != np.float32 or size is None or out is not None:
            return super().standard_normal(size, dtype, out)
        drawn = np.empty(size, dtype=np.float32)
        flat, quantiles = drawn.reshape(-1), _normal_quantiles()
        bits = random_bits(flat.size, self)
        for start in range(0, flat.size, _AT_ONCE):
            at = slice(start, start + _AT_ONCE)
            quantiles.take(bits[at], out=flat[at], mode="clip")
        return drawn


def place_stream(entropy: int, *key: int) -> ByInversion:
    """Return a `stream` of what is drawn of places, which are many."""
    return ByInversion(stream(entropy, *key).bit_generator)


@cache
def _normal_quantiles() -> Singles:
    """Return the quantiles of the standard normal law at 65,536 levels, of variance 1."""
    quantiles = ndtri((np.arange(1 << 16) + 0.5) / (1 << 16))
    return np.asarray(quantiles / quantiles.std(), dtype=np.float32)


@dataclass(frozen=True)
class Streams:
    """The streams of random numbers of a tree's parts.

    Parts that are drawn together get the numbers that each would get alone.

    Parameters
    ----------
    rngs
        One stream per part.
    part
        (nodes,) number of the part that each node of the tree belongs to.
    """

    rngs: tuple[np.random.Generator, ...]
    part: Ints

    @classmethod
    def of_one(cls, rng: np.random.Generator, nodes: int) -> Streams:
        """Return the stream of a tree of one part, which has so many nodes."""
        return cls((rng,), np.zeros(nodes, dtype=np.intp))

    def spawned(self) -> Streams:
        """Return streams of their own for what is drawn after all else."""
        return Streams(tuple(rng.spawn(1)[0] for rng in self.rngs), self.part)

    def normal(self, nodes: Ints, *shape: int) -> Singles:
        """Draw standard normal numbers for some nodes, (nodes, *shape).

        Examples
        --------
        >>> together = Streams((stream(1, 2), stream(1, 3)), np.array([0, 0, 1]))
        >>> alone = Streams.of_one(stream(1, 3), 3)
        >>> bool((together.normal(np.arange(3), 4)[2] == alone.normal(np.array([2]), 4)[0]).all())
        True
        """
        drawn = np.empty((len(nodes), *shape), dtype=np.float32)
        part = self.part[nodes]
        starts = np.flatnonzero(np.diff(part, prepend=-1))
        for start, end in zip(starts, np.append(starts[1:], len(part)), strict=True):
            rng = self.rngs[part[start]]
            drawn[start:end] = rng.standard_normal((end - start, *shape), dtype=np.float32)
        return drawn
