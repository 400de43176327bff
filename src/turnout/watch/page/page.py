"""The page of the night, and the part of it that changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from jinja2 import Environment

from turnout.elections import Election
from turnout.goals import UNCLEAR, VERDICTS
from turnout.language import (
    Language,
    Text,
    clock,
    count,
    day,
    interval,
    number,
    percent,
    probability,
)
from turnout.levels import is_point
from turnout.output.pages import environment
from turnout.plots.style import style
from turnout.plots.words import BY_SCALE, election_words, goal_number
from turnout.rounding import Beside
from turnout.watch.appraisal import needed, still_out
from turnout.watch.night import Standing
from turnout.watch.page import charts, words
from turnout.watch.update import Update
from turnout.watch.words import headline, statements, told_median

_MOST_EARLIER = 30
_MOST_PLACES = 100


def night_page(standing: Standing, lang: Language, election: Election) -> str:
    """Return the page as a file of its own: it needs neither network nor script.

    Parameters
    ----------
    standing
        Where the night stands.
    lang
        Language.
    election
        The election.
    """
    return _page(standing, lang, election, served=False)


def served_page(standing: Standing, lang: Language, election: Election) -> str:
    """Return the page as it is served: its script asks for `live_part` again and again."""
    return _page(standing, lang, election, served=True)


def live_part(standing: Standing, lang: Language, election: Election) -> str:
    """Return what changes on the page."""
    return _render("live.html", lang, **_live(standing, lang, election))


def static_file(name: str) -> str:
    """Return the page's ``night.css`` or ``night.js``."""
    return _render(name, "en")


def _page(standing: Standing, lang: Language, election: Election, *, served: bool) -> str:
    return _render("night.html", lang, served=served, **_live(standing, lang, election))


def _live(standing: Standing, lang: Language, election: Election) -> dict[str, Any]:
    update = standing.update
    told = {
        "place": "" if update is None else update.place[lang],
        "election": election_words(election, lang),
        "warnings": [warning[lang].splitlines() for warning in standing.warnings],
        "troubles": [trouble[lang].splitlines() for trouble in standing.troubles],
        "waiting": standing.waiting and not standing.troubles,
        "update": update,
    }
    return told if update is None else {**told, **_figures(standing, update, lang)}


def _figures(standing: Standing, update: Update, lang: Language) -> dict[str, Any]:
    points, widths = standing.points, (charts.WIDE, charts.NARROW)
    goal, whole = update.goal, update.whole
    pictures = {
        "bars": [charts.voters_bar(update, width, lang) for width in widths],
        "totals": [charts.total_over_time(points, goal, width, lang) for width in widths]
        if points
        else [],
        "chances": [charts.chance_over_time(points, width, lang) for width in widths]
        if points and goal is not None and not update.unclear
        else [],
    }
    earlier = [(clock(point.at, lang), [one[lang] for one in point.changes]) for point in points]
    return {
        **pictures,
        "points": points,
        "whole": whole,
        "median": told_median(update),
        "goal": None if goal is None else goal_number(goal, lang),
        "headline": headline(update, lang),
        "provisos": [one[lang] for one in standing.provisos],
        "statements": statements(update, lang),
        "decided": update.decided,
        "all_in": update.all_in,
        "fixed": is_point(whole.lower[1], whole.upper[1]),
        "by_district": _by_scale(update, lang),
        "tells_stations": update.tells_stations,
        "outcome": _outcome_of_whole(update, lang),
        "sample": whole.sample,
        "last_count": _last_count(update, lang),
        "changes": [change[lang] for change in update.changes],
        "earlier": earlier[-2 : -2 - _MOST_EARLIER : -1],
        "districts": _rows(update, lang),
        **_still_out(update, lang),
    }


def _by_scale(update: Update, lang: Language) -> str:
    """Return the heading of the table of districts; an older history does not tell their scale."""
    scales = list(update.districts.get("scale", []))
    text = BY_SCALE[scales[0]] if scales else words.BY_PLACE
    told = text.say(lang)
    return told[:1].upper() + told[1:]


def _last_count(update: Update, lang: Language) -> tuple[str, str]:
    """Return up to what time the count goes, and the day where it is not that of the update."""
    at = update.told_until
    if update.whole.counted_share <= 0 or at is None:
        return words.NONE_YET.say(lang), ""
    return clock(at, lang), day(at, lang) if at.date() != update.at.date() else ""


