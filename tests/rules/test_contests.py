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
