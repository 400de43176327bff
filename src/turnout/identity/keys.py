"""Which rows speak of the same place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from turnout.arrays import Ints
from turnout.identity.kinds import without_kind
from turnout.schema import PLACE_COLUMNS, SCALES

_BETWEEN = re.compile(r"[\W_]+")


@lru_cache(maxsize=524_288)
def plain_name(name: str) -> str:
    """Return a name as it is compared: case, punctuation and spacing do not count.

    >>> plain_name("  Simpang  IV SIPIN. ")
    'simpang iv sipin'
    """
    text = " ".join(name.casefold().split())
    return text if text.replace(" ", "").isalnum() else _BETWEEN.sub(" ", text).strip()


def name_codes(entries: pd.DataFrame) -> pd.DataFrame:
    """Return a number for each name of every place column, -1 where blank.

    What the column says anyway makes no difference: *Kec. Pasar* in the column of districts is
    *Pasar*.

    A blank above a known name is filled where the column knows one name only, so that a roll
    without its city's column still matches.
    """
    codes = {}
    finer = np.zeros(len(entries), dtype=bool)
    for column in SCALES:
        names, labels = pd.factorize(entries[column])
        compared = [plain_name(without_kind(str(label), column)) for label in labels]
        plain = pd.factorize(np.array(compared, dtype=object), sort=True)[0]
        code = np.append(plain, -1)[names].astype(np.intp)
        if len(labels) and plain.max() == 0:
            code[finer & (code < 0)] = 0
        finer |= code >= 0
        codes[column] = code
    return pd.DataFrame(codes)[list(PLACE_COLUMNS)]


def path_codes(codes: pd.DataFrame, columns: Sequence[str]) -> Ints:
    """Return a number for each distinct combination of `columns`."""
    path = np.zeros(len(codes), dtype=np.int64)
    for column in columns:
        width = int(codes[column].max()) + 2 if len(codes) else 1
        path = pd.factorize(path * width + codes[column].to_numpy() + 1)[0]
    return path.astype(np.intp)


def identify(entries: pd.DataFrame, codes: pd.DataFrame) -> Ints:
    """Return the number of every row's place, in the order of the names, coarse places first.

    An area is its code where it has one; else its name, together with its district where two
    districts know the name. A row whose area is blank is its path.
    """
    is_area = (codes["area"] >= 0).to_numpy()
    place = path_codes(codes, PLACE_COLUMNS)
    areas = codes[is_area]
    if len(areas):
        offset = int(place.max()) + 1
        place[is_area] = offset + _area_identity(entries[is_area], areas)
    return _in_order(place, codes, entries["area_id"])


def _in_order(place: Ints, codes: pd.DataFrame, area_id: pd.Series) -> Ints:
    """Return places numbered by their names, so that the order of the rows leaves no trace."""
    id_codes, known = pd.factorize(area_id)
    texts = np.array([*map(str, known), ""], dtype=object)
    ids = pd.factorize(texts, sort=True)[0][id_codes]
    finest_first = [codes[column].to_numpy() for column in SCALES]
    order = np.lexsort([ids, *finest_first])
    number = np.empty(len(place), dtype=np.intp)
    number[order] = pd.factorize(place[order])[0]
    return number


def numbers_of_places(tables: Sequence[pd.DataFrame]) -> list[Ints]:
    """Give every row of several tables a number that rows of the same place share.

    Parameters
    ----------
    tables
        Tables with some of the place columns, ``area_id`` and ``election``; what one lacks is
        blank in it.

    Returns
    -------
    list of (rows,) int
        The numbers of each table's rows.

    Examples
    --------
    >>> roll = pd.DataFrame({"area": ["Kasang", "Payo Lebar"]})
    >>> count = pd.DataFrame({"area": ["PAYO LEBAR"]})
    >>> [numbers.tolist() for numbers in numbers_of_places([roll, count])]
    [[0, 1], [1]]
    """
    columns = [*PLACE_COLUMNS, "area_id", "election"]
    rows = [table.reindex(columns=columns).astype("object") for table in tables]
    entries = pd.concat(rows, ignore_index=True)
    entries = entries.where(entries.notna(), None)
    numbers = identify(entries, name_codes(entries))
    return np.split(numbers, np.cumsum([len(table) for table in tables])[:-1])


def _area_identity(entries: pd.DataFrame, codes: pd.DataFrame) -> Ints:
    by_name = path_codes(codes, [*PLACE_COLUMNS[:-2], "area"])
    by_path = path_codes(codes, PLACE_COLUMNS)
    contest = pd.factorize(entries["election"].fillna("roll"))[0]
    paths_of_name = pd.DataFrame({"contest": contest, "name": by_name, "path": by_path})
    known = paths_of_name.drop_duplicates()
    doubled = known.loc[known.duplicated(["contest", "name"]), "name"].unique()
    is_doubled = np.isin(by_name, doubled)
    key = np.where(is_doubled, by_path + by_name.max() + 1, by_name)
    id_code, ids = pd.factorize(entries["area_id"])
    if not len(ids):
        return pd.factorize(key)[0].astype(np.intp)
    coded = id_code >= 0
    ids_of_key = pd.DataFrame({"key": key[coded], "id": id_code[coded]}).drop_duplicates()
    single = ids_of_key[~ids_of_key["key"].duplicated(keep=False)]
    looked_up = single.set_index("key")["id"].reindex(key).to_numpy()
    identity = np.where(coded, id_code, looked_up)
    return np.where(np.isnan(identity), key + len(ids), identity).astype(np.intp)
