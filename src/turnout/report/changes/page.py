"""compare.html: two runs beside each other on a page that stands alone."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from jinja2 import Environment

from turnout.goals.words import place_name
from turnout.language import Language, Text, count, percent, points
from turnout.output.pages import environment
from turnout.plots.style import style
from turnout.report.changes import words
from turnout.runs.causes import changed_files
from turnout.runs.comparison import Comparison
from turnout.runs.comparison_words import (
    chances_of,
    same_goal,
    say_causes,
    say_places,
    say_whole,
    shown_change,
)
from turnout.schema import SCALE_WORDS

_MOST_ROWS = 500


def comparison_page(comparison: Comparison, names: tuple[str, str], lang: Language) -> str:
    """Return the page of a comparison: it needs neither network nor script.

    Parameters
    ----------
    comparison
        What changed.
    names
        What the old and the new run are called.
    lang
        Language.
    """
    places = comparison.places
    ends = places[["lower_old", "lower_new", "upper_old", "upper_new"]].to_numpy(float)
    low, high = np.floor(np.nanmin(ends) * 20) / 20, np.ceil(np.nanmax(ends) * 20) / 20
    scales = [
        (
            _capital(SCALE_WORDS[str(scale)].say(lang)),
            _rows(comparison, part, lang),
            max(0, len(part) - _MOST_ROWS),
        )
        for scale, part in places.groupby("scale", sort=False)
    ]
    return (
        _environment()
        .get_template("compare.html")
        .render(
            lang=lang,
            w=words,
            style=style,
            say=lambda text, **values: _say(text, lang, values),
            names=names,
            place=place_name(comparison.whole, lang),
            whole=say_whole(comparison, lang),
            causes=say_causes(comparison, lang),
            most=say_places(comparison, lang),
            scales=scales,
            same_goal=same_goal(comparison),
            files=changed_files(*comparison.records),
            at=lambda share: round(100 * (share - low) / (high - low), 2),
            ends=(percent(low, lang, 0), percent(high, lang, 0)),
            known=pd.notna,
            count=partial(count, lang=lang),
            percent=partial(percent, lang=lang),
            signed=lambda change: ("+" if change > 0 else "") + points(change / 100, lang),
        )
    )


def _rows(comparison: Comparison, places: pd.DataFrame, lang: Language) -> list[dict[str, Any]]:
    """Return the places of a scale, those that changed most first."""
    order = places["change"].abs().sort_values(ascending=False, kind="stable").index
    rows = []
    for _, row in places.loc[order].head(_MOST_ROWS).iterrows():
        above = row["district"] if row["scale"] == "area" and pd.notna(row["district"]) else ""
        figures = {str(name): value for name, value in row.items()}
        names = {"name": place_name(row, lang), "above": above}
        old, new = chances_of(comparison, row, lang)
        chances = f"{old or '-'} → {new or '-'}" if old or new else ""
        told = {"chances": chances, "change": shown_change(row)}
        rows.append({**figures, **names, **told})
    return rows


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _say(text: Text, lang: Language, values: dict[str, Any]) -> str:
    return text.say(lang, **values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return environment(Path(__file__).parent / "pages")
