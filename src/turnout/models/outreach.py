"""Outreach in the likelihood: the effect of every kind of activity, and the bias of its doses."""

from __future__ import annotations

import pandas as pd

from turnout.areas import Panel
from turnout.doses import BIAS_SD, PLACES_ONLY_SD, dose_columns, is_compared, mean_dose
from turnout.models.effects import LeafEffect

BIAS = " (bias)"
"""What follows a kind's name in the name of its bias."""


def outreach_effects(
    panel: Panel,
    outreach: pd.DataFrame,
    *,
    coming: int | None = None,
    bias_sd: float = BIAS_SD,
) -> tuple[LeafEffect, ...]:
    """Return two columns per kind of activity: its effect, and the bias of what is observed.

    Staff choose places, so past doses go together with the sum of an effect and a bias. The bias
    is a coefficient of its own on the past doses; it is no part of what the coming election gains
    from activities, which is what keeps it out of the forecast.

    Parameters
    ----------
    panel
        Places by contests.
    outreach
        Activities of the past and, where there are any, for the coming election.
    coming
        Row number of the coming election, whose doses carry no bias.
    bias_sd
        Standard deviation of the bias in logit, at the treated areas' mean dose; 0 for activities
        that were assigned by lot. It is `PLACES_ONLY_SD` where no place can be compared with
        itself.

    Returns
    -------
    tuple of LeafEffect
        The effect of each kind, in order of name, each followed by its bias where it has one.
    """
    effects: list[LeafEffect] = []
    for dose in dose_columns(panel, outreach):
        effects.append(LeafEffect(dose.kind, dose.values, dose.prior.mean, dose.prior.sd))
        past = dose.values.copy()
        if coming is not None:
            past[:, coming] = 0.0
        usual = mean_dose(past[panel.is_leaf])
        if bias_sd > 0 and usual > 0:
            sd = (bias_sd if is_compared(panel, past) else PLACES_ONLY_SD) / usual
            effects.append(LeafEffect(f"{dose.kind}{BIAS}", past, 0.0, sd))
    return tuple(effects)
