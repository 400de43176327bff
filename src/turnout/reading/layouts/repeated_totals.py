"""Totals that a workbook tells twice: on the sheet of a kecamatan, and on that of all kecamatan."""

from __future__ import annotations

import pandas as pd

from turnout.reading.layouts.repeated_rows import FIGURES, differing
from turnout.rules.draft import Draft
from turnout.rules.measures import completed, contest_names, with_blanks
from turnout.schema import PLACE_COLUMNS

_KEY = ["contest", "scale", "key"]
_CONTEST = ("election", "date", "election_type")


def without_repeated_totals(draft: Draft) -> Draft:
    """Return the draft with every total once, if it has finer rows.

    Figures of one total that differ between two sheets are an error: nobody knows which is right.
    So is a row that is repeated in a contest without finer rows, or on one sheet with other figures
    (`turnout.rules.keys`).
    """
    table = draft.table
    if not {"area", "registered"} <= set(table):
        return draft
    coarse = table["area"].isna() & (table["registered"] > 0)
    if coarse.sum() < 2 or coarse.all():
        return draft
    table = _of_one_contest(table)
    columns = (*PLACE_COLUMNS, "area_id", *_CONTEST, *FIGURES)
    totals = completed(Draft.of_table(table[coarse]), *columns).table
    contests = contest_names(with_blanks(table, _CONTEST))
    totals = totals[totals["contest"].isin(contests[table["area"].notna()].unique())]
    again = totals.duplicated([*_KEY, *FIGURES])
    others = _on_other_sheets(draft, totals[~again])
    gone = again.index[again].append(others.index)
    if gone.empty:
        return draft
    told = [one for row, first in others.items() for one in differing(draft, first, row)]
    return draft.without(gone, told)


def _of_one_contest(table: pd.DataFrame) -> pd.DataFrame:
    """Return rows as of the contest that some of them tell, where the others tell none."""
    columns = [name for name in _CONTEST if name in table]
    told = table[columns].dropna(how="all").drop_duplicates()
    one = {name: told[name].iloc[0] for name in columns} if len(told) == 1 else {}
    return table.assign(**one)


def _on_other_sheets(draft: Draft, totals: pd.DataFrame) -> pd.Series[int]:
    """Return the rows that tell a total of another sheet again, each with the first of that."""
    key = [totals[name] for name in _KEY]
    if "data_until" in draft.table:  # a later report of a count replaces an earlier one
        key.append(draft.table.loc[totals.index, "data_until"].astype("object").fillna(""))
    first = totals.index.to_series().groupby(key).transform("first")
    sheets = draft.origin["file"] + "\n" + draft.origin["sheet"]
    elsewhere = sheets[first].to_numpy() != sheets[totals.index].to_numpy()
    return first[elsewhere]
