"""The smallest inputs of what mutated workbooks have found, each beside its clean twin."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, LastOfType
from turnout.errors import DataError
from turnout.reading import load_results, load_roll

HEADER = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
ROWS = [
    ["27/11/2024", "pilkada", "Jelutung", "Payo Lebar", 4512, 2900],
    ["27/11/2024", "pilkada", "Jelutung", "Talang Jauh", 985, 603],
    ["27/11/2024", "pilkada", "Pasar Jambi", "Beringin", 2035, 1433],
]


def table(rows: list[list[object]], header: list[str] = HEADER) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=header, dtype="object")


def written(path, *grids: list[list[object]]):
    with pd.ExcelWriter(path) as writer:
        for number, grid in enumerate(grids):
            frame = pd.DataFrame(grid)
            frame.to_excel(writer, sheet_name=f"Data {number}", header=False, index=False)
    return path


def rules(source) -> set[str]:
    return {finding.rule for finding in load_results(source).findings}


def test_the_twins_pass_without_a_word(tmp_path):
    assert not rules(table(ROWS))
    assert not rules(written(tmp_path / "a.xlsx", [HEADER, *ROWS]))


@pytest.mark.parametrize("figure", [1e19, 1e300])
def test_a_figure_beyond_all_whole_numbers_is_told(figure):
    reading = load_results(table([*ROWS[:2], [*ROWS[2][:4], figure, 1433]]))
    assert "larger than any electorate" in DataError.of(reading.errors).say("en")


def test_a_row_of_dashes_is_a_blank_row(tmp_path):
    parted = written(tmp_path / "a.xlsx", [HEADER, *ROWS[:2], ["-"] * 6, ROWS[2]])
    assert not rules(parted)
    assert len(load_results(parted).table) == 3


def test_a_row_without_place_and_figures_is_no_place_without_name():
    told = load_results(table([*ROWS, [*ROWS[0][:2], None, None, None, 900]]))
    assert all("for  in" not in finding.say("en") for finding in told.findings)


def test_a_blank_type_is_told_once_and_not_as_a_type():
    earlier = [["17/04/2019", "pemilu", *row[2:]] for row in ROWS]
    assert not rules(table([*earlier, *ROWS]))
    told = load_results(table([*earlier, *ROWS[:2], ["27/11/2024", "", *ROWS[2][2:]]]))
    assert [finding.rule for finding in told.findings] == ["missing_key"]


def test_a_header_over_a_total_is_not_that_of_its_first_column(tmp_path):
    """Under *Pengguna Hak Pilih* over L, P, JML the word L is lost: L is not the voters."""
    top = ["Tanggal", "Jenis", "Kelurahan", "DPT", "Pengguna Hak Pilih", None, None]
    rows = [["27/11/2024", "pilkada", "Payo Lebar", 4512, 1400, 1500, 2900]]
    clean = written(tmp_path / "a.xlsx", [top, [*[None] * 4, "L", "P", "JML"], *rows])
    assert not rules(clean)
    assert load_results(clean).table["voters"].tolist() == [2900]
    lost = written(tmp_path / "b.xlsx", [top, [*[None] * 4, None, "P", "JML"], *rows])
    assert "doubled_column" in rules(lost)


def test_a_sheet_of_the_same_places_without_a_header_is_told(tmp_path):
    later = [["27/11/2029", *row[1:]] for row in ROWS]
    clean = written(tmp_path / "a.xlsx", [HEADER, *ROWS], [HEADER, *later])
    assert not rules(clean)
    assert len(load_results(clean).table) == 6
    lost = load_results(written(tmp_path / "b.xlsx", [HEADER, *ROWS], later))
    assert [(one.rule, one.spot.sheet) for one in lost.findings] == [("sheet_left_out", "Data 1")]


def test_a_sheet_of_something_else_is_not_told(tmp_path):
    guide = [["Isi satu baris per kelurahan", None], ["Kelurahan yang sudah masuk", 3]]
    assert not rules(written(tmp_path / "a.xlsx", [HEADER, *ROWS], guide))


def test_one_row_of_an_area_without_its_kecamatan_makes_no_second_area():
    """Stations of an area would be summed to two areas, each with a part of its voters."""
    header = [*HEADER[:4], "No TPS", *HEADER[4:]]
    rows = [[*row[:4], n, 500, 300 + n] for row in ROWS for n in (1, 2)]
    assert not rules(table(rows, header))
    rows[1][2] = None
    assert "equal_names" in rules(table(rows, header))
    assert load_results(table(rows, header)).errors
    elsewhere = [["27/06/2018", "pilkada", None, *row[3:]] for row in ROWS]
    assert not load_results(table([*elsewhere, *ROWS])).errors


def test_a_place_without_a_figure_in_the_only_contest_is_forecast_from_its_neighbours():
    results = pd.DataFrame(
        {
            "date": "2018-06-27",
            "election_type": "pilkada",
            "district": ["A", "A", "B"],
            "area": ["a", "b", "c"],
            "registered": [1000, 900, 900],
            "voters": [600, np.nan, 540],
        }
    )
    coming = Election("2024-11-27", "pilkada")
    forecast = LastOfType().fit(results).forecast(coming, draws=4000, seed=1)
    medians = forecast.intervals()["median"]
    assert medians.notna().all()
    np.testing.assert_allclose(medians, 0.6, atol=0.02)


@pytest.mark.parametrize("day", ["31 Februari 2014", "2014-02-31", "9 Desember 2015"])
def test_days_in_a_roll_are_the_users_own_however_written(day: str) -> None:
    roll = pd.DataFrame(
        {
            "date": day,
            "district": "Jelutung",
            "area": ["Kasang", "Murni", "Pos"],
            "registered": [1000, 2000, 0],
            "voters": [500, 600, 40],
        }
    )
    assert [one.rule for one in load_roll(roll).findings] == ["voters_without_roll"]
