"""Polling days that were filled down, or of which day and month have changed places."""

import datetime as dt

import pandas as pd
import pytest

from turnout.reading.results import load_results
from turnout.rules.future import tell_of_future

ROWS = pd.DataFrame({"area": ["Murni", "Legok"], "registered": [1012, 2035], "voters": [615, 1433]})


@pytest.mark.parametrize(
    ("day", "meant"),
    [
        ("2020-09-12", "2020-12-09"),
        ("2015-09-12", "2015-12-09"),
        ("2014-09-07", "2014-07-09"),
        ("2020-12-09", None),
        ("2009-04-09", None),  # 4 September is none, 9 April is one
        ("2020-11-12", None),
        ("2018-06-27", None),
    ],
)
def test_a_day_that_is_one_with_its_month_in_its_place_is_asked_about(day, meant):
    rows = ROWS.assign(date=pd.Timestamp(day), type="pilkada")
    reading = load_results(rows)
    found = [one for one in reading.findings if one.rule == "day_and_month_swapped"]
    assert len(found) == (meant is not None)
    assert len(reading.table) == 2
    for finding in found:
        assert f"tulis {meant}" in finding.say("id")


def _dated(days: list[str], **more: object) -> pd.DataFrame:
    areas = pd.DataFrame({"area": [f"Desa {letter}" for letter in "ABCDEFGH"]})
    return areas.assign(
        registered=range(1011, 1811, 100), voters=range(615, 1315, 88), date=days, **more
    )


EACH_LATER = [str(day.date()) for day in pd.date_range("2020-12-09", periods=8)]
TOGETHER = _dated(["2019-04-17"] * 8, type="pilpres")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([TOGETHER, _dated(EACH_LATER, type="pilkada")], (9, 16)),
        # From the fourth row on; the rows before it tell the day.
        ([TOGETHER, _dated([EACH_LATER[0]] * 3 + EACH_LATER[1:6], type="pilkada")], (12, 16)),
        # Totals stand between.
        (
            [
                TOGETHER,
                _dated(EACH_LATER, type="pilkada").assign(
                    area=["Desa A", None, "Desa B", None, *(f"Desa {one}" for one in "CDEF")],
                    district=["X", "X", "Y", "Y", "Z", "Z", "Z", "Z"],
                ),
            ],
            (9, 16),
        ),
        # A few later polls, days apart, and villages that no other election holds together.
        ([TOGETHER, _dated([EACH_LATER[0]] * 5 + EACH_LATER[1:4], type="pilkada")], None),
        ([TOGETHER, _dated(EACH_LATER[:1] * 8, type="pilkada")], None),
        ([_dated(EACH_LATER, type="pilkades")], None),
    ],
)
def test_a_day_that_was_filled_down_is_one_error(rows, told):
    table = pd.concat(rows, ignore_index=True)
    findings = load_results(table.set_axis(table.index + 1)).findings
    found = [one for one in findings if one.rule == "days_filled_down"]
    assert len(found) == (told is not None)
    for one in found:
        assert "rows {} to {} (pilkada)".format(*told) in one.say("en")
        assert "kemungkinan besar yang pertama, 9 Desember 2020" in one.say("id")
        assert not any("day" in other.rule for other in findings if other is not one)


@pytest.mark.parametrize(
    ("today", "told"), [("2020-12-08", ["after_today"]), ("2020-12-09", []), ("2021-01-01", [])]
)
def test_a_past_result_of_a_day_that_is_yet_to_come_is_told(today, told):
    table = load_results(
        pd.concat([_dated(["2020-12-09"] * 8), _dated(["2018-06-27"] * 8)]).assign(type="pilkada")
    ).table
    found = [*tell_of_future(table, dt.date.fromisoformat(today), "hasil.csv")]
    assert [one.rule for one in found] == told
    for one in found:
        assert "9 Desember 2020" in one.say("id")
        assert "(8 baris)" in one.say("id")
