"""An election whose type is wrong: its turnout is that of another type of the table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout.errors import Finding
from turnout.reading.results import load_results

RULE = "like_another_type"
ROOT = Path(__file__).resolve().parents[2]
PANELS = [
    *sorted(ROOT.glob("tests/data/panels/*.csv")),
    *sorted(ROOT.glob("benchmarks/panels/*.csv")),
    *sorted(ROOT.glob("benchmarks/panels/development/*.csv.gz")),
    ROOT / "benchmarks/panels/indonesia/surabaya.csv",
    ROOT / "data/jambi/results.csv",
]
LOCAL = {"2014-05-22": 0.33, "2018-05-03": 0.31, "2021-05-06": 0.36, "2023-05-04": 0.30}
GENERAL = {"2015-05-07": 0.64, "2017-06-08": 0.67, "2019-12-12": 0.65, "2024-07-04": 0.58}
WORDS = {"local": "pilkada", "general election": "pemilu"}


def elections(local: dict[str, float] = LOCAL, general: dict[str, float] = GENERAL) -> pd.DataFrame:
    """Return elections of two types in twelve wards, and what turnout was as a whole."""
    rng = np.random.default_rng(7)
    lasting, size = rng.normal(0, 0.3, 12), rng.integers(900, 4000, 12)
    tables = []
    for kind, held in (("local", local), ("general election", general)):
        for day, share in held.items():
            logit = np.log(share / (1 - share)) + lasting + rng.normal(0, 0.08, 12)
            registered = size + rng.integers(0, 60, 12)
            voters = (registered / (1 + np.exp(-logit))).astype(int)
            table = pd.DataFrame({"registered": registered, "voters": voters})
            table["area"] = [f"Ward {letter}" for letter in "ABCDEFGHIJKL"]
            tables.append(table.assign(district="North", date=day, election_type=kind))
    return pd.concat(tables, ignore_index=True)


def called(table: pd.DataFrame, day: str, kind: str) -> pd.DataFrame:
    """Return the table with another type for the election of a day."""
    return table.assign(election_type=table["election_type"].where(table["date"] != day, kind))


def told(table: pd.DataFrame) -> list[Finding]:
    return [one for one in load_results(table).findings if one.rule == RULE]


@pytest.mark.parametrize("day", [*LOCAL, *GENERAL])
def test_an_election_of_a_wrong_type_is_told_once_and_its_twin_is_not(day: str) -> None:
    table = elections()
    assert load_results(table).findings == ()
    kind = "general election" if day in LOCAL else "local"
    [found] = load_results(called(table, day, kind)).findings
    assert (found.rule, found.severity) == (RULE, "warning")
    assert found.spot.row == table.index[table["date"] == day][0]
    assert (found.values["n"], found.values["m"]) == (3, 4)
    assert found.values["like"] == ("local" if day in LOCAL else "general election")


def test_the_words_tell_all_turnouts_and_the_remedy() -> None:
    [found] = told(called(elections(), "2019-12-12", "local"))
    for text in (found.say("en"), found.say("id").replace(",", ".")):
        for name in ("turnout", "low", "high", "own_low", "own_high"):
            assert f"{float(str(found.values[name])):.1%}" in text
    assert "election_type" in found.say("en")
    assert "kolom jenis" in found.say("id")


def test_families_are_types_and_the_day_of_another_type_is_not_told_as_well() -> None:
    table = elections().replace({"election_type": WORDS})
    table["date"] = table["date"].replace({"2019-12-12": "2019-04-17", "2021-05-06": "2020-12-09"})
    wrong = called(table, "2019-04-17", "pilbup")
    rules = [one.rule for one in load_results(wrong).findings]
    assert rules.count(RULE) == 1
    assert "day_of_other_type" not in rules
    assert not told(called(table, "2019-04-17", "pilpres"))


def test_totals_alone_tell_it() -> None:
    table = called(elections(), "2019-12-12", "local")
    counts = ["registered", "voters"]
    sums = table.groupby(["date", "election_type"], as_index=False)[counts].sum()
    assert len(told(sums.assign(city="Northtown"))) == 1


def test_too_few_elections_or_types_that_are_near_stay_quiet() -> None:
    day = "2019-12-12"
    few = {one: GENERAL[one] for one in [*GENERAL][:2]} | {day: 0.65}
    one_local = dict([*LOCAL.items()][:1])
    near = {one: share - 0.22 for one, share in GENERAL.items()}
    uneven = dict(zip(LOCAL, (0.3, 0.5, 0.62, 0.41), strict=True))
    assert told(called(elections(LOCAL, few), day, "local"))
    assert not told(called(elections(one_local), day, "local"))
    assert not told(called(elections(LOCAL, near), day, "local"))
    assert not told(called(elections(uneven), day, "local"))


def test_an_upheaval_between_the_types_and_elections_of_one_day_stay_quiet() -> None:
    between = elections(LOCAL | {"2022-05-05": 0.48})
    assert not told(between)
    together = elections(LOCAL | {"2024-07-04": 0.58})
    assert not told(together.assign(election=together["date"] + together["election_type"]))


def test_what_another_cause_explains_is_not_told_as_a_type() -> None:
    table = elections(GENERAL | {"2025-05-01": 0.66}, LOCAL)
    turned = table["date"] == "2017-06-08"
    rest = table["registered"] - table["voters"]
    rules = [
        one.rule
        for one in load_results(table.assign(voters=table["voters"].where(~turned, rest))).findings
    ]
    assert "abstainers" in rules
    assert RULE not in rules


@pytest.mark.few(3)
@pytest.mark.parametrize("path", PANELS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_election_of_a_real_panel_is_told(path: Path) -> None:
    assert not [one for one in load_results(path).findings if one.rule == RULE]


@pytest.mark.slow
def test_wrong_types_are_found_where_types_differ() -> None:
    """Of the 18 elections of the states of the US, 16; none of these is named for another."""
    table = pd.read_csv(ROOT / "benchmarks/panels/development/us_state.csv.gz", dtype=str)
    other = {"presidential": "midterm", "midterm": "presidential"}
    found = []
    for election, rows in table.groupby("election"):
        kind = other[rows["election_type"].iloc[0]]
        wrong = table["election_type"].where(table["election"] != election, kind)
        named = [one.values["contest"] for one in told(table.assign(election_type=wrong))]
        assert set(named) <= {election}
        found += named
    assert len(found) == 16


def test_an_election_far_below_its_type_is_asked_about_once() -> None:
    table = elections(local={})
    women = table["voters"].where(table["date"] != "2017-06-08", table["voters"] // 2)
    [found] = load_results(table.assign(voters=women)).findings
    assert (found.rule, found.severity) == ("far_below_its_type", "warning")
    assert found.spot.row == table.index[table["date"] == "2017-06-08"][0]
    assert "are these all who voted?" in found.say("en")


@pytest.mark.parametrize("share", [0.33, 0.37])
def test_only_less_than_three_fifths_of_the_lowest_is_far_below(share: float) -> None:
    table = elections(local={}, general=GENERAL | {"2017-06-08": share})
    rules = [one.rule for one in load_results(table).findings]
    assert rules == (["far_below_its_type"] if share < 0.35 else [])


def test_where_fewer_than_half_vote_turnout_may_halve() -> None:
    table = elections(local=LOCAL | {"2018-05-03": 0.15}, general={})
    assert "far_below_its_type" not in {one.rule for one in load_results(table).findings}


def test_of_an_election_that_has_another_type_it_is_not_asked() -> None:
    table = called(elections(), "2018-05-03", "general election")
    assert [one.rule for one in load_results(table).findings] == [RULE]


@pytest.mark.parametrize("path", PANELS, ids=lambda path: path.stem)
def test_no_real_election_is_far_below_its_type(path: Path) -> None:
    found = load_results(path).findings
    assert "far_below_its_type" not in {one.rule for one in found}
