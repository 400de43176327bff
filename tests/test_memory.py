"""Memory that is freed goes back to the system."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from turnout.memory import giving_back

MEGABYTES = 200


@giving_back
def some_of_much(kept: list[np.ndarray]) -> None:
    """Free most of many small arrays, and keep those between them, which hold their place."""
    pieces = [np.ones(8_000) for _ in range(MEGABYTES * 1_000_000 // 64_000)]
    kept.extend(pieces[::50])


def resident() -> float:
    """Return how much memory the system holds for this program, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    held = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(held.split()[1]) / 1000


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell it elsewhere")
def test_what_lies_between_things_that_are_kept_is_given_back() -> None:
    kept: list[np.ndarray] = []
    before = resident()
    some_of_much(kept)
    assert resident() - before < MEGABYTES / 4
    undecorated: list[np.ndarray] = []
    some_of_much.__wrapped__(undecorated)  # type: ignore[attr-defined]
    assert resident() - before > MEGABYTES / 2


def test_what_a_function_returns_or_raises_is_the_same() -> None:
    assert giving_back(int)("12") == 12
    with pytest.raises(ValueError, match="invalid literal"):
        giving_back(int)("x")
