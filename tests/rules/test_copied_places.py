"""A village that has the figures of another in the same election: one row pasted over another."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.errors import Finding
from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

PLACES = 24
DAYS = ("2015-12-09", "2019-04-17", "2020-12-09")
FIGURES = ["dpt", "pengguna hak pilih"]


def elections(smallest: int = 1501) -> pd.DataFrame:
    """Return three elections of villages each a tenth larger than the one before it."""
    rng = np.random.default_rng(5)
    sizes = smallest * 1.1 ** np.arange(PLACES)
    parts = []
    for day in DAYS:
        registered = (sizes * rng.uniform(0.98, 1.05, PLACES)).astype(int) // 10 * 10 + 7
        voters = (registered * rng.uniform(0.6, 0.8, PLACES)).astype(int) // 10 * 10 + 3
        parts.append(
            pd.DataFrame(
                {
                    "tanggal": day,
                    "jenis": "pileg" if day[:4] == "2019" else "pilkada",
                    "kecamatan": np.repeat(["Rantau Pandan", "Bathin"], PLACES // 2),
                    "kelurahan": [f"Dusun {chr(65 + n)}ran" for n in range(PLACES)],
                    "dpt": registered,
                    "pengguna hak pilih": voters,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def pasted(table: pd.DataFrame, to: int, source: int) -> pd.DataFrame:
    table.loc[to, FIGURES] = table.loc[source, FIGURES]
    return table


def found(table: pd.DataFrame) -> list[Finding]:
    return list(load_results(table).findings)


@pytest.mark.parametrize("contest", range(len(DAYS)))
@pytest.mark.parametrize(("to", "source"), [(4, 16), (16, 4), (3, 8)])
def test_a_row_of_another_village_is_told_in_place_of_its_jump(
    contest: int, to: int, source: int
) -> None:
    first = contest * PLACES
    table = pasted(elections(), first + to, first + source)
    (told,) = found(table)
    assert (told.rule, told.severity, told.spot.row) == ("place_copied", "warning", first + to)
    assert str(table["kelurahan"][first + source]) in told.say("id")
    assert str(table["kelurahan"][first + source]) in told.say("en")


def test_villages_that_are_as_large_may_have_the_same_figures() -> None:
    assert not found(elections())
    assert not found(pasted(elections(), 5, 6))


def test_a_village_that_grew_slowly_and_has_the_figures_of_another_is_no_copy() -> None:
    table = elections()
    for contest, times in enumerate((0.7, 0.85, 1.0)):
        table.loc[PLACES * contest + 4, FIGURES] = [int(times * 2200) | 1, int(times * 1500) | 1]
    assert "place_copied" not in [
        one.rule for one in found(pasted(table, 2 * PLACES + 4, 2 * PLACES + 3))
    ]


def test_figures_that_are_small_or_round_are_no_copy() -> None:
    assert "place_copied" not in [one.rule for one in found(pasted(elections(107), 3, 9))]
    table = elections()
    table[FIGURES] = table[FIGURES] // 10 * 10
    assert "place_copied" not in [one.rule for one in found(pasted(table, 4, 16))]


def test_the_registered_alone_is_a_jump() -> None:
    table = elections()
    table.loc[4, "dpt"] = int(table["dpt"].to_numpy()[10])
    assert {one.rule for one in found(table)} == {"roll_jump"}


@pytest.mark.parametrize(("contests", "told"), [((), 0), ((0, 1), 1), ((0, 1, 2), 1)])
def test_a_row_that_is_another_in_several_elections_is_told_once(
    contests: tuple[int, ...], told: int
) -> None:
    table = elections()
    own = table.iloc[:PLACES][["kecamatan", "kelurahan", "dpt"]].assign(dpt=lambda t: t["dpt"] + 9)
    for contest in contests:
        table = pasted(table, contest * PLACES + 5, contest * PLACES + 4)
    reading = load_results(table)
    assert [one.rule for one in reading.findings] == ["row_copied"] * told
    assert [one.values["n"] for one in reading.findings] == [len(contests)] * told
    assert all(one.spot.row == 5 for one in reading.findings)
    # The roll is not off for that, where the copy is of another size.
    for contest in contests:
        table = pasted(table, contest * PLACES + 5, contest * PLACES + 20)
    assert not load_roll(own, load_results(elections()).table).findings
    if len(contests) == len(DAYS):
        assert not load_roll(own, load_results(table).table).findings
