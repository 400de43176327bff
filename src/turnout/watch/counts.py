"""From the files of a count to the one table that counts, whatever is wrong with some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from turnout.errors import DataError, Finding, Spot, TurnoutError, tell
from turnout.escaping import one_line
from turnout.identity.codes import each_code
from turnout.identity.keys import plain_places
from turnout.identity.reports import UNTIL, dated_by_file
from turnout.identity.together import stacked
from turnout.language import LANGUAGES, Language, Text
from turnout.reading import Reading
from turnout.schema import LISTED, OF_STATIONS, PLACE_COLUMNS

Said = dict[Language, str]
"""What is said, in every language."""

COUNT_COLUMNS = (
    *PLACE_COLUMNS,
    "area_id",
    "registered",
    "voters",
    "stations_counted",
    "stations_total",
    LISTED,
    *OF_STATIONS,
)
"""What of a count's rows is kept in the history."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class CountSoFar:
    """The count as it is used.

    Parameters
    ----------
    table
        Its rows, in canonical form; empty before the first is in.
    troubles
        What is wrong with the files, where something is: their last good rows stand in `table`.
    findings
        What was found in the files that could be read.
    spots
        Where the places of those files stand, see `Reading`.
    """

    table: pd.DataFrame
    troubles: tuple[Said, ...] = ()
    findings: tuple[Finding, ...] = ()
    spots: Mapping[str, Spot] = field(default_factory=dict)


def said(text: Text, **values: object) -> Said:
    """Return a text in every language.

    >>> said(Text(en="{n:count} left", id="tersisa {n:count}"), n=1500)["id"]
    'tersisa 1.500'
    """
    return {lang: text.say(lang, **values) for lang in LANGUAGES}


def told_apart(names: pd.Series[str], above: pd.Series[str]) -> pd.Series[str]:
    """Return names of places, with what they lie in beside those that several places have.

    >>> told_apart(pd.Series(["Sukamaju", "Sukamaju"]), pd.Series(["Hulu", "Hilir"])).tolist()
    ['Sukamaju (Hulu)', 'Sukamaju (Hilir)']
    """
    told = above.astype("object").where(above.notna(), "")
    shared = names.duplicated(keep=False) & told.ne("") & told.ne(names)
    return names.where(~shared, names.astype("object") + " (" + told + ")")


def said_error(error: TurnoutError) -> Said:
    """Return an error in every language."""
    return {lang: error.say(lang) for lang in LANGUAGES}


def said_findings(findings: Sequence[Finding]) -> tuple[Said, ...]:
    """Return what was found in a count, rule by rule, in every language."""
    told = [tell(findings, lang) for lang in LANGUAGES]
    return tuple(dict(zip(LANGUAGES, rule, strict=True)) for rule in zip(*told, strict=True))


def read_count(
    files: Sequence[Path],
    load: Callable[[Path], Reading],
    changed: dt.datetime | None,
    before: pd.DataFrame | None,
) -> CountSoFar:
    """Read the files of a count; of what cannot be read, the last good rows stay.

    Of two files that tell of the same place, the one with the later ``data_until`` counts, or the
    one whose name comes later where the times are alike or not told; a row without figures counts
    for nothing beside one with. A place that was in and is in no file any more, or blank there,
    keeps its figures, and that is told: a file that was cut off in between two rows is good by
    itself. Who takes a place back gives it 0 stations.

    Parameters
    ----------
    files
        The files, by name.
    load
        Reads one; its errors are told and its rows left out.
    changed
        When the newest file was written: up to when a count goes that does not say so.
    before
        The last good count; None where there was none.

    Returns
    -------
    CountSoFar
    """
    readings, troubles = _readings(files, load)
    tables = [reading.table for reading in readings]
    table = _latest(tables)
    table = dated_by_file(table, changed) if len(table) else table
    findings = tuple(finding for reading in readings for finding in reading.warnings)
    spots = _spots(readings)
    if before is None or before.empty:
        return CountSoFar(table, tuple(troubles), findings, spots)
    gone = _rows_gone(table, before) if tables and not troubles else []
    if gone:
        names = pd.Series([_name(row) for _, row in before.iterrows()], before.index, dtype=object)
        names = told_apart(names, before["district"])[gone]
        troubles.append(said(_GONE, n=len(names), names=list(names)))
    if troubles:
        table = _latest([before, table])
    return CountSoFar(table, tuple(troubles), findings, spots)


def _readings(
    files: Sequence[Path], load: Callable[[Path], Reading]
) -> tuple[list[Reading], list[Said]]:
    """Return the readings of the good files, and what is wrong with others."""
    readings: list[Reading] = []
    troubles: list[Said] = []
    for path in files:
        try:
            reading = load(path)
            if reading.errors:
                raise DataError.of(reading.errors)
            if reading.table.empty:
                raise DataError(_EMPTY, file=one_line(path.name))
        except TurnoutError as error:
            troubles.append(said_error(error))
        else:
            readings.append(reading)
    return readings, troubles


