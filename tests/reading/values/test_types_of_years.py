"""Types of elections that name the year of one of them."""

from __future__ import annotations

import pandas as pd

from turnout.elections import Election
from turnout.reading.results import load_results


def test_a_year_beside_a_type_is_no_part_of_it() -> None:
    years = (2016, 2018, 2020)
    table = pd.DataFrame(
        {
            "date": [f"{year}-11-08" for year in years],
            "type": ["2016 General Election", "General Election 2018", "General Election"],
            "ward": ["Abbey"] * len(years),
            "registered": [900, 910, 920],
            "voters": [600, 500, 650],
        }
    )
    reading = load_results(table)
    assert not reading.errors
    assert set(reading.table["election_type"]) == {"general election"}
    assert Election("2026-11-03", "2026 General Election").election_type == "general election"


def test_a_year_alone_stays() -> None:
    assert Election("2026-11-03", "2026").election_type == "2026"
