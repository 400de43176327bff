"""A type never seen: hide every type once in every panel, and forecast it from the others.

    python benchmarks/hidden_types.py                       all panels, each type's newest contest
    python benchmarks/hidden_types.py --every               every contest of every type
    python benchmarks/hidden_types.py --simulated 1000      panels drawn from the model itself

Of a type's newest contest the history is the newest 8 polling days before it without the type; at
least 3 must be left. What else is elected on its day is known, as it is in the calendar. The model
stands beside itself without kinds of office and random walk.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from panels import SETS, add_data_option, load_panel, names_of
from priors import BEFORE
from turnout import Election, HierarchicalModel, LastTurnout, Mixture, scores
from turnout.areas.contests import scores_of_days
from turnout.errors import HistoryError
from turnout.models.base import Model
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.priors import DEFAULT
from turnout.models.tree.root import RootProcess
from turnout.outcomes import actual_counts
from turnout.rolling_origin import Fold, folds
from turnout.schema import canonical_results

MODELS: dict[str, Model] = {
    "HierarchicalModel": HierarchicalModel(),
    "without kinds": HierarchicalModel(prior=BEFORE),
    "Mixture": Mixture(),
    "LastTurnout": LastTurnout(),
}
LEAST_DAYS = 3


def hidden_folds(results: pd.DataFrame, *, every: bool = False) -> Iterator[Fold]:
    """Yield contests of every type, their histories without the type."""
    table = canonical_results(results)
    contests = table.drop_duplicates("election")
    highest = pd.Series(scores_of_days(contests), contests["election"])
    for _, own in contests.groupby("election_type"):
        for label in own["election"] if every else own["election"].iloc[[-1]]:
            rows = table[table["election"] == label]
            others = table["election_type"] != rows["election_type"].iloc[0]
            known = pd.concat([table[others & (table["date"] < rows["date"].iloc[0])], rows])
            try:
                found = [*folds(known, min_history=LEAST_DAYS, max_targets=1)]
            except HistoryError:
                continue
            score = highest[label]
            kind = None if np.isnan(score) else float(score)
            for fold in found:
                coming = fold.election
                election = Election(
                    coming.date, coming.election_type, coming.type_group, label, kind
                )
                yield replace(fold, election=election)


def score_whole(model: Model, fold: Fold, draws: int) -> dict[str, float]:
    """Return how well the whole was forecast, in points."""
    forecast = model.fit(fold.history).forecast(fold.election, roll=fold.roll, draws=draws, seed=1)
    whole = forecast.at(forecast.top)
    registered, voters = actual_counts(whole.places, whole.scale, forecast.places, fold.outcome)
    truth = np.minimum(voters, registered) / registered
    return of_draws(whole.draws[:, 0].astype(float), float(truth[0]))


def of_draws(draws: np.ndarray, truth: float) -> dict[str, float]:
    """Return CRPS, whether the 90% interval holds, its width and the error of the median."""
    lower, median, upper = np.quantile(draws, [0.05, 0.5, 0.95])
    return {
        "crps": 100 * float(scores.crps(np.array([truth]), draws[:, None])[0]),
        "held": float(lower <= truth <= upper),
        "width": 100 * float(upper - lower),
        "error": 100 * float(median - truth),
        "truth": 100 * truth,
    }


def on_panel(name: str, data: Path, draws: int, *, every: bool) -> list[dict[str, object]]:
    """Score all models on the hidden types of a panel."""
    rows: list[dict[str, object]] = []
    for fold in hidden_folds(load_panel(name, data), every=every):
        told = {"panel": name, "type": fold.election.election_type, "election": fold.election.name}
        for label, model in MODELS.items():
            try:
                rows.append({**told, "model": label, **score_whole(model, fold, draws)})
            except HistoryError as error:
                print(f"{name} {fold.election.name} {label}: {error}")
    return rows


def summary(scored: pd.DataFrame) -> pd.DataFrame:
    """Means over hidden types: k of n held with the interval of the true coverage, CRPS, width."""
    rows = {}
    for model, own in scored.groupby("model", sort=False):
        k, n = int(own["held"].sum()), len(own)
        low, high = scores.clopper_pearson(k, n)
        rows[model] = {
            "held": f"{k} of {n}",
            "coverage": f"{100 * low:.0f}-{100 * high:.0f}%",
            **own[["crps", "width"]].mean().round(2),
            "mae": own["error"].abs().mean().round(2),
        }
    table = pd.DataFrame(rows).T
    for figure in ("crps", "width"):
        table[f"{figure}_ratio"] = (table[figure] / table.loc["without kinds", figure]).astype(
            float
        )
    return table


def left_out(scored: pd.DataFrame) -> pd.Series:
    """Return the ratio of CRPS to that without kinds of office, with each panel left out."""
    wide = scored.pivot(index=["panel", "election"], columns="model", values="crps")
    panels = wide.index.get_level_values("panel")
    ratios = {}
    for panel in panels.unique():
        rest = wide[panels != panel].mean()
        ratios[panel] = rest["HierarchicalModel"] / rest["without kinds"]
    return pd.Series(ratios)


# Days and types of simulated panels; the last is hidden until its day.
DAYS = ("2008-11-04", "2010-11-02", "2012-11-06", "2014-11-04", "2015-06-14", "2016-11-08")
TYPES = ("presidential", "midterm", "presidential", "midterm", "european", "municipal")


def simulated(number: int) -> dict[str, object]:
    """Draw the turnout of a whole from the prior, and forecast its last contest, of a new type."""
    contests = pd.DataFrame(
        {
            "election": DAYS,
            "date": pd.to_datetime(list(DAYS)),
            "election_type": TYPES,
            "type_group": TYPES,
        }
    )
    rng = np.random.default_rng(number)
    kernel = ContestKernel.of(contests)
    root, level = RootProcess.of(DEFAULT, kernel), DEFAULT.level(kernel.days)
    sizes = level.center + level.spread * rng.standard_normal(len(level.center))
    covariance = kernel.covariance(sizes) + root.covariance
    logits = rng.multivariate_normal(root.mean, covariance)
    size = 300_000
    voters = rng.binomial(size, 1 / (1 + np.exp(-logits)))
    table = contests.assign(city="Kota", registered=size, voters=voters)
    fitted = HierarchicalModel(integration=512).fit(table.iloc[:-1])
    coming = Election(DAYS[-1], TYPES[-1])
    forecast = fitted.forecast(coming, draws=1000, seed=number)
    return of_draws(forecast.draws[:, 0].astype(float), voters[-1] / size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_option(parser)
    parser.add_argument("--set", choices=SETS, default="all")
    parser.add_argument("--panel", action="append", help="instead of a set")
    parser.add_argument("--every", action="store_true", help="every contest, not the newest alone")
    parser.add_argument("--simulated", type=int, default=0, metavar="N", help="panels to simulate")
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    work = Parallel(n_jobs=chosen.jobs)
    if chosen.simulated:
        found = pd.DataFrame(work(delayed(simulated)(number) for number in range(chosen.simulated)))
        k, n = int(found["held"].sum()), len(found)
        low, high = scores.clopper_pearson(k, n)
        print(f"{k} of {n} held at 90% ({100 * k / n:.1f}%: {100 * low:.1f}-{100 * high:.1f}%)")
        return
    names = chosen.panel or names_of(chosen.set, chosen.data)
    parts = work(
        delayed(on_panel)(name, chosen.data, chosen.draws, every=chosen.every) for name in names
    )
    scored = pd.DataFrame([row for part in parts for row in part])
    scored.to_csv(chosen.out / "hidden_types.csv", index=False)
    with pd.option_context("display.width", 200, "display.max_columns", 20):
        print(f"{scored['election'].nunique()} contests, {chosen.draws} draws")
        print(summary(scored).to_string())
        print("\nCRPS to that without kinds of office, panel by panel left out")
        print(left_out(scored).round(3).to_string())


if __name__ == "__main__":
    main()
