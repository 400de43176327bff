"""Columns that the user says are the voters, and are not; names that are of no column."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.reading.hints import Hints
from turnout.reading.results import load_results

REGISTERED = [1_200, 2_304, 987, 1_511]
VOTERS = [911, 1_702, 801, 1_204]


def _rules(columns: dict[str, list[int]], said: dict[str, str]) -> set[str]:
    table = pd.DataFrame(
        {
            "Tanggal": "2020-12-09",
            "Jenis": "pilbup",
            "Desa": ["Lebak", "Tegal", "Cirata", "Sukasari"],
            "DPT": REGISTERED,
            **columns,
        }
    )
    return {one.rule for one in load_results(table, hints=Hints.of(said)).findings}


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ("Paslon 1", "candidate_as_voters"),
        ("Suara Calon No. 2", "candidate_as_voters"),
        ("Candidate A", "candidate_as_voters"),
        ("Jumlah Suara Paslon", "valid_as_voters"),
        ("Pengguna Hak Pilih L", "one_sex_as_voters"),
        ("Jumlah TPS", "stations_as_voters"),
    ],
)
def test_what_by_its_header_is_no_column_of_voters_is_told(header: str, rule: str) -> None:
    assert rule in _rules({header: VOTERS}, {header: "voters"})
    assert not _rules({"Yang Datang": VOTERS}, {"Yang Datang": "voters"})


SUMS = {"Paslon 1": [500, 900, 400, 600], "Paslon 2": [400, 700, 300, 500]}
VALID = [900, 1_600, 700, 1_100]


def test_the_sum_of_candidates_is_valid_votes() -> None:
    assert "valid_as_voters" in _rules({**SUMS, "Jumlah": VALID}, {"Jumlah": "voters"})
    assert "valid_as_voters" not in _rules({**SUMS, "Jumlah": VOTERS}, {"Jumlah": "voters"})


@pytest.mark.parametrize(("sums", "offered"), [(VALID, "valid"), (VOTERS, "voters")])
def test_what_is_offered_for_unclear_votes_fits_their_sum(sums: list[int], offered: str) -> None:
    table = pd.DataFrame(
        {
            "Tanggal": "2020-12-09",
            "Jenis": "pilbup",
            "Desa": ["Lebak", "Tegal", "Cirata", "Sukasari"],
            "DPT": REGISTERED,
            **SUMS,
            "Jumlah Suara": sums,
        }
    )
    [error] = load_results(table).errors
    assert f'"Jumlah Suara": "{offered}"' in error.say("id")


def test_numbers_of_rows_are_not_offered_as_the_registered() -> None:
    table = pd.DataFrame(
        {
            "Urutan": [1, 2, 3, 4],
            "Tanggal": "2020-12-09",
            "Jenis": "pilbup",
            "Desa": ["Lebak", "Tegal", "Cirata", "Sukasari"],
            "Pengguna Hak Pilih": VOTERS,
        }
    )
    [error] = load_results(table).errors
    assert '"Urutan"' not in error.say("en")
    [offered] = load_results(table.assign(Urutan=REGISTERED)).errors
    assert '"Urutan": "registered"' in offered.say("en")


def test_a_name_of_no_column_is_told_where_a_column_is_missing_or_nearly_named() -> None:
    assert "own_meaning" in _rules({"A": VOTERS}, {"A": "foo"})
    both = {"Pengguna Hak Pilih": VOTERS, "A": VOTERS}
    assert _rules(both, {"A": "registred"}) == {"nearly_known_meaning"}
    assert not _rules(both, {"A": "kepadatan"})
