"""The terminal: what is printed there is text, whatever signs it holds."""

from __future__ import annotations

import sys
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Plain

from turnout.escaping import clean


class Terminal(Console):
    """A console that takes no markup from what it prints and passes no control character on."""

    def render_str(self, text: str, **options: Any) -> Plain:
        """Return a text as it is shown; every string of a table comes through here as well."""
        return super().render_str(clean(text), **{**options, "markup": False, "emoji": False})

    def on_broken_pipe(self) -> None:
        """Leave it to the command to tell that nobody reads any more."""
        raise


def output() -> Terminal:
    """Return the console of what was asked for; 100 columns wide where that is no terminal."""
    width = None if sys.stdout.isatty() else 100
    return Terminal(width=width, highlight=False, soft_wrap=False, markup=False, emoji=False)


def notices() -> Terminal:
    """Return the console of problems and progress: stderr."""
    return Terminal(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


def uncut(table: Table) -> Table:
    """Return a table in which names and headings wrap at words, and no figure is ever cut.

    Print it with ``crop=False``: it is wider than a terminal that is too narrow for its figures.

    Parameters
    ----------
    table
        The table, which is changed; columns on the right hold figures.

    Examples
    --------
    >>> table = Table("Place", box=None)
    >>> table.add_column("Of all", justify="right")
    >>> table.add_row("North of the river", "71.4%")
    >>> uncut(table).columns[1].min_width, table.columns[0].min_width
    (5, 5)
    """
    for column in table.columns:
        cells = [str(cell) for cell in column.cells]
        is_figures = column.justify == "right"
        kept = cells if is_figures else [word for cell in cells for word in cell.split()]
        words = str(column.header).split()
        column.min_width = max(map(cell_len, [*kept, *words]), default=0)
        column.no_wrap, column.overflow = False, "fold"
    return table
