"""Places from contest to contest: new, gone, renamed, of another district or another size."""

import warnings

import pandas as pd
import pytest

from turnout import read_roll
from turnout.reading import load_roll
from turnout.rules.draft import Draft
from turnout.rules.history import check_history
from turnout.rules.lineages import lineages
from turnout.rules.measures import completed
from turnout.schema import RESULTS_COLUMNS, canonical_crosswalk, canonical_results

Row = tuple[str, str, float]


def told(
    before: list[Row], now: list[Row], crosswalk: pd.DataFrame | None = None
) -> set[tuple[str, int | str | None]]:
    """Return rules and rows of what is found; rows of district, area and registered."""
    table = pd.DataFrame([*before, *now], columns=["district", "area", "registered"])
    table["date"] = pd.to_datetime(["2018-06-27"] * len(before) + ["2024-11-27"] * len(now))
    table = table.assign(election_type="pilkada", city="Kota", voters=table["registered"] // 2)
    draft = completed(Draft.of_table(table), *RESULTS_COLUMNS)
    found = check_history(draft, draft.table, crosswalk)
    return {(one.rule, one.spot.row) for one in found}


BEFORE = [("Utara", "Kasang", 2000.0), ("Utara", "Legok", 3000.0), ("Barat", "Murni", 1500.0)]


def test_the_same_places_need_no_word() -> None:
    assert told(BEFORE, BEFORE) == set()


@pytest.mark.parametrize(
    ("times", "rule"),
    [(2.5, "roll_far_off"), (2.0, "roll_jump"), (1.3, "roll_jump"), (1.25, None), (0.75, None),
     (0.7, "roll_jump"), (0.5, "roll_jump"), (0.4, "roll_far_off")],
)  # fmt: skip
def test_a_roll_far_off_either_way_is_worse_than_a_jump(times: float, rule: str | None) -> None:
    now = [BEFORE[0], ("Utara", "Legok", 3000 * times), BEFORE[2]]
    assert told(BEFORE, now) == ({(rule, 4)} if rule else set())


def test_some_new_places_are_named_and_those_gone_from_their_district() -> None:
    now = [*BEFORE[:2], ("Barat", "Talang Banjar", 1400.0)]
    assert told(BEFORE, now) == {("without_history", 5), ("unmatched_area", 2)}


def test_where_no_place_is_known_that_is_said_once() -> None:
    elsewhere = [("Timur", "Batu Ampar", 2000.0), ("Timur", "Pulau Pinang", 2500.0)]
    assert told(BEFORE, elsewhere) == {("none_known", 3)}
    # One place alone is a new one.
    assert told(BEFORE, elsewhere[:1]) == {("without_history", 3)}


UTARA = [("Utara", f"Desa {name}", 1500.0 + 400 * n) for n, name in enumerate("ABCD")]
OTHERS = UTARA[1:]
NEW = {("without_history", 7), ("unmatched_area", 0)}


@pytest.mark.parametrize(
    ("now", "rules"),
    [
        ([*OTHERS, ("Utara", "A Baru", 1750.0)], {("maybe_renamed", 7)}),  # up by a sixth
        ([*OTHERS, ("Utara", "Sumber Makmur", 1470.0)], {("maybe_renamed", 7)}),  # by its size
        # All have grown by a tenth, and so has it.
        (
            [*((place, area, 1.1 * n) for place, area, n in OTHERS), ("Utara", "Baru", 1660.0)],
            {("maybe_renamed", 7)},
        ),
        ([*OTHERS, ("Utara", "Sumber Makmur", 1750.0)], NEW),
        ([*OTHERS, ("Utara", "A Baru", 750.0)], NEW),  # half of it
        # Two new ones, which their sizes do not tell apart, and one split off.
        (
            [*OTHERS, ("Utara", "Sumber Makmur", 1500.0), ("Utara", "Suka Maju", 1501.0)],
            {*NEW, ("without_history", 8)},
        ),
        ([*UTARA, ("Utara", "A Baru", 1500.0)], {("without_history", 8)}),
    ],
)
def test_a_name_that_begins_where_one_ends_may_be_its_new_one(
    now: list[Row], rules: set[tuple[str, int]]
) -> None:
    assert told(UTARA, now) == rules
    assert told(UTARA, [*OTHERS, ("Barat", "A Baru", 1500.0)]) == NEW
    named = {"new_area": ["A Baru"], "old_area": ["Desa A"], "weight": 1.0}
    crosswalk = canonical_crosswalk(pd.DataFrame(named))
    assert told(UTARA, [*OTHERS, ("Utara", "A Baru", 1500.0)], crosswalk) == set()


def test_a_name_that_changed_in_the_past_is_told_and_one_that_stays_away_for_a_day_is_not() -> None:
    rows = [(*row, day) for day in ("2010", "2013", "2018", "2020") for row in UTARA]
    table = pd.DataFrame(rows, columns=["district", "area", "registered", "date"])
    table["date"] = pd.to_datetime(table["date"])
    table = table.assign(election_type="pilkada", voters=table["registered"] // 2)

    def found(of_days: list[int]) -> list[int | str | None]:
        names = table["area"].mask(table.index.isin([4 * day for day in of_days]), "Suka Maju")
        whole = completed(Draft.of_table(table.assign(area=names)), *RESULTS_COLUMNS)
        told = check_history(whole, whole.table)
        return [one.spot.row for one in told if one.rule == "maybe_renamed"]

    assert found([2, 3]) == [8]
    assert found([1]) == []  # it comes back
    assert found([]) == []


def test_a_crosswalk_answers_for_those_that_it_names_alone() -> None:
    now = [BEFORE[0], ("Utara", "Sungai Asam", 3000.0), ("Barat", "Talang Banjar", 1500.0)]
    names = {"new_id": [None], "old_id": [None], "new_area": ["Sungai Asam"], "old_area": ["Legok"]}
    assert told(BEFORE, now, pd.DataFrame(names)) == {("without_history", 5), ("unmatched_area", 2)}
    assert told(BEFORE, now) == {
        ("without_history", 4), ("without_history", 5), ("unmatched_area", 1), ("unmatched_area", 2)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("registered", "found"),
    [
        (1300.0, set()),
        (2000.0, set()),
        (5500.0, {("roll_jump_together", 4)}),
        (300.0, {("roll_far_off", 4)}),
    ],
)
def test_a_crosswalk_explains_another_size_but_not_a_lost_digit(
    registered: float, found: set[tuple[str, int]]
) -> None:
    split = [["Legok", "Legok"], ["Asri", "Legok"]]
    crosswalk = canonical_crosswalk(pd.DataFrame(split, columns=["new_area", "old_area"]))
    now = [BEFORE[0], ("Utara", "Legok", registered), BEFORE[2], ("Utara", "Asri", 1650.0)]
    assert {one for one in told(BEFORE, now, crosswalk) if one[1] == 4} == found
    plain = {rule for rule, row in told(BEFORE, now) if row == 4}
    assert plain & {"roll_far_off", "roll_jump"}


@pytest.mark.parametrize("name", ["Legok", "Sungai Asam"])
@pytest.mark.parametrize(
    ("times", "rule"),
    [(2.5, "roll_far_off"), (1.3, "roll_jump"), (1.25, None), (0.7, "roll_jump")],
)
def test_an_area_that_is_one_before_and_after_is_as_large_as_without_a_crosswalk(
    name: str, times: float, rule: str | None
) -> None:
    links = pd.DataFrame([[name, "Legok"]], columns=["new_area", "old_area"])
    now = [BEFORE[0], ("Utara", name, 3000 * times), BEFORE[2]]
    assert told(BEFORE, now, canonical_crosswalk(links)) == ({(rule, 4)} if rule else set())


@pytest.mark.parametrize(
    ("registered", "rule"), [(5100.0, None), (6200.0, None), (8100.0, "roll_jump_together")]
)
def test_merged_areas_are_as_large_as_their_parents(registered: float, rule: str | None) -> None:
    links = [["Legok", "Legok"], ["Legok", "Kasang"]]
    crosswalk = canonical_crosswalk(pd.DataFrame(links, columns=["new_area", "old_area"]))
    now = [("Utara", "Legok", registered), BEFORE[2]]
    assert told(BEFORE, now, crosswalk) == ({(rule, 3)} if rule else set())
    # Where none of them was there before there is nothing to hold them against.
    assert "roll_jump_together" not in {one for one, _ in told(BEFORE[2:], now, crosswalk)}
    # Of a part of them nobody knows what it should be.
    assert told(BEFORE[1:], now, crosswalk) <= {("roll_jump", 2), ("roll_far_off", 2)}


def test_codes_tell_areas_of_one_name_apart_in_a_crosswalk() -> None:
    columns = ["new_id", "new_area", "old_id", "old_area"]
    links = [
        ["1", "Legok", "1", "Legok"],
        ["3", "Asri", "1", "Legok"],
        ["2", "Legok", "2", "Legok"],
    ]
    crosswalk = canonical_crosswalk(pd.DataFrame(links, columns=columns))
    rows = pd.DataFrame(
        {"area_id": ["1", "2", "3", None], "area": ["Legok", "Legok", "Asri", "Asri"]}
    )
    tied = lineages(rows, crosswalk)
    assert tied["links"].tolist() == [2, 1, 2, 2]
    assert tied["lineage"].nunique() == 2
    assert (lineages(rows, None)["lineage"] == -1).all()


def test_an_area_of_another_district_is_told() -> None:
    now = [("Barat", "Kasang", 2000.0), *BEFORE[1:]]
    assert told(BEFORE, now) == {("changed_district", 3)}


@pytest.mark.parametrize(
    ("contests", "row", "says"),
    [
        ("-x-", 6, "swapped in pilkada 2018: 2 of the 2 areas under Utara lie in Barat before"),
        ("--x", 12, "swapped in pilkada 2024, or in pilkada 2018: 2 of the 2"),
        ("x--", 6, "swapped in pilkada 2018, or in pilkada 2013: 2 of the 2"),
        ("---", None, ""),
    ],
)
def test_two_districts_whose_names_are_swapped_are_told_once(
    contests: str, row: int | None, says: str
) -> None:
    sizes = {"Utara": (1500.0, 1700.0), "Barat": (2900.0, 3100.0)}
    swap = {"Utara": "Barat", "Barat": "Utara"}
    parts = []
    for contest, day in zip(contests, ["2013-06-27", "2018-06-27", "2024-11-27"], strict=True):
        named = {(swap[name] if contest == "x" else name): size for name, size in sizes.items()}
        rows = [(name, None, sum(size)) for name, size in named.items()]
        rows += [(name, f"Desa {of:.0f}", of) for name, size in named.items() for of in size]
        table = pd.DataFrame(rows, columns=["district", "area", "registered"])
        parts.append(table.assign(date=pd.Timestamp(day)))
    whole = pd.concat(parts, ignore_index=True)
    whole = whole.assign(election_type="pilkada", city="Kota", voters=whole["registered"] // 2)
    draft = completed(Draft.of_table(whole), *RESULTS_COLUMNS)
    found = check_history(draft, draft.table)
    assert [one.rule for one in found] == ["districts_swapped"] * (row is not None)
    assert all(says in one.say("en") for one in found)
    assert all(row <= int(str(one.spot.row)) < row + 6 for one in found if row is not None)


@pytest.mark.parametrize("city", ["KABUPATEN SUNGAI LADA", "Sungai Lada"])
def test_a_roll_whose_city_is_written_otherwise_has_its_history(city):
    places = pd.DataFrame({"city": "Sungai Lada", "area": ["Kasang", "Murni"], "registered": 900})
    past = places.assign(voters=600, date="2020-12-09", election_type="pilkada")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_roll(places.assign(city=city), canonical_results(past))


def of_stations(registered: float, counted: float, total: float, coming: float) -> set[str]:
    """Return what is told of a roll beside a past contest of which some stations are known."""
    past = pd.DataFrame(
        {
            "date": "2020-12-09",
            "election_type": "pilkada",
            "area": ["Kasang", "Murni"],
            "registered": [registered, 1500.0],
            "voters": [0.6 * registered, 900.0],
            "stations_counted": [counted, 5.0],
            "stations_total": [total, 5.0],
        }
    )
    roll = pd.DataFrame({"area": ["Kasang", "Murni"], "registered": [coming, 1520.0]})
    return {one.rule for one in load_roll(roll, canonical_results(past)).findings}


@pytest.mark.parametrize(
    ("coming", "told"),
    [(9400.0, False), (5000.0, False), (20_000.0, False), (94_000.0, True), (940.0, True)],
)
def test_a_roll_is_held_against_a_past_of_which_some_stations_are_known(
    coming: float, *, told: bool
) -> None:
    assert ("size_far_off" in of_stations(4500.0, 10.0, 21.0, coming)) == told
    # Of one station of sixty nothing follows.
    assert "size_far_off" not in of_stations(150.0, 1.0, 60.0, coming)


def of_days(
    sizes: list[float], days: list[str] | None = None, *, roll: float | None = None
) -> list[tuple[str, int | str | None]]:
    """Return what is told of one place among three whose size on each day is given."""
    days = days or [f"{2010 + 4 * number}-06-27" for number in range(len(sizes))]
    rows = [
        {"date": day, "area": area, "registered": size}
        for day, own in zip(days, sizes, strict=True)
        for area, size in (("Kasang", own), ("Legok", 3000.0), ("Murni", 1500.0))
    ]
    table = pd.DataFrame(rows).assign(voters=lambda table: table["registered"] * 0.6 // 1)
    kinds = [f"pil{n % 3}" for n, _ in enumerate(days) for _ in range(3)]
    past = canonical_results(table.assign(district="Utara", election_type=kinds))
    if roll is None:
        draft = completed(Draft.of_table(past), *RESULTS_COLUMNS)
        return [(one.rule, one.spot.row) for one in check_history(draft, draft.table)]
    last = {"district": "Utara", "area": ["Kasang", "Legok", "Murni"]}
    coming = pd.DataFrame({**last, "registered": [roll, 3050.0, 1520.0]})
    return [(one.rule, one.spot.row) for one in load_roll(coming, past).findings]


@pytest.mark.parametrize(
    ("sizes", "row"),
    [
        ([200.0, 2050.0, 2100.0], 0),
        ([2000.0, 205.0, 2100.0], 3),
        ([2000.0, 2050.0, 210.0], 6),
        ([2000.0, 20500.0, 2100.0, 2150.0], 3),
    ],
)
def test_the_one_election_that_is_unlike_all_others_is_blamed(sizes: list[float], row: int) -> None:
    assert of_days(sizes) == [("roll_far_off", row)]


def test_the_usual_size_is_that_of_the_other_elections() -> None:
    assert of_days([2000.0, 2050.0, 2100.0]) == []


def test_a_place_that_was_split_is_told_where_it_changed() -> None:
    assert of_days([5000.0, 5100.0, 2000.0, 2050.0, 2100.0]) == [("roll_far_off", 6)]
    assert of_days([5000.0, 2000.0]) == [("roll_far_off", 3)]


def test_two_elections_of_one_day_have_one_roll() -> None:
    days = ["2014-04-09", "2018-06-27", "2018-06-27", "2024-02-14"]
    assert of_days([2000.0, 205.0, 205.0, 2100.0], days) == [
        *(("roll_far_off", row) for row in (3, 6))
    ]
    # Many elections of one day are one figure, not many.
    days = ["2014-04-09", "2019-04-17", "2019-04-17", "2019-04-17"]
    assert {rule for rule, _ in of_days([2000.0, 205.0, 205.0, 205.0], days)} == {"roll_far_off"}


def test_a_roll_is_not_blamed_for_a_digit_of_the_past() -> None:
    assert of_days([2000.0, 2050.0, 210.0], roll=2120.0) == []
    assert of_days([2000.0, 2050.0, 2100.0], roll=212.0) == [("roll_far_off", 0)]
