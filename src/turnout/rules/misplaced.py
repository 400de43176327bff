"""Voters that stand in rows of other places: those of many places, for one cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from turnout.errors import Finding
from turnout.rules.draft import Draft
from turnout.rules.wholes import wholes_and_parts

_BY = ["contest", "within"]


@dataclass(frozen=True)
class Misplaced:
    """Rows whose voters are those of other rows.

    Parameters
    ----------
    finding
        What is said of them; its rows are all of them.
    rows
        Their labels.
    left
        Share of the spread of their turnout that is left once they are put right.
    """

    finding: Finding
    rows: pd.Index
    left: float


def because_misplaced(
    draft: Draft, findings: Sequence[Finding], misplaced: Sequence[Misplaced]
) -> list[Finding]:
    """Return findings with what was misplaced in place of what is said of its voters, and totals.

    An error at one of its cells makes all of the block one.

    Parameters
    ----------
    draft
        The rows.
    findings
        What was found in them.
    misplaced
        Blocks of rows.
    """
    kept, told = list(findings), []
    for block in misplaced:
        of_block = {*draft.spots(block.rows, "voters")}
        wrong = any(one.severity == "error" and one.spot in of_block for one in kept)
        of_totals = {*draft.spots(totals_over(draft.table, block.rows), "voters")}
        kept = [one for one in kept if one.spot not in of_block | of_totals]
        told.append(replace(block.finding, severity="error") if wrong else block.finding)
    return [*kept, *told]


def totals_over(table: pd.DataFrame, rows: pd.Index) -> pd.Index:
    """Return the labels of the totals that some rows are parts of.

    Parameters
    ----------
    table
        Described rows.
    rows
        Labels of parts.
    """
    over = table.index[:0]
    for totals, parts in wholes_and_parts(table):
        within = pd.MultiIndex.from_frame(parts.loc[parts.index.isin(rows), _BY])
        over = over.union(totals.index[pd.MultiIndex.from_frame(totals[_BY]).isin(within)])
    return over
