"""The root alone: every panel's totals as one series, forecast under two priors of the root.

    python benchmarks/root_alone.py             the protocol's targets
    python benchmarks/root_alone.py --hidden    every contest with its type hidden from the past

A minute where the whole model takes an hour: the level of the whole is the root's, and what places
add to it is small (a standard deviation of .03 logit here). Parameters are integrated by weighting
quasi-random draws of the prior. First contests of a type are told apart from repeated ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import expit, softmax
from scipy.stats import norm, qmc

from hidden_types import of_draws
from panels import SETS, add_data_option, load_panel, names_of
from priors import BEFORE
from turnout.areas.contests import scores_of_days
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.priors import DEFAULT, TopPrior
from turnout.models.tree.root import RootProcess
from turnout.schema import canonical_results

SIZE, DRAWS, NOISE = 4096, 2000, 0.03
LEAST_DAYS, MOST_DAYS, MOST_TARGETS = 3, 8, 10


def series(name: str, data: Path) -> pd.DataFrame:
    """Return a panel's contests, the whole's turnout and the highest office of the day."""
    table = canonical_results(load_panel(name, data))
    keys = ["election", "date", "election_type", "type_group"]
    sums = table.groupby(keys, as_index=False)[["registered", "voters"]].sum()
    sums["turnout"] = sums["voters"].clip(upper=sums["registered"] - 1) / sums["registered"]
    score = scores_of_days(sums)
    sums["kind"] = [None if np.isnan(one) else str(one) for one in score]
    return sums.sort_values("date", kind="stable").reset_index(drop=True)


def predict(past: pd.DataFrame, coming: pd.DataFrame, prior: TopPrior) -> np.ndarray:
    """Return draws of the coming whole's turnout."""
    kernel = ContestKernel.of(pd.concat([past, coming], ignore_index=True))
    root, level = RootProcess.of(prior, kernel), prior.level(kernel.days)
    free = level.spread > 0
    uniform = qmc.Sobol(int(free.sum()), rng=np.random.default_rng(3)).random(SIZE)
    sizes = np.tile(level.center, (SIZE, 1))
    sizes[:, free] += level.spread[free] * norm.ppf(uniform.clip(1e-9, 1 - 1e-9))
    whole = kernel.covariance(sizes) + root.covariance
    logit = np.log(past["turnout"] / (1 - past["turnout"])).to_numpy()
    seen = whole[:, :-1, :-1] + NOISE**2 * np.eye(len(past))
    away, row = logit - root.mean[:-1], whole[:, :-1, -1]
    both = np.linalg.solve(seen, np.stack([np.tile(away, (SIZE, 1)), row], axis=-1))
    evidence = -(both[..., 0] @ away + np.linalg.slogdet(seen)[1]) / 2
    mean = root.mean[-1] + (row * both[..., 0]).sum(axis=1)
    variance = whole[:, -1, -1] - (row * both[..., 1]).sum(axis=1) + NOISE**2
    rng = np.random.default_rng(1)
    chosen = rng.choice(SIZE, DRAWS, p=softmax(evidence))
    return expit(mean[chosen] + np.sqrt(variance[chosen]) * rng.standard_normal(DRAWS))


def score(name: str, table: pd.DataFrame, *, hidden: bool) -> list[dict[str, object]]:
    """Score both priors on the targets of a panel."""
    rows: list[dict[str, object]] = []
    days = np.sort(table["date"].unique())
    late = [i for i in table.index if (days < table["date"][i]).sum() >= LEAST_DAYS]
    for i in late if hidden else late[-MOST_TARGETS:]:
        kind, before = table["election_type"][i], table[table["date"] < table["date"][i]]
        before = before[before["election_type"] != kind] if hidden else before
        recent = np.sort(before["date"].unique())[-MOST_DAYS:]
        past = before[before["date"].isin(recent)]
        if len(recent) < LEAST_DAYS:
            continue
        told = {
            "panel": name,
            "election": table["election"][i],
            "first": not (past["election_type"] == kind).any(),
        }
        for label, prior in (("shipped", DEFAULT), ("without kinds", BEFORE)):
            drawn = predict(past, table.loc[[i]], prior)
            rows.append({**told, "prior": label, **of_draws(drawn, float(table["turnout"][i]))})
    return rows


def summary(scored: pd.DataFrame) -> pd.DataFrame:
    """CRPS, share held at 90% and width, of first contests of a type and of repeated ones."""
    groups = scored.groupby(["first", "prior"])[["crps", "held", "width"]]
    return groups.mean().assign(n=groups.size()).round(3)


def left_out(scored: pd.DataFrame) -> pd.DataFrame:
    """Ratio of CRPS to that without kinds, over all panels but one: the least and the largest."""
    rows = {}
    for first, own in scored.groupby("first"):
        wide = own.pivot(index=["panel", "election"], columns="prior", values="crps")
        panels = wide.index.get_level_values("panel")
        means = pd.DataFrame({name: wide[panels != name].mean() for name in panels.unique()}).T
        ratio, every = means["shipped"] / means["without kinds"], wide.mean()
        rows[first] = {
            "all": every["shipped"] / every["without kinds"],
            "least": ratio.min(),
            "largest": ratio.max(),
            "panel of the largest": ratio.idxmax(),
        }
    return pd.DataFrame(rows).T


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_option(parser)
    parser.add_argument("--set", choices=SETS, default="all")
    parser.add_argument("--hidden", action="store_true")
    chosen = parser.parse_args()
    rows: list[dict[str, object]] = []
    for name in names_of(chosen.set, chosen.data):
        rows += score(name, series(name, chosen.data), hidden=chosen.hidden)
    scored = pd.DataFrame(rows)
    with pd.option_context("display.width", 200, "display.max_columns", 20):
        print(summary(scored).to_string())
        print(f"\nCRPS to that without kinds\n{left_out(scored).round(3).to_string()}")


if __name__ == "__main__":
    main()
