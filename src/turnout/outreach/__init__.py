"""What outreach has done: estimators side by side, placebo, and experiments."""

from turnout.outreach.effect import OutreachEffect, estimate_outreach, prior_effect
from turnout.outreach.experiment import RolloutEffect, estimate_rollout
from turnout.outreach.posterior import EffectPosterior
from turnout.outreach.rollout import Rollout, Treatment, design_rollout

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
