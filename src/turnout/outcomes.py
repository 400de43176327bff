"""What actually happened in the places of a forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats, Ints
from turnout.identity.keys import numbers_of_places
from turnout.language import Text
from turnout.own_rolls import on_own_rolls, votes_without_roll
from turnout.schema import SCALES, place_columns

Array = Floats


def actual_counts(
    places: pd.DataFrame, scale: str, finest: pd.DataFrame, actual: pd.DataFrame
) -> tuple[Array, Array]:
    """Look up registered and voters of a forecast's places in the results of that election.

    A place's own row counts; where there is none, the sum of the places right below it that the
    forecast has, if all of them are known in this way. Votes that no finest place holds, such as
    postal ones, are in no forecast and in none of these counts (`turnout.own_rolls`). A row
    that lacks registered or voters, as on the night of the count, is no row.

    Parameters
    ----------
    places
        Places of one scale of the forecast, with their place columns.
    scale
        Their scale.
    finest
        The forecast's places at its own scale.
    actual
        Results of the election, in canonical form.

    Returns
    -------
    registered, voters
        Counts of every place; NaN where not known.
    """
    actual = on_own_rolls(actual, finest)
    counts = actual[["registered", "voters"]]
    registered, voters = _Lookup.of(places, scale, finest, actual).find(counts).T
    return registered, voters


def told_counts(
    places: pd.DataFrame,
    scale: str,
    finest: pd.DataFrame,
    actual: pd.DataFrame,
    groups: Sequence[Sequence[str]],
) -> pd.DataFrame:
    """Look up counts of a forecast's places in the results of that election, as these tell them.

    Votes that no finest place holds, such as postal ones, are thus in all places above the one
    whose total has them.

    Parameters
    ----------
    places, scale, finest, actual
        As of `actual_counts`.
    groups
        Names of the counts, in groups; for a group, a row in which one of them is blank is no row.
        If it has votes without a roll of their own, the group is known neither there nor above: the
        places inside lack these votes.

    Returns
    -------
    pandas.DataFrame
        A row per place, in their order; blank where not known.
    """
    lookup = _Lookup.of(places, scale, finest, actual)
    columns = [name for group in groups for name in group]
    counts = actual.reindex(columns=columns).apply(pd.to_numeric, errors="coerce")
    found = [lookup.find(counts[list(group)]) for group in groups]
    return pd.DataFrame(np.hstack(found), columns=columns, index=places.index)


def partly_counted(
    places: pd.DataFrame, scale: str, finest: pd.DataFrame, actual: pd.DataFrame
) -> Bools:
    """Return the places of which stations are missing, by their own row or by one inside them.

    A place whose own row tells its stations is as complete as it says; one without that word, as a
    total that tells none, is no more complete than what lies in it. The arguments are those of
    `actual_counts`.
    """
    missing = (actual["stations_counted"] < actual["stations_total"]).to_numpy()
    inside = _without_finer(actual[missing], scale)
    numbers = _numbers(places, scale, finest, actual, inside)
    of_place, of_finest, of_parent, of_actual, of_inside = numbers
    of_missing = of_parent[np.isin(of_finest, of_actual[missing])]
    says = np.isin(of_place, of_actual[_tells_stations(actual)])
    lacks = np.isin(of_place, np.concatenate([of_missing, of_inside]))
    return np.where(says, np.isin(of_place, of_actual[missing]), lacks)


def _tells_stations(actual: pd.DataFrame) -> Bools:
    """Return the rows whose counts have word of stations."""
    told = ["registered", "voters", "stations_counted", "stations_total"]
    return actual[told].notna().all(axis=1).to_numpy()


def stations_untold(
    places: pd.DataFrame, scale: str, finest: pd.DataFrame, actual: pd.DataFrame
) -> Bools:
    """Return the places whose counts, as `actual_counts` finds them, are without word of stations.

    A total without that word has it where all places inside it have. The arguments are those of
    `actual_counts`.
    """
    of_place, of_finest, of_parent, of_actual = _numbers(places, scale, finest, actual)
    says = of_actual[_tells_stations(actual)]
    silent = of_parent[~np.isin(of_finest, says)]
    has_finest = np.isin(of_place, of_parent)
    return ~np.isin(of_place, says) & (~has_finest | np.isin(of_place, silent))


def strangers(places: pd.DataFrame, actual: pd.DataFrame) -> pd.DataFrame:
    """Return the results that are of none of a forecast's places, whatever their scale.

    Parameters
    ----------
    places
        Places of every scale of the forecast, with their place columns.
    actual
        Results of the election, in canonical form.
    """
    of_place, of_actual = numbers_of_places((places, actual))
    return actual[~np.isin(of_actual, of_place) & actual["voters"].notna().to_numpy()]


def _numbers(
    places: pd.DataFrame,
    scale: str,
    finest: pd.DataFrame,
    actual: pd.DataFrame,
    *others: pd.DataFrame,
) -> list[Ints]:
    """Return numbers of the places, the finest, those these lie in, the rows of `actual`, others.

    The finest are those of the forecast.
    """
    return numbers_of_places((places, finest, _without_finer(finest, scale), actual, *others))


def _without_finer(rows: pd.DataFrame, scale: str) -> pd.DataFrame:
    """Return the places of a scale that rows lie in."""
    rows = rows.copy()
    finer = SCALES[: SCALES.index(scale)] if scale in SCALES else SCALES
    for column in [*finer, "area_id"] if finer else []:
        rows[column] = None
    return rows


@dataclass(frozen=True)
class _Lookup:
    """Where counts of places stand in the results.

    Parameters
    ----------
    of_place, of_actual
        Numbers of the places that are asked for, and of the rows of the results.
    of_rungs
        Numbers of the forecast's finest places, then of the places that these lie in, scale by
        scale up to that asked for.
    beyond
        (rows of the results) whether a row has votes without a roll, which no place in it has.
    """

    of_place: Ints
    of_actual: Ints
    of_rungs: Sequence[Ints]
    beyond: Bools

    @classmethod
    def of(
        cls, places: pd.DataFrame, scale: str, finest: pd.DataFrame, actual: pd.DataFrame
    ) -> _Lookup:
        """Look where the counts of places of one scale stand."""
        known = place_columns(finest)
        upto = SCALES[: SCALES.index(scale)] if scale in SCALES else SCALES
        scales = [one for one in upto if one in known]
        rungs = [finest, *(_without_finer(finest, one) for one in (*scales[1:], scale))]
        of_place, of_actual, *of_rungs = numbers_of_places((places, actual, *rungs))
        return cls(of_place, of_actual, of_rungs, votes_without_roll(actual) > 0)

    def find(self, counts: pd.DataFrame) -> Array:
        """Return the counts, which are those of the rows of the results, of every place."""
        told = counts.notna().all(axis=1).to_numpy()
        own = counts[told].groupby(self.of_actual[told]).first()
        untold = np.setdiff1d(self.of_actual[~told & self.beyond], own.index)
        finest = np.unique(self.of_rungs[0])
        known = own.reindex(finest)
        for below, above in pairwise(self.of_rungs):
            _, first = np.unique(below, return_index=True)
            parts = known.groupby(above[first])
            complete = parts[counts.columns[0]].count() == parts.size()
            known = parts.sum(min_count=1).where(complete)
            known.loc[known.index.isin(untold)] = np.nan
            known = own.reindex(known.index).combine_first(known)
        return own.combine_first(known).reindex(self.of_place)[counts.columns].to_numpy(float)


NOTHING_IN_COMMON = Text(
    en="None of the forecast's {n:count} places is among these results. Give the results of the "
    "same election and the same places, with the same codes or names.",
    id="Tidak satu pun dari {n:count} wilayah prakiraan ada dalam hasil ini. Berikan hasil dari "
    "pemilihan dan wilayah yang sama, dengan kode atau nama yang sama.",
)
