"""Totals of voters that were worked out from percentages: rounding alone contradicts no total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from turnout.reading.layouts.total_rows import Total
from turnout.reading.values.derived import WITHIN
from turnout.rules.draft import Draft
from turnout.rules.measures import completed
from turnout.rules.wholes import BY, wholes_and_parts
from turnout.schema import RESULTS_COLUMNS


def settle_found(draft: Draft, totals: Sequence[Total]) -> Draft:
    """Return a draft whose `totals` have the voters of their parts, where rounding allows it."""
    if WITHIN not in draft.origin or "voters" not in draft.table:
        return draft
    voters, within = draft.table["voters"].copy(), draft.origin[WITHIN].fillna(0.0)
    for total in sorted(totals, key=lambda one: one.level):
        parts = list(total.parts)
        summed = voters[parts].sum(skipna=False)
        if abs(voters[total.row] - summed) <= within[total.row] + within[parts].sum():
            voters[total.row] = summed
    return replace(draft, table=draft.table.assign(voters=voters))


def settle_named(draft: Draft) -> Draft:
    """Return a draft whose totals of named places have the voters of their finest parts likewise.

    The registered of both must agree: else parts are missing.
    """
    if WITHIN not in draft.origin or "voters" not in draft.table:
        return draft
    rows = completed(draft, *RESULTS_COLUMNS).table
    rows = rows.assign(within_of=draft.origin[WITHIN], basis=rows["registered_basis"].fillna(""))
    voters = draft.table["voters"].copy()
    finest: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = {}
    for totals, parts in wholes_and_parts(rows):
        if len(totals) and len(parts):
            finest[totals["scale"].iloc[0]] = (totals, parts)  # the last is the finest
    for totals, parts in finest.values():
        sums = parts.groupby(BY)[list(_FIGURES)].sum(min_count=1).add_suffix("_parts")
        both = totals.join(sums, on=BY)
        room = both["within_of"].fillna(0.0) + both["within_of_parts"]
        near = (both["voters"] - both["voters_parts"]).abs() <= room
        near &= both["registered"] == both["registered_parts"]
        voters.loc[both.index[near]] = both.loc[near, "voters_parts"]
    return replace(draft, table=draft.table.assign(voters=voters))


_FIGURES = ("registered", "voters", "within_of")
