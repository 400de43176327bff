"""Several files that are read as one table, each with headers of its own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from turnout.reading.hints import Hints
from turnout.reading.results import load_results


def test_a_message_names_the_header_of_its_own_file(tmp_path: Path) -> None:
    files = []
    for name, day, header, voters in (
        ("a", "27 Juni 2018", "Pengguna Hak Pilih", 1011),
        ("b", "9 Desember 2020", "Hadir", 9011),
    ):
        rows = [("Serdang", 1405, voters), ("Patunas", 1800, 1210)]
        table = pd.DataFrame(rows, columns=["Desa", "DPT", header])
        files.append(tmp_path / f"{name}.csv")
        table.assign(Tanggal=day, Jenis="Pilkada").to_csv(files[-1], index=False)
    hints = Hints.of({"Hadir": "voters"}, None, None, None)
    [told] = load_results(files, hints=hints).errors
    assert (told.spot.file, told.spot.column) == ("b.csv", "Hadir")
