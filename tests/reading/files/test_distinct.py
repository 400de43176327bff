"""What is worked out once per distinct cell is what every cell says by itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.reading import load_results
from turnout.reading.files import cells as cells_module
from turnout.reading.files.cells import Distinct, Fault, as_text, as_texts
from turnout.reading.files.sheets import open_grids
from turnout.reading.values.numerals import parse_numbers

_COLUMNS = {
    "whole numbers": [12, 7, 12, 0],
    "whole numbers and a few texts": [1234, "1.234", 785, "785", "-", 1234, "2.005", None],
    "numbers of three types": [1, 1.0, True, "1", 0, False, -0.0, np.int64(1), np.float32(1)],
    "blanks of every kind": ["a", None, float("nan"), pd.NaT, pd.NA, "", "a"],
    "a formula beside its text": ["=B2", Fault("=B2"), "#REF!", Fault("#REF!"), "=B2"],
    "days beside texts": [pd.Timestamp("2024-02-14"), "2024-02-14", pd.Timestamp("2024-02-14")],
    "nothing but blanks": [None, None],
    "no rows": [],
}


@pytest.mark.parametrize("cells", _COLUMNS.values(), ids=_COLUMNS)
def test_distinct_cells_give_back_every_cell_with_its_type(cells: list[object]) -> None:
    column = pd.Series(cells, dtype="object")
    distinct = Distinct.of(column)
    again = [distinct.cells[code] for code in distinct.codes]
    assert len(again) == len(cells)
    for was, now in zip(cells, again, strict=True):
        if pd.isna(was):
            assert pd.isna(now)
        else:
            assert (type(was), was) == (type(now), now)
    assert distinct.counts().sum() == len(cells)
    assert as_texts(column).tolist() == [as_text(cell) for cell in cells]


@pytest.mark.parametrize("cells", _COLUMNS.values(), ids=_COLUMNS)
@pytest.mark.parametrize("again", [1, 3])
def test_cells_told_apart_as_objects_are_those_told_apart_by_what_they_hold(
    cells: list[object], again: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = pd.Series(cells * again, dtype="object")
    by_content = Distinct.of(column)
    monkeypatch.setattr(cells_module, "_MANY", 0)
    by_object = Distinct.of(column)
    np.testing.assert_array_equal(by_object.codes, by_content.codes)
    assert len(by_object.cells) == len(by_content.cells)
    for one, other in zip(by_object.cells, by_content.cells, strict=True):
        assert one is other


def test_a_table_of_equal_texts_written_apart_is_that_of_shared_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cells_module, "_MANY", 0)
    rows = 60
    shared = pd.DataFrame(
        {
            "date": ["2024-11-27"] * rows,
            "election_type": ["pilkada"] * rows,
            "area": [f"Kelurahan {number}" for number in range(rows)],
            "registered": ["1.200", "900", "n/a"] * (rows // 3),
            "voters": ["800", "700", "-"] * (rows // 3),
        },
        dtype="object",
    )
    apart = shared.map(lambda cell: "".join(list(cell)))
    readings = [load_results(table) for table in (shared, apart)]
    pd.testing.assert_frame_equal(readings[0].table, readings[1].table)
    assert readings[0].findings == readings[1].findings


@pytest.mark.parametrize("kind", ["int64", "float64", "str", "category", "Int32", "datetime64[s]"])
def test_columns_of_every_type_have_the_cells_that_they_have_as_objects(kind: str) -> None:
    cells = ["2019", "2024", "2019"] if kind in ("str", "category") else [2019, 2024, 2019]
    column = pd.Series(cells).astype(kind)
    distinct = Distinct.of(column)
    assert [distinct.cells[code] for code in distinct.codes] == list(column.astype("object"))


def test_numbers_among_texts_are_read_as_each_would_be_alone() -> None:
    mixed = pd.Series([1234, "1.234", 785.0, "785", "-", "12 TPS", True, None], dtype="object")
    numbers = parse_numbers(mixed, whole=True)
    np.testing.assert_equal(
        numbers.values.to_numpy(), [1234, 1234, 785, 785, np.nan, np.nan, np.nan, np.nan]
    )
    assert numbers.unreadable.tolist() == [False] * 5 + [True, True, False]


def test_true_is_no_count_wherever_it_stands() -> None:
    for cells in ([1, True], [True, 1]):
        unreadable = parse_numbers(pd.Series(cells, dtype="object"), whole=True).unreadable
        assert unreadable.tolist() == [cell is True for cell in cells]


def test_a_missing_value_of_pandas_is_a_blank_cell() -> None:
    table = pd.DataFrame(
        {"area": ["Kasang", "Murni"], "registered": [4512, 3008], "voters": [2900, None]}
    ).assign(date="2024-11-27", election_type="pilkada")
    plain = load_results(table)
    nullable = load_results(table.astype({"registered": "Int64", "voters": "Int64"}))
    pd.testing.assert_frame_equal(plain.table, nullable.table)
    assert [one.rule for one in plain.findings] == [one.rule for one in nullable.findings]
    [grid] = open_grids(pd.DataFrame({"voters": pd.array([1, None], dtype="Int64")}))
    assert grid.cells[0].tolist() == [1, None]
