"""Dates as people write them."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnout.language import day
from turnout.reading.values.dates import find_date, parse_dates


def read(*cells):
    return parse_dates(pd.Series(cells, dtype="object"))


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
    assert read(cell).unreadable.tolist() == [True]


def test_blanks_are_missing():
    dates = read("", "-", None, float("nan"), pd.NaT)
    assert dates.values.isna().all()
    assert not dates.unreadable.any()


def test_the_day_comes_first_unless_the_column_shows_otherwise():
    assert read("09/12/2020").values[0] == pd.Timestamp("2020-12-09")
    months = read("12/09/2020", "11/27/2024")
    assert months.order == "month_first"
    assert months.values.tolist() == [pd.Timestamp("2020-12-09"), pd.Timestamp("2024-11-27")]


def test_a_column_with_both_orders_is_not_read():
    dates = read("27/11/2024", "11/27/2024")
    assert dates.order == "both"
    assert dates.unreadable.all()


def test_a_date_is_found_inside_a_header():
    assert find_date("dpt_2019-04-17_pilpres") == (dt.date(2019, 4, 17), "dpt__pilpres")
    assert find_date("DPT 2019") is None
