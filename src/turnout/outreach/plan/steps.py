"""Single activities as steps with diminishing gain: what an allocation chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from turnout.arrays import Floats, Ints
from turnout.doses import saturating
from turnout.errors import TurnoutError
from turnout.language import Text

_MOST = 20_000_000


@dataclass(frozen=True)
class Field:
    """Places and options with what an activity changes there.

    Parameters
    ----------
    registered
        Voters per place.
    worth
        Per place, voters gained per unit of logit: registered x mean of p (1 - p).
    reached
        Places x options: people met already.
    reach, price, effect
        Per option: people per activity, what it takes of the budget, expected logit per dose.
    reachable
        Whether staff can go to a place.
    """

    registered: Floats
    worth: Floats
    reached: Floats
    reach: Floats
    price: Floats
    effect: Floats
    reachable: NDArray[np.bool_]

    def dose(self, counts: Floats) -> Floats:
        """Return the dose that `counts` activities (places x options) add."""
        size = np.maximum(self.registered, 1.0)[:, None]
        before = self.reached / size
        return saturating(before + counts * self.reach / size) - saturating(before)

    def gain(self, counts: Floats) -> float:
        """Return the expected gain of activities in voters."""
        return float(self.worth @ (self.dose(counts) @ self.effect))

    def most(self) -> Ints:
        """Return the activities (places x options) that meet every voter once."""
        left = np.maximum(self.registered[:, None] - self.reached, 0.0)
        return np.where(self.reachable[:, None], np.ceil(left / self.reach), 0).astype(np.intp)


@dataclass(frozen=True)
class Steps:
    """Every activity that could be held, one entry each.

    Parameters
    ----------
    place, option
        Where, and of which option.
    gain
        Expected voters gained by this activity after those of the same place and option before.
    price
        What it takes of the budget.
    """

    place: Ints
    option: Ints
    gain: Floats
    price: Floats

    @cached_property
    def density(self) -> Floats:
        """Gain per unit of budget."""
        return self.gain / self.price

    @cached_property
    def by_gain(self) -> Ints:
        """The steps by gain per unit of budget, largest first."""
        return np.argsort(-self.density, kind="stable")

    @cached_property
    def rank(self) -> Ints:
        """Position of every step among its place's, by gain per unit of budget."""
        order = self.by_gain[np.argsort(self.place[self.by_gain], kind="stable")]
        starts = np.flatnonzero(np.diff(self.place[order], prepend=-1))
        sizes = np.diff(np.append(starts, len(order)))
        rank = np.empty(len(order), dtype=np.intp)
        rank[order] = np.arange(len(order)) - np.repeat(starts, sizes)
        return rank

    @cached_property
    def as_lists(self) -> tuple[list[int], list[float]]:
        """Place and price as lists, which a loop over a million steps reads much faster."""
        return self.place.tolist(), self.price.tolist()


def steps_of(field: Field, budget: float) -> Steps:
    """Return the steps of every place and option, as many as meet every voter once.

    Raises
    ------
    TurnoutError
        If there are too many to compare.
    """
    most = np.minimum(field.most(), np.floor(budget / field.price + 1e-9).astype(np.intp))
    total = int(most.sum())
    if total > _MOST:
        raise TurnoutError(_TOO_MANY, n=total, most=_MOST)
    flat = most.ravel()
    cell = np.repeat(np.arange(len(flat)), flat)
    ordinal = np.arange(total) - np.repeat(np.cumsum(flat) - flat, flat)
    place, option = np.divmod(cell, most.shape[1])
    size = np.maximum(field.registered, 1.0)[place]
    before = (field.reached[place, option] + ordinal * field.reach[option]) / size
    added = saturating(before + field.reach[option] / size) - saturating(before)
    gain = field.worth[place] * field.effect[option] * added
    return Steps(place, option, gain, field.price[option])


_TOO_MANY = Text(
    en="{n:count} single activities are possible, more than {most:count} to choose from. Plan "
    "small activities in batches: give an option that reaches the people of ten or a hundred.",
    id="Ada {n:count} kegiatan yang mungkin, lebih dari {most:count} pilihan. Rencanakan kegiatan "
    "kecil per paket: buat satu pilihan yang menjangkau orang dari sepuluh atau seratus kegiatan.",
)
