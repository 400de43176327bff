"""Stations of a count that have registered voters and 0 who voted: they may not be in."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

EMPTY_STATIONS = Rule(
    "stations_without_voters",
    "error",
    Text(
        en="{n:count:station:stations} of {place} ({stations:list}) with registered voters, and 0 "
        "voters. Are they in?",
        id="{n:count} TPS di {place} bernilai 0 pengguna hak pilih padahal ada pemilih "
        "terdaftarnya: TPS {stations:list}. Apakah TPS itu memang sudah masuk?",
    ),
    Text(
        en="Leave the voters blank at stations that are not in. Where a station is in and nobody "
        "came, say 1 in a column stations_counted.",
        id="Kosongkan pengguna hak pilih pada TPS yang belum masuk. Bila sudah masuk dan memang "
        "tidak ada yang memilih, isi 1 pada kolom TPS masuk.",
    ),
)


def check_empty_stations(draft: Draft) -> list[Finding]:
    """Find places of a count whose rows of stations tell 0 voters where others wait for them.

    A place without word of its stations is asked about where its turnout is far below all its past
    (`check_stations`); one whose stations are told is asked about these.

    Parameters
    ----------
    draft
        The described rows of a count.
    """
    if "stations_empty" not in draft.origin:
        return []
    empty = draft.origin["stations_empty"].dropna()
    told = pd.DataFrame({"stations": empty, "n": empty.map(len), "place": draft.table["place"]})
    return EMPTY_STATIONS.at(draft, empty.index, "voters", told)
