"""The count so far: rows of the coming election, and of no other."""

from __future__ import annotations

import pandas as pd

from turnout.elections import Election
from turnout.errors import DataError
from turnout.language import Text
from turnout.schema import canonical_results


def with_coming(
    table: pd.DataFrame, election: Election | None, counted: pd.DataFrame | None
) -> pd.DataFrame:
    """Put the count so far behind the results.

    Parameters
    ----------
    table
        Results, in canonical form.
    election
        The coming election.
    counted
        Its results so far; where they have a date and a type, these are the election's.

    Raises
    ------
    DataError
        If rows of the count are of another election.
    """
    if election is None or counted is None:
        return table
    _refuse_others(counted, election)
    coming = counted.assign(
        election=election.name,
        date=pd.Timestamp(election.date),
        election_type=election.election_type,
        type_group=election.type_group,
    )
    return pd.concat([table, canonical_results(coming)], ignore_index=True)


def _refuse_others(counted: pd.DataFrame, election: Election) -> None:
    other_day, other_type = election.differs(counted)
    others = counted[other_day | other_type]
    if others.empty:
        return
    first = others.iloc[0]
    when = [f"{pd.Timestamp(first['date']):%Y-%m-%d}"] if "date" in others else []
    kind = [str(first["election_type"])] if "election_type" in others else []
    raise DataError(
        _OTHERS,
        n=len(others),
        kind=election.election_type,
        date=election.date,
        row=others.index[0],
        found=" ".join([*when, *kind]),
    )


_OTHERS = Text(
    en="The count holds {n:count:row:rows} of another election than the {kind} of {date:day} "
    "(first: row {row}, {found}). Leave them out, or correct their date and type; earlier "
    "elections belong to the past results.",
    id="Hasil hitung memuat {n:count} baris yang bukan dari {kind} {date:day} (pertama: baris "
    "{row}, {found}). Keluarkan baris itu, atau perbaiki tanggal dan jenisnya; pemilihan "
    "sebelumnya termasuk hasil pemilihan yang lalu.",
)
