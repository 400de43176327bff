"""An election whose figures are those of another day."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.reading.results import load_results
from turnout.reading.roll import load_roll


def _table(places: int = 24, copied: int = 24) -> pd.DataFrame:
    """Return two elections of some villages; the second has some figures of the first."""
    rng = np.random.default_rng(5)
    registered = rng.integers(700, 4200, places)
    voters = (registered * rng.uniform(0.6, 0.8, places)).astype(int)
    first = pd.DataFrame(
        {
            "tanggal": "2015-12-09",
            "jenis": "pilkada",
            "kecamatan": "Mersam",
            "kelurahan": [f"Desa {chr(65 + n)}ntan" for n in range(places)],
            "dpt": registered,
            "pengguna hak pilih": voters,
        }
    )
    grown = np.where(np.arange(places) < copied, registered, (registered * 1.06).astype(int))
    came = np.where(np.arange(places) < copied, voters, (voters * 1.04).astype(int))
    second = first.assign(tanggal="2020-12-09", dpt=grown).assign(**{"pengguna hak pilih": came})
    return pd.concat([first, second], ignore_index=True)


def _told(table: pd.DataFrame, rule: str = "contest_copied") -> list[object]:
    found = load_results(table).findings
    return [one.spot.row for one in found if one.rule == rule]


@pytest.mark.parametrize("copied", [24, 15])
def test_a_copy_is_told_at_its_first_row(copied: int) -> None:
    assert _told(_table(copied=copied)) == [24]


@pytest.mark.parametrize("copied", [0, 4, 9])
def test_a_few_figures_may_be_the_same(copied: int) -> None:
    assert _told(_table(copied=copied)) == []


def test_elections_of_one_day_may_have_the_same_figures() -> None:
    table = _table()
    table["tanggal"] = "2019-04-17"
    table["jenis"] = ["pilpres"] * 24 + ["pileg"] * 24
    assert _told(table) == []


def test_made_up_figures_are_no_copy() -> None:
    assert _told(_table().assign(dpt=900, **{"pengguna hak pilih": 630})) == []


def _with(name: str, copied: int = 24) -> pd.DataFrame:
    """Return two elections of which only the figures under one header are the same."""
    table, same = _table(copied=0), _table(copied=copied)
    return table.assign(**{name: same[name]})


@pytest.mark.parametrize("copied", [24, 15])
def test_the_registered_of_another_election_are_told(copied: int) -> None:
    table = _with("dpt", copied)
    assert _told(table, "registered_copied") == [24]
    assert _told(table) == []
    assert _told(_with("dpt", 9), "registered_copied") == []


def test_the_voters_of_another_election_are_told() -> None:
    assert _told(_with("pengguna hak pilih")) == [24]


def test_a_copy_of_both_figures_is_told_once() -> None:
    assert _told(_table(), "registered_copied") == []


def test_a_repeat_poll_and_a_second_round_have_the_same_roll() -> None:
    table = _with("dpt")
    table.loc[24:, "tanggal"] = "2016-02-10"
    assert _told(table, "registered_copied") == []
    table.loc[24:, "pengguna hak pilih"] = table["pengguna hak pilih"].to_numpy()[:24]
    assert _told(table) == [24]


def test_each_copy_of_several_is_told() -> None:
    third = _table().iloc[24:].assign(tanggal="2024-11-27")
    assert _told(pd.concat([_table(), third], ignore_index=True)) == [24, 48]


def test_a_roll_that_is_a_past_elections_is_told():
    sizes = [1000 + 37 * number for number in range(12)]
    names = [f"Desa {number}" for number in range(12)]
    past = pd.DataFrame({"area": names, "registered": sizes, "voters": 700}).assign(
        date="2020-12-09", election_type="pilkada"
    )
    roll = past[["area", "registered"]]
    [told] = load_roll(roll, past).findings
    assert (told.rule, told.values["n"]) == ("registered_copied", 12)
    few = roll.assign(registered=[size + 11 * (at > 1) for at, size in enumerate(sizes)])
    assert load_roll(few, past).findings == ()
    assert load_roll(roll.assign(estimated=True), past).findings == ()
    lists = past.assign(registered=past["registered"] + 80, DPT=sizes, DPTb=80)
    [told] = load_roll(roll, lists).findings
    assert (told.rule, told.values["n"]) == ("registered_copied", 12)
    assert "exactly the DPT of" in told.say("en")
    assert load_roll(few, lists).findings == ()


@pytest.mark.parametrize("places", [24, 9])
def test_totals_are_no_further_places_of_a_copy(places: int) -> None:
    table = _table(places, places)
    table["kecamatan"] = [f"Kec {chr(65 + at % 3)}" for at in range(places)] * 2
    by = ["tanggal", "jenis", "kecamatan"]
    totals = table.groupby(by, as_index=False)[["dpt", "pengguna hak pilih"]].sum()
    both = pd.concat([table, totals.assign(kelurahan=None)], ignore_index=True)
    found = [one for one in load_results(both).findings if one.rule == "contest_copied"]
    assert [(one.values["n"], one.values["places"]) for one in found] == (
        [(24, 24)] if places == 24 else []
    )
    past = load_results(both[both["tanggal"] == "2015-12-09"]).table
    roll = both[both["tanggal"] == "2015-12-09"][["kecamatan", "kelurahan", "dpt"]]
    told = [one for one in load_roll(roll, past).findings if one.rule == "registered_copied"]
    assert [one.values["n"] for one in told] == ([24] if places == 24 else [])
