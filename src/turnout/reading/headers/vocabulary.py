"""`Vocabulary`: the columns of one kind of table, and what is needed of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["name", "code", "count", "amount", "share", "date", "flag"]
"""What a column holds: whole numbers are counts, other numbers amounts, 0-1 or percent shares."""


@dataclass(frozen=True)
class KnownColumn:
    """A column of a table and the headers that name it.

    Parameters
    ----------
    name
        Canonical name.
    kind
        What it holds.
    aliases
        Headers that name it, separated by " | ".
    weak
        Headers that name it unless a header of `aliases` stands in the same table.
    """

    name: str
    kind: Kind
    aliases: str = ""
    weak: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The columns of one kind of table.

    Parameters
    ----------
    role
        What the table is to a run; sheets may bear its name.
    columns
        Every known column.
    needed
        Groups of columns; one of each group must be there.
    questions
        Headers that may mean several columns, and those columns: they are asked about.
    evident
        Unclear headers, without *jumlah* and the like, and what each plainly is once the others
        that it could be have columns of their own.
    may_be_empty
        Whether a table without rows is odd only, and no error.
    derived
        Columns that others stand for: each by one of several groups, the best first. A group is
        added up, but the voters are the registered less those who did not vote, or times turnout.
    """

    role: str
    columns: tuple[KnownColumn, ...]
    needed: tuple[tuple[str, ...], ...]
    questions: Mapping[str, tuple[str, ...]] = field(hash=False)
    evident: Mapping[str, str] = field(default_factory=dict, hash=False)
    may_be_empty: bool = False
    derived: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict, hash=False)

    def missing(self, held: Collection[str]) -> list[tuple[str, ...]]:
        """Return the needed groups of which `held` has no column, nor what one is derived from."""
        return [group for group in self.needed if not any(self.has(n, held) for n in group)]

    def has(self, name: str, held: Collection[str]) -> bool:
        """Whether `held` has a column, or all of what it is derived from."""
        return name in held or any(set(parts) <= set(held) for parts in self.derived.get(name, ()))

    def kind(self, name: str) -> Kind:
        """Return what column `name` holds."""
        return next(column.kind for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Canonical names in order."""
        return tuple(column.name for column in self.columns)
