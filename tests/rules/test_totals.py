"""Totals beside their parts: complete, incomplete and partly counted."""

from dataclasses import replace

import pandas as pd
import pytest

from turnout.errors import Finding
from turnout.rules.draft import Draft
from turnout.rules.measures import completed
from turnout.rules.totals import check_totals
from turnout.schema import RESULTS_COLUMNS

Figures = tuple[float | None, float | None]


def told(total: Figures, *parts: Figures, **columns: list[float | None]) -> set[tuple[str, str]]:
    """Return rules and columns that are found of the total of some parts, the first row."""
    table = pd.DataFrame([total, *parts], columns=["registered", "voters"], dtype=float)
    table["area"] = [None, *(f"Area {'ABCDE'[number]}" for number in range(len(parts)))]
    table = table.assign(district="Utara", date=pd.to_datetime("2024-11-27"), **columns)
    draft = completed(Draft.of_table(table.assign(election_type="pilkada")), *RESULTS_COLUMNS)
    found = check_totals(draft)
    return {(one.rule, one.spot.column) for one in found if one.spot.row == 0}


@pytest.mark.parametrize(
    ("total", "found"),
    [
        ((300, 180), set()),
        ((299, 180), {("total_below_parts", "registered")}),
        ((300, 179), {("total_below_parts", "voters")}),
        # The other figure adds up, so that the parts are complete.
        ((301, 180), {("total_above_parts", "registered")}),
        ((300, 181), {("total_above_parts", "voters")}),
        # Neither does: a part may be missing.
        ((301, 181), {("more_than_parts", "registered"), ("more_than_parts", "voters")}),
    ],
)
def test_a_total_is_held_against_its_parts(total: Figures, found: set[tuple[str, str]]) -> None:
    assert told(total, (100, 60), (200, 120)) == found


def test_a_part_without_its_figures_leaves_a_total_above_the_others_alone() -> None:
    assert told((300, 181), (100, 60), (200, None)) == set()
    assert told((300, 59), (100, 60), (200, None)) == {("total_below_parts", "voters")}


def test_a_part_counted_in_part_says_nothing_against_a_total() -> None:
    stations = {"stations_counted": [5, 2, 1], "stations_total": [5, 2, 3]}
    in_all = {("stations_in_above_parts", "stations_counted")}  # of registered and voters nothing
    assert told((300, 180), (100, 60), (70, 40), **stations) == in_all
    stations["stations_counted"][2] = 3
    assert told((300, 180), (100, 60), (70, 40), **stations) == {
        ("more_than_parts", "registered"), ("more_than_parts", "voters")
    }  # fmt: skip


def test_a_total_without_a_place_is_called_the_whole() -> None:
    table = pd.DataFrame({"area": [None, "A", "B"], "registered": [299.0, 100.0, 200.0]})
    table = table.assign(voters=[180.0, 60.0, 120.0], date=pd.to_datetime("2024-11-27"))
    draft = completed(Draft.of_table(table.assign(election_type="pilkada")), *RESULTS_COLUMNS)
    [found] = check_totals(draft)
    assert "jumlah keseluruhan, 299, lebih kecil daripada 300" in found.say("id")
    assert "the total of the whole, 299, is below the 300" in found.say("en")


@pytest.mark.parametrize(
    ("total", "found"),
    [
        ((170, 100), set()),
        ((170, 101), {("total_above_parts", "voters")}),
        ((169, 100), {("total_below_parts", "registered")}),
        ((170, 99), {("total_below_parts", "voters")}),
        ((171, 101), {("more_than_parts", "registered"), ("more_than_parts", "voters")}),
    ],
)
@pytest.mark.parametrize("without", [(None, None), (0, 0)])
def test_a_total_of_a_count_is_held_against_what_is_in(
    total: Figures, found: set[tuple[str, str]], without: Figures
) -> None:
    stations = {"stations_counted": [3, 2, 1, 0], "stations_total": [8, 2, 3, 3]}
    assert told(total, (100, 60), (70, 40), without, **stations) == found


def test_a_total_of_other_stations_is_told_by_these() -> None:
    stations = {"stations_counted": [2, 2, 1], "stations_total": [5, 2, 3]}
    found = told((100, 60), (100, 60), (70, 40), **stations)
    assert found == {("stations_in_below_parts", "stations_counted")}


