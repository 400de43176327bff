"""Totals of the coming election that are known: the draws of the places below add up to them.

The messages take a total for an observation on the logit scale, which leaves the draws within a
fraction of a point of it: the logit of a mean is not the mean of logits, and single voters are
chance. What is left is settled here, draw by batch. Of a complete total every draw is its count; of
a partly counted one, its counted voters and drawn ones of the stations still open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from turnout.arrays import Bools, Floats, Ints, Singles
from turnout.forecast.settling import settled
from turnout.models.tree.batch import Batch
from turnout.models.tree.streams import Streams
from turnout.models.tree.targets import Targets, drawn_turnout


@dataclass(frozen=True)
class KnownTotals:
    """Totals of the coming election, in the order in which they are settled.

    Parameters
    ----------
    totals
        The places above those to forecast, and what is counted of them.
    below
        Rows of the targets below each.
    moving
        Rows of the targets among them that the total still moves: those that are neither
        complete nor below a complete total that was settled before.
    """

    totals: Targets
    below: tuple[Ints, ...]
    moving: tuple[Ints, ...]

    @classmethod
    def none(cls) -> KnownTotals:
        """Return the totals of an election of which none is known."""
        nothing = np.empty(0)
        none = Targets.before_the_count(np.empty(0, dtype=np.intp), nothing)
        return cls(none, (), ())

    def leaves_free(self, targets: int) -> Bools:
        """Return which of so many targets lie below no total that is known, (targets,)."""
        free = np.ones(targets, dtype=bool)
        for below in self.below:
            free[below] = False
        return free

    @property
    def of_the_whole(self) -> bool:
        """Whether the whole itself has such a total: then no part can be settled by itself."""
        return bool((self.totals.nodes == 0).any())

    def part(self, number: Ints, rows: Ints) -> KnownTotals:
        """Return the totals of some places.

        Parameters
        ----------
        number
            (nodes,) the places' numbers among themselves; -1 for all others.
        rows
            Rows of the targets among them.
        """
        own = np.flatnonzero(number[self.totals.nodes] >= 0).astype(np.intp)
        totals = self.totals.part(own)
        return KnownTotals(
            totals.at(number[totals.nodes]),
            tuple(np.searchsorted(rows, self.below[one]) for one in own),
            tuple(np.searchsorted(rows, self.moving[one]) for one in own),
        )

    def settle(self, batch: Batch, shares: Singles, targets: Targets, streams: Streams) -> Singles:
        """Return draws of turnout (targets x draws) that agree with the totals."""
        registered = targets.registered[:, None]
        voters = shares.astype(np.float64) * registered
        for number, (below, moving) in enumerate(zip(self.below, self.moving, strict=True)):
            total = self.totals.part(np.array([number], dtype=np.intp))
            size = targets.registered[below].sum()
            sums = voters[below].sum(axis=0)
            rng = streams.rngs[streams.part[total.nodes[0]]]
            wanted = self._turnout(batch, total, sums / size, rng) * size
            counted = targets.counted_voters[moving][:, None]
            still_open = (targets.registered - targets.counted_registered)[moving].clip(0)
            drawn = (voters[moving] - counted).clip(0)
            needed = wanted - (sums - voters[moving].sum(axis=0)) - counted.sum()
            voters[moving] = counted + settled(drawn, still_open, needed)
        return (voters / registered).astype(np.float32)

    def _turnout(
        self, batch: Batch, total: Targets, drawn: Floats, rng: np.random.Generator
    ) -> Floats:
        """Return the turnout of a total in every draw, given what its places were drawn as."""
        if total.counted_registered[0] >= total.registered[0]:
            return np.full(len(drawn), total.counted_voters[0] / total.counted_registered[0])
        node = total.nodes
        voted = total.counted_voters.clip(0, total.counted_registered) + 0.5
        stayed = total.counted_registered - voted + 1
        designs = batch.tree.designs[node, batch.target]
        measured = np.where(batch.tree.of_turnout, 0.0, designs) @ batch.effects.T
        edge = 0.5 / total.registered[0]
        logits = logit(drawn.clip(edge, 1 - edge))[None]
        away = np.log(voted / stayed)[:, None] - measured - logits
        share = total.selection / (total.selection + 1 / voted + 1 / stayed)
        sd = np.sqrt(total.selection * (1 - share).clip(0))
        above = share[:, None] * away + sd[:, None] * rng.standard_normal(logits.shape)
        rest = (logits - total.leverage[:, None] * above).astype(np.float32)
        return drawn_turnout(rest, total, [(slice(0, 1), rng)])[0].astype(np.float64)
