"""The participation table as KPU's own form has it: per place, by sex, with the difference."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.groups.partitions import ages_of
from turnout.groups.suppression import FEWEST
from turnout.outcomes import partly_counted, told_counts
from turnout.schema import PLACE_COLUMNS

COUNTS = (
    ("registered", "voters"),
    ("registered_l", "registered_p", "voters_l", "voters_p"),
    ("registered_disabled", "voters_disabled"),
    ("valid", "invalid"),
    ("voters_dpk",),
)
"""Columns that are taken from the results together: where one is blank, none is told."""

PARTICIPATION_COLUMNS = (
    "scale",
    *PLACE_COLUMNS,
    "area_id",
    *("registered_l", "registered_p", "registered", "voters_l", "voters_p", "voters"),
    *("turnout_l", "turnout_p", "turnout"),
    *("registered_disabled", "voters_disabled", "turnout_disabled", "voters_dpk"),
    *("valid", "invalid", "ballots", "difference", "registered_gap", "voters_gap", "partial"),
)


def small_groups(table: pd.DataFrame) -> int:
    """Return how many cells of a participation table are of groups under `FEWEST` people.

    Parameters
    ----------
    table
        Rows of `participation_table`.

    Examples
    --------
    >>> small_groups(pd.DataFrame({"registered": [800.0], "registered_disabled": [3.0]}))
    1
    """
    groups = [str(name) for name in table if str(name).startswith("registered_")]
    counts = table[[name for name in groups if name != "registered_gap"]]
    return int(((counts > 0) & (counts < FEWEST)).sum().sum())


def participation_table(forecast: pd.DataFrame, actual: pd.DataFrame) -> pd.DataFrame:
    """Return the participation of every place of a forecast, as the results tell it.

    Nothing is repaired: what does not add up stands as it is beside its difference.

    Parameters
    ----------
    forecast
        Rows as in ``forecast.csv``.
    actual
        Results of the election, in canonical form, spelled as in the forecast.

    Returns
    -------
    pandas.DataFrame
        `PARTICIPATION_COLUMNS`, the whole first: counts; turnout as shares; ballots are valid and
        invalid together; difference is voters less ballots, registered_gap and voters_gap are the
        total less men and women; partial is true where stations are still missing. Then
        registered, voters and turnout of every age group that the results have columns of. Blank
        where the results do not tell. Small groups are not hidden: the counts are the office's own.

    Examples
    --------
    >>> from turnout.schema import canonical_results
    >>> forecast = pd.DataFrame({"scale": ["area"], "area": ["Murni"], "level": [0.9]})
    >>> actual = canonical_results(pd.DataFrame({"date": ["2024-11-27"], "area": ["Murni"],
    ...     "election_type": ["pilkada"], "registered": [800], "voters": [600], "valid": [580],
    ...     "invalid": [15]}))
    >>> participation_table(forecast, actual)[["turnout", "ballots", "difference"]].values.tolist()
    [[0.75, 595.0, 5.0]]
    """
    places = forecast[forecast["level"] == forecast["level"].iloc[0]].reset_index(drop=True)
    places = places.reindex(columns=["scale", *PLACE_COLUMNS, "area_id"])
    scales = list(places["scale"].unique())
    finest = places[places["scale"] == scales[-1]]
    ages = [group.ending for group in ages_of(actual.columns)]
    asked = (*COUNTS, *((f"registered_{age}", f"voters_{age}") for age in ages))
    parts = []
    for scale in scales:
        rows = places[places["scale"] == scale]
        counts = told_counts(rows, scale, finest, actual, asked)
        partial = partly_counted(rows, scale, finest, actual)
        parts.append(pd.concat([rows, counts.assign(partial=partial)], axis=1))
    table = pd.concat(parts, ignore_index=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        for end in ("", "_l", "_p", "_disabled", *(f"_{age}" for age in ages)):
            share = table[f"voters{end}"] / table[f"registered{end}"]
            table[f"turnout{end}"] = share.where(np.isfinite(share))
    table["ballots"] = table["valid"] + table["invalid"]
    table["difference"] = table["voters"] - table["ballots"]
    for name in ("registered", "voters"):
        table[f"{name}_gap"] = table[name] - table[f"{name}_l"] - table[f"{name}_p"]
    by_age = [f"{name}_{age}" for age in ages for name in ("registered", "voters", "turnout")]
    return table[[*PARTICIPATION_COLUMNS, *by_age]]
