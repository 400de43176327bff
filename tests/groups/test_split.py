"""The split of voters, against Fisher's noncentral hypergeometric distribution."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nchypergeom_fisher

from turnout.groups.split import GRID, on_grid, part_of


@pytest.mark.parametrize("gap", [-0.8, 0.0, 0.3, 1.5])
@pytest.mark.parametrize(("men", "women", "voters"), [(60, 80, 90), (900, 1100, 1500)])
def test_the_split_has_the_moments_of_the_conditional_law(
    men: int, women: int, voters: int, gap: float
) -> None:
    exact = nchypergeom_fisher(men + women, women, voters, np.exp(gap))
    drawn = part_of(
        np.full((40_000, 1), float(voters)),
        np.array([float(men)]),
        np.array([float(women)]),
        np.full((40_000, 1), gap),
        np.random.default_rng(1),
    )
    np.testing.assert_allclose(drawn.mean(), exact.mean(), atol=0.25)
    np.testing.assert_allclose(drawn.std(), exact.std(), rtol=0.03)


@given(
    men=st.floats(0, 1e6),
    women=st.floats(0, 1e6),
    turnout=st.floats(0, 1),
    gap=st.floats(-8, 8),
)
def test_both_groups_are_possible_and_are_the_whole(
    men: float, women: float, turnout: float, gap: float
) -> None:
    men, women = on_grid(np.array([men])), on_grid(np.array([women]))
    voters = on_grid(turnout * (men + women))[None]
    of_women = part_of(voters, men, women, np.array([[gap]]), np.random.default_rng(1))
    of_men = voters - of_women
    assert (of_men + of_women == voters).all()
    for part, all_of_them in ((of_women, women), (of_men, men)):
        assert (part >= 0).all()
        assert (part <= all_of_them).all()


def test_sums_are_exact_in_any_order() -> None:
    voters = on_grid(np.random.default_rng(1).uniform(0, 1e5, 10_000))
    assert voters.sum() == voters[::-1].cumsum()[-1]
    assert (voters / GRID == np.round(voters / GRID)).all()
