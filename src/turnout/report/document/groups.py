"""Disabled voters and age groups in a report: the whole in words, its largest parts in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from turnout.language import Language, count, percent, points
from turnout.report.document import words
from turnout.report.document.blocks import Bullets, Cell, Column, Section, Table

if TYPE_CHECKING:
    import pandas as pd

    from turnout.groups import ByGroup

MOST_ROWS = 60
"""Scales with more rows are left to by_group.csv and forecast.xlsx."""


def groups_told(groups: ByGroup, lang: Language) -> Section:
    """Return what a report tells of the groups: lines, and rows of the whole and its parts."""
    top = groups.scales.index(groups.forecast.top)
    each = len(groups.partition.groups)
    scales = [
        scale
        for scale in groups.scales[top::-1]
        if scale == groups.forecast.top or len(groups.forecast.at(scale).places) * each <= MOST_ROWS
    ]
    heading = groups.partition.name.say(lang)
    columns = (
        Column(words.PLACE.say(lang)),
        Column(words.GROUP.say(lang)),
        Column(words.GROUP_TURNOUT.say(lang), "number"),
        Column(words.GROUP_GAP.say(lang), "number"),
        Column(words.REGISTERED.say(lang), "number"),
    )
    rows = tuple(row for scale in scales[:2] for row in _rows(groups, scale, lang))
    lines = tuple(line.removeprefix("- ") for line in groups.say(lang).splitlines())
    table = Table(heading, columns, rows)
    return Section(groups.partition.key, heading, (Bullets(lines, statements=True), table))


def _rows(groups: ByGroup, scale: str, lang: Language) -> Iterator[tuple[Cell, ...]]:
    table = groups.intervals(scale)
    of_group = dict(iter(table.groupby(["group", "figure"], sort=False)))
    blank = Cell("–")
    for place, name in enumerate(groups.forecast.at(scale).names(lang)):
        if table["suppressed"].iloc[place * (len(table) // len(groups.forecast.at(scale).places))]:
            yield Cell(name, note=words.GROUP_SUPPRESSED.say(lang)), blank, blank, blank, blank
            continue
        for group in groups.partition.groups:
            row = of_group[group.key, "turnout"].iloc[place]
            gap = of_group.get((group.key, "gap"))
            yield (
                Cell(name),
                Cell(group.short.say(lang)),
                _between(row, percent, lang),
                blank if gap is None else _between(gap.iloc[place], points, lang),
                Cell(count(row["registered"], lang)),
            )


def _between(row: pd.Series, said: Callable[[float, Language], str], lang: Language) -> Cell:
    """Return a median with its interval."""
    middle, low, high = (said(float(row[end]), lang) for end in ("median", "lower", "upper"))
    return Cell(words.FROM_TO.say(lang, middle=middle, low=low, high=high))
