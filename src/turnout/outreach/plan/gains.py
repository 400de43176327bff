"""What activities would change, draw by draw of turnout and of the effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Floats, Ints
from turnout.forecast import Forecast
from turnout.levels import USUAL, tails
from turnout.outreach.plan.steps import Field, Steps

_BLOCK = 500


@dataclass(frozen=True)
class Gain:
    """What an allocation gains.

    Parameters
    ----------
    counts
        Activities per place and option.
    voters
        Voters gained, per draw.
    by_place
        Mean voters gained, per place.
    total
        Turnout of the whole with the activities, per draw.
    """

    counts: Ints
    voters: Floats
    by_place: Floats
    total: Floats


def gain_of(forecast: Forecast, field: Field, counts: Ints, effects: Floats) -> Gain:
    """Return what an allocation changes in every draw.

    Parameters
    ----------
    forecast
        Joint draws of turnout without the activities.
    field
        Places and options.
    counts
        Activities per place and option.
    effects
        Draws x options, logit per unit of dose; as many draws as the forecast has.
    """
    dose = field.dose(counts.astype(float))
    voters = np.zeros(len(effects))
    by_place = np.zeros(len(dose))
    active = np.flatnonzero((dose > 0).any(axis=1))
    for start in range(0, len(active), _BLOCK):
        rows = active[start : start + _BLOCK]
        turnout = forecast.draws[:, rows]
        odds = np.exp((effects @ dose[rows].T).astype(np.float32))
        change = (turnout * odds / (1 + turnout * (odds - 1)) - turnout) * field.registered[
            rows
        ].astype(np.float32)
        voters += change.sum(axis=1, dtype=np.float64)
        by_place[rows] = change.mean(axis=0, dtype=np.float64)
    before = forecast.at(forecast.top).draws[:, 0]
    return Gain(counts, voters, by_place, before + voters / field.registered.sum())


def comparison(
    gains: dict[str, Gain], field: Field, costs: Sequence[float], goal: float | None
) -> pd.DataFrame:
    """Return the rules side by side: what each takes and gains.

    Returns
    -------
    pandas.DataFrame
        rule, activities, people, money, gain_voters, lower_voters and upper_voters (90%), gain,
        lower and upper (shares of turnout), prob_goal (NaN without a goal).
    """
    registered = field.registered.sum()
    rows = []
    for rule, gain in gains.items():
        low, high = np.quantile(gain.voters, tails(USUAL))
        mean = gain.voters.mean()
        reached = (
            np.nan if goal is None else (gain.total.astype(np.float32) >= np.float32(goal)).mean()
        )
        rows.append(
            {
                "rule": rule,
                "activities": int(gain.counts.sum()),
                "people": float((gain.counts * field.reach).sum()),
                "money": _money(gain.counts, costs),
                "gain_voters": mean,
                "lower_voters": low,
                "upper_voters": high,
                "gain": mean / registered,
                "lower": low / registered,
                "upper": high / registered,
                "prob_goal": reached,
            }
        )
    return pd.DataFrame(rows)


def curve(
    field: Field, steps: Steps, order: Ints, effects: Floats, points: int = 41
) -> pd.DataFrame:
    """Return the gain against the budget when steps are taken in `order`.

    Effects are so small that the gain is taken as linear in them.

    Returns
    -------
    pandas.DataFrame
        budget, gain, lower, upper (90%): shares of turnout.
    """
    spent = np.concatenate([[0.0], np.cumsum(steps.price[order])])
    at = np.unique(np.linspace(0, len(order), points).astype(np.intp))
    dose_worth = np.zeros((len(order) + 1, effects.shape[1]))
    expected = field.effect[steps.option[order]]
    with np.errstate(invalid="ignore", divide="ignore"):
        worth = np.where(expected != 0, steps.gain[order] / expected, 0.0)
    dose_worth[np.arange(1, len(order) + 1), steps.option[order]] = worth
    summed = np.cumsum(dose_worth, axis=0)[at]
    drawn = effects @ summed.T / field.registered.sum()
    low, high = np.quantile(drawn, tails(USUAL), axis=0)
    return pd.DataFrame(
        {"budget": spent[at], "gain": drawn.mean(axis=0), "lower": low, "upper": high}
    )


def _money(counts: Ints, costs: Sequence[float]) -> float:
    used = counts.sum(axis=0) > 0
    prices = np.asarray(costs, dtype=float)
    return float((counts[:, used] * prices[used]).sum())
