"""Total rows, known by what they are: rows that equal the sum of others.

Publications write them in many ways: a last row *Kota Jambi* in the column of kecamatan, a row
*Kecamatan Danau Sipin* above its kelurahan, *Jumlah* below. A row that equals the sum of others in
registered and voters becomes the total of the place that these lie in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from turnout.arrays import Bools, Cells, Ints
from turnout.cells import MOST_PEOPLE
from turnout.identity.kinds import says_total, without_total
from turnout.identity.names import bare_name, each_name
from turnout.reading.layouts.named_totals import (
    bare,
    names_a_coarser_place,
    names_its_place,
    scale_of_total,
    shares_its_place,
)
from turnout.reading.layouts.open_sums import open_sums
from turnout.reading.layouts.rounded_totals import settle_found
from turnout.reading.layouts.sums import Sum, find_sums
from turnout.reading.layouts.total_rows import Total, rewrite
from turnout.rules.draft import Draft
from turnout.rules.measures import contest_names, row_scales, with_columns
from turnout.schema import PLACE_COLUMNS

_FEWEST = 3
"""Rows in which one can be the sum of others."""
_FEW = 3
"""Parts from which on a sum that no name speaks of is no chance; of one figure alone, more."""

_NEARLY = 0.8
"""Share of the sum of all others from which on a row named as a coarser place is no part."""

_USUAL = 2
"""Totals called as the places of their rows from which on a table is taken to call them so."""


def find_totals(draft: Draft) -> Draft:
    """Return the draft with every row that is the sum of others as the total of its place.

    Rows are compared within their contest, in the order of the file. A coarser place that only
    the heading of its rows tells is written into each of them. Totals whose place nothing names
    are left out.
    """
    # In a log these are columns of the user's own, which nobody reads as numbers.
    table = draft.table
    figures = [
        name for name in ("registered", "voters") if name in table and is_numeric_dtype(table[name])
    ]
    if not figures or not set(PLACE_COLUMNS) & set(draft.table):
        return draft
    rows = with_columns(draft.table, (*PLACE_COLUMNS, "election", "date", "election_type"))
    rows = rows[[*PLACE_COLUMNS, *figures]].assign(
        contest=contest_names(rows), scale=row_scales(rows), called=draft.called_total()
    )
    rows = rows.assign(shared=shares_its_place(rows, draft.origin, figures))
    # A place is in many contests: its name is looked at once.
    compared = pd.DataFrame({name: each_name(rows[name], bare_name) for name in PLACE_COLUMNS})
    found = [
        total
        for _, contest in rows.groupby("contest", sort=False)
        for total in _totals_of(_List.of(contest, compared, figures))
    ]
    names = pd.Series([bare(one.total.name) for one in found], dtype="object")
    again = names.ne("") & names.groupby(names).transform("size").gt(1)
    sure = [one.total for one, more in zip(found, again, strict=True) if one.sure or more]
    draft = settle_found(draft, sure)
    return rewrite(draft, [*sure, *open_sums(rows, figures, [one.row for one in sure])])


@dataclass(frozen=True)
class _Found:
    """A row that is the total of others, and whether that is no chance."""

    total: Total
    sure: bool


_Left = Callable[[str], tuple[Ints, Ints]]


@dataclass(frozen=True)
class _List:
    """The rows of one contest among which sums are sought, in the order of the file.

    Parameters
    ----------
    rows
        Rows whose figures are known, without totals that name their place as the table does.
    compared
        The names of their places as they are compared, "" where blank.
    figures
        Names of the figures that must add up.
    leaf
        The finest scale.
    """

    rows: pd.DataFrame
    compared: pd.DataFrame
    figures: Sequence[str]
    leaf: str

    @classmethod
    def of(
        cls, contest: pd.DataFrame, compared: pd.DataFrame, figures: Sequence[str]
    ) -> _List | None:
        counts = (contest[name].to_numpy(float) for name in figures)
        known: Bools = np.logical_and.reduce(
            [(count >= 0) & (count <= MOST_PEOPLE) & (count == np.floor(count)) for count in counts]
        )
        if known.sum() < _FEWEST:
            return None
        named = names_its_place(contest, compared)
        shared = named & contest["shared"]
        rows = contest[known & (~named | shared)].assign(shared=shared)
        scales = set(rows["scale"])
        leaf = next((scale for scale in PLACE_COLUMNS[::-1] if scale in scales), None)
        if leaf is None or len(rows) < _FEWEST:
            return None
        return cls(rows, compared.loc[rows.index], figures, leaf)

    def sums(self) -> list[list[Sum]]:
        return find_sums([self.rows[name].to_numpy(float) for name in self.figures])

    @cached_property
    def cells(self) -> dict[str, Cells]:
        """The rows' places, and how they call themselves, column by column."""
        return {name: self.rows[name].to_numpy(object) for name in (*PLACE_COLUMNS, "scale")}

    @cached_property
    def above(self) -> list[str]:
        """The scales above the leaf of which some row tells a place, the coarsest first."""
        coarser = PLACE_COLUMNS[: PLACE_COLUMNS.index(self.leaf)]
        return [scale for scale in coarser if self.rows[scale].notna().any()]

    @cached_property
    def bare(self) -> dict[str, Cells]:
        """The rows' places as they are compared, "" where blank."""
        return {name: self.compared[name].to_numpy(object) for name in (*self.above, self.leaf)}

    @cached_property
    def places(self) -> dict[str, set[str]]:
        """The places of each scale above the leaf."""
        return {scale: {*self.bare[scale]} - {""} for scale in self.above}

    @cached_property
    def placed(self) -> Ints:
        """The rows that tell the place right above them."""
        return np.flatnonzero(self.bare[self.above[-1]] != "")

    @cached_property
    def paths(self) -> Ints:
        """The number of each row's places above the leaf."""
        paths = np.zeros(len(self.rows), dtype=np.int64)
        for scale in self.above:
            codes, names = pd.factorize(self.bare[scale])
            paths = pd.factorize(paths * len(names) + codes)[0]
        return paths

    @cached_property
    def rows_of(self) -> dict[int, Ints]:
        """The rows of each of `paths`."""
        order = np.argsort(self.paths, kind="stable")
        paths, starts = np.unique(self.paths[order], return_index=True)
        return dict(zip(paths.tolist(), np.split(order, starts[1:]), strict=True))

    @cached_property
    def called(self) -> Bools:
        """Whether each row calls itself a total."""
        return self.rows["called"].to_numpy(bool)

    def left(self, free: Bools, scale: str) -> tuple[Ints, Ints]:
        """Return the number of each row's place of a scale, and how many free rows lie in each."""
        codes = pd.factorize(self.cells[scale])[0]
        return codes, np.bincount(codes[free & (codes >= 0)], minlength=codes.max() + 1)

    def elsewhere(self, one: Sum) -> bool:
        """Whether a row names a coarser place that its parts do not lie in: then it is no total.

        A kelurahan often bears the name of its kecamatan: such a row is a total of rows elsewhere
        only if these are all others, and several. Where the sums leave other rows over, so is one
        of whose parts some lie in another place: among many small places figures add up by chance
        across a border too.
        """
        if self.names_another(one):
            return True
        if self.cells["scale"][one.row] != self.leaf or self.says_so(one.row):
            return False
        if self.bears_name_above(one.row) and one.whole and len(one.parts) > _FEW:
            return False
        for scale in self.above:
            named = {*self.bare[scale][list(one.parts)]} - {""}
            own = self.bare[scale][one.row]
            if own and named and (own not in named or not (one.whole or named == {own})):
                return True
        return False

    def names_another(self, one: Sum) -> bool:
        """Whether a row calls itself the total of a place in which none of its parts lies."""
        parts, scale = list(one.parts), self.cells["scale"][one.row]
        name = self.cells[scale][one.row] if scale in PLACE_COLUMNS else None
        if not says_total(name) or (self.cells["scale"][parts] != self.leaf).any():
            return False
        place = bare(without_total(str(name)))
        told = [scale for scale in self.above if place in self.places[scale]]
        return bool(told) and not any(place in self.bare[scale][parts] for scale in told)

    def one_of_many(self, one: Sum, free: Bools, left: _Left) -> bool:
        """Whether the place that a row and its parts lie in has further rows: then it is no total.

        In a long list of small places figures add up by chance: 1 voter of 1, twice in a row.
        A row that names no place of its own lies in that of all its parts. `free` marks the rows
        that are no sums of others, which `left` counts by their place.
        """
        if self.says_so(one.row) or (one.whole and self.bears_name_above(one.row)):
            return False
        for scale in self.above[::-1]:
            places, counts = left(scale)
            lies = bool(self.bare[scale][one.row])
            own = [one.row, *one.parts] if lies else list(one.parts)
            here = set(places[own].tolist())
            if lies or (len(here) == 1 and -1 not in here):
                return len(here) == 1 and bool(counts[here.pop()] > free[own].sum())
        return False

    def evident(self, position: int) -> bool:
        """Whether a row says by its name, or by where it stands, that it is a coarser place."""
        return self.says_so(position) or self.bears_name_above(position)

    def says_so(self, position: int) -> bool:
        """Whether a row calls itself a total or a coarser place, or stands among such."""
        name = self.cells[self.leaf][position]
        finest = self.cells["scale"][position] == self.leaf
        if self.called[position] or not finest or says_total(name):
            return True
        return self.names_coarser(position)

    def names_coarser(self, position: int) -> bool:
        """See `names_a_coarser_place`."""
        return names_a_coarser_place({name: cells[position] for name, cells in self.cells.items()})

    def bears_name_above(self, position: int) -> bool:
        """Whether a row has the name of the place that it lies in, or else stands beside."""
        name = self.bare[self.leaf][position]
        around = {self.bare[scale][position] for scale in self.above}
        around |= {self.bare[self.above[-1]][row] for row in self.beside(position)}
        return bool(name) and name in around

    def beside(self, position: int) -> Sequence[int]:
        """Return the nearest rows that tell the place right above them, of one that does not."""
        if not self.above or self.bare[self.above[-1]][position]:
            return ()
        at = int(np.searchsorted(self.placed, position))
        return [int(row) for row in self.placed[max(at - 1, 0) : at + 1]]

    def maybe_called(self) -> set[int]:
        """Return the rows that have the name of the place right above them, or tell none."""
        if not self.above:
            return set()
        name, above = self.bare[self.leaf], self.bare[self.above[-1]]
        return {*np.flatnonzero((name != "") & ((above == name) | (above == ""))).tolist()}

    def block(self, position: int) -> tuple[int, ...]:
        """Return the other rows of the place whose name a row has, and that it is of or beside."""
        name = self.bare[self.leaf][position]
        if not name or not self.above:
            return ()
        finest = self.bare[self.above[-1]]
        here = [row for row in (position, *self.beside(position)) if finest[row] == name]
        rows = self.rows_of[self.paths[here[0]]] if here else ()
        return tuple(int(row) for row in rows if row != position)

    def shares(self, position: int, rows: Sequence[int]) -> list[float]:
        """Return a row's figures as shares of the sums of others, where these are not 0."""
        row, others = self.rows.iloc[position], self.rows.iloc[list(rows)]
        sums = {name: others[name].sum() for name in self.figures}
        return [float(row[name] / whole) for name, whole in sums.items() if whole > 0]

    def outweighs(self, position: int, rows: Sequence[int]) -> bool:
        """Whether a row named as a coarser place is about as large as all other `rows`.

        Where nothing is in yet, 0 is as large as 0: zeros say nothing of sums.
        """
        if len(rows) <= _FEW or not self.names_coarser(position):
            return False
        shares = self.shares(position, [one for one in rows if one != position])
        return bool(shares) and min(shares) >= _NEARLY


