"""The past contests that the tree is fitted to: the newest of every type (docs/model.md, 6)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from turnout.areas import Past
from turnout.elections import Election
from turnout.forecast import Note
from turnout.language import Text
from turnout.memory import giving_back


@dataclass(frozen=True)
class Window:
    """The past of a coming election, without the contests that are too many.

    Parameters
    ----------
    past
        Results of the contests that are used.
    used, known
        Numbers of contests that are used, and that there are.
    """

    past: Past
    used: int
    known: int

    @classmethod
    @giving_back
    def of(cls, results: pd.DataFrame, election: Election | None, most: int) -> Window:
        """Return the newest contests from before an election, at most `most` of them.

        Every type has its newest contest among them before any has its second newest, and so on.

        Raises
        ------
        HistoryError, DataError
            As `Past.before`.
        """
        past = Past.before(results, election)
        contests = past.table[["date", "election_type", "election"]].drop_duplicates("election")
        newest_first = contests[::-1].astype({"election_type": "object"})
        turn = newest_first.groupby("election_type", sort=False).cumcount()
        used = newest_first["election"].loc[turn.sort_values(kind="stable").index[:most]]
        if len(used) < len(contests):
            table = past.table[past.table["election"].isin(used)].reset_index(drop=True)
            past = replace(past, table=table)
        return cls(past, len(used), len(contests))

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the reader of the forecast has to know: that not all contests were used."""
        if self.used == self.known:
            return ()
        return (Note(WINDOW, {"used": self.used, "known": self.known}),)


WINDOW = Text(
    en="Of {known:count} past contests the hierarchical model uses {used:count}: of every type "
    "the newest.",
    id="Dari {known:count} pemilihan yang lalu, model hierarkis memakai {used:count}: yang terbaru "
    "dari setiap jenis.",
)
