"""Work side by side, in order; the model's linear algebra runs in one thread alone."""

from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from turnout.models.tree.integration import integrate
from turnout.threads import in_threads, single_threaded


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


def test_parts_are_taken_only_shortly_before_they_are_needed() -> None:
    taken: list[int] = []

    def parts() -> Iterator[int]:
        for part in range(50):
            taken.append(part)
            yield part

    made = in_threads(abs, parts())
    assert [next(made), next(made)] == [0, 1]
    assert len(taken) < 10
    assert list(made) == list(range(2, 50))


def test_what_goes_wrong_in_a_thread_is_told() -> None:
    def fails(part: int) -> int:
        if part == 3:
            raise ValueError("part 3")
        return part

    made = in_threads(fails, range(20))
    assert [next(made) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="part 3"):
        next(made)
