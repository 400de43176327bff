"""One cause that a roll and a count have in common is told once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout.cli.files import read_files
from turnout.elections import Election

COMING = Election("2024-11-27", "pilkada")
DISTRICTS, PLACES = ("Rantau Pandan", "Bathin", "Pelepat", "Tanah Tumbuh"), 5
N = len(DISTRICTS) * PLACES
Edit = Callable[[pd.DataFrame], pd.DataFrame]


def places() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    return pd.DataFrame(
        {
            "kecamatan": np.repeat(DISTRICTS, PLACES),
            "kelurahan": [f"Dusun {chr(65 + n)}ran" for n in range(N)],
            "dpt": rng.integers(1500, 5000, N),
        }
    )


def told(folder: Path, of_roll: Edit, of_count: Edit) -> list[tuple[str, str]]:
    """Return role and rule of what is found in a roll and a count with some change."""
    past = places().assign(pengguna_hak_pilih=lambda t: (t["dpt"] * 0.68).astype(int))
    past.insert(0, "tanggal", "2020-12-09")
    past.insert(1, "jenis", "pilkada")
    older = past.assign(tanggal="2015-12-09", dpt=past["dpt"] * 97 // 100)
    older["pengguna_hak_pilih"] = older["dpt"] * 7 // 10
    roll = places().assign(dpt=lambda t: t["dpt"] * 103 // 100)
    roll["jumlah_tps"] = (roll["dpt"] / 280).round().astype(int)
    count = roll.assign(pengguna_hak_pilih=roll["dpt"] * 7 // 10, tps_masuk=roll["jumlah_tps"])
    tables = {
        "results": pd.concat([older, past]),
        "roll": of_roll(roll),
        "counted": of_count(count),
    }
    for role, table in tables.items():
        table.to_csv(folder / f"{role}.csv", index=False)
    files = {role: folder / f"{role}.csv" for role in tables}
    readings = read_files(files, COMING)
    return [(role, one.rule) for role, read in readings.items() for one in read.findings]


def same(table: pd.DataFrame) -> pd.DataFrame:
    return table


def thrice(table: pd.DataFrame) -> pd.DataFrame:
    figures = [name for name in ("dpt", "pengguna_hak_pilih") if name in table]
    return table.assign(**{n: table[n].mask(table.index == 3, 3 * table[n]) for n in figures})


def sexes(table: pd.DataFrame) -> pd.DataFrame:
    men = table["dpt"] // 2
    return table.assign(dpt_l=men, dpt_p=(table["dpt"] - men).mask(table.index == 3, men + 9))


def copied(table: pd.DataFrame) -> pd.DataFrame:
    table, figures = table.copy(), [n for n in ("dpt", "pengguna_hak_pilih") if n in table]
    table.loc[5:9, figures] = table.loc[0:4, figures].to_numpy()
    return table


def splits(table: pd.DataFrame) -> pd.DataFrame:
    figures = table.columns.drop(["kecamatan", "kelurahan"])
    half, rest = table.loc[[4]].copy(), table.loc[[4]].copy()
    half[figures] //= 2
    rest[figures] -= half[figures]
    parts = [half.assign(kelurahan="Dusun Eran I"), rest.assign(kelurahan="Dusun Eran II")]
    return pd.concat([table, *parts], ignore_index=True)


def test_nothing_is_told_of_a_roll_and_a_count_that_are_right(tmp_path: Path) -> None:
    assert told(tmp_path, same, same) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [(thrice, "roll_far_off"), (sexes, "registered_l_p"), (splits, "splits_beside_whole")],
)
def test_what_both_have_is_told_of_the_roll(tmp_path: Path, change: Edit, rule: str) -> None:
    both = told(tmp_path, change, change)
    assert [role for role, name in both if name == rule] == ["roll"]
    assert "counted" not in {role for role, _ in both}


def test_what_the_count_alone_has_is_told_of_it(tmp_path: Path) -> None:
    assert told(tmp_path, same, sexes) == [("counted", "registered_l_p")]
    assert told(tmp_path, sexes, same) == [("roll", "registered_l_p")]


def test_a_copied_block_of_a_roll_is_told_without_its_jumps(tmp_path: Path) -> None:
    found = told(tmp_path, copied, copied)
    assert found == [("roll", "block_copied"), ("counted", "district_copied")]
