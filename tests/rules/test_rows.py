"""The figures that rules of rows look at."""

import numpy as np
import pandas as pd

from turnout.reading.results import load_results
from turnout.rules.rows import _FIGURES, measured
from turnout.schema import PLACE_COLUMNS

COLUMNS = [*_FIGURES, *PLACE_COLUMNS]


def test_only_counts_that_can_be_have_a_turnout() -> None:
    registered = [1000, 1000.5, 1000, 0, 1000, 1000, np.nan]
    voters = [600, 600, 600.5, 0, -1, 0, 5]
    table = pd.DataFrame({"registered": registered, "voters": voters}).reindex(columns=COLUMNS)
    figures = measured(table.astype(float), ("turnout", "registered_known"))
    np.testing.assert_allclose(figures["turnout"], [0.6, *4 * [np.nan], 0.0, np.nan])
    assert figures["registered_known"].tolist() == [1, 1, 1, 1, 1, 1, 0]


def test_where_nothing_is_counted_nothing_need_be_known() -> None:
    table = pd.DataFrame({"registered": [np.nan, 500], "voters": [np.nan, 0]})
    table = table.assign(stations_counted=[0, 0], stations_total=[3, 3])
    wanted = ("turnout", "registered_in_force", "registered_known", "voters_known", "stations_over")
    figures = measured(table.reindex(columns=COLUMNS).astype(float), wanted)
    assert figures["turnout"].isna().all()
    assert figures["registered_in_force"].isna().all()
    assert (figures[["registered_known", "voters_known"]] == 1).all(axis=None)
    assert figures["stations_over"].tolist() == [-3, -3]


def test_gaps_are_those_of_sums_and_ranges() -> None:
    table = pd.DataFrame({"registered": [100], "voters": [60], "voters_low": [50]}).assign(
        voters_high=[70], registered_l=[50], registered_p=[49], voters_l=[31], voters_p=[30],
        valid=[50], invalid=[12],
    )  # fmt: skip
    wanted = ("registered_gap", "voters_gap", "ballots_gap", "outside_range", "range_bounds")
    figures = measured(table.reindex(columns=COLUMNS).astype(float), wanted).iloc[0]
    assert figures[["registered_gap", "voters_gap", "ballots_gap"]].tolist() == [-1, 1, 2]
    assert (figures["outside_range"], figures["range_bounds"]) == (-10, 2)
    low, high = (measured(table.assign(voters=v).reindex(columns=COLUMNS).astype(float), wanted)
                 for v in (45, 72))  # fmt: skip
    assert (low["outside_range"].iloc[0], high["outside_range"].iloc[0]) == (5, 2)


def test_two_lists_of_voters_are_no_more_than_all() -> None:
    table = pd.DataFrame(
        {
            "kelurahan": ["Kasang", "Murni", "Legok"],
            "dpt": [900, 800, 700],
            "hadir": [650, 560, 500],
        }
    ).assign(tanggal="2024-02-14", jenis="pilpres", kecamatan="Utara")
    lists = {"pengguna_dpt": [640, 555, 480], "pengguna_dptb": [10, 5, 20]}
    assert not load_results(table.assign(**lists)).findings
    [found] = load_results(table.assign(**{**lists, "pengguna_dptb": [10, 50, 20]})).findings
    assert (found.rule, found.severity, found.spot.row) == ("part_above_whole", "error", 1)
    assert "berjumlah 605, lebih 45 dari 560 pengguna hak pilih di Murni" in found.say("id")
    [alone] = load_results(table.assign(**{**lists, "pengguna_dptb": [10, 565, 20]})).findings
    assert "565 voters on the DPTb are more than the 560 voters" in alone.say("en")
    assert not load_results(table.assign(pengguna_dpt=[640, 555, 480])).findings


def test_lists_that_do_not_add_up_are_told_with_their_sum_and_what_is_wrong() -> None:
    table = pd.DataFrame({"kelurahan": ["Kasang"], "dpt": [900], "hadir": [650]}).assign(
        tanggal="2024-02-14", jenis="pilpres", pengguna_dpt=620, pengguna_dptb=10, pengguna_dpk=29
    )
    [found] = load_results(table).findings
    assert "berjumlah 659, bukan 650 pengguna hak pilih di Kasang: selisih 9" in found.say("id")
    assert not load_results(table.assign(pengguna_dpk=20)).findings
