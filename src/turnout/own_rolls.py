"""Results on the basis of a forecast: the votes that people cast in the places of a roll.

Votes without a roll of their own, such as postal ones, are in no place: a total that holds them
and the sum of its places are figures of two kinds. Whatever is learned from the past, or set beside
a forecast, is of the places alone; what totals hold besides is set apart in a column of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats, Ints
from turnout.identity.keys import name_codes, path_codes
from turnout.schema import PLACE_COLUMNS, SCALES, parts_of_counts

APART = "voters_apart"
"""Column of the voters (count) that a total had beyond its places, and that are taken off it."""

ALL_PLACES = 0.98
"""Share of a total's registered from which its places are all there."""

_LEAST = 0.005
"""Turnout (share) by which a total lies above all its places before the rest is set apart."""

TOLD_APART = "voters_without_roll"
"""Column of the voters (count) of a total of whom its row tells that no place in it has them."""


def votes_without_roll(rows: pd.DataFrame) -> Floats:
    """Return how many of each row's voters no place in it holds, as postal ones; 0 if not told."""
    if TOLD_APART not in rows:
        return np.zeros(len(rows))
    told = pd.to_numeric(rows[TOLD_APART], errors="coerce")
    return told.fillna(0.0).to_numpy(float)


def told_apart(rows: pd.DataFrame, *others: pd.DataFrame) -> pd.DataFrame:
    """Set apart the votes without a roll of their own that rows tell (``voters_without_roll``).

    Of a place that no table parts into others they are its own votes, as in its official figure.

    Parameters
    ----------
    rows
        Results, in canonical form.
    others
        Further tables of places, which tell what is parted.
    """
    if TOLD_APART not in rows:
        return rows
    votes, rows = votes_without_roll(rows), rows.drop(columns=TOLD_APART)
    if not votes.any():
        return rows
    return _set_apart(rows, np.where(_parted(rows, others), votes, 0.0))


def tells_no_more(count: pd.DataFrame) -> Bools:
    """Return which totals of a count tell what is apart, and else what the rows in them tell.

    A row of votes without a roll becomes the total of the places around it that are in, however
    few: it says nothing of how far the count is.

    Parameters
    ----------
    count
        Rows of one contest, after `told_apart`.
    """
    if APART not in count:
        return np.zeros(len(count), dtype=bool)
    figures = np.nan_to_num(count[["registered", "voters"]].to_numpy(float))
    inside = _beyond(name_codes(count).assign(contest=0), _scales(count), figures)[1]
    alike = (figures == inside).all(axis=1) & count["stations_total"].isna().to_numpy()
    return alike & (count[APART] > 0).to_numpy()


def on_own_rolls(rows: pd.DataFrame, *others: pd.DataFrame) -> pd.DataFrame:
    """Return results whose totals hold the votes in their places alone.

    What is set apart is what rows tell of it and, where all places of a total are known, what its
    turnout lies above theirs by half a point or more. What is on this basis already stays as it is.

    Parameters
    ----------
    rows
        Results of whole contests, in canonical form.
    others
        Further tables of places, which tell what is parted.

    Returns
    -------
    pandas.DataFrame
        Where any total holds such votes: voters and their range without them, the votes of groups
        blank in it (nobody knows how many of them are apart), and how many they are in `APART`.

    Examples
    --------
    >>> from turnout.schema import canonical_results
    >>> past = canonical_results(pd.DataFrame({"date": "2020-12-09", "election_type": "pilkada",
    ...     "district": "N", "area": ["A", "B", None], "registered": [1000, 1000, 2000],
    ...     "voters": [500, 700, 1500]}))
    >>> on_own_rolls(past)[["voters", "voters_apart"]].to_numpy().tolist()
    [[500.0, 0.0], [700.0, 0.0], [1200.0, 300.0]]
    """
    rows = told_apart(rows, *others)
    untold = _untold(rows)
    return _set_apart(rows, untold) if untold.any() else rows


def _set_apart(rows: pd.DataFrame, votes: Floats) -> pd.DataFrame:
    """Take votes off the rows' voters, beside what is taken off already.

    A total with fewer voters than such votes does not hold them.
    """
    if not (votes > 0).any():
        return rows
    holds = (votes > 0) & ~(rows["voters"] < votes).to_numpy()
    less = {
        name: rows[name] - np.where(holds, votes, 0.0)
        for name in ("voters", "voters_low", "voters_high")
        if name in rows and rows[name].notna().any()
    }
    blank = {
        name: rows[name].mask(holds)
        for name in parts_of_counts(rows.columns)
        if name.startswith("voters_")
    }
    before = rows[APART].fillna(0.0) if APART in rows else 0.0
    return rows.assign(**less, **blank, **{APART: before + votes})


