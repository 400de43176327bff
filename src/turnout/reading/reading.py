"""`Reading`: what came of reading a file, and what is done about what was found."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from turnout.errors import DataError, Finding, FoundWarning, Spot
from turnout.language import Text
from turnout.rules.denominators import with_bases
from turnout.rules.draft import Draft, Understood


@dataclass(frozen=True)
class Reading:
    """A checked table and all that was found on the way.

    Parameters
    ----------
    table
        The canonical table of the rows without an error; empty where an error concerns the whole
        file, such as a missing column.
    findings
        Errors and warnings.
    rejected
        A row per row with an error: file, sheet, row, column, value and rule.
    headers
        The header in the file of each column that was read.
    totals_used
        Totals of no named place that were held against the rows, see `turnout.rules.draft.Draft`.
    spots
        Of a count: where each of its places stands, see `turnout.reading.told_places`.
    understood
        What was read as which column, sheet by sheet.
    """

    table: pd.DataFrame
    findings: tuple[Finding, ...]
    rejected: pd.DataFrame
    headers: Mapping[str, str] = field(default_factory=dict)
    totals_used: int = 0
    spots: Mapping[str, Spot] = field(default_factory=dict)
    understood: tuple[Understood, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that must be put right."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that deserve a look."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")


def conclude(
    draft: Draft,
    findings: Sequence[Finding],
    canonical: Callable[[pd.DataFrame], pd.DataFrame],
) -> Reading:
    """Leave out the rows with an error and bring the others to their canonical form.

    What their registered are divided by is told where the file tells it.

    Parameters
    ----------
    draft
        The file's rows, with what reading found.
    findings
        What the rules found.
    canonical
        Gives the table its columns and types.
    """
    told, draft = _once((*draft.findings, *findings)), with_bases(draft)
    errors = [finding for finding in told if finding.severity == "error"]
    wrong = [spot for error in errors for spot in error.spots]
    if any(spot.row is None for spot in wrong):
        table = draft.table.iloc[:0]
    elif errors:
        bad = draft.rows_at(wrong)
        whole = draft.table[~draft.part_wrong()]
        table = canonical(whole.drop(index=bad, errors="ignore"))
    else:
        table = canonical(draft.table)
    return Reading(
        table,
        told,
        rejected(errors),
        dict(draft.headers),
        draft.totals_used,
        understood=draft.understood,
    )


def _once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings without repetitions: what a title tells of many rows is wrong once."""
    told: dict[tuple[str, Spot], list[Finding]] = {}
    kept = []
    for one in findings:
        same = told.setdefault((one.rule, one.spot), [])
        if all(one.values != other.values for other in same):
            same.append(one)
            kept.append(one)
    return tuple(kept)


def accepted(reading: Reading) -> pd.DataFrame:
    """Return the table of a reading without errors; its warnings become one `FoundWarning`.

    Raises
    ------
    DataError
        With every error, if there is any.
    """
    if reading.errors:
        raise DataError.of(reading.errors)
    if reading.warnings:
        warnings.warn(FoundWarning(_DESERVE_A_LOOK, reading.warnings), stacklevel=3)
    return reading.table


def rejected(errors: Sequence[Finding]) -> pd.DataFrame:
    """Return one row per error, as `Reading` holds them."""
    columns = ["file", "sheet", "row", "column", "value", "rule"]
    rows = [
        (one.file, one.sheet, one.row, one.column, one.value, error.rule)
        for error in errors
        for one in error.spots
    ]
    return pd.DataFrame(rows, columns=columns, dtype="object")


_DESERVE_A_LOOK = Text(
    en="{n:count:thing in the data deserves:things in the data deserve} a look:",
    id="{n:count} hal pada data perlu diperiksa:",
)
