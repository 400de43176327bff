"""Denominators and contests of one day: which are told as mixed, changed, or one in two parts."""

import pandas as pd

from turnout.rules.contests import check_contests, check_partial
from turnout.rules.draft import Draft
from turnout.rules.measures import completed
from turnout.schema import RESULTS_COLUMNS


def told(*rows: tuple[str, str, str, str | None]) -> list[tuple[str, int | str | None]]:
    """Return rules and rows of what is found; rows of date, election, area and denominator."""
    table = pd.DataFrame(rows, columns=["date", "election", "area", "registered_basis"])
    table = table.assign(date=pd.to_datetime(table["date"]), registered=100.0, voters=60.0)
    table = table.assign(election_type="pilkada", district="Utara")
    draft = completed(Draft.of_table(table), *RESULTS_COLUMNS)
    return [(one.rule, one.spot.row) for one in check_contests(draft)]


def test_denominators_are_mixed_within_a_contest_or_changed_between_two() -> None:
    past, now = ("2018-06-27", "a"), ("2024-11-27", "b")
    rows = [(*past, "A", "dpt"), (*past, "B", "dpt"), (*now, "A", "dpt"), (*now, "B", "dpt")]
    assert told(*rows) == []
    assert told(*rows[:3], (*now, "B", "dps")) == [("mixed_basis", 2)]
    changed = [*rows[:2], (*now, "A", "dps"), (*now, "B", "dps")]
    assert told(*changed) == [("changed_basis", 2)]
    # Who does not say has not changed.
    assert told(*rows[:2], (*now, "A", None), (*now, "B", None)) == []


def test_two_contests_of_a_day_are_one_only_where_they_share_no_place() -> None:
    whole = [("2018-06-27", "w", area, None) for area in "ABC"]
    day = "2024-11-27"
    apart = [(day, "x", "A", None), (day, "y", "B", None), (day, "y", "C", None)]
    assert told(*whole, *apart) == [("contest_in_two", 3)]
    # One place of several that both have is enough: they are two.
    shared = [(day, "x", "A", None), (day, "x", "B", None), (day, "y", "B", None)]
    assert told(*whole, *shared, (day, "y", "C", None)) == []


def test_one_election_on_two_days_is_told_where_its_parts_share_no_place() -> None:
    whole = [("2018-06-27", "w", area, None) for area in "ABC"]
    right = [("2020-12-09", "y", area, None) for area in "BC"]
    assert told(*whole, ("2020-11-09", "x", "A", None), *right) == [("election_on_two_days", 3)]
    # The day that is no nationwide one is told, though more places have it.
    most = [("2020-11-09", "x", area, None) for area in "AB"]
    assert told(*whole, *most, *right[1:]) == [("election_on_two_days", 3)]
    # A repeat poll has its places in the first one, and a year later is another election.
    assert told(*whole, *right, ("2021-04-09", "x", "B", None)) == []
    assert told(*whole, *right, ("2024-11-27", "x", "A", None)) == []
    # By-elections of many places each have a day of their own.
    places = [("2018-06-27", "w", area, None) for area in "ABCDE"]
    each = [(f"2020-0{n}-02", area, area, None) for n, area in enumerate("ABCDE", 1)]
    assert told(*places, *each) == []


def test_stations_that_are_in_are_those_of_all_places() -> None:
    """Of complete places too; totals hold them once more, and who tells none tells none."""
    counted = [4.0, 10.0, None, 14.0]
    total = [8.0, 10.0, None, 18.0]
    table = pd.DataFrame({"area": ["A", "B", "C", None], "registered": 100.0, "voters": 60.0})
    table = table.assign(date=pd.Timestamp("2024-11-27"), election_type="pilkada", district="U")
    table = table.assign(stations_counted=counted, stations_total=total)
    draft = completed(Draft.of_table(table), *RESULTS_COLUMNS)
    [found] = check_partial(draft)
    told = {name: found.values[name] for name in ("n", "rows", "counted", "total")}
    assert told == {"n": 1, "rows": 3, "counted": 14, "total": 18}
    whole = table.assign(stations_counted=total)
    assert check_partial(completed(Draft.of_table(whole), *RESULTS_COLUMNS)) == []
