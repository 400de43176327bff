"""Sheets of a roll that are left out with places in them: the rest is no whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

import pandas as pd

from turnout.errors import Finding
from turnout.identity.names import bare_name
from turnout.language import Text
from turnout.rules.draft import Draft

_MOST = 0.5
"""Share of a sheet's places from which on it is a part of the roll, and no other list."""


def refuse_parts(draft: Draft, past: pd.DataFrame) -> Draft:
    """Return the draft with an error for each sheet left out that holds places of the roll.

    They voted before, and no sheet that is read names them: without them, what would be forecast
    as the whole is a part. A sheet that also names a few such stays a warning.

    Parameters
    ----------
    draft
        The roll; `sheet_left_out` tells of its sheets that lack a needed column.
    past
        Canonical results.
    """
    if not any(one.rule == "sheet_left_out" for one in draft.findings):
        return draft
    read = _named(draft.table["area"]) if "area" in draft.table else {}
    lost = {bare: name for bare, name in _named(past["area"]).items() if bare not in read}
    findings = [_judged(one, lost) for one in draft.findings]
    return replace(draft, findings=tuple(findings))


def _judged(finding: Finding, lost: dict[str, str]) -> Finding:
    """Return a finding as an error where most of its sheet's places are lost."""
    if finding.rule != "sheet_left_out":
        return finding
    places = cast(tuple[str, ...], finding.values.get("places", ()))
    gone = [lost[bare] for bare in map(bare_name, places) if bare in lost]
    if not gone or len(gone) < _MOST * len(places):
        return finding
    values = {**finding.values, "n": len(gone), "first": gone[0], "last": gone[-1]}
    message = _PART if len(gone) > 1 else _PART_OF_ONE
    return replace(finding, severity="error", message=message, remedy=_COMPLETE, values=values)


def _named(names: Iterable[object]) -> dict[str, str]:
    return {bare_name(name): name for name in names if isinstance(name, str)}


_PART = Text(
    en="the sheet lacks a needed column ({columns}), so that {n:count} places would be missing "
    "from the roll ({first} ... {last}); what is forecast as the whole would be a part.",
    id="lembar ini tidak memuat kolom yang diperlukan ({columns}), sehingga {n:count} wilayah "
    "tidak ada di daftar pemilih ({first} ... {last}); yang diprakirakan sebagai keseluruhan "
    "hanya sebagian.",
)
_PART_OF_ONE = Text(
    en="the sheet lacks a needed column ({columns}), so that {first} would be missing from the "
    "roll; what is forecast as the whole would be a part.",
    id="lembar ini tidak memuat kolom yang diperlukan ({columns}), sehingga {first} tidak ada di "
    "daftar pemilih; yang diprakirakan sebagai keseluruhan hanya sebagian.",
)
_COMPLETE = Text(
    en="Give the sheet that column, as in {names}. If its places no longer vote, delete the sheet.",
    id="Lengkapi kolom itu seperti pada lembar {names}. Bila wilayahnya memang tidak memilih lagi, "
    "hapus lembarnya.",
)
