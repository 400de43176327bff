"""Results that the model finds hard to believe."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.special import expit

from turnout.arrays import Floats, Ints
from turnout.models.tree.predictive import Predictive, draws_at_once
from turnout.models.tree.sampling import Batch, Singles, draw_inner, values_above
from turnout.models.tree.streams import Streams
from turnout.schema import PLACE_COLUMNS


def unusual_results(
    predictive: Predictive, rng: np.random.Generator, count: int = 400
) -> pd.DataFrame:
    r"""Return every result of the finest places with how unusual it is, the most unusual first.

    A result is held against what its place's other contests and the places around it lead to
    expect. With the place's observations z less the value of the place above, and C their
    covariance, the standardised residual of one given the others is
    :math:`(C^{-1} z)_i / \sqrt{(C^{-1})_{ii}}` (Sundararajan and Keerthi [1]_), which the
    messages hold ready.

    Parameters
    ----------
    predictive
        The coming election.
    rng
        Source of randomness.
    count
        Number of draws of the places above.

    Returns
    -------
    pandas.DataFrame
        The place columns, area_id, election, date, turnout and expected (shares), residual (in
        standard deviations; beyond 3 is rare), drawn_in (whether it was so far off that it counts
        as less extreme than it is).

    References
    ----------
    .. [1] Sundararajan & Keerthi (2001), Neural Computation 13(5).
    """
    panel, state = predictive.panel, predictive.state
    residual, expected = _expectations(predictive, count, rng)
    node, contest = np.nonzero((state.tree.weights > 0) & (state.tree.level > 0)[:, None])
    before = contest != predictive.contest
    node, contest = node[before], contest[before]
    drawn_in = np.zeros(residual.shape, dtype=bool)
    drawn_in[tuple(state.data.outlying.T)] = True
    turnout = panel.grid("voters") / panel.grid("registered")
    places = panel.nodes[[*PLACE_COLUMNS, "area_id"]].iloc[node].reset_index(drop=True)
    when = panel.contests[["election", "date"]].iloc[contest].reset_index(drop=True)
    table = pd.concat([places, when], axis=1).assign(
        turnout=turnout[node, contest],
        expected=expit(expected[node, contest] + state.tree.center[contest]),
        residual=residual[node, contest],
        drawn_in=drawn_in[node, contest],
    )
    order = np.lexsort([-table["residual"].abs(), ~table["drawn_in"]])
    return table.iloc[order].reset_index(drop=True)


def _expectations(
    predictive: Predictive, count: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return residuals and expected logits less the center, nodes x contests; means of draws."""
    tree, state = predictive.state.tree, predictive.state
    chosen = rng.permutation(state.posterior.pick(count, rng))
    residual, expected = np.zeros((2, *tree.values.shape))
    step = draws_at_once(tree)
    for at in state.batches(chosen, step):
        rows = chosen[at]
        batch = state.draw(rows, predictive.contest, rng)
        vectors = draw_inner(batch, Streams.of_one(rng, len(batch.tree.parent)))
        for level in range(1, len(tree.nodes)):
            leaves = tree.nodes[level][tree.children[tree.nodes[level]] == 0]
            if len(leaves):
                far, near = _given_the_others(batch, leaves, vectors)
                residual[leaves] += far * len(rows) / count
                expected[leaves] += near * len(rows) / count
    return residual, expected


def _given_the_others(
    batch: Batch, leaves: Ints, vectors: Mapping[int, Singles]
) -> tuple[Floats, Floats]:
    """Return residuals and expected values of leaves of one level, means over draws."""
    up = batch.nodes[int(batch.tree.level[leaves[0]])].up
    which, effects = batch.which, batch.effects
    if len(up.precision) == 1:  # all draws share the variances: means tell the same
        which, effects = np.zeros(1, dtype=np.intp), effects.mean(axis=0, keepdims=True)
        vectors = {level: one.mean(axis=-1, keepdims=True) for level, one in vectors.items()}
    above = np.moveaxis(np.asarray(values_above(batch.tree, leaves, vectors)), -1, 0)[..., None]
    position = batch.tree.position[leaves]
    precision = up.precision[which][:, position]
    columns = np.concatenate([np.ones((len(effects), 1)), -effects], axis=1)[:, None, :, None]
    told = (up.shift[which][:, position] @ columns - precision @ above)[..., 0]
    own = np.diagonal(precision, axis1=-2, axis2=-1)
    own = np.where(own > 0, own, np.inf)
    expected = batch.tree.values[leaves] - told / own
    return (told / np.sqrt(own)).mean(axis=0), expected.mean(axis=0)
