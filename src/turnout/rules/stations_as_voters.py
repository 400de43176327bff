"""Numbers of stations in the column of the voters, as their size in all rows tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.rules.told_once import elsewhere

_MANY, _NEARLY_ALL = 20, 0.95
"""Rows, and the share of them, that are so: a turnout as low as that has no election."""
_SMALLEST, _LARGEST = 50, 1_000
"""Registered voters of a station."""

STATIONS_FOR_VOTERS = Rule(
    "stations_as_voters",
    "error",
    Text(
        en="the column of the voters holds one for every {size:count} registered voters, as "
        "stations do, in {n:count} of {all:count:row:rows}: turnout would be {turnout:percent}.",
        id="kolom pengguna hak pilih berisi satu untuk setiap {size:count} pemilih terdaftar, "
        "seperti jumlah TPS, pada {n:count} dari {all:count} baris: partisipasinya menjadi "
        "{turnout:percent}.",
    ),
    Text(
        en="Name the column of those who voted.",
        id="Sebutkan kolom yang memuat pengguna hak pilih.",
    ),
)


def because_stations(draft: Draft, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with one on stations in place of those on the voters of all rows.

    Parameters
    ----------
    draft
        Described rows.
    findings
        What was found in them.
    """
    table = draft.table[["registered", "voters"]]
    rows = table[(table["registered"] > 0) & (table["voters"] > 0)]
    size = rows["registered"] / rows["voters"]
    fits = size.between(_SMALLEST, _LARGEST)
    if len(rows) < _MANY or fits.mean() < _NEARLY_ALL or _vary(rows, size):
        return [*findings]
    values = {
        "size": int(size.median()),
        "n": int(fits.sum()),
        "all": len(rows),
        "turnout": rows["voters"].sum() / rows["registered"].sum(),
    }
    spot = replace(draft.spot(rows.index[0], "voters"), row=None, value="")
    kept = elsewhere(list(findings), {*draft.spots(table.index, "voters")})
    return [*kept, STATIONS_FOR_VOTERS.once(spot, values)]


def _vary(rows: pd.DataFrame, size: pd.Series[float]) -> bool:
    """Whether the registered of what is counted differ more than those of stations do."""
    middle = size[rows["voters"] > 1].median()
    return not bool(size.between(middle / 2, middle * 2).mean() >= _NEARLY_ALL)
