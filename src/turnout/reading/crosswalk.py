"""The crosswalk: which old areas the voters of a new area came from."""

from __future__ import annotations

import pandas as pd

from turnout.reading.draft_file import draft_table
from turnout.reading.files.sheets import Sources
from turnout.reading.headers.crosswalk_aliases import CROSSWALK
from turnout.reading.hints import NO_HINTS, Hints
from turnout.reading.reading import Reading, accepted, conclude
from turnout.rules.crosswalk import check_crosswalk
from turnout.schema import canonical_crosswalk


def read_crosswalk(source: Sources) -> pd.DataFrame:
    """Read which old areas each new area's voters came from.

    Parameters
    ----------
    source
        Path of a file (delimited text, Excel, OpenDocument, Parquet) or a DataFrame, with a row
        per new and old area: ``new_id`` or ``new_area``, ``old_id`` or ``old_area``, and
        ``weight``, the share of the new area's voters that came from the old one.

    Returns
    -------
    pandas.DataFrame
        The columns of `schema.CROSSWALK_COLUMNS`.

    Raises
    ------
    DataError
        With everything that is wrong, such as weights that do not sum to 1 per new area.

    Examples
    --------
    >>> table = pd.DataFrame({"kelurahan baru": ["Aur Kenali", "Aur Kenali"],
    ...                       "kelurahan lama": ["Kenali Besar", "Penyengat Rendah"],
    ...                       "bobot": [0.5, 0.5]})
    >>> read_crosswalk(table)[["new_area", "old_area", "weight"]]
         new_area          old_area  weight
    0  Aur Kenali      Kenali Besar     0.5
    1  Aur Kenali  Penyengat Rendah     0.5
    """
    return accepted(load_crosswalk(source))


def load_crosswalk(source: Sources, *, hints: Hints = NO_HINTS) -> Reading:
    """Read a crosswalk and return the good rows beside everything that was found.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    draft = draft_table(source, CROSSWALK, hints)
    return conclude(draft, check_crosswalk(draft), canonical_crosswalk)