def of_wards(*absentee: float, city: float | None = None) -> set[str]:
    """Return the rules that totals of districts break, each by so many votes that no row tells.

    The total of their city, if there is one, has so many more than they.
    """
    rows = []
    for number, votes in enumerate(absentee):
        name = "ABCDE"[number]
        rows += [(name, None, 300.0, 180.0 + votes), (name, f"{name}1", 100.0, 60.0)]
        rows += [(name, f"{name}2", 200.0, 120.0)]
    if city is not None:
        whole = [300.0 * len(absentee), 180.0 * len(absentee) + sum(absentee) + city]
        rows.append((None, None, *whole))
    table = pd.DataFrame(rows, columns=["district", "area", "registered", "voters"])
    table = table.assign(date=pd.to_datetime("2024-11-27"), election_type="pilkada", city="X")
    found = check_totals(completed(Draft.of_table(table), *RESULTS_COLUMNS))
    return {one.rule for one in found}


def test_totals_that_all_hold_more_voters_may_hold_votes_that_no_row_tells() -> None:
    assert of_wards(40, 30, 20) == {"voters_beside_parts"}
    assert of_wards(40, 30) == {"total_above_parts"}
    assert of_wards(40, 30, 20, 0) == {"total_above_parts"}
    assert of_wards(0, 0, 0) == set()
    # A total of these totals holds such votes as they do; one that holds more is wrong.
    assert of_wards(40, 30, 20, city=0) == {"voters_beside_parts"}
    assert of_wards(0, 0, 0, city=0) == set()
    assert "total_above_parts" in of_wards(0, 0, 0, city=50)


AREAS = {
    "North A": 1234.0,
    "North B": 1345.0,
    "North C": 1456.0,
    "South A": 1567.0,
    "South B": 1678.0,
    "South C": 1789.0,
}
NORTH, SOUTH = ({f"{side} {one}" for one in "ABC"} for side in ("North", "South"))
TOTALS = {"North": 4035.0, "South": 5034.0, "City": 9069.0}


def in_a_city(registered: dict[str, float] | None = None, **changed: float) -> list[Finding]:
    """Return what is found in a city of two districts and their areas, some figures changed."""
    voters = {**AREAS, **TOTALS}
    names = [(name.split()[0], name if name in AREAS else None) for name in voters]
    table = pd.DataFrame(names, columns=["district", "area"]).replace("City", None)
    twice = {name: 2 * figure for name, figure in voters.items()}
    table["registered"] = list((twice | (registered or {})).values())
    told = voters | {name.replace("_", " "): figure for name, figure in changed.items()}
    table = table.assign(voters=list(told.values()), city="City", election_type="pilkada")
    table["date"] = pd.to_datetime("2020-12-09")
    return check_totals(completed(Draft.of_table(table, pd.Index(voters)), *RESULTS_COLUMNS))


@pytest.mark.parametrize(
    ("changed", "row", "remedy", "left_out"),
    [
        # A digit too few, or one too many: the cell is named, told once, and left out alone.
        ({"South_A": 156}, "South", "With 1,567 instead of 156 in row South A", {"South A"}),
        ({"South_A": 15567}, "South", "With 1,567 instead of 15,567 in row South A", {"South A"}),
        # Two exchanged, which may be right and another wrong: the areas go, the total stays.
        ({"North_C": 1465}, "North", "With 1,456 instead of 1,465 in row North C", NORTH),
        # Another slip: the city agrees with its district, so that an area is wrong.
        ({"South_A": 1000}, "South", "The total around it agrees with this one", SOUTH),
        # With 168 instead of 1,678 in South B they would add up, and its turnout would be 5%.
        ({"South_A": 3077}, "South", "The total around it agrees with this one", SOUTH),
        # The city agrees with all areas: the district's total is wrong itself.
        ({"South": 5055}, "South", "The total around it agrees with these rows", {"South"}),
        # Nothing around tells more.
        ({"City": 9000}, "City", "Find in the source document which is wrong", {"City"}),
    ],
)
def test_one_wrong_figure_is_told_once_and_where(
    changed: dict[str, float], row: str, remedy: str, left_out: set[str]
) -> None:
    [found] = in_a_city(**changed)
    assert (found.severity, found.spot.row) == ("error", row)
    assert remedy in found.say_remedy("en")
    assert {one.row for one in found.spots} == left_out


def both(**changed: float) -> tuple[dict[str, float], dict[str, float]]:
    """Return the registered and the voters of places, alike."""
    return {name: 2 * figure for name, figure in changed.items()}, changed


