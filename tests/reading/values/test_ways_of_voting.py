"""Columns of voters by the way in which they voted, and none of all of them."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.reading.hints import Hints
from turnout.reading.results import load_results

TABLE = pd.DataFrame(
    {
        "Wahltag": ["26.09.2021"] * 2,
        "Wahl": ["Bundestagswahl"] * 2,
        "Gemeinde": ["Altenstadt", "Karben"],
        "Wahlberechtigte": [900, 800],
        "Urnenwähler": [300, 280],
        "Briefwähler": [200, 190],
    }
)


def test_voters_by_way_of_voting_are_added_up() -> None:
    reading = load_results(TABLE)
    assert reading.table["voters"].tolist() == [500, 470]
    assert [one.rule for one in reading.findings] == ["derived_count"]
    early = TABLE.assign(**{"Early ballots": [50, 40]})
    assert load_results(early).table["voters"].tolist() == [550, 510]


def test_a_column_of_all_goes_first() -> None:
    reading = load_results(TABLE.assign(**{"Wähler": [510, 480]}))
    assert reading.table["voters"].tolist() == [510, 480]
    assert not reading.findings


def test_one_way_alone_is_not_all() -> None:
    assert load_results(TABLE.drop(columns="Urnenwähler")).errors


@pytest.mark.parametrize("header", ["Urnenwähler", "Briefwähler"])
def test_one_way_that_is_said_to_be_all_is_told(header: str) -> None:
    hints = Hints.of({header: "voters"}, None, None, None)
    found = [one.rule for one in load_results(TABLE, hints=hints).findings]
    assert "part_as_voters" in found