def _rows(update: Update, lang: Language) -> list[dict[str, Any]]:
    table = update.districts
    with np.errstate(invalid="ignore", divide="ignore"):
        turnout = table["counted_voters"] / table["counted_registered"]
    ends = list(zip(table["lower"], table["upper"], strict=True))
    settled = (table["places_out"] == 0) & np.array([is_point(low, high) for low, high in ends])
    out = [_outcome(low, high, update.goal, lang) for low, high in ends]
    unclear = VERDICTS[UNCLEAR].say(lang) if update.goal is not None else ""
    outcome = np.where(table["doubtful"], unclear, np.where(settled, out, ""))
    pairs = zip(turnout, outcome, strict=True)
    shown = [_told_turnout(one, update.goal if word else None) for one, word in pairs]
    rows = table.assign(
        turnout=pd.Series(shown, table.index, dtype=object), settled=settled, outcome=outcome
    )
    ordered = rows.sort_values("registered", ascending=False, kind="stable")
    return [{str(name): value for name, value in row.items()} for row in ordered.to_dict("records")]


def _told_turnout(turnout: float, goal: float | None) -> float:
    """Return a turnout beside the goal of which it is told what became."""
    return turnout if goal is None else Beside(turnout, goal)


def _outcome_of_whole(update: Update, lang: Language) -> str:
    """Return what became of the goal; that it is not clear where votes may be missing."""
    whole = update.whole
    if update.unclear:
        return VERDICTS[UNCLEAR].say(lang)
    return _outcome(whole.lower[-1], whole.upper[-1], update.goal, lang) if update.all_in else ""


def _outcome(lower: float, upper: float, goal: float | None, lang: Language) -> str:
    """Return what became of the goal where the count is all that there is; else blank.

    A count is no chance: it has no probability.
    """
    if goal is None or not is_point(lower, upper):
        return ""
    return (words.REACHED if lower >= goal else words.MISSED).say(lang)


def _still_out(update: Update, lang: Language) -> dict[str, Any]:
    goal = _goal_to_come(update)
    rows = still_out(update.places) if goal is None else needed(update.places, update.whole, goal)
    table = [
        {str(name): value for name, value in row.items()}
        for row in rows.head(_MOST_PLACES).to_dict("records")
    ]
    told = _out_told(rows, update, lang)
    return {"out": table, "out_n": len(rows), "out_told": told, "needed": goal is not None}


def _goal_to_come(update: Update) -> float | None:
    """Return the goal that tells what is needed of the places still out, if it can be told.

    While what is in is in doubt, nobody knows how much it lacks.
    """
    return None if update.whole.doubtful else update.goal


def _out_told(rows: pd.DataFrame, update: Update, lang: Language) -> str:
    if rows.empty:
        return words.ALL_IN.say(lang)
    out = float(rows["out"].sum())
    values: dict[str, object] = {
        "out": out,
        "expected": float((rows["out"] * rows["expected"]).sum()) / out,
    }
    goal = _goal_to_come(update)
    if goal is None:
        return words.OUT_TOLD.say(lang, **values)
    values["goal"] = goal_number(goal, lang)
    if rows["needed"].isna().any():
        text = words.UNREACHABLE_ALONE if update.whole.on_top else words.UNREACHABLE
        return text.say(lang, **values)
    if (rows["needed"] <= 0).all():
        return words.NOT_NEEDED.say(lang, **values)
    share = float((rows["out"] * rows["needed"]).sum()) / out
    text = words.NEEDED_ALONE if update.whole.on_top else words.NEEDED_TOLD
    return text.say(lang, **values, needed=share)


def _render(name: str, lang: Language, **content: Any) -> str:
    return _environment().get_template(name).render(**content, **_speech(lang))


def _speech(lang: Language) -> Mapping[str, Any]:
    def say(text: Text, **values: Any) -> str:
        return text.say(lang, **values)

    return {
        "lang": lang,
        "other": "id" if lang == "en" else "en",
        "w": words,
        "style": style,
        "say": say,
        "count": partial(count, lang=lang),
        "number": lambda value, decimals=0: number(value, lang, decimals),
        "interval": lambda low, high: interval(low, high, lang),
        "percent": lambda share, decimals=1: percent(share, lang, decimals),
        "probability": partial(probability, lang=lang),
        "clock": lambda time: clock(time, lang),
        "known": pd.notna,
    }


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return environment(Path(__file__).parent / "pages")
