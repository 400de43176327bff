"""What users say of days and types: asked for where missing, refused where it fits nothing."""

from pathlib import Path

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.errors import tell
from turnout.reading import load_counted, load_results, load_roll
from turnout.reading.hints import Hints
from turnout.reading.results import load_outcome
from turnout.surroundings import on_command_line

COMING = Election("2024-11-27", "pilkada")


def results(**columns: object) -> pd.DataFrame:
    held = {
        "Tanggal": ["2019-04-17", "2020-12-09"] * 2,
        "Jenis": ["pemilu", "pilkada"] * 2,
        "Desa": ["Murni", "Murni", "Legok", "Legok"],
        "DPT": [1000, 1100, 2000, 2200],
        "Hadir": [700, 650, 1500, 1300],
    }
    table = pd.DataFrame({**held, **columns})
    return table.dropna(axis=1, how="all")


def workbook(path: Path, **sheets: pd.DataFrame) -> Path:
    with pd.ExcelWriter(path) as writer:
        for name, table in sheets.items():
            table.to_excel(writer, sheet_name=name.replace("_", " "), index=False)
    return path


def said(reading: object) -> str:
    with on_command_line():
        return "\n".join(tell(reading.errors))  # type: ignore[attr-defined]


def test_a_sheet_that_the_user_names_is_asked_about_and_not_left_out(tmp_path: Path) -> None:
    old = results(Tanggal=None, Jenis=None).iloc[[0, 2]]
    new = results(Jenis=None).iloc[[1, 3]]
    path = workbook(tmp_path / "a.xlsx", Pemilu_2019=old, Pilkada_2020=new)
    types = {"Pemilu 2019": "pemilu", "Pilkada 2020": "pilkada"}
    reading = load_results(path, hints=Hints.of(types=types))
    assert [error.rule for error in reading.errors] == ["untold_days"]
    assert "--date-of 2019=2019-04-17" in said(reading)
    whole = load_results(path, hints=Hints.of(types=types, dates={"2019": "2019-04-17"}))
    assert not whole.findings
    assert len(whole.table) == 4


def test_a_sheet_that_nobody_names_is_left_out_and_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Data=results(), Pivot=results(Tanggal=None, Jenis=None))
    reading = load_results(path)
    assert [finding.rule for finding in reading.findings] == ["sheet_left_out"]


@pytest.mark.parametrize("said_of", [{"dates": {"2031": "2031-01-01"}}, {"types": {"2021": "x"}}])
def test_labels_that_fit_nothing_are_refused(said_of: dict[str, dict[str, str]]) -> None:
    reading = load_results(results(), hints=Hints.of(**said_of))  # type: ignore[arg-type]
    assert [error.rule for error in reading.errors] == ["unknown_label"]
    assert "found: 2019, 2020" in reading.errors[0].say()


def test_labels_of_years_types_and_days_fit() -> None:
    hints = Hints.of(types={"2020": "pilkada", "pemilu": "pemilu"}, dates={"2019": "2019-04-17"})
    assert not load_results(results(), hints=hints).errors


@pytest.mark.parametrize("columns", [None, {"Tanggal": "date"}])
def test_years_under_the_header_of_days_are_years(columns: dict[str, str] | None) -> None:
    reading = load_results(results(Tanggal=[2019, 2020] * 2), hints=Hints.of(columns))
    assert [error.rule for error in reading.errors] == ["untold_days"]
    assert "--date-of 2019=2019-04-17 --date-of 2020=2020-12-09" in said(reading)


def test_rows_whose_day_cannot_be_read_are_not_called_copies() -> None:
    reading = load_results(results(Tanggal=["2019-13-45", "2020-77-01"] * 2))
    assert {error.rule for error in reading.errors} == {"unreadable_date"}


