"""Time and memory of a national forecast: 80,000 areas in 7,000 districts, 6 contests.

    python benchmarks/scale.py --areas 80000

One in five areas misses a contest, one in ten rows is partly counted, two contests are known as
city totals only. Prints seconds (of the clock, and of the processor, which other programs disturb
less), peak memory, and a digest of the areas' figures: what is faster has to be the same.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import time

import numpy as np
import pandas as pd

from turnout import Election, HierarchicalModel

COMING = Election("2024-11-27", "pilkada")
GOAL = "77%"


def simulate(areas: int, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return results of six contests, and the roll of the seventh.

    The roll's own column `lasting` tells what lasts of every area, on the logit scale.
    """
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
    return pd.concat(tables, ignore_index=True), names.assign(registered=size, lasting=base)


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, default=80_000)
    parser.add_argument("--draws", type=int, default=1000)
    chosen = parser.parse_args()
    results, roll = simulate(chosen.areas)
    roll = roll.drop(columns="lasting")
    before = _peak()
    ticks = [_now()]
    fitted = HierarchicalModel().fit(results)
    ticks.append(_now())
    forecast = fitted.forecast(COMING, roll=roll, draws=chosen.draws, seed=1)
    ticks.append(_now())
    answers = [(forecast.intervals(scale), forecast.prob(GOAL, scale)) for scale in forecast.scales]
    ticks.append(_now())
    peak = _peak()
    areas, chance = answers[0]
    print(f"{chosen.areas:,} areas, {len(results):,} rows, {chosen.draws:,} draws")
    for clock, name in enumerate(("clock", "processor")):
        times = np.array([tick[clock] for tick in ticks])
        fit, draws, told = np.diff(times)
        print(
            f"{name}: fit {fit:.1f} s, draws {draws:.1f} s, intervals and goal {told:.1f} s, "
            f"together {times[-1] - times[0]:.1f} s"
        )
    print(f"peak memory {peak:.2f} GB ({before:.2f} GB before)")
    print(f"sha256 of the figures {_digest(areas.assign(prob_goal=chance))}")
    print(forecast.summary())


def _digest(areas: pd.DataFrame) -> str:
    figures = areas[["mean", "median", "lower", "upper", "prob_goal"]]
    return hashlib.sha256(figures.to_numpy(float).tobytes()).hexdigest()


if __name__ == "__main__":
    main()
