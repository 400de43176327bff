"""Tables given as what they are not: the reason is told alone, not what follows from it."""

import openpyxl
import pandas as pd
import pytest

from turnout import Election, read_results
from turnout.reading.hints import Hints
from turnout.reading.results import load_counted, load_results
from turnout.reading.roll import load_roll

RESULTS = pd.DataFrame(
    {
        "tanggal": ["27/06/2018", "27/06/2018", "09/12/2020", "09/12/2020"],
        "jenis": "pilkada",
        "kelurahan": ["Murni", "Legok"] * 2,
        "dpt": [1012, 2035, 1041, 2055],
        "pengguna hak pilih": [615, 1433, 655, 1451],
    }
)


def test_results_given_as_a_roll_are_told_once():
    [error] = load_roll(RESULTS).errors
    assert error.rule == "results_as_roll"
    assert "'pengguna hak pilih'" in error.say("id")


def test_the_rows_of_one_election_are_a_roll():
    assert load_roll(RESULTS.iloc[:2]).table["registered"].tolist() == [1012, 2035]


def test_a_roll_that_repeats_a_place_is_no_table_of_results():
    doubled = pd.DataFrame({"kelurahan": ["Murni", "Murni"], "dpt": [10, 12]})
    assert {error.rule for error in load_roll(doubled).errors} == {"equal_names"}


@pytest.mark.parametrize(
    ("header", "sexes"),
    [
        ("L/P", ["L", "P", "L", "P"]),
        ("Jenis Kelamin", ["Laki-laki", "Perempuan", "Perempuan", "Laki-laki"]),
        ("sex", ["M", "F", "F", "M"]),
    ],
)
def test_a_list_of_persons_is_told_as_one(header, sexes):
    people = pd.DataFrame({"No": [1, 2, 3, 4], "Kelurahan": "Murni", header: sexes})
    for load in (load_roll, load_results):
        [error] = load(people).errors
        assert error.rule == "rows_of_persons"
        assert header in error.say()


def test_a_column_of_sexes_beside_counts_is_none():
    both = pd.DataFrame(
        {"kelurahan": ["Murni", "Legok", "Kasang"], "jk": ["L", "P", "L"], "dpt": [500, 520, 480]}
    )
    assert "rows_of_persons" not in {one.rule for one in load_roll(both).findings}


TITLED = [["DPT Pilkada 27 Juni 2018"], ["Kelurahan", "DPT"], ["Murni", 1012], ["Legok", 2035]]
PAST = read_results(RESULTS)
PILKADA_2024 = Election("2024-11-27", "pilkada")


def roll_of(tmp_path, *lines):
    path = tmp_path / "dpt.xlsx"
    pd.DataFrame([[*line, None][:2] for line in lines]).to_excel(path, header=False, index=False)
    return path


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("DPT Pilkada 27 Juni 2018", "DPT"),
        ("DPT Pilkada 2018", "DPT"),
        ("DPT Pilkada 2020", "DPT"),
        ("Hasil Pilkada 9 Desember 2020", "DPT"),
        ("Data pemilih", "DPT Pilkada 2018"),
    ],
)
def test_a_roll_that_tells_a_past_election_is_told(title, header, tmp_path):
    path = roll_of(tmp_path, [title], ["Kelurahan", header], *TITLED[2:])
    for coming in (None, PILKADA_2024):
        told = load_roll(path, PAST, election=coming).findings
        [warning] = [one for one in told if one.rule == "roll_of_past"]
        assert (title if header == "DPT" else header) in warning.say("id")


@pytest.mark.parametrize(
    "title",
    ["DPT Pilkada 27 November 2024", "DPT Pilkada 2024", "DPT", "Ditetapkan 21 September 2020"],
)
def test_a_roll_of_the_coming_election_has_no_word(title, tmp_path):
    path = roll_of(tmp_path, [title], *TITLED[1:])
    for coming in (None, PILKADA_2024):
        rules = {one.rule for one in load_roll(path, PAST, election=coming).findings}
        assert "roll_of_past" not in rules


def test_a_roll_of_another_type_in_the_year_is_told_where_the_coming_election_is_known(tmp_path):
    path = roll_of(tmp_path, ["DPT Pemilu 2024"], *TITLED[1:])
    [warning] = load_roll(path, PAST, election=PILKADA_2024).findings
    assert warning.rule == "roll_of_past"


