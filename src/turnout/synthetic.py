"""Simulated panels with known truth: results of an invented city and the activities before them.

Nothing here is an observation. The tables are made to see whether an estimator finds what was
put in, and to show the work on a log where no public one exists.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from turnout.schema import canonical_results

Floats = NDArray[np.float64]

Assignment = Literal["random", "chronically_low", "low_last_time", "foreseen"]
"""Which areas staff send activities to: any, those that are always low, those that were low at
the last election, or those of which they foresee that they will be low."""


@dataclass(frozen=True)
class Truth:
    """What a simulated panel is made of; standard deviations are in logit.

    Parameters
    ----------
    areas, elections
        Size of the panel; the elections are two and a half years apart.
    level
        Mean logit of turnout.
    shock_sd
        Of the elections.
    area_sd
        Of the areas' lasting differences.
    noise_sd
        Of an area's own at one election.
    effect
        Change of the logit per unit of dose.
    treated
        Number of last elections that had activities, each in half of the areas.
    """

    areas: int = 68
    elections: int = 5
    level: float = 0.9
    shock_sd: float = 0.28
    area_sd: float = 0.15
    noise_sd: float = 0.08
    effect: float = 0.1
    treated: int = 3


@dataclass(frozen=True)
class SimulatedPanel:
    """An invented city.

    Parameters
    ----------
    results
        Canonical results table.
    outreach
        The activity log, one row per area and election with activities; `simulated` is True in
        every row.
    truth
        What it was made of.
    mean_dose
        Mean dose of the areas that had activities: reached / registered, saturated at one half.
    """

    results: pd.DataFrame
    outreach: pd.DataFrame
    truth: Truth
    mean_dose: float = field(default=np.nan)


def simulate_panel(
    assignment: Assignment, rng: np.random.Generator, truth: Truth | None = None
) -> SimulatedPanel:
    """Simulate results and activities of a city whose staff choose places by `assignment`.

    Parameters
    ----------
    assignment
        How places are chosen.
    rng
        Source of randomness.
    truth
        What the panel is made of.

    Returns
    -------
    SimulatedPanel

    Examples
    --------
    >>> panel = simulate_panel("chronically_low", np.random.default_rng(1))
    >>> len(panel.results), len(panel.outreach), round(panel.mean_dose, 2)
    (340, 102, 0.19)
    """
    truth = truth or Truth()
    size = rng.lognormal(np.log(5_500), 0.6, truth.areas).round() + 300
    lasting = truth.area_sd * rng.standard_normal(truth.areas)
    logits = np.empty((truth.areas, truth.elections))
    reached = np.zeros_like(logits)
    doses = np.zeros_like(logits)
    for election in range(truth.elections):
        own = truth.noise_sd * rng.standard_normal(truth.areas)
        if election >= truth.elections - truth.treated:
            sorrow = {
                "random": rng.standard_normal(truth.areas),
                "chronically_low": lasting,
                "low_last_time": logits[:, election - 1],
                "foreseen": own,
            }[assignment]
            chosen = np.argsort(sorrow, kind="stable")[: truth.areas // 2]
            reached[chosen, election] = (rng.uniform(0.1, 0.4, len(chosen)) * size[chosen]).round()
            doses[:, election] = 0.5 * -np.expm1(-2 * reached[:, election] / size)
        shock = truth.shock_sd * rng.standard_normal()
        logits[:, election] = (
            truth.level + shock + lasting + own + truth.effect * doses[:, election]
        )
    days = [dt.date(2004, 4, 5) + dt.timedelta(days=913 * step) for step in range(truth.elections)]
    voters = rng.binomial(size[:, None].astype(int), expit(logits))
    return SimulatedPanel(
        results=_results(size, voters, days),
        outreach=_log(reached, days),
        truth=truth,
        mean_dose=float(doses[doses > 0].mean()) if doses.any() else np.nan,
    )


def _results(size: Floats, voters: NDArray[np.int64], days: list[dt.date]) -> pd.DataFrame:
    area, election = np.meshgrid(np.arange(len(size)), np.arange(len(days)), indexing="ij")
    return canonical_results(
        pd.DataFrame(
            {
                "date": pd.to_datetime([days[one] for one in election.ravel()]),
                "election_type": "pilkada",
                "city": "Kota Simulasi",
                "district": [f"Kecamatan {one // 8 + 1}" for one in area.ravel()],
                "area": [f"Kelurahan {one + 1}" for one in area.ravel()],
                "registered": np.repeat(size, len(days)),
                "voters": voters.ravel(),
            }
        )
    )


def _log(reached: Floats, days: list[dt.date]) -> pd.DataFrame:
    area, election = np.nonzero(reached)
    return pd.DataFrame(
        {
            "date": pd.to_datetime([days[one] - dt.timedelta(days=60) for one in election]),
            "city": "Kota Simulasi",
            "district": [f"Kecamatan {one // 8 + 1}" for one in area],
            "area": [f"Kelurahan {one + 1}" for one in area],
            "kind": "face_to_face",
            "reached": reached[area, election],
            "simulated": True,
        }
    )
