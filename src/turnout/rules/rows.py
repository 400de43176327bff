"""Rows judged one by one: every row that breaks a rule is found, whoever made the table."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from turnout.errors import Finding
from turnout.rules.draft import Draft
from turnout.rules.row_rules import RowRule


def check_rows(draft: Draft, rules: Iterable[RowRule]) -> list[Finding]:
    """Find every row that breaks one of `rules`; what a row does not tell breaks none.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.described`).
    rules
        What they must satisfy. Rules on columns that the user's table lacks are passed over.
    """
    figures = measured(draft.table)
    findings: list[Finding] = []
    for one in rules:
        if one.column in draft.written:
            values = figures[one.measure]
            rows = figures.index[values.notna() & ~one.holds(values)]
            findings += one.rule.at(draft, rows, one.column, figures)
    return findings


def measured(table: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that the rules look at; a fraction is no count and has no turnout."""
    counts = table[["registered", "voters"]]
    usable = (counts % 1 == 0).all(axis=1) & (table["registered"] > 0) & (table["voters"] >= 0)
    nothing_counted = table["stations_counted"] == 0
    return table.assign(
        turnout=(table["voters"] / table["registered"]).where(usable & ~nothing_counted),
        registered_in_force=table["registered"].where(~nothing_counted),
        registered_known=(table["registered"].notna() | nothing_counted).astype("float64"),
        voters_known=(table["voters"].notna() | nothing_counted).astype("float64"),
        stations_over=table["stations_counted"] - table["stations_total"],
        range_bounds=table[["voters_low", "voters_high"]].notna().sum(axis=1).astype("float64"),
        outside_range=pd.concat(
            [table["voters_low"] - table["voters"], table["voters"] - table["voters_high"]], axis=1
        ).max(axis=1, skipna=False),
        registered_gap=table["registered_l"] + table["registered_p"] - table["registered"],
        voters_gap=table["voters_l"] + table["voters_p"] - table["voters"],
        ballots_gap=table["valid"] + table["invalid"] - table["voters"],
    )
