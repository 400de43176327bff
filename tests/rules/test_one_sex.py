"""Columns of all that hold the men alone, beside a column of women."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.reading import load_results, load_roll

PLACES = 12


def places(total: str, *, men_only: bool, slips: int = 0) -> pd.DataFrame:
    """Return villages with women beside all, or beside men alone, and some slips."""
    rng = np.random.default_rng(3)
    men, women = (rng.integers(700, 900, PLACES) for _ in range(2))
    all_of_them = men if men_only else men + women
    all_of_them = np.where(np.arange(PLACES) < slips, 10, all_of_them)
    return pd.DataFrame(
        {
            "Kecamatan": np.repeat(["Hulu", "Hilir"], PLACES // 2),
            "Desa": [f"Dusun {chr(65 + n)}ran" for n in range(PLACES)],
            total: all_of_them,
            "Perempuan": women,
        }
    )


def test_a_roll_of_the_men_is_told_once() -> None:
    rows = places("Jumlah Pemilih", men_only=True)
    [told] = load_roll(rows).errors
    assert told.rule == "figures_of_one_sex"
    assert told.spot.column == "Jumlah Pemilih"
    assert "tampaknya isinya hanya laki-laki (L)" in told.say("id")
    mended = load_roll(rows.rename(columns={"Jumlah Pemilih": "L"})).table
    assert mended["registered"].sum() == rows[["Jumlah Pemilih", "Perempuan"]].to_numpy().sum()


@pytest.mark.parametrize(("slips", "errors"), [(0, 0), (2, 2)])
def test_a_roll_of_all_is_told_of_its_slips_alone(slips: int, errors: int) -> None:
    found = load_roll(places("Jumlah Pemilih", men_only=False, slips=slips)).errors
    assert len({one.spot.row for one in found}) == errors
    assert all(one.rule != "figures_of_one_sex" for one in found)


def test_voters_of_one_sex_in_results() -> None:
    rows = places("Pengguna Hak Pilih", men_only=True).rename(columns={"Perempuan": "Pengguna P"})
    rows = rows.assign(DPT=2500, Tanggal="27 November 2024", Jenis="Pilkada")
    assert [one.rule for one in load_results(rows).errors] == ["figures_of_one_sex"]
