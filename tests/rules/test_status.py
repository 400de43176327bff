"""A status of a place of a count, beside figures of all of it."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout import Election
from turnout.reading import load_counted
from turnout.reading.results import read_results

PAST = pd.DataFrame(
    {
        "tanggal": "2020-12-09",
        "jenis": "pilkada",
        "kecamatan": "Hulu",
        "kelurahan": ["Sei Raya", "Pal Lima", "Bukit Batu"],
        "dpt": [2000, 3000, 4011],
        "pengguna hak pilih": [1411, 2107, 2809],
    }
)


def told(dpt: int, status: str, header: str = "Status", **stations: int) -> list[int | str | None]:
    count = pd.DataFrame(
        {
            "kecamatan": "Hulu",
            "kelurahan": ["Sei Raya", "Pal Lima"],
            "dpt": [2102, dpt],
            "pengguna hak pilih": [1473, round(0.61 * dpt)],
            header: ["Selesai", status],
        }
    )
    count = count.assign(**{name.replace("_", " "): n for name, n in stations.items()})
    election = Election("2024-11-27", "pilkada")
    found = load_counted(count, election=election, results=read_results(PAST)).findings
    return [one.spot.row for one in found if one.rule == "status_open"]


@pytest.mark.parametrize(
    ("dpt", "status", "header", "doubted"),
    [
        (3122, "Proses", "Status", True),
        (3122, "BELUM", "Status Penghitungan", True),
        (3122, "belum masuk", "Keterangan", True),
        (3122, "Selesai", "Status", False),
        (3122, "Belum diperiksa", "Status", False),  # says nothing of the stations
        (1530, "Proses", "Status", False),  # the registered of the stations that are in
        (3122, "Proses", "Wilayah Kerja", False),
    ],
)
def test_a_place_that_is_not_in_has_no_figures_of_all_of_it(
    dpt: int, status: str, header: str, *, doubted: bool
) -> None:
    assert told(dpt, status, header) == ([1] if doubted else [])


def test_stations_that_are_out_explain_the_status() -> None:
    assert told(3122, "Proses", tps_masuk=4, jumlah_tps=9) == []
    assert told(3122, "Proses", tps_masuk=9, jumlah_tps=9) == [1]


def test_the_status_of_single_stations_says_nothing_of_their_place() -> None:
    stations = pd.DataFrame({"kecamatan": "Hulu", "kelurahan": "Sei Raya", "tps": range(1, 22)})
    voters: list[float | None] = [None] + [70.0] * 20
    count = stations.assign(dpt=100, status=["Belum"] + ["Selesai"] * 20)
    count["pengguna hak pilih"] = voters
    election = Election("2024-11-27", "pilkada")
    found = load_counted(count, election=election, results=read_results(PAST)).findings
    assert "status_open" not in {one.rule for one in found}


@pytest.mark.parametrize(
    ("registered", "voters", "rules"),
    [
        ([900, 950, 1200], [500, None, None], ["missing_voters"]),
        # Voters without registered came in: nobody may read that nothing has.
        ([900, None, None], [500, 600, 700], ["missing_registered", "missing_registered"]),
        ([900, None, 1200], [500, 600, None], ["missing_registered", "missing_voters"]),
        ([900, 950, 1200], [500, 600, 700], []),
    ],
)
def test_places_without_voters_are_told_once(
    registered: list[float | None], voters: list[float | None], rules: list[str]
) -> None:
    table = pd.DataFrame({"kecamatan": "A", "kelurahan": [*"PQR"], "DPT": registered})
    count = table.assign(**{"pengguna hak pilih": voters})
    found = load_counted(count, election=Election("2024-11-27", "pilkada")).findings
    assert sorted(one.rule for one in found) == rules
    for one in found:
        assert ("2 places have no voters yet" in one.say("en")) == (rules == ["missing_voters"])


def test_a_place_without_voters_is_told_as_not_in_too() -> None:
    count = pd.DataFrame({"kecamatan": "A", "kelurahan": [*"PQR"], "DPT": [900, None, 1200]})
    count["pengguna hak pilih"] = [500, None, 700]
    [found] = load_counted(count, election=Election("2024-11-27", "pilkada")).findings
    assert "1 place has no voters yet (Q (A))" in found.say("en")
