"""The figures of a very large forecast, part by part: its draws are never all in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO

import numpy as np
import pandas as pd

from turnout.arrays import Ints, Singles
from turnout.forecast import Forecast
from turnout.forecast.goal import Goal, parse_goal
from turnout.forecast.relative import relative_to_whole
from turnout.forecast.rollup import place_groups, summed_draws, summed_places
from turnout.models.threads import single_threaded
from turnout.models.tree.predictive import drawn_by_block
from turnout.nation.shared_draws import SharedDraws

# Places of parts that are looked at together: many small parts would cost time.
_PLACES = 5_000
_RELATIVE = ["relative_median", "relative_lower", "relative_upper"]
_BASIS = ("contests", "contests_same_type", "share_counted", "roll_estimated", "counted_share")


@dataclass(frozen=True)
class Streamed:
    """What is read off a forecast whose draws were not kept.

    Parameters
    ----------
    table
        A row per place of every scale and level, the whole first: scale, place columns, area_id,
        registered, mean, median, level, lower, upper (shares), prob_goal (NaN without a goal),
        what it rests on, and relative_median, relative_lower, relative_upper (place less whole).
    parts
        The joint draws of the parts' totals: a Forecast of that scale.
    """

    table: pd.DataFrame
    parts: Forecast


@single_threaded
def stream(
    shared: SharedDraws, levels: Sequence[float] = (0.9,), goal: Goal | None = None
) -> Streamed:
    """Return all figures of a forecast; the draws of a few parts at a time are in memory.

    They wait in a temporary file, 4 bytes per place and draw, until the whole is known, which
    each place is held against. The figures are those of the single run's `Forecast`.

    Parameters
    ----------
    shared
        What the parts share, see `turnout.nation.draw_shared`.
    levels
        Nominal coverages of the intervals.
    goal
        Goal whose probability is told.
    """
    scale, scales = shared.parts[0].scale, shared.frame.scales
    with tempfile.TemporaryFile() as file:
        views = []
        for numbers, draws in _drawn(shared):
            file.write(draws.tobytes())
            views.append(_at(shared.with_draws(numbers, draws.T), scale))
        parts = _joined(shared, views)
        whole = parts.at(parts.top)
        file.seek(0)
        tables: dict[str, list[pd.DataFrame]] = {}
        for numbers in _groups(shared):
            rows = shared.rows_of(numbers)
            draws = _read(file, len(rows), shared.shared.count)
            part = shared.with_draws(numbers, draws.T)
            for one in scales[: scales.index(scale) + 1]:
                table = _figures(_at(part, one), whole, levels, goal)
                first = rows[_first_rows(part, one)]
                table["_order"] = np.tile(first, len(levels))
                tables.setdefault(one, []).append(table)
    above = parts.scales[1 : parts.scales.index(parts.top) + 1]
    ordered = [_figures(parts.at(one), whole, levels, goal) for one in reversed(above)]
    for one in reversed(list(tables)):
        together = pd.concat(tables[one], ignore_index=True)
        level = pd.Index(levels).get_indexer(pd.Index(together["level"]))
        order = np.lexsort((together["_order"].to_numpy(), level))
        ordered.append(together.iloc[order].drop(columns="_order"))
    return Streamed(pd.concat(ordered, ignore_index=True), parts)


def _groups(shared: SharedDraws) -> list[list[int | None]]:
    """Return the numbers of parts that are looked at together; None at the end for no part."""
    groups, group, size = [], list[int | None](), 0
    for number, block in enumerate(shared.blocks):
        group.append(number)
        size += len(block.rows)
        if size >= _PLACES:
            groups.append(group)
            group, size = [], 0
    if len(shared.direct):
        group.append(None)
    return [*groups, group] if group else groups


def _drawn(shared: SharedDraws) -> Iterator[tuple[list[int | None], Singles]]:
    """Yield the draws of groups of parts in turn, those of places in none at the end."""
    each = drawn_by_block(shared.blocks, shared.shared)
    for numbers in _groups(shared):
        drawn = [shared.direct if number is None else next(each) for number in numbers]
        yield numbers, np.concatenate(drawn)


def _read(file: IO[bytes], places: int, draws: int) -> Singles:
    content = file.read(4 * places * draws)
    return np.frombuffer(content, dtype=np.float32).reshape(places, draws)


def _at(part: Forecast, scale: str) -> Forecast:
    """Return a part at a coarser scale, whose places may have no name there."""
    if scale == part.scale:
        return part
    draws = summed_draws(part.places, part.draws, scale)
    places = summed_places(part.places, part.history, part.election, scale)
    return replace(part, places=places, draws=draws, scale=scale)


def _first_rows(part: Forecast, scale: str) -> Ints:
    """Return the first row of every place of a scale among those of a part."""
    if scale == part.scale:
        return np.arange(len(part.places))
    order, starts = place_groups(part.places, scale)
    return order[starts]


def _joined(shared: SharedDraws, views: Sequence[Forecast]) -> Forecast:
    """Return the parts' totals as one forecast."""
    return replace(
        shared.frame,
        places=pd.concat([view.places for view in views], ignore_index=True),
        draws=np.column_stack([view.draws for view in views]).astype(np.float64),
        scale=views[0].scale,
    )


def _figures(
    view: Forecast, whole: Forecast, levels: Sequence[float], goal: Goal | None
) -> pd.DataFrame:
    table = view.intervals(level=list(levels))
    known = view.places.reindex(columns=list(_BASIS))
    known.insert(0, "prob_goal", np.nan if goal is None else view.reached(parse_goal(goal)))
    away = relative_to_whole(view, whole, levels)[_RELATIVE]
    return pd.concat(
        [
            table,
            pd.concat([known] * len(levels), ignore_index=True),
            away,
        ],
        axis=1,
    )
