"""The contests of a panel, in time, and the kind of office that each is for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.arrays import Floats, Ints
from turnout.elections import Election
from turnout.kinds import Kind, check_kind, highest_of_a_day, kind_of

_COLUMNS = ["date", "election_type", "type_group", "kind"]


def contests_of(rows: pd.DataFrame, election: Election | None) -> pd.DataFrame:
    """Return one row per contest, by date, the coming election among them where there is one.

    Parameters
    ----------
    rows
        Results in canonical form.
    election
        The coming election.

    Returns
    -------
    pandas.DataFrame
        election, date, election_type, type_group and kind (text; None where nobody says it).

    Raises
    ------
    TurnoutError
        If a kind of office that is said names no known office and is no score.
    """
    # The first row that says what kind of office its contest is for says it for all.
    number, names = pd.factorize(rows["election"])
    first = {name: _first_of_each(rows[name], number, len(names)) for name in _COLUMNS}
    contests = pd.DataFrame({"election": np.asarray(names, dtype=object), **first})
    contests["kind"] = contests["kind"].astype("object").where(contests["kind"].notna(), None)
    for said in contests["kind"].dropna().unique():
        check_kind(said)
    if election is None:
        return _by_date(contests)
    if election.name not in set(contests["election"]):
        day = pd.Timestamp(election.date)
        told = [election.name, day, election.election_type, election.type_group, None]
        coming = pd.DataFrame([told], columns=["election", *_COLUMNS])
        dtypes = {"date": contests["date"].dtype, "kind": "object"}
        contests = pd.concat([contests, coming.astype(dtypes)], ignore_index=True)
    kind = election.kind if election.kind is not None else _as_last_time(contests, election)
    if kind is not None:
        contests.loc[contests["election"] == election.name, "kind"] = str(kind)
    return _by_date(contests)


def _first_of_each(values: pd.Series, number: Ints, numbers: int) -> pd.Series:
    """Return the first value that is known of each number; missing where none is."""
    known = np.flatnonzero(values.notna().to_numpy())[::-1]
    first = np.full(numbers, -1, dtype=np.intp)
    first[number[known]] = known  # of several rows the last one stays, which is the first
    found = values.iloc[first].reset_index(drop=True).where(first >= 0)
    return found.astype("object") if isinstance(found.dtype, pd.CategoricalDtype) else found


def kinds_of(contests: pd.DataFrame) -> list[Kind]:
    """Return the kind of each contest: what is said, else by its type, else by the type's family.

    >>> kinds_of(pd.DataFrame({"election_type": ["pilpres", "x"], "type_group": ["pemilu", "x"],
    ...                        "kind": [None, "0.3"]}))[1]
    Kind(score=0.3, offices=frozenset())
    """
    said = contests["kind"] if "kind" in contests else [None] * len(contests)
    rows = zip(said, contests["election_type"], contests["type_group"], strict=True)
    found = [[kind_of(words) for words in row] for row in rows]
    return [
        Kind(
            next((kind.score for kind in kinds if kind.score is not None), None),
            next((kind.offices for kind in kinds if kind.offices), frozenset()),
        )
        for kinds in found
    ]


def scores_of_days(contests: pd.DataFrame) -> Floats:
    """Return for each contest how high the highest office of its day stands; NaN if unknown.

    >>> scores_of_days(pd.DataFrame({"date": ["2019-05-26", "2019-05-26", "2021-09-26"],
    ...     "election_type": ["european", "municipal", "x"], "type_group": ["", "", "x"]})).tolist()
    [0.3, 0.3, nan]
    """
    kinds = np.array([*kinds_of(contests), None], dtype=object)[:-1]
    scores = np.full(len(contests), np.nan)
    for rows in contests.groupby("date", sort=False).indices.values():
        highest = highest_of_a_day(kinds[rows])
        if highest is not None:
            scores[rows] = highest
    return scores


def _as_last_time(contests: pd.DataFrame, election: Election) -> float | None:
    """Return the kind of the day on which the type was held last; None if never, or unknown."""
    before = contests[contests["date"] < pd.Timestamp(election.date)]
    same = (before["election_type"] == election.election_type).to_numpy()
    if not same.any():
        return None
    newest = np.flatnonzero(same)[np.argmax(before["date"].to_numpy()[same])]
    score = float(scores_of_days(before)[newest])
    return None if np.isnan(score) else score


def _by_date(contests: pd.DataFrame) -> pd.DataFrame:
    return contests.sort_values(["date", "election"], kind="stable").reset_index(drop=True)
