"""Values of covariates for every place and contest, from columns or computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.areas import Panel
from turnout.areas.history import summed_up
from turnout.arrays import Bools, Floats
from turnout.errors import DataError
from turnout.language import Text
from turnout.reading.values.numerals import parse_numbers
from turnout.schema import RESULTS_COLUMNS

Flags = Bools


@dataclass(frozen=True)
class Values:
    """A covariate's values.

    Parameters
    ----------
    grid
        (nodes, contests) in its own units, NaN where nothing is known; that of a total is the mean
        of its places, weighted by registered voters.
    told
        Whether a value is told, not the mean of neighbours.
    of_contests
        Whether no two places of a contest differ.
    """

    grid: Floats
    told: Flags
    of_contests: bool

    @classmethod
    def of(cls, panel: Panel, name: str, coming: int | None) -> Values:
        """Read a covariate from the columns of results and roll, or compute it.

        Raises
        ------
        DataError
            If there is no such column of the user's own, or it holds no numbers.
        """
        if name in RESULTS_COLUMNS:
            raise DataError(_OF_RESULTS, name=name, computed=", ".join(COMPUTED))
        own = _told(panel, name, coming)
        if name in COMPUTED:
            own = np.where(np.isnan(own), COMPUTED[name](panel, coming), own)
        elif name not in panel.cells:
            raise DataError(_ABSENT, name=name, found=_found(panel), computed=", ".join(COMPUTED))
        of_contests = _is_of_contests(own)
        grid, told = _of_contests(own) if of_contests else _filled(panel, own)
        return cls(grid, told, of_contests)


def _told(panel: Panel, name: str, coming: int | None) -> Floats:
    """Return what the columns of results and roll say, nodes x contests."""
    told = np.full((len(panel.nodes), len(panel.contests)), np.nan)
    if coming is not None and name in panel.roll:
        told[panel.roll["node"], coming] = _numbers(panel.roll[name], name)
    if name in panel.cells:
        seen = _numbers(panel.cells[name], name)
        known = ~np.isnan(seen)
        told[panel.cells["node"][known], panel.cells["contest"][known]] = seen[known]
    return told


def _numbers(column: pd.Series, name: str) -> Floats:
    """Return a column as numbers; yes and no are 1 and 0."""
    words = column.astype("object").map(lambda value: _YES_NO.get(str(value).casefold(), value))
    read = parse_numbers(words)
    numbers = np.asarray(read.values, dtype=np.float64)
    wrong = read.unreadable.to_numpy(bool) | np.isinf(numbers)
    if wrong.any():
        raise DataError(_NO_NUMBER, name=name, n=int(wrong.sum()), first=column[wrong].iloc[0])
    if not read.clear:
        marked = column[column.astype("str").str.contains(r"\d[.,]\d")]
        raise DataError(_UNCLEAR, name=name, n=len(marked), first=marked.iloc[0])
    return numbers


def _is_of_contests(own: Floats) -> bool:
    """Whether no two places of a contest differ."""
    known = ~np.isnan(own)
    highest = np.where(known, own, -np.inf).max(axis=0)
    lowest = np.where(known, own, np.inf).min(axis=0)
    return bool((highest <= lowest).all())


def _of_contests(own: Floats) -> tuple[Floats, Flags]:
    """Give every place what is known of the contest."""
    known = ~np.isnan(own)
    value = np.where(known, own, -np.inf).max(axis=0)
    values = np.broadcast_to(np.where(known.any(axis=0), value, np.nan), own.shape)
    return values, ~np.isnan(values)


def _filled(panel: Panel, own: Floats) -> tuple[Floats, Flags]:
    """Give totals the mean of their places, and places what is known of the place above.

    Returns
    -------
    values
        Nodes x contests.
    known
        Whether a value is told, not the mean of neighbours.
    """
    size = np.fmax(summed_up(panel, _leaf_size(panel)), 1.0)[:, None]
    sums, weights = np.zeros((2, *own.shape))
    values = own.copy()
    for level in range(int(panel.level.max()), -1, -1):
        nodes = panel.levels[level]
        heard = weights[nodes] > 0
        mean = sums[nodes] / np.where(heard, weights[nodes], 1.0)
        values[nodes] = np.where(heard, mean, own[nodes])
        if level > 0:
            known_here = ~np.isnan(values[nodes])
            np.add.at(sums, panel.parent[nodes], np.nan_to_num(values[nodes]) * size[nodes])
            np.add.at(weights, panel.parent[nodes], known_here * size[nodes])
    known = ~np.isnan(values)
    for level in range(1, int(panel.level.max()) + 1):
        nodes = panel.levels[level]
        above = panel.parent[nodes]
        silent = np.isnan(values[nodes])
        values[nodes] = np.where(silent, values[above], values[nodes])
        # A mean of neighbours fills the gap but is not told of this place.
        known[nodes] |= silent & known[above] & (weights[above] == 0)
    return values, known


def _leaf_size(panel: Panel) -> Floats:
    size = panel.nodes["registered"].fillna(0.0).to_numpy(np.float64)
    return np.where(panel.is_leaf, size, 0.0)


def _months_since_last(panel: Panel, coming: int | None) -> Floats:  # noqa: ARG001
    """Return the months since the polling day before, of whatever type."""
    days = panel.contests["date"].to_numpy().astype("datetime64[D]").astype(float)
    distinct, number = np.unique(days, return_inverse=True)
    months = np.append(np.nan, np.diff(distinct) / 30.4375)[number]
    return np.tile(months, (len(panel.nodes), 1))


def _log_registered(panel: Panel, coming: int | None) -> Floats:  # noqa: ARG001
    """Return the log of each place's newest number of registered voters."""
    size = _leaf_size(panel)
    logs = np.where(size > 0, np.log(np.fmax(size, 1.0)), np.nan)
    return np.tile(logs[:, None], (1, len(panel.contests)))


