"""Stations of one village that stand under another as well."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.elections import Election
from turnout.reading.results import load_counted, load_results
from turnout.schema import COPIED, IN_EXCESS, LACKING

FIGURES = ["dpt", "pengguna hak pilih"]
VILLAGES = [f"Dusun {chr(65 + n)}ran" for n in range(12)]


def stations(seed: int = 2, day: str = "2020-12-09", jenis: str = "pilkada") -> pd.DataFrame:
    """Return an election of 12 villages with five to seven stations each."""
    rng = np.random.default_rng(seed)
    rows = []
    for at, village in enumerate(VILLAGES):
        for number in range(1, 6 + at % 3):
            registered = int(min(300, rng.normal(270, 35)))
            voters = int(registered * rng.uniform(0.6, 0.85))
            rows.append(
                {
                    "tanggal": day,
                    "jenis": jenis,
                    "kecamatan": f"Kecamatan {'ABC'[at // 4]}",
                    "kelurahan": village,
                    "tps": number,
                    "dpt": registered,
                    "pengguna hak pilih": voters,
                }
            )
    return pd.DataFrame(rows)


def pasted(n: int, to: str, source: str) -> pd.DataFrame:
    table = stations()
    here, there = (table.index[table["kelurahan"] == name][:n] for name in (to, source))
    table.loc[here, FIGURES] = table.loc[there, FIGURES].to_numpy()
    return table


def found(table: pd.DataFrame) -> list[tuple[str, object, object]]:
    told = load_results(table).findings
    return [(one.rule, one.spot.row, one.values.get("n")) for one in told]


@pytest.mark.parametrize("n", [3, 5])
def test_stations_that_stand_under_another_village_are_told(n: int) -> None:
    assert found(pasted(n, VILLAGES[3], VILLAGES[0])) == [("stations_copied", 18, n)]
    (told,) = load_results(pasted(n, VILLAGES[3], VILLAGES[0])).findings
    assert f"{n} stations of Dusun Dran (Kecamatan A)" in told.say("en")
    assert f"{n} TPS di Dusun Dran (Kecamatan A)" in told.say("id")
    assert "Dusun Aran" in told.say("id")


def test_stations_entered_under_another_village_too_are_told() -> None:
    table = stations()
    own = table[table["kelurahan"] == VILLAGES[0]]
    more = own.assign(kelurahan=VILLAGES[3], tps=range(6, 6 + len(own)))
    assert found(pd.concat([table, more], ignore_index=True)) == [("stations_copied", 72, 5)]
    # The village that they are of may lack some of its own.
    lacks = pd.concat([table.drop(index=own.index[3:]), more], ignore_index=True)
    assert found(lacks) == [("stations_copied", 70, 3)]


def test_a_village_that_is_another_one_is_told_once() -> None:
    before = stations(3, "2015-12-09")
    smaller = before["kelurahan"] == VILLAGES[3]
    before.loc[smaller, FIGURES] //= 2
    now = pasted(5, VILLAGES[3], VILLAGES[0])
    row = int(now.index[now["kelurahan"] == VILLAGES[3]][0]) + len(before)
    told = found(pd.concat([before, now], ignore_index=True))
    assert told == [("stations_copied", row, 5)]


@pytest.mark.parametrize("seed", range(6))
def test_stations_of_their_own_are_quiet(seed: int) -> None:
    assert found(stations(seed)) == []


def test_one_or_two_alike_are_chance_and_so_are_made_up_figures() -> None:
    assert found(pasted(2, VILLAGES[3], VILLAGES[0])) == []
    made_up = stations().assign(dpt=300, **{"pengguna hak pilih": 200})
    assert "stations_copied" not in {rule for rule, _, _ in found(made_up)}


@pytest.mark.parametrize("column", FIGURES)
def test_stations_without_figures_are_no_copies(column: str) -> None:
    assert "stations_copied" not in {rule for rule, _, _ in found(stations().assign(**{column: 0}))}


def test_two_elections_of_one_day_may_have_one_roll_and_other_voters() -> None:
    one, other = stations(), stations(7, jenis="pilgub")
    other["dpt"] = one["dpt"]
    other[FIGURES[1]] = other[FIGURES].min(axis=1)
    both = pd.concat([one, other], ignore_index=True)
    assert "stations_copied" not in {rule for rule, _, _ in found(both)}


def with_sexes(size: float = 380.0) -> pd.DataFrame:
    """Return stations of one size with men and women of their own, and invalid ballots."""
    rng = np.random.default_rng(6)
    table = stations().drop(columns=FIGURES)
    n = len(table)
    men, women = (rng.binomial(int(size), 0.5, n), rng.binomial(int(size), 0.5, n))
    came = [rng.binomial(of, rng.uniform(0.7, 0.8, n)) for of in (men, women)]
    table = table.assign(dpt_l=men, dpt_p=women, dpt=men + women)
    table = table.assign(pengguna_hak_pilih_l=came[0], pengguna_hak_pilih_p=came[1])
    table["pengguna hak pilih"] = came[0] + came[1]
    table["suara_tidak_sah"] = rng.binomial(table["pengguna hak pilih"], 0.03)
    return table.assign(suara_sah=table["pengguna hak pilih"] - table["suara_tidak_sah"])


@pytest.mark.parametrize("size", [380.0, 3.0])
@pytest.mark.parametrize(("at", "source"), [(None, 0), (1, 0), (30, 29), (4, 0), (50, 7)])
def test_a_station_with_all_figures_of_another_is_told_where_it_is_no_chance(
    at: int | None, source: int, size: float
) -> None:
    table = with_sexes(size)
    figures = table.columns[5:]
    if at is not None:
        table.loc[at, figures] = table.loc[source, figures]
    reading = load_results(table)
    told = [one for one in reading.findings if one.rule == "station_copied"]
    assert [one.spot.row for one in told] == ([] if at is None or size < 100 else [at])
    assert not {COPIED, IN_EXCESS} & set(reading.table)


def test_places_of_copies_and_of_stations_far_above_their_registered_are_left_open() -> None:
    table = with_sexes().drop(columns=["tanggal", "jenis"])
    figures = [name for name in table if "dpt" in name or "suara" in name or "guna" in name]
    table.loc[50, figures] = table.loc[7, figures]
    table.loc[20, ["dpt", "dpt_l", "dpt_p"]] = [150, 75, 75]
    rows = load_counted(table, election=Election("2024-11-27", "pilkada")).table.set_index("area")
    half, voters = table["dpt"][7] / 2, table["pengguna hak pilih"][20]
    assert rows[COPIED].dropna().to_dict() == {
        table["kelurahan"][7]: half,
        table["kelurahan"][50]: half,
    }
    assert rows[IN_EXCESS].dropna().to_dict() == {table["kelurahan"][20]: voters}
    assert rows[LACKING].isna().all()
