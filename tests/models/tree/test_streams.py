"""Random numbers of places: their laws, whichever way they are drawn."""

import numpy as np
import pytest
from scipy.stats import norm

from turnout.models.tree.batch import applied, applied_to_parents, values_above
from turnout.models.tree.streams import place_stream
from turnout.models.tree.totals import Totals
from turnout.models.tree.upward_pass import Tree


def test_normal_numbers_of_places_have_the_normal_law() -> None:
    drawn = place_stream(1, 2).standard_normal((1_000, 2_000), dtype=np.float32)
    at = np.linspace(-4, 4, 81)
    found = np.searchsorted(np.sort(drawn.ravel()), at) / drawn.size
    # Chance alone takes the largest gap of two million numbers to 0.0014 once in a thousand times.
    np.testing.assert_allclose(found, norm.cdf(at), atol=0.0014)
    assert abs(drawn.mean(dtype=float)) < 0.0025
    assert abs(drawn.var(dtype=float) - 1) < 0.0035
    assert abs((drawn.astype(float) ** 4).mean() - 3) < 0.025
    for one, other in ((drawn[:-1], drawn[1:]), (drawn[:, :-1], drawn[:, 1:])):
        assert abs((one * other).mean(dtype=float)) < 0.0025


def test_other_numbers_of_places_are_those_of_the_generator() -> None:
    mine, plain = place_stream(1), np.random.Generator(place_stream(1).bit_generator)
    np.testing.assert_array_equal(mine.standard_normal(5), plain.standard_normal(5))
    assert mine.standard_normal(dtype=np.float32) == plain.standard_normal(dtype=np.float32)


def test_spawned_streams_draw_as_their_parent_does() -> None:
    child, again = place_stream(1).spawn(1)[0], place_stream(1).spawn(1)[0]
    drawn = child.standard_normal(100_000, dtype=np.float32)
    assert len(np.unique(drawn)) <= 65_536
    np.testing.assert_array_equal(drawn, again.standard_normal(100_000, dtype=np.float32))


@pytest.mark.parametrize("parameters", [1, 3])
def test_matrices_are_applied_to_the_vectors_of_parents_of_several_levels(parameters: int) -> None:
    rng = np.random.default_rng(parameters)
    #       root, two cities, three districts; areas below a city, districts, and the root
    parent = np.array([-1, 0, 0, 1, 1, 2, 2, 3, 3, 5, 4, 0])
    level = np.array([0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3])
    contests, draws = 4, 5
    nothing = np.zeros((len(parent), contests))
    tree = Tree(
        parent,
        level,
        nothing,
        nothing,
        np.zeros((*nothing.shape, 0)),
        np.zeros(0, dtype=bool),
        Totals.none(len(parent)),
        np.zeros(contests),
    )
    vectors = {
        one: rng.standard_normal((len(tree.nodes[one]), contests, draws)).astype(np.float32)
        for one in range(3)
    }
    nodes = np.array([6, 7, 9, 10, 11])
    matrices = rng.standard_normal((parameters, len(nodes), 2, contests))
    which = rng.integers(0, parameters, draws)
    above = values_above(tree, nodes, vectors)
    assert above is not None
    found = applied_to_parents(matrices, tree, nodes, vectors, which)
    np.testing.assert_allclose(found, applied(matrices, above, which), rtol=1e-4, atol=1e-5)