def test_the_type_of_several_elections_is_asked_for_each() -> None:
    reading = load_results(results(Jenis=None))
    assert "--type-of 2019=TYPE --type-of 2020=TYPE" in said(reading)
    with on_command_line():
        in_indonesian = " ".join(one.say("id") for one in reading.findings)
    assert "--type-of 2019=JENIS --type-of 2020=JENIS" in in_indonesian
    told = load_results(results(Jenis=None), hints=Hints.of(types={"2019": "a", "2020": "b"}))
    assert told.table["election_type"].tolist() == ["a", "a", "b", "b"]


def test_the_type_of_each_is_asked_for_though_the_day_of_one_is_said() -> None:
    table = results(Tanggal=None, Jenis=None).assign(Tahun=[2019, 2020] * 2)
    for days in ({}, {"2019": "2019-04-17"}, {"2019": "2019-04-17", "2020": "2020-12-09"}):
        told = said(load_results(table, hints=Hints.of(dates=days)))
        assert "--type-of 2019=TYPE --type-of 2020=TYPE" in told


def test_a_type_without_a_label_is_that_of_rows_that_no_label_reaches() -> None:
    table = results(Jenis=None).assign(Tahun=[2019, 2020] * 2)
    days = {"2019": "2019-04-17", "2020": "2020-12-09"}
    for rows in (table, table.drop(columns="Tanggal")):
        hints = Hints.of(types={"2020": "pilkada", "": "pemilu"}, dates=days)
        reading = load_results(rows, hints=hints)
        assert not reading.findings
        kinds = reading.table.groupby(reading.table["date"].dt.year)["election_type"].unique()
        assert {year: list(told) for year, told in kinds.items()} == {
            2019: ["pemilu"],
            2020: ["pilkada"],
        }
    alone = load_results(table, hints=Hints.of(types="pemilu"))
    assert set(alone.table["election_type"]) == {"pemilu"}


def test_labels_that_come_back_are_types() -> None:
    days = ["2014-04-09", "2019-04-17"] * 2
    table = results(Tanggal=days, Jenis=None, Contest=["General"] * 4)
    assert "--column Contest=election_type" in said(load_results(table))


def test_the_words_above_a_table_are_of_the_language_and_read(tmp_path: Path) -> None:
    table = results(Tanggal=None, Jenis=None).iloc[[0, 2]]
    [error] = load_results(table).errors
    path = tmp_path / "a.csv"
    for lang, day, kind in (
        ("en", "Election date: 27 November 2024", "Type of election: general election"),
        ("id", "Tanggal: 27 November 2024", "Jenis pemilihan: pilkada"),
    ):
        assert f"'{day}', '{kind}'" in error.say(lang)  # type: ignore[arg-type]
        path.write_text(f"{day}\n{kind}\n" + table.to_csv(index=False), encoding="utf-8")
        label = f"2024-11-27-{kind.partition(': ')[2]}"
        assert load_results(path).table["election"].tolist() == [label] * 2


COUNT = results(Tanggal=None, Jenis=None).iloc[[0, 2]]


@pytest.mark.slow
def test_the_year_of_the_election_at_hand_tells_its_day(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Pilkada_2024=COUNT)
    for reading in (load_counted(path, election=COMING), load_outcome(path, COMING)):
        assert not reading.errors
        assert reading.table["election"].tolist() == ["2024-11-27-pilkada"] * 2
    by_row = load_counted(COUNT.assign(Tahun=2024), election=COMING)
    assert by_row.table["election"].tolist() == ["2024-11-27-pilkada"] * 2


def test_a_count_of_another_type_of_the_year_is_of_another_election(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Pilpres_2024=COUNT)
    told = "file tells the type pilpres; it is not of the pilkada of 27 November 2024"
    for source in (path, COUNT.assign(Tahun=2024, Jenis="pilpres")):
        for reading in (load_counted(source, election=COMING), load_outcome(source, COMING)):
            assert [error.rule for error in reading.errors] == ["untold_days"]
            assert told in said(reading)
    kin = workbook(tmp_path / "b.xlsx", Pilgub_2024=COUNT)
    assert not load_counted(kin, election=COMING).errors


