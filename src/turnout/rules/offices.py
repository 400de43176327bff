"""A count of several offices of the day, where one is forecast."""

from __future__ import annotations

import pandas as pd

from turnout.elections import Election, group_of_type
from turnout.errors import Spot
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule


def of_one_office(draft: Draft, election: Election) -> Draft:
    """Return a count without other offices of the day, where the coming election is of one office.

    Parameters
    ----------
    draft
        The count's rows, with their days and types.
    election
        The coming election.
    """
    types = draft.table["election_type"].dropna().astype("str").str.strip().str.casefold()
    kinds = types.unique().tolist()
    own = types.isin([one for one in kinds if election.is_kind(one)])
    kin = types.isin([one for one in kinds if group_of_type(one) == election.type_group])
    same_day = draft.table.loc[types.index, "date"].isin([pd.Timestamp(election.date)])
    others = types.index[kin & ~own & same_day]
    if others.empty or not own.any():
        return draft
    values = {
        "found": sorted(types[others].unique()),
        "kind": election.election_type,
        "day": election.date,
    }
    first, rule = draft.spot(int(others[0]), "election_type"), OTHER_OFFICES
    spot = Spot(first.file, first.sheet)
    told = rule.once(spot, values)
    return draft.without(others, [told])


OTHER_OFFICES = Rule(
    "other_offices",
    "warning",
    Text(
        en="the count also holds {found:list}; only the {kind} of {day:day} is used.",
        id="hasil hitung ini juga memuat {found:list}; yang dipakai hanya {kind} {day:day}.",
    ),
    Text(
        en="Nothing needs to be done if that is the election that is forecast.",
        id="Tidak perlu tindakan bila memang itu pemilihan yang diprakirakan.",
    ),
)
