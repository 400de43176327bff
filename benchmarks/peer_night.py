"""elex-model (The Washington Post) on counting night, which is what it was made for.

The nights of night.py again: the same panels, contests, orders and steps. Its own `ModelClient` is
given the areas of the coming contest, those that are in with their votes and the others without,
and does all the rest: it sets aside strange units, fits its quantile regression to the relative
change of the votes from the baseline, calibrates conformally on the areas that are in, and sums to
the whole by its own rule.

* Estimand `turnout`, a count of votes; baseline the area's last turnout of the same type (else of
  any; else the mean of the others) times the roll of the coming contest.
* Feature: the baseline itself, centred. The nonparametric form needs 20 areas that have reported.

Needs elex-model beside turnout, and what night.py wrote:

    python benchmarks/night.py --set development --contests 1 --out benchmarks/out/night.csv \
        --draws 500 --step 0.1 --step 0.4 --step 0.75
    python benchmarks/peer_night.py --night benchmarks/out/night.csv
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from panels import add_data_option, load_panel
from peer_elex import ask, with_baseline
from peer_task import LEVELS, Task
from turnout import scores
from turnout.backtesting import ReplaySettings
from turnout.backtesting.replay_orders import counted_at, reporting_order
from turnout.backtesting.replay_result import RAW, SWING
from turnout.rolling_origin import Fold, folds

METHODS = ("nonparametric", "gaussian")


def units_of(task: Task, counted: np.ndarray, voters: np.ndarray) -> pd.DataFrame:
    """Return the areas as the client wants them: votes where they are in, and the baseline."""
    units = with_baseline(task.coming, task.past)
    baseline = units["baseline"].fillna(units["baseline"].mean())
    registered = units["registered"]
    return pd.DataFrame(
        {
            "postal_code": "coming",
            "geographic_unit_fips": [f"{row:06d}" for row in range(len(units))],
            "percent_expected_vote": np.where(counted, 100, 0),
            "results_turnout": np.where(counted, voters, 0).round(),
            "baseline_turnout": (baseline * registered).round().clip(lower=1),
            "last": baseline,
        }
    )


def score(told: pd.DataFrame, registered: np.ndarray, share: np.ndarray) -> dict[str, float]:
    """Return the mean interval score, weighted by voters, and the share that 90% held."""
    columns = [f"lower_{level}_turnout" for level in LEVELS]
    columns += ["pred_turnout", *(f"upper_{level}_turnout" for level in LEVELS[::-1])]
    # Sorted, as its quantiles may cross.
    ends = np.clip(np.sort(told[columns].to_numpy(float).T / registered, axis=0), 0, 1)
    lower, median, upper = ends[:3], ends[3], ends[:3:-1]
    wis = scores.weighted_interval_score(share, median, lower, upper, levels=LEVELS)
    held = (share >= lower[0] - 1e-6) & (share <= upper[0] + 1e-6)
    return {"wis": 100 * float(np.average(wis, weights=registered)), "held": float(held.mean())}


def play(panel: str, fold: Fold, night: pd.DataFrame) -> list[dict[str, object]]:
    """Ask at every step of every order that `night` has of a panel."""
    told = (fold.actual["registered"] > 0) & fold.actual["voters"].notna()
    actual = fold.actual[told].reset_index(drop=True)
    task = Task.of(Fold(fold.election, fold.history, actual, fold.totals))
    registered = actual["registered"].to_numpy(float)
    voters = np.minimum(actual["voters"].to_numpy(float), registered)
    rows: list[dict[str, object]] = []
    for (order, step), _ in night[night["step"] > 0].groupby(["order", "step"]):
        rng = np.random.default_rng(ReplaySettings().seed)
        counted = np.zeros(len(actual), dtype=bool)
        counted[counted_at(registered, reporting_order(actual, order, rng), step)] = True
        for method in METHODS:
            row = {"panel": panel, "order": order, "step": step, "model": f"elex-model {method}"}
            try:
                units = units_of(task, counted, voters)
                of_units, whole = ask(units, method)
                out_of = of_units.loc[units.loc[~counted, "geographic_unit_fips"]]
                out = score(out_of, registered[~counted], (voters / registered)[~counted])
                all_of = registered.sum()
                total = score(whole, np.array([all_of]), np.array([voters.sum() / all_of]))
            except Exception as error:  # what it cannot say is told, and counts for nobody
                print(f"{panel} {order} {step} {method}: {type(error).__name__}: {error}"[:150])
                continue
            rows.append({**row, "out_wis": out["wis"], "wis": total["wis"], "held": total["held"]})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_option(parser)
    parser.add_argument("--night", type=Path, required=True, help="what night.py wrote")
    parser.add_argument("--panel", action="append", help="instead of all that it has")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out/peer_night.csv"))
    chosen = parser.parse_args()
    night = pd.read_csv(chosen.night)
    rows: list[dict[str, object]] = []
    for panel in chosen.panel or night["panel"].unique():
        played = night[night["panel"] == panel]
        results = load_panel(str(panel), chosen.data)
        results = results[~(results["voters"] > 1.5 * results["registered"])]
        for fold in folds(results, max_targets=played["election"].nunique()):
            of_it = played[played["election"].astype(str) == fold.election.name]
            rows += play(str(panel), fold, of_it)
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        pd.DataFrame(rows).to_csv(chosen.out, index=False)
    theirs = pd.DataFrame(rows)
    ours = night[(night["step"] > 0) & ~night["model"].isin([SWING, RAW])]
    keys = ["panel", "order", "step"]
    for method, said in theirs.groupby("model"):
        both = said.merge(ours, on=keys, suffixes=("", ", ours"))
        means = both[["wis", "wis, ours", "out_wis", "out_wis, ours"]].mean().round(2)
        panels = both.groupby("panel")[["wis", "wis, ours", "out_wis", "out_wis, ours"]].mean()
        better = [int((panels[f"{one}, ours"] < panels[one]).sum()) for one in ("wis", "out_wis")]
        held = int((both["held"] > 0).sum()), int(both["held, ours"].sum())
        print(f"\n{method}: {len(both)} looks at {len(panels)} panels\n{means.to_string()}")
        print(f"totals held: {held[0]}, ours {held[1]}; ours better: total {better[0]} panels, ")
        print(f"areas {better[1]}\n{panels.round(2).to_string()}")


if __name__ == "__main__":
    main()
