"""Files of every kind, with the oddities of real ones."""

import datetime as dt
import gzip
import warnings
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from turnout.errors import DataError
from turnout.reading.results import load_results, read_results
from turnout.reading.roll import load_roll

HEADER = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "Kode", "DPT", "Pengguna Hak Pilih"]
ROWS = [
    ["27/11/2024", "Pilkada", "Jelutung", "Payo Lebar", "15.71.02.1001", "4.512", "2.900"],
    ["27/11/2024", "Pilkada", "Jelutung", "Talang Jauh", "15.71.02.1002", "985", "603"],
]


def check(reading):
    """The two rows above, whatever they were written in."""
    assert reading.findings == (), [finding.say() for finding in reading.findings]
    table = reading.table
    assert table["date"].tolist() == [pd.Timestamp("2024-11-27")] * 2
    assert table["election_type"].tolist() == ["pilkada"] * 2
    assert table["district"].tolist() == ["Jelutung"] * 2
    assert table["area"].tolist() == ["Payo Lebar", "Talang Jauh"]
    assert table["area_id"].tolist() == ["15.71.02.1001", "15.71.02.1002"]
    assert table["registered"].tolist() == [4512, 985]
    assert table["voters"].tolist() == [2900, 603]


def text(delimiter, header=HEADER, rows=ROWS):
    return "\n".join(delimiter.join(row) for row in [header, *rows]) + "\n"


