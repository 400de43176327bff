"""Places of a count that are partly in, told with the registered of all their stations.

How many are registered at the stations that are in, nobody says then: as large a share as these
are of all stations.
"""

from __future__ import annotations

from dataclasses import replace

from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.rule import Rule
from turnout.schema import OF_ALL_STATIONS, PLACE_COLUMNS, parts_of_counts

SHARED_BY_STATIONS = Rule(
    "registered_of_all_stations",
    "warning",
    Text(
        en="the registered of {n:count:place:places} partly in are taken as those of all stations, "
        "as was said; {counted:count} of the {total:count} stations of {place} are taken to have "
        "{share:count} of its {registered:count}.",
        id="pemilih terdaftar {n:count} wilayah yang baru masuk sebagian dianggap milik seluruh "
        "TPS, sesuai keterangan; {counted:count} dari {total:count} TPS {place} dianggap "
        "memuat {share:count} dari {registered:count}.",
    ),
    Text(
        en="The registered of the stations that are in would be more exact.",
        id="Lebih tepat bila diisi pemilih terdaftar di TPS yang sudah masuk.",
    ),
)


def with_registered_shared(draft: Draft) -> Draft:
    """Return a count whose places that are partly in have the registered of the stations in.

    Parts of these, such as women and men, are not known then. Rows of stations have their own. What
    was said is held against the roll (`turnout.areas.contradictions.refuse_few_of_all`).

    Parameters
    ----------
    draft
        The rows of a count whose registered are those of all stations.
    """
    table = draft.table
    if not {"registered", "stations_counted", "stations_total"} <= {*table}:
        return draft
    counted, total = table["stations_counted"], table["stations_total"]
    part = (counted > 0) & (counted < total) & table["registered"].notna()
    if "stations" in draft.origin:
        part &= draft.origin["stations"].isna()
    if not part.any():
        return draft
    share = (table["registered"] * counted / total).round()
    parts = [name for name in parts_of_counts(table) if name.startswith("registered")]
    shared = table.assign(
        registered=table["registered"].mask(part, share),
        **{name: table[name].mask(part) for name in parts},
        **{OF_ALL_STATIONS: table["registered"].where(part)},
    )
    names = place_names(table.reindex(columns=list(PLACE_COLUMNS)))
    told = table.assign(n=int(part.sum()), counted=counted, total=total, share=share, place=names)
    found = SHARED_BY_STATIONS.at(draft, table.index[part][:1], "registered", told)
    return replace(draft, table=shared, findings=(*draft.findings, *found))
