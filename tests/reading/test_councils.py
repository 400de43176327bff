"""Files as councils keep them: elections side by side, days and types in English."""

import datetime as dt

import pandas as pd
import pytest

from turnout.reading.headers.aliases import RESULTS
from turnout.reading.headers.match import understand
from turnout.reading.hints import Hints
from turnout.reading.results import load_results

PLACES = ["Abbey", "Carr Mill", "Derby", "Ince"]
REGISTERED = [9010, 7420, 8105, 6333]
DAYS = {"general election": "7 May 2015", "local election": "4 May 2023"}
SHARES = {"general election": [0.66, 0.63, 0.70, 0.61], "local election": [0.34, 0.29, 0.36, 0.27]}


def side_by_side(tmp_path, heads):
    """Write elections side by side, their names in a row of their own above the figures."""
    rows = [["Ward", *(text for head in heads for text in (head, None))]]
    rows.append([None, *["Electorate", "Total poll"] * len(heads)])
    for at, place in enumerate(PLACES):
        voters = [round(REGISTERED[at] * SHARES[kind][at]) for kind in DAYS]
        rows.append([place, *(figure for one in voters for figure in (REGISTERED[at], one))])
    path = tmp_path / "wards.xlsx"
    pd.DataFrame(rows).to_excel(path, header=False, index=False)
    return path


@pytest.mark.parametrize(
    "heads",
    [
        ["General Election 7 May 2015", "Local Elections 4 May 2023"],
        ["UK Parliamentary General Election, 7 May 2015", "Local Government Elections 4 May 2023"],
        ["General Election - Thursday 7 May 2015", "Local Elections held on 4 May 2023"],
        ["Generals 7 May 2015", "Locals 4 May 2023"],
    ],
)
def test_elections_side_by_side_with_english_names_and_days_are_read(heads, tmp_path):
    reading = load_results(side_by_side(tmp_path, heads))
    assert not reading.findings
    kinds = reading.table.groupby("election_type")["date"].first().dt.strftime("%-d %B %Y")
    assert kinds.to_dict() == DAYS
    assert reading.table["voters"].sum() == sum(
        round(one * share)
        for kind in DAYS
        for one, share in zip(REGISTERED, SHARES[kind], strict=True)
    )


def test_a_type_that_no_word_tells_is_asked_for_and_can_be_said(tmp_path):
    path = side_by_side(tmp_path, ["Abbey election 7 May 2015", "Ashby election 4 May 2023"])
    [error] = load_results(path).errors
    assert error.rule == "untold_election"
    said = load_results(path, hints=Hints.of(types={"2015": "general", "2023": "local"}))
    assert sorted(set(said.table["election_type"])) == ["general", "local"]


def test_what_the_user_says_of_a_type_holds_unless_it_is_another(tmp_path):
    path = side_by_side(tmp_path, ["General Election 7 May 2015", "Local Elections 4 May 2023"])
    said = load_results(path, hints=Hints.of(types={"2015": "parliamentary"}))
    assert sorted(set(said.table["election_type"])) == ["local election", "parliamentary"]
    other = load_results(path, hints=Hints.of(types={"2015": "local"}))
    assert [one.rule for one in other.errors] == ["told_otherwise"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Local Elections - Thursday 4 May 2023", "local election"),
        ("UK Parliamentary General Election, 8 June 2017", "general election"),
        ("Borough Council Elections 4 May 2023", "borough council election"),
        ("Results of the by-election held on 4 May 2023", "by-election"),
    ],
)
def test_types_are_read_from_english_titles(title, kind, tmp_path):
    rows = [[title, None, None], ["Ward", "Electorate", "Votes cast"], ["Abbey", 9010, 3001]]
    path = tmp_path / "title.xlsx"
    pd.DataFrame(rows).to_excel(path, header=False, index=False)
    assert load_results(path).table["election_type"].tolist() == [kind]


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        (
            "voters",
            "Total poll|Number voting|Verified total|Ballot papers verified|Number of voters"
            "|Accredited Voters",
        ),
        ("area", "Electoral ward|Local Electoral Area|Polling Division|Polling district"),
        ("area", "Registration Area (Ward)|Registration area"),
        ("city", "LGA|Local Government Area"),
        ("station", "Polling Unit|Booth No.|Clustered Precinct|Polling booth"),
        ("date", "Poll Date|Date of polling|Voting day"),
        ("registered", "Number of electors|Eligible electorate|Electorate (incl. postal voters)"),
        ("valid", "Valid poll|Valid ballot papers"),
        ("invalid", "Spoilt votes|Rejected papers"),
    ],
)
def test_english_headers_of_commissions_are_known(name, headers):
    for header in headers.split("|"):
        assert understand(header, RESULTS).names == (name,), header


@pytest.mark.parametrize(
    "header", ["Electorate (postal voters)", "Electorate (postal)", "Electorate (proxy voters)"]
)
def test_a_part_of_the_registered_is_not_taken_for_all(header):
    assert understand(header, RESULTS).meaning == "own"


