"""The blocks of a report: what it tells, without how a page or a document shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from turnout.language import Language
from turnout.plots.rendering import Rendered
from turnout.report.document.answer import Card
from turnout.report.document.places import Scale

Kind = Literal["text", "parent", "bars", "number", "day", "digest"]


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    block: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a small one explains what stands beside it."""

    block: ClassVar[str] = "paragraph"
    text: str
    small: bool = False


@dataclass(frozen=True)
class Bullets:
    """Sentences one by one; statements are those that answer the question of the section."""

    block: ClassVar[str] = "bullets"
    lines: tuple[str, ...]
    statements: bool = False


@dataclass(frozen=True)
class Problems:
    """What was found in files: severity (``error``, ``warning``), its word, and lines."""

    block: ClassVar[str] = "problems"
    items: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Terms:
    """Terms and what they mean."""

    block: ClassVar[str] = "terms"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figure:
    """A figure.

    Parameters
    ----------
    name
        Its name, see `turnout.plots.figures.figures_of`.
    caption
        What it shows.
    alt
        What it says and shows, for those who do not see it.
    drawn
        The figure itself.
    """

    block: ClassVar[str] = "figure"
    name: str
    caption: str
    alt: str
    drawn: Rendered


@dataclass(frozen=True)
class Column:
    """A column of a table: what stands over it and what it holds.

    Bars are drawn on a screen alone, since the numbers stand beside them.
    """

    header: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Parameters
    ----------
    text
        What stands in it.
    value
        The number by which it is sorted, if it has one.
    note
        What is said beside, smaller.
    under
        What a narrow screen shows below, as its column is left out there.
    bar
        Of a cell of bars: lower_90, upper_90, lower_50, upper_50, median and goal, shares.
    """

    text: str
    value: float | None = None
    note: str = ""
    under: str = ""
    bar: Mapping[Any, Any] | None = None


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row names the row.

    Parameters
    ----------
    title
        What it is.
    columns
        Its columns.
    rows
        A cell per column.
    axis
        Of the bars; None where there are none.
    key
        What the bars mean.
    """

    block: ClassVar[str] = "table"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    axis: Scale | None = None
    key: str = ""

    def without_bars(self) -> Table:
        """Return the table without its bars."""
        kept = [place for place, column in enumerate(self.columns) if column.kind != "bars"]
        columns = tuple(self.columns[place] for place in kept)
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return Table(self.title, columns, rows)


Block = Heading | Paragraph | Bullets | Problems | Terms | Figure | Table


@dataclass(frozen=True)
class Section:
    """A part of a report.

    Parameters
    ----------
    name
        By which a page links to it.
    heading
        Its heading.
    blocks
        What it tells, in order.
    """

    name: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Gauge:
    """The whole's interval as one bar, on the first screen of a page.

    Parameters
    ----------
    bar
        As of `Cell`.
    axis
        Its axis.
    told
        The same in words, for those who do not see it.
    key
        What its parts mean.
    """

    bar: Mapping[Any, Any]
    axis: Scale
    told: str
    key: str


@dataclass(frozen=True)
class Document:
    """A report: everything that it tells, in one language.

    Parameters
    ----------
    lang
        Its language.
    title
        What a window or a list of files shows.
    kicker, place, election
        The heading: what it is, of what place, of which election.
    cards
        The answers of the first screen.
    gauge
        The bar below them.
    sections
        The details.
    closing
        What stands at the end: whom it is about, what made it, and when.
    """

    lang: Language
    title: str
    kicker: str
    place: str
    election: str
    cards: tuple[Card, ...]
    gauge: Gauge
    sections: tuple[Section, ...]
    closing: tuple[str, ...] = field(default=())
