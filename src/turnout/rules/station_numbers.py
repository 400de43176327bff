"""Numbers of stations that do not go with the registered voters beside them."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import is_partial
from turnout.rules.row_rules import FEWEST_PER_STATION
from turnout.rules.rule import Rule
from turnout.rules.sizes import alike_elsewhere, far_from_others

FAR_PER_STATION = Rule(
    "per_station_far_off",
    "warning",
    Text(
        en="{registered:count} registered in {n:count:station:stations} of {place}, about "
        "{size:count} in each; elsewhere in {contest:contest} it is usually about {usual:count}.",
        id="{registered:count} pemilih terdaftar di {n:count} TPS {place}, kira-kira {size:count} "
        "per TPS; di wilayah lain pada {contest:contest} umumnya sekitar {usual:count}.",
    ),
    Text(
        en="Look for a digit too many or missing in the numbers of stations or in the registered, "
        "which must be those of the stations that are in.",
        id="Periksa digit yang kurang atau berlebih pada jumlah TPS atau pada pemilih terdaftar, "
        "yang harus dari TPS yang sudah masuk saja.",
    ),
)

FAR_ON_ROLL = Rule(
    FAR_PER_STATION.name,
    "warning",
    Text(
        en="{registered:count} registered in {n:count:station:stations} of {place}, about "
        "{size:count} in each; elsewhere on this roll it is usually about {usual:count}.",
        id="{registered:count} pemilih terdaftar di {n:count} TPS {place}, kira-kira {size:count} "
        "per TPS; di wilayah lain pada daftar ini umumnya sekitar {usual:count}.",
    ),
    Text(
        en="Look for a digit too many or missing in the number of stations or in the registered.",
        id="Periksa digit yang kurang atau berlebih pada jumlah TPS atau pada pemilih terdaftar.",
    ),
)

_LOOKED_AT = [
    *("contest", "scale", "key", "within", "place", "registered"),
    *("stations_counted", "stations_total"),
]


def check_per_station(
    draft: Draft, past: pd.DataFrame | None = None, rule: Rule = FAR_PER_STATION
) -> list[Finding]:
    """Find places with far more, or fewer, registered per station than others of the contest.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.completed`).
    past
        Rows of other tables, described beside them, that may tell a place to be so.
    rule
        What is said.
    """
    far = far_per_station(draft, past)
    told = [(name, is_partial(far) == (name == "stations_counted")) for name in _NUMBERS]
    return [one for name, at in told for one in rule.at(draft, far.index[at], name, far)]


def far_per_station(draft: Draft, past: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the rows of such places, with their registered per station and what is usual.

    Of those whose stations are not all in, per station that is in. A place that is so in other
    contests as well is so, as is a hamlet with one small station; one of whose stations is told is
    told there.

    Parameters
    ----------
    draft, past
        As of `check_per_station`.
    """
    rows = draft.table[_LOOKED_AT][~draft.size_doubted()]
    rows = _sized(rows)
    contest = rows.groupby(["contest", "scale"], sort=False).ngroup()
    around = rows.groupby([contest, "within"], sort=False).ngroup()
    usual = far_from_others(rows["size"], contest, around)
    far = rows.assign(usual=usual)[usual.notna()]
    small = (far["size"] < far["usual"]) & ((far["n"] == 1) | (far["size"] < FEWEST_PER_STATION))
    far = far[~small]
    if past is not None and len(far):
        there = past[(past.index < 0) & past["key"].isin(far["key"])]
        rows = pd.concat([_sized(there[_LOOKED_AT]), far])
    rows = rows[rows["key"].isin(far["key"])]
    return far[~alike_elsewhere(rows["size"], rows[["scale", "key"]]).loc[far.index]]


def _sized(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the stations that their registered are of, and how many are in each."""
    partial = is_partial(rows)
    n = rows["stations_counted"].where(partial, rows["stations_total"])
    n = n.where(n.notna(), rows["stations_counted"])
    rows = rows.assign(n=n, size=rows["registered"] / n.where(n > 0))
    return rows[rows["size"] > 0]


_NUMBERS = ("stations_counted", "stations_total")