@pytest.mark.parametrize(
    ("changed", "row", "says", "left_out"),
    [
        (both(City=4035), "City", "exactly the figures of South (10,068 and 5,034)", {"City"}),
        (both(North=2801), "North", "exactly the figures of North A (North) (2,468", {"North"}),
        # The city is the sum of its districts' totals, and lacks the place as they do.
        (both(North=2801, City=7835), "North", "leaves it out as well: add it to both", NORTH),
        (
            both(City=14103),
            "City",
            "South (10,068 and 5,034): it counts this place twice",
            {"City"},
        ),
        (both(South=6601), "South", "South A (South) (3,134 and 1,567): it counts", {"South"}),
        # One figure alone may be so by chance, and another gap is no place's.
        (({}, {"City": 4035.0}), "City", "Find in the source document which is wrong", {"City"}),
        (both(City=9000), "City", "Find in the source document which is wrong", {"City"}),
    ],
)
def test_a_gap_that_is_one_place_is_told_once_by_its_name(
    changed: tuple[dict[str, float], dict[str, float]], row: str, says: str, left_out: set[str]
) -> None:
    found = in_a_city(changed[0], **changed[1])
    assert {one.spot.row for one in found} == {row}
    assert says in found[0].say("en")
    assert {one.row for one in found[0].spots} == left_out
    assert len(found) == 1 or "Find in" in says


def test_a_total_of_another_election_is_told_with_it() -> None:
    table = pd.DataFrame({"area": [None, "A", "B"], "registered": [300.0, 100.0, 200.0]})
    table = table.assign(voters=[180.0, 60.0, 120.0], district="Utara", election_type="pilkada")
    grown = table.assign(registered=[300.0, 110.0, 220.0], voters=[180.0, 70.0, 125.0])
    days = pd.to_datetime(["2020-12-09", "2024-11-27"]).repeat(3)
    whole = pd.concat([table, grown], ignore_index=True).assign(date=days)
    [found] = check_totals(completed(Draft.of_table(whole), *RESULTS_COLUMNS))
    assert (found.rule, found.spot.row) == ("total_below_parts", 3)
    assert "exactly that of pilkada 2020" in found.say("en")


def test_a_total_is_not_blamed_for_a_place_that_stands_twice() -> None:
    assert told((300, 180), (100, 60), (200, 120)) == set()
    again = pd.DataFrame([(300, 180), (100, 60), (200, 120), (90, 50)], dtype=float)
    table = again.set_axis(["registered", "voters"], axis=1).assign(area=[None, "A", "B", "A"])
    table = table.assign(district="Utara", date=pd.to_datetime("2024-11-27"))
    draft = Draft.of_table(table.assign(election_type="pilkada"))
    assert check_totals(completed(draft, *RESULTS_COLUMNS)) == []


@pytest.mark.parametrize(("registered", "named"), [(205.0, True), (130.0, False)])
def test_a_place_that_is_missing_below_its_total_is_told_with_it(
    registered: float, named: bool
) -> None:
    places = [("Utara", name) for name in (None, "A", "B")]
    rows = pd.DataFrame(3 * places, columns=["district", "area"]).assign(election_type="pilkada")
    rows["registered"] = [300.0, 100, 200, 100 + registered, 100, registered, 315, 105, 210]
    rows["voters"] = (0.6 * rows["registered"]).round()
    rows["date"] = pd.to_datetime(["2015-12-09", "2020-12-09", "2024-11-27"]).repeat(3)
    draft = Draft.of_table(rows.drop(5))
    called = replace(draft, origin=draft.origin.assign(called_total=rows["area"].isna()))
    found = check_totals(completed(called, *RESULTS_COLUMNS))
    told = [one.say("en") for one in found if "about the size of B (Utara)" in one.say("en")]
    assert (len(told), len(found)) == ((1, 1) if named else (0, 2))


def test_two_wrong_figures_are_two_messages() -> None:
    assert [one.spot.row for one in in_a_city(North_A=1000, South_A=1000)] == ["North", "South"]
    assert in_a_city() == []


def test_a_total_that_may_lack_parts_does_not_repeat_what_totals_inside_it_lack() -> None:
    # Of the city both figures are above its areas, as if one were missing.
    low = {"North A": 2000.0}
    told = [(one.rule, one.spot.row) for one in in_a_city(low, South_A=1000)]
    above = "total_above_parts"
    assert told == [(above, "North"), (above, "South")]
    more = in_a_city(low | {"City": 20000.0}, South_A=1000, City=9100)
    assert [(one.rule, one.spot.row) for one in more if one.spot.row == "City"] == [
        ("more_than_parts", "City")
    ] * 2


def test_a_whole_total_is_not_held_against_parts_that_are_all_partly_in() -> None:
    stations = {"stations_counted": [10, 2, 3], "stations_total": [10, 5, 5]}
    found = {("stations_in_above_parts", "stations_counted")}
    assert told((300, 180), (60, 30), (70, 40), **stations) == found
