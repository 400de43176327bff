"""Totals of a count that hold the roll of all stations beside the votes of those that are in."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import completed, is_partial, row_scales, with_columns
from turnout.rules.rule import Rule
from turnout.rules.wholes import wholes_and_parts
from turnout.schema import LISTED, PLACE_COLUMNS, RESULTS_COLUMNS


def without_open_totals(draft: Draft) -> Draft:
    """Return a count in which no total holds the roll of stations that are not in.

    Such a total has just the votes of its rows and more registered than those of them that voted,
    and some of the rows are not complete: stations are blank, or told to be missing. Taken for a
    result, it would be of a turnout that nobody had. One that tells its stations, fewer in than
    there are, keeps them with the registered of its rows; any other adds nothing and is left out.

    Parameters
    ----------
    draft
        The count's rows, stations summed.
    """
    if row_scales(with_columns(draft.table, PLACE_COLUMNS)).nunique() < _MIXED:
        return draft
    registered = _of_rows(draft)
    while not registered.empty:  # the totals of totals follow
        roll = draft.table["registered"].copy()
        roll[registered.index] = registered
        told = _told(ROLL_OF_ALL, draft, registered.index)
        table = draft.table.assign(registered=roll)
        draft = replace(draft, table=table, findings=(*draft.findings, *told))
        registered = _of_rows(draft)
    pairs = _open_totals(draft)
    rows = pd.Index(pairs.loc[pairs["stations_counted"].isna(), "index"].unique())
    return draft if rows.empty else draft.without(rows, _told(OPEN_TOTAL, draft, rows))


_MIXED = 2
"""Scales of rows from which on some may be totals of others."""


def _told(rule: Rule, draft: Draft, rows: pd.Index) -> list[Finding]:
    return rule.at(draft, rows[:1], "registered", pd.DataFrame({"n": len(rows)}, rows[:1]))


def _of_rows(draft: Draft) -> pd.Series[float]:
    """Return the registered of the rows that are in, by the totals that tell stations missing."""
    pairs = _open_totals(draft)
    partial = pairs[is_partial(pairs)].drop_duplicates("index").set_index("index")
    return partial["registered_parts"]


def _open_totals(draft: Draft) -> pd.DataFrame:
    """Return totals with more registered than their rows that voted, beside the rows' sums."""
    table = completed(draft, *RESULTS_COLUMNS).table
    voted = table["voters"].notna() & table["stations_counted"].ne(0)
    lacking = ~voted | is_partial(table)
    if LISTED in table:
        lacking |= table["stations_counted"] < table[LISTED]
    known = table.assign(
        lacking=lacking,
        voters=table["voters"].where(voted, 0.0),
        registered=table["registered"].where(voted),
        given=table["registered"],
        voted=voted,
    )
    found = [known.iloc[:0].assign(index=[], registered_parts=[])]
    for totals, parts in wholes_and_parts(known):
        by = ["contest", "within"]
        sums = parts.groupby(by)[["voters", "registered"]].sum().add_suffix("_parts")
        sums["lacking_parts"] = parts.groupby(by)["lacking"].any()
        pairs = totals.reset_index().merge(sums.reset_index(), on=by, how="inner")
        pairs = pairs[pairs["voted"] & pairs["lacking_parts"]]
        same = pairs["voters"] == pairs["voters_parts"]
        found.append(pairs[same & (pairs["given"] > pairs["registered_parts"])])
    return pd.concat(found, ignore_index=True)


ROLL_OF_ALL = Rule(
    "roll_of_all_stations",
    "warning",
    Text(
        en="{n:count:total has:totals have} the roll of all stations, though not all are in; the "
        "registered of their rows that are in are taken instead.",
        id="{n:count} baris jumlah memuat DPT semua TPS, padahal belum semua TPS masuk; yang "
        "dipakai jumlah DPT dari baris-baris yang sudah masuk.",
    ),
    Text(
        en="Nothing needs to be done; to give it yourself, write the registered of the stations "
        "that are in.",
        id="Tidak perlu tindakan; bila ingin mengisinya sendiri, tulis DPT dari TPS yang sudah "
        "masuk saja.",
    ),
)
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