def test_a_name_that_tells_another_year_is_called_the_name_of_the_file(tmp_path: Path) -> None:
    for name, told in (
        ("pilkada2020.csv", "nama berkasnya menyebut tahun 2020, bukan tahun pilkada"),
        ("pilpres2024.csv", "nama berkasnya menyebut jenis pilpres, bukan pilkada"),
    ):
        COUNT.to_csv(tmp_path / name, index=False)
        in_indonesian = load_outcome(tmp_path / name, COMING).errors[0].say("id")
        assert told in in_indonesian
        assert "ubah namanya" in in_indonesian
    COUNT.to_csv(tmp_path / "pilkada2024.csv", index=False)
    assert not load_outcome(tmp_path / "pilkada2024.csv", COMING).errors


def test_the_type_that_a_name_or_a_title_speaks_of_is_offered(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    title = ["PEMILIHAN UMUM KABUPATEN RAYA"], ["HASIL PEMILIHAN BUPATI TAHUN 2018"]
    head = [*title, ["No", "Desa", "DPT", "Hadir"]]
    with pd.ExcelWriter(path) as writer:
        for sheet in ("Pilkada 2018", "Lama"):
            rows = [row + [None] * (4 - len(row)) for row in head] + [[1, "Murni", 1012, 615]]
            pd.DataFrame(rows).to_excel(writer, sheet_name=sheet, header=False, index=False)
    told = said(load_results(path))
    assert '--type-of "Pilkada 2018=pilkada"' in told
    assert "--type-of Lama=pilbup" in told
    assert "(" not in told.splitlines()[0]  # no list of headers: what is asked for is no column


def test_sheets_of_places_are_asked_for_the_election_by_the_name_of_their_file(tmp_path) -> None:
    days = {"pilgub 2018": "2018-06-27", "pemilu 2024": "2024-02-14"}
    for name in days:
        with pd.ExcelWriter(tmp_path / f"{name}.xlsx") as book:
            for district in ("Kota Agung", "Tungkal"):
                rows = [
                    ["HASIL PEMILIHAN", None, None],
                    [f"KECAMATAN {district.upper()}", None, None],
                    ["Desa", "DPT", "Pengguna Hak Pilih"],
                    [f"Murni {district}", 1012, 615],
                    [f"Legok {district}", 2014, 1415],
                ]
                pd.DataFrame(rows).to_excel(book, sheet_name=district, header=False, index=False)
    paths = [tmp_path / f"{name}.xlsx" for name in days]
    told = said(load_results(paths, hints=Hints.of(dates=days)))
    assert '--type-of "pilgub 2018=pilgub"' in told
    assert '--type-of "pemilu 2024=pemilu"' in told
    assert "Kota Agung=" not in told
    types = {name: name.split()[0] for name in days}
    read = load_results(paths, hints=Hints.of(dates=days, types=types))
    assert read.errors == ()
    kinds = read.table.groupby("date", observed=True)["election_type"].unique().map(list)
    assert kinds.tolist() == [["pilgub"], ["pemilu"]]


def test_a_commission_in_a_title_is_no_type(tmp_path: Path) -> None:
    rows = [
        ["KOMISI PEMILIHAN UMUM KABUPATEN RAYA", None, None, None],
        ["HASIL PEMILIHAN BUPATI 27 JUNI 2018", None, None, None],
        ["No", "Desa", "DPT", "Hadir"],
        [1, "Murni", 1012, 615],
    ]
    path = tmp_path / "a.xlsx"
    pd.DataFrame(rows).to_excel(path, sheet_name="Lama", header=False, index=False)
    assert load_results(path).table["election_type"].tolist() == ["pilbup"]


def test_a_count_of_another_year_is_of_another_election(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Pilkada_2020=COUNT)
    told = said(load_counted(path, election=COMING))
    assert "the file tells the year 2020, not that of the pilkada of 27 November 2024" in told


def test_sheets_that_lack_the_same_have_one_remedy_that_names_all(tmp_path: Path) -> None:
    sheets = {name: results(Jenis=None, Tanggal=day)
              for name, day in (("Satu", "2019-04-17"), ("Dua", "2020-12-09"))}  # fmt: skip
    reading = load_results(workbook(tmp_path / "a.xlsx", **sheets))
    with on_command_line():
        told = "\n".join(tell(reading.errors, "id"))
    assert "--type-of Satu=JENIS --type-of Dua=JENIS" in told
    told = "\n".join(tell(reading.errors))
    assert 'types={"Satu": "TYPE", "Dua": "TYPE"}' in told


def test_remedies_for_a_count_name_it() -> None:
    table = COUNT.rename(columns={"DPT": "Foo"})
    assert "--column counted:Foo=registered" in said(load_counted(table, election=COMING))


def test_a_place_twice_in_a_roll_is_told_without_a_contest() -> None:
    roll = pd.DataFrame({"Desa": ["Murni", "Legok", "Murni"], "DPT": [10, 20, 10]})
    [error] = load_roll(roll).errors
    assert error.say("en") == (
        "row 2, column Desa ('Murni'): Murni also stands in row 0. Keep one row per place "
        "and do not add them up: in most of these places every row has the same registered."
    )
    assert "pemilihan" not in error.say("id")


def book(folder, sheets: dict[str, list[list[object]]]):
    """Write sheets of rows: what stands above the table, then two places."""
    path = folder / "own.xlsx"
    with pd.ExcelWriter(path) as writer:
        for name, above in sheets.items():
            rows = [
                *([*line, None, None] for line in above),
                ["desa", "dpt", "hadir"],
                ["A", 100, 60],
                ["B", 200, 130],
            ]
            pd.DataFrame(rows).to_excel(writer, sheet_name=name, header=False, index=False)
    return path


@pytest.mark.parametrize(
    ("sheet", "title", "kind"),
    [
        ("Pilkada 2018", "PEMILIHAN BUPATI DAN WAKIL BUPATI TAHUN 2018", "pilbup"),
        ("Pilkada", "Pemilihan Gubernur 2018", "pilgub"),
        ("Pemilu 2018", "Pemilihan Umum Presiden", "pilpres"),
        ("Pilpres", "Pemilihan Umum 2019", "pilpres"),
    ],
)
def test_a_family_and_one_of_its_types_are_one_election(tmp_path, sheet, title, kind):
    path = book(tmp_path, {sheet: [[title], ["Tanggal: 27 Juni 2018"]]})
    assert load_results(path).table["election_type"].unique().tolist() == [kind]


@pytest.mark.parametrize("title", ["Pemilihan Umum 2019", "Pileg 2019", "Pemilihan Gubernur"])
def test_two_families_in_titles_choose_none(tmp_path, title):
    path = book(tmp_path, {"Pilbup": [[title], ["Tanggal: 27 Juni 2018"]]})
    reading = load_results(path)
    assert len(reading.errors) == 1
    assert "needed columns are missing: election_type" in said(reading)


@pytest.mark.parametrize("above", [[["Tanggal: 27 Juni 2018"]], [["Pilkada"]]])
def test_a_sheet_that_tells_its_day_or_its_type_is_asked_about_the_other(tmp_path, above):
    whole = [["Pemilu"], ["Tanggal: 17 April 2019"]]
    reading = load_results(book(tmp_path, {"satu": whole, "dua": above, "tiga": whole}))
    assert {(f.spot.sheet, f.severity) for f in reading.errors} == {("dua", "error")}
    assert "sheet_left_out" not in {finding.rule for finding in reading.findings}


def test_a_sheet_that_tells_neither_is_left_out_and_told(tmp_path):
    whole = [["Pemilu"], ["Tanggal: 17 April 2019"]]
    reading = load_results(book(tmp_path, {"satu": whole, "dua": [["Rekap"]]}))
    assert [f.spot.sheet for f in reading.warnings if f.rule == "sheet_left_out"] == ["dua"]


def titled(path: Path, *titles: str) -> Path:
    body = results(Tanggal=None, Jenis=None).iloc[[0, 2]].to_csv(index=False)
    path.write_text("\n".join([*titles, body]), encoding="utf-8")
    return path


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("said_of", "told"),
    [
        ({"types": {"2019": "pilkada"}}, "Row 0 tells the type pemilu (2 rows in all)"),
        ({"dates": {"2019": "2019-04-18"}}, "Row 0 tells the day 17 April 2019 (2 rows in all)"),
        ({"types": "pilpres"}, "Row 0 tells the type pemilu, pilkada (4 rows in all)"),
        (
            {"dates": "2019-04-18"},
            "Row 0 tells the day 17 April 2019, 9 December 2020 (4 rows in all)",
        ),
        ({"types": "pilkada"}, "Row 0 tells the type pemilu (2 rows in all)"),
        ({"dates": "2019-04-17"}, "Row 1 tells the day 9 December 2020 (2 rows in all)"),
    ],
)
def test_what_the_columns_tell_otherwise_is_refused(said_of: dict[str, object], told: str) -> None:
    reading = load_results(results(), hints=Hints.of(**said_of))  # type: ignore[arg-type]
    assert [error.rule for error in reading.errors] == ["told_otherwise"]
    assert told in said(reading)
    argument, value = next(iter(said_of.items()))
    option = {"types": "--type-of", "dates": "--date-of"}[argument]
    assert f"but {option} " in said(reading)
    assert reading.errors[0].spot.row is None  # no row can be left out for it
    assert value


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("said_of", "rule"),
    [
        ({"types": "pilgub"}, ["told_otherwise"]),
        ({"types": {"hasil": "pemilu"}}, ["told_otherwise"]),
        ({"dates": "2018-06-28"}, ["told_otherwise"]),
        ({"dates": {"2018": "2018-06-28"}, "types": "pilgub"}, ["told_otherwise"] * 2),
        ({"types": "pilbup", "dates": {"hasil": "2018-06-27"}}, []),
        ({"types": {"2018": "pilkada"}, "dates": "2018-06-27"}, []),
    ],
)
def test_what_a_title_tells_otherwise_is_refused(
    tmp_path: Path, said_of: dict[str, object], rule: list[str]
) -> None:
    path = titled(tmp_path / "hasil.csv", "Pemilihan Bupati 27 Juni 2018")
    reading = load_results(path, hints=Hints.of(**said_of))  # type: ignore[arg-type]
    assert [error.rule for error in reading.errors] == rule
    if rule:
        assert "hasil.csv: row 1 tells" in said(reading)


