"""What was made of an election last, for as long as it is asked with the same tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import pandas as pd

from turnout.elections import Election

Made = TypeVar("Made")
Tables = Sequence[pd.DataFrame | None]


@dataclass
class Remembered(Generic[Made]):
    """The last thing made of an election and some tables.

    Examples
    --------
    >>> kept, election = Remembered(), Election("2024-11-27", "pilkada")
    >>> roll = pd.DataFrame({"registered": [1]})
    >>> kept.of(election, [roll, None], lambda: "made"), kept.of(election, [roll, None], lambda: 1)
    ('made', 'made')
    >>> roll["registered"] = 2
    >>> kept.of(election, [roll, None], lambda: "made anew")
    'made anew'
    """

    _kept: tuple[Election, Tables, Made] | None = field(default=None, init=False)

    def of(self, election: Election, tables: Tables, make: Callable[[], Made]) -> Made:
        """Return what was made, or make it where election or tables are others.

        Parameters
        ----------
        election
            The election.
        tables
            What it is made of.
        make
            Makes it.
        """
        if self._kept is not None and self._kept[0] == election:
            known = self._kept[1]
            if all(_alike(one, other) for one, other in zip(known, tables, strict=True)):
                return self._kept[2]
        made = make()
        # Copies: whoever owns the tables may change them.
        self._kept = election, [None if one is None else one.copy() for one in tables], made
        return made


def _alike(one: pd.DataFrame | None, other: pd.DataFrame | None) -> bool:
    return other is None if one is None else other is not None and one.equals(other)
