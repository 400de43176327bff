"""Draws given turnout by an hour of polling day in some or all places, all of them at once.

Every draw says what would have been reported by the hour: its turnout on the logit scale, less the
shift, the share of it that all places have in common and each place's own. What was reported
differs from that, and every place moves by its covariance with the difference (Matheron's rule),

.. math:: x' = x + C_{xg} (C_{gg} + s^2 11' + e^2 I)^{-1} (y - (g - shift + c + e))

which is exact where the draws are jointly normal on the logit scale.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit
from scipy.stats import norm

from turnout.arrays import Bools, Floats
from turnout.forecast.room import Draws
from turnout.part_day import Relation

DRAWS_PER_REPORT = 20
"""Draws that are needed per report, for their covariances to be more than chance."""

_EDGE = 1e-6
_BLOCK = 2_000


def tail_of_reports(draws: Draws, weights: Floats, said: Floats, relation: Relation) -> float:
    """Return how likely reports on the mean at least as far off were, by the draws, on both sides.

    Parameters
    ----------
    draws
        (draws, places) turnout as a share.
    weights
        (reports, places) shares of the registered voters that each report is of.
    said
        (reports,) turnout by the hour.
    relation
        How the final turnout relates to it.
    """
    turnout = draws.astype(np.float64) @ weights.T
    mean = logit(turnout.clip(_EDGE, 1 - _EDGE)).mean(axis=1) - relation.shift
    sd = float(np.hypot(relation.shared, relation.own / np.sqrt(len(said))))
    below = float(norm.cdf((logit(said).mean() - mean) / sd).mean())
    return 2 * min(below, 1 - below)


def given_reports(
    draws: Draws,
    size: Floats,
    counted: Floats,
    weights: Floats,
    said: Floats,
    relation: Relation,
) -> Draws:
    """Return the draws given reports by the hour.

    Parameters
    ----------
    draws
        (draws, places) turnout as a share.
    size
        (places,) registered voters.
    counted
        (2, places) registered and voters that are counted already: they stay.
    weights, said, relation
        As in `tail_of_reports`.
    """
    rng = np.random.default_rng(13)
    values = logit((draws.astype(np.float64) @ weights.T).clip(_EDGE, 1 - _EDGE))
    away = values - values.mean(axis=0)
    covariance = away.T @ away / len(away)
    covariance += relation.shared**2 + relation.own**2 * np.eye(len(said))
    noise = relation.shared * rng.standard_normal((len(draws), 1))
    noise = noise + relation.own * rng.standard_normal(values.shape)
    moved = np.linalg.solve(covariance, (logit(said) - (values - relation.shift + noise)).T).T
    still_open = (size - counted[0]).clip(0)
    out = draws.copy()
    rows = np.flatnonzero(still_open > 0)
    for start in range(0, len(rows), _BLOCK):
        part = rows[start : start + _BLOCK]
        share = (draws[:, part] * size[part] - counted[1][part]) / still_open[part]
        x = logit(share.clip(_EDGE, 1 - _EDGE))
        gain = (x - x.mean(axis=0)).T @ away / len(away)
        share = expit(x + moved @ gain.T)
        out[:, part] = (counted[1][part] + share * still_open[part]) / size[part]
    for report in np.flatnonzero((weights > 0).sum(axis=1) == 1):
        # Who had voted by the hour has voted.
        place = int(np.argmax(weights[report]))
        if still_open[place] > 0:
            out[:, place] = np.maximum(out[:, place], said[report])
    return out


def known_already(weights: Floats, still_open: Floats) -> Bools:
    """Return the reports (reports,) of places that are counted completely."""
    return np.asarray((weights * still_open).sum(axis=1) <= 0)
