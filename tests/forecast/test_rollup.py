"""Places summed to coarser ones, block by block."""

import numpy as np
import pandas as pd
import pytest

from turnout.forecast import rollup


@pytest.mark.parametrize("cells", [1, 7, 40, 1_000_000])
def test_blocks_of_any_size_give_the_same_sums(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    district = rng.permutation(np.repeat(["a", "b", "c", "d"], [1, 9, 3, 30]))
    places = pd.DataFrame({"district": district, "registered": rng.integers(1, 900, 43) * 1.0})
    draws = rng.random((5, 43), dtype=np.float32)
    monkeypatch.setattr(rollup, "_CELLS", cells)
    for scale, groups in (("district", dict.fromkeys(district)), ("total", {None: None})):
        rolled = rollup.summed_draws(places, draws, scale)
        for column, name in enumerate(groups):
            rows = np.ones(43, dtype=bool) if name is None else district == name
            size = places["registered"].to_numpy()[rows]
            expected = (draws[:, rows].astype(float) * size).sum(axis=1) / size.sum()
            np.testing.assert_allclose(rolled[:, column], expected, rtol=1e-13)


@pytest.mark.parametrize("cells", [1, 1_000_000])
def test_places_without_a_name_of_the_scale_are_one_place(
    cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup, "_CELLS", cells)
    district = ["a", None, "b", None, "a"]
    places = pd.DataFrame({"district": district, "registered": [1.0, 2.0, 3.0, 2.0, 1.0]})
    draws = np.array([[0.1, 0.2, 0.3, 0.4, 0.5]])
    np.testing.assert_allclose(rollup.summed_draws(places, draws, "district"), [[0.3, 0.3, 0.3]])
    draws[0, 3] = 0.8
    np.testing.assert_allclose(rollup.summed_draws(places, draws, "district"), [[0.3, 0.5, 0.3]])
