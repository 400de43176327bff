"""`Table`: the cells of a table under its headers, and what is told beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from turnout.errors import Finding
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.match import Header


@dataclass(frozen=True)
class Told:
    """A value that is told once for a whole table, such as *Kecamatan: Jelutung* above it.

    Where lines contradict each other, `others` are those that tell another value; `said` is what
    the user says instead of the file.
    """

    value: Any
    label: str
    row: int | str | None = None
    in_title: bool = False
    others: tuple[Told, ...] = ()
    said: bool = False

    @property
    def line(self) -> str:
        """The line as it stands, in quotes: a title holds its day, a label stands before it."""
        written = str(self.value)
        if isinstance(self.value, dt.date):
            written = f"{self.value:%Y-%m-%d}"
            whole = str(self.value.year) in self.label
        else:
            whole = written in self.label
        return f"'{self.label}'" if whole else f"'{self.label}: {written}'"


@dataclass(frozen=True)
class Table:
    """The cells of a table under its headers.

    Parameters
    ----------
    grid
        Where it was found.
    headers
        What each column's header says.
    cells
        The body; columns numbered as in the grid, the index holds the rows' numbers.
    told
        What lines above the table, or the sheet's name, tell of all its rows.
    longer
        Numbers of the rows with something behind the last header.
    findings
        What is odd in how its columns hang together.
    """

    grid: Grid
    headers: tuple[Header, ...]
    cells: pd.DataFrame
    told: Mapping[str, Told]
    longer: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Canonical columns that the table holds or is told."""
        named = {name for h in self.headers if h.meaning == "column" for name in h.names}
        return frozenset(named | set(self.told))
