"""The fullest layout of the commissions: lists of voters and of those who voted, by sex."""

import csv
from itertools import chain

import openpyxl
import pytest

from turnout.errors import DataError
from turnout.reading import load_results, load_roll
from turnout.reading.files.sheets import open_grids
from turnout.reading.headers.roles import role_of_sheet
from turnout.reading.hints import Hints

TITLE = ["REKAPITULASI HASIL PENGHITUNGAN SUARA", "PEMILIHAN GUBERNUR TAHUN 2024", "KOTA JAMBI"]
PLACES = [("Jelutung", "Handil Jaya"), ("Jelutung", "Lebak Bandung"), ("Pasar Jambi", "Beringin")]
LEFT = ["NO", "KECAMATAN", "KELURAHAN"]
SEXES = ["L", "P", "JML"]
DPT = [[400, 450, 850], [500, 520, 1020], [300, 330, 630]]


def summed(*lists: list[int]) -> list[int]:
    return [sum(figures) for figures in zip(*lists, strict=True)]


def body(whole: bool) -> list[list[object]]:
    """Rows of places: DPT, DPTb, DPK (and all) of the registered, and the four of the users."""
    rows: list[list[object]] = []
    for number, (place, dpt) in enumerate(zip(PLACES, DPT, strict=True), 1):
        dptb, dpk = [2, 3, 5], [10, 12, 22]
        used = [dpt[0] - 100, dpt[1] - 100, dpt[2] - 200]
        registered = [dpt, dptb, dpk, *([summed(dpt, dptb, dpk)] if whole else [])]
        users = [used, dptb, dpk, summed(used, dptb, dpk)]
        rows.append([number, *place, *chain(*registered, *users)])
    total = [sum(row[at] for row in rows) for at in range(3, len(rows[0]))]
    return [*rows, ["JUMLAH", None, None, *total]]


def spread(names: list[str]) -> list[str | None]:
    return [cell for name in names for cell in (name, None, None)]


def headers(kind: str) -> tuple[list[list[str | None]], bool]:
    """Header rows of a layout, and whether the registered have a sum of all lists."""
    lists = ["DPT", "DPTb", "DPK"]
    sexes = [None, None, None, *SEXES * 7]
    if kind == "two rows":
        group = [f"DATA PEMILIH DALAM {one}" for one in lists]
        users = [f"PENGGUNA HAK PILIH DALAM {one}" for one in lists]
        return [[*LEFT, *spread([*group, *users, "JUMLAH PENGGUNA HAK PILIH"])], sexes], False
    if kind == "bare lists":
        group = ["DATA PEMILIH DALAM DPT", *lists[1:], "PENGGUNA HAK PILIH DALAM DPT", *lists[1:]]
        return [[*LEFT, *spread([*group, "JUMLAH"])], sexes], False
    if kind == "said again":
        group = [f"JUMLAH PEMILIH DALAM {one}" for one in lists]
        users = [f"JUMLAH PENGGUNA HAK PILIH DALAM {one}" for one in lists]
        below = [*[None] * 3, *spread([*group, *users, "JUMLAH SELURUH PENGGUNA HAK PILIH"])]
        above = [*LEFT, "DATA PEMILIH", *[None] * 8, "PENGGUNA HAK PILIH", *[None] * 11]
        return [above, below, sexes], False
    above = [*LEFT, kind, *[None] * 11, "PENGGUNA HAK PILIH", *[None] * 11]
    below = [*[None] * 3, *spread([*lists, "JUMLAH"] * 2)]
    return [above, below, [None, None, None, *SEXES * 8]], True


