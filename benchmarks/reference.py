"""Is our protocol the reference's? Its simplest model, written again here, must score the same.

`last_of_type_independent` of development/reference_scores.csv: every area's last turnout of the
same type (else of any), with one standard deviation for all areas, the root mean square of their
past changes between neighbouring contests of the type (without any: of all types; without any:
5 points), as independent normal errors. Nothing here uses the package but its scores.

    python benchmarks/reference.py
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from panels import DATA, add_data_option, load_panel, panel_names, reference_scores
from turnout import scores

DRAWS = 4000
LEAST_DAYS, MOST_DAYS, MOST_TARGETS = 3, 8, 10
UNKNOWN_SD = 0.05


def targets(results: pd.DataFrame) -> list[str]:
    contests = results.groupby("election")["date"].first().sort_values(kind="stable")
    days = np.sort(contests.unique())
    known = [name for name, date in contests.items() if (days < date).sum() >= LEAST_DAYS]
    return [str(name) for name in known[-MOST_TARGETS:]]


def history_and_target(results: pd.DataFrame, election: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    target = results[results["election"] == election]
    earlier = results[results["date"] < target["date"].iloc[0]]
    recent = np.sort(earlier["date"].unique())[-MOST_DAYS:]
    history = earlier[earlier["date"].isin(recent)]
    target = target[target["area"].isin(history["area"])].reset_index(drop=True)
    return history[history["area"].isin(target["area"])], target


def forecast(history: pd.DataFrame, target: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    share = history["voters"].clip(upper=history["registered"]) / history["registered"]
    history = history.assign(share=share).sort_values("date", kind="stable")
    same = history[history["election_type"] == target["election_type"].iloc[0]]
    newest = history.groupby("area")["share"].last()
    point = same.groupby("area")["share"].last().reindex(target["area"])
    point = point.fillna(newest.reindex(target["area"]))
    for past in (same, history):
        grid = past.pivot_table(index="area", columns=["date", "election"], values="share")
        changes = np.diff(grid.to_numpy(), axis=1) if grid.shape[1] > 1 else np.empty(0)
        changes = changes[np.isfinite(changes)]
        if changes.size:
            break
    sd = np.sqrt((changes**2).mean()) if changes.size else UNKNOWN_SD
    draws = point.to_numpy() + sd * rng.standard_normal((DRAWS, len(point)))
    return np.clip(draws, 0, 1)


def score(actual: np.ndarray, draws: np.ndarray, weights: np.ndarray) -> dict[str, float]:
    """Errors weighted by registered, coverage and width counted over places, as in the file."""
    median, lower, upper = scores.central_intervals(draws, scores.LEVELS)
    row = {
        "n": len(actual),
        "mae": 100 * scores.mae(actual, median, weights=weights),
        "bias": 100 * scores.bias(actual, median, weights=weights),
        "crps": 100 * float(np.average(scores.crps(actual, draws), weights=weights)),
        "wis": 100 * float(np.average(scores.wis(actual, draws), weights=weights)),
    }
    for level, low, high in zip(scores.LEVELS, lower, upper, strict=True):
        row[f"coverage_{100 * level:.0f}"] = scores.coverage(actual, low, high)
    return {**row, "width_90": 100 * scores.width(lower[-1], upper[-1])}


def score_panel(name: str, data: Path = DATA) -> pd.DataFrame:
    results = load_panel(name, data)
    rows = []
    for election in targets(results):
        history, target = history_and_target(results, election)
        if target.empty:
            continue
        draws = forecast(history, target, np.random.default_rng(1))
        share = (
            target["voters"].clip(upper=target["registered"]) / target["registered"]
        ).to_numpy()
        registered = target["registered"].to_numpy(float)
        districts = target.get("district", pd.Series("", index=target.index))
        for scale, group in (("area", target["area"]), ("district", districts), ("total", None)):
            codes = np.zeros(len(target), int) if group is None else pd.factorize(group)[0]
            shares = np.eye(codes.max() + 1)[codes] * registered[:, None]
            weights = shares.sum(axis=0)
            if scale == "district" and len(weights) == 1:
                continue
            scored = score(share @ shares / weights, draws @ shares / weights, weights)
            rows.append({"panel": name, "election": election, "scale": scale, **scored})
    return pd.DataFrame(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_option(parser)
    data = parser.parse_args().data
    mine = pd.concat([score_panel(name, data) for name in panel_names(data)])
    theirs = reference_scores(data).query("model == 'last_of_type_independent'")
    both = mine.merge(theirs, on=["panel", "election", "scale"], suffixes=("", "_reference"))
    figures = ["n", "mae", "crps", "wis", "coverage_50", "coverage_80", "coverage_90", "width_90"]
    print(f"{len(both)} rows in both, {len(mine)} here, {len(theirs)} in the reference")
    by_scale = both.groupby("scale")
    for figure in figures:
        difference = both[figure] - both[f"{figure}_reference"]
        table = pd.DataFrame(
            {
                "ours": by_scale[figure].mean(),
                "reference": by_scale[f"{figure}_reference"].mean(),
                "largest_difference": difference.abs().groupby(both["scale"]).max(),
            }
        )
        print(f"\n{figure}\n{table.round(3).to_string()}")


if __name__ == "__main__":
    main()
