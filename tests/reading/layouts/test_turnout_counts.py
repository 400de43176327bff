"""*Turnout* over counts."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.reading.results import load_results

TABLE = pd.DataFrame(
    {
        "Polling date": ["2018-05-03"] * 2,
        "Election type": ["local election"] * 2,
        "Ward": ["Abbey", "Castle"],
        "Electorate": ["7,294", "4,386"],
    }
)


@pytest.mark.parametrize("counts", [["2,471", "1,093"], ["2471", "1093"], ["2.471", "1.093"]])
def test_turnout_that_is_no_percentage_counts_the_voters(counts: list[str]) -> None:
    for beside in ({}, {"Turnout %": ["33.9%", "24.9%"]}):
        reading = load_results(TABLE.assign(Turnout=counts, **beside))
        assert not reading.errors
        assert reading.table["voters"].tolist() == [2471, 1093]


@pytest.mark.parametrize("shares", [["33.878", "24.920"], ["33,9", "24,9"], ["33.9%", "24.9%"]])
def test_percentages_stay_percentages(shares: list[str]) -> None:
    errors = load_results(TABLE.assign(Turnout=shares)).errors
    assert [one.rule for one in errors] == ["missing_column"]
