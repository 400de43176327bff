"""Rows that call themselves a total, and may be a village of that name."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule


def at_called(
    rule: Rule,
    draft: Draft,
    rows: pd.Index,
    column: str,
    values: pd.DataFrame,
    called: pd.Series[bool],
) -> list[Finding]:
    """Return the findings of a rule, where totals are called so with what else such a row may be.

    Parameters
    ----------
    rule, draft, rows, column, values
        As in `Rule.at`.
    called
        Whether the finding of a row is about one that calls itself a total.
    """
    remedy = Text(
        en=f"{_VILLAGE.en} {_going_on(rule.remedy.en)}",
        id=f"{_VILLAGE.id} {_going_on(rule.remedy.id)}",
    )
    so_called = called.reindex(rows, fill_value=False).astype(bool)
    return [
        *replace(rule, remedy=remedy).at(draft, rows[so_called], column, values),
        *rule.at(draft, rows[~so_called], column, values),
    ]


def _going_on(sentence: str) -> str:
    """Return a sentence as it stands behind a comma."""
    return sentence[:1].lower() + sentence[1:]


_VILLAGE = Text(
    en="A row is read as a total here. If it is a village that is called Total, write Desa Total; "
    "if not,",
    id="Ada baris yang dibaca sebagai jumlah. Bila itu desa yang memang bernama Total, tulis Desa "
    "Total. Bila bukan,",
)