def _totals_of(listed: _List | None) -> Iterator[_Found]:
    """Yield the rows of one contest that are sums of others, those of the finest places first."""
    if listed is None:
        return
    levels = listed.sums()
    taken = {one.row for level in levels for one in level}
    free = np.ones(len(listed.rows), dtype=bool)
    free[list(taken)] = False
    left = cache(partial(listed.left, free))
    faulty = _faulty(listed, taken)
    for number, level in enumerate([*levels, faulty]):
        for one in level:
            if listed.elsewhere(one) or listed.one_of_many(one, free, left):
                continue
            twice = len(listed.figures) > 1 or len(level) > 1
            many = len(one.parts) > _FEW or (twice and len(one.parts) == _FEW)
            apart = one.whole and len(levels) > number + 1 and len(level) > 1 and twice
            sure = number == len(levels) or listed.evident(one.row) or (one.whole and many) or apart
            yield _Found(_placed(listed, one, number, len(level)), sure)


def _faulty(listed: _List, taken: set[int]) -> list[Sum]:
    """Return totals with a fault in them: those that add up in one figure but not in the other.

    `turnout.rules.contests` tells what is wrong with them. A row that is called a total sums the
    rows around it even where nothing adds up; so does a first or last row that is named as a
    coarser place and is about as large as all others together, and one that is called as its rows.
    """
    left = np.delete(np.arange(len(listed.rows)), [*taken]).tolist()
    doubtful: dict[int, Sum] = {}
    for name in listed.figures if len(listed.figures) > 1 else ():
        values = listed.rows[name].to_numpy(float)[left]
        for one in (one for level in find_sums([values]) for one in level):
            parts = tuple(left[part] for part in one.parts)
            at_edge = left[one.row] in (left[0], left[-1]) and len(parts) == len(left) - 1
            if listed.evident(left[one.row]) or (at_edge and len(parts) > _FEW):
                doubtful.setdefault(left[one.row], Sum(left[one.row], parts, one.whole))
    rest = [row for row in left if row not in doubtful]
    called = np.array(rest, dtype=np.intp)[listed.called[rest]].tolist()
    if len(called) == 1 and len(rest) > 1 and listed.rows.iloc[called[0]]["scale"] == "total":
        parts = tuple(row for row in rest if row != called[0])
        doubtful.setdefault(called[0], Sum(called[0], parts, whole=True))
    edges = {row for row in (*left[:1], *left[-1:]) if listed.outweighs(row, left)}
    others = {row: tuple(one for one in left if one != row) for row in edges}
    for row, parts in (others | _called_as_their_rows(listed, taken)).items():
        doubtful.setdefault(row, Sum(row, parts, whole=True))
    return list(doubtful.values())


