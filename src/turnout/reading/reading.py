"""`Reading`: a checked table, everything that was found in the file, and the rows left out."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from turnout.errors import DataError, DataWarning, Finding, tell
from turnout.language import Text
from turnout.reading.draft import Draft

Check = Callable[[Draft], tuple[Finding, ...]]
"""A table's rules: what they find in a draft, beside what reading found."""

Finish = Callable[[pd.DataFrame], pd.DataFrame]
"""Brings the read columns to the canonical form of their table."""

REJECTED_COLUMNS = ("file", "sheet", "row", "rule")


@dataclass(frozen=True)
class Reading:
    """What came of reading one file.

    Parameters
    ----------
    table
        The canonical table. Where `errors` is not empty it is not fit for use.
    findings
        Everything wrong or odd, errors and warnings.
    rejected
        Rows that were left out: file, sheet, row and the rule that each broke.
    """

    table: pd.DataFrame
    findings: tuple[Finding, ...]
    rejected: pd.DataFrame

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a run."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are kept and reported."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")


def judge(draft: Draft, check: Check, finish: Finish) -> Reading:
    """Return the table of a draft with all findings; nothing is left out."""
    findings = (*draft.findings, *check(draft))
    return Reading(finish(draft.table), findings, _rejected([]))


def judge_without_bad_rows(draft: Draft, check: Check, finish: Finish) -> Reading:
    """Return the table without the rows that have errors.

    Raises
    ------
    DataError
        If an error concerns the whole file, or no row is left.
    """
    left_out: list[Finding] = []
    findings = (*draft.findings, *check(draft))
    while errors := [finding for finding in findings if finding.severity == "error"]:
        lasting = [finding for finding in errors if finding.spot.row is None]
        rows = draft.rows_at(finding.spot for finding in errors)
        if lasting or rows.empty or len(rows) == len(draft.table):
            raise DataError.of(lasting or errors)
        left_out += errors
        kept = [finding for finding in draft.findings if finding.severity == "warning"]
        draft = _without(draft, rows, tuple(kept))
        findings = (*draft.findings, *check(draft))
    return Reading(finish(draft.table), findings, _rejected(left_out))


def expect_clean(reading: Reading) -> pd.DataFrame:
    """Return the table of a reading without errors, after a warning that sums up its warnings.

    Raises
    ------
    DataError
        With all errors at once.
    """
    if reading.errors:
        raise DataError.of(reading.errors)
    if reading.warnings:
        said = "\n".join([_WARNINGS.say("en", n=len(reading.warnings)), *tell(reading.warnings)])
        warnings.warn(said, DataWarning, stacklevel=3)
    return reading.table


def _without(draft: Draft, rows: pd.Index, findings: tuple[Finding, ...]) -> Draft:
    kept = draft.table.index.difference(rows)
    frames = (draft.table, draft.written, draft.origin)
    table, written, origin = (frame.loc[kept].reset_index(drop=True) for frame in frames)
    return Draft(table, written, origin, draft.headers, findings)


def _rejected(findings: list[Finding]) -> pd.DataFrame:
    rows = [(f.spot.file, f.spot.sheet, f.spot.row, f.rule) for f in findings]
    return pd.DataFrame(rows, columns=list(REJECTED_COLUMNS), dtype="object").drop_duplicates()


_WARNINGS = Text(
    en="{n:count} thing(s) in the data deserve a look:",
    id="{n:count} hal pada data perlu diperiksa:",
)
