"""What all blocks share: draws of everything above them (docs/model.md, section 20).

The parameters, the linear effects and the root are drawn by one stream, given the data of all
places, whose messages have reached the root. What is drawn below the root needs nothing else of
the other blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from turnout.arrays import Floats, Ints, Singles, as_slice
from turnout.models.tree.batch import Batch
from turnout.models.tree.blocks import Block
from turnout.models.tree.conditioning import children_of, compose, risen_spread, share_out
from turnout.models.tree.sampling import Vectors, draw_below, draw_targets, fill
from turnout.models.tree.streams import Streams, place_stream
from turnout.models.tree.upward_pass import TreeNode, Upward, upward


@dataclass(frozen=True)
class Above:
    """A batch of draws of everything above the blocks.

    Parameters
    ----------
    at
        (draws,) places of the draws among all.
    which
        (draws,) parameter draw of every draw.
    effects
        (draws, effects) drawn linear effects.
    number
        Which of `Shared.fixed` holds.
    covariances
        Of each integrated level below the root, (parameter draws, contests, contests).
    root
        (contests, draws) the root's values less their prior mean, logit.
    pull
        (totals' contests, draws) what a total of the root pulls at the blocks with; None where
        the root has no total.
    moved
        (draws,) what is added to the target contest everywhere (`Again`), logit.
    """

    at: Ints
    which: Ints
    effects: Floats
    number: int
    covariances: Mapping[int, Floats]
    root: Singles
    pull: Singles | None
    moved: Singles


@dataclass(frozen=True)
class Shared:
    """Draws of everything above the blocks.

    Parameters
    ----------
    entropy
        What all streams of random numbers come from.
    target
        Contest to forecast.
    fixed
        By number, the covariances (1, contests, contests) of the fitted levels.
    batches
        The draws.
    """

    entropy: int
    target: int
    fixed: tuple[Mapping[int, Floats], ...]
    batches: tuple[Above, ...]

    @property
    def count(self) -> int:
        """Number of draws."""
        return sum(len(batch.at) for batch in self.batches)

    def in_order(self, drawn: Sequence[Singles]) -> Singles:
        """Return the draws of all batches, (targets, draws), where each belongs."""
        if len(drawn) == 1:
            return drawn[0]
        out = np.empty((len(drawn[0]), self.count), dtype=np.float32)
        for batch, shares in zip(self.batches, drawn, strict=True):
            out[:, as_slice(batch.at)] = shares
        return out

    def streams(self, block: Block, batch: int) -> Streams:
        """Return the random numbers of a block in a batch of draws."""
        rngs = tuple(place_stream(self.entropy, *key, batch) for key in block.keys)
        return Streams(rngs, block.part)


def draw_block(block: Block, shared: Shared) -> Singles:
    """Draw the turnout of a block's places, (targets, draws), as a share.

    It is a function of its arguments alone: it may run in any thread, process or machine.
    """
    if not len(block.rows):  # a district that is no more: nothing of it is forecast
        return np.empty((0, shared.count), dtype=np.float32)
    passed: dict[int, Upward] = {}
    drawn: list[Singles] = []
    for number, above in enumerate(shared.batches):
        if above.number not in passed:
            passed = {above.number: _fixed(block, shared, above)}
        batch = _batch(block, shared, above, passed[above.number])
        streams = shared.streams(block, number)
        vectors, groups, _ = _begun(batch, above, streams)
        if above.pull is not None:
            share_out(batch, groups, vectors, above.pull[None])
        draw_below(batch, 1, vectors, streams)
        for level in vectors:
            vectors[level][:, shared.target] += above.moved
        shares = draw_targets(batch, block.targets, vectors, streams)
        if block.totals.below:
            shares = block.totals.settle(batch, shares, block.targets, streams.spawned())
        drawn.append(shares)
    return shared.in_order(drawn)


def made_of_root(block: Block, shared: Shared, number: int) -> tuple[Singles, Floats]:
    """Return what a block makes of the root's totals in a batch, and its covariance.

    (1, totals' contests, draws), as it is drawn without regard to them.
    """
    above = shared.batches[number]
    batch = _batch(block, shared, above, _fixed(block, shared, above))
    _, groups, made = _begun(batch, above, shared.streams(block, number))
    return made, risen_spread(batch, 0, groups)


def _begun(
    batch: Batch, above: Above, streams: Streams
) -> tuple[Vectors, Mapping[int, Ints], Singles]:
    """Draw a block's tops given the root, and what the root is made of by them."""
    vectors = Vectors.of(batch)
    vectors[0][0] = above.root
    groups = children_of(batch.tree, 0)
    for below, rows in groups.items():
        fill(batch, below, rows, vectors, streams)
    made = vectors.compositions[0]
    if len(batch.tree.totals.contests):
        made = compose(batch, 0, groups, vectors, streams)
    return vectors, groups, made


def _fixed(block: Block, shared: Shared, above: Above) -> Upward:
    """Pass the messages of a block's fitted levels."""
    covariances = shared.fixed[above.number]
    return upward(block.tree, covariances, sorted(covariances, reverse=True), {})


def _batch(block: Block, shared: Shared, above: Above, passed: Upward) -> Batch:
    """Pass the messages of a block's integrated levels, and return what its draws share."""
    covariances = {**shared.fixed[above.number], **above.covariances}
    levels = sorted(above.covariances, reverse=True)
    upper = upward(block.tree, covariances, levels, passed.pending)
    nodes: dict[int, TreeNode] = {**passed.nodes, **upper.nodes}
    return Batch(block.tree, nodes, above.which, above.effects, shared.target)
