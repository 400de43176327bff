"""What outreach has done: estimators side by side, placebo, and experiments."""

from turnout.outreach.effect.estimate import OutreachEffect, estimate_outreach, prior_effect
from turnout.outreach.effect.posterior import EffectPosterior
from turnout.outreach.trial.design import Rollout, Treatment, design_rollout
from turnout.outreach.trial.estimate import RolloutEffect, estimate_rollout

__all__ = [
    "EffectPosterior",
    "OutreachEffect",
    "Rollout",
    "RolloutEffect",
    "Treatment",
    "design_rollout",
    "estimate_outreach",
    "estimate_rollout",
    "prior_effect",
]
