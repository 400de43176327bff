"""Numbers of stations that do not go with the registered voters beside them."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import is_partial
from turnout.rules.results_rows import FEWEST_PER_STATION
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

_LOOKED_AT = [
    *("contest", "scale", "key", "within", "place", "registered"),
    *("stations_counted", "stations_total"),
]


def check_per_station(draft: Draft) -> list[Finding]:
    """Find places with far more, or fewer, registered per station than others of the contest."""
    far = far_per_station(draft)
    told = [(name, is_partial(far) == (name == "stations_counted")) for name in _NUMBERS]
    return [one for name, at in told for one in FAR_PER_STATION.at(draft, far.index[at], name, far)]


def far_per_station(draft: Draft) -> pd.DataFrame:
    """Return the rows of such places, with their registered per station and what is usual.

    Of those whose stations are not all in, per station that is in. A place that is so in other
    contests as well is so, as is a hamlet with one small station; one of whose stations is told is
    told there.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.completed`).
    """
    rows = draft.table[_LOOKED_AT][~draft.size_doubted()]
    partial = is_partial(rows)
    n = rows["stations_counted"].where(partial, rows["stations_total"])
    n = n.where(n.notna(), rows["stations_counted"])
    rows = rows.assign(n=n, size=rows["registered"] / n.where(n > 0))
    rows = rows[rows["size"] > 0]
    contest = rows.groupby(["contest", "scale"], sort=False).ngroup()
    around = rows.groupby([contest, "within"], sort=False).ngroup()
    usual = far_from_others(rows["size"], contest, around)
    far = rows.assign(usual=usual)[usual.notna()]
    small = (far["size"] < far["usual"]) & ((far["n"] == 1) | (far["size"] < FEWEST_PER_STATION))
    return far[~small & ~alike_elsewhere(rows["size"], rows[["scale", "key"]]).loc[far.index]]


_NUMBERS = ("stations_counted", "stations_total")
