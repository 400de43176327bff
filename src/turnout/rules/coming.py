"""Rules on a count in progress: its rows are of the coming election, and of which stations."""

from __future__ import annotations

import pandas as pd

from turnout.elections import Election
from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

OTHER_ELECTION = Rule(
    "other_election",
    "error",
    Text(
        en="a row of {found}, not of the {kind} of {day:day}.",
        id="baris ini dari {found}, bukan dari {kind} {day:day}.",
    ),
    Text(
        en="Give the count of the election that is forecast, or correct the date and the type; "
        "earlier elections belong to the past results.",
        id="Berikan hasil hitung dari pemilihan yang diprakirakan, atau perbaiki tanggal dan "
        "jenisnya; pemilihan sebelumnya termasuk hasil pemilihan yang lalu.",
    ),
)


FAR_BELOW = 2 / 3
"""A place below this part of its lowest turnout ever may have only some of its stations in."""

STATIONS_UNTOLD = Rule(
    "stations_untold",
    "error",
    Text(
        en="{place}: {voters:count} of {registered:count} voted ({turnout:percent}), where turnout "
        "was never below {lowest:percent}, without word of stations. Is that all of it, or some "
        "stations beside the roll of all?",
        id="{place}: {voters:count} dari {registered:count} memilih ({turnout:percent}), padahal "
        "partisipasinya tidak pernah di bawah {lowest:percent}, tanpa keterangan TPS. Apakah itu "
        "sudah semuanya, atau baru sebagian TPS dengan DPT penuh?",
    ),
    Text(
        en="Give stations_counted and stations_total: equal where all are in; else with the "
        "registered of the counted stations alone.",
        id="Isi kolom TPS masuk dan jumlah TPS: sama bila semua sudah masuk; bila belum, DPT-nya "
        "hanya dari TPS yang masuk.",
    ),
)


def check_stations(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Find places of a count that may be in with some of their stations only, without a word.

    Parameters
    ----------
    draft
        The count's rows.
    rows
        Those rows and the past results', described; the past's have labels below zero.
    """
    whole = rows[(rows["registered"] > 0) & rows["voters"].notna()]
    whole = whole.assign(turnout=whole["voters"] / whole["registered"])
    past, coming = whole[whole.index < 0], whole[whole.index >= 0]
    if past.empty:
        return []
    contests = past.groupby("contest")[["voters", "registered"]].sum()
    of_all = float((contests["voters"] / contests["registered"]).min())
    lowest = coming["key"].map(past.groupby("key")["turnout"].min()).fillna(of_all)
    untold = coming[["stations_counted", "stations_total"]].isna().any(axis=1)
    low = coming.assign(lowest=lowest)[untold & (coming["turnout"] < FAR_BELOW * lowest)]
    return STATIONS_UNTOLD.at(draft, low.index, "voters", low)


def check_election(draft: Draft, election: Election) -> list[Finding]:
    """Find rows whose day or type is another than the coming election's; blanks are not."""
    table = draft.table
    other_day, other_type = election.differs(table)
    written = table["date"].dt.strftime("%Y-%m-%d").fillna("")
    found = (written + " " + table["election_type"].fillna("")).str.strip()
    told = table.assign(found=found, kind=election.election_type, day=election.date)
    return [
        *OTHER_ELECTION.at(draft, table.index[other_day], "date", told),
        *OTHER_ELECTION.at(draft, table.index[other_type & ~other_day], "election_type", told),
    ]
