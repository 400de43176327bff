"""The one matcher of place names: which place a name, a row of names or a code means.

Goals, plan limits, crosswalks, activity logs and shapes all name places of another table. A code
goes first, whatever its dots; then the names without case, spacing and punctuation; then what is
left of them without accents, spaces and the kind of place (*Kel. Paal Merah*, *Paalmerah*). What is
found in the last way only is told. Names that resemble each other are never matched.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from turnout.errors import ToldWarning
from turnout.identity.codes import code_in_parts, plain_code
from turnout.identity.keys import plain_place
from turnout.identity.names import bare_name
from turnout.language import Text
from turnout.schema import PLACE_COLUMNS

_KOTA = re.compile(r"^kota(?=.)")


@dataclass(frozen=True)
class Match:
    """The places that a name fits.

    Parameters
    ----------
    rows
        Their positions in the table of places: one where the name is clear, several where it is
        not, none where nothing fits.
    by_spelling
        Whether they bear the name in another spelling only.
    """

    rows: tuple[int, ...]
    by_spelling: bool = False


class PlaceNames:
    """The places of a table, to be found by name or code.

    Parameters
    ----------
    places
        A row per place: place columns, and ``scale`` and ``area_id`` where known; without a scale
        a row is of its finest place.

    Examples
    --------
    >>> places = pd.DataFrame({"district": ["Utara", "Selatan"], "area": ["Paal Merah", "Murni"]})
    >>> names = PlaceNames(places)
    >>> names.find("PAAL MERAH"), names.find("Kel. Paalmerah"), names.find("Paal Mera").rows
    (Match(rows=(0,), by_spelling=False), Match(rows=(0,), by_spelling=True), ())
    """

    def __init__(self, places: pd.DataFrame) -> None:
        columns = {
            scale: list(places[scale]) if scale in places else [None] * len(places)
            for scale in PLACE_COLUMNS
        }
        scales = list(places["scale"]) if "scale" in places else [None] * len(places)
        codes = list(places["area_id"]) if "area_id" in places else [None] * len(places)
        self._names: list[dict[str, str]] = []
        self._scales: list[str] = []
        self._by_code: dict[tuple[str, bool], list[int]] = defaultdict(list)
        self._by_name: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
        for row in range(len(places)):
            cells = {scale: column[row] for scale, column in columns.items()}
            names = {s: cell for s, cell in cells.items() if isinstance(cell, str) and cell.strip()}
            known = scales[row]
            scale = known if isinstance(known, str) else next(reversed(names), "total")
            self._names.append(names)
            self._scales.append(scale)
            for loose in (False, True):
                if code := _code_form(codes[row], loose=loose):
                    self._by_code[code, loose].append(row)
            if scale in names:
                for loose in (False, True):
                    self._by_name[scale, _form(names[scale], scale, loose=loose), loose].append(row)

    def find(self, said: object) -> Match:
        """Find what one word means: the code or the name of a place of any scale."""
        if rows := self._coded(said):
            return Match(tuple(rows))
        if not isinstance(said, str):
            return Match(())
        for loose in (False, True):
            rows = [
                row
                for scale in PLACE_COLUMNS
                for row in self._by_name.get((scale, _form(said, scale, loose=loose), loose), [])
            ]
            if rows:
                return Match(tuple(rows), by_spelling=loose)
        return Match(())

    def find_row(self, names: Mapping[str, object], code: object = None) -> Match:
        """Find what a row of names means: its finest name, which the coarser must not contradict.

        Parameters
        ----------
        names
            Names by scale; missing ones do not matter.
        code
            The place's code, if it has one.
        """
        if rows := self._coded(code):
            return Match(tuple(rows))
        told = {
            scale: name
            for scale in PLACE_COLUMNS
            if isinstance(name := names.get(scale), str) and name.strip()
        }
        if not told:
            return Match(())
        finest = next(reversed(told))
        for loose in (False, True):
            rows = self._by_name.get((finest, _form(told[finest], finest, loose=loose), loose), [])
            fits = [row for row in rows if self._agrees(row, told, loose=loose)]
            if fits:
                return Match(tuple(fits), by_spelling=loose)
        return Match(())

    def _coded(self, code: object) -> list[int]:
        """Return the rows of a code: those that part it alike, else those of its digits."""
        return next(
            (
                rows
                for loose in (False, True)
                if (rows := self._by_code.get((_code_form(code, loose=loose), loose)))
            ),
            [],
        )

    def _agrees(self, row: int, told: Mapping[str, str], *, loose: bool) -> bool:
        known = self._names[row]
        return all(
            scale not in known
            or _form(known[scale], scale, loose=loose) == _form(name, scale, loose=loose)
            for scale, name in told.items()
        )

    def name(self, row: int) -> str:
        """Return a place as people say it: ``Kasang (Jambi Timur)``."""
        names = list(self._names[row].values())
        return " (".join(names[::-1][:2]) + ")" * (min(len(names), 2) - 1) if names else "-"

    def listed(self, rows: Sequence[int], most: int = 3) -> str:
        """Return several places in words."""
        told = ", ".join(self.name(row) for row in rows[:most])
        return told if len(rows) <= most else f"{told}, ..."


def loose_form(name: str, scale: str) -> str:
    """Return what is left of the name of a place of some scale in any spelling.

    >>> loose_form("Kota Jambi", "city"), loose_form("Kota Baru", "area")
    ('jambi', 'kotabaru')
    """
    bare = bare_name(name)
    return _KOTA.sub("", bare) if scale == "city" else bare


def _code_form(code: object, *, loose: bool) -> str:
    plain = plain_code(code)
    return code_in_parts(code) if plain and not loose and isinstance(code, str) else plain


def _form(name: str, scale: str, *, loose: bool) -> str:
    return loose_form(name, scale) if loose else plain_place(name, scale)


def tell_spellings(pairs: Mapping[str, str], stacklevel: int = 3) -> None:
    """Warn of names that fit a place by their spelling only.

    Parameters
    ----------
    pairs
        What was said, and the place that it is taken for.
    stacklevel
        As of `warnings.warn`.
    """
    if not pairs:
        return
    told = ", ".join(f"'{said}' = {place}" for said, place in list(pairs.items())[:5])
    told = f"{told}, ..." if len(pairs) > 5 else told
    warnings.warn(ToldWarning(_BY_SPELLING, n=len(pairs), names=told), stacklevel=stacklevel)


_BY_SPELLING = Text(
    en="{n:count:name is:names are} written in another way than in the table, and taken for the "
    "place that fits: {names}. Write the names alike if that is wrong.",
    id="{n:count} nama ditulis berbeda dari tabel dan dianggap sebagai wilayah yang cocok: "
    "{names}. Samakan penulisannya bila keliru.",
)
