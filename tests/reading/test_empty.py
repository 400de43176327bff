"""Files with headers and no rows: an error where rows are needed, a word where they may be few."""

from pathlib import Path

import pandas as pd
import pytest

from turnout.errors import DataError, DataWarning
from turnout.reading import read_crosswalk, read_outreach, read_results, read_roll
from turnout.reading.results import load_counted

RESULTS = "date,election_type,area,registered,voters\n"


def headers(folder: Path, line: str) -> Path:
    path = folder / "kosong.csv"
    path.write_text(line, encoding="utf-8")
    return path


def test_results_and_rolls_need_rows(tmp_path: Path) -> None:
    told = r"kosong.csv: there are no rows under the headers\. Fill in a row per place"
    with pytest.raises(DataError, match=told):
        read_results(headers(tmp_path, RESULTS))
    with pytest.raises(DataError, match=told):
        read_roll(headers(tmp_path, "area,registered\n"))
    with pytest.raises(DataError, match="no rows under the headers"):
        read_roll(pd.DataFrame({"area": [], "registered": []}))


def test_a_missing_column_is_told_instead(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="needed columns are missing") as raised:
        read_roll(headers(tmp_path, "area\n"))
    assert [finding.rule for finding in raised.value.findings] == ["missing_column"]


def test_an_empty_crosswalk_or_log_is_told(tmp_path: Path) -> None:
    with pytest.warns(DataWarning, match=r"kosong.csv: there are no rows.*leave the file out"):
        assert read_crosswalk(headers(tmp_path, "new_area,old_area,weight\n")).empty
    with pytest.warns(DataWarning, match="there are no rows under the headers"):
        assert read_outreach(headers(tmp_path, "date,area,kind,reached\n")).empty


def test_a_count_may_not_have_begun(tmp_path: Path) -> None:
    reading = load_counted(headers(tmp_path, RESULTS))
    assert [finding.rule for finding in reading.warnings] == ["no_rows"]
    assert reading.errors == ()
