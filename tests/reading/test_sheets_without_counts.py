"""Sheets of a workbook that name places and lack their counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from turnout.cli.files import role_of, roles_in
from turnout.reading.hints import Hints
from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

TOWNS = {"Pasar": ("Beringin", "Orang Kayo Hitam"), "Kota Baru": ("Kenali Asam", "Simpang Tiga")}


def workbook(folder: Path, sheets: dict[str, pd.DataFrame]) -> Path:
    path = folder / "buku.xlsx"
    with pd.ExcelWriter(path) as book:
        for name, table in sheets.items():
            table.to_excel(book, sheet_name=name, index=False)
    return path


def roll_of(district: str) -> pd.DataFrame:
    areas = TOWNS[district]
    return pd.DataFrame(
        {"Kecamatan": district, "Kelurahan": areas, "Jumlah Pemilih": [3120, 4471][: len(areas)]}
    )


def results_of(district: str) -> pd.DataFrame:
    rows = [
        (day, "Pilkada", district, area, registered, voters)
        for day in ("27 Juni 2018", "9 Desember 2020")
        for area, registered, voters in zip(
            TOWNS[district], (3010, 4405), (2100, 2999), strict=True
        )
    ]
    headers = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
    return pd.DataFrame(rows, columns=headers)


def test_a_roll_of_which_one_sheet_lacks_its_counts_is_told(tmp_path: Path) -> None:
    sheets = {name: roll_of(name) for name in TOWNS}
    assert len(load_roll(workbook(tmp_path, sheets)).table) == 4
    sheets["Kota Baru"] = sheets["Kota Baru"].drop(columns="Jumlah Pemilih")
    [told] = load_roll(workbook(tmp_path, sheets)).findings
    assert (told.rule, told.spot.sheet) == ("sheet_left_out", "Kota Baru")
    assert "registered" in told.say("en")


@pytest.mark.parametrize("lost", [["Jumlah Pemilih"], ["Jumlah Pemilih", "Kecamatan"]])
def test_a_roll_of_which_one_sheet_is_lost_is_no_whole(tmp_path: Path, lost: list[str]) -> None:
    past = load_results(pd.concat([results_of(name) for name in TOWNS])).table
    sheets = {name: roll_of(name) for name in TOWNS}
    assert load_roll(workbook(tmp_path, sheets), past).findings == ()
    sheets["Kota Baru"] = sheets["Kota Baru"].drop(columns=lost)
    [told] = load_roll(workbook(tmp_path, sheets), past).errors
    assert (told.rule, told.spot.sheet) == ("sheet_left_out", "Kota Baru")
    for lang in ("en", "id"):
        assert "Kenali Asam ... Simpang Tiga" in told.say(lang)
        assert "Pasar" in told.say(lang)


def test_a_list_of_something_else_beside_a_roll_is_only_told(tmp_path: Path) -> None:
    past = load_results(pd.concat([results_of(name) for name in TOWNS])).table
    offices = pd.DataFrame({"Kelurahan": ["Beringin", "Rawasari", "Legok"], "Alamat": "Jalan"})
    sheets = {name: roll_of(name) for name in TOWNS} | {"PPS": offices}
    read = load_roll(workbook(tmp_path, sheets), past)
    assert read.errors == ()
    assert [one.rule for one in read.warnings] == ["sheet_left_out"]


@pytest.mark.parametrize("lost", [["DPT"], ["Pengguna Hak Pilih"], ["DPT", "Pengguna Hak Pilih"]])
def test_results_of_which_one_sheet_lacks_counts_are_told(tmp_path: Path, lost: list[str]) -> None:
    sheets = {name: results_of(name) for name in TOWNS}
    sheets["Pasar"] = sheets["Pasar"].drop(columns=lost)
    path = workbook(tmp_path, sheets)
    assert role_of(path) == "results"
    told = [one for one in load_results(path).findings if one.rule == "sheet_left_out"]
    assert [one.spot.sheet for one in told] == ["Pasar"]


def test_a_list_of_the_places_that_are_read_is_left_out_without_a_word(tmp_path: Path) -> None:
    whole = pd.concat([roll_of(name) for name in TOWNS])
    sheets = {"DPT 2024": whole, "Daftar": whole[["Kecamatan", "Kelurahan"]]}
    assert load_roll(workbook(tmp_path, sheets)).findings == ()


def test_elections_without_counts_are_results_that_lack_them(tmp_path: Path) -> None:
    table = results_of("Pasar").drop(columns=["DPT", "Pengguna Hak Pilih"])
    path = workbook(tmp_path, {"Sheet1": table})
    assert role_of(path) == "results"
    assert {one.rule for one in load_results(path).errors} == {"missing_column"}


@pytest.mark.parametrize("kind", ["local election", "Landtagswahl"])
@pytest.mark.parametrize("rates", [False, True])
def test_one_file_of_several_that_lacks_its_voters_is_no_roll(
    tmp_path: Path, kind: str, rates: bool
) -> None:
    paths = []
    for year in (2019, 2021, 2023):
        votes = "Ballots" if year != 2021 else "Papers out of box"
        table = pd.DataFrame(
            {
                "Polling date": f"06/05/{year}",
                "Election type": kind,
                "Ward": ["Abbey", "Castle", "Park"],
                "Electorate": [7170, 4341, 5202],
                votes: [3019, 1280, 2004],
            }
        )
        if rates:
            table["Turnout"] = (100 * table[votes] / table["Electorate"]).round(1)
        paths.append(tmp_path / f"wards_{year}.csv")
        table.to_csv(paths[-1], index=False)
    assert roles_in(paths) == ["results"]
    [told] = load_results(paths).errors
    assert told.spot.file == "wards_2021.csv"
    assert "voters" in told.say("en")
    assert load_results([paths[0], paths[2]]).errors == ()


@pytest.mark.parametrize("unclear", [("May 2019", "May 2023"), ("May 2023",)])
def test_sheets_with_votes_beside_the_registered_are_no_rolls(
    tmp_path: Path, unclear: tuple[str, ...]
) -> None:
    wards = {"Ward": ["Abbey", "Castle", "Park"], "Electorate": [7170, 4341, 5202]}
    book = {
        day: pd.DataFrame(
            {**wards, ("Total votes" if day in unclear else "Votes cast"): [3019, 1280, 2004]}
        )
        for day in ("May 2019", "May 2023")
    }
    path = workbook(tmp_path, book)
    assert role_of(path) == "results"
    dates = {"May 2019": "2019-05-02", "May 2023": "2023-05-04"}
    said = Hints.of(dates=dates, types={"": "local election"})
    assert [one.spot.sheet for one in load_results(path, hints=said).errors] == [*unclear]
    said = Hints.of(dates=dates, types={"": "local election"}, columns={"Total votes": "voters"})
    read = load_results(path, hints=said)
    assert read.errors == ()
    assert read.table.groupby("date")["voters"].sum().tolist() == [6303, 6303]
    roll = pd.DataFrame({**wards, "Postal voters": [919, 480, 604]})
    rolls = {"A": roll, "B": roll.assign(Ward=["Mill", "Priory", "Quay"])}
    assert roles_in(workbook(tmp_path, rolls)) == ["roll"]


def test_a_roll_beside_results_stays_one(tmp_path: Path) -> None:
    book = {"results": results_of("Pasar"), "Sheet2": roll_of("Pasar")}
    assert roles_in(workbook(tmp_path, book)) == ["results", "roll"]


def test_activities_for_an_election_stay_a_log(tmp_path: Path) -> None:
    table = results_of("Pasar").drop(columns=["DPT", "Pengguna Hak Pilih"]).assign(Peserta=40)
    assert role_of(workbook(tmp_path, {"Sheet1": table})) == "outreach"


def titled(
    path: Path, sheets: dict[str, tuple[str, list[list[object]]]], day: str = "9 Desember 2020"
) -> Path:
    book = Workbook()
    for name, (district, rows) in sheets.items():
        sheet = book.create_sheet(name)
        for line in (
            [f"HASIL PILKADA {day}"],
            [district and f"KECAMATAN {district}"],
            *rows,
        ):
            sheet.append(line)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def lines_of(district: str, *, voters: bool = True) -> list[list[object]]:
    last = "Pengguna Hak Pilih" if voters else "Keterangan"
    rows = zip(TOWNS[district], (3010, 4405), (2100, 2999) if voters else ("-", "-"), strict=True)
    total = ["JUMLAH", 7415, 5099 if voters else "-"]
    return [["Desa", "DPT", last], *map(list, rows), total]


@pytest.mark.parametrize("day", ["9 Desember 2020", "TAHUN 2020"])
@pytest.mark.parametrize("recap", [False, True])
def test_one_kecamatan_of_an_election_without_its_voters(
    tmp_path: Path, recap: bool, day: str
) -> None:
    sheets = {name: (name, lines_of(name, voters=name != "Kota Baru")) for name in TOWNS}
    if recap:
        rows = [[name, 7415, 5099] for name in TOWNS]
        whole = [["Kecamatan", "DPT", "Pengguna Hak Pilih"], *rows, ["JUMLAH", 14830, 10198]]
        sheets["REKAP"] = ("", whole)
    path = titled(tmp_path / "2020.xlsx", sheets, day)
    dates = {"2020": "9 Desember 2020"} if "TAHUN" in day else {}
    [told] = load_results(path, hints=Hints.of(dates=dates)).findings
    assert (told.rule, told.severity) == ("part_without_voters", "error")
    assert told.spot.sheet == "Kota Baru"
    assert "2 wilayahnya" in told.say("id")
    assert "Pasar" in told.say("id")


def test_a_roll_beside_results_of_kecamatan_is_no_part_of_them(tmp_path: Path) -> None:
    rows = [["Kecamatan", "DPT", "Pengguna Hak Pilih"], *([name, 7415, 5099] for name in TOWNS)]
    roll = [["Desa", "DPT"], *(line[:2] for line in lines_of("Pasar")[1:-1])]
    path = titled(tmp_path / "2020.xlsx", {"hasil": ("", rows), "pemilih": ("", roll)})
    assert not load_results(path).errors


@pytest.mark.parametrize("total", [(None, "JUMLAH", 15182), ("Kota Baru", "Jumlah", 7591)])
def test_a_total_of_a_roll_names_the_place_that_is_missing(total: tuple[object, ...]) -> None:
    past = load_results(pd.concat([results_of(name) for name in TOWNS])).table
    whole = pd.concat([roll_of(name) for name in TOWNS])
    whole.loc[len(whole)] = [*total]
    assert load_roll(whole, past).errors == ()
    lacking = whole[whole["Kelurahan"] != "Simpang Tiga"]
    [told] = load_roll(lacking, past).errors
    assert "Simpang Tiga (Kota Baru), yang tidak ada di daftar pemilih" in told.say("id")
    [unnamed] = load_roll(lacking).errors
    assert "Simpang Tiga" not in unnamed.say("id")


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        (("DPT", "Pengguna Hak Pilih"), None),
        (("Lembar1", "Lembar2"), ("DPT KABUPATEN RIMBA", "PENGGUNA HAK PILIH KABUPATEN RIMBA")),
    ],
)
def test_registered_and_voters_on_sheets_of_their_own(
    tmp_path: Path, names: tuple[str, str], titles: tuple[str, str] | None
) -> None:
    elections = ["Pilbup 9 Desember 2020", "Pilpres 14 Februari 2024"]
    book = Workbook()
    for at, name in enumerate(names):
        sheet = book.create_sheet(name)
        sheet.append([titles[at]] if titles else [])
        sheet.append(["Kecamatan", "Desa", *elections])
        for area, registered, voters in [("Baros", 900, 600), ("Murni", 800, 500)][:: 1 - 2 * at]:
            sheet.append(["Pasar", area, *[(registered, voters)[at]] * 2])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "buku.xlsx")
    assert roles_in(tmp_path / "buku.xlsx") == ["results"]
    [told] = load_results(tmp_path / "buku.xlsx").findings
    assert told.rule == "figures_apart"
    said = told.say("id")
    assert all(name in said for name in names)
    assert "'DPT Pilbup 9 Desember 2020' dan 'Pengguna Hak Pilih Pilbup 9 Desember 2020'" in said
    headers = [f"{figure} {one}" for one in elections for figure in ("DPT", "Pengguna Hak Pilih")]
    joined = pd.DataFrame([["Pasar", "Baros", 900, 600, 900, 600]])
    joined.columns = ["Kecamatan", "Desa", *headers]
    assert load_results(workbook(tmp_path, {"Gabungan": joined})).table["voters"].sum() == 1200
    book.remove(book[names[1]])
    book.save(tmp_path / "dpt.xlsx")
    alone = load_results(tmp_path / "dpt.xlsx").findings
    assert [one.rule for one in alone] == ["missing_column"]
