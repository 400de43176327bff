"""What sets the places of a contest in progress apart: slopes that its leaves share.

Places that are in tell of those that are out not only through the level of the whole. A contest
may move small places otherwise than large ones, places that are always high otherwise than those
that are low, it may look more like one type of past contests than its name says, and its places
may move together as they have before, in patterns that nobody has a name for. Each of these is a
slope of the coming contest alone (docs/model.md, section 14), whose usual size is learned from
the slopes that past contests had against what came before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from turnout.areas import Panel
from turnout.areas.history import counted_share
from turnout.arrays import Bools, Floats, Ints
from turnout.models.covariates.linear_effect import LinearEffect
from turnout.models.outliers import logit_of_counts

NIGHT = "night:"
"""What the names of these effects begin with: they are no covariates of the user's."""

NAMES = ("size", "level", "type", "pattern 1", "pattern 2")
"""Slopes on log registered voters, on the place's own level, on how much higher it is in other
types of contests than in this one's, and on the two patterns in which most of past contests'
changes lay (their first principal components)."""

USUAL_SLOPES = (0.05, 0.06, 0.06, 0.03, 0.02)
"""Usual size (logit per standard deviation of the column) where no past contest tells."""

USUAL_SCATTER = 0.35
"""Usual standard deviation of the log of how much a contest's places scatter."""

_PATTERNS = 2
_PRIOR_CONTESTS = 3.0
FEWEST = 8


@dataclass(frozen=True)
class NightSizes:
    """How contests differ in what sets their places apart, learned from the past.

    Parameters
    ----------
    slopes
        (5,) standard deviations of the slopes of `NAMES`, logit per standard deviation.
    scatter
        Standard deviation of the log of the scatter of a contest's places.
    contests
        Past contests that told of it.
    """

    slopes: Floats
    scatter: float
    contests: int


def night_slopes(panel: Panel, contest: int) -> tuple[LinearEffect, ...]:
    """Return the slopes of a contest in progress; none before its count.

    Parameters
    ----------
    panel
        Places by contests.
    contest
        Row of the coming election.
    """
    if panel.count is None:
        return ()
    sizes = night_sizes(panel, contest)
    leaves = np.flatnonzero(panel.is_leaf)
    deviations = Deviations.of(panel, leaves)
    newest = panel.nodes["registered"].to_numpy(float)
    columns = deviations.columns(contest, deviations.before(contest), newest[leaves])
    out = []
    for name, column, sd in zip(NAMES, columns.T, sizes.slopes, strict=True):
        values = np.zeros((len(panel.nodes), len(panel.contests)))
        values[:, contest] = _upward(panel, leaves, column, newest)
        if values.any():
            out.append(LinearEffect(f"{NIGHT}{name}", values, 0.0, float(sd)))
    return tuple(out)


def night_sizes(panel: Panel, contest: int) -> NightSizes:
    """Return how past contests differed in what set their places apart.

    Every past contest with one before it is set against what came before it: the change of its
    places' deviations is regressed on the same columns. The variance of a slope is the mean over
    contests of its square less its error's, with `USUAL_SLOPES` counted as three more contests.

    Parameters
    ----------
    panel
        Places by contests.
    contest
        Row of the coming election.
    """
    leaves = np.flatnonzero(panel.is_leaf)
    deviations = Deviations.of(panel, leaves)
    squares, scatters = [], []
    for past in deviations.before(contest):
        earlier = deviations.before(past)
        told = deviations.told[:, past] & deviations.told[:, earlier].any(axis=1)
        if told.sum() < FEWEST:
            continue
        size = deviations.registered[:, past]
        columns = deviations.columns(past, earlier, np.where(told, size, np.nan))[told]
        change = deviations.change(past, earlier)[told]
        found, error, scatter = _regressed(change, columns, deviations.chance[told, past])
        squares.append(np.where(error > 0, found**2 - error**2, np.nan))
        scatters.append(np.log(scatter))
    usual = np.array(USUAL_SLOPES) ** 2
    table = np.array(squares).reshape(-1, len(NAMES))
    known = (~np.isnan(table)).sum(axis=0)
    total = np.nansum(table, axis=0).clip(0)
    slopes = np.sqrt((total + _PRIOR_CONTESTS * usual) / (known + _PRIOR_CONTESTS))
    number = len(scatters)
    away = ((np.array(scatters) - np.mean(scatters)) ** 2).sum() if number else 0.0
    freedom = max(number - 1, 0) + _PRIOR_CONTESTS
    scatter = float(np.sqrt((away + _PRIOR_CONTESTS * USUAL_SCATTER**2) / freedom))
    return NightSizes(slopes, scatter, number)


