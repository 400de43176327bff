"""Stations of a count without voters, and rows of stations that are errors."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout import Election
from turnout.reading.results import load_counted, load_results

COMING = Election("2024-11-27", "pilkada")


def of_stations(murni, kasang=(190, 185), **more):
    """Return rows of the stations of two kelurahan, 300 registered in each."""
    voters = [*murni, *kasang]
    rows = {
        "kelurahan": ["Murni"] * len(murni) + ["Kasang"] * len(kasang),
        "tps": [*range(1, len(murni) + 1), *range(1, len(kasang) + 1)],
        "dpt": 300,
        "hadir": voters,
    }
    return pd.DataFrame({**rows, **more})


def rules_of(rows, load=load_counted):
    return {one.rule: one.severity for one in load(rows, election=COMING).findings}


def test_stations_of_a_count_with_a_roll_and_no_voters_are_asked_about():
    found = load_counted(of_stations([200, 0, 190, 0]), election=COMING)
    [error] = found.errors
    assert (error.rule, error.values["stations"]) == ("stations_without_voters", ["2", "4"])
    assert "TPS 2, 4" in error.say("id")
    assert "station_zero_voters" not in {one.rule for one in found.findings}
    assert found.table["area"].tolist() == ["Kasang"]  # what is left without rows that are errors


def test_a_place_all_of_whose_stations_have_no_voters_is_asked_about():
    assert rules_of(of_stations([0, 0])) == {"stations_without_voters": "error"}


def test_blank_stations_are_not_in():
    found = load_counted(of_stations([200, None, 190]), election=COMING)
    assert not found.errors
    assert found.table["stations_counted"].tolist() == [2, 2]


@pytest.mark.parametrize(("said", "counted"), [(1, 3), (0, 2)])
def test_a_station_may_say_whether_it_is_in(said, counted):
    rows = of_stations([200, 0, 190], tps_masuk=[1, said, 1, 1, 1])
    found = load_counted(rows, election=COMING)
    assert not found.errors
    assert found.table["stations_counted"].tolist() == [counted, 2]
    assert found.table["registered"].tolist() == [300 * counted, 600]


def test_few_registered_may_all_have_stayed_at_home():
    rows = of_stations([200, 0, 190], dpt=[300, 8, 300, 300, 300])
    assert rules_of(rows)["station_zero_voters"] == "warning"
    assert "stations_without_voters" not in rules_of(rows)


def test_in_results_of_the_past_it_deserves_a_look():
    rows = of_stations([200, 0, 190]).assign(tanggal="2018-06-27", jenis="pilkada")
    assert {one.rule: one.severity for one in load_results(rows).findings}[
        "station_zero_voters"
    ] == "warning"


def test_a_place_one_of_whose_stations_is_an_error_is_left_out():
    """It is left out whole, wherever in it the error stands."""
    rows = of_stations([200, 195, 190], tps=[1, 2, 2, 1, 2])
    rows = rows.assign(tanggal="2018-06-27", jenis="pilkada")
    found = load_results(rows)
    assert {one.spot.row for one in found.errors} == {1, 2}
    assert found.table["area"].tolist() == ["Kasang"]
    assert load_results(rows.assign(tps=[1, 2, 3, 1, 2])).table["area"].tolist() == [
        *("Murni", "Kasang")
    ]


def test_a_place_of_a_count_without_registered_may_not_be_in():
    rows = pd.DataFrame({"kelurahan": ["Murni", "Kasang"], "dpt": [0, 900], "hadir": [0, 610]})
    [error] = load_counted(rows, election=COMING).errors
    assert error.rule == "zero_registered"
    assert "TPS masuk" in error.remedy.id
    blank = rows.assign(dpt=[None, 900], hadir=[None, 610])
    assert not load_counted(blank, election=COMING).errors
    assert not load_counted(rows.assign(**{"tps masuk": [0, 3]}), election=COMING).errors


@pytest.mark.parametrize(("said", "counted"), [(None, 2), (1, 3)])
def test_a_station_of_0_registered_and_0_voters_is_not_in_unless_it_says_so(said, counted):
    rows = of_stations([200, 0, 190], dpt=[300, 0, 300, 300, 300])
    rows = rows if said is None else rows.assign(tps_masuk=said)
    found = load_counted(rows, election=COMING)
    assert not found.errors
    assert found.table["stations_counted"].tolist() == [counted, 2]
    assert found.table["stations_listed"].tolist() == [3, 2]
    assert found.table["registered"].tolist() == [600, 600]
