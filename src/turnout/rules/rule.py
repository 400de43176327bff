"""`Rule`: a name, how bad, what to say and what to do; it turns offending rows into findings."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast

import pandas as pd

from turnout.errors import Finding
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
        spots = draft.spots(rows, column)
        records = told.to_dict("records") if self.fields else [{} for _ in spots]
        return [
            Finding(self.name, self.severity, self.message, self.remedy, spot, values)
            for spot, values in zip(spots, cast("list[dict[str, object]]", records), strict=True)
        ]
