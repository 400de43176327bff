"""Names that begin as a city's and may be a kecamatan's: *Kota Baru*, *Kota Agung*, *Kota Gajah*.

Such a name alone above a table, as a sheet's, or as a total's tells nothing surely. What else is
known of places decides, here and for all files alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from turnout.identity.kinds import kind_of_place
from turnout.identity.names import bare_name
from turnout.reading.headers.match import understand
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.rules.draft import Draft
from turnout.rules.measures import contest_names, with_columns

_PLACES = ["city", "district", "area"]
_CITY = re.compile(r"^kota(?=.)")


def with_cities_settled(
    draft: Draft, vocabulary: Vocabulary, known: Sequence[pd.DataFrame | None] = ()
) -> Draft:
    """Return the draft with names such as *Kota Baru* as kecamatan where these are no cities.

    Other tables go first: what they call a city is one, and what they call a kecamatan is none.
    Then the rows of this one, where a kecamatan is called so. Else it is none where all other
    places of the same election are told without a city: the sheets of a file are of one level.
    A column for the city holds cities, whatever they are called.

    Parameters
    ----------
    draft
        The rows of a file.
    vocabulary
        Its columns.
    known
        Tables that were read before, with the names of places.
    """
    if "city" not in draft.table or _from_a_column(draft, vocabulary):
        return draft
    rows = with_columns(draft.table, (*_PLACES, "election", "date", "election_type"))
    bare = {name: rows[name].map(_bare) for name in _PLACES}
    doubtful = (
        rows["city"].map(lambda name: kind_of_place(name) == ("city", False)).astype(bool)
        & (bare["district"].eq("") | bare["district"].eq(bare["city"]))
    )  # fmt: skip
    if not doubtful.any():
        return draft
    cities = {_CITY.sub("", name) for name in _names(known, "city")}
    districts = _names(known, "district")
    own = set(bare["district"][~doubtful]) - {""}
    beside = _beside_places_without(rows, doubtful)
    moved = [
        _CITY.sub("", name) not in cities and (name in districts or name in own or without_city)
        for name, without_city in zip(bare["city"], beside, strict=True)
    ]
    return _moved(draft, doubtful & pd.Series(moved, rows.index), vocabulary)


def _from_a_column(draft: Draft, vocabulary: Vocabulary) -> bool:
    """Whether the file has a column for the city."""
    header = understand(draft.headers.get("city", ""), vocabulary)
    return header.meaning == "column" and header.names[0] == "city"


def _names(tables: Sequence[pd.DataFrame | None], scale: str) -> set[str]:
    """Return the names of a scale in tables that hold it."""
    held = [table[scale] for table in tables if table is not None and scale in table]
    return {_bare(name) for column in held for name in column.dropna().unique()} - {""}


def _beside_places_without(rows: pd.DataFrame, doubtful: pd.Series[bool]) -> pd.Series[bool]:
    """Mark the rows of contests in which other rows tell places, and no city of any."""
    contest = contest_names(rows)
    places = rows["district"].notna() | rows["area"].notna()
    others = places & ~doubtful
    without = others & rows["city"].isna()
    told = others.groupby(contest).transform("sum")
    return (told > 0) & without.groupby(contest).transform("sum").eq(told)


def _moved(draft: Draft, rows: pd.Series[bool], vocabulary: Vocabulary) -> Draft:
    """Return the draft with the cities of some rows as their kecamatan."""
    if not rows.any():
        return draft
    told = {"district": draft.headers["city"]} if "city" in draft.headers else {}
    tables = {}
    for name, blank in (("table", None), ("written", "")):
        table = getattr(draft, name)
        cities = table["city"]
        held = table["district"] if "district" in table else pd.Series(blank, table.index, object)
        whole = table.assign(district=held.mask(rows, cities), city=cities.mask(rows, blank))
        order = [one for one in vocabulary.names if one in whole]
        tables[name] = whole[[*order, *(one for one in whole if one not in order)]]
    return replace(
        draft, table=tables["table"], written=tables["written"], headers={**told, **draft.headers}
    )


def _bare(name: object) -> str:
    return bare_name(name) if isinstance(name, str) else ""
