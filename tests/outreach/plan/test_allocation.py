"""Allocations against brute force: every way of placing a few activities is tried."""

from itertools import product

import numpy as np
import pytest

from turnout.errors import TurnoutError
from turnout.outreach.plan.allocation import (
    Need,
    Rules,
    allocate,
    counts_of,
    equal_order,
    largest_order,
    taken,
)
from turnout.outreach.plan.steps import Field, steps_of

MOST = 3


def small_field(rng: np.random.Generator, *, one_price: bool) -> Field:
    registered = rng.integers(200, 2000, 3).astype(float)
    return Field(
        registered=registered,
        worth=registered * rng.uniform(0.1, 0.25, 3),
        reached=rng.choice([0.0, 300.0], (3, 2)),
        reach=rng.uniform(50, 150, 2),
        price=np.ones(2) if one_price else rng.uniform(1, 3, 2),
        effect=rng.uniform(0.02, 0.1, 2),
        reachable=np.array([True, True, rng.random() < 0.7]),
    )


def meets(counts: np.ndarray, field: Field, rules: Rules) -> bool:
    if (counts * field.price).sum() > rules.budget + 1e-9:
        return False
    if (counts.sum(axis=1) > rules.maximum).any() or counts[~field.reachable].any():
        return False
    for need in rules.needs:
        amounts = (counts * need.measure).sum(axis=1 if need.of_places else 0)
        for group, least in enumerate(need.least):
            if amounts[need.group == group].sum() < least - 1e-9:
                return False
    return True


def by_brute_force(field: Field, rules: Rules) -> float | None:
    """Return the gain of the best allocation with at most MOST activities per cell."""
    found = None
    for flat in product(range(MOST + 1), repeat=6):
        counts = np.array(flat, dtype=float).reshape(3, 2)
        if meets(counts, field, rules):
            gain = field.gain(counts)
            found = gain if found is None else max(found, gain)
    return found


DISTRICTS = Need(np.array([0, 0, 1]), np.array([1.0, 0.0]), np.ones(2), of_places=True)
AREAS = Need(np.arange(3), np.array([0.0, 1.0, 0.0]), np.ones(2), of_places=True)
SEGMENTS = Need(np.array([-1, 0]), np.array([1.0]), np.ones(2), of_places=False)


@pytest.mark.parametrize("needs", [(), (AREAS,), (AREAS, DISTRICTS), (DISTRICTS, SEGMENTS)])
@pytest.mark.parametrize("one_price", [True, False])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_allocation_is_better(needs, one_price, seed):
    field = small_field(np.random.default_rng(seed), one_price=one_price)
    rules = Rules(3.0 if one_price else 4.5, np.full(3, 2.0), needs)
    steps = steps_of(field, rules.budget)
    allocation = allocate(field, steps, rules)
    assert allocation.exact
    assert meets(allocation.counts, field, rules)
    best = by_brute_force(field, rules)
    np.testing.assert_allclose(field.gain(allocation.counts.astype(float)), best, rtol=1e-4)


def test_people_floors_count_people():
    field = small_field(np.random.default_rng(4), one_price=True)
    need = Need(np.array([0, 0, 0]), np.array([250.0]), field.reach, of_places=True)
    rules = Rules(4.0, np.full(3, np.inf), (need,))
    allocation = allocate(field, steps_of(field, 4.0), rules)
    assert (allocation.counts * field.reach).sum() >= 250
    np.testing.assert_allclose(
        field.gain(allocation.counts.astype(float)), by_brute_force(field, rules), rtol=1e-4
    )


def test_gains_of_steps_add_up_to_the_gain_of_counts():
    field = small_field(np.random.default_rng(5), one_price=True)
    steps = steps_of(field, 8.0)
    rules = Rules(8.0, np.full(3, np.inf))
    chosen = taken(steps, steps.by_gain, rules)
    counts = counts_of(field, steps, chosen).astype(float)
    np.testing.assert_allclose(steps.gain[chosen].sum(), field.gain(counts))
    assert (np.diff(steps.gain[chosen]) <= 1e-12).all()


def test_equal_and_largest_do_what_they_say():
    field = Field(
        registered=np.array([1000.0, 3000.0, 2000.0]),
        worth=np.array([200.0, 600.0, 400.0]),
        reached=np.zeros((3, 1)),
        reach=np.array([100.0]),
        price=np.ones(1),
        effect=np.array([0.08]),
        reachable=np.ones(3, dtype=bool),
    )
    steps, rules = steps_of(field, 7.0), Rules(7.0, np.full(3, 6.0))
    equal = counts_of(field, steps, taken(steps, equal_order(field, steps), rules))
    assert equal.ravel().tolist() == [2, 3, 2]
    largest = counts_of(field, steps, taken(steps, largest_order(field, steps), rules))
    assert largest.ravel().tolist() == [0, 6, 1]


def test_needs_that_cannot_be_met_are_refused():
    field = small_field(np.random.default_rng(1), one_price=True)
    for need in (AREAS, SEGMENTS):
        hard = Need(need.group, 9 * need.least, need.measure, of_places=need.of_places)
        rules = Rules(3.0, np.full(3, np.inf), (hard,))
        with pytest.raises(TurnoutError, match="cannot be met"):
            allocate(field, steps_of(field, 3.0), rules)


def test_too_many_steps_ask_for_batches():
    field = small_field(np.random.default_rng(1), one_price=True)
    many = Field(**{**vars(field), "registered": np.full(3, 1e9)})
    with pytest.raises(TurnoutError, match="batches"):
        steps_of(many, 1e9)
