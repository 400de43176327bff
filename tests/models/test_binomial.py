"""How many people of a place vote: the law, and parts that are drawn together."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import binom

from turnout.models.binomial import binomial_counts, counts_of_parts
from turnout.models.tree.streams import place_stream

SIZES = [0, 1, 2, 7, 7, 31.6, 32.4, 33, 60, 101, 102.5, 300, 5_000, 2e6]


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_hamlets_and_cities_side_by_side_have_their_own_laws(kind: type) -> None:
    size = np.array([1, 300, 32, 7, 33, 2, 100_000], dtype=kind)
    share = np.array([0.3, 0.99, 0.5, 0.8, 0.9, 1.0, 0.6], dtype=kind)
    drawn = binomial_counts(size, np.tile(share[:, None], 100_000), place_stream(3))
    assert drawn.dtype == kind
    for people, chance, counts in zip(size, share, drawn, strict=True):
        at = np.unique(counts)
        found = np.searchsorted(np.sort(counts), at, side="right") / len(counts)
        np.testing.assert_allclose(found, binom.cdf(at, people, chance), atol=0.0075)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("seed", range(4))
def test_parts_are_drawn_together_as_each_is_alone(kind: type, seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = np.resize(rng.permutation(SIZES), 40).astype(kind)
    # From nobody to everybody, most of it near the ends, where counts are of few.
    share = (1 / (1 + np.exp(-rng.normal(0, 4, (len(size), 300))))).astype(kind)
    share[:, :2] = 0, 1
    ends = [0, *np.sort(rng.choice(np.arange(1, 40), 5, replace=False)).tolist(), 40]
    parts = [slice(start, end) for start, end in pairwise(ends)]
    together = counts_of_parts(
        size, share, [(part, place_stream(seed, part.start)) for part in parts]
    )
    for part in parts:
        alone = binomial_counts(size[part], share[part], place_stream(seed, part.start))
        np.testing.assert_array_equal(together[part], alone)
    assert ((together >= 0) & (together <= size[:, None])).all()
    np.testing.assert_array_equal(together[:, 0], 0)
    np.testing.assert_allclose(together[:, 1], size)


def test_places_of_one_kind_alone_are_drawn() -> None:
    for size in ([3.0, 12.0], [50.0, 1e6], []):
        share = np.full((len(size), 6), 0.5)
        drawn = binomial_counts(np.array(size), share, np.random.default_rng(1))
        assert drawn.shape == share.shape
        assert np.isfinite(drawn).all()
