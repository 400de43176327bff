"""How the posterior changes with the prior and with the bias that is allowed for."""

from __future__ import annotations

from itertools import product

import pandas as pd

from turnout.outreach.effect.likelihood import DataEstimate
from turnout.outreach.effect.posterior import combine

PRIOR_SCALES = (0.5, 1.0, 2.0)
BIAS_SDS = (0.0, 0.04, 0.1)


def sensitivity(table: pd.DataFrame, kinds: pd.DataFrame, data: DataEstimate) -> pd.DataFrame:
    """Return the posterior for half and twice the prior's mean, and no, usual and large bias.

    Parameters
    ----------
    table, kinds, data
        Those of an `OutreachEffect`.
    """
    prior = table[table["estimate"] == "prior"]
    mean, sd = prior["effect"].to_numpy(float), prior["sd"].to_numpy(float)
    per_logit = (prior["points"] / prior["effect"]).to_numpy(float)
    names = tuple(kinds["kind"])
    tables = []
    for scale, bias in product(PRIOR_SCALES, BIAS_SDS):
        bias_sd = bias / kinds["mean_dose"].to_numpy(float)
        found = combine(names, (scale * mean, sd), (data.mean, data.covariance), bias_sd)
        tables.append(
            pd.DataFrame(
                {
                    "kind": names,
                    "prior_scale": scale,
                    "bias_sd": bias,
                    "effect": found.mean,
                    "sd": found.sd,
                    "points": per_logit * found.mean,
                }
            )
        )
    rows = pd.concat(tables, ignore_index=True)
    return rows.sort_values("kind", kind="stable").reset_index(drop=True)
