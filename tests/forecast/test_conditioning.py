"""Draws that settle on a turnout: what is counted and what is held bounds each place."""

import numpy as np
import pytest

from turnout.forecast.conditioning import settled_on

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
