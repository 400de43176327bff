"""The count so far: rows of the coming election, and of no other."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from turnout.areas.checks import check_results
from turnout.elections import Election
from turnout.errors import DataError
from turnout.identity.keys import identify, name_codes, plain_name
from turnout.language import Text
from turnout.schema import PLACE_COLUMNS, canonical_results, require_table

UNTIL = "data_until"
"""Column of a count that tells when it was drawn up."""

_FIGURES = ("registered", "voters")


def with_coming(
    table: pd.DataFrame, election: Election | None, counted: pd.DataFrame | None
) -> pd.DataFrame:
    """Put the count so far behind the results.

    A place of which no station is counted is not in, whatever figures stand beside it: its row
    only tells how many stations there are.

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
        counted.drop(columns=UNTIL, errors="ignore").assign(
            election=election.name,
            date=pd.Timestamp(election.date),
            election_type=election.election_type,
            type_group=election.type_group,
        )
    )
    out = _not_in(coming)
    coming.loc[out, [*_FIGURES, "stations_counted"]] = np.nan
    check_results(coming[~out], counted.index[~out])
    _refuse_half_told(coming[~out])
    return pd.concat([table, _of_the_whole(coming, table)], ignore_index=True)


def counted_until(counted: pd.DataFrame | None, election: Election) -> dt.datetime | None:
    """Return up to when a count goes: the latest time in its column ``data_until``.

    Parameters
    ----------
    counted
        The count so far.
    election
        The coming election; a time without a day is one of its polling day.

    Raises
    ------
    DataError
        If a time cannot be read.

    Examples
    --------
    >>> coming = Election("2024-11-27", "pilkada")
    >>> counted_until(pd.DataFrame({"data_until": ["21.30", "27/11/2024 22:05"]}), coming)
    datetime.datetime(2024, 11, 27, 22, 5)
    """
    if counted is None or UNTIL not in counted:
        return None
    told = [_time(value, election) for value in counted[UNTIL].dropna().unique()]
    return max(told, default=None)


def latest_reports(counted: pd.DataFrame, election: Election) -> pd.DataFrame:
    """Return a count in which a place's later report has replaced its earlier ones.

    Reports are told apart by their time in the column ``data_until``; two of one place and time,
    or of no time, both stay, and are refused as a place told twice.

    Parameters
    ----------
    counted
        The count so far.
    election
        The coming election; a time without a day is one of its polling day.

    Raises
    ------
    DataError
        If a time cannot be read.

    Examples
    --------
    >>> reports = pd.DataFrame({"area": ["Murni", "Murni"], "voters": [640, 650],
    ...                         "data_until": ["20:10", "21:30"]})
    >>> latest_reports(reports, Election("2024-11-27", "pilkada"))["voters"].tolist()
    [650]
    """
    if UNTIL not in counted or counted[UNTIL].isna().all():
        return counted
    times = {value: _time(value, election) for value in counted[UNTIL].dropna().unique()}
    told = counted[UNTIL].map(times)
    places = counted.reindex(columns=[*PLACE_COLUMNS, "area_id", "election"]).astype("object")
    places = places.where(places.notna(), None).reset_index(drop=True)
    place = identify(places, name_codes(places))
    newest = told.groupby(place).transform("max")
    return counted[(told.isna() | (told == newest)).to_numpy()]


def _time(value: object, election: Election) -> dt.datetime:
    """Read a time as people write it; ISO first, else the day before the month."""
    if isinstance(value, dt.date):
        return pd.Timestamp(value).to_pydatetime().replace(tzinfo=None, microsecond=0)
    written = " ".join(str(value).replace("WIB", "").split())
    *day, clock = written.rsplit(" ", 1)
    if "." in clock and clock.count(".") <= 2 and len(clock) <= 8:
        clock = clock.replace(".", ":")
    text = " ".join([*(day or [election.date.isoformat()] * (":" in clock[:3])), clock])
    iso = text[:4].isdigit()
    try:
        read = pd.to_datetime(text, dayfirst=not iso)
    except (ValueError, OverflowError):
        raise DataError(_NO_TIME, written=written) from None
    return pd.Timestamp(read).to_pydatetime().replace(tzinfo=None, microsecond=0)


def _not_in(coming: pd.DataFrame) -> pd.Series:
    """Return the rows that nothing is counted of."""
    blank = coming[list(_FIGURES)].isna().all(axis=1)
    return blank | (coming["stations_counted"] == 0)


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
    en="The count holds {n:count:row:rows} of another election than the {kind} of {date:day} "
    "(first: row {row}, {found}). Leave them out, or correct their date and type; earlier "
    "elections belong to the past results.",
    id="Hasil hitung memuat {n:count} baris yang bukan dari {kind} {date:day} (pertama: baris "
    "{row}, {found}). Keluarkan baris itu, atau perbaiki tanggal dan jenisnya; pemilihan "
    "sebelumnya termasuk hasil pemilihan yang lalu.",
)
_HALF_TOLD = Text(
    en="{n:count:row:rows} of the count give only one of registered and voters (first: "
    "{place}). Give both, or set stations_counted to 0 if nothing is in yet.",
    id="{n:count} baris hasil hitung hanya memuat salah satu dari pemilih terdaftar dan pengguna "
    "hak pilih (pertama: {place}). Isi keduanya, atau isi 0 pada TPS masuk bila belum ada data.",
)
_NO_TIME = Text(
    en="'{written}' is not a time. Write the time of the count as 2024-11-27 21:30.",
    id="'{written}' bukan waktu. Tulis waktu hasil hitung sebagai 2024-11-27 21:30.",
)
