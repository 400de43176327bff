"""An election whose turnout is that of another type of the table, or far below its own type's.

General elections that are called local ones, or the other way round. What each type lets expect is
told by its other elections, place by place, and how far elections lie from it by the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats, Ints
from turnout.elections import group_of_type
from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.days import OF_OTHER_TYPE
from turnout.rules.draft import Draft
from turnout.rules.history import ROLL_FAR_OFF
from turnout.rules.in_doubt import OF_MANY_PLACES
from turnout.rules.measures import finest_places, is_partial
from turnout.rules.plausible import HIGH_EVERYWHERE, LOW_EVERYWHERE
from turnout.rules.rule import Rule

_FEWEST = 2
"""Polling days of a type, beside the election's own, that tell what is usual in it."""
_USUAL_SD, _WORTH = 0.2, 2
"""Standard deviation of elections of a type (logit), and the elections that it counts for beside
those of the table: two that are alike by chance do not make a third impossible."""
_SURE, _WITHIN = 5.0, 3.0
"""Logarithm of how many times likelier the election is one of the other type than of its own, and
the standard deviations that it lies from the other type at most."""
_SEVERAL, _OUTSIDE, _APART = 3, 0.6, 0.1
"""Polling days of both types from which on it also tells that the election is among those of the
other type, and logits that it is outside its own type, and both types are apart, at least.

Of 275 real elections of 25 panels none is told. Of 13,368 comparisons with another type, in these,
their districts and their single places, one is: a municipality's vote that was on the day of a
national election.
"""
_OTHER_CAUSES = OF_MANY_PLACES | {LOW_EVERYWHERE.name, HIGH_EVERYWHERE.name}
"""Rules that tell why the turnout of an election is not what it seems."""
_LOOKED_AT = ["contest", "registered", "voters"]

LIKE_ANOTHER_TYPE = Rule(
    "like_another_type",
    "warning",
    Text(
        en="turnout in {contest:contest} ({kind:type}) was {turnout:percent}, as in {n:count} "
        "elections of the type {like:type} ({low:percent} to {high:percent}), unlike the "
        "{m:count} others of its own type ({own_low:percent} to {own_high:percent}): its type may "
        "be wrong.",
        id="partisipasi {contest:contest} (jenis {kind:type}) {turnout:percent}, seperti pada "
        "{n:count} pemilihan berjenis {like:type} ({low:percent} sampai {high:percent}), sedangkan "
        "pada {m:count} pemilihan lain yang sejenis dengannya {own_low:percent} sampai "
        "{own_high:percent}: jenisnya mungkin salah.",
    ),
    Text(
        en="If so, correct the type (election_type); if it is right, as where another election was "
        "held on the same day, leave it.",
        id="Bila ya, perbaiki jenisnya (kolom jenis); bila memang benar, misalnya karena "
        "bersamaan dengan pemilihan lain, biarkan.",
    ),
)

FAR_BELOW_TYPE = Rule(
    "far_below_its_type",
    "warning",
    Text(
        en="turnout in {contest:contest} was {turnout:percent}; the lowest in {n:count:other "
        "election:other elections} of its type was {low:percent}: are these all who voted?",
        id="partisipasi {contest:contest} {turnout:percent}, sedangkan yang terendah pada "
        "{n:count} pemilihan lain yang sejenis {low:percent}: apakah ini seluruh pengguna hak "
        "pilih?",
    ),
    Text(
        en="If they are a part, such as one sex, one candidate's votes or some stations, or those "
        "who did not vote, give all who voted; if it is right, leave it.",
        id="Bila hanya sebagian (satu jenis kelamin, suara satu calon, sebagian TPS) atau justru "
        "yang tidak memilih, isi seluruh pengguna hak pilih; bila memang benar, biarkan.",
    ),
)
_FAR_BELOW, _USUALLY_HALF = 0.6, 0.5
"""Part of the lowest turnout of the other elections of a type below which one is asked about, where
at least half always voted. Of 341 real elections none lies so low; of types in which fewer vote,
one does (a primary of 21% beside one of 48%)."""


class _Elections(NamedTuple):
    """Elections of a table: labels of their first rows, days, families, and turnout (logit)."""

    first: pd.DataFrame
    day: Ints
    group: Ints
    turnout: Floats


