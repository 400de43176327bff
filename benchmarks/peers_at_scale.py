"""Other tools at the size of a nation: time and memory, and whether their total holds.

    python benchmarks/peers.py --set own              makes the environment of the tools
    benchmarks/out/peers-env/bin/python benchmarks/peers_at_scale.py --areas 83000
    benchmarks/out/peers-env/bin/python benchmarks/peers_at_scale.py --areas 2000 --nations 40

The nations are those of `benchmarks/scale.py`; the outcome of the coming election is drawn from
what drew their past. Every tool gets the rows of areas, none of the totals that only ours can use:

- turnout: `HierarchicalModel`, 1,000 joint draws, intervals of every scale.
- gpboost: (1 | area) + (1 | election) on the logit. Its joint predictive covariance has as many
  rows as areas, so the total's interval is that of its shared election effect and of areas that
  are independent given it.
- AutoETS: statsforecast, each area by itself. It says nothing of how areas move together: the
  total's interval is the weighted sum of theirs, as if they all moved as one.
- MixedLM: statsmodels, (1 | area), with the error as if it were new for every area. Its time grows
  faster than the areas do; it is run on `--mixed` areas.

A tool runs in a process of its own. Prints seconds (clock, processor), peak memory, and in how many
nations the total's 90% interval holds the outcome.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.special import expit, logit
from scipy.stats import norm

from scale import COMING, _now, _peak, simulate
from turnout import HierarchicalModel

_Z = norm.ppf(0.95)


def past_shares(results: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of every area and contest on the logit, kept from 0 and 1."""
    table = results[results["area"].notna()]
    share = (table["voters"] / table["registered"]).clip(0.005, 0.995)
    return table[["area", "election", "date"]].assign(y=logit(share))


def ours(results: pd.DataFrame, roll: pd.DataFrame) -> tuple[float, float]:
    forecast = HierarchicalModel().fit(results).forecast(COMING, roll=roll, draws=1000, seed=1)
    tables = {scale: forecast.intervals(scale) for scale in forecast.scales}
    whole = tables[forecast.top].iloc[0]
    return float(whole["lower"]), float(whole["upper"])


def gpboost(results: pd.DataFrame, roll: pd.DataFrame) -> tuple[float, float]:
    import gpboost as gpb

    past = past_shares(results)
    ones = np.ones((len(past), 1))
    model = gpb.GPModel(group_data=past[["area", "election"]].to_numpy(str), likelihood="gaussian")
    model.fit(y=past["y"].to_numpy(), X=ones)
    coming = np.column_stack([roll["area"].astype(str), np.full(len(roll), "new")])
    said = model.predict(
        group_data_pred=coming, X_pred=np.ones((len(roll), 1)), predict_var=True,
        predict_response=True,
    )  # fmt: skip
    shared = float(np.asarray(model.get_cov_pars()).ravel()[2])
    rng = np.random.default_rng(1)
    own = np.sqrt(np.maximum(said["var"] - shared, 0))
    weights = (roll["registered"] / roll["registered"].sum()).to_numpy()
    whole = [
        weights @ expit(said["mu"] + np.sqrt(shared) * shock + own * rng.standard_normal(len(own)))
        for shock in rng.standard_normal(1000)
    ]
    lower, upper = np.quantile(whole, [0.05, 0.95])
    return float(lower), float(upper)


def auto_ets(results: pd.DataFrame, roll: pd.DataFrame) -> tuple[float, float]:
    from statsforecast import StatsForecast
    from statsforecast.models import AutoETS, Naive

    past = past_shares(results).sort_values(["area", "date"])
    step = past.groupby("area").cumcount()
    table = pd.DataFrame({"unique_id": past["area"], "ds": step, "y": past["y"]})
    asked = StatsForecast([AutoETS()], freq=1, fallback_model=Naive())
    said = asked.forecast(df=table, h=1, level=[90]).set_index("unique_id")
    known = said.reindex(roll["area"])
    weights = (roll["registered"] / roll["registered"].sum()).to_numpy()
    columns = [name for name in known if "-lo-90" in name or "-hi-90" in name]
    ends = known[columns].fillna(known[columns].median())
    lower, upper = (weights @ expit(ends[name].to_numpy()) for name in columns)
    return float(min(lower, upper)), float(max(lower, upper))


def mixed_lm(results: pd.DataFrame, roll: pd.DataFrame) -> tuple[float, float]:
    import statsmodels.formula.api as smf

    past = past_shares(results)
    fitted = smf.mixedlm("y ~ 1", past, groups=past["area"]).fit()
    effects = {area: float(value.iloc[0]) for area, value in fitted.random_effects.items()}
    center = fitted.fe_params.iloc[0] + roll["area"].map(effects).fillna(0.0).to_numpy()
    weights = (roll["registered"] / roll["registered"].sum()).to_numpy()
    width = _Z * np.sqrt(fitted.scale * (weights**2).sum())
    middle = weights @ expit(center)
    return middle - width * middle * (1 - middle), middle + width * middle * (1 - middle)


TOOLS: dict[str, Callable[[pd.DataFrame, pd.DataFrame], tuple[float, float]]] = {
    "turnout": ours,
    "gpboost": gpboost,
    "AutoETS": auto_ets,
    "MixedLM": mixed_lm,
}


def run(tool: str, areas: int, nations: int) -> None:
    """Run a tool on nations and print what it took, and how often its total held."""
    warnings.simplefilter("ignore")
    held, times = 0, np.zeros(2)
    for seed in range(nations):
        results, roll = simulate(areas, seed)
        start = _now()
        lower, upper = TOOLS[tool](results, roll)
        times += np.subtract(_now(), start)
        held += lower <= outcome(roll, seed) <= upper
    clock, processor = times / nations
    print(
        f"{tool}, {areas:,} areas: clock {clock:.1f} s, processor {processor:.1f} s, peak memory "
        f"{_peak():.2f} GB; the total's 90% interval holds in {held} of {nations}",
        flush=True,
    )


def outcome(roll: pd.DataFrame, seed: int) -> float:
    """Return the coming turnout of a nation, drawn as its past was: a shock, and chance."""
    rng = np.random.default_rng([seed, 1])
    shock, away = rng.normal(0, 0.3), rng.normal(0, 0.1, len(roll))
    rate = expit(roll["lasting"] + shock + away)
    return float((rate * roll["registered"]).sum() / roll["registered"].sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, default=83_000)
    parser.add_argument("--nations", type=int, default=1)
    parser.add_argument("--mixed", type=int, default=4_000, help="areas that MixedLM is run on")
    parser.add_argument("--tool", nargs="+", choices=list(TOOLS), default=list(TOOLS))
    parser.add_argument("--inside", choices=list(TOOLS), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        run(chosen.inside, chosen.areas, chosen.nations)
        return
    for tool in chosen.tool:
        areas = min(chosen.areas, chosen.mixed) if tool == "MixedLM" else chosen.areas
        asked = ["--inside", tool, "--areas", str(areas), "--nations", str(chosen.nations)]
        subprocess.run([sys.executable, __file__, *asked], check=True)


if __name__ == "__main__":
    main()
