"""The model's linear algebra runs in one thread, and leaves the others as they were."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from turnout.models.tree.integration import integrate
from turnout.threads import single_threaded


def threads() -> list[int]:
    return [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]


def test_threads_are_limited_inside_alone_even_where_it_fails() -> None:
    @single_threaded
    def fails() -> None:
        assert set(threads()) == {1}
        raise ValueError

    with threadpool_limits(2, "blas"):
        before = threads()
        with pytest.raises(ValueError):  # noqa: PT011 - any
            fails()
        assert threads() == before


def test_the_variances_are_integrated_in_one_thread() -> None:
    seen: set[int] = set()

    def log_likelihood(draws: np.ndarray) -> np.ndarray:
        seen.update(threads())
        return -((draws**2).sum(axis=1))

    with threadpool_limits(2, "blas"):
        integrate(log_likelihood, np.zeros(2), np.ones(2), 64)
    assert seen == {1}
