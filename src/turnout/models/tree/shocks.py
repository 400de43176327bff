"""The shock of a past polling day, supposed to come again (docs/model.md, section 19)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Floats, Singles
from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.models.monte_carlo import symmetric_root
from turnout.models.tree.batch import Batch, floored
from turnout.models.tree.kernels import COMPONENTS
from turnout.models.tree.posterior import TreeState


@dataclass(frozen=True)
class Again:
    """A past contest whose day's shock is to come again.

    Parameters
    ----------
    contest
        Its row number.
    """

    contest: int

    def moves(
        self, state: TreeState, batch: Batch, parameters: Floats, root: Singles,
        rng: np.random.Generator,
    ) -> Singles:  # fmt: skip
        """Draw by how much the coming contest moves everywhere if it has that shock at the root.

        Parameters
        ----------
        state, batch
            Inference, and what the draws share.
        parameters
            (distinct, parameters) of the batch.
        root
            (contests, draws) the root's values.
        rng
            Source of randomness.

        Returns
        -------
        numpy.ndarray
            (draws,) logit.
        """
        own = state.by_level(parameters)[0]
        parts = state.kernel.components(own)
        covariance = parts.sum(axis=-3) + state.root.covariance
        shock = parts[:, COMPONENTS.index("shock")]
        values = root.astype(np.float64).T
        contests = (self.contest, batch.target)
        moved = moved_by(values, covariance, shock, batch.which, contests, rng)
        return moved.astype(np.float32)


def moved_by(
    root: Floats,
    covariance: Floats,
    shock: Floats,
    which: np.ndarray,
    contests: tuple[int, int],
    rng: np.random.Generator,
) -> Floats:
    """Draw by how much another day's shock in place of its own moves a contest.

    Given the root's values f ~ N(0, C), the shocks s of all contests are N(S C^-1 f, S - S C^-1 S)
    with the shocks' covariance S.

    Parameters
    ----------
    root
        (draws, contests) values of the root less their mean, logit.
    covariance, shock
        (parameters, contests, contests) C and S.
    which
        (draws,) row of the parameters of each draw.
    contests
        The past contest, and the one that is to have its shock.
    rng
        Source of randomness.

    Returns
    -------
    numpy.ndarray
        (draws,) shock of the past contest less that of the other, logit.
    """
    rows = shock[:, list(contests)]
    gain = np.linalg.solve(floored(covariance), rows.swapaxes(-1, -2)).swapaxes(-1, -2)
    spread = rows[:, :, list(contests)] - gain @ rows.swapaxes(-1, -2)
    mean = np.einsum("dpc,dc->dp", gain[which], root)
    noise = rng.standard_normal((len(root), 2, 1))
    drawn = mean + (symmetric_root(spread)[which] @ noise)[..., 0]
    return np.asarray(drawn[:, 0] - drawn[:, 1])


def past_contest(contests: pd.DataFrame, target: int, said: str) -> int:
    """Return the row of the past contest that is meant by a label or a year.

    Raises
    ------
    TurnoutError
        If none is meant, or the year has contests of several days and none is of the coming type.
    """
    past = contests.reset_index(drop=True).drop(index=target)
    found = past[past["election"] == said]
    if found.empty:
        found = past[past["date"].dt.year.astype(str) == said]
        of_type = found[found["election_type"] == contests["election_type"].iloc[target]]
        found = of_type if len(of_type) else found
    if found.empty or found["date"].nunique() > 1:
        raise TurnoutError(_UNKNOWN, said=said, known=list(past["election"]))
    return int(found.index[0])


_UNKNOWN = Text(
    en="--like {said}: no past election, or several, are meant by that. Name one of: "
    "{known:list20}.",
    id="--like {said}: tidak ada pemilihan lalu yang dimaksud, atau lebih dari satu. Sebutkan "
    "salah satu: {known:list20}.",
)
