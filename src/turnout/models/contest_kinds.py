"""The kinds of office of a panel's contests, as arrays (docs/model.md, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.areas.contests import kinds_of, scores_of_days
from turnout.arrays import Bools, Floats
from turnout.kinds import MIDDLE


@dataclass(frozen=True)
class ContestKinds:
    """Kinds of office of contests.

    Parameters
    ----------
    score
        (contests,) how high the highest office of the day stands, less the middle's; 0 where
        nothing is known.
    known
        (contests,) whether something is known.
    in_common
        (contests, contests) share of the offices in common: the cosine between the sets, with
        that of unknown ones only the type's own; 1 between contests of one type and one set.
    """

    score: Floats
    known: Bools
    in_common: Floats

    @classmethod
    def of(cls, contests: pd.DataFrame) -> ContestKinds:
        """Return the kinds of a panel's contests."""
        score = scores_of_days(contests)
        known = np.isfinite(score)
        # A type whose offices nobody knows is an office of its own.
        types = contests["election_type"]
        offices = [
            kind.offices or frozenset({f"the {name}'s"})
            for kind, name in zip(kinds_of(contests), types, strict=True)
        ]
        return cls(np.where(known, score - MIDDLE, 0.0), known, _cosines(offices))


def _cosines(sets: Sequence[frozenset[str]]) -> Floats:
    """Return the cosines between the indicators of sets, a positive semidefinite matrix.

    >>> _cosines([frozenset("ab"), frozenset("a"), frozenset("c")]).round(2).tolist()
    [[1.0, 0.71, 0.0], [0.71, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    elements = sorted(frozenset().union(*sets))
    indicators = np.array([[one in own for one in elements] for own in sets], dtype=np.float64)
    indicators /= np.sqrt(indicators.sum(axis=1, keepdims=True))
    return np.asarray(indicators @ indicators.T)
