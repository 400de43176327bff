"""Learn priors of the top of the tree: from the development panels, and for Indonesia.

    python benchmarks/priors.py [--data DIR]

Development panels, and our own beside them: log evidence of each panel's whole (all its contests,
messages of the levels below passed once) under a prior, integrated over its parameters; each
candidate against the first, panel by panel, so that no panel's word decides for itself. Indonesia:
variances of cities and provinces from indonesia/kabkota.csv.gz of the panels' folder, and of the
nation from the published national turnout; a single city's prior is their sum.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import logsumexp
from scipy.stats import norm, qmc

from panels import add_data_option, load_panel, own_panel_names, panel_names
from turnout.areas import build_panel
from turnout.models.tree import model as hierarchical
from turnout.models.tree.kernels import PARAMETERS, ContestKernel
from turnout.models.tree.model import HierarchicalModel, TreeState
from turnout.models.tree.priors import DEFAULT, LogNormal, TopPrior
from turnout.models.tree.root import RootProcess

# Turnout of Indonesian elections in percent since presidents are elected directly (1999, at 92.74%,
# was another kind of election); their sources stand in benchmarks/panels/README.md.
NATIONAL = [
    ("2004-04-05", "pileg", 84.07),
    ("2004-07-05", "pilpres", 78.2),
    ("2004-09-20", "pilpres", 76.6),
    ("2009-04-09", "pileg", 70.99),
    ("2014-04-09", "pileg", 75.11),
    ("2014-07-09", "pilpres", 71.31),
    ("2015-12-09", "pilkada", 69.35),
    ("2017-02-15", "pilkada", 74.89),
    ("2018-06-27", "pilkada", 74.92),
    ("2019-04-17", "pilpres", 81.97),
    ("2020-12-09", "pilkada", 76.09),
    ("2024-02-14", "pilpres", 81.78),
    ("2024-11-27", "pilkada", 71.0),
]
# The founding case may choose nothing: what came after 14 November 2024 is not learned from.
KNOWN_UNTIL = "2024-11-14"


def sized(medians: tuple[float, ...], log_sds: tuple[float, ...]) -> dict[str, LogNormal]:
    """Name the sizes of the components after ``lasting``, and of the memory."""
    own = zip(PARAMETERS[1:], medians, log_sds, strict=True)
    return {name: LogNormal(median, log_sd) for name, median, log_sd in own}


BEFORE = TopPrior(
    mean=0.62,
    mean_sd=0.6,
    sizes=sized((0.3, 0.2, 0.2, 0.2, 0.08, 50.0), (0.8, 0.8, 0.6, 0.8, 0.7, 0.6)),
    tail=0.8,
    kind=0.0,
    kind_sd=0.0,
    unknown_kind_sd=0.0,
    walk=0.0,
)
"""Without kinds of office and random walk."""

CANDIDATES = {
    "without kind and walk": BEFORE,
    "and kind": replace(BEFORE, kind=0.7, kind_sd=0.5, unknown_kind_sd=0.23),
    "and walk": replace(BEFORE, kind=0.7, kind_sd=0.5, unknown_kind_sd=0.23, walk=0.04),
    "shipped: types half as large": DEFAULT,
    "shipped, tail 1.2": replace(DEFAULT, tail=1.2),
    "shipped, no walk": replace(DEFAULT, walk=0.0),
    "shipped, walk 0.06": replace(DEFAULT, walk=0.06),
    "shipped, drift larger": replace(
        DEFAULT, sizes={**DEFAULT.sizes, "drift": LogNormal(0.25, 0.6)}
    ),
}

DRAWS = 8192


def whole(results: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, ContestKernel]:
    """Return what a panel says of its root, precision and shift, with all levels below fitted."""
    hierarchical.MANY = 2
    model = HierarchicalModel()
    panel = build_panel(results)
    state = TreeState.of(model, panel, model.fit(results).levels, ())
    heard = state.lower.pending[0].message
    return heard.precision[0, 0], heard.shift[0, 0, :, 0], state.kernel


def evidence(heard: tuple[np.ndarray, np.ndarray, ContestKernel], prior: TopPrior) -> float:
    """Return the log evidence of a panel's whole under a prior."""
    precision, shift, kernel = heard
    root = RootProcess.of(prior, kernel)
    # The messages speak of distances from the mean of the default.
    moved = root.mean - RootProcess.of(DEFAULT, kernel).mean
    constant = moved @ shift - moved @ precision @ moved / 2
    shift = shift - precision @ moved
    level = prior.level(kernel.days)
    free = level.spread > 0
    uniform = qmc.Sobol(int(free.sum()), rng=np.random.default_rng(1)).random(DRAWS)
    draws = np.tile(level.center, (DRAWS, 1))
    draws[:, free] += level.spread[free] * norm.ppf(uniform.clip(1e-9, 1 - 1e-9))
    values = []
    for block in np.array_split(draws, 8):
        half = np.linalg.cholesky(kernel.covariance(block) + root.covariance)
        inner = np.eye(len(shift)) + half.swapaxes(1, 2) @ precision @ half
        away = half.swapaxes(1, 2) @ shift
        fitted = np.einsum("mi,mi->m", away, np.linalg.solve(inner, away[..., None])[..., 0])
        values.append((fitted - np.linalg.slogdet(inner)[1]) / 2)
    return float(constant + logsumexp(np.concatenate(values)) - np.log(DRAWS))


