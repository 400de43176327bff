"""Totals that add up only with a wrong figure are left out with its row."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.errors import Finding
from turnout.reading import load_counted, load_results
from turnout.reading.told_places import without_places


def table(wrong: int | None = None, *, summed: bool = True) -> pd.DataFrame:
    """Return two kecamatan with their totals; one village has `wrong` voters, its total as well."""
    rows = pd.DataFrame(
        {
            "kecamatan": ["U", "U", "U", "B", "B"],
            "kelurahan": ["Legok", "Murni", "Solok", "Kasang", "Buluran"],
            "dpt": [1000, 1200, 1500, 900, 800],
            "pengguna hak pilih": [650, 800, 1010, 600, 500],
        }
    )
    right = rows.copy()
    if wrong is not None:
        rows.loc[1, "pengguna hak pilih"] = wrong
    totals = (rows if summed else right).groupby("kecamatan", as_index=False)
    sums = totals[["dpt", "pengguna hak pilih"]].sum()
    return pd.concat([rows, sums], ignore_index=True)


@pytest.mark.parametrize("summed", [True, False])
def test_a_total_that_holds_a_wrong_figure_is_left_out_with_it(*, summed: bool) -> None:
    rows = table(2000, summed=summed).assign(tanggal="2020-12-09", jenis="pilkada")
    read = load_results(rows)
    assert len(read.errors) == (1 if summed else 2)  # one cause, or two that contradict each other
    assert sorted(read.rejected["row"]) == [1, 6]
    assert len(read.table) == 5
    sound = load_results(table().assign(tanggal="2020-12-09", jenis="pilkada"))
    assert (len(sound.table), len(sound.findings)) == (7, 0)


def test_a_row_of_a_count_that_the_roll_contradicts_takes_its_total_along() -> None:
    count = load_counted(table(), election=Election("2024-11-27", "pilkada"))
    assert not count.errors
    spot = count.spots["murni"]
    text = load_results(table(2000).assign(tanggal="2020-12-09", jenis="pilkada")).errors[0]
    found = Finding("place_roll", "error", text.message, text.remedy, spot, text.values)
    left = without_places(count, [found])
    assert sorted(left.rejected["row"]) == [1, 6]
    assert set(left.table["area"].dropna()) == {"Legok", "Solok", "Kasang", "Buluran"}
    assert left.table["area"].isna().sum() == 1


@pytest.mark.parametrize(("wrong", "left_out"), [(1000, [0, 1, 2]), (2000, [1]), (None, [])])
def test_where_another_total_confirms_a_total_its_parts_are_left_out(
    wrong: int | None, left_out: list[int]
) -> None:
    rows = table(wrong, summed=False).assign(kabupaten="K")
    whole = pd.DataFrame(
        {"kabupaten": ["K"], "dpt": [5400], "pengguna hak pilih": [3560], "kecamatan": [None]}
    )
    rows = pd.concat([rows, whole], ignore_index=True)
    read = load_results(rows.assign(tanggal="2020-12-09", jenis="pilkada"))
    assert sorted(set(read.rejected["row"])) == left_out  # 2,000 of 1,200 is wrong by itself
    assert len(read.table) == 8 - len(left_out)
