"""Drawing what lies above the blocks, and the places that no block holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from turnout.arrays import Floats, Ints, Singles
from turnout.models.tree.batch import Batch
from turnout.models.tree.blocks import Block
from turnout.models.tree.conditioning import Vectors, pull_at
from turnout.models.tree.posterior import TreeState
from turnout.models.tree.sampling import draw_root, draw_targets
from turnout.models.tree.shared import Above, Shared, made_of_root
from turnout.models.tree.shocks import Again
from turnout.models.tree.streams import Streams, stream
from turnout.models.tree.upward_pass import upward

# Draws of a batch. It is a part of the streams' keys, so it depends on nothing.
_BATCH = 1_000
_STREAM = 0


@dataclass(frozen=True)
class Crown:
    """Draws of everything above the blocks, and of the places directly below the whole.

    Parameters
    ----------
    shared
        What all blocks share.
    shares
        (direct targets, draws) turnout of the places that no block holds.
    """

    shared: Shared
    shares: Singles


@dataclass(frozen=True)
class _Begun:
    """A batch whose root is drawn: what goes on from there."""

    above: Above
    batch: Batch
    vectors: Vectors
    streams: Streams


def draw_crown(
    state: TreeState,
    direct: Block,
    blocks: Iterable[Block],
    target: int,
    chance: tuple[int, int],
    again: Again | None = None,
) -> Crown:
    """Draw everything above the blocks, given the data of all of them.

    Parameters
    ----------
    state
        Inference on all places.
    direct
        The root and the places that no block holds.
    blocks
        The blocks; a total of the root is shared out among them.
    target
        Contest to forecast.
    chance
        Number of draws, and the entropy of all random numbers.
    again
        Past contest whose day's shock is supposed to come again.
    """
    count, entropy = chance
    rng = stream(entropy, _STREAM)
    chosen = rng.permutation(state.posterior.pick(count, rng))
    begun = [
        _begin(state, direct, (chosen[at], at), target, stream(entropy, _STREAM, number), again)
        for number, at in enumerate(state.batches(chosen, _BATCH))
    ]
    sizes = 1 if state.scatter is None else len(state.scatter.sizes)
    fixed = tuple(state.fixed_on_the_night(number) for number in range(sizes))
    shared = Shared(entropy, target, fixed, tuple(one.above for one in begun))
    if not np.isnan(state.tree.totals.values[0]).all():
        pulls = _pulls(shared, blocks, begun)
        batches = (
            replace(above, pull=pull) for above, pull in zip(shared.batches, pulls, strict=True)
        )
        shared = replace(shared, batches=tuple(batches))
    shares = np.empty((len(direct.rows), count), dtype=np.float32)
    if len(direct.rows):
        for one in begun:
            one.vectors[0][0, target] += one.above.moved
            shares[:, one.above.at] = draw_targets(
                one.batch, direct.targets, one.vectors, one.streams
            )
    return Crown(shared, shares)


def _begin(
    state: TreeState,
    direct: Block,
    draws: tuple[Ints, Ints],
    target: int,
    rng: np.random.Generator,
    again: Again | None,
) -> _Begun:
    """Draw parameters' effects and the root of a batch: rows of the posterior, and their places."""
    rows, at = draws
    parameters = state.posterior.draws[np.unique(rows)]
    number = int(state.numbers(parameters[:1])[0])
    whole = state.draw_above(rows, target, rng)
    covariances = state.integrated_on_the_night(parameters)
    below = {level: own for level, own in covariances.items() if level}
    known = state.fixed_on_the_night(number) | below
    nodes = upward(direct.tree, known, sorted(known, reverse=True), {}).nodes
    batch = replace(whole, tree=direct.tree, nodes={**nodes, 0: whole.nodes[0]})
    streams = Streams.of_one(rng, len(direct.nodes))
    vectors = draw_root(batch, streams)
    root = vectors[0][0].copy()
    nothing: Singles = np.zeros(len(at), dtype=np.float32)
    moved = nothing if again is None else again.moves(state, whole, parameters, root, rng)
    above = Above(at, whole.which, whole.effects, number, below, root, None, moved)
    return _Begun(above, batch, vectors, streams)


def _pulls(shared: Shared, blocks: Iterable[Block], begun: Sequence[_Begun]) -> list[Singles]:
    """Return what a total of the root pulls at the blocks with, in every batch."""
    made = [np.zeros_like(one.vectors.compositions[0]) for one in begun]
    spread: list[Floats] = [np.zeros((1, 1, part.shape[1], part.shape[1])) for part in made]
    for block in blocks:
        for number in range(len(begun)):
            its, own = made_of_root(block, shared, number)
            made[number] += its
            spread[number] = spread[number] + own
    return [
        pull_at(one.batch, 0, (its, own), one.vectors, one.streams)[0]
        for one, its, own in zip(begun, made, spread, strict=True)
    ]
