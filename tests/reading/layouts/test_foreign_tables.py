"""Tables as other countries publish them: every figure is the one that the file shows."""

from datetime import date

import pandas as pd
import pytest

from turnout.cli.files import role_of
from turnout.reading.hints import Hints
from turnout.reading.results import load_results

LONG = """\
date,election_type,county,precinct,office,mode,candidate,votes
2022-06-07,primary,Adams,P1,Registered Voters,Total,,1000
2022-06-07,primary,Adams,P1,Ballots Cast,Election Day,,100
2022-06-07,primary,Adams,P1,Ballots Cast,Absentee,,90
2022-06-07,primary,Adams,P2,Registered Voters,Total,,900
2022-06-07,primary,Adams,P2,Ballots Cast,Election Day,,110
2022-06-07,primary,Adams,P2,Ballots Cast,Absentee,,70
"""
WHOLE = """\
2022-06-07,primary,Adams,P1,Ballots Cast,Total,,190
2022-06-07,primary,Adams,P2,Ballots Cast,Total,,180
"""
BY_PARTY = """\
2022-06-07,primary,Adams,P1,Ballots Cast,Absentee,Red,50
2022-06-07,primary,Adams,P1,Ballots Cast,Absentee,Blue,40
"""


def read(tmp_path, text, name="tabel.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return load_results(path)


def sums(reading):
    areas = reading.table[reading.table["area"].notna()]
    return areas["registered"].sum(), areas["voters"].sum()


@pytest.mark.parametrize("more", ["", WHOLE, BY_PARTY, WHOLE + BY_PARTY])
def test_ballots_by_mode_are_summed_once(more, tmp_path):
    reading = read(tmp_path, LONG + more)
    assert sums(reading) == (1900, 370)
    assert not reading.findings


@pytest.mark.parametrize("way", ["Election Day", "absentee", "Early Voting", "Urne"])
def test_a_way_of_voting_in_brackets_is_not_all_of_the_voters(way, tmp_path):
    head = f"date,election_type,precinct,Registered Voters,Ballots Cast ({way})\n"
    reading = read(tmp_path, head + "2020-11-03,general,P1,1000,300\n")
    assert [error.rule for error in reading.errors] == ["missing_column"]


@pytest.mark.parametrize("remark", ["all", "incl. absentee", "2020"])
def test_another_remark_in_brackets_changes_nothing(remark, tmp_path):
    head = f"date,election_type,precinct,Registered Voters,Ballots Cast ({remark})\n"
    assert sums(read(tmp_path, head + "2020-11-03,general,P1,1000,300\n")) == (1000, 300)


@pytest.mark.parametrize(
    "total", ["Gesamt", "Summe Mitte", "Insgesamt", "Total général", "Suma", "Totale", "Mitte ges."]
)
def test_a_total_that_holds_postal_votes_is_no_area(total, tmp_path):
    text = (
        "Wahltag;Wahlart;Stadtbezirk;Wahlbezirk;Wahlberechtigte;Wähler\n"
        "23.02.2025;Bundestagswahl;Mitte;101;1000;500\n"
        "23.02.2025;Bundestagswahl;Mitte;102;900;480\n"
        "23.02.2025;Bundestagswahl;Mitte;Briefwahl Mitte;;600\n"
        f"23.02.2025;Bundestagswahl;Mitte;{total};1900;1580\n"
    )
    reading = read(tmp_path, text)
    known = total != "Mitte ges."
    assert (sums(reading) == (1900, 980)) == known
    if known:
        whole = reading.table[reading.table["area"].isna()]
        assert whole[["registered", "voters"]].to_numpy().tolist() == [[1900, 1580]]


BLANKS = "fecha,tipo,provincia,electores,votos válidos,votos blancos,votos nulos"
BLANK_ROWS = [
    "2021-06-06,presidencial,Cusco,1000,700,60,40",
    "2021-06-06,presidencial,Puno,9,5,2,1",
]


def test_blank_votes_beside_the_others_are_not_lost(tmp_path):
    [error] = read(tmp_path, "\n".join([BLANKS, *BLANK_ROWS])).errors
    assert error.rule == "blank_votes"
    assert error.spot.column == "votos blancos"


@pytest.mark.parametrize("header", ["ciudadanos que votaron", "total votantes"])
def test_with_the_voters_blank_votes_are_no_fault(header, tmp_path):
    rows = [f"{row},{voters}" for row, voters in zip(BLANK_ROWS, (800, 8), strict=True)]
    reading = read(tmp_path, "\n".join([f"{BLANKS},{header}", *rows]))
    assert reading.table["voters"].sum() == 808
    assert not reading.findings


def test_blank_votes_that_are_valid_ones_are_left_among_them(tmp_path):
    rows = [f"{row},{voters}" for row, voters in zip(BLANK_ROWS, (740, 6), strict=True)]
    reading = read(tmp_path, "\n".join([f"{BLANKS},votantes", *rows]))
    assert reading.table["invalid"].tolist() == [40, 1]
    assert not reading.findings


@pytest.mark.parametrize(
    "title",
    [
        "Local election, 22 May 2014",
        "Results of the General Election held on 22 May 2014",
        "Kommunalwahl 22.05.2014",
        "Elecciones generales 22/05/2014",
        "Élection municipale du 22/05/2014",
    ],
)
def test_the_day_beside_the_word_for_an_election_is_the_polling_day(title, tmp_path):
    path = tmp_path / "sheet.xlsx"
    lines = [[title, None, None], ["Ward", "Electorate", "Votes cast"], ["North", 1000, 400]]
    pd.DataFrame(lines).to_excel(path, header=False, index=False)
    kind = "general" if "General" in title else "local"
    reading = load_results(path, hints=Hints.of(types={"": kind}))
    assert reading.table["date"].dt.date.tolist() == [date(2014, 5, 22)]
    assert reading.table["election_type"].tolist() == [kind]


def test_a_printing_day_beside_the_word_for_an_election_is_not(tmp_path):
    text = "Local election results (downloaded 3 March 2020)\nWard,Electorate,Votes cast\nN,10,4\n"
    assert "date" not in read(tmp_path, text).table.dropna(axis=1, how="all")


def test_indonesian_days_are_offered_for_indonesian_tables_only(tmp_path):
    def offered(head):
        rows = f"{head}\n2014,North,1000,400\n2018,North,1000,420\n"
        [asked] = [one for one in read(tmp_path, rows).errors if one.rule == "untold_days"]
        return "2014-04-09" in asked.say()

    assert offered("Tahun,Kelurahan,DPT,Pengguna Hak Pilih")
    assert not offered("Year,Ward,Electorate,Votes cast")


def test_a_day_in_a_files_name_is_offered_under_a_label_that_works(tmp_path):
    text = "county,precinct,Registered Voters,Ballots Cast\nAdams,P1,1000,600\n"
    name = "20201103__xx__general__precinct.csv"
    asked = {one.rule: one for one in read(tmp_path, text, name).errors}
    assert '"20201103__xx__general__precinct": "2020-11-03"' in asked["untold_days"].say()
    for label in (name, name.removesuffix(".csv")):
        hints = Hints.of(dates={label: "2020-11-03"}, types={"": "general"})
        assert sums(load_results(tmp_path / name, hints=hints)) == (1000, 600)


def test_numbers_counted_anew_in_each_municipality_lie_in_it(tmp_path):
    head = "fecha;tipo de elección;municipio;distrito;censo electoral;total votantes\n"
    rows = [f"23/07/2023;generales;{m};{d};500;350\n" for m in ("Getafe", "Parla") for d in "12"]
    reading = read(tmp_path, head + "".join(rows))
    assert set(reading.table["city"]) == {"Getafe", "Parla"}
    assert [one.rule for one in reading.findings] == ["nested_columns"]


def test_a_distrito_above_the_municipality_stays_there(tmp_path):
    head = "data;tipo;distrito;concelho;inscritos;votantes\n"
    rows = "".join(
        f"30/01/2022;legislativas;{d};{c};500;350\n" for d, c in (("1", "A"), ("2", "B"))
    )
    reading = read(tmp_path, head + rows)
    assert {one.rule for one in reading.findings} <= {"nested_columns"}
    assert len(reading.table["area"].dropna().unique()) in (0, 2)


@pytest.mark.parametrize("name", ["UOCAVA", "Central Count", "Military"])
def test_votes_under_the_names_of_american_counties_have_no_roll(name, tmp_path):
    head = "date,election_type,county,precinct,registered,voters\n"
    rows = f"2020-11-03,general,Adams,P1,1000,600\n2020-11-03,general,Adams,{name},,57\n"
    reading = read(tmp_path, head + rows)
    assert [one.rule for one in reading.findings] == ["voters_without_roll"]
    county = reading.table[reading.table["area"].isna()]
    assert county["voters"].tolist() == [657]


def test_a_region_above_the_county_is_no_constituency(tmp_path):
    head = "Region name,Constituency name,County name,Date of poll,type,Electorate,Votes cast\n"
    rows = [
        f"{region},{place},{county},2017-06-08,general,1000,600\n"
        for region, county, place in (("London", "Camden", "Bloomsbury"), ("Wales", "Gwent", "Usk"))
        for place in (f"{place} East", f"{place} West")
    ]
    table = read(tmp_path, head + "".join(rows)).table
    assert set(table["province"]) == {"London", "Wales"}
    assert table["district"].nunique() == 4


WIDE = pd.DataFrame(
    {
        "Ward": ["Ashby", "Brook"],
        "Registered 4 July 2024": [1000, 900],
        "Ballots 4 July 2024": [600, 500],
        "Registered 2 May 2019": [990, 880],
        "Ballots 2 May 2019": [500, 400],
    }
)


def test_types_said_of_headers_with_days_in_english_are_read() -> None:
    """As the error asks for; looked at as any other kind of table, days are no days there."""
    said = Hints.of(types={"2024": "general election", "2019": "local election"})
    assert role_of(WIDE, said) == "results"
    reading = load_results(WIDE, hints=said)
    assert not reading.errors
    assert sorted(reading.table["election_type"].unique()) == ["general election", "local election"]


def test_headers_in_english_are_offered_no_indonesian_days_or_types() -> None:
    years = WIDE.rename(columns=lambda name: name.replace(" 4 July", "").replace(" 2 May", ""))
    [asked] = load_results(years).errors
    told = asked.say("en")
    assert "2024-02-14" not in told
    assert "2019-04-17" not in told
    assert "pilpres" not in told
    offices = years.rename(columns=lambda name: name.replace("Registered", "DPT"))
    [asked] = load_results(offices).errors
    assert "2024-02-14" in asked.say("en")
