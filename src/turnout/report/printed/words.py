"""What printed documents say and how they say it, beside what the report itself tells."""

from __future__ import annotations

from turnout.language import Language, Text
from turnout.report.document.answer import Card
from turnout.report.document.blocks import Cell

LOCALES: dict[Language, str] = {"en": "en-GB", "id": "id-ID"}

FIGURE = Text(en="Figure", id="Gambar")
TABLE = Text(en="Table", id="Tabel")


def answer_words(card: Card) -> str:
    """Return a card's answer on one line."""
    if isinstance(card.answer, str):
        return card.answer
    return "; ".join(f"{name}: {value}" for name, value in card.answer)


def cell_words(cell: Cell) -> str:
    """Return what stands in a cell, with what is said beside."""
    return f"{cell.text} ({cell.note})" if cell.note else cell.text