def compare_candidates(panels: list[str], data: Path) -> pd.DataFrame:
    """Return the log evidence of every candidate on every panel, less the first candidate's."""
    heard = {name: whole(load_panel(name, data)) for name in panels}
    rows = {
        label: {name: evidence(one, prior) for name, one in heard.items()}
        for label, prior in CANDIDATES.items()
    }
    table = pd.DataFrame(rows).T
    table = table - table.iloc[0]
    least = pd.Series({label: (row.sum() - row).min() for label, row in table.iterrows()})
    return table.assign(together=table.sum(axis=1), least_with_one_left_out=least).round(1)


def indonesian_levels(data: Path) -> dict[str, np.ndarray]:
    """Return the standard deviations (logit) of cities and provinces, by part."""
    table = pd.read_csv(data / "indonesia" / "kabkota.csv.gz")
    turnout = table["voters"] / table["registered"]
    table = table[(table["completeness"] >= 0.9) & turnout.between(0.3, 0.97)]
    table = table.drop_duplicates(["election", "province", "city"])
    columns = ["election", "date", "election_type", "province", "city", "registered", "voters"]
    levels = HierarchicalModel().fit(table[columns]).levels
    return {scale: np.exp(own[:7]) for scale, own in levels.items()}


def national_level() -> tuple[np.ndarray, float, float]:
    """Return the nation's standard deviations by part, and its mean and the mean's sd (logit)."""
    table = pd.DataFrame(NATIONAL, columns=["date", "election_type", "percent"])
    table = table[table["date"] < KNOWN_UNTIL].assign(nation="Indonesia", registered=150_000_000.0)
    table["voters"] = table["registered"] * table["percent"] / 100
    state = TreeState.of(HierarchicalModel(), build_panel(table), {}, ())
    posterior = state.posterior
    parts = np.append(0.0, np.exp(posterior.weights @ posterior.draws[:, 1:7]))
    logit = np.log(table["percent"] / (100 - table["percent"]))
    return parts, float(logit.mean()), float(logit.std() / np.sqrt(len(logit)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_option(parser)
    data = parser.parse_args().data
    with pd.option_context("display.width", 200, "display.max_columns", 20):
        for title, names in (
            ("Development", panel_names(data)),
            ("Own", own_panel_names(data)),
        ):
            print(f"{title} panels: log evidence of each one's whole, less that of the first prior")
            print(compare_candidates(names, data).to_string())
    hierarchical.MANY = 30
    levels = indonesian_levels(data)
    nation, mean, mean_sd = national_level()
    levels["nation"] = nation
    table = pd.DataFrame(levels, index=PARAMETERS).T
    print("\nIndonesia: standard deviations (logit) by part, memory in years")
    print(table.round(3).to_string())
    one_city = np.sqrt((table.drop(columns="memory").fillna(0.0) ** 2).sum())
    print(f"\nA single city, all three together:\n{one_city.round(3).to_string()}")
    lasting = np.hypot(one_city["lasting"], mean_sd)
    print(f"mean {mean:.2f}, sd of a city's mean {lasting:.2f}")


if __name__ == "__main__":
    main()
