"""A forecast in parts has the figures of the single run, at every scale."""

import numpy as np
import pytest

from turnout import check_goal
from turnout.nation.streaming import stream
from turnout.runs.contents import forecast_table

from .conftest import made, single_run


@pytest.mark.slow
@pytest.mark.parametrize("places", [1, 5_000])
def test_the_figures_are_those_of_the_single_run(
    places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Part by part, and all parts looked at together."""
    monkeypatch.setattr("turnout.nation.streaming._PLACES", places)
    single = single_run()
    streamed = stream(made(), levels=(0.5, 0.9), goal="70%")
    wanted = forecast_table(single, check_goal(single, ["70%"]), (0.5, 0.9))
    told = streamed.table.reindex(columns=wanted.columns)
    assert told["scale"].drop_duplicates().tolist() == ["nation", "province", "city", "area"]
    named = ["scale", "nation", "province", "city", "area"]
    one, other = (table[named].astype("object").fillna("") for table in (told, wanted))
    assert one.to_numpy().tolist() == other.to_numpy().tolist()
    figures = ["registered", "mean", "median", "level", "lower", "upper", "prob_goal", "contests",
               "contests_same_type", "share_counted", "relative_median", "relative_lower",
               "relative_upper"]  # fmt: skip
    ours, theirs = (table[figures].to_numpy(float, na_value=np.nan) for table in (told, wanted))
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)
    areas = (told["scale"] == "area").to_numpy()
    np.testing.assert_array_equal(ours[areas, :7], theirs[areas, :7])
    np.testing.assert_allclose(
        streamed.parts.at("nation").draws, single.at("nation").draws, rtol=1e-12
    )
