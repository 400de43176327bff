"""Women and men on the page: the whole in words, its largest parts in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from turnout.language import Language
from turnout.sexes.forecast import GROUPS

if TYPE_CHECKING:
    from turnout.sexes import BySex

MOST_ROWS = 60
"""Scales with more places are left to by_sex.csv and forecast.xlsx."""


def sexes_told(sexes: BySex, lang: Language) -> dict[str, Any]:
    """Return what a report tells of women and men: lines, and rows of the whole and its parts."""
    top = sexes.scales.index(sexes.forecast.top)
    scales = [
        scale
        for scale in sexes.scales[top::-1]
        if len(sexes.forecast.at(scale).places) <= MOST_ROWS
    ]
    rows = [row for scale in scales[:2] for row in _rows(sexes, scale, lang)]
    lines = [line.removeprefix("- ") for line in sexes.say(lang).splitlines()]
    return {"lines": lines, "rows": rows}


def _rows(sexes: BySex, scale: str, lang: Language) -> list[dict[str, Any]]:
    table = sexes.intervals(scale)
    women, men, gap = (table[table["group"] == group] for group in GROUPS)
    figures = zip(
        sexes.forecast.at(scale).names(lang),
        women["suppressed"],
        women["median"],
        men["median"],
        gap["median"],
        gap["lower"],
        gap["upper"],
        strict=True,
    )
    names = ("name", "suppressed", "women", "men", "gap", "lower", "upper")
    return [dict(zip(names, row, strict=True)) for row in figures]
