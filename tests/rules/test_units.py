"""Columns of another unit: shares, percentages, thousands; each told by its whole column."""

import pandas as pd
import pytest

from turnout.rules.draft import Draft
from turnout.rules.units import check_units
from turnout.schema import COUNT_COLUMNS


def rules(registered: list[float], voters: list[float]) -> set[str]:
    table = pd.DataFrame({"registered": registered, "voters": voters}, dtype=float)
    table = table.reindex(columns=[*dict.fromkeys(["registered", *COUNT_COLUMNS])])
    return {finding.rule for finding in check_units(Draft.of_table(table.astype(float)))}


ROLL = [2000, 3000, 1500, 1200]


@pytest.mark.parametrize(
    ("registered", "voters", "rule"),
    [
        (ROLL, [1400, 2000, 900, 800], None),
        # With fractions: shares reach to 1, percentages to 100.
        (ROLL, [0.7, 0.5, 1, 0], "shares_not_counts"),
        (ROLL, [0.7, 0.5, 1.01, 0], "percents_not_counts"),
        (ROLL, [70.5, 100, 60, 50], "percents_not_counts"),
        (ROLL, [70.5, 100.5, 60, 50], "fractional_count"),
        # Without: only of places that are far larger.
        (ROLL, [1, 1, 0, 1], "shares_not_counts"),
        ([101, 102, 103, 104], [1, 1, 0, 1], "shares_not_counts"),
        ([100, 102, 103, 104], [1, 1, 0, 1], None),
        (ROLL, [0, 0, 0, 0], None),
        (ROLL, [20, 20, 100, 20], "percents_not_counts"),
        (ROLL, [19, 19, 100, 19], None),
        (ROLL, [20, 20, 101, 20], None),
        # Small places: percentages are alike, whatever the size.
        ([300, 600, 900], [40, 41, 42], "percents_not_counts"),
        ([300, 600], [40, 41], None),
        ([300, 600, 900], [40, 80, 100], None),
        ([200, 600, 900], [40, 41, 42], None),
        # Thousands that became decimals: three of them, and they fit the roll.
        ([1500, 1600, 1700], [1.234, 1.1, 1.2], "percents_not_counts"),
        # Beside counts fewer decimals will do, where they fit the roll as these do.
        ([2500, 900, 1700], [1.95, 702, 1204], "lost_thousands"),
        ([2500, 900, 1700], [1.9, 702, 1204], "lost_thousands"),
        ([2500, 900, 1700], [1.9545, 702, 1204], "fractional_count"),
        ([2500, 900, 1700], [812.5, 702, 1204], "fractional_count"),
        ([20000, 900, 1700], [1.95, 702, 1204], "fractional_count"),
        ([1500, 1600], [1.234, 1.1], "lost_thousands"),
        ([1500, 1600], [1.234, 1.129], "lost_thousands"),
        ([823, 1600], [1.234, 1.129], "lost_thousands"),
        ([822, 700], [1.234, 1.129], "percents_not_counts"),
        ([1500, 1600], [1.2345, 1.1294], "percents_not_counts"),
        ([1.5, 1.612], [1.234, 1.129], "lost_thousands"),
    ],
)
def test_the_unit_of_a_column(
    registered: list[float], voters: list[float], rule: str | None
) -> None:
    assert rules(registered, voters) == {rule} - {None}


def test_small_places_without_voters_do_not_hide_percentages_nor_make_them() -> None:
    assert rules([300, 600, 900, 500], [40, 41, 42, 0]) == {"percents_not_counts"}
    assert rules([300, 600, 900, 500], [40, 80, 100, 0]) == set()
    # Two places with voters are too few to see that their figures are alike.
    assert rules([300, 600, 500, 700], [40, 41, 0, 0]) == set()


@pytest.mark.parametrize(
    ("others", "rule"),
    [
        ([61, 70, 55, 80], "percents_not_counts"),
        ([61.5, 70, 55.25, 80], "percents_not_counts"),
        ([0.61, 0.7, 0.55, 0.8], "shares_not_counts"),
        ([1300, 2100, 800, 950.5], "fractional_count"),
        ([1300, 2100, 800, 950], None),
    ],
)
def test_one_of_several_lists_has_another_unit(others: list[float], rule: str | None) -> None:
    table = pd.DataFrame({"registered": 2 * ROLL, "voters": [1400, 2000, 900, 800, *others]})
    table = table.reindex(columns=[*dict.fromkeys(["registered", *COUNT_COLUMNS])]).astype(float)
    draft = Draft.of_table(table.assign(contest=4 * ["2018"] + 4 * ["2020"]))
    found = check_units(draft)
    assert {one.rule for one in found} == {rule} - {None}
    rows = {"fractional_count": 1, None: 0}.get(rule, 4)
    assert len(found) == rows
