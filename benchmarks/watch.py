"""Seconds of `forecast watch`: its first forecast, and each update after it.

    python benchmarks/watch.py --areas 1500

A simulated night of one city, from past results in a file to new numbers and a new page on the
disk, without figures. Prints wall and processor seconds, and the updates as ratios to the first
forecast: reading the past, fitting, and forecasting before the count.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

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
    for step, wall, own in rows:
        print(f"| {step} | {wall:.1f} | {own:.1f} | {own / first:.2f} |")


def measure(folder: Path, coming: pd.DataFrame, draws: int) -> list[tuple[str, float, float]]:
    """Return step, wall seconds and processor seconds of the first forecast and of updates."""
    job = Job({"results": folder / "past.csv"}, ELECTION, ("70%",), (0.9,), draws=draws)
    watch = Stopwatch()
    readings = read_files(job.files, ELECTION)
    model = make_model(job.model, job.prior, job.covariates)
    fitted = Fitted.of(model, job, readings)
    before = fitted.forecast()
    rows = [("first forecast", *watch.read())]
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
    desk.finish = lambda *_: None  # figures come later
    history = History.opened(folder / "night.sqlite", ELECTION)
    night = Night(folder / "count.csv", desk, history, "benchmark", 0.7, before)
    state = night.begun()
    for share in (0.05, 0.3, 0.6, 0.9):
        so_far(coming, share).to_csv(folder / "count.csv", index=False)
        watch.read()
        state, _ = night.looked(state)
        rows.append((f"update at {share:.0%}", *watch.read()))
        assert not state.standing.troubles, state.standing.troubles
    return rows


if __name__ == "__main__":
    main()
