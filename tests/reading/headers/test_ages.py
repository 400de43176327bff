"""Headers that count an age group, or persons with disabilities."""

import pandas as pd
import pytest

from turnout import read_results, read_roll
from turnout.reading.headers.aliases import RESULTS, ROLL
from turnout.reading.headers.match import understand


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Pemilih Terdaftar Usia 17-25 Tahun", "registered_age_17_25"),
        ("DPT usia 17 s.d. 25", "registered_age_17_25"),
        ("Pemilih usia 17–25", "registered_age_17_25"),
        ("Kelompok Usia 26 - 40 Pengguna Hak Pilih", "voters_age_26_40"),
        ("Pengguna hak pilih 60 tahun ke atas", "voters_age_60_up"),
        ("registered voters aged 60+", "registered_age_60_up"),
        ("voters_age_17_25", "voters_age_17_25"),
        ("registered_age_60_up", "registered_age_60_up"),
    ],
)
def test_ages_beside_a_count_are_a_column_of_that_group(header: str, name: str) -> None:
    assert understand(header, RESULTS).names == (name,)
    assert understand(header.replace("Pengguna Hak Pilih", "Pemilih"), ROLL).meaning == "own"


@pytest.mark.parametrize(
    "header", ["Pemilih 2019", "DPT Tahun 2020", "Usia 17-25", "Rata-rata usia"]
)
def test_what_counts_no_age_group_is_none(header: str) -> None:
    assert "_age_" not in "".join(understand(header, RESULTS).names)


@pytest.mark.slow
def test_groups_of_stations_are_summed(tmp_path) -> None:
    table = pd.DataFrame(
        {
            "Tanggal": "2020-12-09",
            "Jenis": "pilkada",
            "Kelurahan": "Murni",
            "No TPS": [1, 2],
            "DPT": [300, 200],
            "Pengguna hak pilih": [200, 100],
            "Pemilih disabilitas": [6, 5],
            "Pengguna disabilitas": [3, 1],
            "DPT usia 17-25": [60, 50],
            "Pengguna usia 17-25": [30, 20],
        }
    )
    table.to_csv(tmp_path / "tps.csv", index=False)
    read = read_results(tmp_path / "tps.csv").iloc[0]
    told = ["registered_disabled", "voters_disabled", "registered_age_17_25", "voters_age_17_25"]
    assert read[told].tolist() == [11, 4, 110, 50]
    roll = table[["Kelurahan", "No TPS", "DPT", "Pemilih disabilitas", "DPT usia 17-25"]]
    roll.to_csv(tmp_path / "dpt.csv", index=False)
    roll = read_roll(tmp_path / "dpt.csv").iloc[0]
    assert roll[["registered_disabled", "registered_age_17_25"]].tolist() == [11, 110]
