"""One matcher of place names for goals, limits, crosswalks, logs and shapes."""

import numpy as np
import pandas as pd
import pytest

from turnout.areas import build_panel
from turnout.errors import DataError, DataWarning, TurnoutError
from turnout.goals.parsing import goals_of_places
from turnout.identity.match import PlaceNames
from turnout.outreach.plan.field import rows_of

PLACES = pd.DataFrame(
    {
        "scale": "area",
        "city": "Kota Jambi",
        "district": ["Utara", "Utara", "Selatan"],
        "area": ["Paal Merah", "Beringin", "Beringin"],
        "area_id": ["1571011001", "1571011002", "1571021001"],
    }
)


@pytest.mark.parametrize("name", ["Kel. Paal Merah", "Paalmerah", "kelurahan PAAL-MERAH"])
def test_goals_and_limits_find_other_spellings_and_tell(name: str) -> None:
    with pytest.warns(DataWarning, match=r"Paal Merah \(Utara\)"):
        goals = goals_of_places(PLACES, {name: "70%"})
    np.testing.assert_allclose(goals, [0.7, np.nan, np.nan])
    with pytest.warns(DataWarning, match=r"Paal Merah \(Utara\)"):
        rows = rows_of(PLACES, pd.DataFrame({"area": [name]}))
    assert rows.tolist() == [0]


def test_case_marks_and_the_dots_of_codes_are_no_other_spelling() -> None:
    goals = goals_of_places(PLACES, {"PAAL-MERAH": 0.7, "15.71.02.1001": 0.6})
    np.testing.assert_allclose(goals, [0.7, np.nan, 0.6])


def test_codes_of_the_same_digits_are_told_by_their_dots() -> None:
    names = PlaceNames(pd.DataFrame({"area": ["A", "B"], "area_id": ["1.12", "11.2"]}))
    assert [names.find(code).rows for code in ("1-12", "11.2", "112")] == [(0,), (1,), (0, 1)]


def test_a_name_of_several_places_is_an_error_that_names_them() -> None:
    both = r"Beringin \(Utara\), Beringin \(Selatan\)"
    with pytest.raises(TurnoutError, match=both):
        goals_of_places(PLACES, {"Beringin": 0.7})
    with pytest.raises(DataError, match=both):
        rows_of(PLACES, pd.DataFrame({"area": ["Beringin"]}))


def test_names_that_resemble_each_other_are_not_matched() -> None:
    assert PlaceNames(PLACES).find("Paal Mera").rows == ()


def test_a_crosswalk_that_names_two_areas_is_an_error() -> None:
    results = PLACES.drop(columns=["scale", "area_id"]).assign(
        date="2020-12-09", election_type="pilkada", registered=[1000, 900, 800], voters=500
    )
    links = pd.DataFrame({"new_area": ["Baru"], "old_area": ["Beringin"], "weight": [1.0]})
    with pytest.raises(DataError, match=r"Beringin \(Utara\), Beringin \(Selatan\)"):
        build_panel(results, crosswalk=links)
