"""Draws given evidence: exact where they are normal, and bounded by what is counted and held."""

import numpy as np
import pytest
from scipy.special import expit, logit
from scipy.stats import norm

from turnout.forecast.conditioning import (
    effective_draws,
    given_evidence,
    near_draws,
    settled_on,
    tail_probability,
)

SIZE = np.array([1000.0, 2000.0, 500.0, 400.0])
# Of the first half is counted, with 400 voters; the third is counted wholly; the fourth is held.
COUNTED = np.array([[500.0, 0.0, 500.0, 0.0], [400.0, 0.0, 300.0, 0.0]])
DRAWS = np.array([[0.7, 0.5, 0.6, 0.25], [0.8, 0.6, 0.6, 0.5]])
HELD = np.array([False, False, False, True])
STAYS = np.array([300 + 100, 300 + 200])


@pytest.mark.parametrize(
    ("voters", "expected"),
    [(400.0, [0.4, 0.0]), (400.0 + 500.0 + 2000.0, [0.9, 1.0])],
)
def test_at_the_ends_all_or_none_of_the_open_voters_vote(
    voters: float, expected: list[float]
) -> None:
    turnout = (STAYS + voters) / SIZE.sum()
    found = settled_on(DRAWS, SIZE, COUNTED, np.ones(4, dtype=bool), turnout, HELD)
    np.testing.assert_allclose(found[:, :2], [expected, expected], atol=1e-9)
    np.testing.assert_array_equal(found[:, 2:], DRAWS[:, 2:])


def test_the_open_voters_of_all_places_move_alike_on_the_logit_scale() -> None:
    members = np.array([True, True, False, False])
    found = settled_on(DRAWS, SIZE, COUNTED, members, np.full(2, 0.6))
    np.testing.assert_allclose(found[:, :2] @ SIZE[:2], 0.6 * 3000)
    np.testing.assert_array_equal(found[:, 2:], DRAWS[:, 2:])
    size, voted = SIZE[:2] - COUNTED[0, :2], COUNTED[1, :2]
    before, after = ((x[:, :2] * SIZE[:2] - voted) / size for x in (DRAWS, found))
    moved = np.log(after / (1 - after)) - np.log(before / (1 - before))
    np.testing.assert_allclose(moved[:, 0], moved[:, 1], atol=1e-5)


def test_a_place_in_which_nobody_votes_keeps_next_to_nobody() -> None:
    draws = np.array([[0.0, 0.5]])
    found = settled_on(draws, SIZE[:2], np.zeros((2, 2)), np.ones(2, bool), np.full(1, 0.4))
    assert found[0, 0] * SIZE[0] < 0.1


# As even as 500 draws of a normal distribution can be, so narrow that shares are normal as well.
EVEN = logit(0.7) + 0.02 * norm.ppf((np.arange(500) + 0.5) / 500)


@pytest.mark.parametrize("away", [0.0, 1.0])
def test_normal_draws_have_the_normal_posterior(away: float) -> None:
    """Evidence as sharp as the draws: half their variance, half the way."""
    shares = expit(EVEN)
    sd = float(shares.std())
    evidence = (0.7 + away * sd, sd)
    ones = np.ones(1, dtype=bool)
    found = given_evidence(shares[:, None], np.ones(1), np.zeros((2, 1)), ones, evidence)[:, 0]
    np.testing.assert_allclose((found.mean() - shares.mean()) / sd, away / 2, atol=0.01)
    np.testing.assert_allclose(found.std() / sd, np.sqrt(0.5), rtol=0.01)


def test_the_tail_of_evidence_is_two_sided() -> None:
    shares = expit(EVEN)
    sd = float(shares.std())
    for away in (-2.0, 1.5):
        said = 0.7 + away * np.hypot(sd, 2 * sd)
        tail = tail_probability(shares, said, 2 * sd)
        np.testing.assert_allclose(tail, 2 * norm.sf(abs(away)), rtol=0.06)


def test_draws_that_are_mostly_one_value_lie_near_it() -> None:
    """Their quartiles are one: the bandwidth comes from their standard deviation."""
    draws = np.append(np.full(90, 0.5), np.linspace(0.4, 0.6, 10))
    assert 85 < near_draws(draws, 0.5) < 100
    assert effective_draws(draws, 0.5, 0.0) == 0
    assert tail_probability(np.full(50, 0.5), 0.6, 0.0) < 1e-6


def test_draws_near_a_turnout_are_those_of_silvermans_bandwidth() -> None:
    shares = expit(EVEN)
    wide = 0.9 * float(shares.std()) * 500**-0.2
    np.testing.assert_allclose(
        near_draws(shares, 0.69), effective_draws(shares, 0.69, wide), rtol=0.02
    )
