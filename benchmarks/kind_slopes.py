"""How far the slope of turnout on the kind of office differs between countries.

    python benchmarks/kind_slopes.py

Each panel's totals (of its newest 14 polling days) tell the evidence of their own slope, all else
of the root integrated over; from these comes the evidence of a normal law of slopes over panels,
for every mean and standard deviation, and with every panel left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import logsumexp, softmax
from scipy.stats import norm, qmc

from panels import SETS, add_data_option, names_of
from root_alone import NOISE, series
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.priors import DEFAULT
from turnout.models.tree.root import RootProcess

SLOPES = np.linspace(-1.5, 3.0, 19)
MEANS, SPREADS = np.arange(0.1, 1.21, 0.1), (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
DAYS, DRAWS = 14, 1024


def evidence_of_slopes(table: pd.DataFrame) -> np.ndarray | None:
    """Return the log evidence of each of `SLOPES`; None where all contests are of one kind."""
    recent = np.sort(table["date"].unique())[-DAYS:]
    table = table[table["date"].isin(recent)].reset_index(drop=True)
    kernel = ContestKernel.of(table)
    if len(set(kernel.kinds.score)) < 2:
        return None
    level = DEFAULT.level(kernel.days)
    free = level.spread > 0
    uniform = qmc.Sobol(int(free.sum()), rng=np.random.default_rng(3)).random(DRAWS)
    sizes = np.tile(level.center, (DRAWS, 1))
    sizes[:, free] += level.spread[free] * norm.ppf(uniform.clip(1e-9, 1 - 1e-9))
    root = RootProcess.of(replace(DEFAULT, kind=0.0, kind_sd=0.0), kernel)
    whole = kernel.covariance(sizes) + root.covariance + NOISE**2 * np.eye(len(table))
    half = np.linalg.cholesky(whole)
    log_size = 2 * np.log(np.diagonal(half, axis1=1, axis2=2)).sum(axis=1)
    logit = np.log(table["turnout"] / (1 - table["turnout"])).to_numpy()
    both = np.stack([logit - root.mean, kernel.kinds.score], axis=-1)
    white = np.linalg.solve(half, np.broadcast_to(both, (DRAWS, *both.shape)))
    away = [white[..., 0] - slope * white[..., 1] for slope in SLOPES]
    fits = [-(log_size + (one**2).sum(axis=1)) / 2 for one in away]
    return np.array([logsumexp(fit) - np.log(DRAWS) for fit in fits])


def evidence_of_law(slopes: Iterable[np.ndarray]) -> pd.DataFrame:
    """Return the log evidence of every mean and standard deviation, less the highest."""
    told = list(slopes)
    table = pd.DataFrame(0.0, MEANS.round(1), SPREADS)
    for mean in MEANS:
        for spread in SPREADS:
            weight = norm.logpdf(SLOPES, mean, spread)
            weight -= logsumexp(weight)
            table.loc[round(mean, 1), spread] = sum(logsumexp(one + weight) for one in told)
    return table - table.to_numpy().max()


def left_out(found: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Return the likeliest law without each panel, and what 0.3 gains over 0.5 at mean 0.7."""
    rows = {}
    for name in found:
        law = evidence_of_law(one for other, one in found.items() if other != name)
        mean, spread = law.stack().idxmax()
        gain = law.loc[0.7, 0.3] - law.loc[0.7, 0.5]
        rows[name] = {"mean": mean, "sd": spread, "0.3 over 0.5": gain}
    return pd.DataFrame(rows).T


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_option(parser)
    parser.add_argument("--set", choices=SETS, default="all")
    chosen = parser.parse_args()
    data: Path = chosen.data
    every = {name: evidence_of_slopes(series(name, data)) for name in names_of(chosen.set, data)}
    found = {name: one for name, one in every.items() if one is not None}
    weights = {name: softmax(one) for name, one in found.items()}
    mean = {name: (own * SLOPES).sum() for name, own in weights.items()}
    sd = {name: np.sqrt((own * (SLOPES - mean[name]) ** 2).sum()) for name, own in weights.items()}
    with pd.option_context("display.width", 200):
        print(pd.DataFrame({"slope": mean, "sd": sd}).round(2).to_string())
        print(f"\nEvidence, mean by sd\n{evidence_of_law(found.values()).round(1).to_string()}")
        print(f"\nWithout each panel\n{left_out(found).round(2).to_string()}")


if __name__ == "__main__":
    main()
