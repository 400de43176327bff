"""Seconds of `forecast watch`: its first forecast, and each update after it with its stages.

    python benchmarks/watch.py --areas 1500

A simulated night of one city, from past results in a file to new numbers and a new page on the
disk, without figures. Prints wall and processor seconds, the updates as ratios to the first
forecast (reading the past, fitting, and forecasting before the count), and where each update spent
them. With `--areas 80000 --draws 1000` it is the night of a nation.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit

from turnout import Election
from turnout.cli.desk import CommandDesk
from turnout.cli.files import read_files
from turnout.cli.fitted import Fitted
from turnout.cli.job import Job
from turnout.cli.models import make_model
from turnout.reading.hints import NO_HINTS
from turnout.watch import night as nights
from turnout.watch.history import History
from turnout.watch.night import Night
from turnout.watch.page.page import night_page

ELECTION = Election("2024-11-27", "pilkada")
CONTESTS = (
    ("2009-04-09", "pemilu"),
    ("2014-04-09", "pemilu"),
    ("2015-12-09", "pilkada"),
    ("2019-04-17", "pemilu"),
    ("2020-12-09", "pilkada"),
    ("2024-02-14", "pemilu"),
)


class Stopwatch:
    """Wall and processor seconds since it was made or read."""

    def __init__(self) -> None:
        self.wall, self.own = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        wall, own = time.perf_counter(), time.process_time()
        passed = wall - self.wall, own - self.own
        self.wall, self.own = wall, own
        return passed


@dataclass
class Stages:
    """Wall and processor seconds of an update, by what it does."""

    spent: dict[str, tuple[float, float]] = field(default_factory=dict)

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return the same work, whose seconds go to a stage."""

        def measured(*given: Any) -> Any:
            watch = Stopwatch()
            done = work(*given)
            self.spent[stage] = watch.read()
            return done

        return measured

    def taken(self, *whole: float) -> dict[str, tuple[float, float]]:
        """Return the seconds of each stage of an update; what is in none is compared."""
        wall, own = (sum(one) for one in zip(*self.spent.values(), strict=True))
        told = {**self.spent, "compare": (whole[0] - wall, whole[1] - own)}
        self.spent.clear()
        return told


def simulate(areas: int, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return past results and, in the order in which they come in, those of the night."""
    district = np.arange(areas) // 15
    size = rng.lognormal(np.log(3000), 0.6, areas).round() + 200
    usual = 0.9 + 0.15 * rng.standard_normal(areas) + 0.15 * rng.standard_normal(areas)[district]
    names = pd.DataFrame(
        {
            "city": "Kota",
            "district": [f"Kecamatan {one + 1}" for one in district],
            "area": [f"Kelurahan {one + 1}" for one in range(areas)],
            "registered": size,
        }
    )

    def held() -> pd.DataFrame:
        shock = 0.28 * rng.standard_normal()
        logit = usual + shock + 0.08 * rng.standard_normal(areas)
        return names.assign(voters=rng.binomial(size.astype(int), expit(logit)))

    past = [held().assign(date=date, election_type=kind) for date, kind in CONTESTS]
    stations = (size / 400).round().clip(1)
    coming = held().assign(stations_counted=stations, stations_total=stations)
    return pd.concat(past, ignore_index=True), coming.sample(frac=1, random_state=1)


def so_far(coming: pd.DataFrame, share: float) -> pd.DataFrame:
    """Return the count when this share of the areas is in."""
    table = coming.copy()
    out = np.arange(len(table)) >= round(share * len(table))
    table.loc[out, ["registered", "voters"]] = np.nan
    table.loc[out, "stations_counted"] = 0
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, default=1500)
    parser.add_argument("--draws", type=int, default=4000)
    chosen = parser.parse_args()
    past, coming = simulate(chosen.areas, np.random.default_rng(1))
    nights.SETTLE = 0.0  # what is waited for is no work
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        past.to_csv(folder / "past.csv", index=False)
        rows = measure(folder, coming, chosen.draws)
    print(f"{chosen.areas:,} areas, {chosen.draws:,} draws")
    print("| step | seconds | processor seconds | ratio to the first forecast |\n|---|---|---|---|")
    first = rows[0][2]
    for step, wall, own, _ in rows:
        print(f"| {step} | {wall:.1f} | {own:.1f} | {own / first:.2f} |")
    names = [*rows[1][3]]
    print(
        f"\nprocessor seconds (wall)\n\n| step | {' | '.join(names)} |\n{'|---' * len(names)}|---|"
    )
    for step, _, _, stages in rows[1:]:
        told = [f"{own:.1f} ({wall:.1f})" for wall, own in stages.values()]
        print(f"| {step} | {' | '.join(told)} |")


Row = tuple[str, float, float, dict[str, tuple[float, float]]]
"""Step, wall seconds, processor seconds, and both of each of its stages."""


def measure(folder: Path, coming: pd.DataFrame, draws: int) -> list[Row]:
    """Return what the first forecast and each update took."""
    job = Job({"results": folder / "past.csv"}, ELECTION, ("70%",), (0.9,), draws=draws)
    watch = Stopwatch()
    readings = read_files(job.files, ELECTION)
    model = make_model(job.model, job.prior, job.covariates)
    fitted = Fitted.of(model, job, readings)
    before = fitted.forecast()
    rows: list[Row] = [("first forecast", *watch.read(), {})]
    desk = CommandDesk(
        model=model,
        fitted=fitted,
        readings=readings,
        counted=folder / "count.csv",
        hints=NO_HINTS,
        drop_bad_rows=False,
        out=folder / "night",
        lang="en",
        page=lambda standing, lang: night_page(standing, lang, ELECTION),
        told=lambda *_: None,
    )
    stages = Stages()
    desk.load = stages.timed("read and check", desk.load)
    desk.forecast = stages.timed("forecast", desk.forecast)
    desk.write = stages.timed("write", desk.write)
    desk.finish = lambda *_: None  # figures come later
    history = History.opened(folder / "night.sqlite", ELECTION)
    object.__setattr__(history, "append", stages.timed("keep", history.append))
    night = Night(folder / "count.csv", desk, history, "benchmark", 0.7, before)
    state = night.begun()
    for share in (0.05, 0.3, 0.6, 0.9):
        so_far(coming, share).to_csv(folder / "count.csv", index=False)
        watch.read()
        state, _ = night.looked(state)
        wall, own = watch.read()
        rows.append((f"update at {share:.0%}", wall, own, stages.taken(wall, own)))
        assert not state.standing.troubles, state.standing.troubles
    return rows


if __name__ == "__main__":
    main()
