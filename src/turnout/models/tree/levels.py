"""The variances of the levels with many places, fitted once (docs/model.md, section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Floats
from turnout.memory import giving_back
from turnout.models.covariates.covariate import covariate_effects
from turnout.models.covariates.linear_effect import effect_priors
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.posterior import level_prior
from turnout.models.tree.root import RootProcess
from turnout.models.tree.surrogate import surrogate
from turnout.models.tree.upward_pass import Report, below_message, pass_on
from turnout.models.tree.variances import MANY, enough_of, fit_level

if TYPE_CHECKING:
    from turnout.models.tree.model import HierarchicalModel


@giving_back
def fit_levels(model: HierarchicalModel, panel: Panel) -> dict[str, Floats]:
    """Return log parameters of the levels with many places by scale, fitted from the finest on."""
    effects = covariate_effects(panel, model.covariates)
    kernel = ContestKernel.of(panel.contests)
    root = RootProcess.of(model.top_prior, kernel)
    data = surrogate(panel, effects, model.station_sd, root.mean)
    tree = data.tree
    count = [len(nodes) for nodes in tree.nodes]
    top = next((level for level in range(1, len(count)) if count[level] >= MANY), len(count))
    rng = np.random.default_rng(0)
    fitted: dict[str, Floats] = {}
    covariances: dict[int, Floats] = {}
    pending: Mapping[int, Report] = {}
    for level in range(len(count) - 1, top - 1, -1):
        nodes, prior = tree.nodes[level], level_prior(model, data, level)
        own = prior.center
        chosen = enough_of(tree.parent[nodes], rng)
        if len(chosen):
            below = below_message(tree, covariances, nodes[chosen], pending)
            parent = np.unique(tree.parent[nodes[chosen]], return_inverse=True)[1]
            own = fit_level(below, parent, kernel, prior, effect_priors(effects))
            fitted[panel.scales[level]] = own
        covariances[level] = kernel.covariance(own)[None]
        pending = pass_on(tree, covariances, level, pending)
    return fitted
