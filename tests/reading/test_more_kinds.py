"""Further kinds of real files: read rightly and told, or refused for the true reason."""

import json
import zipfile

import pandas as pd
import pytest
import xlsxwriter

from turnout.reading import load_results, load_roll
from turnout.reading.hints import Hints

SAID = {"dates": "2020-12-09", "types": "pilkada"}


def frame(text):
    header, *rows = [line.split(";") for line in text.strip().splitlines()]
    return pd.DataFrame(rows, columns=header, dtype="object")


def read(text, tmp_path=None, **said):
    if tmp_path is None:
        source = frame(text)
    else:
        source = tmp_path / "table.csv"
        source.write_text(text.strip() + "\n", encoding="utf-8")
    return load_results(source, hints=Hints.of(**(said or SAID)))


def rules(reading):
    return [finding.rule for finding in reading.findings]


def figures(reading, *names):
    assert reading.errors == (), [error.say() for error in reading.errors]
    columns = [*names, "registered", "voters"]
    return [tuple(row) for row in reading.table[columns].itertuples(index=False)]


ROWS = "Kelurahan;DPT;Hadir\nMurni;1000;600\nLegok;2000;1100"


@pytest.mark.parametrize("title", ["Hasil (dalam ribuan)", "Satuan: ribu jiwa", "in thousands"])
def test_a_title_that_says_thousands_is_heard(tmp_path, title):
    [told] = read(f"{title}\n{ROWS}", tmp_path).findings
    assert (told.rule, told.spot.row, told.spot.value) == ("count_in_thousands", 1, title)
    # Elections that the headers tell are not asked for as well.
    elections = [
        f"{kind} 9 Desember {year}" for kind, year in (("Pilkada", 2020), ("Pemilu", 2024))
    ]
    for line, unit in ((title, ""), ("Hasil", " (ribu)"), ("Hasil", "")):
        heads = [f"{name}{unit}" for name in ("DPT", "Hadir")] * 2
        top = ";".join(["", elections[0], "", elections[1], ""])
        wide = f"{line};;;;\n{top}\n{';'.join(['Desa', *heads])}\nMurni;1000;600;1100;900"
        found = {one.rule for one in read(wide, tmp_path, types={}).errors}
        assert found == ({"count_in_thousands"} if line == title or unit else set())
    assert figures(read(f"Kepulauan Seribu\n{ROWS}", tmp_path))[0] == (1000, 600)


def test_a_column_of_units_is_heard():
    assert (
        rules(read("kota;satuan;dpt;hadir\nBungo;ribu orang;245;160")) == ["count_in_thousands"] * 2
    )
    assert figures(read("kota;satuan;dpt;hadir\nBungo;orang;245;160")) == [(245, 160)]


def test_a_place_called_none_in_capitals_is_a_place_and_other_words_are_told():
    capitals = "Comune;Elettori;Votanti\nNOLE;5500;3900\nNONE;6300;4100"
    assert figures(read(capitals), "area") == [("NOLE", 5500, 3900), ("NONE", 6300, 4100)]
    assert "word_for_blank" in rules(read(capitals.replace("NONE", "NULL")))


def test_a_contest_in_which_nobody_voted_is_no_result():
    zeros = read("Kelurahan;DPT;Hadir\nA;10;0\nB;20;0\nC;30;0")
    assert {error.rule for error in zeros.errors} == {"nobody_voted"}
    assert zeros.table.empty
    assert "nobody_voted" not in rules(read("Kelurahan;DPT;Hadir\nA;10;0\nB;20;9\nC;30;8"))


def test_whole_percents_are_no_voters_whatever_the_roll():
    percents = read("Kelurahan;DPT;Hadir\nA;900;62\nB;1100;70\nC;5100;55")
    assert {error.rule for error in percents.errors} == {"percents_not_counts"}
    small = read("Ward;Electors;Ballots cast\nA;300;21\nB;600;44\nC;1100;90")
    assert small.errors == ()


def test_voters_beside_a_roll_that_lost_its_thousands_lost_theirs():
    lost = read("Kelurahan;DPT;Hadir\nA;4.512;2.9\nB;3.008;1.851\nC;5.12;3.1")
    assert {error.rule for error in lost.errors} == {"lost_thousands"}


