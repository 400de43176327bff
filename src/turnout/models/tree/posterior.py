"""The state of inference: a panel on the tree with its messages, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Floats, Ints
from turnout.models.covariates.linear_effect import LinearEffect, effect_priors
from turnout.models.tree.integration import Posterior, integrate
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.messages import effects_posterior, log_evidence
from turnout.models.tree.root import RootProcess
from turnout.models.tree.sampling import Batch
from turnout.models.tree.surrogate import Surrogate, surrogate
from turnout.models.tree.upward_pass import Tree, Upward, upward
from turnout.models.tree.variances import MANY, LevelPrior

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
    """

    data: Surrogate
    kernel: ContestKernel
    effects: tuple[LinearEffect, ...]
    fixed: Mapping[int, Floats]
    priors: Mapping[int, LevelPrior]
    root: RootProcess
    size: int

    @classmethod
    def of(
        cls,
        model: HierarchicalModel,
        panel: Panel,
        fitted: Mapping[str, Floats],
        effects: Sequence[LinearEffect],
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
        return cls(data, kernel, tuple(effects), fixed, priors, root, model.integration)

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
    def lower(self) -> Upward:
        """The messages of the fitted levels."""
        return upward(self.tree, self.fixed_covariances, sorted(self.fixed, reverse=True), {})

    @cached_property
    def posterior(self) -> Posterior:
        """Draws of the parameters of the integrated levels."""
        means, sds = self.effect_priors

        def likelihood(draws: Floats) -> Floats:
            parts = [
                log_evidence(self.upper(draws[start : start + _BATCH]).nodes[0].up, means, sds)
                for start in range(0, len(draws), _BATCH)
            ]
            return np.concatenate(parts)

        center = np.concatenate([self.priors[level].center for level in self.integrated])
        spread = np.concatenate([self.priors[level].spread for level in self.integrated])
        free = spread > 0

        def full(draws: Floats) -> Floats:
            every = np.tile(center, (len(draws), 1))
            every[:, free] = draws
            return every

        found = integrate(
            lambda draws: likelihood(full(draws)), center[free], spread[free], self.size
        )
        return Posterior(full(found.draws), found.weights, found.effective)

    @cached_property
    def effect_priors(self) -> tuple[Floats, Floats]:
        """Prior means and standard deviations of the linear effects."""
        return effect_priors(self.effects)

    def by_level(self, parameters: Floats) -> dict[int, Floats]:
        """Return the parameters of each integrated level, of draws of all of them."""
        ends = np.cumsum([len(self.priors[level].center) for level in self.integrated])
        parts = np.split(parameters, ends[:-1], axis=1)
        return dict(zip(self.integrated, parts, strict=True))

    def upper(self, parameters: Floats) -> Upward:
        """Pass the messages of the integrated levels for draws of their parameters."""
        covariances = dict(self.fixed_covariances)
        for level, own in self.by_level(parameters).items():
            covariances[level] = self.kernel.covariance(own)
        covariances[0] = covariances[0] + self.root.covariance
        return upward(self.tree, covariances, self.integrated, self.lower.pending)

    def draw(self, rows: Ints, target: int, rng: np.random.Generator) -> Batch:
        """Prepare draws of a contest: messages for some parameter draws, drawn linear effects.

        Parameters
        ----------
        rows
            Row of the posterior's draws for each draw.
        target
            Contest to draw.
        rng
            Source of randomness.
        """
        distinct, which = np.unique(rows, return_inverse=True)
        upper = self.upper(self.posterior.draws[distinct])
        means, sds = self.effect_priors
        center, precision = effects_posterior(upper.nodes[0].up.quadratic[:, 0], means, sds)
        # A stream of its own: planned activities then change no other draw of the forecast.
        noise = rng.spawn(1)[0].standard_normal((len(rows), len(means), 1))
        scale = np.linalg.inv(np.linalg.cholesky(precision)).swapaxes(-1, -2)
        effects = center[which] + (scale[which] @ noise)[..., 0]
        return Batch(self.tree, {**self.lower.nodes, **upper.nodes}, which, effects, target)


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
