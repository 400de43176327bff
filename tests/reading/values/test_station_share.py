"""The share of stations that are in: read with the number of all, refused alone."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election
from turnout.reading import load_counted

COMING = Election("2029-11-27", "pilkada")
COUNT = pd.DataFrame(
    {"Kelurahan": ["Murni", "Legok"], "DPT": [300, 2000], "Pengguna Hak Pilih": [190, 1300]}
)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("persen masuk", ["25%", "100%"]),
        ("% masuk", [25, 100]),
        ("Progres", ["25,0%", "100,0%"]),
        ("TPS masuk (%)", [25, 100]),
        ("Persentase TPS masuk", [0.25, 1]),
    ],
)
def test_with_all_stations_it_tells_how_many_are_in(header: str, cells: list[object]) -> None:
    told = COUNT.assign(**{header: cells, "Jumlah TPS": [4, 5]})
    table = load_counted(told, election=COMING).table
    np.testing.assert_allclose(table["stations_counted"], [1, 5])
    alone = load_counted(told.drop(columns="Jumlah TPS"), election=COMING)
    assert [(one.rule, one.spot.row) for one in alone.errors] == [("station_share_alone", 0)]
    assert alone.errors[0].say("id").startswith(f"baris 0, kolom {header}")
    assert "stations_share" not in alone.table


def test_a_number_of_stations_goes_before_their_share() -> None:
    told = COUNT.assign(**{"TPS masuk": [2, 5], "persen masuk": [30, 100], "Jumlah TPS": [4, 5]})
    reading = load_counted(told, election=COMING)
    assert reading.errors == ()
    np.testing.assert_allclose(reading.table["stations_counted"], [2, 5])
