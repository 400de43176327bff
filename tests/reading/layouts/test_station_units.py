"""Stations whose voters are percents, shares, or those who did not vote."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout import Election
from turnout.reading.layouts.far_stations import far_stations
from turnout.reading.results import load_counted, load_results
from turnout.schema import LACKING

COMING = Election("2024-11-27", "pilkada")


def count_of(seed=1, turnout=0.62, areas=12, stations=8):
    """Return rows of stations whose turnout differs as it does between neighbours."""
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame({"kelurahan": np.repeat([f"Desa {n}" for n in range(areas)], stations)})
    rows = rows.assign(tps=np.tile(np.arange(1, stations + 1), areas))
    rows["dpt"] = rng.integers(220, 420, len(rows))
    logit = np.log(turnout / (1 - turnout)) + np.repeat(rng.normal(0, 0.25, areas), stations)
    share = 1 / (1 + np.exp(-logit - rng.normal(0, 0.15, len(rows))))
    return rows.assign(hadir=rng.binomial(rows["dpt"], share).astype(float))


def wrong_at(rows, at, kind, *, digits=0):
    """Return the rows with some voters as percents, shares, or those who did not vote."""
    voters, registered = rows["hadir"], rows["dpt"]
    share = voters / registered
    other = {
        "percent": (100 * share).round(digits),
        "share": share.round(2),
        "rest": registered - voters,
    }
    return rows.assign(hadir=voters.where(~rows.index.isin(at), other[kind]))


def told(rows, load=load_counted, **more):
    return {(one.rule, one.severity, one.spot.row) for one in load(rows, **more).findings}


@pytest.mark.parametrize("turnout", [0.45, 0.62, 0.8])
def test_stations_as_they_are_are_quiet(turnout):
    assert not told(count_of(turnout=turnout), election=COMING)


@pytest.mark.parametrize(
    ("kind", "digits", "rule"),
    [
        ("percent", 0, "percents_not_counts"),
        ("percent", 1, "percents_not_counts"),
        ("share", 0, "shares_not_counts"),
    ],
)
@pytest.mark.parametrize("every", [1, 3, 13])
def test_many_stations_in_another_unit_are_errors_at_their_rows(kind, digits, rule, every):
    rows = count_of()
    at = rows.index[::every]
    found = load_counted(wrong_at(rows, at, kind, digits=digits), election=COMING)
    assert {one.rule for one in found.errors} == {rule}
    assert {one.spot.row for one in found.errors} <= set(at)
    assert len(found.errors) >= 0.85 * len(at)


def test_a_fraction_is_told_at_its_station_also_where_the_sum_is_whole():
    rows = count_of()
    rows.loc[[1, 2], "hadir"] = [62.5, 63.5]
    found = {("percents_not_counts", "error", 1), ("percents_not_counts", "error", 2)}
    assert told(rows, election=COMING) == found
    past = rows.assign(tanggal="2020-12-09", jenis="pilkada")
    assert told(past, load_results) == found


@pytest.mark.parametrize(
    ("turnout", "kind", "rule"),
    [(0.62, "percent", "station_percent"), (0.85, "rest", "station_abstainers")],
)
def test_single_stations_are_warnings_and_leave_voters_open(turnout, kind, rule):
    rows = count_of(turnout=turnout)
    at = int(rows["dpt"].idxmax() if kind == "percent" else rows["dpt"].idxmin())
    wrong = wrong_at(rows, [at], kind)
    assert told(wrong, election=COMING) == {(rule, "warning", at)}
    reading = load_counted(wrong, election=COMING)
    lacking = reading.table.set_index("area")[LACKING].dropna()
    due = rows["hadir"][at] - wrong["hadir"][at]
    assert lacking.index.tolist() == [rows["kelurahan"][at]]
    np.testing.assert_allclose(lacking, due, rtol=0.25)
    past = load_results(wrong.assign(tanggal="2020-12-09", jenis="pilkada"))
    assert LACKING not in past.table


def test_low_places_and_small_stations_are_no_percents():
    rows = count_of(areas=20)
    rng = np.random.default_rng(3)
    low = rows["kelurahan"].isin(["Desa 3", "Desa 4", "Desa 5", "Desa 6"])
    rows.loc[low, "hadir"] = rng.binomial(rows["dpt"][low], 0.2)
    small = far_stations(np.array([70.0, 60, 81, 66]), np.array([110.0, 95, 118, 104]), _one(4))
    assert not (small.percent | small.rest).any()
    found = far_stations(*(rows[name].to_numpy(float) for name in ("hadir", "dpt")), _areas(rows))
    assert not found.percent.any()


def _one(n):
    return np.zeros(n, dtype=np.intp)


def _areas(rows):
    return pd.factorize(rows["kelurahan"])[0]
