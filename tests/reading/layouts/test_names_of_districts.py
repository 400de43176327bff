"""Kelurahan that bear the name of their kecamatan, beside rows that are its total."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading.results import load_counted, load_results
from turnout.reading.roll import load_roll

Row = tuple[str, str, int, int]
COMING = Election("2024-11-27", "pilkada")


def results(rows: list[Row]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["Kelurahan", "Kecamatan", "DPT", "Pengguna Hak Pilih"])
    return table.assign(Tanggal="9 Desember 2020", Jenis="Pilkada")


CHANCE: dict[str, list[Row]] = {
    "of all others, elsewhere": [
        ("Olak Kemang", "Danau Teluk", 512, 301),
        ("Jelutung", "Jelutung", 2310, 1122),
        ("Mayang", "Alam Barajo", 900, 520),
        ("Solok Sipin", "Danau Sipin", 701, 301),
    ],
    "of some, in the same kecamatan": [
        ("Handil Jaya", "Jelutung", 1400, 800),
        ("Lebak Bandung", "Jelutung", 1300, 655),
        ("Jelutung", "Jelutung", 2910, 1455),
        ("Payo Lebar", "Jelutung", 1100, 702),
        ("Mayang", "Alam Barajo", 1250, 711),
    ],
}


@pytest.mark.parametrize("rows", CHANCE.values(), ids=list(CHANCE))
def test_voters_that_add_up_by_chance_make_no_total(rows: list[Row]) -> None:
    reading = load_results(results(rows))
    assert reading.table["area"].tolist() == [row[0] for row in rows]
    assert [one.rule for one in reading.findings] == []


def test_registered_that_add_up_by_chance_make_no_total() -> None:
    rows = [(name, district, registered) for name, district, registered, _ in CHANCE[
        "of some, in the same kecamatan"]]  # fmt: skip
    rows[2] = ("Jelutung", "Jelutung", 1400 + 1300)
    roll = load_roll(pd.DataFrame(rows, columns=["Kelurahan", "Kecamatan", "DPT"]))
    assert roll.table["area"].tolist() == [row[0] for row in rows]


TOTAL: list[Row] = [
    ("Handil Jaya", "Jelutung", 1400, 800),
    ("Lebak Bandung", "Jelutung", 1300, 655),
    ("Jelutung", "Jelutung", 2700, 1455),
    ("Mayang", "Alam Barajo", 1250, 711),
    ("Bagan Pete", "Alam Barajo", 1150, 690),
]


def test_the_sum_of_all_its_kelurahan_is_their_total() -> None:
    reading = load_results(results(TOTAL))
    assert [one.rule for one in reading.findings] == ["total_found"]
    whole = reading.table[reading.table["area"].isna()]
    assert whole[["district", "registered"]].to_numpy().tolist() == [["Jelutung", 2700.0]]


def test_a_total_with_a_fault_is_told() -> None:
    rows = [*TOTAL]
    rows[2] = ("Jelutung", "Jelutung", 27_000, 1455)
    assert "total_found" in {one.rule for one in load_results(results(rows)).findings}


@pytest.mark.parametrize("roll", [0, 900])
def test_where_nothing_is_in_yet_no_kelurahan_is_the_total_of_the_others(roll: int) -> None:
    names = ["Kota Baru", "Kasang", "Murni", "Legok", "Solok Sipin"]
    count = pd.DataFrame({"Kelurahan": names, "Kecamatan": "Kota Baru", "DPT": roll})
    count = count.assign(**{"Pengguna Hak Pilih": 0, "TPS Masuk": 0, "Jumlah TPS": 2})
    assert load_counted(count, election=COMING).table["area"].tolist() == names
