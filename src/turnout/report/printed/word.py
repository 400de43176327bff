"""report.docx: the report as a Word document, for those who edit it before they hand it in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from turnout.language import Language
from turnout.output.word import WordFile
from turnout.plots.style import style
from turnout.report.document import words
from turnout.report.document.answer import Card
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


def printed(document: Document, made: dt.datetime) -> bytes:
    """Return a report as a Word document.

    Parameters
    ----------
    document
        What it tells, its figures drawn as PNG.
    made
        Time that the file tells as its own.
    """
    lang = document.lang
    colors = {"ink": style.INK.lstrip("#"), "muted": style.MUTED.lstrip("#")}
    file = WordFile(document.title, LOCALES[lang], made, **colors)
    file.paragraph(document.kicker, "Small", with_next=True)
    file.heading(document.place, 0)
    file.paragraph(document.election, "Subtitle")
    file.heading(words.AT_A_GLANCE.say(lang), 1)
    for card in document.cards:
        _add_card(file, card)
    for section in document.sections:
        file.heading(section.heading, 1)
        for block in section.blocks:
            _add(file, block, lang)
    for line in document.closing:
        file.paragraph(line, "Small")
    return file.content()


def _add_card(file: WordFile, card: Card) -> None:
    color = {"good": style.GOOD, "bad": style.GOAL}.get(card.mood, style.INK).lstrip("#")
    file.paragraph(card.question, "Small", with_next=True)
    file.paragraph(answer_words(card), "Answer", color=color, with_next=True)
    file.paragraph(card.detail)


def _add(file: WordFile, block: Block, lang: Language) -> None:
    match block:
        case Heading():
            file.heading(block.text, 2)
        case Figure():
            png, width = block.drawn.content["png"], figure_width(block.drawn)
            file.picture(png, width, block.alt, (FIGURE.say(lang), block.caption))
        case Table():
            _add_table(file, block.without_bars(), lang)
        case _:
            for text, style_of_text, lead in _paragraphs(block):
                file.paragraph(text, style_of_text, lead=lead)


def _paragraphs(
    block: Paragraph | Bullets | Problems | Terms,
) -> Iterator[tuple[str, str, str]]:
    """Return text, style and bold lead of each paragraph of a block."""
    match block:
        case Paragraph():
            yield block.text, "Small" if block.small else "Normal", ""
        case Bullets():
            yield from ((line, "List Bullet", "") for line in block.lines)
        case Problems():
            for _, word, lines in block.items:
                yield "\n".join(lines), "List Bullet", f"{word}:"
        case Terms():
            yield from ((meaning, "Normal", f"{term}:") for term, meaning in block.pairs)


def _add_table(file: WordFile, table: Table, lang: Language) -> None:
    file.table(
        [column.header for column in table.columns],
        [[cell_words(cell) for cell in row] for row in table.rows],
        widths=column_widths(table, WIDTH),
        right=[column.kind == "number" for column in table.columns],
        caption=(TABLE.say(lang), table.title),
        whole=len(table.rows) <= WHOLE,
    )
