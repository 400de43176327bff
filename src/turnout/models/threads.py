"""Linear algebra in one thread: its matrices have a row per contest, too few to share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from threadpoolctl import threadpool_limits

P = ParamSpec("P")
R = TypeVar("R")


def single_threaded(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function's linear algebra run in one thread; what it returns is the same.

    Of small matrices the threads of BLAS only wait for each other: on two cores that doubles the
    time of the processor, and more where other processes work too.

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
