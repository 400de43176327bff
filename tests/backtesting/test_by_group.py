"""Forecasts by disability and age against what happened."""

import numpy as np
import pandas as pd
import pytest

from turnout.backtesting.by_group import say_scored_by_group, score_by_group

COUNTS = pd.DataFrame(
    {
        "scale": ["city", "area", "area"],
        "city": "Kota",
        "area": [None, "Murni", "Legok"],
        "registered": [5000.0, 2000.0, 3000.0],
        "voters": [3500.0, 1400.0, 2100.0],
        "registered_disabled": [100.0, 40.0, 60.0],
        "voters_disabled": [40.0, 16.0, 24.0],
        "registered_age_17_25": [1000.0, 400.0, 600.0],
        "voters_age_17_25": [600.0, 250.0, 350.0],
        "registered_age_26_up": [4000.0, 1600.0, 2400.0],
        "voters_age_26_up": [2900.0, 1150.0, 1750.0],
    }
)


def told_of(partition: str, groups: list[str]) -> pd.DataFrame:
    """Return a forecast by group of the places of `COUNTS`."""
    rows = [
        {"partition": partition, "scale": place.scale, "city": "Kota", "area": place.area,
         "group": group, "figure": "turnout", "median": 0.45, "level": 0.9, "lower": 0.3,
         "upper": 0.6}
        for place in COUNTS.itertuples()
        for group in groups
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_each_group_is_set_beside_its_count() -> None:
    scored = score_by_group(told_of("disability", ["disabled", "others"]), COUNTS)
    whole = scored[scored["scale"] == "city"].set_index("group")
    np.testing.assert_allclose(whole["actual"], [0.4, 3460 / 4900])
    np.testing.assert_allclose(whole["error"], [5, 100 * (0.45 - 3460 / 4900)])
    assert whole["held"].tolist() == [True, False]
    said = say_scored_by_group(scored, "en").splitlines()
    assert said[0].startswith("Kota, voters with disabilities: turnout 40.0%; forecast 45.0%")
    assert said[2].endswith("with disabilities in 2 of 2, all other voters in 0 of 2.")
    assert "penyandang disabilitas di 2 dari 2" in say_scored_by_group(scored, "id")


def test_groups_that_are_not_the_total_are_not_scored() -> None:
    told = told_of("age", ["age_17_25", "age_26_up"])
    assert set(score_by_group(told, COUNTS)["area"].dropna()) == {"Murni", "Legok"}
    apart = COUNTS.assign(voters_age_17_25=[600.0, 251.0, 350.0])
    assert set(score_by_group(told, apart)["area"].dropna()) == {"Legok"}
    blank = score_by_group(told, COUNTS.drop(columns="voters_age_26_up"))
    assert blank.empty
    assert say_scored_by_group(blank, "en") == ""


@pytest.mark.parametrize("hidden", ["Murni", "Legok"])
def test_what_was_not_told_is_not_scored(hidden: str) -> None:
    told = told_of("disability", ["disabled", "others"])
    told.loc[told["area"] == hidden, ["median", "lower", "upper"]] = np.nan
    assert hidden not in set(score_by_group(told, COUNTS)["area"])
