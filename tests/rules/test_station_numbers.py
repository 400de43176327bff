"""Numbers of stations beside the registered of their place, and beside those of their parts."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout import Election
from turnout.reading.results import load_counted, load_results
from turnout.reading.roll import load_roll

NAMES = ["Kasang", "Murni", "Legok", "Sipin", "Handil", "Pasir"]
DPT = [4480, 3120, 5230, 2450, 3890, 4100]
VOTED = [3300, 2400, 3900, 1800, 2900, 3000]
TPS = [20, 14, 22, 11, 17, 18]


def places(day: str = "2024-02-14", **changed: dict[int, int]) -> pd.DataFrame:
    """Return one contest of six kelurahan, with some figures changed."""
    table = pd.DataFrame({"kelurahan": NAMES, "dpt": DPT, "hadir": VOTED, "jumlah_tps": TPS})
    table = table.assign(tps_masuk=TPS, tanggal=day, jenis="pilpres", kecamatan="Utara")
    for name, cells in changed.items():
        for row, value in cells.items():
            table.loc[row, name] = value
    return table


def told(table: pd.DataFrame) -> list[tuple[str, object, str]]:
    found = load_results(table).findings
    return [(one.rule, one.spot.row, one.spot.column) for one in found]


@pytest.mark.parametrize("number", [1, 2, 200])
def test_a_digit_too_many_or_too_few_in_the_stations_is_told(number: int) -> None:
    wrong = places(jumlah_tps={0: number}).drop(columns="tps_masuk")
    assert told(wrong) == [("per_station_far_off", 0, "jumlah_tps")]
    [found] = load_results(wrong).findings
    assert f"4.480 pemilih terdaftar di {number} TPS Kasang (Utara)" in found.say("id")
    assert told(places().drop(columns="tps_masuk")) == []


def test_stations_that_are_in_go_with_the_registered_of_these() -> None:
    some = places(tps_masuk={2: 11}, dpt={2: 2610}, hadir={2: 1900})
    assert [rule for rule, *_ in told(some)] == ["partial_count"]
    wrong = told(places(tps_masuk={2: 2}))
    assert ("per_station_far_off", 2, "tps_masuk") in wrong


def test_small_stations_of_far_villages_are_no_fault() -> None:
    far = {"dpt": {1: 58}, "hadir": {1: 48}, "jumlah_tps": {1: 2}, "tps_masuk": {1: 2}}
    both = pd.concat([places(day, **far) for day in ("2019-04-17", "2024-02-14")])
    assert told(both.reset_index(drop=True)) == []
    assert told(places(**far)) == [("per_station_far_off", 1, "jumlah_tps")]
    one = {"dpt": {1: 29}, "hadir": {1: 24}, "jumlah_tps": {1: 1}, "tps_masuk": {1: 1}}
    assert told(places(**one)) == []


def with_total(table: pd.DataFrame, **changed: int) -> pd.DataFrame:
    sums = table[["dpt", "hadir"]].sum().to_dict()
    tps = {"jumlah_tps": sum(TPS), "tps_masuk": sum(TPS)}
    row = {"kecamatan": "Utara", "tanggal": "2024-02-14", "jenis": "pilpres", **sums, **tps}
    return pd.concat([table, pd.DataFrame([{**row, **changed}])], ignore_index=True)


@pytest.mark.parametrize(
    ("wrong", "total", "found"),
    [
        ({}, {}, []),
        ({"tps_masuk": {2: 21}}, {}, ["stations_in_above_parts"]),
        ({"tps_masuk": {2: 21}}, {"tps_masuk": 101}, []),
        ({}, {"tps_masuk": 92}, ["stations_in_below_parts"]),
        ({"jumlah_tps": {2: 23}}, {}, ["stations_below_parts"]),
        ({}, {"jumlah_tps": 112}, ["stations_above_parts"]),
    ],
)
def test_totals_of_stations_are_held_against_their_parts(wrong, total, found) -> None:
    rules = [rule for rule, *_ in told(with_total(places(**wrong), **total))]
    assert [one for one in rules if one != "partial_count"] == found


@pytest.mark.parametrize("name", ["tps_masuk", "jumlah_tps"])
def test_a_part_that_its_registered_contradict_is_told_at_its_own_row_alone(name: str) -> None:
    few = {"jumlah_tps": {2: 2}, "tps_masuk": {2: 2}}
    wrong = few if name == "jumlah_tps" else {name: {2: 2}}
    found = [one for one in told(with_total(places(**wrong))) if one[0] != "partial_count"]
    assert found == [("per_station_far_off", 2, name)]


def test_stations_that_a_part_does_not_tell_may_be_those_of_the_total() -> None:
    table = places().astype({"tps_masuk": float})
    table.loc[3, ["tps_masuk", "jumlah_tps"]] = None
    assert told(with_total(table)) == []


def of_roll(**changed: dict[int, int]) -> pd.DataFrame:
    return places(**changed).drop(columns=["hadir", "tps_masuk", "tanggal", "jenis"])


@pytest.mark.parametrize(
    ("number", "rule"), [(200, "per_station_far_off"), (2000, "more_stations_than_fit")]
)
def test_stations_on_a_roll_are_held_against_its_registered(number: int, rule: str) -> None:
    [found] = load_roll(of_roll(jumlah_tps={0: number})).findings
    assert (found.rule, found.spot.row, found.spot.column) == (rule, 0, "jumlah_tps")
    assert not load_roll(of_roll()).findings


def test_small_stations_on_a_roll_that_were_so_before_are_no_fault() -> None:
    far = {"dpt": {1: 58}, "hadir": {1: 48}, "jumlah_tps": {1: 2}, "tps_masuk": {1: 2}}
    past, roll = load_results(places(**far)).table, of_roll(dpt={1: 60}, jumlah_tps={1: 2})
    assert [one.rule for one in load_roll(roll, past).findings] == []
    assert [one.rule for one in load_roll(roll).findings] == ["per_station_far_off"]


COMING = Election("2024-11-27", "pilkada")


def before() -> pd.DataFrame:
    return load_results(places().assign(hadir=[n - 90 for n in VOTED])).table


def rules_of_count(**changed: dict[int, int]) -> list[tuple[str, object]]:
    count = places("2024-11-27", **changed).assign(jenis="pilkada")
    found = load_counted(count, election=COMING, results=before()).findings
    return [(one.rule, one.spot.row) for one in found if one.rule != "partial_count"]


def test_a_digit_too_many_in_the_stations_of_a_count_is_told() -> None:
    begun = {"tps_masuk": {2: 11}, "dpt": {2: 2610}, "hadir": {2: 1900}}
    assert rules_of_count(**begun) == []
    assert rules_of_count(**begun, jumlah_tps={2: 220}) == [("size_far_off", 2)]


def test_the_registered_of_all_beside_some_stations_are_told_as_that() -> None:
    whole = places()["dpt"].iloc[2]
    some = {"tps_masuk": {2: 4}, "hadir": {2: 900}}
    told = rules_of_count(dpt={2: whole}, **some)
    assert ("registered_of_all", 2) in told
    assert ("size_far_off", 2) not in told


def test_a_count_in_which_nobody_voted_is_told_once() -> None:
    count = places("2024-11-27").assign(jenis="pilkada", hadir=0)
    for table in (count, count.drop(columns=["tps_masuk", "jumlah_tps"])):
        [told] = load_counted(table, election=COMING, results=before()).errors
        assert (told.rule, told.spot.row) == ("nobody_voted", None)


def test_a_count_without_word_of_stations_may_be_of_some_of_them() -> None:
    some = {"dpt": {2: 1260}, "hadir": {2: 950}}
    past = before()
    count = places("2024-11-27", **some).assign(jenis="pilkada")
    count = count.drop(columns=["tps_masuk", "jumlah_tps"])
    assert not load_counted(count, election=COMING, results=past).findings
    ten = count.assign(dpt=[*count["dpt"][:2], 52300, *count["dpt"][3:]])
    ten = ten.assign(hadir=[*count["hadir"][:2], 39000, *count["hadir"][3:]])
    found = load_counted(ten, election=COMING, results=past).findings
    assert [(one.rule, one.spot.row) for one in found] == [("roll_far_off", 2)]
