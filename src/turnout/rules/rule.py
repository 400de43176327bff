"""`Rule`: a name, how bad, what to say and what to do; it turns offending rows into findings."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.rules.draft import Draft


@dataclass(frozen=True)
class Rule:
    """One thing that the rows of a table must satisfy.

    Parameters
    ----------
    name
        Short stable name, which rejected.csv and run.json use.
    severity
        ``error`` or ``warning``.
    message, remedy
        What is wrong and what to do; their fields are columns of the values given to `at`.
    """

    name: str
    severity: Literal["error", "warning"]
    message: Text
    remedy: Text

    @cached_property
    def fields(self) -> list[str]:
        """Names of what the texts mention."""
        parts = string.Formatter().parse(self.message.en + self.remedy.en)
        return sorted({name for _, name, _, _ in parts if name})

    def at(
        self,
        draft: Draft,
        rows: pd.Index,
        column: str | None = None,
        values: pd.DataFrame | None = None,
    ) -> list[Finding]:
        """Return one finding per row of `rows`, which points at its cell in `column`.

        Parameters
        ----------
        draft
            The rows that were judged.
        rows
            Labels of the offending rows.
        column
            Canonical name of the column at fault.
        values
            What the texts mention, a column per field, with the offending rows among its rows;
            the draft's own table when not given.
        """
        if rows.empty:
            return []
        told = (draft.table if values is None else values).loc[rows, self.fields]
        columns = {name: told[name].array for name in self.fields}
        return [
            Finding(
                self.name, self.severity, self.message, self.remedy, spot, Mentioned(columns, at)
            )
            for at, spot in enumerate(draft.spots(rows, column))
        ]

    def once(
        self, spot: Spot, values: Mapping[str, object], rows: tuple[Spot, ...] = ()
    ) -> Finding:
        """Return one finding on many rows, or on a file.

        Parameters
        ----------
        spot
            Where it is told.
        values
            What the texts mention.
        rows
            The rows that it is about, where they are to be left out with it.
        """
        return Finding(self.name, self.severity, self.message, self.remedy, spot, values, rows)


@dataclass(frozen=True, slots=True, eq=False)
class Mentioned(Mapping[str, object]):
    """What the texts of one finding mention, looked up when it is told: few of many are.

    Parameters
    ----------
    columns
        A column per field, which all findings of a rule share.
    at
        The position of the finding's row in them.
    """

    columns: Mapping[str, Any]
    at: int

    def __getitem__(self, name: str) -> object:
        value = self.columns[name][self.at]
        return value.item() if isinstance(value, _NUMBERS) else value

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __reduce__(self) -> tuple[object, ...]:
        """Leave the other findings of the rule behind where this one goes elsewhere."""
        return dict, (dict(self),)


_NUMBERS = (np.number, np.bool_)
