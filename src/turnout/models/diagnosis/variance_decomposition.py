"""Where the uncertainty of a forecast comes from: the shares of its variance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Floats, Ints
from turnout.models.tree.kernels import TERMS
from turnout.models.tree.posterior import TreeState
from turnout.models.tree.predictive import Predictive, draws_at_once
from turnout.models.tree.root import SOURCES
from turnout.models.tree.sampling import Batch, Singles, Targets, draw_inner, draw_targets
from turnout.models.tree.streams import Streams

# Places that stand for all; cells of draws x places that are drawn, and held at once.
_PLACES = 300
_CELLS = 40_000_000
_AT_ONCE = 5_000_000


def variance_sources(
    predictive: Predictive, rng: np.random.Generator, count: int = 4000
) -> pd.DataFrame:
    """Return the shares of a forecast's variance by where it comes from.

    A source's share is its covariance with the forecast over the forecast's variance (logit), so
    that shares add up to 1; that of a source which offsets others can lie below 0.

    Parameters
    ----------
    predictive
        The coming election.
    rng
        Source of randomness.
    count
        Number of draws; fewer where there are very many places.

    Returns
    -------
    pandas.DataFrame
        of (``whole``, or ``place`` for the mean over places, weighted by registered voters),
        source, share, and sd (standard deviation of the turnout that is forecast, a share).
        Sources are the election's own ``shock``, what its ``type`` usually draws and its
        ``drift``, all three of the whole; ``effects`` of covariates and activities; by scale, the
        places' own deviations; and ``counting``, the chance of single voters.
    """
    view = _View.of(predictive)
    count = min(count, max(200, _CELLS // len(predictive.targets.nodes)))
    turnout, parts = _draw_parts(view, count, rng)
    registered = view.mixed(predictive.targets.registered)
    edge = 0.5 / np.fmax(registered, 1.0)[:, None]
    logits = np.log(turnout.clip(edge, 1 - edge)) - np.log1p(-turnout.clip(edge, 1 - edge))
    away = logits - logits.mean(axis=1, keepdims=True)
    variance = (away**2).mean(axis=1)
    # On this scale a place of one voter never varies: all that is open there is chance.
    varies = variance > 0
    variance = np.where(varies, variance, 1.0)
    shares = {name: (part * away).mean(axis=1) / variance for name, part in parts.items()}
    rate = turnout.mean(axis=1).clip(edge[:, 0], 1 - edge[:, 0])
    counting = np.where(varies, view.chance(rate) / variance, 1.0)
    rest = 1 - counting - sum(shares.values())
    if view.scales:
        shares[view.scales[-1]] = rest
    else:
        # The whole has no places of its own: what is left over is the chance of these draws.
        told = np.where(varies, 1 - counting - rest, 1.0)
        shares = {name: share * (1 - counting) / told for name, share in shares.items()}
    shares["counting"] = counting
    weights = {"whole": np.eye(len(registered))[0]}
    if view.scales:
        weights["place"] = np.append(0.0, registered[1:] / registered[1:].sum())
    spread = turnout.var(axis=1)
    rows = [
        {"of": of, "source": name, "share": weight @ share, "sd": np.sqrt(weight @ spread)}
        for of, weight in weights.items()
        for name, share in shares.items()
    ]
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class _View:
    """The whole and some places that stand for all, and their ways up to the root.

    Parameters
    ----------
    targets
        The places to forecast.
    scales
        Scales below the root, down to the places' own.
    above
        Per level from the root to the one above the places, each place's nearest node there.
    sample
        Places that stand for all.
    predictive
        The coming election.
    """

    targets: Targets
    scales: list[str]
    above: list[Ints]
    sample: Ints
    predictive: Predictive

    @classmethod
    def of(cls, predictive: Predictive) -> _View:
        """Find the ways from the places to forecast up to the root."""
        tree, nodes = predictive.state.tree, predictive.targets.nodes
        finest = int(tree.level[nodes].max())
        above = []
        for level in range(finest):
            pointer = np.where(tree.level[nodes] > 0, tree.parent[nodes], 0)
            while (beyond := tree.level[pointer] > level).any():
                pointer = np.where(beyond, tree.parent[pointer], pointer)
            above.append(pointer)
        sample = np.arange(0, len(nodes), -(-len(nodes) // _PLACES))
        return cls(
            predictive.targets, predictive.panel.scales[1 : finest + 1], above, sample, predictive
        )

    @property
    def weight(self) -> Floats:
        """Each place's share of the registered voters."""
        return self.targets.registered / self.targets.registered.sum()

    def mixed(self, values: Floats) -> Floats:
        """Return the mean, which is the whole's, and each value of a place that stands for all."""
        return np.concatenate([(self.weight @ values)[None], values[self.sample]])

    def mixed_above(self, level: int, batch: Batch, vectors: Mapping[int, Singles]) -> Floats:
        """Return the drawn values of the nodes above at a level, the whole's mean first."""
        nodes, number = np.unique(self.above[level], return_inverse=True)
        values = np.empty((len(nodes), len(batch.which)))
        for own in np.unique(batch.tree.level[nodes]):
            here = batch.tree.level[nodes] == own
            values[here] = vectors[int(own)][batch.tree.position[nodes[here]], batch.target]
        whole = np.bincount(number, weights=self.weight) @ values
        return np.concatenate([whole[None], values[number[self.sample]]])

    def chance(self, rate: Floats) -> Floats:
        """Return the variance of the logits that single voters make, where not yet counted."""
        rest = (self.targets.registered - self.targets.counted_registered).clip(0)
        whole = rest.sum() / self.targets.registered.sum() ** 2
        places = (rest / self.targets.registered**2)[self.sample]
        return np.append(whole, places) / (rate * (1 - rate))


