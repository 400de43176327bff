"""Areas of a count that stand in another district than the roll says."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading import load_counted

COMING = Election("2029-11-27", "pilkada")
KNOWN = pd.DataFrame(
    [("Mudung Laut", "Pelayangan"), ("Arab Melayu", "Pelayangan"), ("Olak Kemang", "Danau Teluk")],
    columns=["area", "district"],
).assign(area_id=None)


def told(rows: list[tuple[str, str | None]], known: pd.DataFrame = KNOWN) -> list[str]:
    """Return the areas that are told to stand in another district."""
    table = pd.DataFrame(rows, columns=["Kelurahan", "Kecamatan"])
    table = table.assign(DPT=900, **{"Pengguna Hak Pilih": 610, "TPS masuk": 2, "Jumlah TPS": 2})
    reading = load_counted(table, election=COMING, places=known)
    found = [one for one in reading.findings if one.rule == "other_district"]
    assert all(one.severity == "error" and one.spot.column == "Kecamatan" for one in found)
    return [str(one.values["area"]) for one in found]


def test_an_area_in_another_known_district_is_told() -> None:
    rows = [("Mudung Laut", "Danau Teluk"), ("Olak Kemang", "Danau Teluk")]
    assert told(rows) == ["Mudung Laut"]


@pytest.mark.parametrize(
    "rows",
    [
        [("MUDUNG LAUT", "Kec. Pelayangan"), ("Kel. Olak Kemang", "DANAU TELUK")],
        [("Mudung Laut", "Plyangan")],  # another spelling
        [("Mudung Laut", None)],
    ],
)
def test_what_is_written_otherwise_or_not_at_all_is_not_told(
    rows: list[tuple[str, str | None]],
) -> None:
    assert told(rows) == []


def test_a_name_of_two_districts_may_stand_in_either() -> None:
    more = pd.DataFrame({"area": ["Mudung Laut"], "district": ["Danau Teluk"], "area_id": [None]})
    known = pd.concat([KNOWN, more], ignore_index=True)
    assert told([("Mudung Laut", "Danau Teluk"), ("Mudung Laut", "Pelayangan")], known) == []


def test_an_old_area_without_its_district_may_stand_anywhere() -> None:
    old = pd.DataFrame({"area": ["Arab Melayu"], "district": [None], "area_id": [None]})
    known = pd.concat([KNOWN, old], ignore_index=True)
    assert told([("Arab Melayu", "Danau Teluk")], known) == []
