"""A coming election as inference sees it, and joint draws of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Floats, Ints, Singles, as_slice
from turnout.forecast import About, Note
from turnout.forecast.room import put, room_for
from turnout.models.monte_carlo import check_draws, check_seed
from turnout.models.notes import sample_notes
from turnout.models.tree.batch import Batch
from turnout.models.tree.blocks import (
    Block,
    block_of,
    direct_nodes,
    groups_of,
    keys_of,
    together,
    tops_of,
)
from turnout.models.tree.crown import Crown, draw_crown
from turnout.models.tree.inflation import inflate
from turnout.models.tree.known_totals import KnownTotals
from turnout.models.tree.posterior import TreeState
from turnout.models.tree.shared import Shared, draw_block
from turnout.models.tree.shocks import Again
from turnout.models.tree.streams import Streams, stream
from turnout.models.tree.targets import Targets
from turnout.models.tree.upward_pass import Tree
from turnout.threads import in_parallel, single_threaded

_CELLS = 10_000_000
_SETTLED = 1
# Nodes that are worth a round of work of their own.
_TOGETHER = 2_000


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
    def draw(self, count: int, seed: int | None, again: Again | None = None) -> Singles:
        """Return joint draws of turnout as a share, (targets, draws).

        Parameters
        ----------
        count
            Number of draws.
        seed
            Seed of the draws; None for one that nobody knows.
        again
            Past contest whose day's shock is supposed to come again.
        """
        crown = self.crown(count, seed, again)
        drawn = room_for(len(self.targets.nodes), count, np.float32)
        drawn[self.direct.rows] = crown.shares
        for rows, shares in drawn_by_block(self.blocks, crown.shared):
            if len(rows):
                put(drawn, as_slice(rows), shares)
        if self.totals.of_the_whole:
            self._settle(drawn, crown.shared)
        inflate(drawn, self.targets, self.totals.leaves_free(len(drawn)), self.inflation)
        if self.panel.count is not None:
            _with_all_voters(drawn, self.targets, self.panel.count.beyond[self.targets.nodes])
        return drawn

    @single_threaded
    def crown(self, count: int, seed: int | None, again: Again | None = None) -> Crown:
        """Draw everything above the blocks; the arguments are those of `draw`."""
        check_draws(count)
        check_seed(seed)
        entropy = np.random.SeedSequence(seed).entropy
        if not isinstance(entropy, int):
            raise AssertionError("a seed is one number")
        return draw_crown(
            self.state, self.direct, self.blocks, self.contest, (count, entropy), again
        )

    def about(self, model: str, seed: int | None) -> About:
        """Return how a forecast of it by a model of this name is made."""
        state = self.state
        return About(
            model=model,
            seed=seed,
            notes=(*self.notes, *sample_notes(state.posterior.effective)),
            diagnostics={
                "effective_sample_size": round(state.posterior.effective, 1),
                "outlying_observations": len(state.data.outlying),
            },
        )

    @property
    def blocks(self) -> Iterator[Block]:
        """The parts that can be drawn by themselves, small ones together, in the order of tops.

        Each is made when it is asked for: together they are as large as the tree.
        """
        groups, keys = groups_of(self.state.tree), self.keys
        for some in together(groups, _TOGETHER):
            yield self._block([groups[one] for one in some], [keys[one] for one in some])

    @cached_property
    def keys(self) -> list[tuple[int, ...]]:
        """What tells the random numbers of every part."""
        tops = tops_of(self.state.tree)
        level, keys = self.state.tree.level[tops], keys_of(self.panel.nodes, tops)
        return [(int(own), *key) for own, key in zip(level, keys, strict=True)]

    @cached_property
    def direct(self) -> Block:
        """The root and the places that no block holds."""
        return self._block([direct_nodes(self.state.tree)], [()])

    def _block(self, groups: Sequence[Ints], keys: Sequence[tuple[int, ...]]) -> Block:
        within = KnownTotals.none() if self.totals.of_the_whole else self.totals
        return block_of(self.state.tree, groups, keys, self.targets, within)

    def _settle(self, drawn: Singles, shared: Shared) -> None:
        """Make all draws agree with the totals of the coming election, the whole's among them."""
        for number, above in enumerate(shared.batches):
            rng = stream(shared.entropy, 0, _SETTLED, number)
            streams = Streams.of_one(rng, len(self.state.tree.parent))
            batch = Batch(self.state.tree, {}, above.which, above.effects, shared.target)
            shares = drawn[:, above.at]
            drawn[:, above.at] = self.totals.settle(batch, shares, self.targets, streams)


def _with_all_voters(drawn: Singles, targets: Targets, beyond: Floats) -> None:
    """Add counted voters beyond the registered: inference takes a place as all, a count is more.

    Whether they are on lists of added voters or wrong, totals are those of the count.
    """
    for row in np.flatnonzero((beyond > 0) & (targets.registered > 0)):
        drawn[row] += beyond[row] / targets.registered[row]


def drawn_by_block(blocks: Iterable[Block], shared: Shared) -> Iterator[tuple[Ints, Singles]]:
    """Yield the rows of every block in turn, and its draws, (targets, draws).

    See `turnout.threads.in_parallel` for where they are drawn.
    """
    rows: deque[Ints] = deque()

    def noted() -> Iterator[Block]:
        for block in blocks:
            rows.append(block.rows)
            yield block

    for shares in in_parallel(partial(draw_block, shared=shared), noted()):
        yield rows.popleft(), shares


def draws_at_once(tree: Tree, most: int = 1000) -> int:
    """Return how many draws fit into memory with the vectors of all inner nodes."""
    inner = max(1, int((tree.children > 0).sum()))
    return int(np.clip(_CELLS / (inner * tree.values.shape[1]), 50, most))
