"""The state of inference: a panel on the tree with its messages, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Floats, Ints
from turnout.memory import giving_back
from turnout.models.covariates.linear_effect import LinearEffect, effect_priors
from turnout.models.tree.integration import Posterior, integrate
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.messages import effects_posterior, log_evidence
from turnout.models.tree.night_scatter import NightScatter
from turnout.models.tree.pending import pending_of
from turnout.models.tree.root import RootProcess
from turnout.models.tree.sampling import Batch
from turnout.models.tree.surrogate import Surrogate, surrogate
from turnout.models.tree.upward_pass import Report, Tree, Upward, upward
from turnout.models.tree.variances import MANY, LevelPrior
from turnout.threads import in_threads

if TYPE_CHECKING:
    from turnout.models.tree.model import HierarchicalModel


_BATCH = 128


@dataclass(frozen=True)
class TreeState:
    """A panel with the fitted levels' messages passed: ready to integrate over the rest.

    Parameters
    ----------
    data
        The observations on the tree.
    kernel
        Covariances of the contests.
    effects
        Linear effects.
    fixed
        Log parameters of the fitted levels, by level.
    priors
        Priors of the integrated levels, by level.
    root
        What the root has of its own.
    size
        Number of parameter draws.
    scatter
        How much the places of a contest in progress may scatter; None before its count. Its
        standard normal value is the last of the parameters.
    before
        The same before the count, from whose posterior that of the night sets out.
    """

    data: Surrogate
    kernel: ContestKernel
    effects: tuple[LinearEffect, ...]
    fixed: Mapping[int, Floats]
    priors: Mapping[int, LevelPrior]
    root: RootProcess
    size: int
    scatter: NightScatter | None = None
    before: TreeState | None = None

    @classmethod
    @giving_back
    def of(
        cls,
        model: HierarchicalModel,
        panel: Panel,
        fitted: Mapping[str, Floats],
        effects: Sequence[LinearEffect],
        scatter: NightScatter | None = None,
        before: TreeState | None = None,
    ) -> TreeState:
        """Prepare a panel for inference."""
        kernel = ContestKernel.of(panel.contests)
        root = RootProcess.of(model.top_prior, kernel, model.scale)
        data = surrogate(panel, effects, model.station_sd, root.mean)
        fixed = {
            level: fitted[scale]
            for level, scale in enumerate(panel.scales)
            if level > 0 and scale in fitted
        }
        own = {level: level_prior(model, data, level) for level in range(1, len(panel.scales))}
        # A level that only the roll knows, below fitted ones or of many places, has its prior's.
        top = min(fixed, default=len(own) + 1)
        for level, prior in own.items():
            if level not in fixed and (level > top or len(data.tree.nodes[level]) >= MANY):
                fixed[level] = prior.center
        priors = {level: prior for level, prior in own.items() if level not in fixed}
        priors[0] = model.top_prior.level(kernel.days).scaled(model.scale)
        size = model.integration
        # The tree holds all designs: the effects look at them there.
        held = tuple(
            replace(effect, values=data.tree.designs[..., column])
            for column, effect in enumerate(effects)
        )
        return cls(data, kernel, held, fixed, priors, root, size, scatter, before)

    @property
    def tree(self) -> Tree:
        """The tree."""
        return self.data.tree

    @cached_property
    def integrated(self) -> list[int]:
        """Levels whose variances are integrated, finest first."""
        return sorted(self.priors, reverse=True)

    @cached_property
    def fixed_covariances(self) -> dict[int, Floats]:
        """Covariance of every fitted level."""
        return {level: self.kernel.covariance(own)[None] for level, own in self.fixed.items()}

    @cached_property
    def waiting(self) -> list[Mapping[int, Report]]:
        """What the fitted levels say of those above, for each size of the night's scatter."""
        sizes = 1 if self.scatter is None else len(self.scatter.sizes)
        every = [self.fixed_on_the_night(number) for number in range(sizes)]
        covariances = {level: np.concatenate([one[level] for one in every]) for level in self.fixed}
        contest = None if self.scatter is None else self.scatter.contest
        pending = pending_of(self.tree, covariances, contest)
        return [
            {level: said.of_draw(number) for level, said in pending.items()}
            for number in range(sizes)
        ]

    def fixed_on_the_night(self, number: int) -> dict[int, Floats]:
        """Return the fitted levels' covariances for one size of the night's scatter."""
        return {
            level: self._on_the_night(own, number) for level, own in self.fixed_covariances.items()
        }

    def integrated_on_the_night(self, parameters: Floats) -> dict[int, Floats]:
        """Return the integrated levels' covariances for draws of one size of the scatter."""
        number = int(self.numbers(parameters[:1])[0])
        covariances = {}
        for level, own in self.by_level(parameters).items():
            covariance = self.kernel.covariance(own)
            covariances[level] = self._on_the_night(covariance, number) if level else covariance
        return covariances

    def lower(self, number: int) -> Upward:
        """Pass the messages of the fitted levels, the night's scatter being one of its sizes.

        Those of the size that was asked for last are kept: batches of draws ask size by size.
        """
        if number not in self._lowers:
            self._lowers.clear()
            levels = sorted(self.fixed, reverse=True)
            covariances = self.fixed_on_the_night(number)
            self._lowers[number] = upward(self.tree, covariances, levels, {})
        return self._lowers[number]

    @cached_property
    def _lowers(self) -> dict[int, Upward]:
        return {}

    def _on_the_night(self, covariance: Floats, number: int) -> Floats:
        if self.scatter is None:
            return covariance
        return self.scatter.scaled(covariance, self.scatter.sizes[number])

    def numbers(self, parameters: Floats) -> Ints:
        """Return which size of the night's scatter draws of the parameters have."""
        if self.scatter is None:
            return np.zeros(len(parameters), dtype=np.intp)
        return self.scatter.number_of(parameters[:, -1])

    @cached_property
    def posterior(self) -> Posterior:
        """Draws of the parameters of the integrated levels."""
        means, sds = self.effect_priors

        def of_some(draws: Floats) -> Floats:
            return log_evidence(self.upper(draws).nodes[0].up, means, sds)

        def likelihood(draws: Floats) -> Floats:
            batches = _alike(self.numbers(draws), _BATCH)
            found = np.empty(len(draws))
            found[np.concatenate(batches)] = np.concatenate(
                [*in_threads(of_some, (draws[at] for at in batches))]
            )
            return found

        night = [0.0] if self.scatter is not None else []
        center = np.concatenate([*(self.priors[level].center for level in self.integrated), night])
        spread = np.concatenate(
            [*(self.priors[level].spread for level in self.integrated), np.exp(night)]
        )
        free = spread > 0

        def full(draws: Floats) -> Floats:
            every = np.tile(center, (len(draws), 1))
            every[:, free] = draws
            return every

        start = self._start(len(center))
        if start is not None:
            start = replace(start, draws=start.draws[:, free])
        found = integrate(
            lambda draws: likelihood(full(draws)), center[free], spread[free], self.size, start
        )
        return Posterior(full(found.draws), found.weights, found.effective)

    def _start(self, dimension: int) -> Posterior | None:
        """Return the posterior before the count, the scatter of the night being its prior's.

        None where the count is of other levels than the past.
        """
        if self.before is None or self.before.integrated != self.integrated:
            return None
        known = self.before.posterior
        scatter = np.random.default_rng(5).standard_normal((len(known.draws), 1))
        draws = np.concatenate([known.draws, scatter], axis=1)
        return replace(known, draws=draws) if draws.shape[1] == dimension else None

    @cached_property
    def effect_priors(self) -> tuple[Floats, Floats]:
        """Prior means and standard deviations of the linear effects."""
        return effect_priors(self.effects)

    def by_level(self, parameters: Floats) -> dict[int, Floats]:
        """Return the parameters of each integrated level, of draws of all of them."""
        ends = np.cumsum([len(self.priors[level].center) for level in self.integrated])
        parts = np.split(parameters[:, : ends[-1]], ends[:-1], axis=1)
        return dict(zip(self.integrated, parts, strict=True))

    def upper(self, parameters: Floats) -> Upward:
        """Pass the messages of the integrated levels for draws of their parameters.

        All draws have the same size of the night's scatter.
        """
        number = int(self.numbers(parameters[:1])[0])
        covariances = self.fixed_on_the_night(number) | self.integrated_on_the_night(parameters)
        covariances[0] = covariances[0] + self.root.covariance
        return upward(self.tree, covariances, self.integrated, self.waiting[number])

    def batches(self, rows: Ints, most: int) -> list[Ints]:
        """Part draws into batches that can be drawn together.

        Parameters
        ----------
        rows
            Row of the posterior's draws for each draw.
        most
            Draws of a batch at most.

        Returns
        -------
        list of numpy.ndarray
            Places in `rows`; each batch has one size of the night's scatter.
        """
        return _alike(self.numbers(self.posterior.draws[rows]), most)

    def draw(self, rows: Ints, target: int, rng: np.random.Generator) -> Batch:
        """Prepare draws of a contest: messages for some parameter draws, drawn linear effects.

        Parameters
        ----------
        rows
            Row of the posterior's draws for each draw, as a batch of `batches` has them.
        target
            Contest to draw.
        rng
            Source of randomness.
        """
        above = self.draw_above(rows, target, rng)
        number = int(self.numbers(self.posterior.draws[rows[:1]])[0])
        return replace(above, nodes={**self.lower(number).nodes, **above.nodes})

    def draw_above(self, rows: Ints, target: int, rng: np.random.Generator) -> Batch:
        """Prepare draws as `draw`, with the messages of the integrated levels alone."""
        distinct, which = np.unique(rows, return_inverse=True)
        upper = self.upper(self.posterior.draws[distinct])
        means, sds = self.effect_priors
        center, precision = effects_posterior(upper.nodes[0].up.quadratic[:, 0], means, sds)
        # A stream of its own: planned activities then change no other draw of the forecast.
        noise = rng.spawn(1)[0].standard_normal((len(rows), len(means), 1))
        scale = np.linalg.inv(np.linalg.cholesky(precision)).swapaxes(-1, -2)
        effects = center[which] + (scale[which] @ noise)[..., 0]
        return Batch(self.tree, upper.nodes, which, effects, target)


def _alike(numbers: Ints, most: int) -> list[Ints]:
    """Part rows into batches of one number each, of at most so many rows."""
    groups = [np.flatnonzero(numbers == number) for number in np.unique(numbers)]
    return [rows[start : start + most] for rows in groups for start in range(0, len(rows), most)]


def level_prior(model: HierarchicalModel, data: Surrogate, level: int) -> LevelPrior:
    """Return the weak prior of a level below the top.

    A level that repeats the one above it has nothing of its own: a place that is all of its
    parent is its parent.
    """
    if data.tree.is_as_above(level):
        return LevelPrior.of_nothing(model.memory)
    scatter = data.scatter[level]
    known = scatter if np.isfinite(scatter) else 0.2
    return LevelPrior.of_scatter(known, model.memory).scaled(model.scale)