def test_a_station_of_the_added_list_is_told():
    stations = "Kelurahan;No TPS;DPT;Hadir\nMurni;1;280;120\nMurni;901;0;55\nLegok;1;270;200"
    reading = read(stations)
    assert figures(reading, "area") == [("Murni", 280, 175), ("Legok", 270, 200)]
    assert rules(reading) == ["voters_without_roll"]
    assert rules(read(stations.replace("901;0", "2;80"))) == []


def test_lists_come_apart_level_by_level_without_a_rest():
    text = (
        "Gebiet;Wahlberechtigte;Wähler\nPlön;2300;1850\nSteinburg;1700;1310\nHolstein;4000;3160\n"
        "Wismar;2000;1500\nRostock;2100;1600\nMecklenburg;4100;3100\nBundesgebiet;8100;6260"
    )
    reading = read(text)
    totals = reading.table[reading.table["area"].isna()]
    assert reading.errors == ()
    assert totals["district"].tolist()[:2] == ["Holstein", "Mecklenburg"]
    assert reading.table["area"].dropna().tolist() == ["Plön", "Steinburg", "Wismar", "Rostock"]
    assert rules(reading) == ["total_found"]


@pytest.mark.slow
def test_a_city_among_its_areas_that_is_no_sum_of_them_contradicts_them():
    rows = "Kelurahan;DPT;Hadir\nMurni;1000;600\nLegok;1200;700\nKasang;900;600\nPutri;1100;700"
    assert "more_than_parts" in rules(read(f"{rows}\nKota Jambi;4300;2700"))
    assert "total_above_parts" in rules(read(f"{rows}\nKota Jambi;4200;2700"))
    assert "total_below_parts" in rules(read(f"{rows}\nKota Jambi;4000;2500"))
    assert rules(read(f"{rows}\nKota Baru;1300;800")) == []


def test_numbers_whose_marks_contradict_each_other_are_told_alone():
    assert rules(read("Kelurahan;DPT;Hadir\nA;1.000;600\nB;1,100;700")) == ["unclear_numbers"]


def test_remarks_above_and_translations_below_a_header_are_no_part_of_it(tmp_path):
    german = "# © Wahlleiter\n#\nGebiet;Wahlberechtigte;Wähler\nPlön;2300;1850"
    assert figures(read(german, tmp_path), "area") == [("Plön", 2300, 1850)]
    bilingual = (
        "Kecamatan;Pemilih Terdaftar;Pengguna Hak Pilih\nSubdistrict;Registered Voters;Voters\n"
        "(1);(2);(3)\n1. Pasar;9000;5500\n2. Jelutung;45 000;28 000"
    )
    reading = read(bilingual, tmp_path)
    assert figures(reading, "district") == [("Pasar", 9000, 5500), ("Jelutung", 45000, 28000)]
    remark = read(f"{ROWS.splitlines()[0]}\nMurni;belum ada;belum ada\nLegok;20;11", tmp_path)
    assert "unreadable_number" in rules(remark)


def test_a_header_is_settled_by_what_stands_below_it():
    australia = read("Division;Enrolment;Turnout\nAdelaide;127000;115000\nBarker;121000;110000")
    assert figures(australia, "district")[0] == ("Adelaide", 127000, 115000)
    methods = read("precinct;registered voters;ballots cast;election_day\n101;900;700;150")
    assert figures(methods, "area") == [("101", 900, 700)]
    numbered = read("Kelurahan;TPS;DPT;Hadir\nA;1;230;180\nA;2;220;170\nB;1;250;200")
    assert figures(numbered, "area") == [("A", 450, 350), ("B", 250, 200)]
    assert rules(read("Kelurahan;TPS;DPT;Hadir\nA;2;230;180\nB;3;250;200")) == ["ambiguous_header"]


def test_men_and_women_without_a_word_are_asked_about_only_where_they_are_needed():
    beside = "Kelurahan;total-pemilih;lelaki;perempuan;PENGGUNA_HAK\nA;1000;480;520;700"
    assert figures(read(beside)) == [(1000, 700)]
    needed = read("Kelurahan;lelaki;perempuan;PENGGUNA_HAK\nA;480;520;700")
    assert "ambiguous_header" in rules(needed)


def test_a_row_per_sex_becomes_a_row_per_place():
    reading = read(
        "kelurahan;jenis kelamin;dpt;hadir\nA;L;480;300\nA;P;520;340\nB;L;900;500\nB;P;1100;600"
    )
    assert figures(reading, "area") == [("A", 1000, 640), ("B", 2000, 1100)]
    assert rules(reading) == ["derived_count"] * 2
    roll = load_roll(
        frame("kota;jenis_kelamin;jumlah_pemilih\nBogor;LAKI-LAKI;17\nBogor;PEREMPUAN;16")
    )
    assert roll.table["registered"].tolist() == [33]


