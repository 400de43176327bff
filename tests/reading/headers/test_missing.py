"""Needed columns that are missing: what is advised is what the file holds."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.reading.results import load_results, read_results

COLUMNS = {
    "Tanggal": ["2018-06-27", "2020-12-09"] * 2,
    "Jenis": ["pilkada"] * 4,
    "Kelurahan": ["Kasang", "Kasang", "Murni", "Murni"],
    "DPT": [1000, 1100, 900, 950],
    "Pengguna Hak Pilih": [600, 700, 500, 600],
}


def advice(header: str, lang: str = "en", **beside: list[object]) -> str:
    """Return what is advised where a column stands under headers that nobody knows."""
    table = pd.DataFrame(COLUMNS).drop(columns=header).assign(**beside)
    (error,) = load_results(table).errors
    return error.say_remedy(lang)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "under", "name", "is_sum"),
    [
        ("Tanggal", "Hari", "date", False),
        ("Tanggal", "Waktu", "date", False),
        ("Jenis", "Event", "election_type", False),
        ("Jenis", "Kategori", "election_type", False),
        ("Jenis", "Race", "election_type", False),
        ("Kelurahan", "Locality", "area", False),
        ("Kelurahan", "Lokasi", "area", False),
        ("DPT", "Roll", "registered", True),
        ("Pengguna Hak Pilih", "Turned up", "voters", True),
    ],
)
def test_a_column_that_may_be_the_missing_one_is_offered(header, under, name, is_sum):
    said = advice(header, **{under: COLUMNS[header]})
    assert f'columns={{"{under}": "{name}"}}' in said
    assert ("sum of columns" in said) == is_sum
    in_indonesian = advice(header, "id", **{under: COLUMNS[header]})
    assert ("jumlah kolom" in in_indonesian) == is_sum


def test_labels_that_come_back_are_offered_as_types_and_as_no_sum():
    said = advice("Jenis", Contest=["A"] * 4)
    assert said.startswith('If columns of the file hold them, say so: columns={"Contest": "elect')


def test_of_several_columns_none_is_offered():
    said = advice("DPT", **{"Roll A": [500] * 4, "Roll B": [400] * 4})
    assert 'columns={"HEADER": "registered"}' in said


def test_voters_by_ways_of_voting_are_offered_as_their_sum():
    said = advice("Pengguna Hak Pilih", **{"Election day": [300] * 4, "Postal": [90] * 4})
    assert '{"Election day": "voters_at_polls", "Postal": "voters_by_post"}' in said


def test_headers_of_another_script_are_listed_and_can_be_told():
    korean = {"Kelurahan": "읍면동명", "DPT": "선거인수", "Pengguna Hak Pilih": "투표수"}
    table = pd.DataFrame(COLUMNS).rename(columns=korean)
    (error,) = load_results(table).errors
    assert error.values["found"] == [*korean.values()]
    told = dict(zip(korean.values(), ("area", "registered", "voters"), strict=True))
    assert not read_results(table, columns=told)["voters"].isna().any()
