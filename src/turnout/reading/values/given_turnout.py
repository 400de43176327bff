"""A turnout that stands in a file beside the counts: it is held against them, and left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.reading.values.derived import shares
from turnout.rules.draft import Draft
from turnout.rules.percent_places import PLACES_IN_PERCENT, PLACES_IN_SHARES
from turnout.rules.rule import Rule

_LARGEST_SHARE = 1.5
"""Turnout above it is written in percent: *62* beside *61,5%*, which is read as a share."""
_PERCENT, _SHARE = 100, 1
"""What all voters are as a percentage, and as a share. Of fewer registered than 100 a percentage
is no other number than the voters."""
_NEAR = 0.01
"""Share by which voters that are the turnout beside them are off, rounded to whole percent."""
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
        found = {
            rule: differs & _are_turnout(table, given, unit) & (counted < given / 2)
            for unit, rule in ((_PERCENT, VOTERS_ARE_TURNOUT), (_SHARE, VOTERS_ARE_SHARES))
        }
        none = pd.concat(found, axis=1).any(axis=1)
        told = table.assign(given=given, counted=counted)
        findings = (
            *findings,
            *TURNOUT_DIFFERS.at(draft, table.index[differs & ~none], "turnout", told),
            *(one for rule, at in found.items() for one in _told_once(draft, rule, told[at])),
        )
    columns = [name for name in ("turnout", "turnout_percent") if name in table]
    return replace(
        draft,
        table=table.drop(columns=columns),
        written=draft.written.drop(columns=columns),
        findings=findings,
    )


def _are_turnout(table: pd.DataFrame, given: pd.Series[float], unit: int) -> pd.Series[bool]:
    """Return which voters are the turnout beside them as percentages, or as shares."""
    near = (given - table["voters"] / unit).abs() < _NEAR
    return near & (table["voters"] <= unit) & (table["registered"] > _PERCENT)


def _told_once(draft: Draft, rule: Rule, rows: pd.DataFrame) -> list[Finding]:
    """Return one error for rows whose voters are the turnout beside them."""
    first = rows.iloc[:1].assign(n=len(rows))
    told = rule.at(draft, first.index, "voters", first)
    return [replace(one, rows=tuple(draft.spots(rows.index, "voters"))) for one in told]


def _voters_are(of: Rule, en: str, id: str) -> Rule:
    """Return the rule that voters are not what the turnout beside them says."""
    message = Text(
        en="{voters:figure} voters of {registered:count} registered beside a turnout of "
        f"{{given:percent}}, and so in {{n:count:row:rows}}: {en} where counts of people are due.",
        id="{voters:figure} pengguna hak pilih dari {registered:count} pemilih terdaftar di "
        f"samping partisipasi {{given:percent}}, pada {{n:count}} baris: berisi {id}, padahal "
        "seharusnya jumlah orang.",
    )
    return Rule(of.name, "error", message, of.remedy)


VOTERS_ARE_TURNOUT = _voters_are(PLACES_IN_PERCENT, "percentages", "persentase")
VOTERS_ARE_SHARES = _voters_are(
    PLACES_IN_SHARES, "shares between 0 and 1", "proporsi antara 0 dan 1"
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
