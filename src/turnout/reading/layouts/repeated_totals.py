"""Totals that a workbook tells twice: on the sheet of a kecamatan, and on that of all kecamatan."""

from __future__ import annotations

from turnout.rules.draft import Draft
from turnout.rules.measures import completed, contest_names, with_blanks
from turnout.schema import PLACE_COLUMNS

_FIGURES = ["registered", "voters", "stations_counted", "stations_total"]


def without_repeated_totals(draft: Draft) -> Draft:
    """Return the draft with every total once, if its figures are the same.

    A row that is repeated is an error in a contest without finer rows, and where figures differ:
    then nobody knows which is right.
    """
    table = draft.table
    if "area" not in table or not {"registered", "voters"} <= set(table):
        return draft
    coarse = table["area"].isna() & (table["registered"] > 0)
    if coarse.sum() < 2 or coarse.all():
        return draft
    columns = (*PLACE_COLUMNS, "area_id", "election", "date", "election_type", *_FIGURES)
    totals = completed(Draft.of_table(table[coarse]), *columns).table
    again = totals.duplicated(["contest", "scale", "key", *_FIGURES])
    if not again.any():
        return draft
    contests = contest_names(with_blanks(table, ("election", "date", "election_type")))
    again &= totals["contest"].isin(contests[table["area"].notna()].unique())
    return draft.without(again.index[again], ()) if again.any() else draft
