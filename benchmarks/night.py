"""Counting night: past elections replayed in every order, with the shares of intervals that held.

Of every panel with at least 20 areas the newest three contests that have a history are played in
each order (`turnout.replay`): the total's 90% interval at each step, and the weighted interval
score of the total and of the areas still out, beside the uniform swing and the raw count.

    python benchmarks/night.py --set all --out benchmarks/out/night.csv
    python benchmarks/night.py --simulated 500 --step 0.1 --step 0.5

What was played is written panel by panel, so that a run may be stopped at any time: `--resume` goes
on with the panels that `--out` does not hold yet, and sums up all that it holds.

Simulated nights are of a county that comes from the model's own prior (simulated_night.py). Each is
looked at once in every order, at one of the steps in turn: every look of an order is another night.
In a calibrated model 88-92% of 500 intervals hold.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

import turnout
from panels import DATA, SETS, add_data_option, load_panel, names_of
from simulated_night import simulated
from turnout import scores
from turnout.backtesting import Night, ReplaySettings, join_replays
from turnout.backtesting.replay_orders import ORDERS, Order
from turnout.backtesting.replay_result import RAW, SWING
from turnout.backtesting.replay_run import STEPS
from turnout.errors import HistoryError
from turnout.rolling_origin import folds

LEAST_AREAS = 20


def play(
    panel: str,
    orders: Sequence[Order] = ORDERS,
    steps: Sequence[float] = STEPS,
    *,
    contests: int = 3,
    draws: int = 1000,
    data: Path = DATA,
) -> pd.DataFrame:
    """Replay the newest contests of a panel; nothing where it has too few areas."""
    return played_table(load_panel(panel, data), panel, orders, steps, contests, draws)


def played_table(
    table: pd.DataFrame,
    panel: str,
    orders: Sequence[Order],
    steps: Sequence[float],
    contests: int,
    draws: int,
) -> pd.DataFrame:
    """Replay the newest contests of a table of results.

    Rows with more than 1.5 voters per registered one, which no count is taken from, are left out.
    """
    over_full = table["voters"] > 1.5 * table["registered"]
    if over_full.any():
        print(f"{panel}: {int(over_full.sum())} rows left out, more voters than registered")
        table = table[~over_full]
    settings = ReplaySettings(draws=draws)
    parts = []
    for fold in folds(table, max_targets=contests):
        if len(fold.actual) < LEAST_AREAS:
            continue
        night = Night.of(turnout.HierarchicalModel(), fold, settings)
        for order in orders:
            try:
                parts.append(night.played(order, steps))
            except HistoryError as error:
                if order != "district":
                    raise
                print(f"{panel} {fold.election.name}: {error}")
    return join_replays(parts).assign(panel=panel) if parts else pd.DataFrame()


def summary(played: pd.DataFrame) -> pd.DataFrame:
    """k of n totals held per order and step, their width, and mean scores beside the others."""
    own = played[~played["model"].isin([SWING, RAW])]
    keys = ["order", "step"]
    groups = own.groupby(keys)
    table = pd.DataFrame({"k": groups["held"].sum(), "n": groups.size()})
    table["lower"], table["upper"] = scores.clopper_pearson(table["k"], table["n"])
    table["width"] = groups["width"].mean()
    table["crps"] = groups["crps"].mean()
    for score in ("wis", "out_wis"):
        table[score] = groups[score].mean()
        for name in (SWING, RAW):
            table[f"{score}, {name}"] = played[played["model"] == name].groupby(keys)[score].mean()
    table["out_coverage"] = groups["out_coverage"].mean()
    return table


def better(played: pd.DataFrame) -> pd.DataFrame:
    """Share of panels on which the model's mean score is lower than each of the others'."""
    night = played[played["step"] > 0].copy()
    night["model"] = night["model"].where(night["model"].isin([SWING, RAW]), "model")
    means = night.groupby(["order", "panel", "model"])[["wis", "out_wis"]].mean().unstack("model")
    rows = {
        (score, name): (means[score]["model"] < means[score][name]).groupby("order").mean()
        for score in ("wis", "out_wis")
        for name in (SWING, RAW)
    }
    return pd.DataFrame(rows)


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_option(parser)
    parser.add_argument("--set", choices=SETS, default="all")
    parser.add_argument("--panel", action="append", help="instead of a set")
    parser.add_argument("--simulated", type=int, metavar="N", help="N simulated nights instead")
    parser.add_argument("--order", action="append", choices=ORDERS)
    parser.add_argument("--step", action="append", type=float, help="share counted, such as 0.1")
    parser.add_argument("--contests", type=int, default=3)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out/night.csv"))
    parser.add_argument("--resume", action="store_true", help="go on with what --out holds")
    return parser.parse_args()


def main() -> None:
    chosen = _parsed()
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    orders, steps = chosen.order or ORDERS, sorted(chosen.step or STEPS)
    nights = [f"simulated {seed}" for seed in range(chosen.simulated or 0)]
    held = chosen.resume and chosen.out.exists()
    parts = [pd.read_csv(chosen.out)] if held else []
    done = set(parts[0]["panel"]) if held else set()
    for panel in nights or chosen.panel or names_of(chosen.set, chosen.data):
        if panel in done:
            continue
        started = time.perf_counter()
        if nights:
            seed = int(panel.split()[-1])
            step = [steps[seed % len(steps)]]
            played = played_table(simulated(seed), panel, orders, step, 1, chosen.draws)
        else:
            options = {"contests": chosen.contests, "draws": chosen.draws, "data": chosen.data}
            played = play(panel, orders, steps, **options)
        if played.empty:
            continue
        parts.append(played)
        pd.concat(parts).to_csv(chosen.out, index=False)
        print(f"{panel}: {time.perf_counter() - started:.0f} s", flush=True)
    everything = pd.concat(parts)
    with pd.option_context("display.width", 220, "display.max_columns", 30):
        print(summary(everything).round(2).to_string())
        print(f"\nShare of panels on which the model is better\n{better(everything).round(2)}")
    assert np.isfinite(everything["crps"]).all()


if __name__ == "__main__":
    main()
