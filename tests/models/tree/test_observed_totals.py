"""What a total tells beside its parts: of the rest, of the selection of stations, or nothing."""

import numpy as np
import pandas as pd
import pytest

from turnout.areas import build_panel
from turnout.areas.history import Counts
from turnout.models.tree.observed_totals import observed_totals

Row = tuple[str | None, float, float, float | None, float | None]
PAST: list[Row] = [
    ("A", 1000, 600, None, None),
    ("B", 2000, 1300, None, None),
    ("C", 3000, 1500, None, None),
]
MORE = 0.1


def told(*rows: Row) -> tuple[float, float]:
    """Return logit and variance of the city's total; rows of area, figures, stations."""
    columns = ["area", "registered", "voters", "stations_counted", "stations_total"]
    table = pd.DataFrame([*PAST, *rows], columns=columns).astype(dict.fromkeys(columns[1:], float))
    table["date"] = pd.to_datetime(["2018-06-27"] * len(PAST) + ["2024-11-27"] * len(rows))
    table["district"] = table["area"].map(lambda name: "Utara" if name else None)
    panel = build_panel(table.assign(election_type="pilkada", city="Kota"))
    registered, voters = panel.grid("registered"), panel.grid("voters")
    found = observed_totals(
        panel, Counts.of(panel), 1 / (voters + 0.5) + 1 / (registered - voters + 0.5) + MORE
    )
    if not len(found.contests):
        return np.nan, np.nan
    return found.values[0, -1], found.variances[0, -1]


def of(registered: float, voters: float) -> tuple[float, float]:
    yes, no = voters + 0.5, registered - voters + 0.5
    return np.log(yes / no), 1 / yes + 1 / no


def test_a_total_without_parts_is_told_as_it_is() -> None:
    value, variance = of(6000, 3300)
    np.testing.assert_allclose(told((None, 6000, 3300, None, None)), (value, variance + MORE))


def test_of_a_total_with_some_parts_the_rest_is_told() -> None:
    found = told((None, 6000, 3300, None, None), ("A", 1000, 550, None, None))
    np.testing.assert_allclose(found, of(5000, 2750))


def test_the_rest_of_a_total_in_progress_is_as_doubtful_as_its_stations_are() -> None:
    found = told((None, 3000, 1700, 5, 10), ("A", 1000, 550, 10, 10))
    value, variance = of(2000, 1150)
    np.testing.assert_allclose(found, (value, variance + MORE))


@pytest.mark.parametrize(("missing", "told_of"), [(90, False), (150, True)])
def test_a_total_of_nearly_all_its_parts_tells_nothing_more(missing: float, told_of: bool) -> None:
    rows = [(area, size, voters, None, None) for area, size, voters, *_ in PAST]
    value, _ = told((None, 6000 + missing, 3400 + missing // 2, None, None), *rows)
    assert np.isfinite(value) == told_of
