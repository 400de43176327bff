"""Contests that are odd in all of their rows: from how many, and how odd."""

import pandas as pd
import pytest

from turnout.rules.draft import Draft
from turnout.rules.measures import completed
from turnout.rules.plausible import check_plausible
from turnout.schema import RESULTS_COLUMNS


def told(
    registered: list[float], voters: list[float], kinds: list[str] | None = None, **more: object
) -> list[str]:
    """Return the rules that areas of one contest break; of a contest each where kinds are given."""
    table = pd.DataFrame({"registered": registered, "voters": voters}, dtype=float)
    days = pd.to_datetime("2020-12-09") + pd.to_timedelta(range(len(table)), "D")
    table = table.assign(
        area=[f"Area {letter}" for letter in "ABCDEF"[: len(table)]],
        date=pd.to_datetime("2020-12-09") if kinds is None else days,
        election_type="pilkada" if kinds is None else kinds,
    )
    draft = completed(Draft.of_table(table.assign(**more)), *RESULTS_COLUMNS)
    return [finding.rule for finding in check_plausible(draft)]


ALIKE = [1000, 1000, 1000]


@pytest.mark.parametrize(
    ("registered", "voters", "rules"),
    [
        ([1000, 1100, 1200], [600, 700, 800], []),
        (ALIKE, [600, 700, 800], ["repeated_roll"]),
        (ALIKE[:2], [600, 700], []),
        (ALIKE, [600, 600, 600], []),
        ([1000, 1100, 1200], [0, 0, 0], 3 * ["nobody_voted"]),
        ([1000, 1100], [0, 0], []),
        ([1000, 1100, 1200], [0, 0, 1], ["low_turnout"]),
        # A large part without voters was not filled in; two may be a boycott, small ones chance.
        ([1000, 1100, 1200, 900, 800], [0, 0, 0, 600, 500], 3 * ["nobody_voted_in_many"]),
        ([1000, 1100, 1200, 900, 800], [0, 0, 700, 600, 500], []),
        ([90, 80, 70, 900, 800], [0, 0, 0, 600, 500], []),
        ([1000, 2000], [149, 299], ["low_turnout"]),
        ([1000, 2000], [149, 300], []),
        ([1000, 2000], [971, 2000], ["high_turnout_everywhere"]),
        ([1000, 2000], [970, 2000], []),
        # What can be no turnout is left out.
        ([1000, 2000, 500], [971, 1990, 501], ["high_turnout_everywhere"]),
        ([1000, 2000, 500], [971, 1990, 400.5], ["high_turnout_everywhere"]),
        ([1000, 2000, 500], [140, 299, 0], ["low_turnout"]),
    ],
)
def test_contests_odd_in_every_row(
    registered: list[float], voters: list[float], rules: list[str]
) -> None:
    assert told(registered, voters) == rules


def test_rows_that_lack_stations_are_not_odd() -> None:
    partly = {"stations_counted": [1, 2, 2], "stations_total": 2}
    assert told([1000, 1100, 1200], [0, 0, 0], **partly) == []
    assert told([1000, 1100, 1200], [900, 1090, 1199], **partly) == ["high_turnout_everywhere"]


@pytest.mark.parametrize(
    ("kinds", "rules"),
    [
        (["pilkada", "pilkda"], ["near_type"]),
        (["pilkada", "pilkadaaa"], []),
        (["lokala", "lokalb", "lokalb"], ["near_type"]),
        (["lokala", "lokalb"], []),
    ],
)
def test_the_rarer_of_two_types_that_look_alike_is_told(kinds: list[str], rules: list[str]) -> None:
    assert told([1000.0] * len(kinds), [600.0] * len(kinds), kinds) == rules
