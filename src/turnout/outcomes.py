"""What actually happened in the places of a forecast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats, Ints
from turnout.identity.keys import numbers_of_places
from turnout.language import Text
from turnout.schema import SCALES

Array = Floats


def actual_counts(
    places: pd.DataFrame, scale: str, finest: pd.DataFrame, actual: pd.DataFrame
) -> tuple[Array, Array]:
    """Look up registered and voters of a forecast's places in the results of that election.

    A place's own row counts; where there is none, the sum of the forecast's finest places in it,
    if all of them are known. A row that lacks registered or voters, as on the night of the count,
    is no row.

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
    counts = actual[["registered", "voters"]]
    registered, voters = _looked_up(_numbers(places, scale, finest, actual), counts).T
    return registered, voters


def told_counts(
    places: pd.DataFrame,
    scale: str,
    finest: pd.DataFrame,
    actual: pd.DataFrame,
    groups: Sequence[Sequence[str]],
) -> pd.DataFrame:
    """Look up other counts of a forecast's places in the results of that election.

    Parameters
    ----------
    places, scale, finest, actual
        As of `actual_counts`.
    groups
        Names of the counts, in groups; for a group, a row in which one of them is blank is no row.

    Returns
    -------
    pandas.DataFrame
        A row per place, in their order; blank where not known.
    """
    numbers = _numbers(places, scale, finest, actual)
    columns = [name for group in groups for name in group]
    counts = actual.reindex(columns=columns).apply(pd.to_numeric, errors="coerce")
    found = [_looked_up(numbers, counts[list(group)]) for group in groups]
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


def _looked_up(numbers: Sequence[Ints], counts: pd.DataFrame) -> Array:
    """Return the counts, which are those of the rows of the results, of every place.

    `numbers` are those of `_numbers`.
    """
    of_place, of_finest, of_parent, of_actual = numbers
    told = counts.notna().all(axis=1).to_numpy()
    counts = counts[told].groupby(of_actual[told]).first()
    own = counts.reindex(of_place).to_numpy(float)
    below = counts.reindex(of_finest).groupby(of_parent)
    complete = below[counts.columns[0]].count() == below.size()
    sums = below.sum(min_count=1).where(complete).reindex(of_place).to_numpy(float)
    return np.where(np.isnan(own).any(axis=1, keepdims=True), sums, own)


NOTHING_IN_COMMON = Text(
    en="None of the forecast's {n:count} places is among these results. Give the results of the "
    "same election and the same places, with the same codes or names.",
    id="Tidak satu pun dari {n:count} wilayah prakiraan ada dalam hasil ini. Berikan hasil dari "
    "pemilihan dan wilayah yang sama, dengan kode atau nama yang sama.",
)
