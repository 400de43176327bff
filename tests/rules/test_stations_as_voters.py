"""Numbers of stations in the column of the voters."""

from __future__ import annotations

import pandas as pd

from turnout.reading.results import load_results

N = 24
REGISTERED = pd.Series([900 + 211 * at for at in range(N)])


def _rules(voters: pd.Series) -> set[str]:
    table = pd.DataFrame(
        {
            "Tanggal": "2020-12-09",
            "Jenis": "pilbup",
            "Desa": [f"Suka{chr(97 + at)}" for at in range(N)],
            "DPT": REGISTERED,
            "Pengguna Hak Pilih": voters,
        }
    )
    return {one.rule for one in load_results(table).findings}


def test_stations_in_place_of_voters_are_one_error() -> None:
    assert _rules((REGISTERED / 350).round().astype(int)) == {"stations_as_voters"}
    assert not _rules((REGISTERED * 0.7).round().astype(int))


def test_a_low_turnout_is_told_as_that() -> None:
    assert _rules((REGISTERED * 0.05).round().astype(int)) == {"low_turnout"}
