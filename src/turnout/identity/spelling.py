"""Names of one table as another writes them, where they differ by spelling only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from turnout.identity.keys import plain_place
from turnout.identity.match import loose_form, tell_spellings
from turnout.schema import PLACE_COLUMNS


def spelled_as(table: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the names of its places as `known` writes them, and warn of each.

    A name is replaced where `known` has one that differs from it by its spelling only (*Kel. Paal
    Merah*, *Paalmerah*). It stays where several fit, and where the table has the other spelling as
    well: then they are two places.

    Parameters
    ----------
    table
        A roll or a count; its place columns are looked at.
    known
        The results.

    Examples
    --------
    >>> import warnings
    >>> results = pd.DataFrame({"area": ["Paal Merah", "Murni"]})
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore")
    ...     roll = spelled_as(pd.DataFrame({"area": ["Kel. Paalmerah", "Kasang"]}), results)
    >>> roll["area"].tolist()
    ['Paal Merah', 'Kasang']
    """
    changed = _spellings(table, known)
    if changed:
        tell_spellings({said: name for pairs in changed.values() for said, name in pairs.items()})
    return _respelled(table, changed)


def spelled_quietly(table: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return what `spelled_as` does, for what is told elsewhere.

    Examples
    --------
    >>> results = pd.DataFrame({"area": ["Paal Merah"]})
    >>> spelled_quietly(pd.DataFrame({"area": ["Kel. Paalmerah"]}), results)["area"].tolist()
    ['Paal Merah']
    """
    return _respelled(table, _spellings(table, known))


def spelled_back(places: pd.DataFrame, table: pd.DataFrame, spelled: pd.DataFrame) -> pd.DataFrame:
    """Return places that `spelled_as` made of a table with their names as that table writes them.

    Parameters
    ----------
    places
        Places whose names are those of the results.
    table
        A roll, as it was before `spelled_as`.
    spelled
        What `spelled_as` made of it.

    Examples
    --------
    >>> results = pd.DataFrame({"area": ["Paal Merah"]})
    >>> roll = pd.DataFrame({"area": ["Paalmerah"]})
    >>> spelled_back(results, roll, results)["area"].tolist()
    ['Paalmerah']
    """
    back = {}
    for scale in PLACE_COLUMNS:
        if scale in table and scale in places:
            said, names = (np.asarray(one[scale], dtype=object) for one in (table, spelled))
            other = (said != names) & pd.notna(said)
            pairs = dict(zip(names[other], said[other], strict=True))
            forms = {plain_place(str(name), scale): str(own) for name, own in pairs.items()}
            if forms:
                written = map(str, places[scale].dropna().unique())
                back[scale] = {name: forms.get(plain_place(name, scale), name) for name in written}
    return _respelled(places, back)


def _spellings(table: pd.DataFrame, known: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return by scale the names of a table that are written otherwise than the known ones."""
    changed: dict[str, dict[str, str]] = {}
    for scale in PLACE_COLUMNS:
        if scale in table and scale in known:
            own, theirs = table[scale].dropna().unique(), known[scale].dropna().unique()
            if pairs := _pairs(map(str, own), map(str, theirs), scale):
                changed[scale] = pairs
    return changed


def _respelled(table: pd.DataFrame, changed: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    return table.assign(**{scale: _renamed(table[scale], changed[scale]) for scale in changed})


def _renamed(names: pd.Series, pairs: Mapping[str, str]) -> pd.Series:
    codes, written = pd.factorize(names)
    forms = np.array([*(pairs.get(str(name), name) for name in written), None], dtype=object)
    return pd.Series(forms[codes], index=names.index, dtype="object")


def _pairs(own: Iterable[str], theirs: Iterable[str], scale: str) -> dict[str, str]:
    """Return the names that are written otherwise, and how."""
    written, known = list(own), list(theirs)
    if set(written) <= set(known) or set(known) <= set(written):
        return {}
    plain = {plain_place(name, scale): name for name in known}
    own_forms = {name: plain_place(name, scale) for name in written}
    unknown = [name for name, form in own_forms.items() if form not in plain]
    taken = set(own_forms.values())
    if not unknown or plain.keys() <= taken:
        return {}
    by_form: dict[str, set[str]] = {}
    for form, name in plain.items():
        by_form.setdefault(loose_form(name, scale), set()).add(form)
    pairs = {}
    for name in unknown:
        fits = by_form.get(loose_form(name, scale), set())
        if len(fits) == 1 and not fits & taken:
            pairs[name] = plain[next(iter(fits))]
    # Two spellings of the table that fit one name are two places, or a mistake to be told.
    times = Counter(pairs.values())
    return {said: name for said, name in pairs.items() if times[name] == 1}
