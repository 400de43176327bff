"""`SharedDraws`: the draws of everything above the parts of a nation, and what each part needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from turnout.arrays import Ints, Singles
from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.forecast import About, Forecast, Note
from turnout.language import Text
from turnout.models.tree.blocks import Block, block_of, groups_of
from turnout.models.tree.known_totals import KnownTotals
from turnout.models.tree.shared import Shared, draw_block
from turnout.models.tree.targets import Targets
from turnout.models.tree.upward_pass import Tree
from turnout.nation.rows import digests_by_name, rows_by_name, same_name
from turnout.threads import single_threaded


@dataclass(frozen=True)
class Part:
    """A part of the nation that is drawn by itself.

    Parameters
    ----------
    scale, name
        Its scale and name: ``province``, ``Jambi``.
    key
        What tells its stream of random numbers.
    rows
        Digest of its rows in the results, see `turnout.nation.rows.digests_by_name`.
    """

    scale: str
    name: str
    key: tuple[int, ...]
    rows: str


@dataclass(frozen=True)
class SharedDraws:
    """Draws of everything above the parts of a nation, given the data of all of them.

    Parameters
    ----------
    frame
        The forecast of the whole without its draws: election, places, history, about. Its draws
        are one row of zeros.
    settings
        How it was made: turnout's version, model, prior, covariates, seed, draws.
    parts
        The parts, in the order of the tree.
    shared
        What all parts share.
    tree, targets
        All places, and those to forecast.
    direct
        Draws of the places that lie in no part, (places, draws).
    digest
        SHA-256 of the file; blank before it is written.
    """

    frame: Forecast
    settings: Mapping[str, object]
    parts: tuple[Part, ...]
    shared: Shared
    tree: Tree
    targets: Targets
    direct: Singles
    digest: str = ""

    @property
    def election(self) -> Election:
        """The coming election."""
        return self.frame.election

    @cached_property
    def blocks(self) -> list[Block]:
        """The parts as blocks of the tree."""
        none = KnownTotals.none()
        return [
            block_of(self.tree, [nodes], [part.key], self.targets, none)
            for nodes, part in zip(groups_of(self.tree), self.parts, strict=True)
        ]

    def number_of(self, results: pd.DataFrame) -> int:
        """Return the number of the part that a results table is of.

        Parameters
        ----------
        results
            Canonical results of one part, and of nothing else.

        Raises
        ------
        TurnoutError
            If they are of none of the parts or of several, or tell something else than the results
            that the shared draws were made from.
        """
        scale = self.parts[0].scale
        names = results[scale].dropna() if scale in results else pd.Series(dtype=object)
        said = {same_name(name): str(name) for name in names}
        known = {same_name(part.name): number for number, part in enumerate(self.parts)}
        if len(said) != 1 or not set(said) <= set(known):
            told = list(said.values())
            all_parts = [part.name for part in self.parts]
            raise TurnoutError(_NOT_ONE, scale=scale, said=told, known=all_parts)
        number = known[next(iter(said))]
        part = self.parts[number]
        digests = digests_by_name(results, scale, pd.Timestamp(self.election.date))
        if digests.get(same_name(part.name)) != part.rows:
            raise TurnoutError(_OTHER_ROWS, name=part.name)
        return number

    @single_threaded
    def forecast(self, number: int) -> Forecast:
        """Return the forecast of one part: the draws that a single run of all has of it."""
        part, about = self.parts[number], self.frame.about
        draws = draw_block(self.blocks[number], self.shared)
        note = Note(_OF_PART, {"name": part.name, "all": len(self.parts)})
        noted = About(about.model, about.seed, (note,), about.diagnostics)
        history = self.frame.history
        if len(history):
            known = self._history_of.get(same_name(part.name), np.empty(0, dtype=np.intp))
            history = history.iloc[known].reset_index(drop=True)
        places = self.frame.places.iloc[self.blocks[number].rows].reset_index(drop=True)
        return replace(self.frame, places=places, draws=draws.T, history=history, about=noted)

    @cached_property
    def rows_in_no_part(self) -> Ints:
        """Rows of the places that lie in no part."""
        free = np.ones(len(self.frame.places), dtype=bool)
        for block in self.blocks:
            free[block.rows] = False
        return np.flatnonzero(free).astype(np.intp)

    @cached_property
    def _history_of(self) -> dict[str, Ints]:
        return rows_by_name(self.frame.history, self.parts[0].scale)


_NOT_ONE = Text(
    en="A run with --shared-draws takes the results of exactly one place of the scale {scale} that "
    "the shared draws know. These are of {said:list20}; known are {known:list20}.",
    id="Perintah run dengan --shared-draws memerlukan hasil dari tepat satu wilayah tingkat "
    "{scale} yang dikenal berkas itu. Hasil ini dari {said:list20}; yang dikenal {known:list20}.",
)
_OTHER_ROWS = Text(
    en="The results of {name} are not those that the shared draws were made from. Take the same "
    "rows, or make the shared draws again (forecast shared).",
    id="Hasil {name} bukan yang dipakai saat berkas simulasi bersama dibuat. Pakai baris yang "
    "sama, atau buat lagi berkas itu (forecast shared).",
)
_OF_PART = Text(
    en="This is {name}, one of {all:count} parts of a larger forecast. What all parts share was "
    "drawn beforehand, given the results of all of them.",
    id="Ini {name}, satu dari {all:count} wilayah prakiraan yang lebih besar. Yang dimiliki "
    "bersama oleh semua wilayah itu sudah disimulasikan sebelumnya berdasarkan hasil semuanya.",
)
