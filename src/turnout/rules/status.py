"""Places of a count whose status says that they are not all in, beside figures of all of it."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.identity.keys import plain_name
from turnout.language import Text
from turnout.rules.coming import ZERO_UNTOLD, check_stations
from turnout.rules.draft import Draft
from turnout.rules.measures import is_partial
from turnout.rules.rule import Rule
from turnout.rules.told_once import elsewhere

_HEADERS = frozenset(
    " ".join(words)
    for words in (
        *(("status",), ("keterangan",), ("ket",), ("note",), ("catatan",), ("status", "data")),
        *(("status", of) for of in ("tps", "hitung", "penghitungan", "masuk", "rekap")),
        *(("status", "rekapitulasi"), ("reporting", "status"), ("count", "status")),
    )
)

_OPEN = frozenset(
    (
        *("belum", "belum masuk", "belum selesai", "belum lengkap", "belum semua", "belum final"),
        *("proses", "dalam proses", "sedang proses", "masih proses", "sedang diproses"),
        *("berjalan", "sedang berjalan", "sedang dihitung", "sebagian", "masuk sebagian"),
        *("sementara", "menunggu", "pending", "in progress", "partial", "incomplete"),
        *("counting", "not in", "not yet", "not complete", "not final", "open"),
    )
)
"""What says by itself that a place is not all in; of *belum diperiksa* nothing follows."""

_WHOLE = 0.95
"""Share of what was registered last from which on a place is read as all in."""

STATUS_OPEN = Rule(
    "status_open",
    "error",
    Text(
        en="the status of {place} is {status}, yet its {registered:count} registered are those of "
        "the whole place: it would be read as all in, with {voters:count} voters.",
        id="status {place} tertulis {status}, padahal {registered:count} pemilih terdaftarnya "
        "sebanyak seluruh wilayah itu: akan dibaca sudah masuk semua, dengan {voters:count} "
        "pengguna hak pilih.",
    ),
    Text(
        en="If it is all in, correct the status. Else give the stations that are in, all stations, "
        "and the registered of those that are in; where none is in, leave the figures blank.",
        id="Bila sudah masuk semua, perbaiki statusnya. Bila belum, isi kolom TPS masuk, jumlah "
        "TPS, dan DPT dari TPS yang sudah masuk; bila belum ada yang masuk, kosongkan angkanya.",
    ),
)


def with_stations_asked(
    draft: Draft, beside: pd.DataFrame, findings: list[Finding]
) -> list[Finding]:
    """Return findings of a count with what is asked of its stations, each place for one cause.

    Parameters
    ----------
    draft
        The described rows of a count.
    beside
        Those rows behind those of the past, whose labels are below zero.
    findings
        What else was found in the count.
    """
    status = check_status(draft, beside)
    asked = draft.spots(draft.rows_at(one.spot for one in status), "voters")
    untold = elsewhere(check_stations(draft, beside), set(asked))
    zero = {spot for one in untold if one.rule == ZERO_UNTOLD.name for spot in one.spots}
    return [*elsewhere(findings, zero), *untold, *status]


def check_status(draft: Draft, beside: pd.DataFrame) -> list[Finding]:
    """Find places of a count that would be read as all in, against what their status says.

    Parameters
    ----------
    draft
        The described rows of a count.
    beside
        Those rows behind those of the past, whose labels are below zero.
    """
    columns = [
        name
        for name in draft.written.columns
        if plain_name(str(draft.headers.get(name, name))) in _HEADERS
    ]
    if not columns:
        return []
    past = beside[(beside.index < 0) & (beside["registered"] > 0)].sort_values("date")
    last = past.groupby("key")["registered"].last()
    count = beside.loc[draft.table.index, ["key", "registered", "voters", "place"]]
    whole = count["registered"] >= _WHOLE * count["key"].map(last)
    whole &= (count["voters"] > 0) & ~is_partial(draft.table)
    findings: list[Finding] = []
    for column in columns:
        status = draft.written[column].map(lambda cell: str(cell).strip())
        told = status.map(lambda cell: plain_name(cell) in _OPEN)
        odd = count.assign(status=status)[whole & told]
        findings += STATUS_OPEN.at(draft, odd.index, column, odd)
    return findings
