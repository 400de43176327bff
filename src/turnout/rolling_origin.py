"""Rolling origin by election: which contest is forecast from which others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas.contests import scores_of_days
from turnout.elections import Election
from turnout.errors import HistoryError
from turnout.identity.codes import each_code
from turnout.identity.keys import identify, name_codes, numbers_of_places
from turnout.language import Text
from turnout.own_rolls import on_own_rolls
from turnout.schema import RESULTS_COLUMNS, SCALES, canonical_results, place_columns

# A total some of whose places are new still tells what happened to those that are forecast, as
# long as the new ones hold few of its voters.
_MOST = 0.8


@dataclass(frozen=True)
class Fold:
    """One contest to forecast, and what was known before its polling day.

    Parameters
    ----------
    election
        The contest that is forecast.
    history
        Results of the polling days before.
    actual
        Its own results, of the places that had been observed before.
    totals
        Its own results of the places above them, such as the official total of the city, where
        those observed before hold at least 80% of their voters.
    """

    election: Election
    history: pd.DataFrame
    actual: pd.DataFrame
    totals: pd.DataFrame

    @property
    def outcome(self) -> pd.DataFrame:
        """What happened in the places that are forecast and in those above them."""
        return pd.concat([self.actual, self.totals], ignore_index=True)

    @property
    def roll(self) -> pd.DataFrame:
        """The places and what is known of them before polling day.

        Columns of the user's own are among it: a model reads those that it was told to. Places
        whose registered voters nobody told are not.
        """
        own = [name for name in self.actual if name not in RESULTS_COLUMNS]
        known = ["area_id", "registered", "stations_total"]
        told = self.actual["registered"] > 0
        return self.actual.loc[told, [*place_columns(self.actual), *known, *own]]


def folds(
    results: pd.DataFrame,
    *,
    crosswalk: pd.DataFrame | None = None,
    min_history: int = 3,
    max_history: int = 8,
    max_targets: int = 10,
) -> Iterator[Fold]:
    """Yield the contests to forecast, oldest first, each with its history.

    Contests of one polling day are never history for each other. Of a contest, the places of the
    finest scale are taken at which some had been observed before, and of those only these.

    Parameters
    ----------
    results
        Results table.
    crosswalk
        New areas and the old ones whose voters they took.
    min_history
        Polling days that must lie before a contest.
    max_history
        Polling days of history that a contest gets, the newest ones before its own.
    max_targets
        Contests that are taken, the newest ones.

    Raises
    ------
    HistoryError
        If no contest has `min_history` polling days before it.
    """
    table = on_own_rolls(canonical_results(results))
    early = without_history(table, min_history)
    known = [one for one in table["election"].drop_duplicates() if one not in early]
    if not known:
        raise HistoryError(_TOO_SHORT, needed=min_history + 1, found=table["date"].nunique())
    for label in known[-max_targets:]:
        fold = _fold(table, label, crosswalk, max_history)
        if fold is not None:
            yield fold


def without_history(results: pd.DataFrame, min_history: int = 3) -> list[str]:
    """Return the contests that have fewer polling days before them, which no fold is made of.

    Parameters
    ----------
    results
        Results table.
    min_history
        Polling days that must lie before a contest.

    Examples
    --------
    >>> from turnout import load_jambi
    >>> without_history(load_jambi().results, 2)
    ['2013-pilwako', '2014-pileg']
    """
    contests = results.drop_duplicates("election")
    days = np.unique(results["date"].to_numpy())
    early = np.searchsorted(days, contests["date"].to_numpy()) < min_history
    return contests.loc[early, "election"].tolist()


def fold_of(
    results: pd.DataFrame,
    election: str,
    *,
    crosswalk: pd.DataFrame | None = None,
    max_history: int = 8,
) -> Fold:
    """Return the fold of one contest: what was known before its day, and what happened.

    Parameters
    ----------
    results
        Results table.
    election
        Label of the contest, or its polling day as ``2019-04-17`` where only one was held on it.
    crosswalk
        New areas and the old ones whose voters they took.
    max_history
        Polling days of history, the newest ones before its own.

    Raises
    ------
    HistoryError
        If there is no such contest, no result from before its day, or none of its places was
        observed before.
    """
    table = on_own_rolls(canonical_results(results))
    contests = table.drop_duplicates("election")
    asked = str(election).strip()
    labels = contests["election"].astype(str)
    chosen = contests[labels == asked]
    if chosen.empty:
        chosen = contests[contests["date"].dt.strftime("%Y-%m-%d") == asked]
    if len(chosen) != 1:
        raise HistoryError(_NO_SUCH, election=asked, known=", ".join(labels))
    if not (table["date"] < chosen["date"].iloc[0]).any():
        raise HistoryError(_NOTHING_BEFORE, election=asked)
    fold = _fold(table, chosen["election"].iloc[0], crosswalk, max_history)
    if fold is None:
        raise HistoryError(_ALL_NEW, election=asked)
    return fold


def _fold(
    table: pd.DataFrame, label: str, crosswalk: pd.DataFrame | None, max_history: int
) -> Fold | None:
    """Return the fold of a contest; None where none of its places had been observed before."""
    rows = table[table["election"] == label]
    date = rows["date"].iloc[0]
    days = np.unique(table["date"].to_numpy())
    before = days[days < np.datetime64(date)][-max_history:]
    history = table[table["date"].isin(before)].reset_index(drop=True)
    actual = _observed_before(rows, history, crosswalk)
    if actual.empty:
        return None
    # What else is elected on the day is in the calendar long before.
    contests = table.drop_duplicates("election")
    highest = pd.Series(scores_of_days(contests), contests["election"])[label]
    kind, group = rows["election_type"].iloc[0], rows["type_group"].iloc[0]
    score = None if np.isnan(highest) else float(highest)
    return Fold(
        Election(date, kind, group, label, score),
        history,
        actual.reset_index(drop=True),
        _totals_of(actual, rows).reset_index(drop=True),
    )


def _observed_before(
    actual: pd.DataFrame, history: pd.DataFrame, crosswalk: pd.DataFrame | None
) -> pd.DataFrame:
    """Return the rows of the finest scale that has places with a history."""
    rows = pd.concat([history, actual], ignore_index=True)
    places = identify(rows, name_codes(rows))
    observed = np.isin(places[len(history) :], places[: len(history)])
    observed |= _has_parent(actual, history, crosswalk)
    scales = _finest_scale(actual)
    for scale in SCALES:
        chosen = observed & (scales == scale)
        if chosen.any():
            return actual[chosen]
    return actual.iloc[:0]


def _has_parent(
    actual: pd.DataFrame, history: pd.DataFrame, crosswalk: pd.DataFrame | None
) -> NDArray[np.bool_]:
    """Whether an area's voters came, by the crosswalk, from an area that was observed."""
    if crosswalk is None:
        return np.zeros(len(actual), dtype=bool)
    known, old, new, ours = each_code(
        history["area_id"], crosswalk["old_id"], crosswalk["new_id"], actual["area_id"]
    )
    passed_on = new[(old != "") & old.isin(known) & (new != "")]
    return ours.isin(passed_on).to_numpy()


