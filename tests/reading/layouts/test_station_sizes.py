"""Stations whose registered and voters both have a digit too many or too few."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

DPT = [231, 245, 262, 238, 251, 229]
VOTED = [180, 171, 199, 188, 203, 160]


def stations(day: str = "2024-02-14", kind: str = "pilpres", **changed: list[object]):
    """Return the stations of two kelurahan in one contest."""
    places = ["Kasang"] * 6 + ["Murni"] * 6
    figures = {"dpt": [*DPT, *(n + 3 for n in DPT)], "hadir": [*VOTED, *(n + 2 for n in VOTED)]}
    columns = {"no tps": [*range(1, 7)] * 2, **figures, **changed}
    return pd.DataFrame(
        {"tanggal": day, "jenis": kind, "kecamatan": "Utara", "kelurahan": places, **columns}
    )


def put(table: pd.DataFrame, row: int, dpt: float, voted: float) -> pd.DataFrame:
    return table.assign(
        dpt=[*table["dpt"][:row], dpt, *table["dpt"][row + 1 :]],
        hadir=[*table["hadir"][:row], voted, *table["hadir"][row + 1 :]],
    )


def told(table: pd.DataFrame) -> list[tuple[str, object]]:
    return [(one.rule, one.spot.row) for one in load_results(table).findings]


@pytest.mark.parametrize(
    ("dpt", "voted"),
    [(2381, 1880), (2238, 1188), (1238, 988), (24, 19), (30, 18), (2380, 188)],
)
def test_a_station_with_a_digit_too_many_or_too_few_is_told_once(dpt, voted) -> None:
    assert told(put(stations(), 9, dpt, voted)) == [("station_size_far_off", 9)]


@pytest.mark.parametrize(("dpt", "voted"), [(238, 188), (612, 404), (38, 30), (90, 71)])
def test_stations_vary(dpt, voted) -> None:
    assert told(put(stations(), 9, dpt, voted)) == []


def test_a_special_station_may_be_small_and_is_never_ten_times_as_large() -> None:
    special = stations(**{"no tps": [*range(1, 6), 901, *range(1, 7)]})
    assert told(put(special, 5, 21, 20)) == []
    assert told(put(special, 5, 2290, 1600)) == [("station_size_far_off", 5)]


def test_the_right_roll_of_another_contest_is_not_blamed() -> None:
    before = stations("2019-04-17")
    both = pd.concat([before, put(stations(), 9, 4381, 3880)], ignore_index=True)
    assert told(both) == [("station_size_far_off", 21)]
    first = pd.concat([put(before, 9, 4381, 3880), stations()], ignore_index=True)
    assert told(first) == [("station_size_far_off", 9)]


def test_a_station_as_small_in_other_contests_is_so() -> None:
    same_day = [put(stations(kind=kind), 9, 24, 19) for kind in ("pilpres", "dprd")]
    assert told(pd.concat(same_day, ignore_index=True)) == []
    one = pd.concat([same_day[0], stations(kind="dprd")], ignore_index=True)
    assert told(one) == [("station_size_far_off", 9)]


def test_where_sizes_differ_much_none_is_odd() -> None:
    sizes = np.exp(np.random.default_rng(3).normal(6.0, 1.0, 400)).round()
    places = [f"Ward {number // 8}" for number in range(400)]
    table = (
        stations()
        .iloc[[0] * 400]
        .assign(
            kelurahan=places,
            dpt=sizes,
            hadir=(sizes * 0.6).round(),
            **{"no tps": [*range(1, 9)] * 50},
        )
    )
    assert "station_size_far_off" not in dict(told(table.reset_index(drop=True)))


def test_a_roll_of_stations_is_held_against_them_too() -> None:
    roll = stations()[["kecamatan", "kelurahan", "no tps", "dpt"]]
    wrong = roll.assign(dpt=roll["dpt"].where(roll.index != 2, 2620))
    assert [one.rule for one in load_roll(roll).findings] == []
    [found] = load_roll(wrong).findings
    assert found.rule == "station_size_far_off"
    assert "2.620 pemilih terdaftar di TPS 3 Kasang" in found.say("id")


def test_four_stations_are_enough_to_tell_one() -> None:
    few = stations().iloc[:4].reset_index(drop=True)
    assert told(few) == []
    assert told(put(few, 1, 2450, 1710)) == [("station_size_far_off", 1)]
    assert told(put(few.head(3), 1, 2450, 1710)) == []


def test_a_station_is_called_once_what_it_is() -> None:
    named = put(stations(**{"no tps": [f"TPS {n:02}" for n in [*range(1, 7)] * 2]}), 9, 2381, 1880)
    (one,) = load_results(named).findings
    assert "TPS 04 Murni" in one.say("id")
    assert "TPS TPS" not in one.say("id")
