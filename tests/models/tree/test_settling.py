"""Places under a known total settle to it, against computations of their own."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy.special import expit, logit

from turnout.models.tree.known_totals import KnownTotals
from turnout.models.tree.streams import Streams
from turnout.models.tree.targets import Targets

# Three places: one in with some of its stations, one with none, one with all.
PLACES = Targets(
    nodes=np.array([1, 2, 3]),
    registered=np.array([400.0, 600.0, 200.0]),
    counted_registered=np.array([100.0, 0.0, 200.0]),
    counted_voters=np.array([70.0, 0.0, 90.0]),
    selection=np.zeros(3),
    leverage=np.zeros(3),
)
DRAWS = 4_000


def batch(draws: int, effect: float = 0.0) -> Any:
    """Return what is asked of a batch: one effect, measured at every place."""
    tree = SimpleNamespace(designs=np.ones((4, 1, 1)), of_turnout=np.array([False]))
    return SimpleNamespace(tree=tree, target=0, effects=np.full((draws, 1), effect))


def of_the_whole(registered: float, counted: float, voters: float, selection: float) -> Targets:
    one = [np.array([value]) for value in (registered, counted, voters, selection, 0.5)]
    return Targets(np.array([0]), *one)


def streams(seed: int) -> Streams:
    return Streams.of_one(np.random.default_rng(seed), 4)


def test_places_under_a_complete_total_sum_to_it_and_keep_what_is_counted() -> None:
    every, moving = np.arange(3), np.array([0, 1])
    total = of_the_whole(1200.0, 1200.0, 700.0, 0.0)
    known = KnownTotals(total, (every,), (moving,))
    open_share = np.array([[0.5, 0.6, 0.7], [0.4, 0.5, 0.6]])
    left = np.array([[300.0], [600.0]])
    counted = np.array([[70.0], [0.0]])
    drawn = (counted + open_share * left) / np.array([[400.0], [600.0]])
    shares = np.vstack([drawn, np.full(3, 0.45)]).astype(np.float32)
    found = known.settle(batch(3), shares, PLACES, streams(1)).astype(float)
    voters = found * PLACES.registered[:, None]
    np.testing.assert_allclose(voters.sum(axis=0), 700, rtol=1e-6)
    np.testing.assert_allclose(voters[2], 90, rtol=1e-6)
    # What is still open moves by one distance of logits.
    moved = logit((voters[:2] - counted) / left) - logit(open_share)
    np.testing.assert_allclose(moved[0], moved[1], atol=1e-4)
    free = KnownTotals(total, (every,), (moving,)).leaves_free(4)
    assert free.tolist() == [False, False, False, True]


def test_a_total_counted_in_part_weighs_its_count_against_how_stations_were_selected() -> None:
    # Of a million, 1,000 are in with 80%; by the places drawn it would be 60%.
    size, counted, voters, selection, effect = 1e6, 1e3, 800.0, 0.05, 0.1
    total = of_the_whole(size, counted, voters, selection)
    places = Targets.before_the_count(np.array([1]), np.array([size]))
    known = KnownTotals(total, (np.array([0]),), (np.array([0]),))
    shares = np.full((1, DRAWS), 0.6, dtype=np.float32)
    found = known.settle(batch(DRAWS, effect), shares, places, streams(2))[0].astype(float)
    # Counted stations lie above the whole by a normal of this variance, and are seen with noise.
    noise = 1 / 800.5 + 1 / 200.5
    weight = selection / (selection + noise)
    above = weight * (np.log(800.5 / 200.5) - effect - logit(0.6))
    # Half as many are counted as are left (leverage): those left lie half as far below.
    rest = logit((found * size - voters) / (size - counted))
    of_counts = 1 / (expit(rest.mean()) * (1 - expit(rest.mean())) * (size - counted))
    sd = np.sqrt(0.25 * selection * (1 - weight) + of_counts)
    np.testing.assert_allclose(rest.mean(), logit(0.6) - above / 2, atol=5 * sd / np.sqrt(DRAWS))
    np.testing.assert_allclose(rest.std(), sd, rtol=0.06)
