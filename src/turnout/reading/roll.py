"""The roll of the coming election: registered voters per place."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from turnout.reading.columns import ROLL
from turnout.reading.drafting import draft_table
from turnout.reading.reading import Reading, accepted, conclude
from turnout.reading.rules import check_roll
from turnout.reading.sheets import Source
from turnout.schema import canonical_roll


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
    >>> read_roll(roll)[["area", "registered", "estimated"]]
         area  registered  estimated
    0  Kasang      4512.0      False
    """
    return accepted(load_roll(source, columns=columns))


def load_roll(source: Source, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read a roll and return the good rows beside everything that was found.

    Parameters
    ----------
    source, columns
        As in `read_roll`.

    Returns
    -------
    Reading
        `table` holds the rows without errors (none where an error concerns the whole file, such
        as a missing column), `rejected` the others.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    draft = draft_table(source, ROLL, columns)
    return conclude(draft, check_roll(draft), canonical_roll)
