"""Results as countries with votes by post publish them, and their twins without these votes.

Turnout at the stations falls from contest to contest as more vote by post; every figure is known.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

DAYS = ("2005-09-18", "2009-09-27", "2013-09-22", "2017-09-24", "2021-09-26")
BY_POST = (0.10, 0.14, 0.19, 0.24, 0.38)
"""Votes by post in each contest, as a share of the registered."""

AT_STATIONS = (0.62, 0.57, 0.53, 0.51, 0.37)
COMING = "2025-09-28"


def german() -> pd.DataFrame:
    """Return stations with a roll, and stations of postal votes in each district without one."""
    places = [(f"Stadtteil {name}", f"{name}0{n}") for name in "ABC" for n in range(1, 5)]
    stations = _contests(pd.DataFrame(places, columns=["district", "area"]).assign(city="Aachen"))
    post = _by_post(stations, ["city", "district"])
    halves = [
        post.assign(
            area=f"Briefwahl {n}", voters=(post["voters"] // 2) + (n - 1) * (post["voters"] % 2)
        )
        for n in (1, 2)
    ]
    return pd.concat([stations, *halves], ignore_index=True)


def american() -> pd.DataFrame:
    """Return precincts, absentee votes of each county, and official totals that hold them."""
    places = [
        (f"{name} County", f"{name} {n}")
        for name in ("Adams", "Brown", "Clark")
        for n in range(1, 6)
    ]
    precincts = _contests(pd.DataFrame(places, columns=["city", "area"]).assign(province="Ohio"))
    post = _by_post(precincts, ["province", "city"])
    both = pd.concat([precincts, post.assign(area="Absentee")], ignore_index=True)
    keys = ["province", "date", "election_type"]
    totals = [
        both.groupby(by)[["registered", "voters"]].sum().reset_index()
        for by in ([*keys, "city"], keys)
    ]
    return pd.concat([both, *totals], ignore_index=True)


def without_post(results: pd.DataFrame) -> pd.DataFrame:
    """Return the same results without votes by post, in totals neither."""
    post = results["registered"].isna() & results["area"].notna()
    rows = results[~post].reset_index(drop=True)
    for total in rows.index[rows["area"].isna()]:
        row = rows.loc[total]
        inside = rows["area"].notna() & (rows["date"] == row["date"])
        for name in ("province", "city", "district"):
            if name in rows and pd.notna(row[name]):
                inside &= rows[name] == row[name]
        rows.loc[total, "voters"] = rows.loc[inside, "voters"].sum()
    return rows


def written(results: pd.DataFrame, path: Path) -> Path:
    """Write results as a file that people read."""
    whole = results.assign(
        **{name: results[name].astype("Int64") for name in ("registered", "voters")}
    )
    whole.to_csv(path, index=False)
    return path


def _contests(places: pd.DataFrame) -> pd.DataFrame:
    """Return every place in every contest, with a level of its own and some chance."""
    rng = np.random.default_rng(7)
    size = rng.integers(700, 1800, len(places))
    level = rng.normal(0, 0.05, len(places))
    rows = []
    for day, rate in zip(DAYS, AT_STATIONS, strict=True):
        registered = (size * rng.uniform(0.97, 1.05, len(places))).round()
        voters = (registered * (rate + level + rng.normal(0, 0.02, len(places)))).round()
        rows.append(places.assign(date=day, registered=registered, voters=voters))
    return pd.concat(rows, ignore_index=True).assign(election_type="general")


def _by_post(stations: pd.DataFrame, around: list[str]) -> pd.DataFrame:
    """Return the votes by post of every place around stations, which have no roll."""
    share = stations["date"].map(dict(zip(DAYS, BY_POST, strict=True)))
    votes = stations.assign(voters=(stations["registered"] * share).round())
    summed = votes.groupby([*around, "date", "election_type"])["voters"].sum().reset_index()
    return summed.assign(registered=np.nan)
