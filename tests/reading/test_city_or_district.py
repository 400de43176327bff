"""Kecamatan called *Kota Baru*, and cities, in rolls, results and counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading import load_counted
from turnout.reading.results import load_results
from turnout.reading.roll import load_roll
from turnout.schema import canonical_results

AREAS = {
    "Kota Agung": ("Pasar Madang", "Kuripan", "Baros"),
    "Muara Sungai": ("Sungai Besar", "Teluk Dalam", "Air Hitam"),
    "Bukit Raya": ("Bukit Indah", "Batu Ampar", "Lubuk Sari"),
}
SIZES = (3120, 4471, 2213)


def workbook(path: Path, sheets: dict[str, pd.DataFrame], title: str = "") -> Path:
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, table in sheets.items():
            table.to_excel(book, sheet_name=name, index=False, startrow=2 if title else 0)
            if title:
                book.sheets[name].cell(1, 1, title.format(name=name))
    return path


def roll_of(areas: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({"Desa/Kelurahan": areas, "DPT": SIZES})


def past(city: str | None = None) -> pd.DataFrame:
    rows = [
        {
            "city": city,
            "district": district,
            "area": area,
            "date": pd.Timestamp("2020-12-09"),
            "election_type": "pilkada",
            "registered": size,
            "voters": size // 2,
        }
        for district, areas in AREAS.items()
        for area, size in zip(areas, SIZES, strict=True)
    ]
    return pd.DataFrame(rows)


def upper(table: pd.DataFrame) -> set[tuple[str | None, str | None]]:
    pairs = table[["city", "district"]].astype("object")
    return set(pairs.where(pairs.notna(), None).itertuples(index=False, name=None))


def test_a_sheet_beside_those_of_kecamatan_is_of_one(tmp_path: Path) -> None:
    sheets = {name: roll_of(areas) for name, areas in AREAS.items()}
    path = workbook(tmp_path / "dpt.xlsx", sheets)
    assert upper(load_roll(path).table) == {(None, "Kota Agung"), (None, None)}
    for table in sheets.values():
        table["Kecamatan"] = "KOTA AGUNG" if "Baros" in set(table["Desa/Kelurahan"]) else "Lain"
    path = workbook(tmp_path / "kecamatan.xlsx", sheets)
    assert {city for city, _ in upper(load_roll(path).table)} == {None}


@pytest.mark.parametrize("name", ["Kota Agung", "KOTA AGUNG", "Kota  Agung"])
def test_past_results_tell_whether_a_sheet_is_of_a_city(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path / "dpt.xlsx", {name: roll_of(AREAS["Kota Agung"])})
    [(city, district)] = upper(load_roll(path, past()).table)
    assert city is None
    assert str(district).casefold().split() == ["kota", "agung"]
    assert {city for city, _ in upper(load_roll(path).table)} != {None}


def test_a_title_says_the_kind_before_the_name(tmp_path: Path) -> None:
    sheets = {"Kota Agung": roll_of(AREAS["Kota Agung"])}
    for number, title in enumerate(["DPT KECAMATAN KOTA AGUNG", "Daftar Pemilih Kec. Kota Agung"]):
        path = workbook(tmp_path / f"{number}.xlsx", sheets, title)
        assert upper(load_roll(path).table) == {(None, "Kota Agung")}


@pytest.mark.parametrize("known", ["Kota Jambi", "Jambi"])
def test_cities_stay_cities(tmp_path: Path, known: str) -> None:
    sheets = {"Kota Jambi": roll_of(AREAS["Kota Agung"]), "Bungo": roll_of(AREAS["Bukit Raya"])}
    path = workbook(tmp_path / "dpt.xlsx", sheets)
    assert ("Kota Jambi", None) in upper(load_roll(path, past(known)).table)
    sheets = {"Kota Jambi": sheets["Kota Jambi"], "Kab. Bungo": sheets["Bungo"]}
    path = workbook(tmp_path / "kota.xlsx", sheets)
    assert upper(load_roll(path).table) == {("Kota Jambi", None), ("Kab. Bungo", None)}


def test_a_column_of_cities_holds_cities() -> None:
    roll = roll_of(AREAS["Kota Agung"]).assign(**{"Kabupaten/Kota": ["Kota Agung", None, None]})
    assert "Kota Agung" in set(load_roll(roll, past()).table["city"])


def test_totals_of_a_mixed_column_are_of_kecamatan() -> None:
    rows = []
    for district, areas in AREAS.items():
        rows.append((district, sum(SIZES), sum(size * 2 // 3 for size in SIZES)))
        rows += [(area, size, size * 2 // 3) for area, size in zip(areas, SIZES, strict=True)]
    count = pd.DataFrame(rows, columns=["Kecamatan/Desa", "DPT", "Pengguna Hak Pilih"])
    read = load_counted(
        count, election=Election("2024-11-27", "pilkada"), results=canonical_results(past())
    )
    assert not read.errors
    assert {city for city, _ in upper(read.table)} == {None}
    assert "Kota Agung" in set(read.table["district"])


def test_results_of_one_kecamatan_a_sheet(tmp_path: Path) -> None:
    sheets = {
        name: roll_of(areas).assign(
            Pengguna=[size // 2 for size in SIZES], Tanggal="9 Desember 2020", Jenis="Pilkada"
        )
        for name, areas in AREAS.items()
    }
    table = load_results(workbook(tmp_path / "hasil.xlsx", sheets)).table
    assert {city for city, _ in upper(table)} == {None}


@pytest.mark.parametrize(
    ("sheet", "title", "city", "district"),
    [
        ("Bukit Raya", "DPT KECAMATAN BUKIT RAYA PILKADA 2024", None, "Bukit Raya"),
        (
            "Bukit Raya 2024",
            "Daftar Pemilih Kec. Bukit Raya Kabupaten Sukajadi",
            "Kabupaten Sukajadi",
            "Bukit Raya",
        ),
        ("Bukit", "DPT KECAMATAN BUKIT RAYA PILKADA 2024", None, None),
        ("Bukit Raya", "DPT KECAMATAN MUARA SUNGAI", None, None),
        ("DPT 2024", "DPT KECAMATAN MUARA SUNGAI", None, None),
        ("Bukit Raya", "DPT KABUPATEN SUKAJADI", "KABUPATEN SUKAJADI", None),
        ("DPT", "REKAP DPT SE-KABUPATEN MUARA RAYA TAHUN 2024", "KABUPATEN MUARA RAYA", None),
        ("DPT", "Daftar Pemilih Kota Agung Provinsi Lampung", "Kota Agung", None),
        ("DPT", "DPT per Kabupaten/Kota di Provinsi Lampung", None, None),
        ("DPT", "DPT Kabupaten Raya dibandingkan dengan Kabupaten Sukajadi", None, None),
        ("DPT", "Daftar Pemilih Kelurahan Kota Agung", None, None),
    ],
)
def test_a_sheet_that_its_title_calls_a_kecamatan_is_of_one(
    tmp_path: Path, sheet: str, title: str, city: str | None, district: str | None
) -> None:
    path = workbook(tmp_path / "dpt.xlsx", {sheet: roll_of(AREAS["Bukit Raya"])}, title)
    assert upper(load_roll(path).table) == {(city, district)}
    results = roll_of(AREAS["Bukit Raya"]).assign(
        Pengguna=1000, Tanggal="9 Desember 2020", Jenis="pilkada"
    )
    path = workbook(tmp_path / "hasil.xlsx", {sheet: results}, title)
    if "2024" not in f"{sheet}{title}":  # a title of another year is told as that
        assert upper(load_results(path).table) == {(city, district)}


@pytest.mark.parametrize("cities", [False, True])
def test_sheets_with_totals_beside_one_of_all_kecamatan(tmp_path: Path, cities: bool) -> None:
    areas = {("Kota Baru" if name == "Bukit Raya" else name): AREAS[name] for name in AREAS}
    sheets = {name: _with_total(roll_of(names)) for name, names in areas.items()}
    rows = [{"Kecamatan": name, "DPT": sum(SIZES)} for name in areas]
    recap = pd.DataFrame([*rows, {"Kecamatan": "JUMLAH", "DPT": 3 * sum(SIZES)}])
    known = None
    if cities:  # these are cities then, each with a sheet
        sheets.pop("Muara Sungai")
        recap = recap.rename(columns={"Kecamatan": "Kota"}).drop(index=[1, 3])
        known = pd.concat([past(city="Kota Agung"), past(city="Kota Baru")], ignore_index=True)
    path = workbook(tmp_path / "dpt.xlsx", {**sheets, "REKAP": recap})
    reading = load_roll(path, known)
    assert not reading.errors
    table = reading.table
    assert table["area"].notna().sum() == 3 * len(sheets)
    assert table.loc[table["area"].notna(), "registered"].sum() == len(sheets) * sum(SIZES)
    assert table["city"].notna().any() == cities


def _with_total(table: pd.DataFrame) -> pd.DataFrame:
    total = pd.DataFrame({"Desa/Kelurahan": ["JUMLAH"], "DPT": [sum(SIZES)]})
    return pd.concat([table, total], ignore_index=True)