@pytest.mark.slow
@pytest.mark.parametrize("said_of", [{"types": {"2018": "pilpres"}}, {"types": "pilpres"}])
def test_what_a_header_tells_otherwise_is_refused(said_of: dict[str, object]) -> None:
    wide = pd.DataFrame(
        {
            "Desa": ["Murni", "Legok"],
            "DPT pilbup 27 Juni 2018": [1000, 2000],
            "Hadir pilbup 27 Juni 2018": [700, 1500],
        }
    )
    reading = load_results(wide, hints=Hints.of(**said_of))  # type: ignore[arg-type]
    assert [error.rule for error in reading.errors] == ["told_otherwise"]
    assert not load_results(wide, hints=Hints.of(types={"2018": "pilbup"})).errors


@pytest.mark.slow
def test_what_the_user_says_of_the_silent_is_no_contradiction_to_others(tmp_path: Path) -> None:
    silent = results(Jenis=None).iloc[[1, 3]]
    path = workbook(tmp_path / "a.xlsx", Satu=results().iloc[[0, 2]], Dua=silent)
    assert not load_results(path, hints=Hints.of(types="pilkada")).errors
    days = workbook(tmp_path / "b.xlsx", Satu=results().iloc[[0, 2]], Dua_2020=silent)
    told = Hints.of(types="pilkada", dates={"2020": "2020-12-09"})
    assert not load_results(days, hints=told).errors


