"""Voters by the way in which they voted, beside voters that lack some of them."""

from __future__ import annotations

import pytest

from turnout.reading.hints import Hints
from turnout.reading.results import load_results

PRECINCTS = [
    ("Ashby", 1000, 400, 101, 60),
    ("Birch", 1043, 418, 118, 66),
    ("Cole", 980, 371, 90, 55),
]
"""Registered, and those who voted on the day, by post and early."""


def table(tmp_path, head, row, rows=PRECINCTS):
    path = tmp_path / "results.csv"
    lines = [row(*one) for one in rows]
    path.write_text("\n".join([head, *lines]) + "\n")
    return path


TWO = "date,type,ward,Registered,{},{},{}"
WIDE = [
    ("Election day", "Absentee", "Total ballots"),
    ("Polling station voters", "Postal voters", "Ballots cast"),
    ("Voted at polls", "Voted absentee", "Voted"),
    ("Election Day Ballots", "Absentee Ballots", "Ballots Cast"),
]


@pytest.mark.parametrize("names", WIDE)
def test_a_total_without_the_absentee_votes_is_told_with_its_points(tmp_path, names):
    head = TWO.format(*names)
    held = table(
        tmp_path, head, lambda p, r, e, a, _: f"2022-11-08,general,{p},{r},{e},{a},{e + a}"
    )
    assert not load_results(held).findings
    lacks = table(tmp_path, head, lambda p, r, e, a, _: f"2022-11-08,general,{p},{r},{e},{a},{e}")
    (told,) = load_results(lacks).findings
    said = told.say("en")
    assert f"{names[2]} seems to lack {names[1]}: in 3 of 3 rows" in said
    assert "10.2 points higher" in said  # 309 of 3,023
    columns = dict(zip(names, ("voters_at_polls", "voters_by_post", "own"), strict=True))
    reading = load_results(lacks, hints=Hints.of(columns))
    assert reading.table["voters"].tolist() == [501, 536, 461]


def test_a_total_with_some_ways_only_names_those_that_it_lacks(tmp_path):
    head = "date,type,ward,Registered,Election day,Absentee,Early,Total ballots"
    path = table(
        tmp_path, head, lambda p, r, e, a, y: f"2022-11-08,general,{p},{r},{e},{a},{y},{e + y}"
    )
    (told,) = load_results(path).findings
    assert "seems to lack Absentee:" in told.say("en")
    # Early voters may be some of the absentee ones: the text says what to do then.
    assert "part of another" in told.say("en")


@pytest.mark.parametrize("mode", ["Election Day", "Absentee"])
def test_items_by_mode_tell_what_their_total_lacks(tmp_path, mode):
    head = "date,election_type,county,precinct,office,mode,votes"
    lines = [
        f"2022-06-07,primary,Adams,{p},{item}"
        for p, r, e, a, _ in PRECINCTS
        for item in (
            f"Registered Voters,,{r}",
            f"Ballots Cast,Election Day,{e}",
            f"Ballots Cast,Absentee,{a}",
            f"Ballots Cast,Total,{e if mode == 'Absentee' else a}",
        )
    ]
    path = tmp_path / "items.csv"
    path.write_text("\n".join([head, *lines]))
    (told,) = load_results(path).findings
    assert f"seems to lack Ballots Cast ({mode})" in told.say("en")


def test_a_row_alone_that_lacks_a_way_is_an_error(tmp_path):
    head = "date,type,county,ward,Registered,Election day,Absentee,Total ballots"
    rows = [*PRECINCTS, ("Total", 3023, 1189, 309, 0)]
    path = table(
        tmp_path,
        head,
        lambda p, r, e, a, _: f"2022-11-08,general,Adams,{p},{r},{e},{a},{e + a * (p != 'Total')}",
        rows,
    )
    (told,) = load_results(path).findings
    assert (told.rule, told.spot.row) == ("more_by_ways_of_voting", 5)


