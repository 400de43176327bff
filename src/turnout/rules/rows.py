"""Rows judged by a pandera schema: every row that breaks any rule is found in one pass."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.rules.draft import Draft
from turnout.rules.row_rules import RowRule


def check_rows(draft: Draft, rules: Iterable[RowRule]) -> list[Finding]:
    """Find every row that breaks one of `rules`; all of them in one pass of pandera."""
    figures = measured(draft.table)
    present = [rule for rule in rules if rule.column in draft.written]
    findings: list[Finding] = []
    for position, rows in _failures(figures, present).items():
        broken = present[position]
        findings += broken.rule.at(draft, rows, broken.column, figures)
    return findings


def _failures(figures: pd.DataFrame, rules: list[RowRule]) -> dict[int, pd.Index]:
    """Return the offending rows of each broken rule, by the rule's position in `rules`."""
    import pandera.pandas as pa  # here: it takes longer to import than most tables to read

    checks: dict[str, list[pa.Check]] = {}
    for position, rule in enumerate(rules):
        check = pa.Check(rule.holds, name=str(position))
        checks.setdefault(rule.measure, []).append(check)
    columns = {name: pa.Column(float, held, nullable=True) for name, held in checks.items()}
    try:
        pa.DataFrameSchema(columns).validate(figures, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        rows = cases["index"].astype(figures.index.dtype).groupby(cases["check"].astype(int))
        return {int(position): pd.Index(sorted(group)) for position, group in rows}
    return {}


def measured(table: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that the rules look at; a fraction is no count, so it has no turnout."""
    counts = table[["registered", "voters"]]
    usable = (counts % 1 == 0).all(axis=1) & (table["registered"] > 0) & (table["voters"] >= 0)
    nothing_counted = table["stations_counted"] == 0
    return table.assign(
        turnout=(table["voters"] / table["registered"]).where(usable & ~nothing_counted),
        registered_in_force=table["registered"].where(~nothing_counted),
        registered_known=table["registered"].notna().astype("float64"),
        voters_known=(table["voters"].notna() | nothing_counted).astype("float64"),
        stations_over=table["stations_counted"] - table["stations_total"],
        range_bounds=table[["voters_low", "voters_high"]].notna().sum(axis=1).astype("float64"),
        outside_range=np.maximum(
            table["voters_low"] - table["voters"], table["voters"] - table["voters_high"]
        ),
        registered_gap=table["registered_l"] + table["registered_p"] - table["registered"],
        voters_gap=table["voters_l"] + table["voters_p"] - table["voters"],
        ballots_gap=table["valid"] + table["invalid"] - table["voters"],
    )