def _called_as_their_rows(listed: _List, taken: set[int]) -> dict[int, tuple[int, ...]]:
    """Return rows that have the name of the place of others, and these, whose total they are.

    A village often has the name of its kecamatan. It is no total where it lies in it and no others
    are called so, where its kecamatan has a total, or where it is of another size than all others
    together; but a row that lies nowhere, where others are called so, has lost a digit then.
    """
    named = [row for row in taken if listed.bears_name_above(row)]
    have = {listed.bare[listed.leaf][row] for row in named}
    found = {}
    for row in sorted(listed.maybe_called() - taken):
        block = tuple(one for one in listed.block(row) if one not in taken)
        if len(block) < _FEWEST - 1 or listed.bare[listed.leaf][row] in have:
            continue
        near = all(_NEARLY <= one <= 1 / _NEARLY for one in listed.shares(row, block) or [0])
        if sum([len(named) >= _USUAL, bool(listed.beside(row)), near]) > 1:
            found[row] = block
    return found


def _placed(listed: _List, one: Sum, level: int, sums: int) -> Total:
    """Return a sum with the place that it is the total of: the finest that holds all its parts."""
    row, parts = listed.rows.iloc[one.row], listed.rows.iloc[list(one.parts)]
    nameless = row["scale"] == "total" or row["shared"]
    written = None if nameless else row[row["scale"]]
    name = without_total(written) if isinstance(written, str) and says_total(written) else written
    scale = scale_of_total(name or None, parts, listed.leaf, level, sums)
    labels = tuple(int(label) for label in parts.index)
    return Total(int(listed.rows.index[one.row]), labels, level, scale, name or None)