def because_of_type(draft: Draft, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with those on elections whose turnout is not that of their type.

    One at the first row of each; that its day is of another type is not told as well.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.completed`).
    findings
        What was found in them.
    """
    told = {one.values["contest"] for one in findings if one.rule in _OTHER_CAUSES}
    rows = draft.table[_usable(draft) & ~draft.table["contest"].isin(told)]
    elections = _elections(rows)
    found = [*_found(rows, elections)]
    low = _far_below(rows, elections)
    if len(low):
        off = draft.rows_at(one.spot for one in findings if one.rule == ROLL_FAR_OFF.name)
        low = low[~low["contest"].isin(draft.table.loc[off, "contest"])]
    far = FAR_BELOW_TYPE.at(draft, low.index, "voters", low)
    if not found:
        return [*findings, *far]
    table = pd.concat(found)
    named = {*table["contest"]}
    others = [
        one
        for one in findings
        if one.rule != OF_OTHER_TYPE.name or one.values["contest"] not in named
    ]
    far = [one for one in far if one.values["contest"] not in named]
    return [*others, *far, *LIKE_ANOTHER_TYPE.at(draft, table.index, "election_type", table)]


def _usable(draft: Draft) -> Bools:
    table = draft.table
    known = (table["registered"] > 0) & (table["voters"] > 0) & np.isfinite(table["registered"])
    known &= (table["voters"] <= table["registered"]) & ~is_partial(table)
    known &= table["date"].notna() & table["election_type"].notna() & ~draft.size_doubted()
    return known.to_numpy(bool)


def _far_below(rows: pd.DataFrame, elections: _Elections) -> pd.DataFrame:
    """Return the first rows of elections that lie far below all others of their type.

    So does their middle place: a few places whose registered are far too many do not make one.
    """
    turnout = 1 / (1 + np.exp(-elections.turnout))
    told = []
    for at in range(len(turnout)):
        others = (elections.group == elections.group[at]) & (elections.day != elections.day[at])
        lowest = turnout[others].min(initial=1.0) if others.any() else 0.0
        if lowest < _USUALLY_HALF or turnout[at] >= _FAR_BELOW * lowest:
            continue
        above = _levels(_places(rows, elections.first["contest"]), at)[others]
        gap = elections.turnout[others].min() - elections.turnout[at]
        if np.nanmin(above, initial=np.inf) > gap / 2:
            values = {"turnout": turnout[at], "low": lowest, "n": int(others.sum())}
            told.append(elections.first.iloc[[at]].assign(**values))
    return pd.concat(told) if told else elections.first.iloc[:0]


def _found(rows: pd.DataFrame, elections: _Elections) -> Iterator[pd.DataFrame]:
    """Yield one row for every election that is of another type by its turnout."""
    places: Floats | None = None
    for at in range(len(elections.group)):
        for group in np.unique(elections.group):
            own, other = _beside(elections, at, int(group))
            if not _worth_a_look(elections, at, own, other):
                continue
            places = _places(rows, elections.first["contest"]) if places is None else places
            levels = _levels(places, at)
            days = [_by_day(levels[some], elections.day[some]) for some in (own, other)]
            if _is_the_other(*days):
                yield _values(elections, at, own, other)


def _elections(rows: pd.DataFrame) -> _Elections:
    finest = finest_places(rows, _LOOKED_AT)
    sums = finest.groupby("contest")[["registered", "voters"]].sum()
    first = rows[~rows["contest"].duplicated()]
    sums = sums.reindex(first["contest"])
    groups = first["election_type"].map(group_of_type)
    told = first["type_group"].where(first["type_group"].notna(), groups)
    first = first.assign(group=told.str.casefold())
    day, group = (pd.factorize(first[name])[0] for name in ("date", "group"))
    return _Elections(first, day, group, _logit(*(sums[one] for one in ("voters", "registered"))))


def _logit(voters: pd.Series, registered: pd.Series) -> Floats:
    counts, rolls = voters.to_numpy(float), registered.to_numpy(float)
    return np.asarray(np.log((counts + 0.5) / (rolls - counts + 0.5)))


def _beside(elections: _Elections, at: int, group: int) -> tuple[Ints, Ints]:
    """Return the other elections of the type of one, and those of another type."""
    others = np.arange(len(elections.group)) != at
    own, other = others & (elections.group == elections.group[at]), elections.group == group
    return np.flatnonzero(own), np.flatnonzero(other & others)


def _worth_a_look(elections: _Elections, at: int, own: Ints, other: Ints) -> bool:
    """Whether an election may be one of another type: both have been held, never on its day.

    By its turnout as a whole, which is outside that of its own type and nearer to the other.
    """
    day, turnout = elections.day, elections.turnout
    held = min(len(np.unique(day[some])) for some in (own, other))
    if elections.group[at] in elections.group[other] or held < _FEWEST or day[at] in day[other]:
        return False
    here, usual = turnout[at], turnout[own]
    inside = usual.min() <= here <= usual.max()
    return not inside and abs(here - turnout[other].mean()) < abs(here - usual.mean())


def _places(rows: pd.DataFrame, contests: pd.Series) -> Floats:
    """Return the turnout (logit) of each place, totals too, in each election; NaN where unknown."""
    once = rows[~rows[["contest", "key"]].duplicated()]
    place, places = pd.factorize(once["key"])
    turnout = np.full((len(places), len(contests)), np.nan)
    contest = pd.Index(contests).get_indexer(once["contest"])
    turnout[place, contest] = _logit(once["voters"], once["registered"])
    return turnout


def _levels(places: Floats, at: int) -> Floats:
    """Return how far elections lie above one, in the middle place of both; NaN where none is."""
    here = places[~np.isnan(places[:, at])]
    above = here - here[:, [at]]
    known = ~np.isnan(above).all(axis=0)
    levels = np.full(places.shape[1], np.nan)
    levels[known] = np.nanmedian(above[:, known], axis=0)
    return levels


def _by_day(levels: Floats, day: Ints) -> Floats:
    """Return the mean level of each day: elections of one day are no two proofs."""
    known = ~np.isnan(levels)
    means = pd.Series(levels[known]).groupby(day[known]).mean()
    return np.asarray(means, dtype=float)


def _is_the_other(own: Floats, other: Floats) -> bool:
    """Whether an election at 0 is far likelier one of the other type than of its own.

    >>> ours = np.array([-1.5, -1.4, -1.6])
    >>> _is_the_other(ours, np.array([0.1, -0.1])), _is_the_other(ours, np.array([1.3, 1.5]))
    (True, False)
    """
    fewest = min(len(own), len(other))
    if fewest < _FEWEST:
        return False
    return _is_likelier(own, other) or (fewest >= _SEVERAL and _is_among(own, other))


def _is_likelier(own: Floats, other: Floats) -> bool:
    """Both are Student distributions about the mean of a type, with one spread within types."""
    within = sum(float(((one - one.mean()) ** 2).sum()) for one in (own, other))
    freedom = len(own) + len(other) - 2 + _WORTH
    sd = np.sqrt((within + _WORTH * _USUAL_SD**2) / freedom)
    off, away = (abs(one.mean()) / (sd * np.sqrt(1 + 1 / len(one))) for one in (own, other))
    likelier = (freedom + 1) / 2 * np.log((1 + off**2 / freedom) / (1 + away**2 / freedom))
    return bool(away < _WITHIN and likelier > _SURE)


def _is_among(own: Floats, other: Floats) -> bool:
    """Whether 0 lies among the other type, beyond two of it, and far from all of its own.

    The one next to its own type may be of that: then it would make another look like itself.
    """
    up = np.sign(other.mean() - own.mean())
    nearest, others = (up * own).max(), np.sort(up * other)
    between = others[1] <= 0 <= others[-1]
    return bool(between and -nearest > _OUTSIDE and others[0] - nearest > _APART)


def _values(elections: _Elections, at: int, own: Ints, other: Ints) -> pd.DataFrame:
    """Return the first row of an election with what is told of it."""
    turnout = 1 / (1 + np.exp(-elections.turnout))
    first = elections.first.iloc[[at]]
    return first.assign(
        kind=first["election_type"],
        like=elections.first["group"].iloc[other[0]],
        turnout=turnout[at],
        n=len(other),
        low=turnout[other].min(),
        high=turnout[other].max(),
        m=len(own),
        own_low=turnout[own].min(),
        own_high=turnout[own].max(),
    )
