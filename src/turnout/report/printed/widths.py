"""How wide the figures and the columns of tables are on A4."""

from __future__ import annotations

import numpy as np

from turnout.plots.rendering import Rendered
from turnout.report.document.blocks import Table

WIDTH = 170.0
"""Width of the text on A4 in mm."""

_HEIGHT = 225.0
"""Height in mm of the highest figure that fits a page with its caption."""

_SMALLER = 0.88
"""Figures on paper: so small they leave fewer pages partly empty, and are read as the text is."""

_LETTER, _BOLD, _ROOM = 1.75, 2.1, 2.5
"""Millimetres of a letter of 8 points, plain and bold, and of what stands around a text."""

WHOLE = 25
"""Tables of at most so many rows stand on one page."""

_MOST = 40
"""Letters after which a text is broken into lines."""


def figure_width(figure: Rendered) -> float:
    """Return the width of a figure in mm: nearly its own, less where the page is too small."""
    scale = min(_SMALLER, WIDTH / (25.4 * figure.width), _HEIGHT / (25.4 * figure.height))
    return round(25.4 * figure.width * scale, 1)


def column_widths(table: Table, width: float) -> list[float]:
    """Return the widths of a table's columns in mm, in all at most `width`.

    A column is as wide as its longest text, or word of its heading; where all are too wide, those
    with texts give way, down to their longest word.

    Parameters
    ----------
    table
        The table.
    width
        Room in mm.
    """
    wanted, least = [], []
    for place, column in enumerate(table.columns):
        letter = _BOLD if place == 0 else _LETTER
        texts = [f"{row[place].text} {row[place].note}".strip() for row in table.rows]
        head = _BOLD * max(map(len, column.header.split()), default=0)
        longest = max(map(len, texts), default=0)
        words = max((len(word) for text in texts for word in text.split()), default=0)
        whole = column.kind in ("number", "day")
        wanted.append(max(letter * min(longest, _MOST), head))
        least.append(max(letter * (longest if whole else min(words, _MOST)), head))
    room = np.array(wanted) + _ROOM
    gives = room - np.minimum(np.array(least) + _ROOM, room)
    over = room.sum() - width
    if over > 0:
        room -= gives * min(1.0, over / max(gives.sum(), 1e-9))
        room *= min(1.0, width / room.sum())
    return [round(float(one), 1) for one in room]
