"""The backtest is the reference's protocol: same targets, same places, same naive errors."""

from pathlib import Path

import pandas as pd
import pytest

from turnout.backtesting import Settings, backtest
from turnout.models.points.naive import LastOfType

KEYS = ["election", "scale"]
PANELS = Path(__file__).resolve().parents[1] / "benchmarks" / "panels" / "development"


def panel(name: str) -> pd.DataFrame:
    text = {"election": str, "district": str, "area": str}
    table = pd.read_csv(PANELS / f"{name}.csv.gz", dtype=text, parse_dates=["date"])
    return table.assign(area_id=table["area"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["us_state", "se_vasby", "ch_thurgau"])
def test_targets_places_and_naive_errors_are_the_references(name: str) -> None:
    tested = backtest([LastOfType()], panel(name), settings=Settings(draws=4000, jobs=1))
    mine = tested.scores[tested.scores["model"] == "LastOfType"]
    theirs = pd.read_csv(PANELS / "reference_scores.csv", dtype={"election": str})
    theirs = theirs[theirs["panel"] == name]
    naive = theirs[theirs["model"] == "last_of_type_independent"]
    both = mine.merge(naive, on=KEYS, how="outer", suffixes=("", "_reference"), indicator=True)
    assert set(both["_merge"]) == {"both"}
    assert (both["n"] == both["n_reference"]).all()
    # The medians are the same up to the noise of the draws, but where the last turnout lies far off
    # what its past says: in Thurgau one commune of 6,000 voters, in a contest of 2011.
    areas = both[both["scale"] == "area"]
    most = 1.2 if name == "ch_thurgau" else 0.5
    for figure in ("mae", "bias"):
        away = (areas[figure] - areas[f"{figure}_reference"]).abs()
        assert away.max() < most
        assert away.median() < 0.25


@pytest.mark.slow
def test_a_shared_shock_holds_the_totals_that_independent_errors_miss() -> None:
    tested = backtest([LastOfType()], panel("us_state"), settings=Settings(draws=400, jobs=1))
    held = tested.totals.set_index(["model", "level"]).loc[("LastOfType", 0.9)]
    theirs = pd.read_csv(PANELS / "reference_scores.csv", dtype={"election": str})
    independent = theirs.query(
        "panel == 'us_state' and scale == 'total' and model == 'last_of_type_independent'"
    )
    assert held["n"] == len(independent) == 10
    assert held["k"] >= 8
    assert independent["coverage_90"].sum() <= 4
