"""Learn priors from the development panels: of the top of the tree, and of places within the whole.

    python benchmarks/priors.py [--data DIR]

Development panels, and our own beside them: log evidence of each panel's whole (all its contests,
messages of the levels below passed once) under a prior, integrated over its parameters; each
candidate against the first, panel by panel, so that no panel's word decides for itself. Then, of
every level whose many places tell them, the parts of its variance. The prior of an Indonesian
region is learned in priors_indonesia.py.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
from scipy.special import logsumexp
from scipy.stats import norm, qmc

from panels import add_data_option, load_panel, own_panel_names, panel_names
from turnout.areas import build_panel
from turnout.models.tree import levels
from turnout.models.tree.kernels import COMPONENTS, PARAMETERS, ContestKernel
from turnout.models.tree.model import HierarchicalModel, TreeState
from turnout.models.tree.priors import DEFAULT, LogNormal, TopPrior
from turnout.models.tree.root import RootProcess


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
    "shipped, slope of kinds wider": replace(DEFAULT, kind_sd=0.5),
    "shipped, no walk": replace(DEFAULT, walk=0.0),
    "shipped, walk 0.06": replace(DEFAULT, walk=0.06),
    "shipped, drift larger": replace(
        DEFAULT, sizes={**DEFAULT.sizes, "drift": LogNormal(0.25, 0.6)}
    ),
}

DRAWS = 8192


def whole(results: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, ContestKernel]:
    """Return what a panel says of its root, precision and shift, with all levels below fitted."""
    model = HierarchicalModel()
    panel = build_panel(results)
    with patch.object(levels, "MANY", 2):
        state = TreeState.of(model, panel, model.fit(results).levels, ())
        heard = state.lower(0).pending[0].message
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


def parts_of_levels(panels: list[str], data: Path) -> pd.DataFrame:
    """Return, of every level with many places, each part's share of the variance."""
    rows = {}
    for name in panels:
        for scale, own in HierarchicalModel().fit(load_panel(name, data)).levels.items():
            variance = np.exp(2 * own[: len(COMPONENTS)])
            total = variance.sum()
            memory = np.exp(own[len(COMPONENTS)])
            rows[f"{name} {scale}"] = [*(variance / total), memory, np.sqrt(total)]
    return pd.DataFrame(rows, index=[*PARAMETERS, "sd"]).T


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
    print("\nLevels with many places: share of each part in the variance, memory, sd (logit)")
    print(parts_of_levels(panel_names(data), data).round(3).to_string())


if __name__ == "__main__":
    main()
