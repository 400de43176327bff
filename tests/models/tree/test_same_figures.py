"""The same seed gives the same figures with all libraries, threads and processors: to 1e-6.

``python tests/models/tree/test_same_figures.py`` writes the figures anew, after a change of the
model that is meant to change them.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election, HierarchicalModel, load_jambi

KEPT = Path(__file__).parents[2] / "data" / "figures.csv"
COMING = Election("2024-11-27", "pilkada")


def figures() -> pd.DataFrame:
    """Forecasts of a city before and during the count, by its results and its known totals."""
    jambi = load_jambi()
    fitted = HierarchicalModel(integration=128).fit(jambi.results)
    areas = jambi.roll.iloc[::9]
    count = areas.assign(voters=(0.6 * areas["registered"]).round())
    forecasts = {
        "before": fitted.forecast(COMING, roll=jambi.roll, draws=250, seed=1),
        "count": fitted.forecast(COMING, roll=jambi.roll, counted=count, draws=250, seed=1),
    }
    tables = [
        one.intervals(scale)[["mean", "median", "lower", "upper"]].assign(when=when, scale=scale)
        for when, one in forecasts.items()
        for scale in one.scales
    ]
    return pd.concat(tables, ignore_index=True)


def check(found: pd.DataFrame) -> None:
    kept = pd.read_csv(KEPT)
    pd.testing.assert_frame_equal(found, kept, check_dtype=False, rtol=0, atol=1e-6)


def test_the_figures_are_those_of_all_supported_libraries() -> None:
    check(figures())


@pytest.mark.slow
@pytest.mark.skipif(
    platform.machine() not in ("x86_64", "AMD64"), reason="the kernels are those of x86"
)
@pytest.mark.parametrize("kernels", ["Haswell", "Prescott"])
def test_the_kernels_of_other_processors_change_nothing(kernels: str, tmp_path: Path) -> None:
    at = tmp_path / "figures.csv"
    old = {"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3"} if kernels == "Prescott" else {}
    subprocess.run(
        [sys.executable, __file__, str(at)],
        env={**os.environ, "OPENBLAS_CORETYPE": kernels, **old},
        check=True,
    )
    check(pd.read_csv(at))


if __name__ == "__main__":
    at = Path(sys.argv[1]) if len(sys.argv) > 1 else KEPT
    figures().round(9).to_csv(at, index=False, lineterminator="\n")
    assert np.isfinite(pd.read_csv(at)["median"]).all()
