"""Rows that name the place of the rows below them."""

import openpyxl
import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading import load_results, load_roll
from turnout.reading.reading import Reading
from turnout.reading.results import load_counted

HEAD = ["NO", "KELURAHAN", "DPT", "Pengguna Hak Pilih"]
DAY = ["Tanggal: 9 Desember 2020"]
TITLE = ["PEMILIHAN GUBERNUR JAMBI TAHUN 2020"]


def workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def districts(reading):
    assert reading.errors == ()
    told = reading.table[["district", "area", "voters"]].astype("object")
    return [tuple(row) for row in told.where(told.notna(), None).to_numpy()]


def rules(reading):
    return [finding.rule for finding in reading.warnings]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["KECAMATAN JELUTUNG"], ["KECAMATAN PASAR"]),
        ([None, "Kec. Jelutung"], [None, "Kec. Pasar"]),
        (["I", "KECAMATAN JELUTUNG"], ["II", "KECAMATAN PASAR"]),
        (["I.", "JELUTUNG"], ["II.", "PASAR"]),
        (["A. Kecamatan Jelutung"], ["B. Kecamatan Pasar"]),
        ([None, "Jelutung"], [None, "Pasar"]),
    ],
)
def test_a_row_without_figures_names_the_district_of_the_rows_below(tmp_path, first, second):
    rows = [TITLE, DAY, HEAD]
    rows += [first, [1, "Cempaka Putih", 1000, 600], [2, "Handil Jaya", 900, 500]]
    rows += [second, [3, "Beringin", 800, 480], [4, "Orang Kayo Hitam", 700, 300]]
    reading = load_results(workbook(tmp_path / "rekap.xlsx", rows))
    told = [(str(d).casefold().split()[-1], area) for d, area, _ in districts(reading)]
    assert told == [
        ("jelutung", "Cempaka Putih"),
        ("jelutung", "Handil Jaya"),
        ("pasar", "Beringin"),
        ("pasar", "Orang Kayo Hitam"),
    ]
    assert "heading_rows" in rules(reading)
    assert "remark_rows" not in rules(reading)


def test_totals_below_headings_are_those_of_the_place_and_of_all(tmp_path):
    rows = [TITLE, DAY, HEAD]
    rows += [["KECAMATAN JELUTUNG"], [1, "Cempaka Putih", 1000, 600], [2, "Handil Jaya", 900, 500]]
    rows += [[None, "JUMLAH", 1900, 1100]]
    rows += [["KECAMATAN PASAR"], [3, "Beringin", 800, 480], [4, "Kayo Hitam", 700, 300]]
    rows += [[None, "JUMLAH", 1500, 780], [None, "TOTAL", 3400, 1880]]
    table = load_results(workbook(tmp_path / "rekap.xlsx", rows)).table
    totals = table[table["area"].isna()].set_index("district")["voters"]
    assert totals["JELUTUNG"] == 1100
    assert totals["PASAR"] == 780
    assert table[table["area"].notna()]["voters"].sum() == 1880


@pytest.mark.slow
def test_a_total_right_below_a_heading_is_its_own(tmp_path):
    rows = [TITLE, DAY, HEAD]
    rows += [["KECAMATAN JELUTUNG"], [None, "JUMLAH", 1900, 1100]]
    rows += [[1, "Cempaka Putih", 1000, 600], [2, "Handil Jaya", 900, 500]]
    rows += [["KECAMATAN PASAR"], [None, "JUMLAH", 1500, 780]]
    rows += [[3, "Beringin", 800, 480], [4, "Kayo Hitam", 700, 300]]
    table = load_results(workbook(tmp_path / "rekap.xlsx", rows)).table
    totals = table[table["area"].isna()].set_index("district")["voters"]
    assert totals.to_dict() == {"JELUTUNG": 1100, "PASAR": 780}


@pytest.mark.parametrize("above", [[], [["KABUPATEN BUNGO"]]])
@pytest.mark.parametrize("name", [None, "JUMLAH"])
def test_totals_called_so_beside_the_numbers_are_those_of_the_districts(tmp_path, above, name):
    """As where the cells of number and name are merged; the numbers begin anew in each district."""
    rows = [*above, TITLE, DAY, HEAD]
    rows += [["KECAMATAN JELUTUNG"], [1, "Cempaka Putih", 1000, 600], [2, "Handil Jaya", 900, 500]]
    rows += [["JUMLAH", name, 1900, 1100]]
    rows += [["KECAMATAN PASAR"], [1, "Beringin", 800, 480], [2, "Kayo Hitam", 700, 300]]
    rows += [["JUMLAH", name, 1500, 780], ["TOTAL", name, 3400, 1880]]
    reading = load_results(workbook(tmp_path / "rekap.xlsx", rows))
    assert reading.errors == ()
    table = reading.table[reading.table["area"].isna()]
    totals = table[table["district"].notna()].set_index("district")["voters"]
    assert totals.to_dict() == {"JELUTUNG": 1100, "PASAR": 780}
    assert table[table["district"].isna()]["voters"].tolist() == ([1880] if above else [])


