"""What is told once, of what is odd only, and in the terms of the file."""

from pathlib import Path

import openpyxl
import pandas as pd

from turnout.reading import load_results, load_roll

HEADER = ["Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
A = [["Utara", "Murni", 1012, 615], ["Utara", "Legok", 2035, 1433]]
B = [["Selatan", "Kasang", 1804, 1207], ["Selatan", "Payo", 905, 611]]


def told(*rows: list[object]) -> list[str]:
    """Return the rules of what is found in results of a pilkada."""
    table = pd.DataFrame(rows, columns=HEADER).assign(Tanggal="27/06/2018", Jenis="pilkada")
    return [one.rule for one in load_results(table).findings]


def titled(path: Path, title: str, rows: list[list[object]]) -> Path:
    """Write a workbook with a title above a table."""
    book = openpyxl.Workbook()
    for row in ([title], [], *rows):
        book.active.append(row)
    book.save(path)
    return path


def test_a_row_that_calls_itself_the_total_of_its_parts_is_not_told() -> None:
    sums = [["JUMLAH UTARA", None, 3047, 2048], ["Jumlah Selatan", None, 2709, 1818]]
    assert told(*A, sums[0], *B, sums[1]) == []
    unsaid = [["x", None, 3047, 2048], ["y", None, 2709, 1818]]
    assert told(*A, unsaid[0], *B, unsaid[1]) == ["total_found"]


def test_stations_without_a_row_are_told_once() -> None:
    rows = [
        {"Kecamatan": "Utara", "Kelurahan": "Murni", "No TPS": n, "DPT": 300, "Hadir": 200}
        for n in (1, 2, 4)
    ]
    gone = pd.DataFrame(rows).assign(Tanggal="27/06/2018", Jenis="pilkada")
    assert [one.rule for one in load_results(gone).findings] == ["absent_stations"]
    blank = gone.assign(**{"No TPS": [1, 2, 3], "Hadir": [200, 200, None], "DPT": [300, 300, None]})
    assert [one.rule for one in load_results(blank).findings] == ["partial_count"]


def test_the_day_of_a_title_is_the_example_of_its_remedy(tmp_path) -> None:
    path = titled(tmp_path / "a.xlsx", "Hasil Pilkada 27 Juni 2018", [HEADER, *A])
    [finding] = load_results(path).findings
    assert "'Tanggal: 27 Juni 2018'" in finding.say("id")
    assert "'Election date: 27 June 2018'" in finding.say("en")


def test_a_roll_of_the_past_is_held_against_the_newest_results(tmp_path) -> None:
    """Without the coming election no day is made up."""
    grid = [row[:3] for row in (HEADER, *A)]
    path = titled(tmp_path / "a.xlsx", "DPT Pilkada 27 Juni 2018", grid)
    past = pd.DataFrame(A, columns=HEADER).assign(Tanggal="09/12/2020", Jenis="pilkada")
    results = load_results(past).table
    [finding] = [one for one in load_roll(path, results).findings if one.rule == "roll_of_past"]
    assert "tidak lebih baru daripada hasil terbaru, 9 Desember 2020" in finding.say("id")
