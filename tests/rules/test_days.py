"""Polling days of which day and month have changed places."""

import pandas as pd
import pytest

from turnout.reading.results import load_results

ROWS = pd.DataFrame({"area": ["Murni", "Legok"], "registered": [1012, 2035], "voters": [615, 1433]})


@pytest.mark.parametrize(
    ("day", "meant"),
    [
        ("2020-09-12", "2020-12-09"),
        ("2015-09-12", "2015-12-09"),
        ("2014-09-07", "2014-07-09"),
        ("2020-12-09", None),
        ("2009-04-09", None),  # 4 September is none, 9 April is one
        ("2020-11-12", None),
        ("2018-06-27", None),
    ],
)
def test_a_day_that_is_one_with_its_month_in_its_place_is_asked_about(day, meant):
    rows = ROWS.assign(date=pd.Timestamp(day), type="pilkada")
    reading = load_results(rows)
    found = [one for one in reading.findings if one.rule == "day_and_month_swapped"]
    assert len(found) == (meant is not None)
    assert len(reading.table) == 2
    for finding in found:
        assert f"tulis {meant}" in finding.say("id")
