"""Memory that is no longer needed, given back to the system.

The C library of Linux keeps what programs free for their next need, in pieces between what is still
used: of a nation that is a third of all. Other systems give it back themselves.
"""

from __future__ import annotations

import ctypes
import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def giving_back(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function give the memory that it has freed back to the system when it returns.

    Examples
    --------
    >>> giving_back(abs)(-1)
    1
    """

    @functools.wraps(function)
    def lean(*args: P.args, **kwargs: P.kwargs) -> R:
        result = function(*args, **kwargs)
        _trim()
        return result

    return lean


def _trim() -> None:
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    trim = getattr(library, "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)