def test_a_way_that_totals_alone_tell_is_set_apart_in_them(tmp_path):
    head = "date,type,county,ward,Registered,Election day,Absentee,Total ballots"
    path = table(
        tmp_path,
        head,
        lambda p, r, e, a, _: f"2022-11-08,general,Adams,{p},{r},{e},{a or ''},{e + a}",
        [*((p, r, e, 0, 0) for p, r, e, *_ in PRECINCTS), ("Total", 3023, 1189, 309, 0)],
    )
    reading = load_results(path)
    assert [one.rule for one in reading.findings] == ["voters_without_roll"]
    total = reading.table[reading.table["area"].isna()].iloc[0]
    assert (total["voters"], total["voters_without_roll"]) == (1498, 309)


def test_election_day_over_counts_leaves_the_years_to_their_column(tmp_path):
    head = "year,type,ward,Registered,Election Day,Absentee,Ballots cast"
    path = table(tmp_path, head, lambda p, r, e, a, _: f"2022,general,{p},{r},{e},{a},{e + a}")
    reading = load_results(path, hints=Hints.of(dates={"2022": "2022-11-08"}))
    assert not reading.findings
    assert reading.table["voters"].sum() == 1498


@pytest.mark.parametrize("held", [(), ("Absentee",), ("Early",), ("Absentee", "Early")])
@pytest.mark.parametrize("roll", ["", "3023"])
def test_rows_of_ways_are_in_a_total_whichever_of_them_it_held(tmp_path, held, roll):
    head = "date,type,county,ward,Registered,Ballots cast"
    ways = {"Absentee": 309, "Early": 181}
    whole = 1189 + sum(ways[one] for one in held)
    more = [(name, roll, voters) for name, voters in ways.items()] + [("Total", 3023, whole)]
    lines = [f"2022-11-08,general,Adams,{p},{r},{e}" for p, r, e, *_ in [*PRECINCTS, *more]]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join([head, *lines]))
    reading = load_results(path)
    assert [one.rule for one in reading.findings] == ["voters_without_roll"]
    total = reading.table[reading.table["area"].isna()]
    assert total[["registered", "voters", "voters_without_roll"]].to_numpy().tolist() == [
        [3023, 1679, 490]
    ]


@pytest.mark.parametrize("beside", ["", "sum", "day"])
def test_places_with_a_row_per_way_count_once(tmp_path, beside):
    head = "date,type,county,ward,Registered,Ballots cast"
    lines = [
        line
        for p, r, e, a, _ in PRECINCTS
        for line in (
            f"{p} - Election Day,{r},{e}",
            f"{p} (absentee),,{a}",
            *([f"{p},{r},{e + a * (beside == 'sum')}"] if beside else []),
        )
    ]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join([head, *(f"2022-11-08,general,Adams,{line}" for line in lines)]))
    reading = load_results(path)
    if beside == "day":
        assert {one.rule for one in reading.findings} == {"total_below_ways_of_voting"}
        assert "10.1 points" in reading.errors[0].say("en")
        return
    assert [one.rule for one in reading.findings] == ["ways_of_voting_added_up"]
    areas = reading.table[reading.table["area"].notna()]
    assert areas["area"].tolist() == ["Ashby", "Birch", "Cole"]
    assert areas[["registered", "voters"]].sum().tolist() == [3023, 1498]


def test_names_that_end_like_a_way_of_voting_are_places(tmp_path):
    head = "date,type,county,ward,Registered,Ballots cast"
    names = ["Trading Post", "Trading Early", "Mill Post"]  # each has its own roll
    lines = [f"{p},{r},{e}" for p, (_, r, e, *_) in zip(names, PRECINCTS, strict=True)]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join([head, *(f"2022-11-08,general,Adams,{line}" for line in lines)]))
    reading = load_results(path)
    assert not reading.findings
    assert sorted(reading.table["area"]) == sorted(names)
