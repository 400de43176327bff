r"""The gap between two groups in the coming contest: a multilevel model of log odds ratios.

The gap of place i in contest t, with j the place above i (docs/model.md, section 18):

.. math:: d_{it} = \theta_t + b_j + a_i + e_{it} + \text{sampling error}

theta is a Gaussian process over the contests (a common level, what contests of one type share,
each contest's own). All but the five standard deviations is integrated out exactly; they are
integrated by importance sampling (`turnout.models.tree.integration`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from turnout.arrays import Floats, Ints
from turnout.groups.coregionalization import Normals
from turnout.groups.partitions import GapPrior
from turnout.groups.units import Units
from turnout.models.monte_carlo import symmetric_root
from turnout.models.tree.integration import integrate

PARAMETERS = ("place", "above", "residual", "contest", "type")
"""What the standard deviations are of: places within the place above, those places, a place in
one contest, contests, types of contests."""

MOST_UNITS = 2_000
"""Of more places the standard deviations are learned from an even sample of about so many."""

_SIZE = 512
_PICKS = 400
_CELLS = 2_000_000


@dataclass(frozen=True)
class GapModel:
    """Observed gaps with the kernels of their contests.

    Parameters
    ----------
    units
        Observed gaps; the coming contest is one of the columns.
    likeness
        (contests, contests): 1 for two of the same type, 1/2 for two of the same group.
    prior
        What is held of the gap beforehand.
    """

    units: Units
    likeness: Floats
    prior: GapPrior

    @classmethod
    def of(cls, units: Units, contests: pd.DataFrame, prior: GapPrior) -> GapModel:
        """Return the model of these contests, one row for each column of the units."""
        codes = [pd.factorize(contests[name])[0] for name in ("election_type", "type_group")]
        same_type, same_group = (np.equal.outer(one, one) for one in codes)
        return cls(units, 0.5 * same_type + 0.5 * (same_group | same_type), prior)

    def log_likelihood(self, log_sd: Floats) -> Floats:
        """Return the log marginal likelihood of every row of `log_sd`, (draws, 5)."""
        step = max(1, _CELLS // self.units.gap.size)
        parts = [log_sd[start : start + step] for start in range(0, len(log_sd), step)]
        return np.concatenate([_Marginal.of(self, part).log_likelihood for part in parts])

    def draw(self, order: Ints, normals: Normals, rng: np.random.Generator) -> Floats:
        """Draw the gap of every target in the coming contest, (draws, targets); log odds ratios.

        Parameters
        ----------
        order
            A permutation of the draws: those that share parameters are made one after another.
        normals
            Source of the normal numbers, in the order of the making.
        rng
            Source of the parameters.

        Raises
        ------
        HistoryError
            If the variances cannot be integrated.
        """
        center = self.prior.center
        some = replace(self, units=self.units.thinned(MOST_UNITS))
        spread = np.full(len(center), self.prior.log_sd)
        posterior = integrate(some.log_likelihood, center, spread, _SIZE)
        picks = rng.permutation(posterior.draws[posterior.pick(min(len(order), _PICKS), rng)])
        sizes = np.diff(np.linspace(0, len(order), len(picks) + 1).round().astype(int))
        blocks = [
            _Marginal.of(self, one[None]).draw(int(size), normals)
            for one, size in zip(picks, sizes, strict=True)
        ]
        return np.concatenate(blocks)[order]


@dataclass(frozen=True)
class _Places:
    """What is left when places and the places above them are integrated out, for D parameters.

    Parameters
    ----------
    weight, sums, kept
        (D, units, contests) precisions; (D, units) weighted gaps, and variances of a_i given all
        else.
    group_weight, group_sums, group_kept
        (D, groups, contests), (D, groups), (D, groups): what reaches the places above, and the
        variances of b_j.
    precision, pull
        (D, contests, contests), (D, contests): the likelihood of the contests' levels.
    logs
        (D,): minus twice the log likelihood at levels of 0.
    """

    weight: Floats
    sums: Floats
    kept: Floats
    group_weight: Floats
    group_sums: Floats
    group_kept: Floats
    precision: Floats
    pull: Floats
    logs: Floats

    @classmethod
    def of(
        cls, units: Units, level: float, place: Floats, above: Floats, residual: Floats
    ) -> _Places:
        """Integrate places out, given (D, 1) variances; gaps are taken from their prior level."""
        starts = np.flatnonzero(np.diff(units.group, prepend=-1))
        own = (residual * units.share)[..., None] + units.variance
        gap = units.gap - level
        weight = 1 / own
        total, sums = weight.sum(axis=2), (weight * gap).sum(axis=2)
        shrink = 1 / (1 + place * units.share * total)
        kept = place * units.share * shrink
        group_weight = np.add.reduceat(shrink[..., None] * weight, starts, axis=1)
        group_sums = np.add.reduceat(shrink * sums, starts, axis=1)
        group_prior, group_total = above * units.group_share, group_weight.sum(axis=2)
        group_kept = group_prior / (1 + group_prior * group_total)
        precision = _weighted_squares(-kept, weight) - _weighted_squares(group_kept, group_weight)
        diagonal = np.arange(gap.shape[1])
        precision[:, diagonal, diagonal] += weight.sum(axis=1)
        pull = (weight * gap).sum(axis=1) - np.einsum("du,dut->dt", kept * sums, weight)
        pull -= np.einsum("dg,dgt->dt", group_kept * group_sums, group_weight)
        logs = (weight * gap**2).sum(axis=(1, 2)) - (kept * sums**2).sum(axis=1)
        logs -= (group_kept * group_sums**2).sum(axis=1)
        logs += np.log(np.where(np.isfinite(own), own, 1.0)).sum(axis=(1, 2))
        logs += np.log1p(group_prior * group_total).sum(axis=1) - np.log(shrink).sum(axis=1)
        return cls(weight, sums, kept, group_weight, group_sums, group_kept, precision, pull, logs)


@dataclass(frozen=True)
class _Marginal:
    """The contests' levels given the data, for D parameters: their means and covariances."""

    model: GapModel
    places: _Places
    residual: Floats
    mean: Floats
    covariance: Floats
    log_likelihood: Floats

    @classmethod
    def of(cls, model: GapModel, log_sd: Floats) -> _Marginal:
        place, above, residual, contest, kind = np.exp(2 * log_sd).T[:, :, None]
        places = _Places.of(model.units, model.prior.level, place, above, residual)
        unit = np.eye(len(model.likeness))
        prior = (
            model.prior.level_sd**2 + kind[..., None] * model.likeness + contest[..., None] * unit
        )
        mixed = unit + prior @ places.precision
        covariance = np.linalg.solve(mixed, prior)
        mean = (covariance @ places.pull[..., None])[..., 0]
        logs = places.logs + np.linalg.slogdet(mixed)[1] - (places.pull * mean).sum(axis=1)
        return cls(model, places, residual, mean, covariance, -0.5 * logs)

    def draw(self, draws: int, normals: Normals) -> Floats:
        """Draw the targets' gaps given the first parameters."""
        units, places, target = self.model.units, self.places, self.model.units.target
        level = self.model.prior.level
        root = symmetric_root(self.covariance[0])  # the one that is alike in alike gaps
        contests = self.mean[0] + normals.draw((draws, len(root))) @ root
        number, groups = pd.factorize(units.group[target])
        pull = places.group_sums[0, groups] - contests @ places.group_weight[0, groups].T
        above = _conditional(places.group_kept[0, groups], pull, normals)[:, number]
        weight = places.weight[0, target]
        pull = places.sums[0, target] - contests @ weight.T - above * weight.sum(axis=1)
        place = _conditional(places.kept[0, target], pull, normals)
        own = np.sqrt(self.residual[0, 0] * units.share[target])
        residual = own * normals.draw(place.shape)
        return level + contests[:, [units.coming]] + above + place + residual


def _weighted_squares(weights: Floats, rows: Floats) -> Floats:
    """Return the sums of outer products of (D, n, contests) rows, weighted."""
    return rows.swapaxes(1, 2) @ (weights[..., None] * rows)


def _conditional(variance: Floats, pull: Floats, normals: Normals) -> Floats:
    """Draw normal deviations of these variances and means of variance x pull."""
    return variance * pull + np.sqrt(variance) * normals.draw(pull.shape)
