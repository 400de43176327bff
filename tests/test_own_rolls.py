"""Votes that no place has are set apart from totals, whoever tells of them, and nothing else."""

import numpy as np
import pandas as pd
import pytest

from turnout.areas import build_panel, past_turnout
from turnout.elections import Election
from turnout.own_rolls import APART, on_own_rolls
from turnout.schema import canonical_results

PLACES = [("N", "A", 1000, 500), ("N", "B", 1000, 700), ("S", "C", 1000, 600)]
COMING = Election("2024-11-27", "pilkada")


def results(*totals: tuple, told: bool = True, places=PLACES) -> pd.DataFrame:
    """Return areas in a contest and totals: district, registered, voters, of which apart."""
    rows = [(*place, 0) for place in places]
    rows += [(district, None, *figures, 0)[:5] for district, *figures in totals]
    columns = ["district", "area", "registered", "voters", "voters_without_roll"]
    table = pd.DataFrame(rows, columns=columns).assign(city="K")
    table = table.assign(date="2020-12-09", election_type="pilkada")
    return canonical_results(table if told else table.drop(columns="voters_without_roll"))


@pytest.mark.parametrize("told", [True, False])
def test_totals_are_those_of_their_places_and_tell_what_is_apart(told):
    totals = ("N", 2000, 1500, 300), (None, 3000, 2250, 450)
    set_apart = on_own_rolls(results(*totals, told=told))
    assert set_apart["voters"].tolist() == [500, 700, 600, 1200, 1800]
    assert set_apart[APART].tolist() == [0, 0, 0, 300, 450]
    pd.testing.assert_frame_equal(on_own_rolls(set_apart), set_apart)


def test_what_no_row_tells_is_held_against_places_without_what_others_tell():
    # The district tells its 300; that the city has 150 more is seen from its places.
    rows = results(("N", 2000, 1500, 300), (None, 3000, 2250, 0))
    assert on_own_rolls(rows)[APART].tolist() == [0, 0, 0, 300, 450]


@pytest.mark.parametrize(
    "total",
    [
        ("N", 2000, 1200),  # all of them
        ("N", 2000, 1209),  # less than half a point
        ("N", 2000, 1100),  # fewer
        ("N", 2100, 1500),  # some places are not known
        ("N", 1900, 1200),  # places of another roll
    ],
)
def test_totals_that_their_places_explain_stay_the_same_table(total):
    rows = results(total, told=False)
    assert on_own_rolls(rows) is rows


def test_counts_of_some_stations_tell_nothing_of_what_is_apart():
    rows = results(("N", 2000, 1500), told=False)
    rows.loc[0, ["stations_counted", "stations_total"]] = [3, 4]
    assert on_own_rolls(rows) is rows


def test_of_places_that_nothing_parts_such_votes_are_their_own():
    rows = results(("W", 900, 700, 200))
    assert on_own_rolls(rows)["voters"].tolist() == [500, 700, 600, 700]
    inside = pd.DataFrame({"city": ["K"], "district": ["W"], "area": ["D"]})
    assert on_own_rolls(rows, inside)["voters"].tolist() == [500, 700, 600, 500]


def test_a_total_with_fewer_voters_than_such_votes_does_not_hold_them():
    rows = on_own_rolls(results(("N", 2000, 1200, 1300)))
    assert rows["voters"].tolist()[-1] == 1200
    assert rows[APART].tolist()[-1] == 1300


def test_votes_of_groups_in_a_total_with_others_apart_are_not_known():
    rows = results(("N", 2000, 1500, 300)).assign(voters_l=250.0, voters_p=250.0)
    rows = rows.assign(voters_low=rows["voters"], voters_high=rows["voters"] + 10)
    last = on_own_rolls(rows).iloc[-1]
    assert last[["voters_l", "voters_p"]].isna().all()
    assert last[["voters_low", "voters_high"]].tolist() == [1200, 1210]


def test_the_past_of_a_total_is_that_of_its_places_beside_what_is_apart():
    past = past_turnout(build_panel(results(("N", 2000, 1500, 300)), election=COMING))
    whole = past.set_index("scale").loc[["city", "district"]]
    np.testing.assert_allclose(whole["turnout"], [0.6, 0.6, 0.6])
    assert whole[APART].tolist() == [300, 300, 0]
    assert APART not in past_turnout(build_panel(results(told=False), election=COMING))