def workbook(path, *sheets):
    """Write sheets of (name, rows, merged ranges)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows, merged in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    book.save(path)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimited_text(tmp_path, delimiter, encoding):
    path = tmp_path / "hasil.csv"
    path.write_text(text(delimiter), encoding=encoding)
    check(load_results(path))


@pytest.mark.slow
def test_line_ends_and_excels_own_first_line(tmp_path):
    path = tmp_path / "hasil.csv"
    path.write_bytes(("sep=;\r\n" + text(";").replace("\n", "\r\n")).encode())
    check(load_results(path))


def test_gzipped_text_under_any_name(tmp_path):
    path = tmp_path / "hasil.xls"
    path.write_bytes(gzip.compress(text(";").encode()))
    check(load_results(path))


def test_names_in_old_encodings_keep_their_accents(tmp_path):
    path = tmp_path / "hasil.csv"
    rows = [[*ROWS[0][:3], "Désa Ñ", *ROWS[0][4:]]]
    path.write_text(text(";", rows=rows), encoding="cp1252")
    assert load_results(path).table["area"].tolist() == ["Désa Ñ"]


def test_decimal_commas_do_not_part_the_columns_of_a_semicolon_file(tmp_path):
    path = tmp_path / "hasil.csv"
    header = [*HEADER, "Kemiskinan", "Luas"]
    rows = [[*ROWS[0], "64,27", "3,5"], [*ROWS[1], "61,22", "1,25"]]
    path.write_text(text(";", header, rows), encoding="utf-8")
    reading = load_results(path)
    check(reading)
    assert reading.table["Kemiskinan"].tolist() == [64.27, 61.22]


def test_quoted_fields_with_delimiters_and_line_ends(tmp_path):
    path = tmp_path / "hasil.csv"
    path.write_text(
        'Tanggal,Jenis,Kelurahan,DPT,Hadir,Catatan\n2024-11-27,pilkada,Kasang,"1,026",700,"a,\nb"\n'
        '2024-11-27,pilkada,Murni,"2,052",x,\n'
    )
    reading = load_results(path)
    assert reading.table["registered"].tolist() == [1026]
    # The record that spans two lines is one row of a spreadsheet.
    assert [finding.spot.row for finding in reading.errors] == [3]


@pytest.mark.parametrize("engine", ["xlsx", "ods", "xls"])
def test_workbooks(tmp_path, engine):
    path = tmp_path / f"hasil.{engine}"
    frame = pd.DataFrame(ROWS, columns=HEADER)
    frame["Tanggal"] = pd.Timestamp("2024-11-27")
    frame["DPT"] = [4512, 985]
    if engine == "xls":
        xlwt = pytest.importorskip("xlwt")
        book = xlwt.Workbook()
        sheet = book.add_sheet("Hasil")
        for i, row in enumerate([HEADER, *ROWS]):
            for j, cell in enumerate(row):
                sheet.write(i, j, cell)
        book.save(str(path))
    else:
        frame.to_excel(path, index=False, engine={"ods": "odf"}.get(engine, "openpyxl"))
    check(load_results(path))


def test_titles_merged_headers_and_column_numbers(tmp_path):
    rows = [
        ["REKAPITULASI PENGGUNA HAK PILIH"] + [None] * 8,
        ["PEMILIHAN WALI KOTA DAN WAKIL WALI KOTA, 27 NOVEMBER 2024"] + [None] * 8,
        ["KOTA : JAMBI"] + [None] * 8,
        ["No", "Kecamatan", "Kelurahan", "DPT", None, None, "Pengguna Hak Pilih", None, None],
        [None, None, None, "L", "P", "JML", "L", "P", "JML"],
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, "Jelutung", "Payo Lebar", 2200, 2312, 4512, 1400, 1500, 2900],
        [2, None, "Talang Jauh", 485, 500, 985, 300, 303, 603],
        [None, "JUMLAH", None, 2685, 2812, 5497, 1700, 1803, 3503],
        ["Jambi, 4 Desember 2024"] + [None] * 8,
        ["Ketua KPU", None, None, "(Fulan)"] + [None] * 5,
    ]
    merged = ["A1:I1", "A2:I2", "A4:A5", "B4:B5", "C4:C5", "D4:F4", "G4:I4", "B7:B8"]
    reading = load_results(workbook(tmp_path / "rekap.xlsx", ("Sheet1", rows, merged)))
    assert not reading.errors, [finding.say() for finding in reading.errors]
    table = reading.table
    assert table["election_type"].unique().tolist() == ["pilwako"]
    assert table["date"].unique().tolist() == [pd.Timestamp("2024-11-27")]
    assert table["city"].tolist() == ["JAMBI"] * 3
    assert table["district"].tolist() == ["Jelutung", "Jelutung", None]
    assert table["area"].tolist() == ["Payo Lebar", "Talang Jauh", None]
    assert table["registered"].tolist() == [4512, 985, 5497]
    assert table["registered_l"].tolist() == [2200, 485, 2685]
    assert table["voters_p"].tolist() == [1500, 303, 1803]
    [remarks] = [f for f in reading.warnings if f.rule == "remark_rows"]
    assert remarks.spot.row == 10
    assert remarks.values["n"] == 2
    assert "No" not in table
    [title] = [f for f in reading.warnings if f.rule == "date_in_title"]
    assert (title.spot.row, title.values["day"]) == (2, dt.date(2024, 11, 27))
    assert "Fulan" not in " ".join(f.say() for f in reading.findings)


@pytest.mark.slow
def test_numbers_as_codes_keep_no_decimals(tmp_path):
    rows = [[*HEADER], [*ROWS[0][:4], 1571021001.0, 4512, 2900]]
    table = load_results(workbook(tmp_path / "a.xlsx", ("A", rows, []))).table
    assert table["area_id"].tolist() == ["1571021001"]
    path = tmp_path / "a.csv"
    path.write_text("date,election_type,area,code,dpt,voters\n2024-11-27,pilkada,A,0123,5.0,3.0\n")
    assert load_results(path).table["area_id"].tolist() == ["0123"]


def test_codes_that_excel_rounded_are_errors(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "date;election_type;area;kode;dpt;voters\n2024-11-27;pilkada;A;1,571E+09;500;300\n"
    )
    [error] = load_results(path).errors
    assert error.rule == "lost_code"
    assert error.say().startswith("a.csv, row 2, column kode ('1,571E+09')")


@pytest.mark.slow
def test_sheets_of_one_form_are_read_together(tmp_path):
    other = [[*row[:3], row[3] + " II", row[4] + "9", *row[5:]] for row in ROWS]
    path = workbook(
        tmp_path / "a.xlsx",
        ("Petunjuk", [["Isi lembar berikut"]], []),
        ("Jelutung", [HEADER, *ROWS], []),
        ("Kota Baru", [HEADER, *other], []),
    )
    reading = load_results(path)
    assert len(reading.table) == 4
    bad = workbook(
        tmp_path / "b.xlsx",
        ("A", [HEADER, *ROWS], []),
        ("B", [HEADER, [*other[0][:5], "x", "y"]], []),
    )
    errors = load_results(bad).errors
    assert {(e.spot.sheet, e.spot.row, e.spot.column, e.spot.value) for e in errors} == {
        ("B", 2, "DPT", "x"),
        ("B", 2, "Pengguna Hak Pilih", "y"),
    }


def test_unlike_sheets_are_asked_about(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        ("Rekap", [["Tanggal", "Jenis", "Kota", *HEADER[3:]], ROWS[0]], []),
        ("Data", [HEADER, *ROWS], []),
    )
    [error] = load_results(path).errors
    assert error.rule == "several_tables"
    assert "Rekap, Data" in error.say("id")


def test_a_sheet_that_lacks_columns_is_left_out_and_told(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        ("Data", [HEADER, *ROWS], []),
        ("Lain", [["Kelurahan", "Hadir"], ["A", 1]], []),
    )
    reading = load_results(path)
    assert [finding.rule for finding in reading.findings] == ["sheet_left_out"]
    assert reading.findings[0].spot.sheet == "Lain"
    assert len(reading.table) == 2


def test_hidden_sheets_are_not_read(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ("Data", [HEADER, *ROWS], []), ("Lama", [HEADER[:-1]], []))
    book = openpyxl.load_workbook(path)
    book["Lama"].sheet_state = "hidden"
    book.save(path)
    reading = load_results(path)
    [told] = reading.findings
    assert told.rule == "hidden_sheet"
    assert told.say() == (
        "a.xlsx: 1 hidden sheet is not read: Lama. Unhide what belongs to the table, delete the "
        "rest."
    )
    check(replace(reading, findings=()))


def test_parquet(tmp_path):
    path = tmp_path / "hasil.parquet"
    frame = pd.DataFrame(ROWS, columns=HEADER)
    frame["DPT"] = [4512, 985]
    frame.to_parquet(path)
    check(load_results(path))


@pytest.mark.slow
def test_dataframes_are_found_by_their_index_label():
    frame = pd.DataFrame(ROWS, columns=HEADER, index=["x", "y"])
    check(load_results(frame))
    frame.loc["y", "DPT"] = "banyak"
    [error] = load_results(frame).errors
    assert error.spot.row == "y"
    assert error.say("id").startswith("baris y, kolom DPT ('banyak'): bukan angka.")


def test_a_message_names_file_row_column_value_and_remedy(tmp_path):
    path = tmp_path / "hasil.csv"
    rows = [ROWS[0], [*ROWS[1][:5], "sembilan", "603"]]
    path.write_text(text(";", rows=rows))
    with pytest.raises(DataError) as caught:
        read_results(path)
    assert "hasil.csv, row 3, column DPT ('sembilan'): not a number. Write digits only" in str(
        caught.value
    )


@pytest.mark.slow
def test_reading_again_as_a_table_gives_the_same_table(tmp_path):
    path = tmp_path / "hasil.csv"
    path.write_text(text(";"))
    table = read_results(path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pd.testing.assert_frame_equal(read_results(table), table)
    table.to_csv(tmp_path / "again.csv", index=False)
    pd.testing.assert_frame_equal(read_results(tmp_path / "again.csv"), table)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "a.csv is empty"),
        ("a.pdf", b"%PDF-1.4", "is a PDF"),
        ("a.xls", b"<html><table></table></html>", "is a web page"),
        ("a.xlsx", b"PK\x03\x04nonsense", "is damaged or was not downloaded whole"),
    ],
)
def test_files_that_hold_no_table(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=said):
        load_results(tmp_path / name)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DataError, match=r"nowhere\.csv cannot be opened"):
        load_results(tmp_path / "nowhere.csv")


def test_an_empty_workbook(tmp_path):
    with pytest.raises(DataError, match="no table"):
        load_results(workbook(tmp_path / "a.xlsx", ("A", [], [])))


def test_rolls(tmp_path):
    rows = [
        [
            "No",
            "Kecamatan",
            "Desa/Kelurahan",
            "Jumlah TPS",
            "Jumlah Pemilih",
            None,
            None,
            "Estimasi",
        ],
        [None, None, None, None, "L", "P", "L+P", None],
        [1, "Jelutung", "Payo Lebar", 9, "2.200", "2.312", "4.512", "ya"],
        [2, "Jelutung", "Talang Jauh", 2, "485", "500", "985", "tidak"],
    ]
    reading = load_roll(workbook(tmp_path / "dpt.xlsx", ("DPT", rows, ["E1:G1"])))
    assert reading.findings == (), [finding.say() for finding in reading.findings]
    assert reading.table["registered"].tolist() == [4512, 985]
    assert reading.table["registered_l"].tolist() == [2200, 485]
    assert reading.table["estimated"].tolist() == [True, False]


def test_a_roll_with_a_doubtful_flag(tmp_path):
    path = tmp_path / "dpt.csv"
    path.write_text("kelurahan,dpt,estimated\nA,100,mungkin\nB,100,\n")
    [error] = load_roll(path).errors
    assert (error.rule, error.spot.row, error.spot.value) == ("unreadable_flag", 2, "mungkin")