def _draw_parts(
    view: _View, count: int, rng: np.random.Generator
) -> tuple[Floats, dict[str, Floats]]:
    """Draw turnout and the parts that it is made of, all but the places' own; (rows, draws)."""
    state, targets = view.predictive.state, view.targets
    chosen = rng.permutation(state.posterior.pick(count, rng))
    step = min(draws_at_once(state.tree), max(10, _AT_ONCE // len(targets.nodes)))
    turnout, parts = [], []
    for at in state.batches(chosen, step):
        rows = chosen[at]
        batch = state.draw(rows, view.predictive.contest, rng)
        streams = Streams.of_one(rng, len(state.tree.parent))
        vectors = draw_inner(batch, streams)
        drawn = draw_targets(batch, targets, vectors, streams)
        turnout.append(view.mixed(drawn.astype(np.float64)))
        root = root_sources(state, np.unique(rows), batch, vectors[0][0].astype(np.float64))
        parts.append(_parts(view, batch, vectors, root))
    joined = {name: np.concatenate([one[name] for one in parts], axis=1) for name in parts[0]}
    return np.concatenate(turnout, axis=1), joined


def root_sources(state: TreeState, rows: Ints, batch: Batch, root: Floats) -> dict[str, Floats]:
    r"""Return what shock, type and drift are expected to add, given the root's drawn values f.

    Component c at the coming election t is expected to be :math:`K_c(t, \cdot) K^{-1} f`, whose
    covariance with the forecast is that of the component itself: given f, nothing else of the
    component is in the forecast.

    Parameters
    ----------
    state
        Inference.
    rows
        Rows of the posterior that ``batch.which`` counts through.
    batch
        The batch of draws.
    root
        (contests, draws) the root's values.
    """
    parts = state.kernel.components(state.by_level(state.posterior.draws[rows])[0])
    own = np.stack(list(state.root.terms.values()))
    parts = np.concatenate([parts, np.broadcast_to(own, (len(parts), *own.shape))], axis=1)
    sources = [term.source for term in TERMS] + [SOURCES[name] for name in state.root.terms]
    whole = parts.sum(axis=1)
    size = whole.shape[-1]
    floor = 1e-9 * np.trace(whole, axis1=-2, axis2=-1)[:, None, None] / size
    inverse = np.linalg.inv(whole + floor * np.eye(size))[batch.which]
    solved = np.einsum("dij,jd->di", inverse, root)
    added = np.einsum("dct,dt->cd", parts[batch.which][:, :, batch.target], solved)
    return {
        source: added[[own == source for own in sources]].sum(axis=0)
        for source in dict.fromkeys(("shock", *sources))
    }


def _parts(
    view: _View, batch: Batch, vectors: Mapping[int, Singles], root: Mapping[str, Floats]
) -> dict[str, Floats]:
    """Return what each source adds to the whole and to the places, (rows, draws)."""
    rows = 1 + len(view.sample)
    parts = {name: np.tile(part, (rows, 1)) for name, part in root.items()}
    designs = batch.tree.designs[view.targets.nodes, batch.target]
    own = np.where(batch.tree.of_turnout, designs, 0.0)
    if own.any():
        parts["effects"] = view.mixed(own) @ batch.effects.T
    for level in range(1, len(view.above)):
        here = view.mixed_above(level, batch, vectors)
        parts[view.scales[level - 1]] = here - view.mixed_above(level - 1, batch, vectors)
    return parts
