"""Rows of totals in a count: what they call themselves, and of how many stations they tell."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout import Election, Forecast, HierarchicalModel

COMING = Election("2024-11-27", "pilkada")
DISTRICTS, VILLAGES = ("Utara", "Selatan"), 5
FIGURES = ["registered", "voters", "stations_counted", "stations_total"]


def villages() -> pd.DataFrame:
    names = [(district, f"Desa {district[0]}{n}") for district in DISTRICTS for n in "abcde"]
    table = pd.DataFrame(names, columns=["district", "area"]).assign(city="Kabupaten Contoh")
    table["registered"] = [1000 + 100 * n for n in range(len(table))]
    return table


def past() -> pd.DataFrame:
    days = {"2015-12-09": 0.7, "2018-06-27": 0.72, "2020-12-09": 0.68}
    tables = [
        villages().assign(
            date=day,
            election=day,
            election_type="pilkada",
            voters=lambda table, share=share: (table["registered"] * share).round(),
        )
        for day, share in days.items()
    ]
    return pd.concat(tables, ignore_index=True)


def count(*, all_stations: bool) -> pd.DataFrame:
    """Return a count without the city's name: three villages of five, and totals of districts."""
    rows = villages().drop(columns="city").groupby("district", sort=False).head(3)
    rows = rows.assign(stations_counted=1.0, stations_total=4.0)
    rows["registered"] = (rows["registered"] / 4).round()
    rows["voters"] = (0.7 * rows["registered"]).round()
    totals = rows.groupby("district", as_index=False, sort=False)[FIGURES].sum()
    if all_stations:
        totals["stations_total"] = 4.0 * VILLAGES
    return pd.concat([rows, totals], ignore_index=True)


def forecast(counted: pd.DataFrame) -> Forecast:
    roll = villages().assign(stations_total=4)
    fitted = HierarchicalModel().fit(past())
    return fitted.forecast(COMING, roll=roll, counted=counted, draws=100, seed=1)


@pytest.mark.parametrize("all_stations", [True, False])
def test_totals_of_districts_are_those_of_the_roll(all_stations: bool) -> None:
    made = forecast(count(all_stations=all_stations))
    assert made.counted is not None
    assert set(made.counted.places["city"]) == {"Kabupaten Contoh"}
    districts = made.at("district").places
    assert districts["contests"].tolist() == [3, 3]
    # Of forty stations six are in; a total of the villages in it knows of twenty-four alone.
    assert districts["counted_share"].tolist() == pytest.approx([3 / 20, 3 / 20])
    assert made.counted.share == pytest.approx(6 / 40)


def test_without_totals_it_is_the_same() -> None:
    with_totals = forecast(count(all_stations=False))
    alone = forecast(count(all_stations=True).dropna(subset="area"))
    for scale in ("city", "district"):
        of, other = (made.at(scale).places for made in (with_totals, alone))
        assert of["counted_share"].tolist() == pytest.approx(other["counted_share"].tolist())