def book(path, kind: str, *, merged: bool = True):
    """Write a sheet of the layout, its header cells merged as offices merge them."""
    above, whole = headers(kind)
    sheet = (file := openpyxl.Workbook()).active
    for line in TITLE:
        sheet.append([line])
    for row in [[], *above, *body(whole)]:
        sheet.append(row)
    if merged:
        first, last = len(TITLE) + 2, len(TITLE) + 1 + len(above)
        for column in (1, 2, 3):
            sheet.merge_cells(None, first, column, last, column)
        for row in range(first, last):
            told = [at for at, cell in enumerate(sheet[row], 1) if cell.value and at > 3]
            for at, end in zip(told, [*told[1:], sheet.max_column + 1], strict=True):
                sheet.merge_cells(None, row, at, row, end - 1)
    if path.suffix == ".xlsx":
        file.save(path)
        return path
    with path.open("w", newline="") as text:
        csv.writer(text).writerows(sheet.iter_rows(values_only=True))
    return path


def test_a_title_over_all_figures_leaves_the_places_their_headers(tmp_path):
    above, _ = headers("PEMILIH")
    titled = [[*LEFT, "PEMILIH DAN PENGGUNA HAK PILIH"], [None] * 3 + above[0][3:], *above[1:]]
    path = tmp_path / "a.csv"
    with path.open("w", newline="") as text:
        csv.writer(text).writerows([*([line] for line in TITLE), *titled, *body(whole=True)])
    reading = load_results(path, hints=Hints.of(None, "2024-11-27", None, None))
    assert [one.rule for one in reading.findings] == ["other_lists"]
    assert reading.table["area"].dropna().tolist() == [area for _, area in PLACES]


KINDS = ["two rows", "bare lists", "said again", "PEMILIH", "DATA PEMILIH", "DATA PEMILIH DALAM"]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", KINDS)
def test_registered_are_the_fixed_list_and_voters_those_of_all(tmp_path, kind, ending):
    path = book(tmp_path / f"a.{ending}", kind)
    assert role_of_sheet(open_grids(path)[0]) == "results"
    reading = load_results(path, hints=Hints.of(None, "2024-11-27", None, None))
    areas = reading.table[reading.table["area"].notna()]
    assert list(areas["registered"]) == [850, 1020, 630]
    assert list(areas["voters"]) == [677, 847, 457]
    assert list(areas["registered_l"]) == [400, 500, 300]
    [told] = reading.findings
    assert told.rule == "other_lists"
    assert "79.2%" in told.say("en")
    assert "76.8%" in told.say("en")


def test_a_total_that_contradicts_its_parts_is_in_no_percentage_that_is_told(tmp_path):
    path = book(tmp_path / "a.csv", "PEMILIH")
    right, wrong = "JUMLAH,,,1200,1300,2500", "JUMLAH,,,1200,1300,250"
    assert right in path.read_text()
    path.write_text(path.read_text().replace(right, wrong))
    reading = load_results(path, hints=Hints.of(None, "2024-11-27", None, None))
    [told] = [one for one in reading.findings if one.rule == "other_lists"]
    assert "79.2%" in told.say("en")


def test_what_the_warning_says_to_type_divides_by_all_lists(tmp_path):
    path = book(tmp_path / "a.xlsx", "PEMILIH")
    whole = {"": "JML", "_l": "L", "_p": "P"}
    columns = {f"PEMILIH JUMLAH {sex}": f"registered{end}" for end, sex in whole.items()}
    reading = load_results(path, hints=Hints.of(columns, "2024-11-27", None, None))
    assert not reading.findings
    assert reading.table["registered"].iloc[0] == 877


def test_lists_beside_registered_that_are_not_the_fixed_list_alone_are_not_judged(tmp_path):
    (path := tmp_path / "a.csv").write_text(
        "tanggal,jenis,kelurahan,registered,dptb,dpk,pengguna hak pilih\n"
        "2024-11-27,pilkada,Beringin,900,5,22,457\n2024-11-27,pilkada,Sungai Asam,800,5,22,400\n"
    )
    assert not load_results(path).findings


def test_columns_written_alike_are_not_sent_to_a_setting_that_cannot_part_them(tmp_path):
    (path := tmp_path / "a.csv").write_text("Kelurahan,L,P,JML,L,P,JML\nBeringin,1,2,3,1,2,3\n")
    told = DataError.of(load_roll(path).errors).say("en")
    assert "written alike" in told
    assert "columns=" not in told
