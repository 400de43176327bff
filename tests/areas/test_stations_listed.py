"""Rows of stations in a count: whether they are all there are is told by the roll."""

import pandas as pd
import pytest

from turnout.areas import Panel, build_panel
from turnout.elections import Election
from turnout.errors import DataError
from turnout.forecast.counted import Counted
from turnout.reading import load_counted, load_results

COMING = Election("2024-11-27", "pilkada")
PAST = pd.DataFrame(
    [
        ("Kota", "Utara", "Murni", 1000, 700),
        ("Kota", "Utara", "Legok", 2400, 1500),
        ("Kota", "Selatan", "Kasang", 4000, 3000),
    ],
    columns=["city", "district", "area", "registered", "voters"],
).assign(date="2018-06-27", election_type="pilkada")
ROLL = PAST[["city", "district", "area", "registered"]]


def stations(numbers, registered=300, voters=200, **more) -> pd.DataFrame:
    """Return rows of stations of Legok, which has 8 of 300 registered."""
    table = {"Kecamatan": "Utara", "Kelurahan": "Legok", "No TPS": list(numbers)}
    return pd.DataFrame({**table, "DPT": registered, "Pengguna Hak Pilih": voters, **more})


def held(table: pd.DataFrame, roll: pd.DataFrame | None = ROLL) -> tuple[Panel, Counted]:
    reading = load_counted(table, election=COMING, results=None)
    panel = build_panel(PAST, roll=roll, election=COMING, counted=reading.table)
    counted = Counted.of(panel, panel.contest_of(COMING), None)
    assert counted is not None
    return panel, counted


def legok(table: pd.DataFrame, roll: pd.DataFrame | None = ROLL) -> tuple[float, float]:
    """Return the share of Legok that is counted, and its registered in the forecast."""
    panel, counted = held(table, roll)
    at = panel.nodes["area"] == "Legok"
    shares = counted.places.set_index("area")["counted_share"]
    return round(float(shares["Legok"]), 4), float(panel.nodes.loc[at, "registered"].iloc[0])


@pytest.mark.parametrize("roll", [ROLL, None])
@pytest.mark.parametrize("numbers", [[1, 2, 3], [6, 7, 8], [1, 2, 4]])
def test_stations_that_are_in_are_not_all_there_are(numbers, roll):
    """The newest contest tells how large the place is where there is no roll."""
    assert legok(stations(numbers), roll) == (0.375, 2400)
    panel, counted = held(stations(numbers), roll)
    assert panel.count is not None
    assert panel.count.untold == ("Legok (Utara)",)
    assert counted.assumed == 0


def test_stations_that_hold_the_roll_are_all_without_a_word():
    for low in (200, 60):  # however few voted: the registered are these stations' own
        whole = stations(range(1, 9), voters=low)
        reading = load_counted(whole, election=COMING, results=load_results(PAST).table)
        assert reading.findings == ()
        panel, counted = held(whole)
        assert panel.count is not None
        assert legok(whole) == (1, 2400)
        assert (panel.count.untold, panel.count.doubts.far_below, counted.assumed) == ((), (), 0)
        assert not any("98%" in note.say("en") for note in counted.notes(panel.count, COMING))


def test_numbers_without_a_station_are_none_where_the_others_hold_the_roll():
    skipped = stations([1, 2, 4, 5, 6, 7, 8, 9])
    assert legok(skipped) == (1, 2400)
    told = load_counted(skipped, election=COMING).findings
    assert [(one.rule, one.severity) for one in told] == [("absent_stations", "warning")]


def test_of_a_list_of_all_stations_some_are_out():
    blank = [None] * 5
    listed = stations(range(1, 9), [300] * 3 + blank, [200] * 3 + blank)
    assert legok(listed) == (0.375, 2400)
    assert held(listed)[0].count.untold == ()
    begun = stations([1, 2, 3], [300, 300, None], [200, 200, None])
    assert legok(begun) == (0.25, 2400)  # of a list that is not of all


def test_a_number_of_all_stations_that_the_file_tells_counts():
    panel, counted = held(stations([1, 2, 3], **{"Jumlah TPS": 10}))
    assert panel.count.untold == ()
    assert counted.places.set_index("area").loc["Legok", "stations_total"] == 10
    # Three stations with the voters of eight on the roll are not all there are.
    with pytest.raises(DataError, match="By the count Legok"):
        legok(stations([1, 2, 3], **{"Jumlah TPS": 3}))
    assert legok(stations([1, 2, 3], 700, **{"Jumlah TPS": 3})) == (1, 2100)


def test_the_rolls_number_of_stations_counts_where_the_count_tells_none():
    roll = ROLL.assign(stations_total=[4, 8, 14])
    panel, counted = held(stations([1, 2, 3]), roll)
    assert panel.count.untold == ()
    legok_told = counted.places.set_index("area").loc["Legok"]
    assert (legok_told["stations_total"], round(legok_told["counted_share"], 4)) == (8, 0.375)
    assert "3 of 26 stations are in (11.5%)" in counted.say()
    # Stations that hold the roll are all, whatever the roll says of their number; fewer is wrong.
    assert legok(stations(range(1, 9)), ROLL.assign(stations_total=9)) == (1, 2400)
    assert held(stations([1, 2, 3]), ROLL.assign(stations_total=2))[0].count.untold


def test_the_share_counted_is_of_the_stations_where_these_are_told_else_of_the_voters():
    """Of Legok two stations of eight are in, with half of its 2,400 voters; of the city 1,200."""
    few = {"registered": [500, 700], "voters": [300, 400]}
    assert legok(stations([1, 2], **few, **{"Jumlah TPS": 8})) == (0.25, 2400)
    assert legok(stations([1, 2], **few)) == (0.5, 2400)
    _, counted = held(stations([1, 2], **few))
    assert counted.share == pytest.approx(1200 / 7400)


def test_results_of_stations_have_no_column_of_what_is_listed():
    told = stations([1, 2, 3]).assign(Tanggal="27/06/2018", Jenis="pilkada")
    table = load_results(told).table
    assert table["stations_total"].tolist() == [3]
    assert "stations_listed" not in table


# --- votes without a roll of their own -----------------------------------------------------------

ADDED = pd.DataFrame({"No TPS": ["DPTb", "DPK"], "DPT": None, "Pengguna Hak Pilih": [7, 19]})


def test_added_voters_beside_the_stations_count_in_the_area_and_are_no_stations():
    table = pd.concat([stations([1, 2, 3]), ADDED.assign(Kecamatan="Utara", Kelurahan="Legok")])
    reading = load_counted(table, election=COMING)
    row = reading.table.iloc[0]
    assert (row["registered"], row["voters"], row["stations_counted"]) == (900, 626, 3)
    assert legok(table) == (0.375, 2400)
    told = [one.say("en") for one in reading.findings]
    assert len(told) == 1
    assert "26 voters in 2 rows" in told[0]
    assert "count in the area that their row names" in told[0]


def test_added_voters_of_no_area_are_set_apart_and_so_it_is_said():
    whole = pd.DataFrame(
        {
            "Kecamatan": "Utara",
            "Kelurahan": ["Murni", "Legok", "DPTb"],
            "DPT": [1000, 2400, None],
            "Pengguna Hak Pilih": [700, 1500, 26],
        }
    )
    reading = load_counted(whole, election=COMING)
    assert ["set apart" in one.say("en") for one in reading.findings] == [True]
    assert held(whole)[1].apart == 26
