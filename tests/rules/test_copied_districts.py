"""Figures of one kecamatan that stand under another in the same election."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.reading.results import load_results


def election(copied: int = 0, places: int = 6, smallest: int = 600) -> pd.DataFrame:
    """Return an election of three kecamatan; some villages of the last are copies of the first."""
    rng = np.random.default_rng(11)
    registered = rng.integers(smallest, 9 * smallest - 200, 3 * places)
    voters = (registered * rng.uniform(0.55, 0.85, 3 * places)).astype(int)
    registered[2 * places : 2 * places + copied] = registered[:copied]
    voters[2 * places : 2 * places + copied] = voters[:copied]
    return pd.DataFrame(
        {
            "Tanggal": "27 Juni 2018",
            "Jenis": "Pilkada",
            "Kecamatan": np.repeat(["Rantau Pandan", "Bathin", "Pelepat"], places),
            "Kelurahan": [f"Dusun {chr(65 + n)}ran" for n in range(3 * places)],
            "DPT": registered,
            "Pengguna Hak Pilih": voters,
        }
    )


def told(table: pd.DataFrame) -> list[tuple[object, object]]:
    found = [one for one in load_results(table).findings if one.rule == "district_copied"]
    return [(one.spot.row, one.values["n"]) for one in found]


def test_a_block_of_another_district_is_told_at_its_first_row() -> None:
    assert told(election(6)) == [(12, 6)]
    assert told(election(4)) == [(12, 4)]


def test_two_villages_of_a_district_are_a_block_where_that_is_no_chance() -> None:
    assert told(election(2, places=2)) == [(4, 2)]
    assert told(election(2)) == [(12, 2)]
    assert told(election(2, smallest=30)) == []


def test_few_figures_may_be_the_same_by_chance() -> None:
    assert told(election()) == told(election(1)) == []


@pytest.mark.parametrize("upper", ["Kota", "Provinsi"])
def test_districts_and_cities_are_blocks_too(upper: str) -> None:
    lower = {"Kota": "Kecamatan", "Provinsi": "Kabupaten"}[upper]
    names = {"Kecamatan": upper, "Kelurahan": lower}
    assert told(election().rename(columns=names)) == []
    assert told(election(4).rename(columns=names)) == [(12, 4)]


def test_made_up_figures_that_are_the_same_everywhere_are_no_copy() -> None:
    assert told(election().assign(DPT=1000, **{"Pengguna Hak Pilih": 700})) == []
