"""Properties with a few invented examples every day, and with many under `slow`."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings


def each_way(test: Callable[..., None]) -> Callable[..., None]:
    """Run a property of files in a `folder` with a few examples by default, many under `slow`."""
    several = [
        pytest.param(4, id="few"),
        pytest.param(50, id="many", marks=pytest.mark.slow),
    ]

    @pytest.mark.parametrize("examples", several)
    def run(examples: int, tmp_path_factory: pytest.TempPathFactory) -> None:
        quiet = settings(
            max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck)
        )
        quiet(test)(folder=tmp_path_factory.mktemp("ways"))

    return run
