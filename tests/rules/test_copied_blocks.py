"""Figures of a few villages that stand under others, or under another election."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.reading.results import load_results
from turnout.reading.roll import load_roll
from turnout.rules import check_counted
from turnout.rules.draft import Draft

DISTRICTS, PLACES = ("Rantau Pandan", "Bathin", "Pelepat", "Tanah Tumbuh"), 6
OF_ALL = len(DISTRICTS) * PLACES


def elections(smallest: int = 700) -> pd.DataFrame:
    """Return two elections of four kecamatan, four years apart, on rolls that grow."""
    rng = np.random.default_rng(23)
    registered = rng.integers(smallest, 6 * smallest, OF_ALL)
    parts = []
    for day in ("2015-12-09", "2020-12-09"):
        registered = (registered * rng.uniform(1.01, 1.07, OF_ALL)).astype(int)
        voters = (registered * rng.uniform(0.6, 0.8, OF_ALL)).astype(int)
        parts.append(
            pd.DataFrame(
                {
                    "tanggal": day,
                    "jenis": "pilkada",
                    "kecamatan": np.repeat(DISTRICTS, PLACES),
                    "kelurahan": [f"Dusun {chr(65 + n)}ran" for n in range(OF_ALL)],
                    "dpt": registered,
                    "pengguna hak pilih": voters,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def pasted(to: int, source: int, n: int, *columns: str, smallest: int = 700) -> pd.DataFrame:
    table = elections(smallest)
    for name in columns:
        column = table.columns.get_loc(name)
        table.iloc[to : to + n, column] = table.iloc[source : source + n, column].to_numpy()
    return table


def told(table: pd.DataFrame) -> list[tuple[object, object, str]]:
    found = [one for one in load_results(table).findings if one.rule == "block_copied"]
    return [(one.spot.row, one.values["n"], one.severity) for one in found]


BOTH = ("dpt", "pengguna hak pilih")


@pytest.mark.parametrize("columns", [BOTH, BOTH[:1], BOTH[1:]])
def test_a_kecamatan_with_its_own_figures_of_another_election_is_told(
    columns: tuple[str, ...],
) -> None:
    table = pasted(OF_ALL + 12, 12, 6, *columns)
    if columns == BOTH[1:]:  # nobody votes who is not registered
        assert table["pengguna hak pilih"].le(table["dpt"]).all()
    assert told(table) == [(OF_ALL + 12, 6, "warning")]


@pytest.mark.parametrize("column", BOTH)
def test_one_figure_of_other_villages_is_told(column: str) -> None:
    found = told(pasted(OF_ALL + 12, OF_ALL, 4, column))
    assert (OF_ALL + 12, 4, "warning") in found
    assert {row for row, _, _ in found} <= set(range(OF_ALL + 12, OF_ALL + 16))


@pytest.mark.parametrize("more", [0, 31])
def test_a_kecamatan_that_stands_twice_is_no_copy_of_itself(more: int) -> None:
    table = elections()
    again = table.iloc[OF_ALL : OF_ALL + PLACES]
    again = again.assign(**{"pengguna hak pilih": again["pengguna hak pilih"] - more})
    twice = load_results(pd.concat([table, again], ignore_index=True))
    assert {one.rule for one in twice.findings} == {"repeated_key"}


def test_what_is_impossible_because_of_a_copy_tells_the_copy() -> None:
    table = elections()
    table.loc[OF_ALL : OF_ALL + 3, "dpt"] = [5012, 6013, 7017, 8011]
    table.loc[OF_ALL : OF_ALL + 3, "pengguna hak pilih"] = [4012, 5013, 5917, 6011]
    table.loc[OF_ALL + 12 : OF_ALL + 15, "dpt"] = [4507, 5511, 5908, 2019]
    table.loc[OF_ALL + 12 : OF_ALL + 15, "pengguna hak pilih"] = [4012, 5013, 5917, 6011]
    found = load_results(table).findings
    errors = [(one.rule, one.spot.row) for one in found if one.severity == "error"]
    assert errors == [("block_copied", OF_ALL + 15)]


def test_voters_above_copied_registered_tell_the_copy_only_where_it_explains_them() -> None:
    def errors(table: pd.DataFrame) -> list[tuple[str, object]]:
        found = load_results(table).findings
        assert "block_copied" in {one.rule for one in found if one.severity == "warning"}
        return [(one.rule, one.spot.row) for one in found if one.severity == "error"]

    table = elections()
    table.loc[OF_ALL + 12 : OF_ALL + 15, "dpt"] = table.loc[OF_ALL : OF_ALL + 3, "dpt"].to_numpy()
    turnout = 0.6 + table.index % 11 / 100
    table["pengguna hak pilih"] = (turnout * table["dpt"]).round()
    assert errors(table) == []
    table.loc[OF_ALL + 13, "pengguna hak pilih"] *= 10
    assert errors(table) == [("voters_far_above_registered", OF_ALL + 13)]
    # The registered of a village far smaller are why these are too many.
    size = table.loc[13, "dpt"]
    table.loc[[OF_ALL + 1, OF_ALL + 13], "dpt"] = round(0.2 * size) // 10 * 10 + 1
    table.loc[OF_ALL + 1, "pengguna hak pilih"] = round(0.13 * size)
    table.loc[OF_ALL + 13, "pengguna hak pilih"] = round(0.7 * size)
    assert errors(table) == [("block_copied", OF_ALL + 13)]


@pytest.mark.parametrize("smallest", [20, 60, 700])
def test_clean_elections_stay_quiet(smallest: int) -> None:
    assert told(elections(smallest)) == []


@pytest.mark.parametrize("n", [1, 2])
def test_both_figures_of_a_village_are_hardly_ever_the_same_again(n: int) -> None:
    assert told(pasted(OF_ALL + 12, 12, n, *BOTH)) == [(OF_ALL + 12, n, "warning")]
    # Of two villages one figure may be; of small ones both.
    for column in BOTH:
        assert told(pasted(OF_ALL + 12, 12, n, column)) == []
    assert told(pasted(OF_ALL + 12, 12, 1, *BOTH, smallest=40)) == []


def test_a_kecamatan_of_a_roll_with_the_registered_of_a_past_election_is_told() -> None:
    past = load_results(elections()).table
    names = {"kecamatan": "district", "kelurahan": "area"}
    newest = elections()[OF_ALL:].reset_index(drop=True).rename(columns=names)
    clean = newest[[*names.values()]].assign(registered=(newest["dpt"] * 1.03).astype(int))
    assert "block_copied" not in [one.rule for one in load_roll(clean, past).findings]
    for day in (0, OF_ALL):  # the roll of four years ago, and that of months ago
        copied = clean["registered"].to_numpy().copy()
        copied[6:12] = past["registered"].to_numpy()[day + 6 : day + 12]
        found = load_roll(clean.assign(registered=copied), past).findings
        [one] = [one for one in found if one.rule == "block_copied"]
        assert (one.spot.row, one.values["n"]) == (6, 6)
        assert "roll" in one.message.say("en", **one.values)
        estimated = clean.assign(registered=copied, estimated=True)
        assert "block_copied" not in [one.rule for one in load_roll(estimated, past).findings]


def test_rounded_figures_are_no_copy() -> None:
    table = elections()
    for name in BOTH:
        table[name] = (table[name] / 100).round().astype(int) * 100
    assert told(table) == []


def test_registered_of_a_second_round_are_the_same_by_right() -> None:
    table = pasted(OF_ALL + 12, 12, 6, "dpt")
    table["tanggal"] = table["tanggal"].replace("2015-12-09", "2020-09-09")
    assert told(table) == []


def test_a_block_of_the_past_in_a_count_is_told() -> None:
    table = pasted(OF_ALL + 12, 12, 6, *BOTH)
    results = load_results(table).table
    past, count = results[:OF_ALL], results[OF_ALL:].reset_index(drop=True)
    found = check_counted(Draft.of_table(count), results=past)
    assert [(one.rule, one.spot.row) for one in found] == [("block_copied", 12)]
    assert "block_copied" not in [
        one.rule for one in check_counted(Draft.of_table(past), results=past[:0])
    ]


@pytest.mark.parametrize("registered", [2000, 2001])
def test_one_number_for_all_villages_is_no_block(registered: int) -> None:
    table = elections()
    table.loc[OF_ALL:, "dpt"] = registered
    table.loc[OF_ALL:, "pengguna hak pilih"] = table.loc[OF_ALL:, "pengguna hak pilih"] % 1900
    assert told(table) == []
    table.loc[OF_ALL + 6 :, "pengguna hak pilih"] = 1500
    assert told(table) == []


def test_on_a_roll_that_is_copied_whole_voters_alone_tell_a_copy() -> None:
    table = pasted(OF_ALL, 0, OF_ALL, "dpt", smallest=900)
    voters = table["pengguna hak pilih"].clip(upper=table["dpt"])
    table["pengguna hak pilih"] = voters
    again = voters.to_numpy().copy()
    again[OF_ALL + 12] = again[12]  # of one village of many, by chance
    assert told(table.assign(**{"pengguna hak pilih": again})) == []
    again[OF_ALL + 12 : OF_ALL + 18] = again[12:18]
    found = told(table.assign(**{"pengguna hak pilih": again}))
    assert found == [(OF_ALL + 12, 6, "warning")]


def test_many_copies_are_told_once_each_and_as_the_cause_of_what_is_impossible() -> None:
    table = elections()
    for start in (0, 6):
        own = slice(OF_ALL + start, OF_ALL + start + 5)
        for name in BOTH:
            at = table.columns.get_loc(name)
            table.iloc[own, at] = table.iloc[start : start + 5, at].to_numpy()
    for row in (2, OF_ALL + 2):
        table.loc[row, "pengguna hak pilih"] = table.loc[row, "dpt"] * 2 + 1
    found = [one for one in load_results(table).findings if one.rule == "block_copied"]
    warned = [one.spot.row for one in found if one.severity == "warning"]
    wrong = [(one.spot.row, one.values["n"]) for one in found if one.severity == "error"]
    assert sorted(warned) == [OF_ALL, OF_ALL + 6]
    assert wrong == [(OF_ALL + 2, 5)]
