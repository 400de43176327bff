"""Two counts, or two names, in each other's place."""

import pandas as pd
import pytest

from turnout.reading import load_results
from turnout.reading.roll import load_roll
from turnout.rules.draft import Draft
from turnout.rules.measures import completed
from turnout.rules.swapped import check_swapped
from turnout.schema import RESULTS_COLUMNS


def told(*rows: tuple[str, str, float, float], past: int = 0) -> list[tuple[str, int | str | None]]:
    """Return rules and rows of what is found; the first `past` rows are of other tables."""
    table = pd.DataFrame(rows, columns=["district", "area", "registered", "voters"])
    days = [f"{2010 + number // 3}-06-27" for number in range(len(table))]
    table = table.assign(election_type="pilkada", city="Kota", date=pd.to_datetime(days))
    draft = completed(Draft.of_table(table), *RESULTS_COLUMNS)
    labels = [*range(-past, 0), *range(len(table) - past)]
    seen = draft.table.set_axis(pd.Index(labels), axis=0)
    own = completed(Draft.of_table(table.iloc[past:].reset_index(drop=True)), *RESULTS_COLUMNS)
    return [(one.rule, one.spot.row) for one in check_swapped(own, seen)]


SOUND = [("U", "A", 1000, 600), ("U", "B", 1000, 600), ("S", "C", 1000, 600)]


@pytest.mark.parametrize(
    ("registered", "voters", "swapped"),
    [
        (600, 1000, True),  # what the place has registered stands under voters
        (1000, 600, False),
        (100, 1000, False),  # a digit is missing: no turnout is 10%
        (980, 1000, False),  # a few voters too many are added voters
        (1000, 1700, False),  # more than all, yet the registered are as ever
    ],
)
def test_counts_are_swapped_where_the_voters_are_the_usual_registered(
    registered: float, voters: float, swapped: bool
) -> None:
    found = told(*SOUND, ("U", "A", registered, voters), *SOUND[1:], past=3)
    assert found == ([("swapped_counts", 0)] if swapped else [])


@pytest.mark.parametrize(
    ("own", "others", "swapped"),
    [
        ((780, 1300), (1300, 780), True),  # the rolls of all have grown
        ((780, 1300), (1000, 600), True),  # its own has, and turned it is as the others are
        ((1040, 1300), (1000, 800), False),  # added voters, on the roll that it always had
        ((780, 1300), (1000, 300), False),  # turned it would be like no other
    ],
)
def test_a_swap_is_seen_where_the_roll_has_grown(
    own: tuple[float, float], others: tuple[float, float], *, swapped: bool
) -> None:
    rows = [("U", "A", *own), ("U", "B", *others), ("S", "C", *others)]
    assert told(*SOUND, *rows, past=3) == ([("swapped_counts", 0)] if swapped else [])


def test_columns_in_each_others_place_are_one_error() -> None:
    rows = pd.DataFrame(
        {
            "kelurahan": ["A", "B", "C"] * 2,
            "tanggal": ["2018-06-27"] * 3 + ["2019-04-17"] * 3,
            "jenis": ["pilkada"] * 3 + ["pemilu"] * 3,
            "dpt": [1000, 2100, 900, 1010, 2110, 920],
            "hadir": [600, 1300, 610, 800, 1650, 740],
        }
    )
    assert not load_results(rows).findings
    turned = load_results(rows.rename(columns={"dpt": "hadir", "hadir": "dpt"}))
    assert [one.rule for one in turned.findings] == ["swapped_columns"]
    assert "all 6 rows of pilkada 2018, pemilu 2019" in turned.findings[0].say()
    assert turned.table.empty
    late = rows["tanggal"] == "2019-04-17"
    part = rows.assign(dpt=rows["dpt"].where(~late, rows["hadir"]))
    part["hadir"] = rows["hadir"].where(~late, rows["dpt"])
    assert [one.rule for one in load_results(part).findings] == ["swapped_columns"]
    one = rows.assign(hadir=[1300, *rows["hadir"][1:]])
    assert "swapped_columns" not in {found.rule for found in load_results(one).findings}
    thousands = rows.assign(dpt=rows["dpt"] / 100)
    assert "swapped_columns" not in {found.rule for found in load_results(thousands).findings}


def test_a_swap_in_another_table_is_not_told_of_this_one() -> None:
    turned = ("U", "A", 600, 1000)
    assert told(turned, *SOUND[1:], *SOUND, past=3) == []
    assert told(turned, *SOUND[1:], *SOUND) == [("swapped_counts", 0)]


def test_names_are_swapped_where_other_rows_have_them_the_other_way_round() -> None:
    rows = [("U", "A", 1000, 600), ("U", "B", 1000, 600), ("A", "U", 1000, 600)]
    assert told(*rows) == [("swapped_names", 2)]
    # An area may bear its district's name, and a district may have one area.
    assert told(("U", "U", 1000, 600), ("U", "B", 1000, 600), ("A", "C", 1000, 600)) == []


