"""The chart of forecast.xlsx: medians of a scale's places with their intervals, Excel's own."""

from __future__ import annotations

from dataclasses import dataclass

from turnout.goals import GoalCheck
from turnout.language import Language, Text
from turnout.output.workbook import INK, Book, Series
from turnout.plots.style import style
from turnout.plots.words import BY_SCALE, goal_number
from turnout.report.sheets import Sheet

MOST_PLACES = 40
"""Scales with more places have no chart: their names could not be read."""


@dataclass(frozen=True)
class ChartWords:
    """What a chart says: of which scale, in which language, under which goal check."""

    scale: str
    lang: Language
    check: GoalCheck | None

    @property
    def title(self) -> str:
        """The chart's title, which names the first goal."""
        words = _TITLE.say(self.lang, by=BY_SCALE[self.scale].say(self.lang))
        if self.check is None:
            return words
        return f"{words}; {_GOAL.say(self.lang, goal=goal_number(self.check.goal, self.lang))}"


def add_chart(book: Book, sheet: Sheet, says: ChartWords) -> None:
    """Add a sheet with a chart of the medians and 90% intervals of another sheet.

    It shows that sheet's cells, so that it follows them.

    Parameters
    ----------
    book
        The workbook.
    sheet
        The places, which the workbook holds as a sheet of its own.
    says
        What the chart says, and of which scale.
    """
    name, lang, last = sheet.title.say(says.lang), says.lang, len(sheet.table)
    keys = [column.key for column in sheet.shown]
    heads = {column.key: column.header.say(lang) for column in sheet.shown}

    def cells(key: str) -> list[str | int]:
        return [name, 1, keys.index(key), last, keys.index(key)]

    def series(key: str) -> Series:
        return {"name": heads[key], "categories": cells(says.scale), "values": cells(key)}

    chart = book.ranges(series("upper_0.9"), series("lower_0.9"), series("median"))
    chart.set_high_low_lines({"line": {"color": style.INTERVAL_50, "width": 6}})
    chart.set_title({"name": says.title, "name_font": {"size": 12, "color": INK}})
    chart.set_x_axis({"text_axis": True, "num_font": {"rotation": -45, "color": INK}})
    chart.set_y_axis(
        {
            "num_format": "0%",
            "min": 0,
            "max": 1,
            "major_gridlines": {"visible": True, "line": _GRID},
        }
    )
    book.chart_page(_CHART.say(lang), chart)


_GRID = {"color": style.RULE, "width": 0.75}
_CHART = Text(en="Chart", id="Grafik")
_TITLE = Text(
    en="Median turnout and 90% interval {by}", id="Median partisipasi dan rentang 90% {by}"
)
_GOAL = Text(en="goal {goal}", id="target {goal}")
