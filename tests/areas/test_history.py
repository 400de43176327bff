"""Past turnout of coarser places from the areas that were in force."""

import numpy as np
import pandas as pd

from turnout.areas import build_panel, past_turnout


def _rows(election, date, areas):
    return [
        {"election": election, "date": date, "election_type": "x", "city": "K", "area": name,
         "registered": 100.0, "voters": voters}
        for name, voters in areas.items()
    ]  # fmt: skip


def _city(rows):
    past = past_turnout(build_panel(pd.DataFrame(rows)))
    return past[past["scale"] == "city"].set_index("election")


def test_abolished_and_new_areas_do_not_count_where_they_were_not():
    rows = _rows("1", "2010-01-01", {"A": 50, "B": 60})
    rows += _rows("2", "2015-01-01", {"A": 70, "C": 80})  # B became C
    city = _city(rows)
    np.testing.assert_allclose(city["coverage"], [1.0, 1.0])
    np.testing.assert_allclose(city["turnout"], [0.55, 0.75])


def test_an_area_that_is_missing_between_its_rows_is_not_covered():
    rows = _rows("1", "2010-01-01", {"A": 50, "B": 60})
    rows += _rows("2", "2012-01-01", {"A": 70})
    rows += _rows("3", "2015-01-01", {"A": 70, "B": 80})
    np.testing.assert_allclose(_city(rows)["coverage"], [1.0, 0.5, 1.0])


def test_an_official_total_is_whole():
    rows = _rows("1", "2010-01-01", {"A": 50, "B": 60})
    rows.append({**rows[0], "election": "0", "date": "2009-01-01", "area": None, "voters": 42})
    city = _city(rows)
    assert city.loc["0", "official"]
    assert not city.loc["1", "official"]
    np.testing.assert_allclose(city.loc["0", ["turnout", "coverage"]].astype(float), [0.42, 1.0])