def test_a_sheet_of_results_named_as_the_roll_is_read_as_results(tmp_path):
    path = tmp_path / "hasil.xlsx"
    with pd.ExcelWriter(path) as book:
        for sheet, day in (("pilkada 2018", "27 Juni 2018"), ("DPT", "9 Desember 2020")):
            lines = [
                [f"Hasil Pilkada {day}", None, None],
                ["Kelurahan", "DPT", "Pengguna Hak Pilih"],
            ]
            rows = [["Murni", 1012, 615], ["Legok", 2035, 1433]]
            pd.DataFrame(lines + rows).to_excel(book, sheet_name=sheet, header=False, index=False)
    held = load_results(path).table
    assert held.groupby("election")["voters"].sum().tolist() == [2048, 2048]


def test_a_sheet_named_as_the_roll_without_voters_stays_the_roll(tmp_path):
    path = tmp_path / "hasil.xlsx"
    with pd.ExcelWriter(path) as book:
        RESULTS.to_excel(book, sheet_name="hasil", index=False)
        roll = pd.DataFrame({"kelurahan": ["Murni", "Legok"], "dpt": [1100, 2100]})
        roll.to_excel(book, sheet_name="DPT", index=False)
    assert load_roll(path).table["registered"].tolist() == [1100, 2100]
    assert len(load_results(path).table) == 4


COMING = Election("2024-11-27", "pilkada")


def _sheet(path, book, title, year, head=("Kelurahan", "DPT", "Pengguna Hak Pilih"), more=()):
    rows = [[f"{title} TAHUN {year}"], [*head], *more, ["Murni", 1041, 655], ["Legok", 2055, 1451]]
    workbook = openpyxl.load_workbook(path) if path.exists() else openpyxl.Workbook()
    sheet = workbook.create_sheet(book) if path.exists() else workbook.active
    sheet.title = book
    for row in rows:
        sheet.append(row)
    workbook.save(path)


def _history(tmp_path):
    path = tmp_path / "riwayat.xlsx"
    _sheet(path, "Pilkada 2018", "REKAPITULASI HASIL PEMILIHAN", 2018)
    _sheet(path, "Pemilu 2019", "REKAPITULASI PEMILU PRESIDEN", 2019)
    _sheet(path, "Pilkada 2020", "REKAPITULASI PILKADA", 2020)
    return path


def test_a_history_given_as_a_count_is_told_as_one(tmp_path):
    [error] = load_counted(_history(tmp_path), election=COMING).errors
    assert error.rule == "history_as_count"
    assert "3 pemilihan lain (Pilkada 2018, Pemilu 2019, Pilkada 2020)" in error.say("id")


def test_a_history_that_also_holds_the_count_names_its_sheet(tmp_path):
    path = _history(tmp_path)
    _sheet(path, "Hitung 2024", "HASIL PILKADA", 2024)
    [error] = load_counted(path, election=COMING).errors
    assert '--sheet "counted:Hitung 2024"' in error.say("id") or "Hitung 2024" in error.say("en")
    hints = Hints.of(sheet="Hitung 2024")
    assert not load_counted(path, election=COMING, hints=hints).errors


def test_rows_of_earlier_elections_given_as_a_count_are_told_once():
    [error] = load_counted(RESULTS, election=COMING).errors
    assert (error.rule, error.values["n"]) == ("history_as_count", 2)
    [error] = load_counted(RESULTS.iloc[:2].reset_index(drop=True), election=COMING).errors[:1]
    assert error.rule == "other_election"


def test_a_count_of_its_own_election_is_no_history(tmp_path):
    path = tmp_path / "hitung.xlsx"
    _sheet(path, "Kec. A", "HASIL SEMENTARA PILKADA", 2024)
    assert not load_counted(path, election=COMING).errors


def test_a_history_with_figures_of_both_sexes_is_no_roll(tmp_path):
    path = tmp_path / "riwayat.xlsx"
    head = ["DESA", "DPT", None, None, "PENGGUNA HAK PILIH"]
    more = [[None, *["L", "P", "JML"] * 2], ["Olak", 9, 8, 17, 6, 5, 11]]
    for year in (2018, 2020):
        _sheet(path, f"Pilkada {year}", "REKAPITULASI PILKADA", year, head, more)
    [error] = load_roll(path).errors
    assert error.rule == "results_as_roll"
    assert "riwayat" in error.say("id")
