"""Layouts: wide tables, polling stations, merged names, totals, recapitulations."""

import openpyxl
import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading.draft_file import draft_table
from turnout.reading.headers.aliases import RESULTS
from turnout.reading.hints import Hints
from turnout.reading.results import load_counted, load_results


def clean(reading):
    assert not reading.errors, [finding.say() for finding in reading.errors]
    return reading.table


def test_wide_tables_become_long():
    frame = pd.DataFrame(
        {
            "Kelurahan": ["A", "B"],
            "DPT Pilpres 17 April 2019": ["1.000", "-"],
            "Pengguna Pilpres 17 April 2019": ["800", ""],
            "DPT Pilkada 27-11-2024": ["1.100", "500"],
            "Pengguna Pilkada 27-11-2024": ["600", "250"],
        }
    )
    table = clean(load_results(frame))
    # B is younger than 2019 and has no row then.
    assert table["election"].tolist() == ["2019-04-17-pilpres"] + ["2024-11-27-pilkada"] * 2
    assert table["area"].tolist() == ["A", "A", "B"]
    assert table["registered"].tolist() == [1000, 1100, 500]
    assert table["voters"].tolist() == [800, 600, 250]


@pytest.mark.slow
def test_a_wide_table_whose_elections_are_not_told_is_asked_about():
    frame = pd.DataFrame(
        {
            "desa": ["A"],
            "dpt_2019": [10],
            "pengguna_2019": [8],
            "dpt_2024": [11],
            "pengguna_2024": [6],
        }
    )
    [error] = load_results(frame).errors
    assert error.rule == "untold_election"
    said = error.say()
    assert 'dates={"2019": "2019-04-17", "2024": "2024-02-14"}' in said
    told = {
        "dpt_2019": "registered 2019-04-17 pilpres",
        "pengguna_2019": "voters 2019-04-17 pilpres",
        "dpt_2024": "registered 2024-11-27 pilkada",
        "pengguna_2024": "voters 2024-11-27 pilkada",
    }
    expected = clean(load_results(frame, hints=Hints(columns=told)))
    assert expected["registered"].tolist() == [10, 11]
    hints = Hints.of(
        dates={"2019": "17 April 2019", "2024": "2024-11-27"},
        types={"2019": "pilpres", "2024": "pilkada"},
    )
    pd.testing.assert_frame_equal(clean(load_results(frame, hints=hints)), expected)


