"""Areas on the sheet of their kecamatan and on that of all kecamatan."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from turnout.reading.hints import Hints
from turnout.reading.reading import Reading
from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

AREAS = {
    "Pasar": {"Beringin": (3120, 2100), "Orang Kayo Hitam": (4471, 2999), "Legok": (2210, 1801)},
    "Jelutung": {"Handil": (2733, 2001), "Legok": (1987, 1203), "Payo Lebar": (5102, 3377)},
}
SAID = Hints.of(dates={"2020": "2020-12-09"}, types="pilkada")
Sheets = dict[str, pd.DataFrame]


def sheets(*, district: bool = False, total: bool = False) -> Sheets:
    """Return a sheet of all areas and one for each kecamatan."""
    rows = [
        (upper, name, *figures) for upper, held in AREAS.items() for name, figures in held.items()
    ]
    headers = ["Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
    whole = pd.DataFrame(rows, columns=headers)
    parts = {}
    for upper in AREAS:
        part = whole[whole["Kecamatan"] == upper]
        if total:
            sums = part[headers[2:]].sum()
            part = pd.concat([part, pd.DataFrame([{"Kelurahan": "JUMLAH", **sums}])])
        parts[f"{upper} 2020"] = part if district else part.drop(columns="Kecamatan")
    return {"Semua 2020": whole, **parts}


def read(folder: Path, tables: Sheets) -> Reading:
    path = folder / "hasil.xlsx"
    with pd.ExcelWriter(path) as book:
        for name, table in tables.items():
            table.to_excel(book, sheet_name=name, index=False)
    return load_results(path, hints=SAID)


@pytest.mark.parametrize("total", [False, True])
@pytest.mark.parametrize("district", [False, True])
def test_areas_told_twice_alike_count_once(tmp_path: Path, district: bool, total: bool) -> None:
    tables = sheets(district=district, total=total)
    for order in (list(tables), list(tables)[::-1]):
        found = read(tmp_path, {name: tables[name] for name in order})
        assert found.errors == ()
        [told] = [one for one in found.warnings if one.rule == "sheet_repeats"]
        assert "Pasar 2020" in told.say("id")
        assert "Jelutung 2020" in told.say("id")
        areas = found.table[found.table["area"].notna()]
        assert len(areas) == 6
        assert areas["district"].notna().all()
        assert areas["voters"].sum() == sum(v for held in AREAS.values() for _, v in held.values())


def test_figures_that_differ_are_told_with_both_sheets(tmp_path: Path) -> None:
    tables = sheets(district=True)
    tables["Jelutung 2020"].loc[lambda table: table["Kelurahan"] == "Handil", "DPT"] = 2773
    [error] = read(tmp_path, tables).errors
    assert (error.rule, error.spot.value) == ("sheets_differ", "2733")
    for lang in ("en", "id"):
        said = error.say(lang)
        assert all(one in said for one in ("2733", "2773", "Jelutung 2020", "Semua 2020"))


def test_a_sheet_that_repeats_another_of_the_same_areas_is_refused(tmp_path: Path) -> None:
    tables = sheets(district=True)
    copied = {"Pasar 2020": tables["Pasar 2020"], "Jelutung 2020": tables["Pasar 2020"]}
    assert {one.rule for one in read(tmp_path, copied).errors} == {"repeated_key"}


def test_sheets_of_other_areas_stay_quiet(tmp_path: Path) -> None:
    tables = sheets(district=True)
    del tables["Semua 2020"]
    found = read(tmp_path, tables)
    assert (len(found.table), found.findings) == (6, ())


def test_a_roll_told_twice_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "dpt.xlsx"
    with pd.ExcelWriter(path) as book:
        for name, table in sheets().items():
            table.drop(columns="Pengguna Hak Pilih").to_excel(book, sheet_name=name, index=False)
    found = load_roll(path)
    assert found.errors == ()
    assert found.table["registered"].sum() == sum(
        registered for held in AREAS.values() for registered, _ in held.values()
    )


def titled(folder: Path, tables: Sheets) -> Reading:
    """Read a workbook whose sheets have a title that says of which kecamatan each is."""
    path = folder / "berjudul.xlsx"
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, table in tables.items():
            table.to_excel(book, sheet_name=name, index=False, startrow=2)
            district = name.removesuffix(" 2020").upper()
            said = "REKAPITULASI" if district == "SEMUA" else f"KECAMATAN {district}"
            book.sheets[name].cell(1, 1, f"{said} PILKADA 2020")
    return load_results(path, hints=SAID)


@pytest.mark.parametrize("total", [False, True])
@pytest.mark.parametrize("off", [-120, 0, 120])
def test_totals_on_another_sheet_are_held_against_their_areas(
    tmp_path: Path, off: int, total: bool
) -> None:
    tables = sheets(total=total)
    sums = tables["Semua 2020"].groupby("Kecamatan").sum(numeric_only=True).reset_index()
    sums.loc[sums["Kecamatan"] == "Jelutung", "Pengguna Hak Pilih"] += off
    found = titled(tmp_path, {**tables, "Semua 2020": sums.rename(columns={"index": "Kecamatan"})})
    assert bool(found.errors) == bool(off)
    assert all("Jelutung" in one.say("id") for one in found.errors)
    assert "repeated_key" not in {one.rule for one in found.findings}
    if off == 0:
        assert set(found.table["district"]) == {"Pasar", "Jelutung"}
