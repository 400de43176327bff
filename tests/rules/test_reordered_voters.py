"""Voters that stand beside the registered of other places."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading.results import load_counted, load_results

DISTRICTS, VILLAGES = ("Utara", "Tengah", "Selatan"), 12


def villages(order: str = "", of: str = "") -> pd.DataFrame:
    """Return one election; voters are put into another order, in one district if it is named."""
    rng = np.random.default_rng(4)
    names = [f"Desa {one}{two}" for one in "KLM" for two in "abcdefghijkl"]
    table = pd.DataFrame({"kecamatan": np.repeat(DISTRICTS, VILLAGES), "kelurahan": names})
    table["dpt"] = np.exp(rng.normal(7.2, 0.6, len(table))).astype(int)
    table["pengguna hak pilih"] = (table["dpt"] * rng.uniform(0.6, 0.8, len(table))).astype(int)
    rows = table.index[table["kecamatan"].eq(of) | (of == "")] if order else table.index[:0]
    own = table.loc[rows, "pengguna hak pilih"].to_numpy(copy=True)
    mixed = {"size": np.sort(own), "any": rng.permutation(own), "": own}[order]
    table.loc[rows, "pengguna hak pilih"] = mixed
    return table.assign(tanggal="2020-12-09", jenis="pilkada")


@pytest.mark.parametrize("order", ["size", "any"])
@pytest.mark.parametrize("of", ["", "Tengah"])
def test_voters_that_were_sorted_alone_are_told_once(order: str, of: str) -> None:
    [found] = load_results(villages(order, of)).findings
    assert found.rule == "voters_reordered"
    assert len(found.rows) == (VILLAGES if of else VILLAGES * len(DISTRICTS))
    for lang in ("en", "id"):
        assert of in found.say(lang)


def test_their_rows_are_no_facts_and_a_count_is_looked_at_too() -> None:
    reading = load_results(villages("size"))
    assert reading.findings[0].severity == "error"  # some have 150% and more
    assert reading.table.empty
    count = villages("any", "Selatan").drop(columns=["tanggal", "jenis"])
    found = load_counted(count, election=Election("2024-11-27", "pilkada"))
    assert {one.rule for one in found.findings} == {"voters_reordered"}


def test_rows_in_any_order_and_places_of_one_size_stay_quiet() -> None:
    def rules(table: pd.DataFrame) -> set[str]:
        return {one.rule for one in load_results(table).findings}

    table = villages()
    assert rules(table) == set()
    assert rules(table.sort_values("pengguna hak pilih", ignore_index=True)) == set()
    # Precincts of about one size, of which one has a few voters too many.
    rng = np.random.default_rng(5)
    alike = table.assign(dpt=500 + rng.integers(0, 40, len(table)))
    alike["pengguna hak pilih"] = (alike["dpt"] * rng.uniform(0.3, 0.9, len(table))).astype(int)
    alike.loc[3, "pengguna hak pilih"] = alike.loc[3, "dpt"] + 2
    assert rules(alike) == {"voters_above_registered"}


def test_totals_over_them_are_not_told_as_well(tmp_path) -> None:
    sound, mixed = villages(), villages("size", "Tengah")
    sums = sound.groupby("kecamatan", sort=False)[["dpt", "pengguna hak pilih"]].sum()
    totals = sums.reset_index().assign(kelurahan=None, tanggal="2020-12-09", jenis="pilkada")
    for table, rules in ((sound, []), (mixed, ["voters_reordered"])):
        path = tmp_path / "hasil.csv"
        pd.concat([table, totals]).to_csv(path, index=False)
        found = [one.rule for one in load_results(path).findings if one.severity != "note"]
        assert found == rules
