"""Totals of a count that hold the roll of all stations beside the votes of those that are in."""

from __future__ import annotations

import pandas as pd

from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import completed, is_partial
from turnout.rules.rule import Rule
from turnout.rules.totals import wholes_and_parts
from turnout.schema import LISTED, RESULTS_COLUMNS


def without_open_totals(draft: Draft) -> Draft:
    """Return a count without the totals that add nothing to their rows but a roll that is not in.

    Such a total has just the votes of its rows and more registered than those of them that voted,
    and some of the rows are not complete: stations are blank, or told to be missing. Taken for a
    result, it would be of a turnout that nobody had.

    Parameters
    ----------
    draft
        The count's rows, stations summed.
    """
    rows = _open_totals(draft)
    if rows.empty:
        return draft
    told = OPEN_TOTAL.at(draft, rows[:1], "registered", pd.DataFrame({"n": len(rows)}, rows[:1]))
    return draft.without(rows, told)


def _open_totals(draft: Draft) -> pd.Index:
    table = completed(draft, *RESULTS_COLUMNS).table
    voted = table["voters"].notna()
    lacking = ~voted | is_partial(table)
    if LISTED in table:
        lacking |= table["stations_counted"] < table[LISTED]
    known = table.assign(
        lacking=lacking,
        voters=table["voters"].fillna(0.0),
        registered=table["registered"].where(voted),
        given=table["registered"],
        voted=voted,
    )
    found = pd.Index([], dtype="int64")
    for totals, parts in wholes_and_parts(known):
        by = ["contest", "within"]
        sums = parts.groupby(by)[["voters", "registered"]].sum().add_suffix("_parts")
        sums["lacking_parts"] = parts.groupby(by)["lacking"].any()
        pairs = totals.reset_index().merge(sums.reset_index(), on=by, how="inner")
        pairs = pairs[pairs["voted"] & pairs["stations_counted"].isna() & pairs["lacking_parts"]]
        same = pairs["voters"] == pairs["voters_parts"]
        more = pairs["given"] > pairs["registered_parts"]
        found = found.union(pd.Index(pairs.loc[same & more, "index"]))
    return found


OPEN_TOTAL = Rule(
    "open_total",
    "warning",
    Text(
        en="{n:count:total:totals} with the votes of the stations that are in beside the "
        "roll of all; not used, as the rows tell the same.",
        id="{n:count} baris jumlah memuat suara TPS yang sudah masuk di samping DPT semua TPS; "
        "baris rinciannya sudah memuat hal yang sama, sehingga jumlah itu tidak dipakai.",
    ),
    Text(
        en="Nothing needs to be done; to have totals checked, give the registered of the stations "
        "that are in.",
        id="Tidak perlu tindakan; agar jumlahnya diperiksa, isi DPT dari TPS yang sudah "
        "masuk saja.",
    ),
)
