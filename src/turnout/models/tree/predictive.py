"""A coming election as inference sees it, and joint draws of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Singles
from turnout.forecast import Note
from turnout.models.monte_carlo import check_draws
from turnout.models.threads import single_threaded
from turnout.models.tree.inflation import inflated
from turnout.models.tree.known_totals import KnownTotals
from turnout.models.tree.posterior import TreeState
from turnout.models.tree.sampling import Targets, blocks, draw_inner, draw_targets
from turnout.models.tree.shocks import Again
from turnout.models.tree.upward_pass import Tree

_CELLS = 10_000_000


@dataclass(frozen=True)
class Predictive:
    """A coming election, ready to be drawn.

    Parameters
    ----------
    panel
        Places by contests, the coming election among them.
    state
        Inference on it.
    contest
        Row number of the coming election.
    targets
        The places to forecast.
    notes
        What the reader of a forecast has to know.
    totals
        Totals of the election that are known.
    inflation
        Factor on the standard deviation of what is still out, by the record of past contests.
    """

    panel: Panel
    state: TreeState
    contest: int
    targets: Targets
    notes: tuple[Note, ...]
    totals: KnownTotals = field(default_factory=KnownTotals.none)
    inflation: float = 1.0

    @single_threaded
    def draw(self, count: int, rng: np.random.Generator, again: Again | None = None) -> Singles:
        """Return joint draws of turnout as a share, (targets, draws).

        Parameters
        ----------
        count
            Number of draws.
        rng
            Source of randomness.
        again
            Past contest whose day's shock is supposed to come again.
        """
        check_draws(count)
        state = self.state
        pieces = blocks(state.tree, self.targets.nodes)
        chosen = rng.permutation(state.posterior.pick(count, rng))
        drawn = np.empty((len(self.targets.nodes), count), dtype=np.float32)
        step = draws_at_once(state.tree)
        for at in state.batches(chosen, step):
            batch = state.draw(chosen[at], self.contest, rng)
            vectors = draw_inner(batch, rng)
            if again is not None:
                parameters = state.posterior.draws[np.unique(chosen[at])]
                again.suppose(state, batch, parameters, vectors, rng)
            rngs = rng.spawn(len(pieces))
            shares = draw_targets(batch, self.targets, vectors, rngs)
            if self.totals.below:
                shares = self.totals.settle(batch, shares, self.targets, rng.spawn(1)[0])
            consecutive = at[-1] - at[0] + 1 == len(at)
            drawn[:, slice(at[0], at[-1] + 1) if consecutive else at] = shares
        return inflated(drawn, self.targets, self.totals.leaves_free(len(drawn)), self.inflation)


def draws_at_once(tree: Tree) -> int:
    """Return how many draws fit into memory with the vectors of all inner nodes."""
    inner = max(1, int((tree.children > 0).sum()))
    return int(np.clip(_CELLS / (inner * tree.values.shape[1]), 50, 1000))
