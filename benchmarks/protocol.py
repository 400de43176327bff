"""Backtest models over the real panels and print their scores beside the reference's.

    python benchmarks/protocol.py --model HierarchicalModel --model LastOfType
    python benchmarks/protocol.py --model HierarchicalModel --panel us_state --draws 500
    python benchmarks/protocol.py --model Mixture --set own     the panels of benchmarks/panels

From other code: ``table = summary(run(["HierarchicalModel"], panel_names()))``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

import turnout
from panels import (
    DATA,
    SETS,
    add_data_option,
    load_panel,
    names_of,
    own_panel_names,
    reference_scores,
)
from reference import score_panel
from turnout.backtesting import Backtest, Settings, backtest, join_backtests
from turnout.backtesting.coverage import coverage_by
from turnout.models.base import Model

FIGURES = ["mae", "crps", "wis", "coverage_50", "coverage_80", "coverage_90", "width_90"]
NAIVE = "last_of_type_independent"
KEYS = ["panel", "election", "scale"]


def run(
    models: Mapping[str, Model] | Sequence[str],
    panels: Sequence[str],
    draws: int = 1000,
    jobs: int = 2,
    data: Path = DATA,
) -> Backtest:
    """Backtest models (by class name, or name: model) over panels, one process per panel."""
    named = (
        models
        if isinstance(models, Mapping)
        else {name: getattr(turnout, name)() for name in models}
    )
    # Panels with many areas first, so that no process waits for another at the end.
    order = sorted(panels, key=lambda name: -len(load_panel(name, data)))
    parts = Parallel(n_jobs=jobs)(delayed(_panel)(named, name, draws, data) for name in order)
    return join_backtests(sorted(parts, key=lambda part: part.scores["panel"].iloc[0]))


def _panel(models: Mapping[str, Model], panel: str, draws: int, data: Path) -> Backtest:
    settings = Settings(draws=draws, jobs=1)
    return backtest(models, load_panel(panel, data), panel=panel, settings=settings)


def with_reference(tested: Backtest, data: Path = DATA) -> pd.DataFrame:
    """Scores of ours and of the reference's models on the same targets."""
    # The whole is "total" also where its areas happen to lie in one district.
    scale = tested.scores["scale"].mask(tested.scores["is_top"], "total")
    mine = tested.scores.assign(scale=scale).drop(columns="is_top")
    theirs = baselines(mine["panel"].unique(), data).merge(mine[KEYS].drop_duplicates(), on=KEYS)
    theirs["model"] = "reference: " + theirs["model"]
    return pd.concat([mine, theirs], ignore_index=True)


def baselines(panels: Sequence[str], data: Path = DATA) -> pd.DataFrame:
    """Return the reference's scores, and on our own panels those of its simplest model."""
    names = set(own_panel_names(data)).intersection(panels)
    own = [score_panel(name, data).assign(model=NAIVE) for name in sorted(names)]
    stated = [] if len(own) == len(panels) else [reference_scores(data)]
    return pd.concat([*stated, *own], ignore_index=True)


def summary(tested: Backtest, data: Path = DATA) -> pd.DataFrame:
    """Means over targets by scale and model; CRPS as a ratio to the naive reference's."""
    everything = with_reference(tested, data)
    groups = everything.groupby(["scale", "model"])
    means = groups[FIGURES].mean()
    naive = means["crps"].xs(f"reference: {NAIVE}", level="model")
    means.insert(0, "targets", groups.size())
    means["crps_ratio"] = means["crps"] / naive.reindex(means.index, level="scale")
    return means.round(3)


def by_panel(tested: Backtest, model: str, data: Path = DATA) -> pd.DataFrame:
    """Ratios to the naive reference and to the tree, and k of n of the total, panel by panel."""
    everything = with_reference(tested, data)
    crps = everything.pivot_table(
        index=["panel", "scale"], columns="model", values="crps", aggfunc="mean"
    )
    against = {"to_naive": f"reference: {NAIVE}", "to_tree": "reference: tree"}
    ratio = pd.DataFrame(
        {name: crps[model] / crps[other] for name, other in against.items() if other in crps}
    ).unstack("scale")
    ratio.columns = [f"{scale}_{against}" for against, scale in ratio.columns]
    return ratio.join(held_by_panel(tested, model)).round(3)


def held_by_panel(tested: Backtest, model: str) -> pd.DataFrame:
    """k of n 90% intervals of the total, panel by panel; the interval of the truth counts days."""
    rows = tested.forecasts
    top = rows[rows["is_top"] & (rows["model"] == model) & (rows["level"] == 0.9)]
    held = coverage_by(top, ["panel"])[["k", "n", "lower", "upper"]].astype({"k": int})
    width = 100 * (top["upper"] - top["lower"]).groupby(top["panel"]).mean()
    return held.assign(width_90=width)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--model", action="append", help="class name; LastOfType and LastTurnout always run along"
    )
    add_data_option(parser)
    parser.add_argument("--set", choices=SETS, default="development")
    parser.add_argument("--panel", action="append", help="instead of a set")
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    chosen = parser.parse_args()
    started = time.perf_counter()
    tested = run(
        chosen.model or ["UniformSwing"],
        chosen.panel or names_of(chosen.set, chosen.data),
        chosen.draws,
        chosen.jobs,
        chosen.data,
    )
    tested.save(chosen.out)
    print(f"{time.perf_counter() - started:.0f} s, {chosen.draws} draws; scores in {chosen.out}")
    with pd.option_context("display.width", 200, "display.max_columns", 30):
        print(f"\nMeans over targets\n{summary(tested, chosen.data).to_string()}")
        for model in tested.scores["model"].unique():
            print(
                f"\n{model}: CRPS ratios, 90% intervals of the total\n"
                f"{by_panel(tested, model, chosen.data).to_string()}"
            )
            held = tested.totals[tested.totals["model"] == model]
            print(held.drop(columns="model").round(3).to_string(index=False))
    if len(tested.failures):
        failed = tested.failures.groupby(["panel", "model", "error"]).size()
        print(f"\nFailures\n{failed.to_string()}")
    assert np.isfinite(tested.scores["crps"]).all()


if __name__ == "__main__":
    main()
