"""report.pdf: the report on A4, with bookmarks, tags and the words of its pictures."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from pathlib import Path
from typing import Any

from turnout.errors import ToldWarning
from turnout.output.typst import pdf_of
from turnout.plots.style import style
from turnout.plots.style.fonts import BOXES, boxed, families, folders
from turnout.report.document import words
from turnout.report.document.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Paragraph,
    Problems,
    Table,
    Terms,
)
from turnout.report.printed.widths import WHOLE, WIDTH, column_widths, figure_width
from turnout.report.printed.words import FIGURE, LOCALES, TABLE, answer_words, cell_words

_TEMPLATE = Path(__file__).parent / "report.typ"
_LONG_WORD = re.compile(r"\S{24}(?=\S{6})")


def printed(document: Document, made: dt.datetime) -> bytes:
    """Return a report as a PDF.

    Parameters
    ----------
    document
        What it tells, its figures drawn as SVG.
    made
        Time that the file tells as its own.
    """
    data = _data(document, made)
    shown = _boxed(data)
    if shown != data:
        warnings.warn(ToldWarning(BOXES), stacklevel=2)
    return pdf_of(_TEMPLATE, shown, folders(), made)


def _data(document: Document, made: dt.datetime) -> dict[str, Any]:
    lang = document.lang
    return {
        "title": document.title,
        "lang": lang,
        "region": LOCALES[lang].split("-")[1].lower(),
        "fonts": ["Libertinus Serif", *families()],
        "made": list(made.timetuple())[:5],
        "kicker": document.kicker,
        "place": document.place,
        "election": document.election,
        "glance": words.AT_A_GLANCE.say(lang),
        "contents": words.CONTENTS.say(lang),
        "figure": FIGURE.say(lang),
        "table": TABLE.say(lang),
        "colors": {
            "ink": style.INK, "muted": style.MUTED, "rule": style.RULE, "median": style.FORECAST,
            "plain": style.INTERVAL_50, "bad": style.GOAL, "good": style.GOOD,
        },
        "cards": [
            {
                "question": card.question,
                "answer": answer_words(card),
                "detail": card.detail,
                "mood": card.mood,
            }
            for card in document.cards
        ],
        "sections": [
            {"heading": one.heading, "blocks": [_block(block) for block in one.blocks]}
            for one in document.sections
        ],
        "closing": list(document.closing),
    }  # fmt: skip


def _block(block: Block) -> dict[str, Any]:
    """Return a block as plain values, by the name of its kind."""
    told: dict[str, Any] = {}
    match block:
        case Heading():
            told = {"text": block.text}
        case Paragraph():
            told = {"text": block.text, "small": block.small}
        case Bullets():
            told = {"lines": list(block.lines)}
        case Problems():
            told = {"items": [[word, list(lines)] for _, word, lines in block.items]}
        case Terms():
            told = {"pairs": [list(pair) for pair in block.pairs]}
        case Figure():
            told = _figure(block)
        case Table():
            told = _table(block.without_bars())
    return {"block": block.block, **told}


def _figure(figure: Figure) -> dict[str, Any]:
    svg = figure.drawn.content["svg"].decode("utf-8")
    return {
        "svg": svg,
        "width": figure_width(figure.drawn),
        "alt": figure.alt,
        "caption": figure.caption,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "whole": len(table.rows) <= WHOLE,
        "widths": column_widths(table, WIDTH),
        "kinds": [column.kind for column in table.columns],
        "head": [column.header for column in table.columns],
        "rows": [[_LONG_WORD.sub("\\g<0>\u200b", cell_words(cell)) for cell in row]
                 for row in table.rows],
    }  # fmt: skip


def _boxed(value: Any) -> Any:
    """Return plain values with boxes for letters that no font has; pictures have them already."""
    if isinstance(value, str):
        return boxed(value)
    if isinstance(value, dict):
        return {key: one if key == "svg" else _boxed(one) for key, one in value.items()}
    return [_boxed(one) for one in value] if isinstance(value, list) else value