def test_one_row_of_another_day_is_told_beside_those_that_agree() -> None:
    days = ["2019-04-17", "2020-12-09", "2019-04-17", "2020-12-19"]
    reading = load_results(results(Tanggal=days), hints=Hints.of(dates={"2020": "2020-12-09"}))
    assert "Row 3 tells the day 19 December 2020 (1 row in all)" in said(reading)


def test_a_type_that_the_user_renames_is_the_one_he_says() -> None:
    reading = load_results(results(), hints=Hints.of(types={"pilkada": "pilbup"}))
    assert not reading.errors
    assert set(reading.table["election_type"]) == {"pemilu", "pilbup"}


@pytest.mark.parametrize(
    ("kind", "label"), [("Pilpres", "pilpres"), ("PPWP", "PPWP"), ("Pilpres 2019", "2019")]
)
@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("pileg", ["told_otherwise"]),
        ("pilkada", ["told_otherwise"]),
        ("pilpres", []),
        ("presidential", []),
    ],
)
def test_a_type_is_not_renamed_to_one_that_it_cannot_be(
    kind: str, label: str, said: str, rules: list[str]
) -> None:
    table = results(Tanggal="2019-04-17", Jenis=kind).iloc[[0, 2]]
    reading = load_results(table, hints=Hints.of(types={label: said}))
    assert [error.rule for error in reading.errors] == rules