def long_table(**columns):
    day = {"Date": dt.date(2023, 5, 4), "Type": "local", "Ward": PLACES}
    return pd.DataFrame({**day, "Electorate": REGISTERED, **columns})


def test_percentages_beside_an_unknown_header_of_counts_are_not_said_to_be_alone():
    table = long_table(**{"Turnout %": [34.0, 29.1, 36.2, 27.3]})
    [alone] = load_results(table).errors
    assert "alone" in alone.say("en")
    [beside] = load_results(table.assign(Marks=[3063, 2159, 2934, 1729])).errors
    assert "alone" not in beside.say("en")
    assert 'columns={"Marks": "voters"' in beside.say("en")


def test_registered_in_thousands_are_told_as_that_once():
    voters = {"Votes cast": [3063, 2159, 2934, 1729]}
    table = long_table(**voters)
    assert not load_results(table).errors
    [error] = load_results(table.assign(Electorate=[9.0, 7.4, 8.1, 6.3])).errors
    assert error.rule == "count_in_thousands"
    assert len(error.rows) == len(PLACES)


@pytest.mark.parametrize(("off", "errors"), [(0.0, 0), (0.04, 1)])
def test_a_rounded_percentage_contradicts_no_total_within_its_rounding(off, errors):
    shares = [0.3437, 0.2891, 0.3633, 0.2739]
    whole = sum(n * share for n, share in zip(REGISTERED, shares, strict=True)) / sum(REGISTERED)
    written = [f"{100 * one:.0f}" for one in shares] + [f"{100 * (whole + off):.2f}"]
    table = pd.DataFrame(
        {
            "Date": dt.date(2023, 5, 4),
            "Type": "local",
            "Ward": [*PLACES, "Total"],
            "Electorate": [*REGISTERED, sum(REGISTERED)],
            "Turnout %": written,
        }
    )
    reading = load_results(table, hints=Hints.of(columns={"Turnout %": "turnout_percent"}))
    assert len(reading.errors) == errors


def test_a_cell_that_says_there_was_no_poll_is_told_as_that():
    table = long_table(**{"Votes cast": ["3063", "Uncontested", "2934", "1729"]})
    [error] = load_results(table).errors
    assert error.rule == "no_poll"


@pytest.mark.parametrize(("written", "told"), [("05/04/2023", True), ("04/05/2023", False)])
def test_a_day_off_the_weekday_of_all_others_is_told(written, told):
    days = ["22/05/2014", "07/05/2015", "08/06/2017", "02/05/2019", written]
    rows = [long_table(**{"Votes cast": [3063, 2159, 2934, 1729]}) for _ in days]
    for at, (table, day) in enumerate(zip(rows, days, strict=True)):
        table["Date"], table["Votes cast"] = day, table["Votes cast"] + 17 * at
    found = load_results(pd.concat(rows, ignore_index=True)).findings
    assert ("day_and_month_swapped" in {one.rule for one in found}) == told


def of_polling_districts(headers=("Ward", "Polling District"), **columns):
    """Return a table of two wards of three polling districts each, in two elections."""
    wards = [ward for ward in ("Abbey", "Bridge") for _ in range(3)] * 2
    codes = [f"{ward[0]}{letter}" for ward, letter in zip(wards, "ABC" * 4, strict=True)]
    days = [dt.date(2019, 5, 2)] * 6 + [dt.date(2023, 5, 4)] * 6
    registered = [801, 902, 1003, 711, 912, 1013, 807, 899, 1010, 720, 905, 1021]
    voters = [301, 322, 403, 211, 332, 397, 287, 339, 380, 230, 315, 401]
    places = dict(zip(headers, (wards, codes), strict=True))
    days_and_type = {"Date": days, "Type": "local"}
    return pd.DataFrame(days_and_type | columns | places).assign(
        Electorate=registered, **{"Votes cast": voters}
    )


@pytest.mark.parametrize(
    "headers", [("Ward", "Polling District"), ("Name of ward", "Polling area")]
)
def test_polling_districts_beside_their_wards_are_the_areas(headers):
    loaded = load_results(of_polling_districts(headers))
    assert not loaded.errors
    assert loaded.table["area"].nunique() == 6
    assert loaded.table["district"].unique().tolist() == ["Abbey", "Bridge"]


def test_polling_districts_of_wards_of_constituencies_are_parts_of_the_wards():
    table = of_polling_districts(Constituency="North")
    loaded = load_results(table)
    assert not loaded.errors
    assert loaded.table[["district", "area"]].drop_duplicates().to_numpy().tolist() == [
        ["North", "Abbey"],
        ["North", "Bridge"],
    ]
    assert loaded.table["registered"].sum() == table["Electorate"].sum()


def test_areas_by_another_name_are_no_finer_places():
    table = of_polling_districts().drop(columns="Ward")
    table = table.assign(Ward=table["Polling District"] + " ward")
    loaded = load_results(table)
    assert loaded.table["area"].unique().tolist() == sorted(set(table["Ward"]))
    assert "district" not in loaded.table.dropna(axis=1, how="all")
