"""Backtests in Indonesia, where contests are few: what is held, how far off, who is ranked right.

    python benchmarks/indonesia.py [--data DIR] [--table NAME] [--regions 24] [--draws 500]

DIR is laid out as benchmarks/panels. Four questions, a table each:

nation      every kabupaten and kota in one forecast of the nation, Pemilu 2019 and February 2024
region      a kabupaten or kota by itself, its Pilkada of 2015 and 2020, by prior
kecamatan   the kecamatan of a region, February 2024 from Pilkada 2015 and Pemilu 2019, by prior,
            and how far they lie from it, against the last turnout and a flat region
surabaya    its kecamatan, every contest after the first (min_history 1)

The prior `indonesia` was learned from the contests that are forecast here: its rows flatter it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from panels import add_data_option
from priors_indonesia import DAYS, contests
from turnout.backtesting import Settings, backtest
from turnout.datasets import load_indonesia
from turnout.elections import Election
from turnout.forecast import Forecast
from turnout.models.tree.model import HierarchicalModel

PRIORS = ("default", "indonesia")
PILKADA = {
    "pilkada_2015": ["pemilu_2014"],
    "pilkada_2020": ["pemilu_2014", "pilkada_2015", "pemilu_2019"],
}
LEVEL = 0.9


def scores(draws: np.ndarray, actual: np.ndarray, weights: np.ndarray | None = None) -> pd.Series:
    """Return mean absolute error, CRPS, width (points) and held of draws x places."""
    low, median, high = np.quantile(draws, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2], axis=0)
    half = len(draws) // 2
    apart = np.abs(draws[:half] - draws[half : 2 * half]).mean(axis=0)
    figures = pd.DataFrame(
        {
            "mae": 100 * np.abs(median - actual),
            "bias": 100 * (median - actual),
            "crps": 100 * (np.abs(draws - actual).mean(axis=0) - apart / 2),
            "width": 100 * (high - low),
            "held": (low <= actual) & (actual <= high),
        }
    ).astype(float)
    return pd.Series(np.average(figures, axis=0, weights=weights), figures.columns)


def nation(draws: int) -> pd.DataFrame:
    """Forecast two Pemilu of every kabupaten and kota from what was known before each."""
    table = load_indonesia()
    results = contests(table)
    actual = table.set_index("region")
    rows = {}
    for name in ("pemilu_2019", "pemilu_2024"):
        history = results[results["date"] < DAYS[name]]
        election = Election(DAYS[name], "pemilu")
        # Everywhere that has voted before, not only where the newest contest was.
        roll = history.drop_duplicates("city")[["nation", "province", "city", "registered"]]
        fitted = HierarchicalModel().fit(history)
        forecast = fitted.forecast(election, roll=roll, draws=draws, seed=1)
        known = actual[name].reindex(forecast.places["city"]).to_numpy() / 100
        told = np.isfinite(known)
        last = history.sort_values("date").drop_duplicates("city", keep="last").set_index("city")
        last = (last["voters"] / last["registered"]).reindex(forecast.places["city"]).to_numpy()
        found = scores(forecast.draws[:, told], known[told])
        rank = spearmanr(np.median(forecast.draws[:, told], axis=0), known[told])[0]
        rows[name] = {
            "n": told.sum(),
            **found,
            "rank": rank,
            "last turnout: mae": 100 * np.abs(last[told] - known[told]).mean(),
            "last turnout: rank": spearmanr(last[told], known[told])[0],
        }
    return pd.DataFrame(rows).T


def region(draws: int, count: int) -> pd.DataFrame:
    """Forecast the Pilkada of single regions, each from its own earlier contests alone."""
    table = load_indonesia()
    results = contests(table).drop(columns=["nation", "province"])
    rows = []
    for name, before in PILKADA.items():
        told = table[table[[name, *before]].notna().all(axis=1)]
        for _, place in told.sample(min(count, len(told)), random_state=1).iterrows():
            own = results[(results["city"] == place["region"]) & results["election"].isin(before)]
            for prior in PRIORS:
                model = HierarchicalModel(prior=prior, integration=256)
                forecast = model.fit(own).forecast(
                    Election(DAYS[name], "pilkada"), draws=draws, seed=1
                )
                found = scores(forecast.draws, np.array([place[name] / 100]))
                rows.append({"contest": name, "prior": prior, "n": 1, **found})
    return _means(rows, ["contest", "prior"])


def kecamatan(panel: pd.DataFrame, draws: int, count: int) -> pd.DataFrame:
    """Forecast February 2024 in the kecamatan of regions, and how they differ from the region."""
    cities = pd.Series(panel["city"].unique()).sample(count, random_state=1)
    rows = []
    for city in cities:
        own = panel[panel["city"] == city].assign(area_id=lambda table: table["area"])
        history, coming = own[own["date"] < "2024"], own[own["date"] >= "2024"].set_index("area")
        for prior in PRIORS:
            model = HierarchicalModel(prior=prior, integration=512)
            forecast = model.fit(history).forecast(
                Election("2024-02-14", "pemilu"), roll=coming.reset_index(), draws=draws, seed=1
            )
            rows.append({"prior": prior, **_of_region(forecast, history, coming)})
    table = _means(rows, ["prior"])
    for of in ("model", "last turnout"):
        table[f"{of} / flat"] = table.pop(of) / table["flat"]
    return table.drop(columns="flat")


def _of_region(forecast: Forecast, history: pd.DataFrame, coming: pd.DataFrame) -> dict[str, float]:
    """Score the kecamatan of one region that have a history."""
    places = forecast.places["area"]
    actual = (coming["voters"] / coming["registered"]).reindex(places).to_numpy()
    last = history.sort_values("date").drop_duplicates("area", keep="last").set_index("area")
    before = (last["voters"] / last["registered"]).reindex(places).to_numpy()
    told = np.isfinite(before)
    draws, size = forecast.draws[:, told], forecast.places["registered"].to_numpy(float)[told]
    actual, before = actual[told], before[told]

    def off(values: np.ndarray) -> np.ndarray:
        return values - np.average(values, axis=-1, weights=size)[..., None]

    gap = off(actual)
    deviation = np.median(off(draws), axis=0)
    return {
        "n": told.sum(),
        **scores(draws, actual, size),
        "model": np.average(np.abs(deviation - gap), weights=size),
        "last turnout": np.average(np.abs(off(before) - gap), weights=size),
        "flat": np.average(np.abs(gap), weights=size),
        "rank": spearmanr(deviation, gap)[0],
        "last rank": spearmanr(before, gap)[0],
    }


def surabaya(panel: pd.DataFrame, draws: int) -> pd.DataFrame:
    """Backtest the kecamatan of Surabaya, every contest after the first polling day."""
    models = {prior: HierarchicalModel(prior=prior, integration=512) for prior in PRIORS}
    found = backtest(
        models,
        panel.assign(area_id=panel["area"]),
        min_history=1,
        panel="surabaya",
        settings=Settings(draws=draws, jobs=1),
    )
    figures = ["mae", "crps", "coverage_90", "width_90"]
    groups = found.scores.groupby(["scale", "model"])
    return groups[figures].mean().assign(contests=groups.size())


def _means(rows: Sequence[dict[str, float]], keys: list[str]) -> pd.DataFrame:
    groups = pd.DataFrame(rows).groupby(keys)
    return groups.mean().assign(n=groups["n"].sum())


TABLES: Mapping[str, Callable[[Path, int, int], pd.DataFrame]] = {
    "nation": lambda data, regions, draws: nation(draws),  # noqa: ARG005
    "region": lambda data, regions, draws: region(draws, regions),  # noqa: ARG005
    "kecamatan": lambda data, regions, draws: kecamatan(
        pd.read_csv(data / "indonesia" / "kecamatan.csv.gz"), draws, regions
    ),
    "surabaya": lambda data, regions, draws: surabaya(  # noqa: ARG005
        pd.read_csv(data / "indonesia" / "surabaya.csv"), draws
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_option(parser)
    parser.add_argument("--table", action="append", choices=TABLES, help="all when not given")
    parser.add_argument("--regions", type=int, default=24)
    parser.add_argument("--draws", type=int, default=500)
    chosen = parser.parse_args()
    with pd.option_context("display.width", 200, "display.max_columns", 20):
        for name in chosen.table or TABLES:
            table = TABLES[name](chosen.data, chosen.regions, chosen.draws)
            print(f"\n{name}\n{table.round(3).to_string()}", flush=True)


if __name__ == "__main__":
    main()