def workbook(path, sheets):
    book = xlsxwriter.Workbook(str(path))
    for name, text in sheets.items():
        sheet = book.add_worksheet(name)
        for row, line in enumerate(text.splitlines()):
            for column, cell in enumerate(line.split(";")):
                sheet.write(row, column, int(cell) if cell.isdigit() else cell)
    book.close()
    return path


LEVELS = {
    "Kota": "kota;dpt;hadir\nKota Jambi;4500;2600",
    "Kecamatan": "kecamatan;dpt;hadir\nA;3000;1700\nB;1500;900",
    "Kelurahan": "kecamatan;kelurahan;dpt;hadir\nA;Murni;1000;600\nA;Legok;2000;1100\n"
    "B;Kasang;1500;900",
}


@pytest.mark.slow
def test_sheets_of_one_level_each_are_one_table(tmp_path):
    path = workbook(tmp_path / "levels.xlsx", LEVELS)
    reading = load_results(path, hints=Hints.of(**SAID))
    assert reading.errors == ()
    table = reading.table
    assert set(table["city"]) == {"Kota Jambi"}
    assert table["area"].dropna().tolist() == ["Murni", "Legok", "Kasang"]
    assert table.loc[table["area"].isna(), "registered"].tolist() == [4500, 3000, 1500]
    wrong = LEVELS | {"Kecamatan": LEVELS["Kecamatan"].replace("1700", "1900")}
    reading = load_results(workbook(tmp_path / "wrong.xlsx", wrong), hints=Hints.of(**SAID))
    assert "total_above_parts" in rules(reading)


def test_a_sheet_named_as_a_place_is_that_place(tmp_path):
    rows = "Kecamatan;DPT;Hadir\nPasar;1000;600"
    path = workbook(tmp_path / "kab.xlsx", {"Kab. Bungo": rows, "Kab. Tebo": rows})
    reading = load_results(path, hints=Hints.of(**SAID))
    assert reading.table["city"].tolist() == ["Kab. Bungo", "Kab. Tebo"]
    again = load_results(
        workbook(tmp_path / "no.xlsx", {"Lembar": rows, "Lagi": rows}), hints=Hints.of(**SAID)
    )
    assert "repeated_key" in rules(again)


def test_records_of_an_interface_and_a_zip_with_a_description(tmp_path):
    records = frame(ROWS).to_dict("records")
    answer = tmp_path / "answer.json"
    fields = [{"id": "dpt", "type": "int"}, {"id": "hadir", "type": "int"}]
    answer.write_text(json.dumps({"ok": True, "result": {"fields": fields, "records": records}}))
    assert figures(load_results(answer, hints=Hints.of(**SAID)))[0] == (1000, 600)
    path = tmp_path / "table.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/table.csv", ROWS)
        archive.writestr("data/README.txt", "about")
    assert figures(load_results(path, hints=Hints.of(**SAID)))[1] == (2000, 1100)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SG_UF;NM_MUNICIPIO;NR_ZONA;QT_APTOS;QT_COMPARECIMENTO\nAC;XAPURI;2;120;99", (120, 99)),
        ("Provincia;Municipio;Total censo electoral;Total votantes;Votos válidos;"
         "Votos a candidaturas\nJaén;Abla;1045;802;795;790", (1045, 802)),
        ("Local authority;Ward;Electorate;Ballot papers issued\nLeeds;Adel;17012;6801",
         (17012, 6801)),
        ("Kanton;Stimmberechtigte;Abgegebene Stimmen;Stimmbeteiligung\nBern;745'901;423'100;56.7",
         (745901, 423100)),
        ("Distrito;Concelho;Freguesia;Inscritos;Votantes\nLisboa;Lisboa;Ajuda;12 345;7 001",
         (12345, 7001)),
        ("UF;Município;Eleitorado apto;Comparecimento\nSP;Santos;350.000;270.000",
         (350000, 270000)),
        ("State;Constituency;Electors Total;Voters Total\nGoa;Mandrem;33,102;29,200",
         (33102, 29200)),
        ("Ward;Electorate;Valid votes;Rejected\nAdel;17012;6750;51", (17012, 6801)),
    ],
)  # fmt: skip
def test_exports_of_other_countries(text, expected):
    assert figures(read(text)) == [expected]
