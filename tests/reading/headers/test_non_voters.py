"""Those who did not vote are never taken for the voters; these are the registered less them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading import Reading
from turnout.reading.headers.aliases import RESULTS
from turnout.reading.headers.match import understand
from turnout.reading.headers.non_voters import NON_VOTERS, names_non_voters
from turnout.reading.hints import Hints
from turnout.reading.results import load_counted, load_results

REGISTERED = [1_412, 865, 2_203, 1_077]
VOTERS = [1_010, 702, 1_377, 851]
ABSENT = [402, 163, 826, 226]


def _table(**counts: list[object] | list[int]) -> pd.DataFrame:
    places = {
        "Tanggal": ["9 Desember 2020"] * 4,
        "Jenis": ["Pilkada"] * 4,
        "Kelurahan": ["Muara", "Sekar", "Talang", "Wanasari"],
        "DPT": REGISTERED,
    }
    return pd.DataFrame({**places, **counts})


def _read(table: pd.DataFrame, columns: Mapping[str, str] | None = None) -> Reading:
    return load_results(table, hints=Hints.of(columns))


@pytest.mark.parametrize("header", NON_VOTERS.split(" | "))
def test_every_header_of_non_voters_is_one(header: str) -> None:
    assert names_non_voters(header)
    assert understand(header, RESULTS).names == ("non_voters",)


@pytest.mark.parametrize(
    "header",
    [
        *("Hadir", "Memilih", "Tidak Sah", "Absentee ballots", "Absent voters", "Voted"),
        *("Absensi", "Surat Suara Tidak Digunakan"),
    ],
)
def test_other_headers_are_none(header: str) -> None:
    assert not names_non_voters(header)


@pytest.mark.parametrize(
    "header",
    ["Golput", "Pemilih Tdk Hadir", "Abstained", "Jumlah Non-Voters", "Hak Pilih Tdk Digunakan"],
)
def test_voters_are_registered_less_those_who_did_not_vote(header: str) -> None:
    reading = _read(_table(**{header: ABSENT}))
    assert reading.table["voters"].tolist() == VOTERS
    [told] = reading.findings
    assert (told.rule, told.severity) == ("derived_count", "warning")
    assert f"DPT - {header}" in told.say("id")


def test_beside_the_voters_nothing_is_said_nor_computed() -> None:
    table = _table(
        **{"Yang Memilih": [voters - 3 for voters in VOTERS], "Yang Tidak Memilih": ABSENT}
    )
    reading = _read(table)
    assert reading.table["voters"].tolist() == [voters - 3 for voters in VOTERS]
    assert not reading.findings


def test_ballots_tell_the_voters_before_those_who_did_not_vote() -> None:
    invalid = [10, 7, 30, 8]
    valid = [voters - less for voters, less in zip(VOTERS, invalid, strict=True)]
    reading = _read(_table(**{"Suara Sah": valid, "Suara Tidak Sah": invalid, "Golput": ["-"] * 4}))
    assert reading.table["voters"].tolist() == VOTERS
    assert not reading.errors


@pytest.mark.parametrize(
    ("header", "meant"),
    [("Golput", "voters"), ("Tidak Hadir L", "voters_l"), ("Did not vote", "registered")],
)
def test_they_cannot_be_said_to_be_voters(header: str, meant: str) -> None:
    reading = _read(_table(**{header: ABSENT}), {header: meant})
    assert "non_voters_as_voters" in [one.rule for one in reading.errors]
    assert reading.table.empty


@pytest.mark.parametrize("header", ["Golput L", "Tidak hadir karena sakit", "% Golput"])
def test_some_of_them_are_never_offered_as_voters(header: str) -> None:
    [told] = _read(_table(**{header: ABSENT})).errors
    assert told.rule == "missing_column"
    assert "voters=" not in f"{told.say('id')}{told.say('en')}".replace(" ", "")
    assert f"{header}=" not in told.say("id")
    assert "DPT dikurangi" in told.say("id")


def test_an_unknown_header_is_still_offered() -> None:
    [told] = _read(_table(Datang=VOTERS)).errors
    assert '"Datang": "voters"' in told.say("id")


@pytest.mark.parametrize(
    "cells", [["28,5%", "18,8%", "37,5%", "21,0%"], [28, 19, 37, 21], [28.5, 18.8, 37.5, 21.1]]
)
def test_percentages_of_them_are_no_counts(cells: list[object]) -> None:
    reading = _read(_table(Golput=cells))
    assert "only_non_voters" in [one.rule for one in reading.errors]
    assert "voters" not in reading.table or reading.table["voters"].isna().all()


def test_of_a_count_the_voters_are_not_worked_out() -> None:
    count = _table(Golput=ABSENT).drop(columns=["Tanggal", "Jenis"])
    reading = load_counted(count, election=Election("2024-11-27", "pilkada"))
    assert "only_non_voters" in [one.rule for one in reading.errors]


@pytest.mark.parametrize(
    ("counted", "known"),
    [
        ([4, 4, 4, 4], True),
        ([4, 0, 4, 4], True),  # what is not in counts for nothing
        ([4, 3, 4, 4], False),
        ([4, None, 4, 4], False),
    ],
)
def test_of_a_count_all_of_whose_stations_are_in_they_are(
    counted: list[int | None], *, known: bool
) -> None:
    count = _table(Golput=ABSENT).drop(columns=["Tanggal", "Jenis"])
    count = count.assign(**{"TPS Masuk": counted, "Jumlah TPS": 4})
    reading = load_counted(count, election=Election("2024-11-27", "pilkada"))
    rules = [one.rule for one in reading.findings]
    assert ("derived_count" in rules, "only_non_voters" in rules) == (known, not known)
    assert not known or reading.table["voters"].tolist() == VOTERS


def test_beside_elections_they_are_of_no_unknown_one() -> None:
    wide = pd.DataFrame(
        {
            "Kelurahan": ["Muara", "Sekar"],
            "DPT Pilkada 2015-12-09": [1_400, 850],
            "Hadir Pilkada 2015-12-09": [1_000, 700],
            "DPT Pemilu 2019-04-17": [1_450, 870],
            "Hadir Pemilu 2019-04-17": [1_100, 720],
            "Tidak Hadir": [350, 150],
        }
    )
    assert not load_results(wide).findings


def test_one_sex_that_is_said_to_be_the_voters_is_told() -> None:
    header = "Pengguna Hak Pilih L"
    reading = _read(_table(**{header: ABSENT}), {header: "voters"})
    assert "one_sex_as_voters" in {one.rule for one in reading.findings}
    both = _table(**{header: ABSENT, "Pengguna Hak Pilih P": ABSENT})
    assert "one_sex_as_voters" not in {one.rule for one in _read(both).findings}
