"""Sheets of a roll that are left out with places in them: the rest is no whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

import pandas as pd

from turnout.errors import Finding
from turnout.identity.names import bare_name
from turnout.language import Text
from turnout.reading.layouts.total_rows import DIFFERS
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.totals import TOTAL_ABOVE_PARTS

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


def with_missing_named(
    findings: Sequence[Finding], draft: Draft, past: pd.DataFrame
) -> tuple[Finding, ...]:
    """Return findings in which a total above its parts names the places that the roll lacks.

    They are those of the newest results; where names differ all over, nobody knows which.

    Parameters
    ----------
    findings
        What was found in the roll.
    draft
        The roll.
    past
        Canonical results.
    """
    if "area" not in draft.table or not any(map(_is_above, findings)):
        return tuple(findings)
    newest = past[(past["date"] == past["date"].max()) & past["area"].notna()]
    held = Counter(bare_name(name) for name in draft.table["area"].dropna())
    gone: list[str] = []
    for name, place in zip(newest["area"].map(bare_name), place_names(newest), strict=True):
        held[name] -= 1
        gone += [place] if held[name] < 0 else []
    if not 0 < len(gone) <= max(1, _FEW * len(newest)):
        return tuple(findings)
    return tuple(
        replace(one, remedy=_ADD, values={**one.values, "gone": gone}) if _is_above(one) else one
        for one in findings
    )


def _is_above(finding: Finding) -> bool:
    """Whether a finding is of a total above its parts."""
    given, parts = (cast(float, finding.values.get(name, 0.0)) for name in ("given", "parts"))
    return finding.rule in (TOTAL_ABOVE_PARTS.name, DIFFERS.name) and given > parts


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


_FEW = 0.2
"""Share of all places up to which those that the roll lacks are told by their names."""


def _named(names: Iterable[object]) -> dict[str, str]:
    return {bare_name(name): name for name in names if isinstance(name, str)}


_PART = Text(
    en="the sheet lacks a needed column ({columns}), so that {n:count} places would be missing "
    "from the roll ({first} ... {last}); what is forecast as the whole would be a part.",
    id="lembar ini tidak memuat kolom yang diperlukan ({columns}), sehingga {n:count} wilayah "
    "tidak ada di daftar pemilih ({first} ... {last}); prakiraan angka keseluruhan hanya akan "
    "mencakup sebagian wilayah.",
)
_PART_OF_ONE = Text(
    en="the sheet lacks a needed column ({columns}), so that {first} would be missing from the "
    "roll; what is forecast as the whole would be a part.",
    id="lembar ini tidak memuat kolom yang diperlukan ({columns}), sehingga {first} tidak ada di "
    "daftar pemilih; prakiraan angka keseluruhan hanya akan mencakup sebagian wilayah.",
)
_COMPLETE = Text(
    en="Give the sheet that column, as in {names}. If its places no longer vote, delete the sheet.",
    id="Lengkapi kolom itu seperti pada lembar {names}. Bila wilayahnya memang tidak memilih lagi, "
    "hapus lembarnya.",
)
_ADD = Text(
    en="The newest results hold {gone:list}, which the roll lacks: add what is missing. If it no "
    "longer votes, find in the source document which figure is wrong.",
    id="Pada hasil terakhir ada {gone:list}, yang tidak ada di daftar pemilih ini: tambahkan yang "
    "kurang. Bila wilayah itu memang tidak memilih lagi, cari di dokumen sumbernya angka mana yang "
    "keliru.",
)
