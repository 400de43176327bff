"""Goals that are far below all turnout in the past results: a slip of the pen, most often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from turnout.cli.fit import scale_of_rows
from turnout.errors import Finding, Spot
from turnout.forecast.goal import Goal, parse_goal, written_goal
from turnout.language import Text
from turnout.reading import Reading
from turnout.rules.grave import FAR_GOAL

FAR = 0.5
"""A goal below this part of the lowest turnout of any past contest is asked about."""


def with_goals_held(readings: Mapping[str, Reading], goals: Sequence[Goal]) -> dict[str, Reading]:
    """Return readings with a warning, beside the results, for each goal far below all of them.

    Parameters
    ----------
    readings
        What came of reading each role's file.
    goals
        The goals of the whole.
    """
    results = readings.get("results")
    if results is None or results.table.empty or not goals:
        return dict(readings)
    found = _far(results.table, [parse_goal(goal) for goal in goals])
    return {**readings, "results": replace(results, findings=(*results.findings, *found))}


def _far(results: pd.DataFrame, goals: Sequence[float]) -> list[Finding]:
    lowest = _lowest(results)
    return [_asked(goal, lowest) for goal in dict.fromkeys(goals) if goal < FAR * lowest]


def _lowest(results: pd.DataFrame) -> float:
    """Return the lowest turnout of a whole contest, by the places of any scale; else 0."""
    known = results[results["registered"].gt(0) & results["voters"].notna()]
    by = [known["election"], scale_of_rows(known)]
    sums = known.groupby(by)[["voters", "registered"]].sum()
    return float((sums["voters"] / sums["registered"]).min()) if len(sums) else 0.0


def _asked(goal: float, lowest: float) -> Finding:
    tenfold = round(10 * goal, 6)
    values = {"goal": goal, "lowest": lowest, "meant": tenfold, "written": written_goal(tenfold)}
    message, remedy = (_TENTH, _SAY) if lowest * FAR <= tenfold <= 1 else (_FAR, _LOOK)
    return Finding(FAR_GOAL, "warning", message, remedy, Spot(), values)


_TENTH = Text(
    en="the goal of {goal:goal} is less than half of the lowest turnout in the results, "
    "{lowest:percent}: is {meant:percent} meant?",
    id="target {goal:goal} kurang dari setengah partisipasi terendah pada hasil yang lalu, "
    "{lowest:percent}: apakah maksudnya {meant:percent}?",
)
_FAR = Text(
    en="the goal of {goal:goal} is less than half of the lowest turnout in the results, "
    "{lowest:percent}.",
    id="target {goal:goal} kurang dari setengah partisipasi terendah pada hasil yang lalu, "
    "{lowest:percent}.",
)
_SAY = Text(
    en="If so, say --goal {written}; if it is the goal, leave it.",
    id="Bila ya, tulis --goal {written}; bila memang itu targetnya, biarkan.",
)
_LOOK = Text(
    en="Check the goal; if it is right, leave it.",
    id="Periksa targetnya; bila sudah benar, biarkan.",
)
