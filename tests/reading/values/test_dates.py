"""Dates as people write them."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnout.dates import Order, find_date, order_of, parse_days
from turnout.elections import Election
from turnout.errors import DataError
from turnout.language import day
from turnout.reading import load_results
from turnout.schema import canonical_results


def read(*cells):
    return parse_days(pd.Series(cells, dtype="object"))


@pytest.mark.parametrize(
    "cell",
    [
        "2024-11-27",
        "2024-11-27 00:00:00",
        "2024/11/27",
        "27/11/2024",
        "27-11-2024",
        "27.11.2024",
        "27/11/24",
        "20241127",
        "27 November 2024",
        "27 Nov 2024",
        "27 Nopember 2024",
        "Rabu, 27 November 2024",
        "November 27, 2024",
        "27-Nov-2024",
        45623,
        45623.0,
        20241127.0,
        dt.date(2024, 11, 27),
        dt.datetime(2024, 11, 27, 7, 0),
        pd.Timestamp("2024-11-27"),
    ],
)
def test_every_way_to_write_a_day_is_read(cell):
    assert read(cell).values.tolist() == [pd.Timestamp("2024-11-27")]


@given(st.dates(dt.date(1945, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["en", "id"]))
def test_days_in_words_are_read_back(date, lang):
    assert read(day(date, lang)).values.tolist() == [pd.Timestamp(date)]


@pytest.mark.parametrize("cell", ["2024", "November 2024", "31/02/2024", "besok", 2024, "12"])
def test_what_is_no_full_date_is_unreadable(cell):
    assert read(cell).values.isna().all()


def test_blanks_are_missing():
    dates = read("", "-", None, float("nan"), pd.NaT)
    assert dates.values.isna().all()


def test_the_day_comes_first_unless_the_column_shows_otherwise():
    assert read("09/12/2020").values[0] == pd.Timestamp("2020-12-09")
    months = read("12/09/2020", "11/27/2024")
    assert months.order == Order("month")
    assert months.values.tolist() == [pd.Timestamp("2020-12-09"), pd.Timestamp("2024-11-27")]


@pytest.mark.parametrize("written", ["11/27/2024", "11-27-2024", "27/11/2024"])
def test_a_day_that_is_named_is_read_as_those_of_files_are(written):
    assert Election(written, "pilkada").date == dt.date(2024, 11, 27)


@pytest.mark.parametrize("written", ["13/27/2024", "02/30/2024", "31/02/2024"])
def test_a_day_that_is_named_must_be_one(written):
    with pytest.raises(DataError, match="not a full date"):
        Election(written, "pilkada")


def test_of_a_column_with_both_orders_only_what_is_clear_is_read():
    dates = read("27/6/2018", "4/17/2019", "9/12/2020", "5/5/2016", "2014-07-09")
    assert dates.order.first == "both"
    days = dates.values.dropna().astype("str").tolist()
    assert days == ["2018-06-27", "2019-04-17", "2016-05-05", "2014-07-09"]


def test_a_date_is_found_inside_a_header():
    assert find_date("dpt_2019-04-17_pilpres") == (dt.date(2019, 4, 17), "dpt__pilpres")
    assert find_date("DPT 2019") is None


@pytest.mark.parametrize(
    "cell",
    ["17-Apr-19", "17. April 2019", "17 avril 2019", "17 de abril de 2019", "43572", "43572.0"],
)
def test_days_are_read_in_other_languages_and_as_serials(cell):
    assert read(cell).values.tolist() == [pd.Timestamp("2019-04-17")]


@pytest.mark.parametrize("cell", ["0001-01-01", dt.date(1, 1, 1), "1899-12-30", True])
def test_what_stands_for_an_empty_cell_is_no_day(cell):
    assert read(cell).values.isna().all()


def test_midnight_elsewhere_stays_the_day_that_is_written():
    midnight = pd.Series(pd.to_datetime(["2024-11-27"])).dt.tz_localize("Asia/Jakarta")
    assert parse_days(midnight).values.tolist() == [pd.Timestamp("2024-11-27")]
    assert parse_days(midnight.astype("object")).values.tolist() == [pd.Timestamp("2024-11-27")]


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["11/3/2020", "11/6/2018", "11/8/2016"], Order("month", "polling_days")),
        (["09/12/2020", "27/06/2018"], Order("day", "written")),
        (["09/12/2020"], Order("day", "polling_days")),
        (["12/9/2020"], Order("month", "polling_days")),
        (["5/3/2011", "5/7/2011", "5/10/2011"], Order("day", "habit")),
        (["5/10/2011", "5/3/2012", "6/7/2013"], Order("day", "habit")),
        (["5/7/2013", "5/12/2015", "4/8/2014"], Order("month", "weekdays")),
        (["3.11.2020"], Order("day", "written")),
        (["2018-06-05", "2 June 2020", "6/7/2022"], Order("month", "weekdays")),
        (["2016-05-05", "2018-06-07", "6/5/2020"], Order("day", "habit")),
        (["2020-11-03", "3 November 2020", 44138], Order("day", "written")),
    ],
)
def test_what_tells_the_order_is_known(cells, order):
    assert order_of(cells) == order


def test_an_election_reads_its_day_as_files_do():
    assert Election("09-12-2020", "pilkada").date == dt.date(2020, 12, 9)
    assert Election("17-Apr-19", "pilpres").date == dt.date(2019, 4, 17)
    assert Election(pd.Timestamp("2024-11-27"), "pilkada").date == dt.date(2024, 11, 27)


@pytest.mark.parametrize("date", ["2024", 2024, "", None, pd.NaT, "0001-01-01", "besok"])
def test_an_election_without_a_full_day_is_refused(date):
    with pytest.raises(DataError, match="not a full date"):
        Election(date, "pilkada")


def test_an_election_that_can_be_two_days_is_asked_about():
    with pytest.raises(DataError, match="11 May 2024 or 5 November 2024"):
        Election("11/5/2024", "general")


def frame(**changed):
    row = {"date": "2020-12-09", "election_type": "pilkada", "area": "Murni", "registered": 100.0,
           "voters": 70.0}  # fmt: skip
    return pd.DataFrame([{**row, **changed}, {**row, "area": "Legok"}])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"date": "2020"}, "'2020' in row 0"),
        ({"date": 2020}, "'2020' in row 0"),
        ({"date": None}, "no date, the first is row 0"),
        ({"date": ""}, "no date, the first is row 0"),
        ({"date": pd.NaT}, "no date, the first is row 0"),
        ({"registered": 1e15}, "larger than any electorate"),
        ({"voters": float("inf")}, "larger than any electorate"),
        ({"voters": 0.7}, "shares"),
        ({"voters": "70 orang"}, "no numbers"),
    ],
)
def test_a_frame_with_impossible_values_is_refused_with_the_reason(changed, message):
    with pytest.raises(DataError, match=message):
        canonical_results(frame(**changed))


def test_a_frame_reads_its_days_as_files_do():
    assert canonical_results(frame(date="09/12/2020"))["date"].nunique() == 1


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("3E+03", "rounded_count"),
        ("1000000000000000", "impossible_count"),
        ("inf", "unreadable_number"),
    ],
)
def test_a_file_with_an_impossible_count_is_refused_with_the_reason(cell, rule):
    found = load_results(frame(registered=cell, voters="70")).errors
    assert [one.rule for one in found] == [rule]


def wide(*days):
    frame = pd.DataFrame({"Kelurahan": ["Kasang", "Murni"]})
    for number, written in enumerate(days):
        frame[f"DPT pilkada {written}"] = [1000 + number, 900]
        frame[f"Pengguna pilkada {written}"] = [600 + number, 500]
    return load_results(frame)


@pytest.mark.parametrize(
    ("days", "read", "told"),
    [
        (["05/09/2016", "05/13/2019"], ["2016-05-09", "2019-05-13"], "month_first_dates"),
        (["05/09/2016", "05/10/2019"], ["2016-09-05", "2019-10-05"], "day_first_dates"),
        (["09/12/2015", "27/06/2018"], ["2015-12-09", "2018-06-27"], None),
        (["09.12.2015", "06.05.2018"], ["2015-12-09", "2018-05-06"], None),
        (["2015-12-09", "June 27, 2018"], ["2015-12-09", "2018-06-27"], None),
    ],
)
def test_the_days_in_headers_tell_together_which_number_is_the_day(days, read, told):
    reading = wide(*days)
    assert reading.errors == ()
    assert [str(one.date()) for one in reading.table["date"].unique()] == read
    found = [one for one in reading.findings if one.rule.endswith("_first_dates")]
    assert [one.rule for one in found] == ([told] if told else [])
    assert all(days[0] in one.say("id") for one in found)


def test_days_in_headers_that_contradict_each_other_are_refused():
    assert not wide("13/05/2016", "05/13/2019").errors
    reading = wide("13/05/2016", "05/13/2019", "05/07/2011")
    assert {one.rule for one in reading.errors} == {"unclear_dates"}
    assert reading.table.empty
