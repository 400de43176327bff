"""The project's own panels pass the checks that every user's file passes, and are documented."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from turnout.reading.results import load_results

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"

PANELS = sorted(BENCHMARKS.glob("panels/*.csv"))


@pytest.fixture(scope="module")
def panels():
    """Return the module of the benchmarks that reads panels, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("panels", BENCHMARKS / "panels.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_names_are_those_of_the_files(panels):
    assert panels.own_panel_names() == [path.stem for path in PANELS]
    assert len(PANELS) > 0


@pytest.mark.few(4)
@pytest.mark.parametrize("path", PANELS, ids=lambda path: path.stem)
def test_is_read_without_an_error_or_a_lost_row(panels, path):
    reading = load_results(path)
    assert reading.errors == ()
    assert reading.rejected.empty
    table = panels.load_panel(path.stem)
    columns = ["election", "election_type", "area", "registered", "voters"]
    pd.testing.assert_frame_equal(
        reading.table[columns].reset_index(drop=True), table[columns], check_dtype=False
    )
    assert list(reading.table["date"]) == list(table["date"])


@pytest.mark.parametrize("path", PANELS, ids=lambda path: path.stem)
def test_is_a_panel_that_can_be_backtested(panels, path):
    table = panels.load_panel(path.stem)
    assert table["date"].nunique() >= 5
    assert table.groupby("election")["date"].nunique().eq(1).all()
    assert not table.duplicated(["election", "area_id"]).any()
    assert table["voters"].between(1, table["registered"], inclusive="left").all()
    assert table["area"].nunique() >= 15


@pytest.mark.parametrize("path", PANELS, ids=lambda path: path.stem)
def test_is_described_as_it_is(panels, path):
    readme = (path.parent / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if line.startswith(f"| {path.stem} |"))
    table = panels.load_panel(path.stem)
    areas, contests = (int(cell) for cell in line.split("|")[2:4])
    assert areas == table["area"].nunique()
    assert contests == table["election"].nunique()
    years = [table["date"].dt.year.min(), table["date"].dt.year.max()]
    assert line.split("|")[4].strip() == f"{years[0]}-{years[1]}"