def test_elections_above_the_columns_that_they_head(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Kelurahan", "Pilpres 17 April 2019", None, "Pilkada 27 November 2024", None])
    sheet.append([None, "DPT", "Pengguna", "DPT", "Pengguna"])
    sheet.append(["A", 1000, 800, 1100, 600])
    sheet.append(["B", 500, 400, "5oo", 300])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:E1")
    book.save(tmp_path / "a.xlsx")
    reading = load_results(tmp_path / "a.xlsx")
    [error] = reading.errors
    assert error.say().startswith(
        "a.xlsx, sheet Sheet, row 4, column Pilkada 27 November 2024 DPT ('5oo'): not a number."
    )
    # Only that election of B is left out, not the whole row of the file.
    assert reading.table["voters"].tolist() == [800, 400, 600]


def test_one_election_in_the_headers_of_a_long_table():
    frame = pd.DataFrame(
        {
            "tanggal": ["2020-12-09", "2024-11-27"],
            "desa": "A",
            "dpt pilkada 2024": 9,
            "pengguna pilkada 2024": 7,
        }
    )
    table = clean(load_results(frame))
    assert table["election"].tolist() == ["2020-12-09-pilkada", "2024-11-27-pilkada"]
    assert table["registered"].tolist() == [9, 9]


def test_a_type_told_once_holds_for_all_elections_of_a_wide_table():
    frame = pd.DataFrame(
        {
            "jenis": "pilpres",
            "desa": ["A"],
            "dpt 2014-07-09": [9],
            "hadir 2014-07-09": [7],
            "dpt 2019-04-17": [8],
            "hadir 2019-04-17": [6],
        }
    )
    table = clean(load_results(frame))
    assert table["election"].tolist() == ["2014-07-09-pilpres", "2019-04-17-pilpres"]


SIREKAP = """kode,provinsi_nama,kabupaten_kota_nama,kecamatan_nama,kelurahan_desa_nama,tps,\
pemilih_dpt_j,pemilih_dpt_l,pemilih_dpt_p,pengguna_dpt_j,pengguna_total_j,pengguna_total_l,pengguna_total_p,suara_sah,\
suara_tidak_sah,suara_total
1571021001001,JAMBI,KOTA JAMBI,JELUTUNG,PAYO LEBAR,TPS 001,201,100,101,135,151,70,81,148,3,151
1571021001002,JAMBI,KOTA JAMBI,JELUTUNG,PAYO LEBAR,TPS 002,250,120,130,190,200,95,105,195,5,200
1571021001003,JAMBI,KOTA JAMBI,JELUTUNG,PAYO LEBAR,TPS 003,240,,,,,,,,,
1571021002001,JAMBI,KOTA JAMBI,JELUTUNG,TALANG JAUH,TPS 001,300,150,150,200,210,100,110,210,0,210
1571021002002,JAMBI,KOTA JAMBI,JELUTUNG,TALANG JAUH,TPS 002,280,140,140,180,190,95,95,189,1,190
"""


@pytest.mark.slow
def test_sirekap_stations_are_summed_per_area(tmp_path):
    path = tmp_path / "ppwp.csv"
    path.write_text("Jenis: pilpres\nTanggal: 14 Februari 2024\n\n" + SIREKAP)
    table = clean(load_results(path))
    assert table["area"].tolist() == ["PAYO LEBAR", "TALANG JAUH"]
    assert table["area_id"].tolist() == ["1571021001", "1571021002"]
    # The station without voters is not counted, neither are its registered voters.
    assert table["registered"].tolist() == [451, 580]
    assert table["voters"].tolist() == [351, 400]
    assert table["registered_p"].tolist() == [231, 290]
    assert table["valid"].tolist() == [343, 399]
    assert table["stations_counted"].tolist() == [2, 2]
    assert table["stations_total"].tolist() == [3, 2]
    assert table["date"].tolist() == [pd.Timestamp("2024-02-14")] * 2


def test_an_unreadable_station_is_found_at_its_own_row(tmp_path):
    path = tmp_path / "ppwp.csv"
    path.write_text(
        "Jenis: pilpres\nTanggal: 14 Februari 2024\n\n"
        + SIREKAP.replace("580", "").replace("151,70", "1S1,70")
    )
    [error] = load_results(path).errors
    assert error.say().startswith("ppwp.csv, row 5, column pengguna_total_j ('1S1')")


def test_names_written_once_are_carried_down_with_a_warning(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "tanggal,jenis,kecamatan,kelurahan,dpt,hadir\n"
        "2024-11-27,pilkada,X,A,100,60\n,,,B,100,50\n2024-11-27,pilkada,Y,C,100,70\n,,,D,100,40\n"
    )
    reading = load_results(path)
    table = clean(reading)
    assert table["district"].tolist() == ["X", "X", "Y", "Y"]
    assert table["date"].notna().all()
    carried = [finding for finding in reading.warnings if finding.rule == "carried_names"]
    assert [(f.spot.row, f.spot.column, f.values["n"]) for f in carried] == [
        (3, "tanggal", 2),
        (3, "jenis", 2),
        (3, "kecamatan", 2),
    ]


def stations(*rows):
    columns = ["Kecamatan", "Desa", "NO TPS", "DPT", "Pengguna Hak Pilih"]
    table = pd.DataFrame(rows, columns=columns)
    return load_results(table.assign(Tanggal="27 November 2024", Jenis="Pilkada"))


@pytest.mark.parametrize("total", [False, True])
@pytest.mark.parametrize("numbers", ["12312", "12345"], ids=["of villages", "of all"])
def test_names_written_once_for_their_stations_are_carried_down(numbers, total):
    names = [("X", "A"), (None, None), (None, None), ("Y", "B"), (None, None)]
    counts = [(100, 60), (110, 70), (120, 80), (130, 90), (140, 99)]
    rows = [(*a, n, *b) for a, n, b in zip(names, numbers, counts, strict=True)]
    if total:
        rows = [*rows[:3], (None, "JUMLAH", 3, 330, 210), *rows[3:], (None, "JUMLAH", 2, 270, 189)]
    reading = stations(*rows)
    assert {finding.rule for finding in reading.findings} == {"carried_names"}
    places = reading.table[["district", "area", "registered"]].to_numpy().tolist()
    assert places == [["X", "A", 330.0], ["Y", "B", 270.0]]


def test_stations_that_begin_anew_are_not_of_the_village_above():
    rows = [("X", "A", 1, 100, 60), ("X", None, 2, 110, 70), ("X", None, 1, 120, 80)]
    table = stations(*rows, ("X", "B", 1, 130, 90)).table
    assert table.loc[table["area"] == "A", "registered"].tolist() == [210.0]


def test_names_that_are_given_on_every_row_are_not_carried():
    frame = pd.DataFrame(
        {
            "date": "2024-11-27",
            "election_type": "pilkada",
            "district": ["X", "X", None, "Y"],
            "area": list("ABCD"),
            "dpt": 100,
            "hadir": 50,
        }
    )
    assert clean(load_results(frame))["district"].tolist() == ["X", "X", None, "Y"]


def test_total_rows_have_a_blank_place():
    frame = pd.DataFrame(
        {
            "date": "2024-11-27",
            "election_type": "pilkada",
            "kota": "JAMBI",
            "kecamatan": ["X", "X", None, "Y", "Y", None, "TOTAL"],
            "kelurahan": ["A", "B", "JUMLAH", "C", "D", "JUMLAH", None],
            "dpt": [100, 100, 200, 100, 100, 200, 400],
            "hadir": [50, 60, 110, 70, 60, 130, 240],
        }
    )
    table = clean(load_results(frame))
    assert table["area"].tolist() == ["A", "B", None, "C", "D", None, None]
    assert table["district"].tolist() == ["X", "X", "X", "Y", "Y", "Y", None]


@pytest.mark.parametrize("label", ["kelurahan", "no"])
def test_a_total_of_nothing_that_is_named_is_left_out_and_told(label):
    rows = {
        "no": [1, 2, None],
        "kelurahan": ["A", "B", None],
        "dpt": [5, 6, 11],
        "hadir": [3, 4, 7],
    }
    rows[label][2] = "Total"
    frame = pd.DataFrame(rows | {"date": "2024-11-27", "election_type": "pilkada"})
    reading = load_results(frame)
    assert clean(reading)["area"].tolist() == ["A", "B"]
    assert not reading.findings


@pytest.mark.parametrize(
    ("total", "told"),
    [
        ((18, 9), {"nameless_total"}),  # the row whose voters are blank may make up for the rest
        ((18, 2), {"nameless_total", "nameless_total_differs"}),
        ((11, 9), {"nameless_total", "nameless_total_differs"}),
        ((11, 2), {"nameless_total_differs"}),
    ],
)
def test_a_nameless_total_beside_a_blank_is_told_as_far_as_it_is_not_checked(total, told):
    frame = pd.DataFrame(
        {
            "kelurahan": ["A", "B", "C", "Jumlah"],
            "dpt": [5, 6, 7, total[0]],
            "hadir": [3, None, 3, total[1]],
            "date": "2024-11-27",
            "election_type": "pilkada",
        }
    )
    findings = load_results(frame).findings
    assert {f.rule for f in findings if f.rule.startswith("nameless")} == told


@pytest.mark.parametrize(
    ("total", "differs"),
    [
        ((11, 7), []),
        ((11, 6), ["voters"]),
        ((12, 7), ["registered"]),
        ((10, 8), ["registered", "voters"]),
    ],
)
def test_a_total_of_nothing_that_is_named_must_be_the_sum_of_its_rows(total, differs):
    frame = pd.DataFrame(
        {
            "kelurahan": ["A", "B", "C", "Jumlah"],
            "dpt": [5, 4, 2, total[0]],
            "hadir": [3, 3, 1, total[1]],
            "date": "2024-11-27",
            "election_type": "pilkada",
        }
    )
    wrong = [f for f in load_results(frame).errors if f.rule == "nameless_total_differs"]
    headers = {"registered": "dpt", "voters": "hadir"}
    assert [(f.spot.row, f.spot.column) for f in wrong] == [(3, headers[name]) for name in differs]
    assert {f.values["parts"] for f in wrong} <= {11, 7}
    assert not any("delete" in f.say("en") or "hapus" in f.say("id") for f in wrong)
    assert not load_results(frame).warnings


@pytest.mark.parametrize(
    ("total", "told"),
    [
        ((6, 9, 1800, 1150), []),  # just the stations in, and their sum
        ((6, 9, 1800, 1250), ["nameless_total_differs"]),
        ((6, 9, 1900, 1150), ["nameless_total_differs"]),
        ((6, 9, 2700, 1150), ["nameless_total"]),  # the roll of all stations
        ((7, 9, 1800, 1150), ["nameless_total"]),  # of other stations
        ((None, None, 2700, 1150), ["nameless_total"]),
    ],
)
def test_a_nameless_total_of_a_count_in_progress_is_held_against_what_is_in(total, told):
    names = ["kelurahan", "tps masuk", "jumlah tps", "dpt", "pengguna hak pilih"]
    rows = [
        ("Pasar", 3, 3, 1000, 640),
        ("Legok", 3, 4, 800, 510),
        ("Murni", 0, 2, None, None),
        ("JUMLAH", *total),
    ]
    frame = pd.DataFrame(rows, columns=names)
    election = Election("2024-11-27", "pilkada")
    reading = load_counted(frame, election=election)
    assert [one.rule for one in reading.findings if one.rule.startswith("nameless")] == told


def test_a_nameless_total_of_rows_that_are_partly_counted_tells_nothing():
    frame = pd.DataFrame(
        {
            "kelurahan": ["A", "B", "C", "Jumlah"],
            "dpt": [5, 4, 2, 20],
            "hadir": [3, 3, 1, 7],
            "tps masuk": [1, 1, 1, None],
            "jumlah tps": [2, 1, 1, None],
            "date": "2024-11-27",
            "election_type": "pilkada",
        }
    )
    rules = [f.rule for f in load_results(frame).findings]
    assert "nameless_total_differs" not in rules
    assert "nameless_total" in rules


def test_labels_of_contests_tell_day_and_type():
    frame = pd.DataFrame(
        {"pemilihan": ["Pilgub 27 November 2024"], "desa": ["A"], "dpt": [9], "hadir": [7]}
    )
    table = clean(load_results(frame))
    assert table["date"].tolist() == [pd.Timestamp("2024-11-27")]
    assert table["election_type"].tolist() == ["pilgub"]


RECAP = [
    ["MODEL D.HASIL KECAMATAN-KWK"],
    ["PEMILIHAN WALI KOTA DAN WAKIL WALI KOTA TAHUN 2024"],
    ["HARI PEMUNGUTAN SUARA", None, None, ": 27 November 2024"],
    ["KECAMATAN/DISTRIK *)", None, None, ": JELUTUNG"],
    ["KABUPATEN/KOTA *)", None, None, ": JAMBI"],
    ["NO", "URAIAN", None, "RINCIAN"],
    [
        "I.",
        "DATA PEMILIH DAN PENGGUNA HAK PILIH",
        None,
        "PAYO LEBAR",
        "TALANG JAUH",
        "JUMLAH AKHIR",
    ],
    [1, 2, 3, 4, 5, 6],
    ["A.", "DATA PEMILIH"],
    [None, "1. Jumlah Pemilih dalam DPT (Model A-KabKo Daftar Pemilih)", "LK", "2.200", 485, 2685],
    [None, None, "PR", "2.312", 500, 2812],
    [None, None, "JML", "4.512", 985, 5497],
    ["B.", "PENGGUNA HAK PILIH"],
    [None, "1. Jumlah Pengguna Hak Pilih dalam DPT", "LK", "1.390", 295, 1685],
    [None, None, "PR", "1.480", 300, 1780],
    [None, None, "JML", "2.870", 595, 3465],
    [None, "2. Jumlah Pengguna Hak Pilih dalam DPTb", "LK", 10, 5, 15],
    [None, None, "PR", 20, 3, 23],
    [None, None, "JML", 30, 8, 38],
    [None, "3. Jumlah Pengguna Hak Pilih (B.1 + B.2)", "LK", "1.400", 300, 1700],
    [None, None, "PR", "1.500", 303, 1803],
    [None, None, "JML", "2.900", 603, 3503],
    ["II.", "DATA PEMILIH DISABILITAS", None, "PAYO LEBAR", "TALANG JAUH", "JUMLAH AKHIR"],
    [None, "1. Jumlah seluruh pemilih disabilitas", "LK", 1, 2, 3],
    [None, None, "PR", 1, 2, 3],
    [None, None, "JML", 2, 4, 6],
    ["III.", "DATA PENGGUNAAN SURAT SUARA", None, "PAYO LEBAR", "TALANG JAUH", "JUMLAH AKHIR"],
    [None, "1. Jumlah surat suara yang digunakan", None, 2900, 603, 3503],
    [
        "IV.",
        "DATA PEROLEHAN SUARA PASANGAN CALON",
        None,
        "PAYO LEBAR",
        "TALANG JAUH",
        "JUMLAH AKHIR",
    ],
    [1, "FULAN DAN FULANAH", None, 2800, 590, 3390],
    ["V.", "DATA SUARA SAH DAN TIDAK SAH", None, "PAYO LEBAR", "TALANG JAUH", "JUMLAH AKHIR"],
    ["A.", "JUMLAH SELURUH SUARA SAH", None, 2800, 590, 3390],
    ["B.", "JUMLAH SUARA TIDAK SAH", None, 100, 13, 113],
    ["C.", "JUMLAH SELURUH SUARA SAH DAN SUARA TIDAK SAH", None, 2900, 603, 3503],
]


def recap_file(path, rows=RECAP):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_recapitulations_are_read_place_by_place(tmp_path):
    reading = load_results(recap_file(tmp_path / "d.xlsx"))
    table = clean(reading)
    assert reading.warnings == (), [finding.say() for finding in reading.warnings]
    assert table["city"].tolist() == ["JAMBI"] * 3
    assert table["district"].tolist() == ["JELUTUNG"] * 3
    assert table["area"].tolist() == ["PAYO LEBAR", "TALANG JAUH", None]
    assert table["date"].tolist() == [pd.Timestamp("2024-11-27")] * 3
    assert table["election_type"].tolist() == ["pilwako"] * 3
    assert table["registered"].tolist() == [4512, 985, 5497]
    assert table["registered_l"].tolist() == [2200, 485, 2685]
    assert table["voters"].tolist() == [2900, 603, 3503]
    assert table["voters_p"].tolist() == [1500, 303, 1803]
    assert table["valid"].tolist() == [2800, 590, 3390]
    assert table["invalid"].tolist() == [100, 13, 113]
    assert table["registered_basis"].tolist() == ["DPT"] * 3


@pytest.mark.slow
def test_a_recapitulations_cell_is_found_by_its_items_row_and_its_places_column(tmp_path):
    rows = [list(row) for row in RECAP]
    rows[21][4] = "6O3"
    [error] = load_results(recap_file(tmp_path / "d.xlsx", rows)).errors
    assert error.say().startswith("d.xlsx, sheet Sheet, row 22, column TALANG JAUH ('6O3')")
    good = load_results(recap_file(tmp_path / "d.xlsx", rows)).table
    assert good["area"].tolist() == ["PAYO LEBAR", None]


def test_further_pages_of_a_recapitulation_add_their_places(tmp_path):
    page = [list(row) for row in RECAP[6:22]]
    for row in page:
        if len(row) < 6:
            continue
        row[3:] = [
            row[5],
            100 if isinstance(row[3], int) or str(row[3])[0].isdigit() else "HANDIL JAYA",
            None,
        ]
    page[0][3:] = ["JUMLAH PINDAHAN", "HANDIL JAYA", "JUMLAH AKHIR"]
    first = [list(row) for row in RECAP]
    first = [row[:5] if len(row) == 6 else row for row in first]
    table = load_results(recap_file(tmp_path / "d.xlsx", first + page)).table
    assert table["area"].tolist() == ["PAYO LEBAR", "TALANG JAUH", "HANDIL JAYA"]
    assert table["registered"].tolist() == [4512, 985, 100]


def test_a_recapitulation_by_station_is_summed(tmp_path):
    rows = [list(row) for row in RECAP]
    rows.insert(4, ["KELURAHAN/DESA", None, None, ": PAYO LEBAR"])
    rows = [
        [
            "TPS 001"
            if c == "PAYO LEBAR" and len(r) > 4
            else "TPS 002"
            if c == "TALANG JAUH"
            else c
            for c in r
        ]
        for r in rows
    ]
    table = clean(load_results(recap_file(tmp_path / "d.xlsx", rows)))
    assert table["area"].tolist() == ["PAYO LEBAR"]
    assert table["registered"].tolist() == [5497]
    assert table["voters"].tolist() == [3503]
    assert table["stations_counted"].tolist() == [2]


def test_rows_longer_than_the_header_are_errors(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "date,election_type,area,dpt,hadir\n2024-11-27,pilkada,A,900,600\n"
        "2024-11-27,pilkada,B,1,026,700\n2024-11-27,pilkada,C,800,500,,\n"
    )
    reading = load_results(path)
    assert [(e.rule, e.spot.row) for e in reading.errors if e.rule == "row_longer_than_header"] == [
        ("row_longer_than_header", 3)
    ]
    assert reading.table["area"].tolist() == ["A", "C"]


def test_headers_said_again_on_each_page_are_no_rows(tmp_path):
    path = tmp_path / "a.csv"
    head = "date,election_type,area,dpt,hadir\n"
    path.write_text(head + "2024-11-27,pilkada,A,900,600\n" + head + "2024-11-27,pilkada,B,90,60\n")
    draft = draft_table(path, RESULTS)
    assert draft.table["area"].tolist() == ["A", "B"]
    assert draft.origin["row"].tolist() == [2, 4]


def test_contradicting_marks_are_one_error_of_the_column(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "date;election_type;area;dpt;hadir\n2024-11-27;pilkada;A;1.026;600\n"
        "2024-11-27;pilkada;B;1,026;700\n"
    )
    reading = load_results(path)
    assert [
        (e.rule, e.spot.row, e.spot.column) for e in reading.errors if e.rule == "unclear_numbers"
    ] == [("unclear_numbers", None, "dpt")]
    assert reading.table.empty


@pytest.mark.parametrize("value", ["-1", -1, -1.0])
def test_minus_one_is_missing(value):
    frame = pd.DataFrame(
        {
            "date": "2024-11-27",
            "election_type": "pilkada",
            "area": ["A", "B"],
            "dpt": [9, value],
            "hadir": 7,
        }
    )
    assert draft_table(frame, RESULTS).table["registered"].isna().tolist() == [False, True]


def test_two_recapitulations_on_one_sheet_are_not_mixed(tmp_path):
    other = [[4000 if cell == 985 else cell for cell in row] for row in RECAP]
    errors = load_results(recap_file(tmp_path / "d.xlsx", RECAP + other)).errors
    assert ("doubled_item", len(RECAP) + 12, "TALANG JAUH") in [
        (error.rule, error.spot.row, error.spot.column) for error in errors
    ]


SHORT_RECAP = """Rekapitulasi Pilwako Jambi
Tanggal: 27 Juni 2018
Kota: Jambi
;URAIAN;;Jelutung;Pasar;JUMLAH
A.;DATA PEMILIH
A.1;DPT;L;1.100;200;1.300
;;P;1.100;200;1.300
;;JML;2.200;400;2.600
A.2;DPPh;L;1;1;2
;;P;1;1;2
;;JML;2;2;4
A.3;Jumlah Pemilih;L;1.101;201;1.302
;;P;1.101;201;1.302
;;JML;2.202;402;2.604
B.;PENGGUNA HAK PILIH
B.1;DPT;L;500;100;600
;;P;500;100;600
;;JML;1.000;200;1.200
B.2;Jumlah;L;501;101;602
;;P;501;101;602
;;JML;1.002;202;1.204
C.;Suara sah;;1.000;200;1.200
D.;Suara tidak sah;;2;2;4
"""


def test_a_recapitulation_with_short_items_as_text(tmp_path):
    path = tmp_path / "db1.csv"
    path.write_text(SHORT_RECAP)
    reading = load_results(path)
    table = clean(reading)
    assert reading.warnings == ()
    assert table["district"].tolist() == ["Jelutung", "Pasar", None]
    assert table["registered"].tolist() == [2200, 400, 2600]
    assert table["registered_l"].tolist() == [1100, 200, 1300]
    assert table["voters"].tolist() == [1002, 202, 1204]
    assert table["voters_p"].tolist() == [501, 101, 602]
    assert table["valid"].tolist() == [1000, 200, 1200]
    assert table["invalid"].tolist() == [2, 2, 4]


def test_figures_that_add_up_by_chance_across_a_border_are_no_totals():
    places = ["Alam P", "Alam Q", "Alam R", "Alam S", "Bukit T", "Bukit U", "Bukit V"]
    # In both contests R has what S, and T of the next kecamatan, have together.
    contests = {
        "2014-04-09": ([900, 850, 15, 13, 2, 640, 700], [700, 640, 13, 11, 2, 500, 600]),
        "2024-02-14": ([910, 840, 15, 13, 2, 650, 710], [720, 650, 12, 10, 2, 510, 610]),
    }
    rows = [
        (day, "pemilu", "Jambi", *place.split(), *figures)
        for day, (registered, voters) in contests.items()
        for place, *figures in zip(places, registered, voters, strict=True)
    ]
    columns = ["date", "type", "city", "district", "area", "registered", "voters"]
    reading = load_results(pd.DataFrame(rows, columns=columns))
    assert len(reading.table) == 14
    assert "total_found" not in {one.rule for one in reading.findings}


def test_small_places_whose_figures_add_up_by_chance_are_no_totals():
    """2 of 2 is 1 of 1 twice, in both contests; the district has a fourth place."""
    rows = [("A", "Satu", 2, 2), ("A", "Dua", 1, 1), ("A", "Tiga", 1, 1), ("A", "Empat", 500, 300)]
    rows += [("B", "Lima", 700, 400), ("B", "Enam", 800, 500)]
    frame = pd.DataFrame(rows * 2, columns=["district", "area", "registered", "voters"])
    frame["date"] = ["2019-04-17"] * 6 + ["2024-02-14"] * 6
    frame["election_type"] = "pemilu"
    table = clean(load_results(frame))
    assert table["area"].tolist() == ["Satu", "Dua", "Tiga", "Empat", "Lima", "Enam"] * 2


def test_a_total_of_all_places_of_its_district_is_one_whatever_its_name():
    rows = [("A", "Satu", 900, 600), ("A", "Dua", 400, 250), ("A", "Tiga", 500, 350)]
    rows += [("B", "Lima", 700, 400), ("B", "Enam", 800, 500)]
    frame = pd.DataFrame(rows * 2, columns=["district", "area", "registered", "voters"])
    frame["date"] = ["2019-04-17"] * 5 + ["2024-02-14"] * 5
    frame["election_type"] = "pemilu"
    table = clean(load_results(frame))
    assert table["area"].isna().tolist() == [True, False, False, False, False] * 2


PARTED = [
    ["Precinct", "Registered voters", "Ballots cast", "", "", "Turnout"],
    ["", "", "Election day", "Early", "Total", "in %"],
    ["Oak Park", 1000, 300, 200, 500, "50.0%"],
    ["City Hall", 2000, 500, 600, 1100, "55.0%"],
]


def parted(tmp_path, rows):
    book = openpyxl.Workbook()
    for row in [["Pilkada 27 November 2024"], *rows]:
        book.active.append(row)
    book.save(tmp_path / "parted.xlsx")
    return load_results(tmp_path / "parted.xlsx")


@pytest.mark.parametrize("shown", [6, 5])
def test_a_header_over_several_columns_is_not_the_first_of_them(tmp_path, shown):
    rows = [row[:shown] for row in PARTED]
    reading = parted(tmp_path, rows)
    assert clean(reading)["voters"].tolist() == [500, 1100]
    assert not [one for one in reading.warnings if "turnout given" in one.say("en")]


def test_a_header_over_parts_without_a_total_names_no_count(tmp_path):
    rows = [[*row[:4]] for row in PARTED]
    reading = parted(tmp_path, rows)
    assert [one.rule for one in reading.errors] == ["missing_column"]
    assert "voters" in reading.errors[0].say("en")


def test_words_under_single_headers_part_nothing(tmp_path):
    rows = [["Precinct", "Registered voters", "Ballots cast"], ["", "(persons)", "(persons)"],
            ["Oak Park", 1000, 500]]  # fmt: skip
    reading = parted(tmp_path, rows)
    assert reading.table["voters"].tolist() == [500]