def of_stations(dpt: list[int], hadir: list[int]) -> pd.DataFrame:
    """Return the past of three kelurahan, and three of the five stations of one of them."""
    days = ["2015-12-09", "2018-06-27", "2020-12-09"]
    past = [
        {"tanggal": day, "kelurahan": name, "dpt": roll, "hadir": 0.68 * roll // 1}
        for day in days
        for name, roll in (("Murni", 1510), ("Legok", 900), ("Kasang", 2100))
    ]
    night = [
        {"tanggal": "2024-11-27", "kelurahan": "Murni", "no tps": number, "dpt": one, "hadir": came}
        for number, one, came in zip((1, 2, 3), dpt, hadir, strict=True)
    ]
    return pd.DataFrame([*past, *night]).assign(jenis="pilkada")


@pytest.mark.parametrize(
    ("hadir", "swapped"),
    [([190, 1250, 185], False), ([1150, 205, 190], False), ([430, 498, 477], True)],
)
def test_a_sum_of_stations_is_swapped_where_most_of_its_stations_are(
    hadir: list[int], swapped: bool
) -> None:
    table = of_stations([301, 310, 299], hadir)
    rules = {found.rule for found in load_results(table).findings}
    assert ("swapped_counts" in rules) == swapped
    assert ("voters_far_above_registered" in rules) != swapped
    assert "station_far_above_registered" in rules


def test_a_sum_of_stations_is_written_as_a_sum() -> None:
    found = [
        one
        for one in load_results(of_stations([301, 310, 299], [190, 1250, 185])).findings
        if one.rule == "voters_far_above_registered"
    ]
    assert [one.spot.value for one in found] == ["Σ 3: 1625"]


def test_a_lost_digit_is_no_swap() -> None:
    """386 for 3,786: the voters lie nearer to the usual roll, but exchanged neither fits."""
    assert told(("U", "A", 3754, 2550), *SOUND[1:], ("U", "A", 386, 2494), *SOUND[1:]) == []
    assert told(("U", "A", 3754, 2550), *SOUND[1:], ("U", "A", 2494, 3786), *SOUND[1:]) == [
        ("swapped_counts", 3)
    ]


def test_rolls_are_not_held_against_what_is_swapped() -> None:
    names = [f"Desa {chr(65 + n)}ta" for n in range(6)]
    rolls = [1810, 2950, 2120, 1640, 3310, 2480]
    rows = pd.DataFrame({"kelurahan": names * 3, "dpt": rolls * 3, "jenis": "pilkada"})
    rows["hadir"] = [round(0.66 * one) + n % 7 for n, one in enumerate(rows["dpt"])]
    rows["tanggal"] = [day for day in ("2015-12-09", "2020-12-09", "2024-11-27") for _ in names]
    assert not load_results(rows).findings
    for swapped, rule in (([6], "swapped_counts"), (range(6, 12), "swapped_columns")):
        turned = rows.copy()
        turned.loc[list(swapped), ["dpt", "hadir"]] = rows.loc[
            list(swapped), ["hadir", "dpt"]
        ].to_numpy()
        assert {one.rule for one in load_results(turned).findings} == {rule}


@pytest.mark.parametrize("role", ["roll", "results"])
def test_stations_in_the_place_of_registered_are_one_error(role: str) -> None:
    table = pd.DataFrame({"area": [*"ABCDE"], "registered": [4, 9, 3, 12, 6]})
    table["stations_total"] = [1510, 3480, 1102, 4420, 2215]
    if role == "results":
        table = table.assign(
            voters=[1000, 2400, 700, 3100, 1500], stations_counted=[4, 9, 3, 12, 6]
        )
        table = table.assign(date="2020-12-09", election_type="pilkada")
    load = load_roll if role == "roll" else load_results
    found = load(table).findings
    assert [(one.rule, one.severity) for one in found] == [("swapped_columns", "error")]
    sound = table.rename(columns={"registered": "stations_total", "stations_total": "registered"})
    assert load(sound).findings == ()
    if role == "roll":  # held against the past, each place would be far off
        past = load_results(_of_two_days(sound["registered"])).table
        assert [one.rule for one in load_roll(table, results=past).findings] == ["swapped_columns"]
        assert load_roll(sound, results=past).findings == ()
    few = sound.assign(stations_total=[4, 9, 3000, 12, 6])  # one digit too many is told as that
    if role == "roll":
        assert {one.rule for one in load(few).findings} == {"more_stations_than_fit"}


def _of_two_days(registered: pd.Series) -> pd.DataFrame:
    """Return results of five areas on two days, of about these registered."""
    tables = [
        pd.DataFrame(
            {
                "area": [*"ABCDE"],
                "registered": registered - step,
                "voters": (share * registered).round(),
                "date": day,
                "election_type": "pilkada",
            }
        )
        for day, step, share in (("2015-12-09", 37, 0.61), ("2020-12-09", 13, 0.66))
    ]
    return pd.concat(tables, ignore_index=True)


def test_registered_that_lost_their_thousands_are_no_stations() -> None:
    table = pd.DataFrame({"area": [*"ABCDE"], "registered": [1.51, 3.48, 1.102, 4.42, 2.215]})
    found = load_roll(table.assign(stations_total=[4, 9, 3, 12, 6])).findings
    assert found
    assert "swapped_columns" not in {one.rule for one in found}
