"""Variants of the shipped settings, as docs/accuracy.md compares them on the panels of development.

python benchmarks/variants.py return      the prior of the shared return (BinomialGLM)
python benchmarks/variants.py spread      how much a mixture narrows its models
python benchmarks/variants.py learned     weights learned from past elections
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd

from panels import SETS, add_data_option, names_of
from protocol import run, summary
from turnout import BinomialGLM, Mixture
from turnout.models.base import Model
from turnout.models.points import reversion

RETURNS = {
    "sd 0.15": {"PRIOR_RETURN_SD": 0.15},
    "shipped": {},
    "sd 0.6": {"PRIOR_RETURN_SD": 0.6},
    "prior 0.7": {"PRIOR_RETURN": 0.7},
    "prior shock 0.15 / 0.3": {"PRIOR_SCALES": (0.15, 0.3)},
    "prior shock 0.25 / 0.5": {"PRIOR_SCALES": (0.25, 0.5)},
}


@contextmanager
def constants(values: dict[str, object]) -> Iterator[None]:
    """Let the module of the return have other constants for a while."""
    before = {name: getattr(reversion, name) for name in values}
    try:
        for name, value in values.items():
            setattr(reversion, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(reversion, name, value)


def mixtures(chosen: str) -> dict[str, Model]:
    """Name the variants of the mixture that a table compares."""
    if chosen == "spread":
        return {f"spread {one}": Mixture(spread=one) for one in (1, 0.95, 0.92, 0.9, 0.88, 0.8)}
    learned = {
        f"equal weights count {one:g}": Mixture(past_elections=9, equal_elections=one)
        for one in (0.0, 0.3, 1.0, 3.0, 10.0)
    }
    return {**learned, "equal": Mixture()}


def measured(models: dict[str, Model], chosen: argparse.Namespace, jobs: int) -> pd.DataFrame:
    panels = chosen.panel or names_of(chosen.set, chosen.data)
    tested = run(models, panels, chosen.draws, jobs, chosen.data)
    table = summary(tested, chosen.data)
    return table[table.index.get_level_values("model").isin(models)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_option(parser)
    parser.add_argument("what", choices=("return", "spread", "learned"))
    parser.add_argument("--set", choices=SETS, default="development")
    parser.add_argument("--panel", action="append", help="instead of a set")
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    if chosen.what != "return":
        table = measured(mixtures(chosen.what), chosen, chosen.jobs)
    else:
        tables = []
        for name, values in RETURNS.items():
            with constants(values):  # of this process, hence one job
                tables.append(measured({name: BinomialGLM()}, chosen, jobs=1))
        table = pd.concat(tables).sort_index(level="scale", sort_remaining=False)
    with pd.option_context("display.width", 200, "display.max_columns", 30):
        print(table.to_string())


if __name__ == "__main__":
    main()