def _untold(rows: pd.DataFrame) -> Floats:
    """Return the voters of each total beyond those of its places, where these are all known."""
    found = np.zeros(len(rows))
    scale = _scales(rows)
    contest = pd.factorize(rows["election"])[0]
    of_contest = pd.Series(scale).groupby(contest)
    several = of_contest.transform("min") < of_contest.transform("max")
    used = np.flatnonzero(several.to_numpy() & _are_whole(rows))
    if not len(used):
        return found
    told = rows.iloc[used]
    places = name_codes(told).assign(contest=contest[used])
    found[used] = _beyond(places, scale[used], told[["registered", "voters"]].to_numpy(float))[0]
    return found


def _parted(rows: pd.DataFrame, others: Sequence[pd.DataFrame]) -> Bools:
    """Return which rows are of places that hold a place of their own in any of the tables."""
    columns = [*PLACE_COLUMNS, "area_id", "election"]
    tables = [table.reindex(columns=columns).astype("object") for table in (rows, *others)]
    places = pd.concat(tables, ignore_index=True)
    scale, codes = _scales(places), name_codes(places.where(places.notna(), None))
    parted = np.zeros(len(places), dtype=bool)
    for number in range(1, len(SCALES) + 1):
        path = path_codes(codes, [name for name in PLACE_COLUMNS if name not in SCALES[:number]])
        parted |= (scale == number) & np.isin(path, path[scale < number])
    return parted[: len(rows)]


def _scales(rows: pd.DataFrame) -> Ints:
    """Return the number of each row's scale among `SCALES`; of a total of all one more."""
    scale = np.full(len(rows), len(SCALES), dtype=np.intp)
    for number in range(len(SCALES) - 1, -1, -1):
        scale[rows[SCALES[number]].notna().to_numpy()] = number
    return scale


def _are_whole(rows: pd.DataFrame) -> Bools:
    """Return which rows have both figures, as far as they tell of all of their stations."""
    partial = (rows["stations_counted"] < rows["stations_total"]).to_numpy()
    return ~partial & rows["voters"].notna().to_numpy() & (rows["registered"] > 0).to_numpy()


def _beyond(places: pd.DataFrame, scale: Ints, figures: Floats) -> tuple[Floats, Floats]:
    """Return the voters of each row beyond those of the rows inside it, and what these add up to.

    From the finest scale upward.

    Parameters
    ----------
    places
        Number of each name of every row, -1 where blank, and of its contest.
    scale
        (rows,) scales, finest first.
    figures
        (rows, 2) registered and voters.
    """
    beyond, inside = np.zeros(len(places)), np.zeros(figures.shape)
    known, counts = np.zeros(0, dtype=np.intp), np.zeros((0, 2))
    for number in np.unique(scale):
        names = [name for name in PLACE_COLUMNS if name not in SCALES[:number]]
        path = path_codes(places, ["contest", *names])
        sums = np.zeros((path.max() + 1, 2))
        np.add.at(sums, path[known], counts)
        own = np.flatnonzero(scale == number)
        inside[own] = sums[path[own]]
        beyond[own] = _beyond_parts(figures[own], inside[own])
        sums[path[own]] = figures[own] - np.column_stack([np.zeros(len(own)), beyond[own]])
        # Any row of a place tells in which wider ones it lies.
        of_path, first = np.unique(path[np.append(known, own)], return_index=True)
        known, counts = np.append(known, own)[first], sums[of_path]
    return beyond, inside


def _beyond_parts(totals: Floats, parts: Floats) -> Floats:
    """Return the voters of totals beyond their parts, (rows, 2) registered and voters each."""
    registered, voters = totals.T
    with np.errstate(divide="ignore", invalid="ignore"):
        size = parts[:, 0] / registered
        more = voters - parts[:, 1] / size
    is_more = (np.abs(size - 1) <= 1 - ALL_PLACES) & (more >= _LEAST * registered)
    return np.where(is_more, more, 0.0).round()
