"""The roll of the coming election: registered voters per place."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from turnout.reading.columns import ROLL
from turnout.reading.drafting import draft_table
from turnout.reading.reading import Reading, expect_clean, judge, judge_without_bad_rows
from turnout.reading.rules import check_roll
from turnout.reading.sheets import Source
from turnout.schema import ROLL_COLUMNS, canonical_roll


def read_roll(source: Source, *, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Read the roll of the coming election from a file or a DataFrame, and check it.

    Parameters
    ----------
    source
        As in `read_results`: a row per place (or polling station) with its registered voters.
    columns
        What headers mean that are not known or not clear.

    Returns
    -------
    pandas.DataFrame
        The canonical table of `turnout.schema.canonical_roll`.

    Raises
    ------
    DataError
        With every error of the file at once.

    Warns
    -----
    DataWarning
        Once, with everything that deserves a look.

    Examples
    --------
    >>> roll = pd.DataFrame({"Kelurahan": ["Kasang"], "Jumlah Pemilih": ["4.512"]})
    >>> read_roll(roll)[["area", "registered", "estimated"]].iloc[0].tolist()
    ['Kasang', 4512.0, False]
    """
    return expect_clean(load_roll(source, columns=columns))


def load_roll(source: Source, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read a roll and return the table with all findings, errors included.

    Parameters
    ----------
    source, columns
        As in `read_roll`.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    return judge(draft_table(source, ROLL, columns), check_roll, _finish)


def load_good_roll(source: Source, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read a roll without the rows that have errors; `rejected` lists these.

    Parameters
    ----------
    source, columns
        As in `read_roll`.

    Raises
    ------
    DataError
        If an error concerns the whole file, or no good row is left.
    """
    return judge_without_bad_rows(draft_table(source, ROLL, columns), check_roll, _finish)


def _finish(table: pd.DataFrame) -> pd.DataFrame:
    """Return the canonical roll; an empty one where a needed column is missing."""
    if "registered" not in table:
        return pd.DataFrame(columns=list(ROLL_COLUMNS))
    return canonical_roll(table)