def test_a_day_of_another_year_than_the_rows_tell_is_refused() -> None:
    table = results(Tanggal=None).assign(Tahun=[2019, 2020] * 2)
    days = {"2019": "2018-04-17", "2020": "2020-12-09"}
    [error] = load_results(table, hints=Hints.of(dates=days)).errors
    assert error.rule == "told_otherwise"
    assert "Row 0 tells the year 2019 (2 rows in all)" in error.say()
    assert "2018-04-17" in error.say()
    assert not load_results(table, hints=Hints.of(dates={**days, "2019": "2019-04-17"})).findings


def test_a_label_that_names_another_type_is_refused(tmp_path: Path) -> None:
    path = titled(tmp_path / "pilpres 2019.csv")
    told = Hints.of(types={"2019 pilpres": "pileg"}, dates="2019-04-17")
    [error] = load_results(path, hints=told).errors
    assert error.rule == "told_otherwise"
    assert "names the type pilpres" in error.say()
    assert not load_results(path, hints=Hints.of(types="pilpres", dates="2019-04-17")).findings


@pytest.mark.parametrize("wide", ["2019", ""])
def test_what_narrower_labels_leave_nothing_to_is_told(wide: str) -> None:
    table = results(Tanggal=None, Jenis=["pilpres", "pileg"] * 2).assign(Tahun=2019)
    day = "2019-04-17"
    narrow = {"2019 pilpres": day, "2019 pileg": day}
    whole = load_results(table, hints=Hints.of(dates=narrow))
    assert not whole.findings
    told = load_results(table, hints=Hints.of(dates={wide: "2018-04-17", **narrow}))
    assert [one.rule for one in told.findings] == ["says_nothing"]
    assert told.table.equals(whole.table)
    part = {"2019 pilpres": day, "2019": day}
    assert not load_results(table, hints=Hints.of(dates=part)).findings


@pytest.mark.parametrize("label", ["year", "election"])
@pytest.mark.parametrize("says", ["dates", "types"])
def test_what_is_said_of_one_election_is_not_carried_to_the_next(label: str, says: str) -> None:
    names = {"year": [2019, 2020], "election": ["Putaran A", "Putaran B"]}[label]
    table = results(Tanggal=None, Jenis=None).assign(
        **{"Tahun" if label == "year" else "Pemilihan": names * 2}
    )
    told = {
        "dates": {
            str(name): day for name, day in zip(names, ("2019-04-17", "2020-12-09"), strict=True)
        },
        "types": {str(name): kind for name, kind in zip(names, ("pileg", "pilwako"), strict=True)},
    }
    assert not load_results(table, hints=Hints.of(**told)).errors
    one = {**told, says: {str(names[0]): told[says][str(names[0])]}}
    reading = load_results(table, hints=Hints.of(**one))
    assert reading.table.empty
    rule = {"dates": "untold_days", "types": "untold_election"}[says]
    assert rule in [error.rule for error in reading.errors]
    assert str(names[1]) in said(reading)
