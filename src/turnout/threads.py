"""Work side by side: the parts of a nation in threads, linear algebra in one of them alone."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import ParamSpec, TypeVar

from joblib import Parallel, delayed, effective_n_jobs
from threadpoolctl import threadpool_limits

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

_THREADS = 2


def in_threads(function: Callable[[T], R], parts: Iterable[T]) -> Iterator[R]:
    """Yield what a function makes of every part, in their order, two at a time.

    Parts are taken as they are needed; a single one needs no thread.

    Examples
    --------
    >>> list(in_threads(abs, [-1, 2, -3]))
    [1, 2, 3]
    """
    first, coming = _first_two(parts)
    if len(first) < 2:
        yield from map(function, first)
        return
    # joblib looks for what is done a hundred times a second: too seldom for short parts.
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting = deque(pool.submit(function, part) for part in chain(first, islice(coming, 2)))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(function, part) for part in islice(coming, 1))
            yield done


def in_parallel(function: Callable[[T], R], parts: Iterable[T]) -> Iterator[R]:
    """Yield what a function makes of every part, in their order, where joblib's context says.

    That is in threads, if it says nothing; ``joblib.parallel_config(backend="dask")`` spreads them
    over a cluster. Function and parts are all that is sent there.

    Examples
    --------
    >>> list(in_parallel(abs, [-1, 2, -3]))
    [1, 2, 3]
    """
    first, coming = _first_two(parts)
    if len(first) < 2:
        return map(function, first)
    jobs = Parallel(max(_THREADS, effective_n_jobs(None)), prefer="threads", return_as="generator")
    mapped: Iterator[R] = jobs(delayed(function)(part) for part in chain(first, coming))
    return mapped


def _first_two(parts: Iterable[T]) -> tuple[list[T], Iterator[T]]:
    """Return the first two parts and those to come; for one, threads would take longer to start."""
    coming = iter(parts)
    return list(islice(coming, 2)), coming


def single_threaded(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function's linear algebra run in one thread; what it returns is the same.

    Its matrices have a row per contest: too small to share. The threads of BLAS would only wait
    for each other, which on two cores doubles the time of the processor.

    Examples
    --------
    >>> import numpy as np
    >>> float(single_threaded(np.linalg.det)(np.eye(3)))
    1.0
    """

    @functools.wraps(function)
    def limited(*args: P.args, **kwargs: P.kwargs) -> R:
        with threadpool_limits(1, "blas"):
            return function(*args, **kwargs)

    return limited
