"""The count so far: rows of the coming election, and of no other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.areas.checks import check_results
from turnout.elections import Election
from turnout.errors import DataError
from turnout.identity.keys import plain_name
from turnout.identity.reports import OF_FILE, UNTIL, latest_reports
from turnout.identity.together import in_one_table
from turnout.language import Text
from turnout.own_rolls import tells_no_more, told_apart
from turnout.schema import PLACE_COLUMNS, canonical_results, require_table

_FIGURES = ("registered", "voters")


def with_coming(
    table: pd.DataFrame, election: Election | None, counted: pd.DataFrame | None
) -> pd.DataFrame:
    """Put the count so far behind the results.

    A place of which no station is counted is not in, whatever figures stand beside it: its row
    only tells how many stations there are. Votes without a roll of their own, such as postal ones,
    are set apart (`turnout.own_rolls`): a total is that of the places in it.

    Parameters
    ----------
    table
        Results, in canonical form.
    election
        The coming election.
    counted
        Its results so far; they need neither date nor type, which are the election's.

    Raises
    ------
    DataError
        If rows of the count are of another election, or their figures cannot be counts.
    """
    if election is None or counted is None:
        return table
    require_table(counted, "counted")
    _refuse_others(counted, election)
    counted = latest_reports(counted, election)
    coming = canonical_results(
        counted.drop(columns=[UNTIL, OF_FILE], errors="ignore").assign(
            election=election.name,
            date=pd.Timestamp(election.date),
            election_type=election.election_type,
            type_group=election.type_group,
        )
    )
    coming = told_apart(coming, table)
    coming.loc[tells_no_more(coming), list(_FIGURES)] = np.nan
    out = _not_in(coming)
    coming.loc[out, [*_FIGURES, "stations_counted"]] = np.nan
    check_results(coming[~out], counted.index[~out])
    _refuse_half_told(coming[~out])
    return in_one_table([table, _of_the_whole(coming, table)])


def _not_in(coming: pd.DataFrame) -> pd.Series:
    """Return the rows that nothing is counted of.

    The registered of a place whose voters are blank are its roll, unless stations of it are in.
    """
    blank = coming["voters"].isna()
    half = coming["registered"].notna() & (coming["stations_counted"] > 0)
    return (blank & ~half) | (coming["stations_counted"] == 0)


def _refuse_half_told(rows: pd.DataFrame) -> None:
    """Refuse rows that lack one of their two figures."""
    lacking = rows[rows[list(_FIGURES)].isna().any(axis=1)]
    if len(lacking):
        first = lacking.iloc[0]
        names = [first[name] for name in reversed(PLACE_COLUMNS) if first[name] is not None]
        raise DataError(_HALF_TOLD, n=len(lacking), place=names[0] if names else "")


def _of_the_whole(coming: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Name the whole in rows of the count that name no place: they are its total."""
    blank = coming[list(PLACE_COLUMNS)].isna().all(axis=1) & coming["area_id"].isna()
    if not blank.any():
        return coming
    named = coming.copy()
    for column in PLACE_COLUMNS[:-2]:
        names = table[column].dropna()
        if len(names) and len({plain_name(name) for name in names.unique()}) == 1:
            named.loc[blank, column] = names.iloc[-1]
    return named


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
    en="The count holds {n:count:row:rows} of another election than the {kind:type} of {date:day} "
    "(first: row {row}, {found}). Leave them out, or correct their date and type; earlier "
    "elections belong to the past results.",
    id="Hasil hitung memuat {n:count} baris yang bukan dari {kind:type} {date:day} (pertama: baris "
    "{row}, {found}). Hapus baris itu, atau perbaiki tanggal dan jenisnya; pemilihan "
    "sebelumnya termasuk hasil pemilihan yang lalu.",
)
_HALF_TOLD = Text(
    en="{n:count:row:rows} of the count give only one of registered and voters (first: "
    "{place}). Give both, or set stations_counted to 0 if nothing is in yet.",
    id="{n:count} baris hasil hitung hanya memuat salah satu dari pemilih terdaftar dan pengguna "
    "hak pilih (pertama: {place}). Isi keduanya, atau isi 0 pada TPS masuk bila belum ada data.",
)
