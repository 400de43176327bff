"""Counts whose places partly in have the registered of all their stations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from turnout import Election
from turnout.areas import build_panel
from turnout.errors import DataError
from turnout.reading.hints import NO_HINTS
from turnout.reading.results import load_counted

COMING = Election("2024-11-27", "pilkada")
COUNT = pd.DataFrame(
    {
        "kelurahan": ["Murni", "Kasang", "Legok"],
        "dpt": [2400, 1800, 900],
        "hadir": [780, 1100, 0],
        "tps_masuk": [4, 6, 0],
        "jumlah_tps": [8, 6, 3],
    }
)
SAID = replace(NO_HINTS, whole_rolls=True)


def test_registered_of_all_stations_are_shared_by_those_that_are_in() -> None:
    found = load_counted(COUNT, election=COMING, hints=SAID)
    assert found.table["registered"].tolist() == [1200, 1800, 900]
    [told] = found.findings
    assert (told.rule, told.spot.row) == ("registered_of_all_stations", 0)
    assert "4 of the 8 stations of Murni are taken to have 1,200 of its 2,400" in told.say("en")
    plain = load_counted(COUNT, election=COMING)
    assert not plain.findings
    assert plain.table["registered"].tolist() == [2400, 1800, 900]


def test_rows_of_stations_have_their_own_registered() -> None:
    rows = pd.DataFrame({"kelurahan": "Murni", "tps": [1, 2], "dpt": 300, "hadir": [190, 200]})
    found = load_counted(rows.assign(jumlah_tps=8), election=COMING, hints=SAID)
    assert found.table["registered"].tolist() == [600]
    assert not found.findings


@pytest.mark.parametrize(("registered", "few"), [(2400.0, False), (1200.0, True)])
def test_what_is_said_is_held_against_the_roll(registered: float, few: bool) -> None:
    count = COUNT.assign(dpt=np.where(COUNT["tps_masuk"] == 4, registered, COUNT["dpt"]))
    counted = load_counted(count.assign(hadir=[390, 1100, 0]), election=COMING, hints=SAID).table
    places = pd.DataFrame({"area": COUNT["kelurahan"], "registered": [2400.0, 1800, 900]})
    past = places.assign(date="2020-12-09", election_type="pilkada", voters=500.0)
    asked = {"roll": places, "election": COMING, "counted": counted}
    if not few:
        assert build_panel(past, **asked).count is not None
        return
    with pytest.raises(DataError, match="leave out --registered-of-all-stations") as refused:
        build_panel(past, **asked)
    assert [one.rule for one in refused.value.findings] == ["few_of_all"]
