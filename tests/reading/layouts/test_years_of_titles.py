"""Titles that tell the year of an election and not its day: the year is the label to say it by."""

import openpyxl
import pytest

from turnout.elections import Election
from turnout.errors import tell
from turnout.reading import load_counted, load_results
from turnout.reading.hints import Hints
from turnout.reading.results import load_outcome
from turnout.surroundings import on_command_line

HEAD = ["Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
ROWS = [["Pasar", "Beringin", 1000, 600], ["Pasar", "Sulanjana", 900, 500]]
DAYS = {"2018": "2018-06-27", "2019": "2019-04-17", "2020": "2020-12-09"}


def workbook(path, titles, sheet="Rekap"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for lines in titles:
        for line in lines:
            book.active.append([line])
        for row in [HEAD, *ROWS, []]:
            book.active.append(row)
    book.save(path)
    return path


THREE = [
    ["REKAPITULASI PILWAKO TAHUN 2018"],
    ["PEMILIHAN UMUM PRESIDEN", "TAHUN 2019"],
    ["Rekap Pilgub 2020"],
]


@pytest.mark.parametrize("titles", [THREE, [["Pilwako"], ["Pilpres"], ["Pilgub"]]])
def test_each_table_is_asked_for_by_the_year_of_its_title(tmp_path, titles):
    path = workbook(tmp_path / "rekap.xlsx", titles)
    with on_command_line():
        asked = "".join(tell(load_results(path).errors, "id"))
    assert ("2018, 2019, 2020 tidak disebutkan, hanya tahunnya" in asked) == (titles is THREE)
    if titles is THREE:
        assert "--date-of 2018=2018-06-27 --date-of 2019=2019-04-17" in asked


@pytest.mark.parametrize(
    "said",
    [DAYS, {"2018 pilwako": "2018-06-27", "pilpres": "2019-04-17", "2020": "2020-12-09"}],
)
def test_days_said_by_the_years_are_those_of_the_tables(tmp_path, said):
    path = workbook(tmp_path / "rekap.xlsx", THREE)
    reading = load_results(path, hints=Hints.of(dates=said))
    assert reading.errors == ()
    table = reading.table
    told = list(zip(table["date"].dt.strftime("%Y-%m-%d"), table["election_type"], strict=True))
    kinds = ("pilwako", "pilpres", "pilgub")
    assert sorted(set(told)) == list(zip(DAYS.values(), kinds, strict=True))
    assert len(table) == 6


@pytest.mark.parametrize(
    ("titles", "said", "wrong"),
    [
        (THREE, {"Rekap": "2018-06-27"}, ["2019", "2020"]),
        (THREE, "2019-04-17", ["2018", "2020"]),
        (THREE, DAYS | {"2020": "2018-06-27"}, ["2020"]),
        (THREE[2:], {"Rekap": "2018-06-27"}, ["2020"]),
        (THREE[2:], "2018-06-27", ["2020"]),
        (THREE[2:], {"Rekap": "2020-12-09"}, []),
        (THREE[2:], "2020-12-09", []),
    ],
)
def test_a_day_of_another_year_than_the_title_tells_is_refused(tmp_path, titles, said, wrong):
    path = workbook(tmp_path / "rekap.xlsx", titles)
    reading = load_results(path, hints=Hints.of(dates=said))
    assert [error.rule for error in reading.errors] == ["told_otherwise"] * len(wrong)
    told = [error.say() for error in reading.errors]
    assert all(f"tells the year {year}, but" in one for year, one in zip(wrong, told, strict=True))
    assert reading.table.empty == bool(wrong)


@pytest.mark.parametrize(
    "lines",
    [
        ["Rekap Pilgub 2015-2020"],  # which of them is not told
        ["Rekap Pilgub", "Jumlah penduduk 2018"],  # a year of something else
        ["Rekap Pilgub", "Ditetapkan 12 Desember 2018"],
    ],
)
def test_other_years_are_not_that_of_the_election(tmp_path, lines):
    path = workbook(tmp_path / "rekap.xlsx", [lines])
    reading = load_results(path, hints=Hints.of(dates="2020-12-09"))
    assert reading.errors == ()
    assert "year" not in reading.table


def test_a_heading_below_the_year_of_a_title_names_its_district(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["Rekap Pilgub", None],
        ["TAHUN 2020"],
        ["No", "Kelurahan", "DPT", "Pengguna"],
        ["I", "KECAMATAN PASAR"],
        [1, "Beringin", 1000, 600],
        [2, "Sulanjana", 900, 500],
    ):
        book.active.append(row)
    book.save(tmp_path / "rekap.xlsx")
    for said in ({"2020": "2020-12-09"}, "2020-12-09"):
        reading = load_results(tmp_path / "rekap.xlsx", hints=Hints.of(dates=said))
        assert reading.errors == ()
        assert {str(one).casefold() for one in reading.table["district"]} == {"pasar"}


def test_the_year_of_the_election_at_hand_tells_its_day(tmp_path):
    coming = Election("2020-12-09", "pilgub")
    path = workbook(tmp_path / "rekap.xlsx", THREE[2:], sheet="Akhir")
    outcome = load_outcome(path, coming)
    assert outcome.errors == ()
    assert set(outcome.table["date"].dt.strftime("%Y-%m-%d")) == {"2020-12-09"}


def test_two_elections_of_a_year_are_asked_for_by_their_types(tmp_path):
    titles = [["Pilpres 2024"], ["Pilbup 2024"]]
    path = workbook(tmp_path / "rekap.xlsx", titles)
    with on_command_line():
        asked = "".join(tell(load_results(path).errors))
    assert '--date-of "2024 pilpres=2024-02-14" --date-of "2024 pilbup=2024-11-27"' in asked
    said = {"2024 pilpres": "2024-02-14", "2024 pilbup": "2024-11-27"}
    reading = load_results(path, hints=Hints.of(dates=said))
    assert reading.findings == ()
    assert dict(
        zip(reading.table["election_type"], reading.table["date"].dt.month, strict=True)
    ) == {
        "pilpres": 2,
        "pilbup": 11,
    }


@pytest.mark.parametrize("load", [load_outcome, load_counted])
def test_another_year_than_that_of_the_election_at_hand_is_asked_about(tmp_path, load):
    coming = Election("2024-11-27", "pilgub")
    for sheet in ("Akhir", "2024"):
        path = workbook(tmp_path / f"{sheet}.xlsx", THREE[2:], sheet=sheet)
        reading = load(path, election=coming)
        assert [error.rule for error in reading.errors] == ["untold_days"]
        told = reading.errors[0].say("id")
        assert "berkas menyebut tahun 2020, bukan tahun pilgub 27 November 2024." in told
        assert reading.table.empty


@pytest.mark.parametrize(
    ("kind", "said", "stays"),
    [("pilwako", "pilkada", True), ("pilwako", "pilwako", False), ("pilkada", "pilkada", False)],
)
def test_a_family_that_is_said_of_one_of_its_types_changes_nothing_and_is_told(
    tmp_path, kind, said, stays
):
    path = workbook(tmp_path / "rekap.xlsx", [[f"Rekap {kind} 2020"]])
    hints = Hints.of(types={"2020": said}, dates={"2020": "2020-12-09"})
    reading = load_results(path, hints=hints)
    assert reading.errors == ()
    assert set(reading.table["election_type"]) == {kind}
    assert ("type_stays" in [one.rule for one in reading.warnings]) == stays


@pytest.mark.parametrize(
    ("lines", "sheet", "other"),
    [
        (["REKAPITULASI HASIL PEMILU 2019"], "Pilkada 2020", True),
        (["REKAPITULASI HASIL PILKADA 2018"], "Pilkada 2020", True),
        (["PEMILIHAN UMUM", "TAHUN 2019"], "Pilkada 2020", True),
        (["REKAPITULASI HASIL PEMILIHAN BUPATI", "TAHUN 2020"], "Pilkada 2020", False),
        (["REKAPITULASI HASIL", "KABUPATEN BUNGO"], "Pilkada 2020", False),
        (["PILKADA 2020, DPT SETELAH PEMILU 2019"], "Pilkada 2020", False),
        (["REKAPITULASI HASIL PILPRES 2019"], "Rekap 2020", False),
        (["REKAPITULASI HASIL PILPRES 2019"], "Pemilu 2019", False),
        (["REKAPITULASI PILKADA 27 JUNI 2018 KABUPATEN BUNGO"], "Pilkada 2020", True),
        (["Hari pemungutan suara: 9 Desember 2021"], "PILBUP 2020", True),
        (["Hari pemungutan suara: 9 Desember 2020"], "PILBUP 2020", False),
        (["REKAPITULASI PILKADA 9 DESEMBER 2020"], "Pilkada 2020", False),
        (["Rekap Pilkada Tahun 2020 (dicetak 3 Januari 2021)"], "Pilkada 2020", False),
        (["Rekap Pemilihan Tahun 2020 (dicetak 3 Januari 2021)"], "Pilkada 2020", False),
        (["Rekap Pemilihan Tahun 2015 (dicetak 3 Januari 2021)"], "Pilkada 2020", True),
        (["Rekap Pilkada 2015 (dicetak 3 Januari 2021)"], "Pilkada 2020", True),
        (["REKAPITULASI PEMILU 9 DESEMBER 2020"], "PILBUP 2020", True),
        (["PEMILIHAN BUPATI 9 DESEMBER 2020"], "Pilkada 2020", False),
        (["KOMISI PEMILIHAN UMUM", "REKAPITULASI 9 DESEMBER 2020"], "PILBUP 2020", False),
        (["Komisi Pemilihan Umum Kota Jambi", "PILKADA 2020"], "Pilkada 2020", False),
    ],
)
def test_a_title_of_another_election_than_the_sheets_name(tmp_path, lines, sheet, other):
    path = workbook(tmp_path / "rekap.xlsx", [lines], sheet)
    errors = load_results(path).errors
    told = [one.say("en").split("another election: ")[1] for one in errors if "title" in one.rule]
    assert bool(told) == other
    if "Hari" in lines[0]:  # the day is quoted, not its label alone
        assert all(one.startswith(f"'{lines[0]}'") for one in told)
    assert "missing_column" not in [one.rule for one in errors]


def test_who_says_the_day_of_the_sheet_has_chosen_its_name(tmp_path):
    path = workbook(tmp_path / "rekap.xlsx", [["REKAPITULASI HASIL PEMILU 2019"]], "Pilkada 2020")
    reading = load_results(path, hints=Hints.of(dates={"Pilkada 2020": "2020-12-09"}))
    assert not reading.errors
    assert reading.table["election"].unique().tolist() == ["2020-12-09-pilkada"]


@pytest.mark.parametrize(
    "title", ["REKAPITULASI HASIL PEMILU 2019", "REKAPITULASI PILKADA 27 JUNI 2018 KABUPATEN BUNGO"]
)
def test_a_day_said_of_a_year_chooses_neither_title_nor_sheet(tmp_path, title):
    path = workbook(tmp_path / "rekap.xlsx", [[title]], "Pilkada 2020")
    for said in ("2020", "2018", "2019"):
        reading = load_results(path, hints=Hints.of(dates={said: f"{said}-06-27"}))
        told = [one.rule for one in reading.errors]
        assert "title_of_other" in told
        assert "untold_days" not in told
    reading = load_results(path, hints=Hints.of(dates={"Pilkada 2020": "2020-12-09"}))
    assert reading.errors == ()
    assert set(reading.table["date"].astype(str)) == {"2020-12-09"}


DAY = "Hari pemungutan suara: 9 Desember 2020"


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["Pilbup 2024", DAY], "Pilbup 2024"),
        (["PEMILIHAN BUPATI", "TAHUN 2021", DAY], "TAHUN 2021"),
        (["PEMILIHAN BUPATI 27 November 2024"], "PEMILIHAN BUPATI 27 November 2024"),
        (["PEMILU PRESIDEN"], "PEMILU PRESIDEN"),
        (["Hasil Pilbup 2020 (dicetak Januari 2021)", DAY], ""),
        (["Pilkada Serentak 2020", "Laporan tahun 2021"], ""),
        (["DPT Pemilu Presiden 2019", DAY], ""),
        (["PEMILU SERENTAK 2020", DAY], ""),
        (["PEMILIHAN BUPATI MASA JABATAN 2021-2024", DAY], ""),
        (["PEMILIHAN BUPATI", "UU Pemilu Nomor 7 Tahun 2017", DAY], ""),
        (["Pemilu 2019 dan Pilkada 2024", "PEMILIHAN BUPATI"], ""),
        (["Target partisipasi Pilkada 2024", "Data per 2023"], ""),
        (["Pilbup 2020 (PSU tahun 2021)", "Sekretariat DPRD"], ""),
    ],
)
def test_a_title_of_another_election_than_all_rows_below_is_told(tmp_path, lines, wrong):
    book = openpyxl.Workbook()
    dated = [["9 Desember 2020", "pilbup", *row] for row in ROWS]
    for row in [*([one] for one in lines), ["Tanggal", "Jenis", *HEAD], *dated]:
        book.active.append(row)
    book.save(tmp_path / "rekap.xlsx")
    [*told] = load_results(tmp_path / "rekap.xlsx").findings
    assert [one.rule for one in told] == ["title_of_other_election"] * bool(wrong)
    assert [one.spot.value for one in told] == [wrong] * bool(wrong)
    for row in range(len(ROWS)):  # of two elections the title may be that of the whole
        book.active.append(["17 April 2019", "pilpres", *ROWS[row]])
    book.save(tmp_path / "rekap.xlsx")
    assert load_results(tmp_path / "rekap.xlsx").findings == ()


def test_a_title_of_another_year_than_day_and_name_of_its_sheet_is_told(tmp_path):
    lines = ["PEMILU PRESIDEN TAHUN 2024", "Hari pemungutan suara: 17 April 2019"]
    reading = load_results(workbook(tmp_path / "r.xlsx", [lines], sheet="Pilpres 2019"))
    [told] = reading.findings
    assert "lembar Pilpres 2019, baris 1 ('PEMILU PRESIDEN TAHUN 2024')" in told.say("id")
    assert set(reading.table["date"].dt.year) == {2019}
