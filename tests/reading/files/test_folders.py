"""Several files, or a folder of them, as one table."""

import pytest

from turnout.errors import DataError
from turnout.reading.files.sheets import open_grids
from turnout.reading.results import load_results

HEADER = "Tanggal,Jenis,Kecamatan,Kelurahan,DPT,Pengguna Hak Pilih\n"


def write(path, day, registered="900"):
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{HEADER}{day},Pilkada,J,A,{registered},600\n{day},Pilkada,J,B,800,500\n")
    return path


def test_a_folder_is_the_tables_in_it_by_name(tmp_path):
    folder = tmp_path / "hasil"
    write(folder / "2024.csv", "27/11/2024")
    write(folder / "2018.csv", "27/06/2018")
    for noise in (".DS_Store", "~$2024.xlsx", "Thumbs.db"):
        (folder / noise).write_bytes(b"\x00")
    reading = load_results(folder)
    assert reading.findings == ()
    assert reading.table["date"].dt.year.tolist() == [2018, 2018, 2024, 2024]
    assert [grid.file for grid in open_grids(folder)] == ["2018.csv", "2024.csv"]


def test_what_else_is_in_a_folder_is_told(tmp_path):
    folder = tmp_path / "hasil"
    write(folder / "2024.csv", "27/11/2024")
    (folder / "surat.pdf").write_bytes(b"%PDF")
    [told] = load_results(folder).findings
    assert told.say() == (
        "hasil: 1 file in the folder is not a table and left out: surat.pdf. Save them as .csv or "
        ".xlsx if they belong to the table."
    )


def test_several_files_are_one_table_and_told_apart(tmp_path):
    first = write(tmp_path / "a" / "hasil.csv", "27/06/2018")
    other = write(tmp_path / "b" / "hasil.csv", "27/11/2024", "x")
    assert [grid.file for grid in open_grids([first, other])] == ["hasil.csv", "hasil.csv (2)"]
    [error] = load_results([first, other]).errors
    assert error.say().startswith("hasil.csv (2), row 2, column DPT ('x')")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    folder = tmp_path / "hasil"
    write(folder / "2024.csv", "27/11/2024")
    (folder / "2018.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(DataError, match=r"2018\.xlsx is damaged"):
        load_results(folder)


def test_folders_without_tables_and_no_files(tmp_path):
    with pytest.raises(DataError, match="holds no table"):
        open_grids(tmp_path)
    with pytest.raises(DataError, match="No file is named"):
        open_grids([])
