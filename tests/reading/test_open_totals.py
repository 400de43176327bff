"""A count's totals with the roll of all beside the votes of those that are in."""

import pandas as pd
import pytest

from turnout import Election
from turnout.reading import load_counted

COMING = Election("2024-11-27", "pilkada")
HEAD = ["Kecamatan", "Kelurahan", "No TPS", "DPT", "Pengguna Hak Pilih"]
STATIONS = [
    ["Utara", "Murni", "1", 500, 300],
    ["Utara", "Murni", "2", 400, None],
    ["Utara", "Legok", "1", 450, 280],
    ["Utara", "Olak", "1", 300, None],
]
AREAS = [["Utara", "Murni", 900, 540], ["Utara", "Legok", 450, None]]


def _load(rows, head=HEAD):
    return load_counted(pd.DataFrame(rows, columns=head), election=COMING)


def _rules(reading):
    return {one.rule for one in (*reading.errors, *reading.warnings)}


def _districts(reading):
    return reading.table["area"].isna().sum()


@pytest.mark.parametrize("name", ["JUMLAH", None])
@pytest.mark.parametrize("votes", [580, 0])
def test_a_total_of_a_count_may_have_the_roll_of_stations_that_are_blank(name, votes):
    stations = [row if votes else [*row[:4], None] for row in STATIONS]
    reading = _load([*stations, ["Utara", name, None, 1650, votes]])
    assert not reading.errors
    assert "open_total" in _rules(reading)
    assert _districts(reading) == 0


def test_a_total_of_areas_that_are_blank_likewise():
    head = [one for one in HEAD if one != "No TPS"]
    reading = _load([*AREAS, ["Utara", None, 1350, 540]], head)
    assert (reading.errors, _districts(reading)) == ((), 0)
    assert "open_total" in _rules(reading)


def test_a_total_of_what_is_in_stays_and_is_checked():
    reading = _load([*STATIONS, ["Utara", None, None, 950, 580]])
    assert (reading.errors, _districts(reading)) == ((), 1)
    assert "open_total" not in _rules(reading)
    wrong = _load([*STATIONS, ["Utara", None, None, 950, 570]])
    assert "total_below_parts" in _rules(wrong)


def test_a_total_above_rows_that_are_complete_is_wrong_and_says_what_a_count_may_do():
    head = [one for one in HEAD if one != "No TPS"]
    [error] = _load(
        [AREAS[0], ["Utara", "Legok", 450, 280], ["Utara", None, 1400, 820]], head
    ).errors
    assert error.rule == "total_above_parts"
    assert "hapus baris jumlah itu" in error.say("id")


def test_the_total_of_an_areas_stations_may_have_the_roll_of_blank_ones():
    rows = [*STATIONS[:2], ["Utara", "Murni", "Jumlah", 900, 300]]
    assert not _load(rows).errors
    rows[-1] = ["Utara", "Murni", "Jumlah", 950, 300]
    assert _rules(_load(rows)) >= {"total_off_stations"}


TOLD = [*HEAD, "TPS masuk", "Jumlah TPS"]


@pytest.mark.parametrize("roll", [1650, 950])
def test_a_total_that_tells_its_stations_has_the_registered_of_its_rows(roll):
    rows = [[*row, None, None] for row in STATIONS]
    reading = _load([*rows, ["Utara", "JUMLAH", None, roll, 580, 2, 4]], TOLD)
    assert not reading.errors
    [total] = reading.table[reading.table["area"].isna()].itertuples()
    assert (total.registered, total.stations_counted, total.stations_total) == (950, 2, 4)
    assert ("roll_of_all_stations" in _rules(reading)) == (roll == 1650)


def test_stations_that_are_told_not_to_be_in_count_as_blank():
    head = [one for one in TOLD if one != "No TPS"]
    rows = [["Utara", "Murni", 900, 540, 2, 2], ["Utara", "Legok", 450, 0, 0, 1]]
    reading = _load([*rows, ["Utara", "JUMLAH", 1350, 540, 2, 3]], head)
    assert not reading.errors
    assert reading.table.loc[reading.table["area"].isna(), "registered"].tolist() == [900]


def test_totals_of_totals_follow():
    head = ["Kota", *[one for one in TOLD if one != "No TPS"]]
    rows = [
        ["Jambi", "Utara", "Murni", 900, 540, 2, 2],
        ["Jambi", "Utara", "Legok", None, None, 0, 1],
        ["Jambi", "Utara", None, 1350, 540, 2, 3],
        ["Jambi", "Timur", "Kasang", 400, 200, 1, 1],
        ["Jambi", "Timur", None, 400, 200, 1, 1],
        ["Jambi", None, None, 1750, 740, 3, 4],
    ]
    reading = _load(rows, head)
    assert not reading.errors
    totals = reading.table[reading.table["area"].isna()]
    assert totals["registered"].tolist() == [900, 400, 1300]
