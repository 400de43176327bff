"""Results tables: from a file to the canonical table, checked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from turnout.reading.columns import RESULTS
from turnout.reading.drafting import draft_table
from turnout.reading.reading import Reading, expect_clean, judge, judge_without_bad_rows
from turnout.reading.rules import check_results
from turnout.reading.sheets import Source
from turnout.schema import RESULTS_COLUMNS, canonical_results


def read_results(source: Source, *, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Read past results from a file or a DataFrame, and check them.

    Parameters
    ----------
    source
        Path of a file, or a DataFrame. CSV with comma, semicolon or tab in any common encoding;
        Excel (.xlsx, .xls) and OpenDocument with titles, merged headers, L/P/JML columns and
        several sheets; the commissions' recapitulation; Sirekap's columns, summed over the polling
        stations; Parquet; each also gzipped. Long, or wide with columns per election.
    columns
        What headers mean that are not known or not clear, such as ``{"jml": "registered"}``.

    Returns
    -------
    pandas.DataFrame
        The canonical table of `turnout.schema.canonical_results`; counts, never shares.

    Raises
    ------
    DataError
        With every error of the file at once: where it is, what is wrong, what to do.

    Warns
    -----
    DataWarning
        Once, with everything that deserves a look.

    Examples
    --------
    >>> table = pd.DataFrame({"Tanggal": ["27 November 2024"] * 2, "Jenis": ["Pilkada"] * 2,
    ...                       "Kelurahan": ["Kasang", "Murni"], "DPT": ["4.512", "3.008"],
    ...                       "Pengguna Hak Pilih": ["2.900", "1.851"]})
    >>> read_results(table)[["area", "registered", "voters"]]
         area  registered  voters
    0  Kasang      4512.0  2900.0
    1   Murni      3008.0  1851.0
    """
    return expect_clean(load_results(source, columns=columns))


def load_results(source: Source, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read past results and return the table with all findings, errors included.

    Parameters
    ----------
    source, columns
        As in `read_results`.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    return judge(draft_table(source, RESULTS, columns), check_results, _finish)


def load_good_results(source: Source, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read past results without the rows that have errors; `rejected` lists these.

    Parameters
    ----------
    source, columns
        As in `read_results`.

    Raises
    ------
    DataError
        If an error concerns the whole file, such as a missing column, or no good row is left.
    """
    return judge_without_bad_rows(draft_table(source, RESULTS, columns), check_results, _finish)


def _finish(table: pd.DataFrame) -> pd.DataFrame:
    """Return the canonical table; an empty one where a needed column is missing."""
    needed = {"date", "election_type", "registered", "voters"}
    if not needed <= set(table.columns):
        return pd.DataFrame(columns=list(RESULTS_COLUMNS))
    return canonical_results(table)
