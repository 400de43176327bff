"""Quick counts: a probability sample of stations, a row per station."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from turnout.reading.draft_file import draft_table
from turnout.reading.files.sheets import Sources
from turnout.reading.headers.aliases import PLACES, RESULTS, STATION
from turnout.reading.headers.vocabulary import KnownColumn, Vocabulary
from turnout.reading.hints import NO_HINTS, Hints
from turnout.reading.reading import Reading, conclude
from turnout.rules.draft import Draft
from turnout.rules.measures import completed
from turnout.rules.sample import check_sample
from turnout.rules.totals import IN_SAMPLE, check_totals
from turnout.schema import PLACE_COLUMNS, RESULTS_COLUMNS, ROLL_COLUMNS

_STATION = "sampled_station"
_CHECKED = (*RESULTS_COLUMNS, *ROLL_COLUMNS)
_BY_NAME = {column.name: column for column in RESULTS.columns}

SAMPLE = Vocabulary(
    role="sample",
    columns=(
        *PLACES,
        # Not the station of results, whose rows are summed.
        KnownColumn(_STATION, "code", f"tps | station | {_BY_NAME[STATION].aliases}"),
        _BY_NAME["registered"],
        _BY_NAME["voters"],
        _BY_NAME["stations_total"],
        KnownColumn("stratum", "name", "strata | stratum sampel | lapisan"),
        KnownColumn(
            "stations_in_stratum",
            "count",
            "tps strata | jumlah tps strata | tps dalam strata | tps populasi | populasi tps"
            " | populasi | stations in all | population",
        ),
        KnownColumn("note", "name", "catatan | keterangan | ket | notes | remark | remarks"),
    ),
    needed=(
        ("area", "area_id"),
        ("registered",),
        ("voters",),
        ("stations_total",),
        ("stations_in_stratum",),
    ),
    questions={},
)


def load_sample(source: Sources, *, hints: Hints = NO_HINTS) -> Reading:
    """Read a quick count and return the good rows beside everything that was found.

    Parameters
    ----------
    source
        Path of a file or a DataFrame, a row per sampled station: its area (name or code),
        registered, voters, ``stations_total`` (the stations of its area) and
        ``stations_in_stratum``: the stations of its ``stratum``, or of the whole where there is no
        such column.
    hints
        What the user says of the file.

    Returns
    -------
    Reading
        Its table has the place columns, area_id, stratum and the figures, for
        `turnout.quick_count`.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.

    Examples
    --------
    >>> table = pd.DataFrame({"Kelurahan": ["Kasang", "Murni"], "No. TPS": [3, 7],
    ...                       "DPT": [402, 377], "Pengguna Hak Pilih": [281, 250],
    ...                       "Jumlah TPS": [12, 9], "TPS populasi": [1100, 1100]})
    >>> load_sample(table).table[["area", "voters", "stations_in_stratum"]].values.tolist()
    [['Kasang', 281.0, 1100.0], ['Murni', 250.0, 1100.0]]
    """
    draft = draft_table(source, SAMPLE, hints)
    if not len(draft.table):
        return conclude(draft, (), _canonical)
    totals = _totals(draft)
    told = check_totals(completed(draft, *_CHECKED), IN_SAMPLE) if totals.any() else []
    draft = _without(draft, totals)
    return conclude(draft, [*told, *check_sample(_complete(draft), _STATION)], _canonical)


def _totals(draft: Draft) -> pd.Series[bool]:
    """Mark the rows of coarser places than areas: totals of stations, not stations."""
    names = draft.table.reindex(columns=["area", "area_id", _STATION])
    return names.isna().all(axis=1)


def _without(draft: Draft, rows: pd.Series[bool]) -> Draft:
    kept = draft.table.index[~rows]
    parts = {name: getattr(draft, name).loc[kept] for name in ("table", "written", "origin")}
    return replace(draft, **parts)


def _complete(draft: Draft) -> Draft:
    return Draft(
        _canonical(draft.table), draft.written, draft.origin, draft.headers, draft.findings
    )


def _canonical(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with all columns; the stratum is blank where the file has none."""
    figures = ["registered", "voters", "stations_total", "stations_in_stratum"]
    full = table.reindex(columns=[*PLACE_COLUMNS, "area_id", _STATION, "stratum", *figures])
    full[figures] = full[figures].astype("float64")
    return full.assign(stratum=full["stratum"].astype("object").fillna("").astype(str))