def _totals_of(actual: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the places above, where the places forecast hold most of their voters.

    They are what happened where the places' own rows are of counted stations alone.
    """
    scales = _finest_scale(rows)
    finest = scales[rows.index.get_loc(actual.index[0])]
    if finest not in SCALES:
        return rows.iloc[:0]
    lowest = SCALES.index(finest)
    peers = rows[scales == finest]
    parts = [
        _mostly_forecast(rows[scales == scale], peers, actual, list(SCALES[:place]))
        for place, scale in enumerate(SCALES)
        if place > lowest
    ]
    return pd.concat([rows.iloc[:0], *parts])


def _mostly_forecast(
    totals: pd.DataFrame, peers: pd.DataFrame, actual: pd.DataFrame, finer: list[str]
) -> pd.DataFrame:
    """Return the totals most of whose voters, counted over all peers in them, are forecast."""
    parents = peers.assign(**dict.fromkeys([*finer, "area_id"]))
    of_total, of_parent = numbers_of_places([totals, parents])
    forecast = peers["registered"].where(peers.index.isin(actual.index), 0.0)
    share = forecast.groupby(of_parent).sum() / peers["registered"].groupby(of_parent).sum()
    return totals[(share.reindex(of_total) >= _MOST).to_numpy()]


def _finest_scale(table: pd.DataFrame) -> NDArray[np.object_]:
    """Return the scale of every row: the finest place column that it fills."""
    scale = np.full(len(table), "", dtype=object)
    for name in reversed(SCALES):
        scale[table[name].notna().to_numpy()] = name
    return scale


_TOO_SHORT = Text(
    en="A backtest with this history needs results of at least {needed:count} polling days; there "
    "are {found:count}. Add earlier elections, or ask for less with min_history (--min-history).",
    id="Uji mundur dengan riwayat ini membutuhkan hasil dari sedikitnya {needed:count} hari "
    "pemungutan suara; yang ada {found:count}. Tambahkan pemilihan sebelumnya, atau kurangi "
    "min_history (--min-history).",
)
_NO_SUCH = Text(
    en="There is no single election '{election}' in the results. Name one of: {known}.",
    id="Tidak ada tepat satu pemilihan '{election}' dalam hasil. Sebut salah satu dari: {known}.",
)
_NOTHING_BEFORE = Text(
    en="The results hold nothing from before {election:contest}. Add earlier elections, or choose "
    "a later one.",
    id="Tidak ada hasil dari sebelum {election:contest}. Tambahkan pemilihan sebelumnya, "
    "atau pilih pemilihan yang lebih baru.",
)
_ALL_NEW = Text(
    en="No place of {election} was observed in an earlier election. Give the places the same codes "
    "or names in all elections, or add a crosswalk.",
    id="Tidak satu pun wilayah pada {election} tercatat dalam pemilihan sebelumnya. Gunakan kode "
    "atau nama yang sama di semua pemilihan, atau tambahkan tabel pemekaran.",
)
