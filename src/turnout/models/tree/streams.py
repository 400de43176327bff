"""Random numbers of places that are drawn together, each part of them from a stream of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turnout.arrays import Ints, Singles


def stream(entropy: int, *key: int) -> np.random.Generator:
    """Return random numbers that are told apart from all others of a seed by a key.

    >>> stream(1, 2).random() == stream(1, 2).random()
    True
    >>> stream(1, 2).random() == stream(1, 3).random()
    False
    """
    return np.random.default_rng(np.random.SeedSequence(entropy, spawn_key=key))


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
