"""Elections of the United States under one type, in years of a president and in midterms."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from turnout import Election
from turnout.cli.fit import held_together
from turnout.errors import Finding
from turnout.language import LANGUAGES
from turnout.reading.results import load_results
from turnout.rules.grave import GRAVE

MIDTERMS = ("2014-11-04", "2018-11-06", "2022-11-08")
WITH_PRESIDENT = ("2012-11-06", "2016-11-08", "2020-11-03")
RULE = "with_and_without_president"
OF_COMING = "with_or_without_president"


def elections(days: tuple[str, ...], kind: str = "general election") -> pd.DataFrame:
    """Return elections of three precincts, with more voters where a president is elected."""
    tables = []
    for number, day in enumerate(days):
        share = 0.68 if day in WITH_PRESIDENT else 0.45
        registered = [811 + 7 * number, 1307 + 3 * number, 954 - 5 * number]
        table = pd.DataFrame({"area": ["Precinct 1", "Precinct 2", "Precinct 3"]})
        table["registered"] = registered
        table["voters"] = [round(n * (share + 0.01 * i)) for i, n in enumerate(registered)]
        tables.append(table.assign(date=day, election_type=kind))
    return pd.concat(tables, ignore_index=True)


def told(table: pd.DataFrame) -> list[Finding]:
    return [one for one in load_results(table).findings if one.rule == RULE]


def of_coming(table: pd.DataFrame, day: str, kind: str = "general election") -> list[Finding]:
    """Return what is told of a coming election, past results being read alone."""
    election = Election(dt.date.fromisoformat(day), kind)
    read = held_together({"results": load_results(table)}, election)["results"]
    return [one for one in read.findings if one.rule == OF_COMING]


@pytest.mark.parametrize("kind", ["general election", "general", "county commissioner"])
def test_a_type_with_and_without_a_president_is_told_once(kind: str) -> None:
    [found] = told(elections(MIDTERMS + WITH_PRESIDENT, kind))
    assert found.severity == "warning"
    assert found.spot.row == 0
    assert "(2012, 2016, 2020)" in found.say("en")
    assert "(2014, 2018, 2022)" in found.say("en")
    assert {RULE, OF_COMING} <= GRAVE
    for lang in LANGUAGES:
        assert kind.split()[0] in found.say(lang).casefold()


def test_types_of_their_own_are_what_was_asked_for() -> None:
    table = pd.concat(
        [elections(MIDTERMS, "midterm"), elections(WITH_PRESIDENT, "presidential")],
        ignore_index=True,
    )
    assert not told(table)
    assert not of_coming(table, "2024-11-05", "presidential")
    assert not of_coming(table, "2026-11-03", "midterm")


@pytest.mark.parametrize(
    "days",
    [
        MIDTERMS,
        WITH_PRESIDENT,
        ("2013-11-05", "2015-11-03", "2016-11-08"),  # odd years have no federal election
        ("2012-06-05", "2014-06-03", "2016-06-07"),  # primaries
        ("2015-05-07", "2017-06-08", "2019-12-12"),
    ],
)
def test_other_elections_are_not(days: tuple[str, ...]) -> None:
    assert not told(elections(days))


@pytest.mark.parametrize(
    ("past", "day", "words"),
    [
        (MIDTERMS, "2024-11-05", "this forecast is one of a midterm"),
        (WITH_PRESIDENT, "2026-11-03", "this forecast is one of such a year"),
    ],
)
def test_a_coming_election_unlike_all_of_its_type_is_told(past, day, words) -> None:
    [found] = of_coming(elections(past), day)
    assert words in found.say("en")
    assert not of_coming(elections(past), day, "school board")
    assert not of_coming(elections(MIDTERMS + WITH_PRESIDENT), day)
    assert not of_coming(elections(past), "2025-11-04")


@pytest.mark.parametrize(
    ("past", "day"), [(MIDTERMS, "2026-11-03"), (WITH_PRESIDENT, "2024-11-05")]
)
def test_a_coming_election_like_those_of_its_type_is_not(past, day) -> None:
    assert not of_coming(elections(past), day)
