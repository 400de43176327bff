"""The share of stations that are in, where a file tells it instead of their number."""

from __future__ import annotations

from dataclasses import replace

from turnout.language import Text
from turnout.reading.values.derived import shares
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

_COLUMN = "stations_share"
_ALL = 0.9999


def check_station_share(draft: Draft) -> Draft:
    """Return a draft without the column of the share of stations.

    With the number of all stations it tells how many are in (`turnout.reading.values.derived`).
    Alone it cannot; a row of which some are missing is then an error, as it would be read as whole.
    """
    if _COLUMN not in draft.table:
        return draft
    findings = draft.findings
    if "stations_counted" not in draft.table:
        share = shares(draft.table[_COLUMN].astype("object"))
        told = draft.table.assign(share=share)
        findings = (*findings, *SHARE_ALONE.at(draft, told.index[share < _ALL], _COLUMN, told))
    return replace(
        draft,
        table=draft.table.drop(columns=_COLUMN),
        written=draft.written.drop(columns=_COLUMN),
        findings=findings,
    )


SHARE_ALONE = Rule(
    "station_share_alone",
    "error",
    Text(
        en="{share:percent} of the stations are in, but how many stations there are is not told.",
        id="{share:percent} TPS sudah masuk, tetapi jumlah seluruh TPS tidak disebutkan.",
    ),
    Text(
        en="Add the number of all stations (stations_total); the registered must be those of the "
        "stations that are in.",
        id="Tambahkan kolom jumlah TPS; pemilih terdaftarnya harus dari TPS yang sudah masuk.",
    ),
)
