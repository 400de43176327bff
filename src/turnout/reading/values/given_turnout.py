"""A turnout that stands in a file beside the counts: it is held against them, and left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.reading.values.derived import shares
from turnout.rules.draft import Draft
from turnout.rules.percent_places import PLACES_IN_PERCENT
from turnout.rules.rule import Rule

_LARGEST_SHARE = 1.5
"""Turnout above it is written in percent: *62* beside *61,5%*, which is read as a share."""
_PERCENT = 100
"""A percentage is at most it, and of fewer registered it is no other number than the voters."""
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
        percents = differs & ((100 * given - table["voters"]).abs() < 1) & (counted < given / 2)
        percents &= (table["voters"] <= _PERCENT) & (table["registered"] > _PERCENT)
        told = table.assign(given=given, counted=counted, n=int(percents.sum()))
        findings = (
            *findings,
            *TURNOUT_DIFFERS.at(draft, table.index[differs & ~percents], "turnout", told),
            *_told_once(draft, told[percents]),
        )
    columns = [name for name in ("turnout", "turnout_percent") if name in table]
    return replace(
        draft,
        table=table.drop(columns=columns),
        written=draft.written.drop(columns=columns),
        findings=findings,
    )


def _told_once(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Return one error for rows whose voters are the turnout beside them."""
    told = VOTERS_ARE_TURNOUT.at(draft, rows.index[:1], "voters", rows)
    return [replace(one, rows=tuple(draft.spots(rows.index, "voters"))) for one in told]


VOTERS_ARE_TURNOUT = Rule(
    PLACES_IN_PERCENT.name,
    "error",
    Text(
        en="{voters:count} voters of {registered:count} registered beside a turnout of "
        "{given:percent}, and so in {n:count:row:rows}: percentages where counts of people are "
        "due.",
        id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di samping "
        "partisipasi {given:percent}, pada {n:count} baris: berisi persentase, padahal "
        "seharusnya jumlah orang.",
    ),
    PLACES_IN_PERCENT.remedy,
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
