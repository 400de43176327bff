"""What every tool is asked, and what it must say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.rolling_origin import Fold

PROBABILITIES = np.array([0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95])
LEVELS = (0.9, 0.8, 0.5)
DRAWS = 1000


@dataclass(frozen=True)
class Task:
    """A contest to forecast: `past` (area, election, date, type, share, registered), `coming`.

    The past has all areas of the history, also those of older boundaries, as our models get it.
    """

    past: pd.DataFrame
    coming: pd.DataFrame
    election_type: str

    @classmethod
    def of(cls, fold: Fold) -> Task:
        past = fold.history.rename(columns={"election_type": "type"})
        share = np.minimum(past["voters"], past["registered"]) / past["registered"]
        past = past.assign(share=share.clip(0.005, 0.995)).sort_values("date", kind="stable")
        coming = fold.actual[["area", "registered"]].assign(type=fold.election.election_type)
        return cls(past, coming, fold.election.election_type)

    @property
    def weights(self) -> np.ndarray:
        return (self.coming["registered"] / self.coming["registered"].sum()).to_numpy()

    def whole(self) -> pd.DataFrame:
        """Past shares of all areas together."""
        grouped = self.past.groupby(["date", "election", "type"], as_index=False)
        sums = grouped[["voters", "registered"]].sum()
        return sums.assign(share=(sums["voters"] / sums["registered"]).clip(0.005, 0.995))


@dataclass(frozen=True)
class Said:
    """Quantiles: areas (probabilities x areas) and whole (probabilities)."""

    areas: np.ndarray
    whole: np.ndarray

    def __post_init__(self) -> None:
        if not (np.isfinite(self.areas).all() and np.isfinite(self.whole).all()):
            raise ValueError("the tool said quantiles that are no numbers")

    @classmethod
    def of_draws(cls, draws: np.ndarray, task: Task) -> Said:
        return cls(
            np.quantile(draws, PROBABILITIES, axis=0),
            np.quantile(draws @ task.weights, PROBABILITIES),
        )

    @classmethod
    def of_intervals(cls, areas: np.ndarray, whole: np.ndarray) -> Said:
        """Of a tool with intervals of its own for the whole."""
        return cls(np.clip(np.sort(areas, axis=0), 0, 1), np.clip(np.sort(whole), 0, 1))

    @classmethod
    def together(cls, areas: np.ndarray, task: Task) -> Said:
        """Of a tool with intervals for single rows only: the whole as if all moved together."""
        ordered = np.clip(np.sort(areas, axis=0), 0, 1)
        return cls(ordered, ordered @ task.weights)
