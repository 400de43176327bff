"""Registered and voters of the same elections on sheets of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import as_text
from turnout.reading.files.grid import Grid
from turnout.reading.headers.aliases import RESULTS
from turnout.reading.headers.contests import find_contest, is_mere_type
from turnout.reading.headers.match import understand
from turnout.reading.layouts.tables import SEARCHED_ROWS

_FIGURES = ("registered", "voters")
_FEWEST = 2
"""Headers that are elections and no more from which on they are what a table is made of."""


@dataclass(frozen=True)
class _Matrix:
    """A sheet with a column per election, all of one figure, which its name or its title tells."""

    grid: Grid
    figure: str
    elections: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the sheet is called; a file without sheets by its own name."""
        return self.grid.sheet or self.grid.file


def complain_of_figures_apart(grids: Sequence[Grid]) -> list[Finding]:
    """Return an error where the registered of elections stand on one sheet, the voters on another.

    They are not joined: a row on the one would be told under the number that it has on the other.

    Parameters
    ----------
    grids
        The sheets of all files.
    """
    found = [matrix for grid in grids if (matrix := _matrix(grid)) is not None]
    of = {figure: [one for one in found if one.figure == figure] for figure in _FIGURES}
    for registered in of["registered"]:
        for voters in of["voters"]:
            both = [one for one in registered.elections if one in voters.elections]
            if both:
                values = {
                    "registered": registered.name,
                    "voters": voters.name,
                    "label": both[0],
                    "labels": both,
                }
                spot = Spot(registered.grid.file)
                return [Finding("figures_apart", "error", _APART, _JOIN, spot, values)]
    return []


def _matrix(grid: Grid) -> _Matrix | None:
    """Return what a sheet is where several headers are elections and no more; else None."""
    lines = [[as_text(cell) for cell in row] for row in grid.cells.head(SEARCHED_ROWS).to_numpy()]
    if grid.headers is not None:
        lines = [list(grid.headers)]
    for at, line in enumerate(lines):
        elections = tuple(dict.fromkeys(text for text in line if _is_election(text)))
        if len(elections) >= _FEWEST:
            titles = [" ".join(dict.fromkeys(filter(None, one))) for one in lines[:at]]
            told = (_figure(text) for text in (grid.sheet, *titles, grid.file))
            figure = next(filter(None, told), "")
            return _Matrix(grid, figure, elections)
    return None


def _is_election(text: str) -> bool:
    return is_mere_type(text) and find_contest(text)[0].year is not None


def _figure(text: str) -> str:
    """Return the figure that the first words of a name or a title tell."""
    words = text.replace("_", " ").replace(".", " ").split()
    for end in range(len(words), 0, -1):
        header = understand(" ".join(words[:end]), RESULTS)
        if header.meaning == "column" and header.names[0] in _FIGURES:
            return header.names[0]
    return ""


_APART = Text(
    en="the registered stand on one sheet ({registered}) and the voters on another ({voters}), "
    "each with a column per election ({labels:list}): a table of results needs both in each row.",
    id="DPT ada di satu lembar ({registered}) dan pengguna hak pilih di lembar lain ({voters}), "
    "masing-masing satu kolom per pemilihan ({labels:list}): tabel hasil memerlukan keduanya pada "
    "baris yang sama.",
)
_JOIN = Text(
    en="Make one table of them, with two columns per election: 'DPT {label}' and 'Pengguna Hak "
    "Pilih {label}'. Match the rows by the names of the places (as XLOOKUP does); their order may "
    "differ.",
    id="Gabungkan menjadi satu tabel, dengan dua kolom per pemilihan: 'DPT {label}' dan 'Pengguna "
    "Hak Pilih {label}'. Cocokkan barisnya menurut nama wilayah (misalnya dengan XLOOKUP), karena "
    "urutannya bisa berbeda.",
)
