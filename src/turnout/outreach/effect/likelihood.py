"""The effect inside the likelihood of the hierarchical model, as the data alone see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Floats
from turnout.doses import Dose
from turnout.models.covariates.covariate import covariate_effects
from turnout.models.covariates.linear_effect import LinearEffect
from turnout.models.covariates.offsets import offsets
from turnout.models.tree.messages import effects_posterior
from turnout.models.tree.model import FittedHierarchical
from turnout.models.tree.posterior import TreeState

_FLAT = 100.0


@dataclass(frozen=True)
class DataEstimate:
    """What the data say of the effects of all kinds together, without any prior of theirs.

    Parameters
    ----------
    mean
        Per kind, logit per unit of dose.
    covariance
        Kinds x kinds.
    """

    mean: Floats
    covariance: Floats

    @property
    def sd(self) -> Floats:
        """Standard error of every kind's effect."""
        return np.sqrt(np.diag(self.covariance))


def in_likelihood(panel: Panel, doses: Sequence[Dose], fitted: FittedHierarchical) -> DataEstimate:
    """Estimate effects by generalised least squares through the messages of the tree.

    Variances between elections are integrated over, as in a forecast; the effects' priors are
    left flat, so that prior and data can be shown apart.

    Parameters
    ----------
    panel
        Places by contests.
    doses
        The doses of every kind.
    fitted
        The model fitted to the same results.
    """
    flat = [LinearEffect(dose.kind, dose.values, 0.0, _FLAT) for dose in doses]
    others = (*offsets(panel), *covariate_effects(panel, fitted.model.covariates))
    state = TreeState.of(fitted.model, panel, fitted.levels, (*flat, *others))
    posterior = state.posterior
    kept = posterior.weights > 1e-6 * posterior.weights.max()
    weights = posterior.weights[kept] / posterior.weights[kept].sum()
    quadratic = state.upper(posterior.draws[kept]).nodes[0].up.quadratic[:, 0]
    means, precision = effects_posterior(quadratic, *state.effect_priors)
    kinds = slice(len(doses))
    center = weights @ means[:, kinds]
    away = means[:, kinds] - center
    within = np.einsum("d,dij->ij", weights, np.linalg.inv(precision)[:, kinds, kinds])
    return DataEstimate(center, within + (weights[:, None] * away).T @ away)
