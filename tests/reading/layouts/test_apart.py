"""Several tables on one sheet: side by side, one below the other, or one on several pages."""

from itertools import chain

import openpyxl
import pytest

from turnout.reading import load_results, load_roll

HEAD = ["Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
PLACES = [("Jelutung", "Cempaka Putih"), ("Jelutung", "Handil Jaya"), ("Pasar", "Beringin")]
CONTESTS = {
    "Pilwako 27 Juni 2018": [(1000, 600), (900, 500), (800, 480)],
    "Pemilu 17 April 2019": [(1100, 880), (950, 700), (820, 610)],
    "Pilgub 9 Desember 2020": [(1150, 640), (990, 520), (850, 410)],
}
DAYS = ["2018-06-27", "2019-04-17", "2020-12-09"]


def workbook(path, lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return load_results(path)


def counts(reading):
    assert reading.errors == (), [finding.say() for finding in reading.errors]
    table = reading.table
    return {
        (str(row.date.date()), row.district, row.area): (row.registered, row.voters)
        for row in table[table["area"].notna()].itertuples()
    }


def due():
    return {
        (day, *place): figures
        for day, rows in zip(DAYS, CONTESTS.values(), strict=True)
        for place, figures in zip(PLACES, rows, strict=True)
    }


def rows_of(figures):
    return [[*place, *row] for place, row in zip(PLACES, figures, strict=True)]


@pytest.mark.slow
@pytest.mark.parametrize("total", [False, True])
@pytest.mark.parametrize("gap", [0, 2])
def test_tables_below_each_other_are_a_contest_each(tmp_path, total, gap):
    lines = [["DATA PARTISIPASI PEMILIH"]]
    for title, figures in CONTESTS.items():
        lines += [[title], HEAD, *rows_of(figures)]
        whole = [sum(column) for column in zip(*figures, strict=True)]
        lines += [["", "JUMLAH", *whole]] if total else []
        lines += [[]] * gap
    assert counts(workbook(tmp_path / "rekap.xlsx", lines)) == due()


@pytest.mark.slow
@pytest.mark.parametrize("labels", [True, False])
def test_tables_beside_each_other_are_a_contest_each(tmp_path, labels):
    titles = [[title, "", "", "", ""] for title in CONTESTS]
    heads = [[*HEAD, ""]] * 3
    if not labels:  # the contest stands in a column instead
        titles = [["DATA PARTISIPASI", "", "", "", "", ""]] * 3
        heads = [[*HEAD, "Pemilihan", ""]] * 3
    rows = [
        [*row, *([] if labels else [title]), ""]
        for title, figures in CONTESTS.items()
        for row in rows_of(figures)
    ]
    lines = [[*chain(*titles)], [*chain(*heads)]]
    lines += [rows[n] + rows[n + 3] + rows[n + 6] for n in range(3)]
    assert counts(workbook(tmp_path / "rekap.xlsx", lines)) == due()


def test_tables_of_a_district_each_take_its_name_from_their_titles(tmp_path):
    figures = CONTESTS["Pilgub 9 Desember 2020"]
    lines = [["PILGUB 9 DESEMBER 2020"], []]
    for district in ("Jelutung", "Pasar"):
        lines += [[f"KECAMATAN {district.upper()}"], HEAD[1:]]
        lines += [[place[1], *row] for place, row in zip(PLACES, figures, strict=True)
                  if place[0] == district]  # fmt: skip
        lines += [[]]
    reading = workbook(tmp_path / "rekap.xlsx", lines)
    said = {(d.split()[-1].casefold(), a): f for (_, d, a), f in counts(reading).items()}
    assert said == {
        (district.casefold(), area): row
        for (district, area), row in zip(PLACES, figures, strict=True)
    }


def test_what_the_first_title_says_of_places_holds_for_all_tables(tmp_path):
    lines = [["KECAMATAN JELUTUNG"]]
    for title, figures in CONTESTS.items():
        lines += [[title], HEAD[1:], *([place[1], *row] for place, row in
                                       zip(PLACES[:2], figures[:2], strict=True))]  # fmt: skip
    table = workbook(tmp_path / "rekap.xlsx", lines).table
    assert set(table["district"]) == {"KECAMATAN JELUTUNG"}
    assert len(table) == 6


def head_of(*titles):
    """A header of two rows over the counts of some elections, below the names of places."""
    over = [text for title in titles for text in (title, None)]
    return [["No", *HEAD[:2], *over], [None, None, None, *HEAD[2:] * len(titles)]]


def places_with(*elections):
    numbers = (PLACES, *elections)
    return [
        [n, *place, *chain(*rows)] for n, (place, *rows) in enumerate(zip(*numbers, strict=True), 1)
    ]


@pytest.mark.parametrize("title", [["PARTISIPASI PEMILIH KOTA JAMBI"], None])
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("each", [1, 2])
def test_tables_whose_headers_name_their_elections_stand_below_each_other(
    tmp_path, title, merged, each
):
    contests = [*CONTESTS.items()]
    path, book = tmp_path / "rekap.xlsx", openpyxl.Workbook()
    sheet = book.active
    for first in range(0, len(contests), each):
        titles, figures = zip(*contests[first : first + each], strict=True)
        if title:
            sheet.append(title)
        head = sheet.max_row + 1 if title or first else 1
        for line in (*head_of(*titles), *places_with(*figures)):
            sheet.append(line)
        for column in "ABC" if merged else "":
            sheet.merge_cells(f"{column}{head}:{column}{head + 1}")
    book.save(path)
    reading = load_results(path)
    assert counts(reading) == due()
    assert reading.warnings == ()


@pytest.mark.parametrize("merged", [True, False])
def test_a_header_of_two_rows_again_at_the_top_of_a_page_is_no_new_table(tmp_path, merged):
    titles, figures = zip(*[*CONTESTS.items()][:2], strict=True)
    head, rows = head_of(*titles), places_with(*figures)
    again = [head[0], [*head[0][:3], *head[1][3:]]] if merged else head
    lines = [["KOTA JAMBI"], *again, *rows[:2], *again, rows[2]]
    reading = workbook(tmp_path / "rekap.xlsx", lines)
    assert counts(reading) == {key: row for key, row in due().items() if key[0] != DAYS[2]}
    assert reading.warnings == ()


@pytest.mark.slow
def test_a_header_again_at_the_top_of_a_page_is_no_new_table(tmp_path):
    [title, figures] = next(iter(CONTESTS.items()))
    rows = rows_of(figures)
    lines = [[title], HEAD, rows[0], HEAD, rows[1], [], HEAD, rows[2]]
    reading = workbook(tmp_path / "rekap.xlsx", lines)
    assert counts(reading) == {
        (DAYS[0], *place): row for place, row in zip(PLACES, figures, strict=True)
    }
    again = [[title], HEAD, rows[0], [title], HEAD, rows[1], [], [title], HEAD, rows[2]]
    assert counts(workbook(tmp_path / "again.xlsx", again)) == counts(reading)


def test_a_summary_beside_a_table_is_no_table_of_places(tmp_path):
    [title, figures] = next(iter(CONTESTS.items()))
    beside = [["Jumlah DPT", 2700], ["Jumlah TPS", 9], ["Partisipasi", "58,5%"]]
    lines = [[title], HEAD]
    lines += [[*row, "", *more] for row, more in zip(rows_of(figures), beside, strict=True)]
    reading = workbook(tmp_path / "rekap.xlsx", lines)
    assert set(counts(reading).values()) == set(figures)


def test_rolls_below_each_other_are_one_roll(tmp_path):
    book = openpyxl.Workbook()
    for line in (
        *(["KECAMATAN JELUTUNG"], ["Kelurahan", "DPT"], ["Cempaka Putih", 1000], []),
        *(["KECAMATAN PASAR"], ["Kelurahan", "DPT"], ["Beringin", 800]),
    ):
        book.active.append(line)
    book.save(tmp_path / "dpt.xlsx")
    table = load_roll(tmp_path / "dpt.xlsx").table
    told = list(zip(table["district"], table["area"], table["registered"], strict=True))
    assert told == [("KECAMATAN JELUTUNG", "Cempaka Putih", 1000),
                    ("KECAMATAN PASAR", "Beringin", 800)]  # fmt: skip


def test_a_table_that_does_not_tell_its_contest_beside_such_that_do_is_asked_about(tmp_path):
    lines = []
    for title, figures in CONTESTS.items():
        lines += [[title if "Pemilu" not in title else "PUTARAN KEDUA"], HEAD, *rows_of(figures)]
    reading = workbook(tmp_path / "rekap.xlsx", lines)
    assert [finding.rule for finding in reading.errors][:1] == ["missing_column"]
    assert reading.table.empty


def test_the_contest_told_above_all_tables_is_told_once(tmp_path):
    lines = [["PILGUB 9 DESEMBER 2020"], []]
    for district, place in (("JELUTUNG", "Handil Jaya"), ("PASAR", "Beringin")):
        lines += [[f"KECAMATAN {district}"], HEAD[1:], [place, 1000, 600], []]
    reading = workbook(tmp_path / "rekap.xlsx", lines)
    assert [finding.rule for finding in reading.warnings] == ["date_in_title"]
