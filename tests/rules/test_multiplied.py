"""Elections whose registered are counted once for each way of voting."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.errors import Finding
from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

DAYS = ("2013-06-05", "2015-12-09", "2020-12-09")
N = 12


def elections(days: tuple[str, ...] = DAYS) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    sizes = rng.integers(1500, 6000, N)
    parts = []
    for at, day in enumerate(days):
        registered = (sizes * 1.03**at * rng.uniform(0.96, 1.05, N)).astype(int)
        part = {"tanggal": day, "jenis": "pilkada", "kecamatan": np.repeat(["Utara", "Pasar"], 6)}
        part |= {"kelurahan": [f"Dusun {chr(65 + n)}ran" for n in range(N)], "dpt": registered}
        voters = (registered * rng.uniform(0.6, 0.8, N)).astype(int)
        parts.append(pd.DataFrame({**part, "pengguna hak pilih": voters}))
    return pd.concat(parts, ignore_index=True)


def multiplied(table: pd.DataFrame, times: float, day: str) -> pd.DataFrame:
    of_day = table["tanggal"] == day
    return table.assign(dpt=table["dpt"].mask(of_day, (table["dpt"] * times).astype(int)))


def found(table: pd.DataFrame) -> list[Finding]:
    return list(load_results(table).findings)


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("days", [DAYS, DAYS[1:]])
def test_registered_counted_several_times_are_told_once(
    times: int, day: str, days: tuple[str, ...]
) -> None:
    if day not in days:
        return
    table = multiplied(elections(days), times, day)
    (told,) = found(table)
    first = int(table.index[table["tanggal"] == day][0])
    assert (told.rule, told.severity, told.spot.row) == ("registered_multiplied", "warning", first)
    assert f"12 of 12 places of pilkada {day[:4]} have about {times} times" in told.say("en")
    assert f"sekitar {times} kali" in told.say("id")


def test_elections_of_one_day_are_each_told() -> None:
    both = pd.concat([elections(), elections(DAYS[2:]).assign(jenis="pilgub")], ignore_index=True)
    both.loc[3 * N :, "dpt"] = both.loc[2 * N : 3 * N - 1, "dpt"].to_numpy()
    both.loc[3 * N :, "pengguna hak pilih"] = both.loc[3 * N :, "dpt"] * 64 // 100
    told = found(multiplied(both, 3, DAYS[2]))
    assert [one.rule for one in told] == ["registered_multiplied"] * 2


def test_growth_and_single_places_are_no_multiples() -> None:
    assert found(elections()) == []
    assert "registered_multiplied" not in {
        one.rule for one in found(multiplied(elections(), 1.5, DAYS[2]))
    }
    some = elections()
    some.loc[2 * N : 2 * N + 7, "dpt"] *= 3
    assert {one.rule for one in found(some)} == {"roll_far_off"}
    # All people are more, and as large a part of them votes: it is another region, or all twice.
    twice = elections()
    rows = twice["tanggal"] == DAYS[2]
    twice.loc[rows, ["dpt", "pengguna hak pilih"]] *= 2
    assert "registered_multiplied" not in {one.rule for one in found(twice)}


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_roll_that_is_several_times_the_past_is_told_once(times: int) -> None:
    past = load_results(elections()).table
    roll = elections(DAYS[2:]).drop(columns=["tanggal", "jenis", "pengguna hak pilih"])
    roll["dpt"] = times * roll["dpt"] + np.arange(N)
    told = [one.rule for one in load_roll(roll, past).findings]
    assert told == ([] if times == 1 else ["registered_multiplied"])
