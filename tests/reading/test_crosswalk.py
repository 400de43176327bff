"""The crosswalk: weights per new area sum to 1."""

from pathlib import Path

import pandas as pd
import pytest

from turnout.datasets import jambi_file
from turnout.errors import DataError
from turnout.reading.crosswalk import load_crosswalk, read_crosswalk
from turnout.schema import CROSSWALK_COLUMNS

TABLE = pd.DataFrame(
    {
        "kode_baru": ["15.12", "15.12", "15.11", "15.11", "15.11", "15.01"],
        "kelurahan_baru": ["Aur", "Aur", "Gulo", "Gulo", "Gulo", "Murni"],
        "kode_lama": ["15.01", "15.02", "15.03", "15.04", "15.05", "15.01"],
        "kelurahan_lama": ["Murni", "Besar", "Pete", "Mayang", "Bawah", "Murni"],
        "bobot": [0.5, 0.5, 0.3333, 0.3333, 0.3333, 1],
    }
)


def write(table: pd.DataFrame, folder: Path, kind: str) -> Path:
    path = folder / f"crosswalk.{kind}"
    if kind == "csv":
        table.to_csv(path, index=False)
    else:
        table.to_excel(path, index=False)
    return path


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_crosswalk_is_read(kind: str, tmp_path: Path) -> None:
    table = read_crosswalk(write(TABLE, tmp_path, kind))
    assert list(table.columns) == list(CROSSWALK_COLUMNS)
    assert table["weight"].tolist() == [0.5, 0.5, 0.3333, 0.3333, 0.3333, 1]
    assert table["new_id"].tolist()[:2] == ["15.12", "15.12"]


def test_weights_may_be_written_with_a_comma() -> None:
    weights = ["0,5", "0,5", "0,3333", "0,3333", "0,3333", "1,0"]
    assert read_crosswalk(TABLE.assign(bobot=weights))["weight"].sum() == pytest.approx(2.9999)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("rule", "row", "column", "value", "rows"),
    [
        ("weights_not_one", 1, "bobot", 0.3, [2, 3]),
        ("bad_weight", 5, "bobot", 1.2, [7]),
        ("bad_weight", 5, "bobot", 0, [7]),
        ("bad_weight", 5, "bobot", None, [7]),
        ("missing_area", 5, ["kode_lama", "kelurahan_lama"], None, [7]),
        ("repeated_pair", 1, "kode_lama", "15.01", [3]),
        ("circular_areas", 5, "kode_lama", "15.12", [2, 7]),
    ],
)
def test_errors_name_file_row_and_remedy(
    rule: str, row: int, column: object, value: object, rows: list[int], kind: str, tmp_path: Path
) -> None:
    broken = TABLE.astype("object")
    broken.loc[row, column] = value
    path = write(broken, tmp_path, kind)
    errors = [error for error in load_crosswalk(path).errors if error.rule == rule]
    assert [error.spot.row for error in errors] == rows
    assert f"crosswalk.{kind}" in errors[0].say("en")
    assert "baris" in errors[0].say("id")
    with pytest.raises(DataError):
        read_crosswalk(path)


def test_the_crosswalk_of_kota_jambi_loads() -> None:
    table = read_crosswalk(jambi_file("crosswalk.csv"))
    assert len(table) == 73
    # Six kelurahan of 2023, Talang Gulo with three parents and four others with two.
    parents = table.groupby("new_id").size()
    assert sorted(parents[parents > 1]) == [2, 2, 2, 3]
