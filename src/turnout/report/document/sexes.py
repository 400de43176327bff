"""Women and men in a report: the whole in words, its largest parts in a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from turnout.language import Language, percent, points
from turnout.report.document import words
from turnout.report.document.blocks import Bullets, Cell, Column, Section, Table
from turnout.sexes.forecast import GROUPS

if TYPE_CHECKING:
    from turnout.sexes import BySex

MOST_ROWS = 60
"""Scales with more places are left to by_sex.csv and forecast.xlsx."""


def sexes_told(sexes: BySex, lang: Language) -> Section:
    """Return what a report tells of women and men: lines, and rows of the whole and its parts."""
    top = sexes.scales.index(sexes.forecast.top)
    scales = [
        scale
        for scale in sexes.scales[top::-1]
        if len(sexes.forecast.at(scale).places) <= MOST_ROWS
    ]
    heading = words.SEXES.say(lang)
    heads = (words.WOMEN, words.MEN, words.SEX_GAP)
    columns = (
        Column(words.PLACE.say(lang)),
        *(Column(head.say(lang), "number") for head in heads),
    )
    rows = tuple(row for scale in scales[:2] for row in _rows(sexes, scale, lang))
    lines = tuple(line.removeprefix("- ") for line in sexes.say(lang).splitlines())
    table = Table(heading, columns, rows)
    return Section("sexes", heading, (Bullets(lines, statements=True), table))


def _rows(sexes: BySex, scale: str, lang: Language) -> Iterator[tuple[Cell, ...]]:
    table = sexes.intervals(scale)
    women, men, gap = (table[table["group"] == group] for group in GROUPS)
    figures = zip(
        sexes.forecast.at(scale).names(lang),
        women["suppressed"],
        women["median"],
        men["median"],
        gap[["median", "lower", "upper"]].itertuples(index=False, name=None),
        strict=True,
    )
    for name, suppressed, of_women, of_men, gaps in figures:
        if suppressed:
            nothing = Cell("–")
            yield Cell(name, note=words.SEX_SUPPRESSED.say(lang)), nothing, nothing, nothing
            continue
        middle, low, high = (points(one, lang) for one in gaps)
        between = Cell(words.FROM_TO.say(lang, middle=middle, low=low, high=high))
        yield Cell(name), Cell(percent(of_women, lang)), Cell(percent(of_men, lang)), between