def test_headings_of_two_scales_nest(tmp_path):
    rows = [TITLE, DAY, HEAD]
    rows += [["KABUPATEN BUNGO"], ["KECAMATAN PASAR"]]
    rows += [[1, "Bungo Timur", 1000, 600], [2, "Bungo Barat", 900, 500]]
    rows += [["KABUPATEN TEBO"], ["KECAMATAN RIMBO"], [3, "Wirotho", 800, 480]]
    table = load_results(workbook(tmp_path / "rekap.xlsx", rows)).table
    assert table["city"].tolist() == ["KABUPATEN BUNGO"] * 2 + ["KABUPATEN TEBO"]
    assert table["district"].tolist() == ["PASAR"] * 2 + ["RIMBO"]


def test_a_heading_in_the_column_of_districts_stands_for_the_blanks_below(tmp_path):
    rows = [TITLE, DAY, ["KECAMATAN", *HEAD[1:]]]
    rows += [["Jelutung"], [None, "Cempaka Putih", 1000, 600], [None, "Handil Jaya", 900, 500]]
    rows += [["Pasar"], [None, "Beringin", 800, 480], [None, "Kayo Hitam", 700, 300]]
    told = districts(load_results(workbook(tmp_path / "rekap.xlsx", rows)))
    assert [district for district, *_ in told] == ["Jelutung", "Jelutung", "Pasar", "Pasar"]


@pytest.mark.parametrize(
    "odd",
    [
        [3, "Handil Jaya", None, None],  # a place whose figures are missing
        [None, "Catatan: data sementara"],
        ["PEMILU 2019"],
        [None, "Angka per 12 Desember 2020 menurut KPU"],
    ],
)
def test_what_is_no_place_heads_nothing(tmp_path, odd):
    rows = [TITLE, DAY, HEAD, [1, "Cempaka Putih", 1000, 600], odd, [2, "Beringin", 800, 480]]
    reading = load_results(workbook(tmp_path / "rekap.xlsx", rows))
    assert "heading_rows" not in rules(reading)
    assert "district" not in reading.table or reading.table["district"].isna().all()


def test_names_without_a_word_head_nothing_where_a_place_stands_above_them(tmp_path):
    rows = [TITLE, DAY, HEAD, [1, "Cempaka Putih", 1000, 600]]
    rows += [[None, "Pasar"], [2, "Beringin", 800, 480], [None, "Legok"], [3, "Murni", 700, 300]]
    reading = load_results(workbook(tmp_path / "rekap.xlsx", rows))
    assert "heading_rows" not in rules(reading)
    assert "remark_rows" in rules(reading)


def test_headings_of_a_roll_are_read_alike_and_told_in_both_languages(tmp_path):
    rows = [["NO", "KELURAHAN", "DPT"], ["KECAMATAN JELUTUNG"], [1, "Cempaka Putih", 1000]]
    rows += [["KECAMATAN PASAR"], [2, "Beringin", 800]]
    reading = load_roll(workbook(tmp_path / "dpt.xlsx", rows))
    assert reading.table["district"].tolist() == ["JELUTUNG", "PASAR"]
    [told] = [finding for finding in reading.warnings if finding.rule == "heading_rows"]
    assert "2 rows without figures name the district of the rows below" in told.say("en")
    assert "2 baris tanpa angka dibaca sebagai nama kecamatan" in told.say("id")


def read_count(rows: list[list[object]]) -> Reading:
    coming = Election("2024-11-27", "pilkada")
    return load_counted(pd.DataFrame(rows[1:], columns=rows[0]), election=coming)


def test_places_of_any_scale_that_part_the_districts_are_areas() -> None:
    figures = [[1000, 700], [900, 600], [800, 500]]
    below = [["Murni", *figures[0]], ["Legok", *figures[1]], ["Kasang", *figures[2]]]
    head = ["Wilayah", "DPT", "Pengguna Hak Pilih"]
    headed = read_count([head, ["KECAMATAN PASAR", None, None], *below])
    beside = read_count([["Kecamatan", *head], *(["Pasar", *row] for row in below)])
    for reading in (headed, beside):
        assert not reading.errors
        assert reading.table["area"].tolist() == ["Murni", "Legok", "Kasang"]
        assert {name.casefold() for name in reading.table["district"]} == {"pasar"}


def test_regions_and_districts_under_such_a_header_are_no_areas() -> None:
    districts = [["Pasar", "Utara", 1000, 700], ["Jelutung", "Utara", 900, 600]]
    region = read_count([["Kecamatan", "Wilayah", "DPT", "Pengguna Hak Pilih"], *districts])
    assert "area" not in region.table.dropna(axis="columns", how="all")
    alone = [[f"Kec. {row[0]}", *row[2:]] for row in districts]
    reading = read_count([["Wilayah", "DPT", "Pengguna Hak Pilih"], *alone])
    assert [one.rule for one in reading.errors] == ["missing_column"]
