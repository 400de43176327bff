"""The files of a run: columns and contracts."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election, check_goal
from turnout.forecast import Forecast
from turnout.output.tables import write_table
from turnout.runs.contents import (
    FORECAST_COLUMNS,
    forecast_table,
    goal_record,
    input_record,
    write_record,
)


@pytest.fixture
def forecast() -> Forecast:
    places = pd.DataFrame(
        {
            "city": "Kota",
            "district": ["Utara", "Utara", "Selatan"],
            "area": ["Kasang", "Murni", "Legok"],
            "area_id": ["01", "02", "03"],
            "registered": [1000.0, 3000.0, 6000.0],
            "contests": [2, 3, 4],
            "contests_same_type": [0, 1, 2],
            "share_counted": [1.0, 0.5, 0.25],
            "roll_estimated": [True, False, True],
        }
    )
    draws = np.random.default_rng(1).uniform(0.4, 0.9, (500, 3)).astype(np.float32)
    return Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")


def test_one_row_per_place_and_level_the_whole_first(forecast: Forecast) -> None:
    table = forecast_table(forecast, None, (0.5, 0.9))
    assert tuple(table.columns) == FORECAST_COLUMNS
    assert table["scale"].tolist() == ["city"] * 2 + ["district"] * 4 + ["area"] * 6
    assert table["prob_goal"].isna().all()
    areas = table[table["scale"] == "area"]
    assert areas["area_id"].tolist() == ["01", "02", "03"] * 2
    assert areas["level"].tolist() == [0.5] * 3 + [0.9] * 3
    assert areas["contests"].tolist() == [2, 3, 4] * 2
    assert areas["share_counted"].tolist() == [1.0, 0.5, 0.25] * 2


def test_prob_goal_is_that_of_the_first_goal_or_the_places_own(forecast: Forecast) -> None:
    check = check_goal(forecast, ["60%", "90%"], goals_by_place={"01": "50%"})
    table = forecast_table(forecast, check, (0.9,)).query("scale == 'area'")
    expected = (forecast.draws >= np.float32([0.5, 0.6, 0.6])).mean(axis=0)
    np.testing.assert_allclose(table["prob_goal"].to_numpy(float), expected)


def test_goal_json_holds_the_headline_and_every_goal_and_place(forecast: Forecast) -> None:
    check = check_goal(forecast, ["60%", "90%"])
    record = goal_record(forecast, check)
    headline = {name: value for name, value in record.items() if name != "goals"}
    assert list(headline) == [
        "goal",
        "scale",
        "probability",
        "median",
        "gap_points",
        "gap_voters",
        "counted_share",
        "counted_until",
    ]
    assert (headline["goal"], headline["scale"]) == (0.6, "city")
    np.testing.assert_allclose(headline["gap_points"], 100 * (0.6 - headline["median"]), atol=1e-3)
    assert headline["gap_voters"] == check.gap_voters
    assert len(record["goals"]) == 2 * (1 + 2 + 3)


def test_without_a_goal_the_median_is_told_and_the_rest_is_null(forecast: Forecast) -> None:
    record = goal_record(forecast, None)
    assert record["goals"] == []
    assert record["probability"] is None
    np.testing.assert_allclose(record["median"], np.median(forecast.at("city").draws), atol=1e-6)


def test_tables_and_records_come_back_as_they_were(forecast: Forecast, tmp_path: Path) -> None:
    check = check_goal(forecast, 0.6)
    write_table(forecast_table(forecast, check, (0.9,)).round(6), tmp_path / "forecast.csv")
    back = pd.read_csv(tmp_path / "forecast.csv", dtype={"area_id": "str"})
    assert back["registered"].tolist()[:1] == [10_000]
    assert back["area_id"].dropna().tolist() == ["01", "02", "03"]
    write_record(goal_record(forecast, check), tmp_path / "goal.json")
    goal = json.loads((tmp_path / "goal.json").read_text(encoding="utf-8"))
    np.testing.assert_allclose(goal["probability"], back["prob_goal"].iloc[0], atol=1e-6)


def test_a_figure_that_is_not_known_is_null(tmp_path: Path) -> None:
    record = {"known": np.float64(0.25), "unknown": [np.nan, {"far": np.inf}], "n": np.int64(3)}
    write_record(record, tmp_path / "run.json")
    back = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert back == {"known": 0.25, "unknown": [None, {"far": None}], "n": 3}


def test_an_input_is_named_without_its_folder_and_hashed(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_bytes(b"abc")
    # FIPS 180-2, appendix B.1
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert input_record(path) == {"file": "results.csv", "sha256": known}


def test_rows_of_a_table_are_told_as_single_records_are(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "100%": [0.12345678, float("nan"), float("inf")],
            "name": ['Sa"wah\n', None, "Kasang, %s"],
            "n": [1, -2, 3],
            "known": pd.array([4, None, 6], dtype="Int64"),
            "own": [True, False, True],
        }
    )
    records = table.astype("object").to_dict("records")
    write_record({"goals": table, "none": table.iloc[:0]}, tmp_path / "table.json")
    assert json.loads((tmp_path / "table.json").read_text()) == {
        "goals": [
            {"100%": 0.123457, "name": 'Sa"wah\n', "n": 1, "known": 4, "own": True},
            {"100%": None, "name": None, "n": -2, "known": None, "own": False},
            {"100%": None, "name": "Kasang, %s", "n": 3, "known": 6, "own": True},
        ],
        "none": [],
    }
    clean = [{key: None if one is pd.NA else one for key, one in row.items()} for row in records]
    write_record({"goals": clean, "none": []}, tmp_path / "records.json")
    assert (tmp_path / "table.json").read_bytes() == (tmp_path / "records.json").read_bytes()