def _spots(readings: Sequence[Reading]) -> Mapping[str, Spot]:
    """Return where the places of all files stand; of one file nothing is looked at for it."""
    if len(readings) == 1:
        return readings[0].spots
    return {place: spot for reading in readings for place, spot in reading.spots.items()}


def keys_of(table: pd.DataFrame) -> list[Key]:
    """Return what tells the place of each row: its code, else its names, however they are set."""
    texts = table.reindex(columns=[*PLACE_COLUMNS, "area_id"])
    [codes] = each_code(texts["area_id"])
    names = [_plain(texts[scale], scale) for scale in PLACE_COLUMNS]
    keys = zip(*names, strict=True)
    return [(code,) if code else key for code, key in zip(codes, keys, strict=True)]


def _plain(names: pd.Series, scale: str) -> list[str]:
    """Return names of places as they are compared, blanks as ""."""
    number, labels = pd.factorize(names)
    plain = plain_places([*map(str, np.asarray(labels, dtype=object))], scale)
    return np.array([*plain, ""], dtype=object)[number].tolist()


def same_count(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two counts have the same figures for the same places, in whatever order.

    Places that are not in have none, whether a count lists them or not.
    """
    return _figures(one[_are_in(one)]) == _figures(other[_are_in(other)])


def _figures(table: pd.DataFrame) -> dict[Key, tuple[float | None, ...]]:
    columns = ["registered", "voters", "stations_counted", "stations_total"]
    figures = table.reindex(columns=columns).astype(float)
    rows = figures.astype("object").where(figures.notna(), None)
    told = rows.itertuples(index=False, name=None)
    return dict(zip(keys_of(table), told, strict=True))


def _latest(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put tables behind one another; a place's rows stay in one of them.

    That is the one that has figures of it; of several the one with the later time in
    ``data_until``, the last one where the times are alike or one of them is not told.
    """
    found = [table for table in tables if len(table)]
    if not found:
        return pd.DataFrame(columns=list(COUNT_COLUMNS))
    places = [keys_of(table) for table in found]
    best: dict[Key, tuple[int, bool, Any]] = {}
    for number, (table, keys) in enumerate(zip(found, places, strict=True)):
        times: list[Any] = [pd.NaT] * len(table)
        if UNTIL in table:
            times = pd.to_datetime(table[UNTIL]).tolist()
        for key, full, time in zip(keys, _have_figures(table), times, strict=True):
            _, had, before = best.get(key, (0, False, pd.NaT))
            # Within one table a place that is told twice is for the model to refuse.
            if full > had or (full == had and not time < before):
                best[key] = (number, full, time)
    kept = [
        table[[best[key][0] == number for key in keys]]
        for number, (table, keys) in enumerate(zip(found, places, strict=True))
    ]
    return stacked([one for one in kept if len(one)])


def _rows_gone(table: pd.DataFrame, before: pd.DataFrame) -> list[int]:
    """Return the rows of `before` with figures of whose places `table` has none."""
    there = set(keys_of(table[_have_figures(table)]))
    was_in = _are_in(before)
    return [
        index
        for index, key, had in zip(before.index, keys_of(before), was_in, strict=True)
        if had and key not in there
    ]


def _are_in(table: pd.DataFrame) -> pd.Series[bool]:
    """Mark the rows of places that are in, at least in part."""
    return table["voters"].notna() & ~(table["stations_counted"] == 0)


def _have_figures(table: pd.DataFrame) -> pd.Series[bool]:
    """Mark the rows that tell voters, or how many stations are in, be it none.

    Rows of stations tell nothing where none of them has figures: they are blank.
    """
    of_rows = table.reindex(columns=[LISTED])[LISTED].notna()
    return table["voters"].notna() | (table["stations_counted"].notna() & ~of_rows)


def _name(row: pd.Series) -> str:
    names = [row[scale] for scale in reversed(PLACE_COLUMNS) if isinstance(row[scale], str)]
    return names[0] if names else str(row["area_id"] or "")


_EMPTY = Text(
    en="{file} holds no row. Its last rows are kept.",
    id="{file} tidak berisi satu baris pun. Baris terakhirnya tetap dipakai.",
)
_GONE = Text(
    en="{n:count:place that was in is:places that were in are} missing from the count, or blank in "
    "it: {names:list}. Their last figures are kept. To take a place back, give it 0 stations "
    "counted.",
    id="{n:count} wilayah yang tadinya sudah masuk hilang dari hasil hitung atau kosong di sana: "
    "{names:list}. Angka terakhirnya tetap dipakai. Untuk menarik kembali sebuah wilayah, isi 0 "
    "pada TPS masuk.",
)
