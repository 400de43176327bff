"""A turnout that stands in a file beside the counts: it is held against them, and left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from turnout.language import Text
from turnout.reading.values.derived import shares
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

_LARGEST_SHARE = 1.5
"""Turnout above it is written in percent: *62* beside *61,5%*, which is read as a share."""
_ROUNDING = 0.006
"""Share by which a rounded turnout may be off: percentages are written without decimals."""


def mostly_turnout(
    cells: pd.Series[Any], registered: pd.Series[float], voters: pd.Series[float]
) -> bool:
    """Whether most cells that tell a share tell the turnout of the counts beside them."""
    given, counted = shares(cells.astype("object")), voters / registered.where(registered > 0)
    known = given.notna() & counted.notna()
    return bool(known.any() and ((given - counted).abs() <= _ROUNDING)[known].mean() > _MOSTLY)


_MOSTLY = 0.5


def check_given_turnout(draft: Draft) -> Draft:
    """Return a draft without the column of turnout, and with what contradicts it."""
    table = draft.table
    if not {"turnout", "turnout_percent"} & set(table):
        return draft
    findings = draft.findings
    if {"turnout", "registered", "voters"} <= set(table):
        given = table["turnout"].where(table["turnout"] <= _LARGEST_SHARE, table["turnout"] / 100)
        counted = table["voters"] / table["registered"].where(table["registered"] > 0)
        differs = (given - counted).abs() > _ROUNDING
        told = table.assign(given=given, counted=counted)
        findings = (*findings, *TURNOUT_DIFFERS.at(draft, table.index[differs], "turnout", told))
    columns = [name for name in ("turnout", "turnout_percent") if name in table]
    return replace(
        draft,
        table=table.drop(columns=columns),
        written=draft.written.drop(columns=columns),
        findings=findings,
    )


TURNOUT_DIFFERS = Rule(
    "turnout_differs",
    "warning",
    Text(
        en="the turnout given is {given:percent}, but the counts make {counted:percent}.",
        id="partisipasi yang tertulis {given:percent}, tetapi menurut jumlahnya {counted:percent}.",
    ),
    Text(
        en="The counts are used; compare both with the official form.",
        id="Yang dipakai jumlahnya; bandingkan keduanya dengan formulir resmi.",
    ),
)
