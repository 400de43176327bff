"""Choosing activities: by marginal gain, or by integer programming where limits cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, vstack

from turnout.arrays import Floats, Ints
from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.outreach.plan.steps import Field, Steps

# Above, integer programming takes longer than people wait.
_MOST_EXACT = 4_000
_SECONDS = 5.0
# Relative gap to the best there can be at which the search may stop.
_GAP = 1e-4
_INFEASIBLE = 2


@dataclass(frozen=True)
class Need:
    """A least amount for groups of places or of options.

    Parameters
    ----------
    group
        Group of every place, or of every option; -1 for none.
    least
        Per group.
    measure
        What one activity of every option counts: 1, or the people it meets.
    of_places
        Whether `group` is about places.
    """

    group: Ints
    least: Floats
    measure: Floats
    of_places: bool

    def groups(self, steps: Steps) -> Ints:
        """Return the group of every step."""
        return self.group[steps.place if self.of_places else steps.option]


@dataclass(frozen=True)
class Rules:
    """What an allocation must obey.

    Parameters
    ----------
    budget
        The most that may be spent.
    maximum
        Most activities per place.
    needs
        Least amounts: of single areas first, then of districts, then of segments.
    """

    budget: float
    maximum: Floats
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Allocation:
    """Activities per place and option, and whether none is known to be better by .01%."""

    counts: Ints
    exact: bool


def allocate(field: Field, steps: Steps, rules: Rules) -> Allocation:
    """Return the allocation with the largest expected gain.

    Gains diminish, so where every activity costs the same and the limits lie inside each other
    (areas in districts), taking the largest gain at every step is optimal. Where prices differ or
    limits cross, integer programming decides (scipy's HiGHS); with more than 4,000 steps the
    largest gain per price stands, which falls short by little more than one activity.

    Parameters
    ----------
    field
        Places and options.
    steps
        Their steps.
    rules
        What must be obeyed.

    Raises
    ------
    TurnoutError
        If the minima and floors cannot be met within the budget.
    """
    nested = all(need.of_places and np.ptp(need.measure) == 0 for need in rules.needs)
    if nested and np.ptp(field.price) == 0:
        return Allocation(counts_of(field, steps, taken(steps, steps.by_gain, rules)), exact=True)
    found = _programmed(steps, rules) if len(steps.gain) <= _MOST_EXACT else None
    if found is not None and found[1]:
        return Allocation(counts_of(field, steps, found[0]), exact=True)
    choices = [found[0]] if found is not None else []
    try:
        choices.append(taken(steps, steps.by_gain, rules))
    except TurnoutError:
        # Step by step, crossing needs can be missed although they can be met.
        if not choices:
            raise
    allocations = [Allocation(counts_of(field, steps, one), exact=False) for one in choices]
    return best(field, allocations)


def taken(steps: Steps, order: Ints, rules: Rules) -> Ints:
    """Return steps in the order in which they are taken: what is needed first, then the rest.

    Raises
    ------
    TurnoutError
        If the needs cannot be met within the budget.
    """
    basket = _Basket(steps, rules)
    for number in range(len(rules.needs)):
        basket.fill_need(number, order)
    basket.fill_rest(order[steps.gain[order] > 0])
    return np.array(basket.chosen, dtype=np.intp)


class _Basket:
    """What has been taken so far, and what is left of the budget, of room and of needs."""

    def __init__(self, steps: Steps, rules: Rules) -> None:
        self.place, self.price = steps.as_lists
        self.room = rules.maximum.tolist()
        self.budget = rules.budget
        self.left = rules.budget * (1 + 1e-12)
        self.free = [True] * len(self.place)
        self.chosen: list[int] = []
        self.needs = [
            (
                need.groups(steps).tolist(),
                need.measure[steps.option].tolist(),
                need.least.astype(float).tolist(),
            )
            for need in rules.needs
        ]

    def take(self, step: int) -> None:
        """Take a step where budget and room allow it."""
        place = self.place[step]
        if not self.free[step] or self.price[step] > self.left or self.room[place] < 1:
            return
        self.left -= self.price[step]
        self.room[place] -= 1
        self.free[step] = False
        self.chosen.append(step)
        for group, measure, lacking in self.needs:
            if group[step] >= 0:
                lacking[group[step]] -= measure[step]

    def fill_need(self, number: int, order: Ints) -> None:
        """Take steps in order until a need is met."""
        group, _, lacking = self.needs[number]
        unmet = sum(least > 0 for least in lacking)
        for step in order.tolist():
            if not unmet:
                return
            if group[step] >= 0 and lacking[group[step]] > 0:
                self.take(step)
                unmet -= lacking[group[step]] <= 0
        if unmet:
            raise TurnoutError(_UNMET, budget=self.budget)

    def fill_rest(self, order: Ints) -> None:
        """Take steps in order while the budget lasts."""
        cheapest = min(self.price, default=np.inf)
        for step in order.tolist():
            if self.left < cheapest:
                return
            self.take(step)


def counts_of(field: Field, steps: Steps, chosen: Ints) -> Ints:
    """Return activities per place and option."""
    counts = np.zeros(field.reached.shape, dtype=np.intp)
    np.add.at(counts, (steps.place[chosen], steps.option[chosen]), 1)
    return counts


def equal_order(field: Field, steps: Steps) -> Ints:
    """Return the order that gives every place one activity, then every place a second ..."""
    return np.lexsort((-field.registered[steps.place], steps.rank))


def largest_order(field: Field, steps: Steps) -> Ints:
    """Return the order that fills the places with the most registered voters first."""
    return np.lexsort((steps.rank, steps.place, -field.registered[steps.place]))


def _programmed(steps: Steps, rules: Rules) -> tuple[Ints, bool] | None:
    """Return the best steps by integer programming and whether that is proven; None if too hard.

    Every step is a binary choice; because gains diminish, earlier steps of a place and option are
    chosen before later ones without a constraint that says so.
    """
    number = len(steps.gain)
    if not number:
        return np.array([], dtype=np.intp), True
    everything = np.arange(number)
    ones = np.ones(number)
    rows = [csr_matrix(steps.price[None, :])]
    lower, upper = [np.array([0.0])], [np.array([rules.budget])]
    capped = np.flatnonzero(np.isfinite(rules.maximum))
    if len(capped):
        by_place = csr_matrix((ones, (steps.place, everything)), (len(rules.maximum), number))
        rows.append(by_place[capped])
        lower.append(np.zeros(len(capped)))
        upper.append(rules.maximum[capped])
    for need in rules.needs:
        group = need.groups(steps)
        inside = np.flatnonzero(group >= 0)
        shape = (len(need.least), number)
        measure = need.measure[steps.option[inside]]
        rows.append(csr_matrix((measure, (group[inside], inside)), shape))
        lower.append(need.least)
        upper.append(np.full(len(need.least), np.inf))
    result = milp(
        -steps.gain,
        constraints=LinearConstraint(vstack(rows), np.concatenate(lower), np.concatenate(upper)),
        bounds=Bounds(0, 1),
        integrality=np.ones(number, dtype=np.int64),
        options={"mip_rel_gap": _GAP, "time_limit": _SECONDS},
    )
    if result.status == _INFEASIBLE:
        raise TurnoutError(_UNMET, budget=rules.budget)
    if result.x is None:
        return None
    return np.flatnonzero(result.x > 0.5), bool(result.status == 0)


def best(field: Field, allocations: Sequence[Allocation]) -> Allocation:
    """Return the allocation with the largest expected gain, the first of equals."""
    return max(allocations, key=lambda one: field.gain(one.counts.astype(float)))


_UNMET = Text(
    en="The minima and floors cannot be met with a budget of {budget:count} and the maxima given. "
    "Lower the floors, raise the budget, or check which areas can be reached.",
    id="Batas minimum dan alokasi merata tidak dapat dipenuhi dengan anggaran {budget:count} dan "
    "batas maksimum yang diberikan. Turunkan batas minimum, tambah anggaran, atau periksa wilayah "
    "mana yang dapat dijangkau.",
)