def _voters_per_station(panel: Panel, coming: int | None) -> Floats:
    """Return registered voters per polling station, where stations are told."""
    counted, total = panel.grid("stations_counted"), panel.grid("stations_total")
    stations = np.where(np.isnan(counted), total, counted)
    registered = panel.grid("registered")
    if coming is not None and "stations_total" in panel.roll:
        node = panel.roll["node"].to_numpy()
        stations[node, coming] = _numbers(panel.roll["stations_total"], "stations_total")
        registered[node, coming] = panel.nodes["registered"].to_numpy(float)[node]
    return registered / np.where(stations > 0, stations, np.nan)


COMPUTED: Mapping[str, Callable[[Panel, int | None], Floats]] = {
    "months_since_last": _months_since_last,
    "log_registered": _log_registered,
    "voters_per_station": _voters_per_station,
}
"""Covariates that need no column of their own; a column of the name goes before."""


def _found(panel: Panel) -> str:
    own = [name for name in panel.cells.columns if name not in _NOT_OWN]
    return ", ".join(own) or "-"


_NOT_OWN = (
    "node",
    "contest",
    "registered",
    "voters",
    "stations_counted",
    "stations_total",
    "registered_basis",
    "copies",
)
_YES_NO = {
    word: float(yes)
    for yes, words in enumerate(("no false tidak bukan", "yes true ya"))
    for word in words.split()
}

_ABSENT = Text(
    en="The results lack the covariate '{name}' (columns of your own: {found}). Add a column of "
    "that name to the results and to the roll, or name one that needs no column: {computed}.",
    id="Tabel hasil tidak memuat kovariat '{name}' (kolom tambahan yang ada: {found}). Tambahkan "
    "kolom bernama itu pada tabel hasil dan daftar pemilih, atau sebut kovariat yang tidak "
    "memerlukan kolom: {computed}.",
)
_OF_RESULTS = Text(
    en="'{name}' is a column of every results table, not a covariate. Name a column of your own, "
    "or one that needs no column: {computed}.",
    id="'{name}' adalah kolom setiap tabel hasil, bukan kovariat. Sebut kolom tambahan Anda "
    "sendiri, atau salah satu yang tidak memerlukan kolom: {computed}.",
)
_UNCLEAR = Text(
    en="The covariate '{name}' can be read in two ways: {n:count:value has:values have} a "
    "mark that may separate thousands or decimals (first: {first}). Write them without "
    "thousands marks, or as numbers in a spreadsheet.",
    id="Kovariat '{name}' dapat dibaca dengan dua cara: {n:count} nilai memuat tanda yang dapat "
    "berarti ribuan atau desimal (yang pertama: {first}). Tulis tanpa tanda ribuan, atau sebagai "
    "angka pada lembar kerja.",
)
_NO_NUMBER = Text(
    en="{n:count:value:values} of the covariate '{name}' are not numbers (first: {first}). "
    "Write numbers, or yes and no.",
    id="{n:count} nilai kovariat '{name}' bukan angka (yang pertama: {first}). Tulis angka, atau "
    "ya dan tidak.",
)
