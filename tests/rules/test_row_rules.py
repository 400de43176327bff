"""The ends of the rules on one row: what is just fine, and what just is not."""

from collections import defaultdict

import numpy as np
import pandas as pd
import pytest

from turnout.rules.results_rows import RESULTS_ROWS
from turnout.rules.row_rules import ROLL_ROWS

RULES = defaultdict(list)
for one in (*ROLL_ROWS, *RESULTS_ROWS):
    RULES[one.rule.name].append(one)
ABOVE_LIMIT = np.nextafter(1.5, 2)

ENDS = {
    "negative_registered": ([0, 1], [-1]),
    "negative_voters": ([0, 1], [-1]),
    "negative_count": ([0, 1], [-1]),
    "zero_registered": ([1], [0]),
    "missing_registered": ([1], [0]),
    "missing_voters": ([1], [0]),
    "zero_voters": ([0.001, 1], [0]),
    "voters_far_above_registered": ([1, 1.5], [ABOVE_LIMIT]),
    # Each turnout breaks one of these three at most.
    "voters_above_registered": ([1, ABOVE_LIMIT], [1.001, 1.5]),
    "high_turnout": ([0.97, 1.001, 1.5], [0.9701, 1]),
    "stations_above_total": ([-5, 0], [1]),
    "more_stations_than_fit": ([0, 5, 300], [0.1, 4.9]),
    "half_a_range": ([0, 2], [1]),
    "voters_outside_range": ([-5, 0], [1]),
    "registered_l_p": ([0], [-1, 1]),
    "voters_l_p": ([0], [-1, 1]),
    "valid_and_invalid": ([0], [-1, 1]),
    "voters_by_list": ([0], [-1, 1]),
    "part_above_whole": ([-5, 0], [1]),
    "group_above_whole": ([-5, 0], [1]),
    "sex_far_above_registered": ([0.2, 1.5], [ABOVE_LIMIT]),
}


def test_every_rule_has_its_ends() -> None:
    assert set(RULES) == set(ENDS)


@pytest.mark.parametrize("name", ENDS)
def test_a_rule_ends_where_it_should(name: str) -> None:
    fine, wrong = (pd.Series(values, dtype=float) for values in ENDS[name])
    for rule in RULES[name]:
        assert rule.holds(fine).all()
        assert not rule.holds(wrong).any()
