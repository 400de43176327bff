"""What is known of every place on the eve of a contest, as a table of features."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from turnout.arrays import Bools, Floats, Ints
from turnout.errors import HistoryError
from turnout.language import Text
from turnout.models.points.past import Past
from turnout.models.points.shocks import Changes

FEATURES = (
    "last",
    "last_any",
    "trend",
    "usual",
    "reversion",
    "other_type",
    "days_since",
    "log_registered",
)


@dataclass(frozen=True)
class Eve:
    """The eve of one contest.

    Parameters
    ----------
    contest
        Row number of the contest.
    last
        Logit of the place's last turnout of the contest's type (of any type where there is none).
    noise
        Binomial variance of `last`.
    other_type
        Whether `last` is of another type.
    table
        Places x `FEATURES`: the last turnout, how far the newest of any type lies above it, how
        far it lies above the one before, how far the place usually lies above the whole, how far
        the mean of its past turnouts of the type lies above the last, whether it is of another
        type, polling days since, and size; then the covariates of the user's own and their changes
        since the last turnout. NaN where not known.
    """

    contest: int
    last: Floats
    noise: Floats
    other_type: Bools
    table: Floats

    @classmethod
    def of(cls, past: Past, contest: int) -> Eve:
        """Look at the past from the eve of a contest."""
        alike = past.alike(contest)
        newest = past.newest(past.anything, contest)
        same = past.newest(alike, contest)
        other = same < 0
        start = np.where(other, newest, same)
        known = start >= 0
        last, noise = (np.where(known, values, np.nan) for values in past.at(start))
        newest_logit = np.where(known, past.at(newest)[0], np.nan)
        before = _before(past, alike, contest, same)
        features = (
            last,
            newest_logit - last,
            last - before,
            _usual(past, contest),
            _mean_of_type(past, np.where(other[:, None], past.anything, alike), contest) - last,
            other.astype(float),
            (past.day[contest] - past.day[start]).astype(float),
            np.log(past.lags.registered),
        )
        own = past.extra[:, contest]
        since = own - past.extra[np.arange(len(start)), start]
        table = np.column_stack([*features, own, since])
        return cls(contest, last, noise, other, table)


@dataclass(frozen=True)
class Training:
    """Past contests to learn from: a row per place and contest that has a last turnout.

    Rows that only the total of a coarser place speaks of tell what all places share, not what sets
    them apart.

    Parameters
    ----------
    place, contest
        Row numbers of each row's place and contest.
    features
        Rows x `FEATURES`; rows of one contest lie together.
    actual
        Logit of the turnout that followed.
    own
        Whether the place itself was observed.
    weight
        What a row's logit tells: the inverse of its variance, other places' included.
    """

    place: Ints
    contest: Ints
    features: Floats
    actual: Floats
    own: Bools
    weight: Floats

    @classmethod
    def of(cls, past: Past, name: str) -> Training:
        """Collect all past contests that have a contest before them.

        Raises
        ------
        HistoryError
            If there is no such contest.
        """
        lags = past.lags
        days = past.day < past.day[past.coming]
        eves = [Eve.of(past, int(contest)) for contest in np.flatnonzero(days)]
        rows = [
            np.flatnonzero(
                np.isfinite(eve.last) & np.isfinite(lags.logit[:, eve.contest]) & ~lags.borrowed
            )
            for eve in eves
        ]
        if not any(len(places) for places in rows):
            raise HistoryError(_TOO_SHORT, model=name)
        place = np.concatenate(rows)
        contest = np.repeat([eve.contest for eve in eves], [len(places) for places in rows])
        return cls(
            place=place,
            contest=contest.astype(np.intp),
            features=np.concatenate([eve.table[one] for eve, one in zip(eves, rows, strict=True)]),
            actual=lags.logit[place, contest],
            own=lags.observed[place, contest],
            weight=1 / (lags.variance[place, contest] + _OVERDISPERSION),
        )

    @cached_property
    def centered(self) -> tuple[Floats, Floats]:
        """Features and outcome as they differ between the places of one contest.

        The shared shock of a contest drops out, so that places tell of places only; what is not
        known counts as no difference. The outcome is the change since the last turnout.
        """
        return self._within(self.features), self._within(self.change[:, None])[:, 0]

    @property
    def change(self) -> Floats:
        """Change of each row's logit since the place's last turnout."""
        return self.actual - self.features[:, 0]

    def _within(self, values: Floats) -> Floats:
        number = np.unique(self.contest, return_inverse=True)[1]
        return np.concatenate(
            [
                center(values[number == one], self.weight[number == one])
                for one in range(number.max() + 1)
            ]
        )

    def errors(self, past: Past, residual: Floats) -> Changes:
        """Arrange residuals as places x contests, with the binomial noise of what they rest on."""
        contests, column = np.unique(self.contest, return_inverse=True)
        shape = (len(past.lags.logit), len(contests))
        values, noise, own = np.full(shape, np.nan), np.zeros(shape), np.zeros(shape, dtype=bool)
        values[self.place, column] = residual
        noise[self.place, column] = past.lags.variance[self.place, self.contest]
        own[self.place, column] = self.own
        return Changes(values, noise, own)


def center(values: Floats, weights: Floats) -> Floats:
    """Return columns less their weighted means; 0 where not known."""
    known = np.isfinite(values)
    heavy = np.where(known, weights[:, None], 0.0)
    total = heavy.sum(axis=0)
    mean = (heavy * np.nan_to_num(values)).sum(axis=0) / np.where(total > 0, total, 1.0)
    return np.where(known, values - mean, 0.0)


# Variance of a place's logit beyond the binomial one: a big place does not count without bound.
_OVERDISPERSION = 0.01


def _before(past: Past, alike: Bools, contest: int, last: Ints) -> Floats:
    """Return the turnout of the type before the last one."""
    logit = np.where(alike & (past.day < past.day[contest]), past.lags.logit, np.nan)
    earlier = past.day[None, :] < np.where(last >= 0, past.day[last], -1)[:, None]
    rank = np.where(np.isfinite(logit) & earlier, past.day, -1)
    best = rank.argmax(axis=1)
    found = rank[np.arange(len(rank)), best] >= 0
    return np.where(found, logit[np.arange(len(rank)), best], np.nan)


def _mean_of_type(past: Past, alike: Bools, contest: int) -> Floats:
    """Return the mean of a place's past turnouts among the contests `alike`."""
    logit = past.lags.logit
    known = np.isfinite(logit) & alike & (past.day < past.day[contest])
    count = known.sum(axis=1)
    total = np.where(known, logit, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _usual(past: Past, contest: int) -> Floats:
    """Return how far a place usually lay above the whole before a contest."""
    lags = past.lags
    before = past.day < past.day[contest]
    known = np.isfinite(lags.logit) & before
    weights = np.where(known, lags.registered[:, None], 0.0)
    total = weights.sum(axis=0)
    whole = (weights * np.nan_to_num(lags.logit)).sum(axis=0) / np.where(total > 0, total, 1.0)
    above = np.where(known, lags.logit - whole, 0.0)
    count = known.sum(axis=1)
    return np.where(count > 0, above.sum(axis=1) / np.maximum(count, 1), np.nan)


_TOO_SHORT = Text(
    en="{model} needs results of at least two polling days at the same places. Use LastOfType, or "
    "add earlier elections.",
    id="{model} membutuhkan hasil dari sedikitnya dua hari pemungutan suara di wilayah yang sama. "
    "Gunakan LastOfType, atau tambahkan pemilihan sebelumnya.",
)
