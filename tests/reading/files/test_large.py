"""What is done quickly in a large file gives what is done slowly."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.errors import DataError
from turnout.reading import load_results
from turnout.reading.files import delimited, sheets
from turnout.reading.files.cells import as_text
from turnout.reading.files.delimited import text_grid
from turnout.reading.files.limits import LONGEST_CELL, check_cells

_LINES = {
    "rows of one width": ["area,dpt", "Kasang,12", "Murni,34"],
    "rows of several widths": ["area,dpt,note", "Kasang,12", "Murni,34,ok,more", "Sipin"],
    "blank lines": ["area,dpt", "", "Kasang,12", ",", "Murni,34"],
    "a line longer than a cell may be": ["area" + f",{'x' * 60}" * 700, "Kasang" + ",1" * 700],
}


@pytest.mark.parametrize("lines", _LINES.values(), ids=_LINES)
def test_plain_lines_are_the_rows_that_quoted_ones_are(lines: list[str]) -> None:
    quoted = [lines[0].replace("area", '"area"', 1), *lines[1:]]
    plain, slow = (text_grid("\n".join(rows), "a.csv").cells for rows in (lines, quoted))
    pd.testing.assert_frame_equal(plain, slow)


@pytest.mark.parametrize("mark", ["", '"'], ids=["plain", "quoted"])
def test_a_cell_that_is_too_long_is_refused_where_it_stands(mark: str) -> None:
    long = f"{mark}{'x' * (LONGEST_CELL + 1)}{mark}"
    with pytest.raises(DataError, match="row 2, column 1"):
        text_grid(f"area,dpt\n{long},12\n", "a.csv")


def test_a_nation_in_sixty_contests_may_be_read_and_a_table_made_to_fill_memory_not() -> None:
    check_cells(4_900_000, 11, "nation.csv")
    with pytest.raises(DataError, match="60,000,000 cells"):
        check_cells(4_900_000, 13, "nation.csv")


def test_a_file_too_large_to_be_kept_is_read_again(tmp_path, monkeypatch) -> None:
    path = tmp_path / "hasil.csv"
    path.write_text(
        "Tanggal,Jenis,Kelurahan,DPT,Pengguna Hak Pilih\n27/11/2024,Pilkada,Kasang,100,60\n"
        "27/11/2024,Pilkada,Murni,200,90\n"
    )
    monkeypatch.setattr(sheets, "_MOST_CELLS_KEPT", 10)
    first, again = (load_results(path).table for _ in range(2))
    assert not any(key[0] == str(path) for key in sheets._kept)
    pd.testing.assert_frame_equal(first, again)
    monkeypatch.undo()
    load_results(path)
    assert any(key[0] == str(path) for key in sheets._kept)


def test_a_text_that_is_written_cleanly_is_not_written_a_second_time() -> None:
    clean, spaced = "Payo Lebar 12", " Payo  Lebar 12"
    assert as_text(clean) is clean
    assert as_text(spaced) == clean


def test_equal_cells_of_a_text_are_one_object() -> None:
    rows = "\n".join(f"Kelurahan {row % 7},Kota Jambi" for row in range(70))
    cells = text_grid(f"area,city\n{rows}", "a.csv").cells
    assert all(len(set(map(id, column))) == column.nunique() for _, column in cells.items())


def test_lines_are_counted_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ["area,dpt", "", *(f"Kasang {row},{row}" for row in range(200)), "x,1,note"]
    whole = text_grid("\n".join(rows), "a.csv").cells
    monkeypatch.setattr(delimited, "_SAMPLE", 10)
    assert [line for lines in delimited._lines_of("\n".join(rows)) for line in lines] == rows
    pd.testing.assert_frame_equal(text_grid("\n".join(rows), "a.csv").cells, whole)


def test_blank_rows_below_the_top_leave_their_numbers_to_the_others() -> None:
    rows = ["area,dpt", *(f"Kasang {row},{row}" for row in range(120)), ",", "", "Murni,7"]
    cells = text_grid("\n".join(rows), "a.csv").cells
    assert cells.index[-2:].tolist() == [121, 124]
