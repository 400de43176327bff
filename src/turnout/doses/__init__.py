"""Outreach as the models see it: doses per area and contest, and priors per kind of activity."""

from turnout.doses.dose import (
    Dose,
    counted_activities,
    dose_columns,
    is_compared,
    mean_dose,
    saturating,
)
from turnout.doses.placing import PlacedLog, place_log
from turnout.doses.priors import BIAS_SD, PLACES_ONLY_SD, PRIORS, EffectPrior, prior_of

__all__ = [
    "BIAS_SD",
    "PLACES_ONLY_SD",
    "PRIORS",
    "Dose",
    "EffectPrior",
    "PlacedLog",
    "counted_activities",
    "dose_columns",
    "is_compared",
    "mean_dose",
    "place_log",
    "prior_of",
    "saturating",
]
