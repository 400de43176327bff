"""Which rows speak of the same place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Ints
from turnout.identity.cities import of_one_city
from turnout.identity.codes import same_codes
from turnout.identity.kinds import city_in_full, villages_in_full, without_kind, without_kinds
from turnout.identity.villages import of_one_name
from turnout.schema import PLACE_COLUMNS, SCALES

_BETWEEN = re.compile(r"[\W_]+")


@lru_cache(maxsize=131_072)
def plain_name(name: str) -> str:
    """Return a name as it is compared: case, punctuation and spacing do not count.

    >>> plain_name("  Simpang  IV SIPIN. ")
    'simpang iv sipin'
    """
    text = " ".join(name.casefold().split())
    return text if text.replace(" ", "").isalnum() else _BETWEEN.sub(" ", text).strip()


def plain_names(names: Sequence[str]) -> list[str]:
    """Return `plain_name` of each name, for many at once.

    >>> plain_names(["Legok", " Simpang  IV SIPIN. "])
    ['legok', 'simpang iv sipin']
    """
    # What is done to all names as one text is done to each: most differ by their case alone.
    plain = "\n".join(names).casefold().split("\n")
    if len(plain) != len(names):
        return [plain_name.__wrapped__(name) for name in names]
    spaced = "\n".join(["", *plain, ""])
    if "  " in spaced or "\n " in spaced or " \n" in spaced:
        plain = [" ".join(name.split()) for name in plain]
    letters = "\n".join(plain).replace(" ", "").split("\n")
    for odd in np.flatnonzero(~np.array([*map(str.isalnum, letters)], dtype=bool)).tolist():
        plain[odd] = plain_name.__wrapped__(names[odd])
    return plain


def plain_place(name: str, scale: str) -> str:
    """Return the name of a place of some scale as it is compared, however its kind is written.

    >>> plain_place("KAB. BOGOR", "city"), plain_place("Kec. Pasar", "district")
    ('kabupaten bogor', 'pasar')
    """
    plain = plain_name(without_kind(name, scale))
    return city_in_full(plain) if scale == "city" else plain


def plain_places(names: Sequence[str], scale: str) -> list[str]:
    """Return `plain_place` of each name, for many at once.

    >>> plain_places(["Kec. Pasar", "JELUTUNG"], "district")
    ['pasar', 'jelutung']
    """
    plain = plain_names(without_kinds([*names], scale))
    return [*map(city_in_full, plain)] if scale == "city" else plain


def name_codes(entries: pd.DataFrame, lists: pd.Series | None = None) -> pd.DataFrame:
    """Return a number for each name of every place column and for each code, -1 where blank.

    What the column says anyway makes no difference: *Kec. Pasar* in the column of districts is
    *Pasar*, *Kab. Bogor* is *Kabupaten Bogor* and not *Kota Bogor*, *Jambi* is *Kota Jambi* where
    it can be no other (`of_one_city`), and so is *Desa Sukamaju* *Sukamaju* (`of_one_name`).

    A blank above a known name is filled where the column knows one name only, so that a roll
    without its city's column still matches.

    Parameters
    ----------
    entries
        Rows with the place columns, ``area_id`` and ``election``.
    lists
        (rows,) what each row is listed in; its ``election`` where not given.
    """
    codes = {}
    names_of: dict[str, list[str]] = {}
    finer = np.zeros(len(entries), dtype=bool)
    for column in SCALES:
        names, labels = pd.factorize(entries[column])
        written = [*map(str, np.asarray(labels, dtype=object))]
        texts = plain_places(written, column)
        if column == "area":
            texts = villages_in_full(texts)
        plain, names_of[column] = _ranks(texts)
        code = np.append(plain, -1)[names]
        if len(labels) and plain.max() == 0:
            code[finer & (code < 0)] = 0
        finer |= code >= 0
        codes[column] = code
    found = pd.DataFrame(dict(reversed(codes.items())), copy=False)
    of_list = entries["election"] if lists is None else lists
    found["city"] = of_one_city(found, names_of["city"], of_list)
    own_name = np.where(_named_by_code(entries), -1, found["area"].to_numpy())
    found["area_id"] = same_codes(entries["area_id"], own_name, of_list)
    found["area"] = of_one_name(found, names_of["area"], of_list)
    return found


def _named_by_code(entries: pd.DataFrame) -> Bools:
    """Return of which rows the code stands for the area's name as well: it is no other name."""
    (name, names), (code, codes) = (pd.factorize(entries[one]) for one in ("area", "area_id"))
    number = {text: one for one, text in enumerate(np.asarray(codes, dtype=object).tolist())}
    texts = np.asarray(names, dtype=object).tolist()
    own = np.array([*(number.get(text, -1) for text in texts), -1])[name]
    return np.asarray((own == code) & (code >= 0), dtype=bool)