@dataclass(frozen=True)
class Deviations:
    """Logits of leaves less the mean of their contest.

    Parameters
    ----------
    values
        (leaves, contests) the deviations; 0 where not told.
    told
        (leaves, contests) whether there is one, of a whole place.
    registered, chance
        (leaves, contests) registered voters, and the variance of single voters' chance.
    day, types
        (contests,) polling day and number of the type.
    """

    values: Floats
    told: Bools
    registered: Floats
    chance: Floats
    day: Floats
    types: Floats

    @classmethod
    def of(cls, panel: Panel, leaves: Ints) -> Deviations:
        """Return the deviations of a panel's leaves."""
        registered, voters = panel.grid("registered")[leaves], panel.grid("voters")[leaves]
        values, chance = logit_of_counts(voters, registered)
        told = ~np.isnan(values) & ~(counted_share(panel)[leaves] < 1)
        weight = np.where(told, registered, 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            middle = np.where(told, values * registered, 0.0).sum(axis=0) / weight.sum(axis=0)
        contests = panel.contests
        return cls(
            np.where(told, values - middle, 0.0),
            told,
            registered,
            chance,
            contests["date"].to_numpy().astype("datetime64[D]").astype(float),
            contests["election_type"].factorize()[0].astype(float),
        )

    def before(self, contest: int) -> Ints:
        """Return the contests of the days before a contest's."""
        return np.flatnonzero(self.day < self.day[contest])

    def change(self, contest: int, earlier: Ints) -> Floats:
        """Return how far places lie from their past in this type, else in any."""
        same, every = self._past(contest, earlier)
        past = np.where(np.isnan(same), every, same)
        return self.values[:, contest] - past

    def columns(self, contest: int, earlier: Ints, registered: Floats) -> Floats:
        """Return (leaves, 5) standardised columns; 0 for places that do not count."""
        usual = self._usual(contest, earlier, registered)
        return np.column_stack([usual, _patterns(self._left[:, earlier], usual, registered)])

    @cached_property
    def _left(self) -> Floats:
        """What size, level and type leave of the contests' changes, (leaves, contests).

        0 where nothing is known.
        """
        left: Floats = np.zeros(self.values.shape)
        for contest in range(left.shape[1]):
            earlier = self.before(contest)
            told = self.told[:, contest] & self.told[:, earlier].any(axis=1)
            if told.sum() >= FEWEST:
                size = np.where(told, self.registered[:, contest], np.nan)
                columns = self._usual(contest, earlier, size)[told]
                change = self.change(contest, earlier)[told]
                left[told, contest] = least_squares(change, columns)[2]
        return left

    def _usual(self, contest: int, earlier: Ints, registered: Floats) -> Floats:
        """Return the columns of size, level and type."""
        same, every = self._past(contest, earlier)
        other = self._mean(earlier[self.types[earlier] != self.types[contest]])
        raw = (np.log(registered), every, other - same)
        return np.stack([_standard(one, registered) for one in raw], axis=1)

    def _past(self, contest: int, earlier: Ints) -> tuple[Floats, Floats]:
        same = earlier[self.types[earlier] == self.types[contest]]
        return self._mean(same), self._mean(earlier)

    def _mean(self, contests: Ints) -> Floats:
        told = self.told[:, contests]
        number = told.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(number > 0, self.values[:, contests].sum(axis=1) / number, np.nan)


def _standard(column: Floats, registered: Floats) -> Floats:
    """Return a column less its mean over voters, per standard deviation; 0 where not known."""
    known = np.isfinite(column) & (registered > 0)
    out = np.zeros(len(column))
    if known.sum() < 2:
        return out
    weight = registered[known]
    away = column[known] - np.average(column[known], weights=weight)
    spread = np.sqrt((away**2).mean())
    if spread > 1e-9:
        out[known] = away / spread
    return out


def _patterns(left: Floats, usual: Floats, registered: Floats) -> Floats:
    """Return the first two principal components of past changes, (leaves, 2) standardised.

    Parameters
    ----------
    left
        (leaves, contests) what the usual columns left of the past changes.
    usual
        (leaves, 3) the usual columns, which the patterns say nothing of.
    registered
        (leaves,) voters; places without any do not count.
    """
    known = registered > 0
    here: Floats = np.zeros(left.shape)
    here[known] = least_squares(left[known], usual[known])[2]
    axes = np.zeros((here.shape[1], _PATTERNS))
    vectors = np.linalg.eigh(here.T @ here)[1][:, ::-1][:, :_PATTERNS]
    # Either sign is the same pattern; the newest contest's makes it one.
    axes[:, : vectors.shape[1]] = vectors * np.where(vectors[-1:] < 0, -1.0, 1.0)
    return np.stack([_standard(one, registered) for one in (here @ axes).T], axis=1)


def least_squares(change: Floats, columns: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the coefficients, the inverse of the normal matrix, and what is left."""
    design = np.column_stack([np.ones(len(change)), columns])
    inverse = np.linalg.pinv(design.T @ design)
    found = inverse @ design.T @ change
    return found, inverse, change - design @ found


def _regressed(change: Floats, columns: Floats, chance: Floats) -> tuple[Floats, Floats, float]:
    """Return slopes with their standard errors, and the scatter that is left beyond chance."""
    used = columns.any(axis=0)
    found, inverse, rest = least_squares(change, columns[:, used])
    variance = float((rest**2).sum() / max(len(change) - len(found), 1))
    slopes, errors = np.full(columns.shape[1], np.nan), np.zeros(columns.shape[1])
    slopes[used] = found[1:]
    errors[used] = np.sqrt(variance * np.diag(inverse)[1:])
    beyond = max(variance - float(np.mean(chance)), 0.05 * variance)
    return slopes, errors, float(np.sqrt(beyond))


def _upward(panel: Panel, leaves: Ints, column: Floats, registered: Floats) -> Floats:
    """Return what a column of leaves is at every node: the mean over the voters below."""
    total = np.zeros(len(panel.nodes))
    size = np.zeros(len(panel.nodes))
    weight = np.nan_to_num(registered[leaves])
    total[leaves], size[leaves] = column * weight, weight
    for level in range(len(panel.scales) - 1, 0, -1):
        nodes = panel.levels[level]
        np.add.at(total, panel.parent[nodes], total[nodes])
        np.add.at(size, panel.parent[nodes], size[nodes])
    out = np.where(size > 0, total / np.where(size > 0, size, 1.0), 0.0)
    out[leaves] = column
    return out
