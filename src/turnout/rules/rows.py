"""Rows judged one by one: every row that breaks a rule is found, whoever made the table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats
from turnout.errors import Finding
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.row_rules import RowRule
from turnout.schema import PLACE_COLUMNS, WHOLE_NAME

Measure = Callable[[], Floats]


def check_rows(draft: Draft, rules: Iterable[RowRule]) -> list[Finding]:
    """Find every row that breaks one of `rules`; what a row does not tell breaks none.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.described`).
    rules
        What they must satisfy. Rules on columns that the user's table lacks are passed over.
    """
    judged = [one for one in rules if one.column in draft.written]
    needed = {name for one in judged for name in (one.measure, one.column, *one.rule.fields)}
    needed |= {*PLACE_COLUMNS, *_FIGURES}
    table = draft.table[[name for name in draft.table if name in needed]]
    measures = _measures(_counts(table), table)
    findings: list[Finding] = []
    for one in judged:  # one measure at a time: of a nation each takes 40 megabytes
        values = _worked_out(measures, one.measure, table)
        rows = table.index[values.notna() & ~one.holds(values)]
        if len(rows):
            found = measured(table.loc[rows], needed)
            findings += one.rule.at(draft, rows, one.column, _named(found))
    return findings


def _worked_out(measures: Mapping[str, Measure], name: str, table: pd.DataFrame) -> pd.Series:
    if name not in measures:
        return table[name]
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.Series(measures[name](), index=table.index)


def measured(table: pd.DataFrame, wanted: Collection[str]) -> pd.DataFrame:
    """Return a table with those of its measures that are wanted, which the rules look at.

    A fraction is no count and has no turnout. A row of no place is the whole's; where it has no
    figures either, it says nothing.
    """
    measures = _measures(_counts(table), table)
    figures = {name: _worked_out(measures, name, table) for name in measures if name in wanted}
    return pd.concat([table, pd.DataFrame(figures, index=table.index, copy=False)], axis=1)


def _counts(table: pd.DataFrame) -> dict[str, Floats]:
    """Return the counts that measures are made of; of columns that are not there nothing."""
    nothing = np.full(len(table), np.nan)
    names = (*_FIGURES, *_LISTS, *(part for part, _ in _GROUPS))
    return {name: table[name].to_numpy(float) if name in table else nothing for name in names}


def _measures(count: Mapping[str, Floats], table: pd.DataFrame) -> dict[str, Measure]:
    """Return how the measures of some rows are worked out: not all rules need them all."""
    registered, voters = count["registered"], count["voters"]
    nothing_counted = count["stations_counted"] == 0

    def turnout() -> Floats:
        usable = (registered % 1 == 0) & (voters % 1 == 0) & (registered > 0) & (voters >= 0)
        return np.where(usable & ~nothing_counted, voters / registered, np.nan)

    def known(figure: Floats) -> Floats:
        says_nothing = np.isnan(registered) & np.isnan(voters)
        if says_nothing.any():
            says_nothing &= _nowhere(table)
        return (~np.isnan(figure) | nothing_counted | says_nothing).astype(float)

    def per_station() -> Floats:
        stations = count["stations_total"]
        return registered / np.where(stations > 0, stations, np.nan)

    def outside_range() -> Floats:
        return np.maximum(count["voters_low"] - voters, voters - count["voters_high"])

    def ends() -> Floats:
        return (~np.isnan([count["voters_low"], count["voters_high"]])).sum(axis=0) * 1.0

    return {
        "turnout": turnout,
        "registered_in_force": lambda: np.where(nothing_counted, np.nan, registered),
        "registered_known": lambda: known(registered),
        "voters_known": lambda: known(voters),
        "stations_over": lambda: count["stations_counted"] - count["stations_total"],
        "range_bounds": ends,
        "outside_range": outside_range,
        "registered_gap": lambda: count["registered_l"] + count["registered_p"] - registered,
        "voters_gap": lambda: count["voters_l"] + count["voters_p"] - voters,
        "registered_per_station": per_station,
        **_listed(count),
        "ballots_gap": lambda: count["valid"] + count["invalid"] - voters,
        **_parts_over(count),
        **_sexes_far_above(count),
    }


def _listed(count: Mapping[str, Floats]) -> dict[str, Measure]:
    """Return what the voters on the lists that are told add up to, beside all voters."""
    lists, voters = [count[name] for name in _LISTS], count["voters"]

    def told() -> Floats:
        return np.add.reduce([np.nan_to_num(one) for one in lists])

    def over() -> Floats:
        """Return by how much two lists exceed all; one that does so alone is told by itself."""
        two = sum(np.isnan(one).astype(int) for one in lists) == 1
        alone = np.logical_or.reduce([one > voters for one in lists])
        return np.where(two & ~alone, told() - voters, np.nan)

    return {
        "lists_gap": lambda: sum(lists) - voters,
        "lists_over": over,
        "lists_sum": told,
        "lists_off": lambda: np.abs(told() - voters),
    }


def _parts_over(count: Mapping[str, Floats]) -> dict[str, Measure]:
    """Return by how much a part exceeds its whole, where the other part is not known.

    Where both are known, their sum is held against the whole; that of the lists of voters likewise
    (`_listed`).
    """

    def half(part: str, other: str, whole: str) -> Floats:
        return np.where(np.isnan(count[other]), count[part] - count[whole], np.nan)

    def listed(name: str) -> Floats:
        told = np.logical_and.reduce([~np.isnan(count[one]) for one in _LISTS])
        return np.where(told, np.nan, count[name] - count["voters"])

    def group(part: str, whole: str) -> Floats:
        return count[part] - count[whole]

    over: dict[str, Measure] = {
        part: partial(half, part, other, whole)
        for whole, *parts in _HALVES
        for part, other in (parts, parts[::-1])
    }
    over |= {name: partial(listed, name) for name in _LISTS}
    over |= {part: partial(group, part, whole) for part, whole in _GROUPS}
    return {f"{part}_over": measure for part, measure in over.items()}


def _sexes_far_above(count: Mapping[str, Floats]) -> dict[str, Measure]:
    """Return the turnout of men and of women where the sexes are not all voters together.

    Where they are, few women may be registered in a station of men, and more have come.
    """

    def turnout(sex: str) -> Floats:
        wrong = count["voters_l"] + count["voters_p"] - count["voters"]
        apart = (np.nan_to_num(wrong) != 0) & (count[f"registered{sex}"] > 0)
        return np.where(apart, count[f"voters{sex}"] / count[f"registered{sex}"], np.nan)

    return {f"turnout{sex}": partial(turnout, sex) for sex in ("_l", "_p")}


def _nowhere(table: pd.DataFrame) -> Bools:
    """Return which rows name no place."""
    return ~np.logical_or.reduce([table[name].notna().to_numpy() for name in PLACE_COLUMNS])


def _named(figures: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the names of their places, which the rules' texts mention."""
    return figures.assign(place=place_names(figures).where(~_nowhere(figures), WHOLE_NAME))


_HALVES = (
    ("registered", "registered_l", "registered_p"),
    ("voters", "voters_l", "voters_p"),
    ("voters", "valid", "invalid"),
)
"""Counts, and the two parts that each is the sum of."""

_LISTS = ("voters_dpt", "voters_dptb", "voters_dpk")
"""Voters by the lists that they are registered on: together they are all."""

_GROUPS = (("registered_disabled", "registered"), ("voters_disabled", "voters"))
"""Counts of a group, and what each is a part of."""

_FIGURES = (
    "registered",
    "voters",
    "voters_low",
    "voters_high",
    "stations_counted",
    "stations_total",
    "registered_l",
    "registered_p",
    "voters_l",
    "voters_p",
    "valid",
    "invalid",
)
