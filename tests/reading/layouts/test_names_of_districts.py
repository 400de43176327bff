"""Kelurahan that bear the name of their kecamatan, beside rows that are its total."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading.reading import Reading
from turnout.reading.results import load_counted, load_results
from turnout.reading.roll import load_roll

Row = tuple[str | None, str | None, int, int]
COMING = Election("2024-11-27", "pilkada")


def results(rows: list[Row]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["Kelurahan", "Kecamatan", "DPT", "Pengguna Hak Pilih"])
    return table.assign(Tanggal="9 Desember 2020", Jenis="Pilkada")


CHANCE: dict[str, list[Row]] = {
    "of all others, elsewhere": [
        ("Olak Kemang", "Danau Teluk", 512, 301),
        ("Jelutung", "Jelutung", 2310, 1122),
        ("Mayang", "Alam Barajo", 900, 520),
        ("Solok Sipin", "Danau Sipin", 701, 301),
    ],
    "of some, in the same kecamatan": [
        ("Handil Jaya", "Jelutung", 1400, 800),
        ("Lebak Bandung", "Jelutung", 1300, 655),
        ("Jelutung", "Jelutung", 2910, 1455),
        ("Payo Lebar", "Jelutung", 1100, 702),
        ("Mayang", "Alam Barajo", 1250, 711),
    ],
}


@pytest.mark.parametrize("rows", CHANCE.values(), ids=list(CHANCE))
def test_voters_that_add_up_by_chance_make_no_total(rows: list[Row]) -> None:
    reading = load_results(results(rows))
    assert reading.table["area"].tolist() == [row[0] for row in rows]
    assert [one.rule for one in reading.findings] == []


def test_registered_that_add_up_by_chance_make_no_total() -> None:
    rows = [(name, district, registered) for name, district, registered, _ in CHANCE[
        "of some, in the same kecamatan"]]  # fmt: skip
    rows[2] = ("Jelutung", "Jelutung", 1400 + 1300)
    roll = load_roll(pd.DataFrame(rows, columns=["Kelurahan", "Kecamatan", "DPT"]))
    assert roll.table["area"].tolist() == [row[0] for row in rows]


TOTAL: list[Row] = [
    ("Handil Jaya", "Jelutung", 1400, 800),
    ("Lebak Bandung", "Jelutung", 1300, 655),
    ("Jelutung", "Jelutung", 2700, 1455),
    ("Mayang", "Alam Barajo", 1250, 711),
    ("Bagan Pete", "Alam Barajo", 1150, 690),
]


def test_the_sum_of_all_its_kelurahan_is_their_total() -> None:
    reading = load_results(results(TOTAL))
    assert [one.rule for one in reading.findings] == ["total_found"]
    whole = reading.table[reading.table["area"].isna()]
    assert whole[["district", "registered"]].to_numpy().tolist() == [["Jelutung", 2700.0]]


def test_a_total_with_a_fault_is_told() -> None:
    rows = [*TOTAL]
    rows[2] = ("Jelutung", "Jelutung", 27_000, 1455)
    assert "total_found" in {one.rule for one in load_results(results(rows)).findings}


@pytest.mark.parametrize("roll", [0, 900])
def test_where_nothing_is_in_yet_no_kelurahan_is_the_total_of_the_others(roll: int) -> None:
    names = ["Kota Baru", "Kasang", "Murni", "Legok", "Solok Sipin"]
    count = pd.DataFrame({"Kelurahan": names, "Kecamatan": "Kota Baru", "DPT": roll})
    count = count.assign(**{"Pengguna Hak Pilih": 0, "TPS Masuk": 0, "Jumlah TPS": 2})
    assert load_counted(count, election=COMING).table["area"].tolist() == names


NORTH: list[Row] = [
    ("Kasang", "Utara", 500, 301),
    ("Murni", "Utara", 420, 251),
    ("Utara", "Utara", 610, 350),
]
SOUTH: list[Row] = [
    ("Pasir", "Selatan", 300, 201),
    ("Lebak", "Selatan", 720, 451),
    ("Tambak", "Selatan", 410, 250),
]
EAST: list[Row] = [
    ("Pasar", "Timur", 350, 211),
    ("Lagan", "Timur", 760, 411),
    ("Tembok", "Timur", 415, 254),
]


def totals(north: Row, south: Row, east: Row) -> list[Row]:
    return [*NORTH, north, *SOUTH, south, *EAST, east]


WITHOUT_KECAMATAN: tuple[Row, Row, Row] = (
    ("Utara", None, 1530, 902),
    ("Selatan", None, 1430, 902),
    ("Timur", None, 1525, 876),
)
IN_THEIRS: tuple[Row, Row, Row] = (
    ("Utara", "Utara", 1530, 902),
    ("Selatan", "Selatan", 1430, 902),
    ("Timur", "Timur", 1525, 876),
)
NAMED: dict[str, list[Row]] = {
    "without a kecamatan": totals(*WITHOUT_KECAMATAN),
    "in their kecamatan": totals(*IN_THEIRS),
    "above their rows": [
        row
        for total, rows in zip(WITHOUT_KECAMATAN, (NORTH, SOUTH, EAST), strict=True)
        for row in (total, *rows)
    ],
}


@pytest.mark.parametrize("rows", NAMED.values(), ids=list(NAMED))
@pytest.mark.parametrize("city", [None, "Kota Jambi"])
def test_totals_under_the_name_of_their_kecamatan_are_no_kelurahan(
    rows: list[Row], city: str | None
) -> None:
    table = results(rows) if city is None else results(rows).assign(Kota=city)
    reading = load_results(table)
    assert [one.rule for one in reading.findings] == ["total_found"]
    whole = reading.table[reading.table["area"].isna()]
    assert whole["district"].tolist() == ["Utara", "Selatan", "Timur"]
    assert reading.table["registered"].sum() == 2 * (1530 + 1430 + 1525)


OFF: dict[str, list[Row]] = {
    "without a kecamatan": totals(*WITHOUT_KECAMATAN[:2], ("Timur", None, 1534, 866)),
    "without a kecamatan, a digit short": totals(*WITHOUT_KECAMATAN[:2], ("Timur", None, 153, 87)),
    "in its kecamatan": totals(*IN_THEIRS[:2], ("Timur", "Timur", 1534, 866)),
    "alone": [*NORTH, *SOUTH, *EAST, ("Timur", None, 1534, 866)],
}


@pytest.mark.parametrize("rows", OFF.values(), ids=list(OFF))
def test_such_a_total_that_is_not_the_sum_is_told_as_a_total(rows: list[Row]) -> None:
    findings = load_results(results(rows)).findings
    assert {one.rule for one in findings if one.severity == "error"} == {"total_below_parts"}


@pytest.mark.parametrize("district", [None, "Utara"])
@pytest.mark.parametrize("named", [(), WITHOUT_KECAMATAN], ids=["alone", "beside totals"])
def test_a_kelurahan_under_the_name_of_its_kecamatan_stays_one(
    district: str | None, named: tuple[Row, ...]
) -> None:
    own: Row = ("Utara", district, 610, 350)
    rows = [*NORTH[:2], own, *named[:1], *SOUTH, *named[1:2], *EAST, *named[2:]]
    areas = load_results(results(rows)).table["area"]
    assert areas.dropna().tolist() == [row[0] for row in (*NORTH, *SOUTH, *EAST)]


@pytest.mark.parametrize("lost", ["251 ribu", None])
@pytest.mark.parametrize("total", [("", "Jumlah Kec. Utara"), ("Jumlah Utara", "Utara")])
def test_a_total_over_rows_that_lack_a_figure_is_not_judged(
    lost: str | None, total: tuple[str, str]
) -> None:
    table = results([*NORTH, (*total, 1530, 902), *SOUTH, ("", "Jumlah Kec. Selatan", 1430, 902)])
    table["Pengguna Hak Pilih"] = table["Pengguna Hak Pilih"].astype(object)
    table.loc[1, "Pengguna Hak Pilih"] = lost
    reading = load_results(table)
    told = "unreadable_number" if lost else "missing_voters"
    assert {one.rule for one in reading.findings} == {told}
    whole = reading.table[reading.table["area"].isna()]
    assert whole["district"].tolist() == ["Utara", "Selatan"]


def test_a_total_over_rows_that_are_known_is_judged() -> None:
    rows = [*NORTH, ("", "Jumlah Kec. Utara", 1531, 912), *SOUTH]
    assert [one.rule for one in load_results(results(rows)).errors] == ["total_row"]


def sheet(tmp_path: Path, rows: list[Row]) -> Reading:
    titles = "PARTISIPASI PEMILIH KOTA JAMBI", "Pilkada 9 Desember 2020"
    lines = [
        *([title, None, None, None] for title in titles),
        ["Kelurahan", "Kecamatan", "DPT", "Pengguna Hak Pilih"],
        *rows,
    ]
    pd.DataFrame(lines).to_excel(tmp_path / "rekap.xlsx", header=False, index=False)
    return load_results(tmp_path / "rekap.xlsx")


def without_names(north: int) -> list[Row]:
    blank = [(None, None, *figures) for figures in ((1530, north), (1430, 902), (1525, 876))]
    return [*totals(*blank), (None, None, 1530 + 1430 + 1525, 902 + 902 + 876)]


def test_subtotals_without_a_name_are_those_of_the_rows_above(tmp_path: Path) -> None:
    table = sheet(tmp_path, without_names(902)).table
    whole = table[table["area"].isna()]
    assert whole["district"].tolist() == ["Utara", "Selatan", "Timur", None]
    assert whole["registered"].tolist() == [1530, 1430, 1525, 1530 + 1430 + 1525]


def test_one_that_is_not_the_sum_of_the_rows_above_is_told_at_its_row(tmp_path: Path) -> None:
    errors = sheet(tmp_path, without_names(812)).errors
    assert [(one.rule, one.spot.row) for one in errors] == [("total_below_parts", 7)]
