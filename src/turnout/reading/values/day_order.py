"""Whether the day or the month comes first in a file's dates, and telling so where it matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from turnout.dates import Order, in_numbers, order_of, parse_days
from turnout.errors import Finding, Spot
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.block import Block
from turnout.reading.values.complaints import (
    DAY_FIRST_BY_HABIT,
    MONTH_FIRST,
    MONTH_FIRST_BY_DAYS,
    MONTH_FIRST_BY_WEEKDAYS,
)
from turnout.rules.rule import Rule

_TOLD: Mapping[Order, Rule] = {
    Order("month", "written"): MONTH_FIRST,
    Order("month", "polling_days"): MONTH_FIRST_BY_DAYS,
    Order("month", "weekdays"): MONTH_FIRST_BY_WEEKDAYS,
    Order("day", "habit"): DAY_FIRST_BY_HABIT,
}


def order_in(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[Order, tuple[Finding, ...]]:
    """Return the order of day and month in all dates of a file, and what is to be told of it."""
    dates = [name for name in vocabulary.names if vocabulary.kind(name) == "date"]
    columns = [(block, name) for block in blocks for name in dates if name in block.cells]
    cells = [cell for block, name in columns for cell in block.cells[name].unique()]
    cells += [block.told[name].value for block in blocks for name in dates if name in block.told]
    order = order_of(cells)
    rule = _TOLD.get(order)
    return order, () if rule is None else _tell(rule, order, columns, blocks)


def order_told(findings: Iterable[Finding]) -> Order:
    """Return the order of day and month in a file's dates by what is told of it."""
    month_first = any(one.rule == MONTH_FIRST.name for one in findings)
    return Order("month" if month_first else "day")


def _tell(
    rule: Rule, order: Order, columns: Sequence[tuple[Block, str]], blocks: Sequence[Block]
) -> tuple[Finding, ...]:
    """Return one finding at the first date whose order matters."""
    for block, name in columns:
        doubtful = block.cells.index[block.cells[name].map(in_numbers).astype(bool)]
        if not len(doubtful):
            continue
        first = block.cells.loc[doubtful[0], name]
        place = block.origin.loc[doubtful[0]]
        spot = Spot(str(place["file"]), str(place["sheet"]), column=block.headers[name])
        spot = replace(spot, row=place["row"], value=str(first))
        day = parse_days(block.cells.loc[doubtful[:1], name], order).values.iloc[0]
        return (rule.once(spot, {"day": day}),)
    return _tell_of_headers(rule, order, blocks)


def _tell_of_headers(rule: Rule, order: Order, blocks: Sequence[Block]) -> tuple[Finding, ...]:
    """Return one finding at the first date beside a table, or in a header, whose order matters."""
    for block in blocks:
        told = block.told.get("date")
        if told is None or not in_numbers(told.value) or block.origin.empty:
            continue
        place = block.origin.iloc[0]
        spot = Spot(str(place["file"]), str(place["sheet"]), value=str(told.value))
        spot = replace(spot, row=told.row, column="" if told.row else told.label)
        day = parse_days(pd.Series([told.value]), order).values.iloc[0]
        return (rule.once(spot, {"day": day}),)
    return ()