def _ranks(texts: Sequence[str]) -> tuple[Ints, list[str]]:
    """Return the number of each text among the distinct ones in their order, and these."""
    codes, distinct = pd.factorize(np.array(texts, dtype=object))
    # Python knows that all are texts, and sorts them in half the time of an array of objects.
    order = sorted(range(len(distinct)), key=distinct.tolist().__getitem__)
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    return rank[codes], distinct[order].tolist()


def path_codes(codes: pd.DataFrame, columns: Sequence[str]) -> Ints:
    """Return a number for each distinct combination of `columns`."""
    path = np.zeros(len(codes), dtype=np.int64)
    for column in columns:
        code = codes[column].to_numpy()
        highest = int(code.max(initial=-1))
        if highest >= 0:  # what is blank in every row parts none
            path = pd.factorize(path * (highest + 2) + code + 1)[0]
    return path.astype(np.intp)


def identify(entries: pd.DataFrame, codes: pd.DataFrame) -> Ints:
    """Return the number of every row's place, in the order of the names, coarse places first.

    An area is its code where it has one; else its name, together with its district where two
    districts know the name. A row whose area is blank is its path.
    """
    path = path_codes(codes, PLACE_COLUMNS)
    id_code = codes["area_id"].to_numpy(np.intp)
    # A place is in many contests: what is told of it is looked at once.
    telling, first = _distinct(path * (id_code.max(initial=-1) + 2) + id_code + 1)
    told, place, id_code = codes.iloc[first], path[first], id_code[first]
    is_area = (told["area"] >= 0).to_numpy()
    if is_area.any():
        name = np.full(len(first), -1, dtype=np.intp)
        name[is_area] = path_codes(told[is_area], [*PLACE_COLUMNS[:-2], "area"])
        doubled = _doubled(entries["election"], telling, name, place)
        key = np.where(doubled, place + name.max() + 1, name)[is_area]
        areas = _area_identity(key, id_code[is_area])
        place[is_area] = int(place.max()) + 1 + areas
    return _in_order(place, told)[telling]


def _distinct(key: Ints) -> tuple[Ints, Ints]:
    """Return for every row the number of its key, and for every key its first row."""
    number, distinct = pd.factorize(key)
    first = np.empty(len(distinct), dtype=np.intp)
    first[number[::-1]] = np.arange(len(key))[::-1]
    return number.astype(np.intp), first


def _doubled(elections: pd.Series, telling: Ints, name: Ints, path: Ints) -> Bools:
    """Return whether two districts know an area's name in one contest, or on the roll.

    Parameters
    ----------
    elections
        (rows,) contests; blank on the roll.
    telling
        (rows,) what each row tells of its place.
    name, path
        (tellings,) number of the area's name, -1 where no area is told, and of its path.
    """
    paths = pd.DataFrame({"name": name, "path": path}).drop_duplicates()
    several = np.isin(name, paths["name"][paths["name"].duplicated()]) & (name >= 0)
    rows = np.flatnonzero(several[telling])
    contest = pd.factorize(elections.iloc[rows])[0]
    of_rows = {"contest": contest, "name": name[telling[rows]], "path": path[telling[rows]]}
    known = pd.DataFrame(of_rows).drop_duplicates()
    return np.isin(name, known["name"][known.duplicated(["contest", "name"])])


def _area_identity(key: Ints, id_code: Ints) -> Ints:
    """Return a number for areas: of the code, else of the code that the name has elsewhere."""
    ids = int(id_code.max()) + 1
    if not ids:
        return key
    coded = id_code >= 0
    ids_of_key = pd.DataFrame({"key": key[coded], "id": id_code[coded]}).drop_duplicates()
    single = ids_of_key[~ids_of_key["key"].duplicated(keep=False)]
    looked_up = single.set_index("key")["id"].reindex(key).to_numpy()
    identity = np.where(coded, id_code, looked_up)
    return np.where(np.isnan(identity), key + ids, identity).astype(np.intp)


def _in_order(place: Ints, codes: pd.DataFrame) -> Ints:
    """Return places numbered by their names, so that the order of the rows leaves no trace."""
    order = np.lexsort([codes[column].to_numpy() for column in ("area_id", *SCALES)])
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
    # Two tables may each call a place their own way, whether they name their contest or not.
    of_table = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    contest, contests = pd.factorize(entries["election"])
    lists = of_table * (len(contests) + 1) + contest
    numbers = identify(entries, name_codes(entries, pd.Series(lists)))
    return np.split(numbers, np.cumsum([len(table) for table in tables])[:-1])
