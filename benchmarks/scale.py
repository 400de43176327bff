"""Time and memory of a national forecast: 80,000 areas in 7,000 districts, 6 contests.

    python benchmarks/scale.py --areas 80000

One in five areas misses a contest, one in ten rows is partly counted, two contests are known as
city totals only. Prints seconds and peak memory of fit, draws and intervals.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import pandas as pd

from turnout import Election, HierarchicalModel


def simulate(areas: int, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return results of six contests and the roll of the seventh."""
    rng = np.random.default_rng(seed)
    districts = max(2, round(areas * 7 / 80))
    cities = max(2, round(districts / 14))
    district = np.sort(rng.integers(0, districts, areas))
    city = district * cities // districts
    size = np.exp(rng.uniform(0, np.log(50_000), areas)).round().clip(1)
    contests = [
        ("2014", "2014-07-09", "pilpres"),
        ("2015", "2015-12-09", "pilkada"),
        ("2018", "2018-06-27", "pilkada"),
        ("2019", "2019-04-17", "pilpres"),
        ("2020", "2020-12-09", "pilkada"),
        ("2024", "2024-02-14", "pilpres"),
    ]
    base = 1.0 + rng.normal(0, 0.2, cities)[city] + rng.normal(0, 0.2, districts)[district]
    base = base + rng.normal(0, 0.25, areas)
    names = pd.DataFrame(
        {
            "city": "city " + pd.Series(city).astype(str),
            "district": "district " + pd.Series(district).astype(str),
            "area": "area " + pd.Series(np.arange(areas)).astype(str),
            "area_id": pd.Series(np.arange(areas)).astype(str).str.zfill(10),
        }
    )
    tables = []
    for label, date, kind in contests:
        logit = base + rng.normal(0, 0.3) + rng.normal(0, 0.1, areas)
        voters = rng.binomial(size.astype(int), 1 / (1 + np.exp(-logit)))
        table = names.assign(registered=size, voters=voters)
        if label in ("2015", "2018"):
            table = table.groupby("city", as_index=False)[["registered", "voters"]].sum()
        else:
            table = table[rng.random(areas) > 0.2].copy()
            partial = rng.random(len(table)) < 0.1
            table["stations_total"] = 10.0
            table["stations_counted"] = np.where(partial, 6.0, 10.0)
        tables.append(table.assign(election=label, date=date, election_type=kind))
    return pd.concat(tables, ignore_index=True), names.assign(registered=size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, default=80_000)
    parser.add_argument("--draws", type=int, default=1000)
    chosen = parser.parse_args()
    results, roll = simulate(chosen.areas)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    started = time.perf_counter()
    fitted = HierarchicalModel().fit(results)
    fit = time.perf_counter()
    forecast = fitted.forecast(
        Election("2024-11-27", "pilkada"), roll=roll, draws=chosen.draws, seed=1
    )
    drawn = time.perf_counter()
    for scale in ("district", "city", "total"):
        forecast.intervals(scale)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{chosen.areas:,} areas, {len(results):,} rows, {chosen.draws:,} draws")
    print(
        f"fit {fit - started:.1f} s, draws {drawn - fit:.1f} s, intervals {done - drawn:.1f} s, "
        f"together {done - started:.1f} s; peak memory {peak:.2f} GB ({before:.2f} GB before)"
    )
    print(forecast.summary())


if __name__ == "__main__":
    main()
