"""A county whose contests come from the model's own prior, to see whether its intervals hold.

The whole, its four districts and their areas are drawn from the priors of the tree: the root of the
default prior, districts and areas of the weak prior of a level whose places scatter by .12 and .15
logit. Contest by contest every district and area has its value given its past, the innovation
scaled by the night's scatter (log size of sd .35), and the areas have the night's slopes on size,
on level and on type, and on two directions of their own in which they move together, of the usual
sizes (`turnout.models.covariates.night`). Voters are binomial.

In a model that is right about all of this 90 of 100 intervals hold. It is not told the scatter of
the levels, the directions or the sizes of anything: it learns them from five past contests.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from turnout.arrays import Floats, Ints
from turnout.models.covariates.night import USUAL_SCATTER, USUAL_SLOPES
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.priors import DEFAULT
from turnout.models.tree.root import RootProcess
from turnout.models.tree.variances import LevelPrior

AREAS, DISTRICTS = 32, 4
SCATTER = {"district": 0.12, "area": 0.15}
_MEMORY = 25.0
_EARLIEST, _LAST = 0.02, 0.98


def simulated(seed: int) -> pd.DataFrame:
    """Return the results of an invented county, six contests of two types.

    Parameters
    ----------
    seed
        Of the county.
    """
    rng = np.random.default_rng(seed)
    contests = _contests()
    kernel = ContestKernel.of(contests)
    district = np.arange(AREAS) % DISTRICTS
    size = rng.lognormal(9, 0.7, AREAS).round()
    whole = _whole(kernel, rng)
    scatter = np.exp(USUAL_SCATTER * rng.standard_normal(len(contests)))
    districts = _innovated(kernel, SCATTER["district"], scatter, DISTRICTS, rng)
    areas = _innovated(kernel, SCATTER["area"], scatter, AREAS, rng)
    values = whole + districts[district] + areas
    directions = np.stack([_standard(rng.standard_normal(AREAS), size) for _ in range(2)], axis=1)
    types = contests["election_type"].factorize()[0]
    for contest in range(len(contests)):
        columns = np.column_stack([_columns(values, types, contest, size), directions])
        values[:, contest] += columns @ (np.array(USUAL_SLOPES) * rng.standard_normal(5))
    shares = expit(values.clip(logit(_EARLIEST), logit(_LAST)))
    voters = rng.binomial(size[:, None].astype(int), shares)
    places = {
        "district": [f"district {number}" for number in district],
        "area": [f"area {number}" for number in range(AREAS)],
        "registered": size,
    }
    parts = [
        pd.DataFrame({**contest, **places, "voters": voters[:, number]})
        for number, contest in enumerate(contests.drop(columns="type_group").to_dict("records"))
    ]
    return pd.concat(parts, ignore_index=True)


def _contests() -> pd.DataFrame:
    types = ["local", "regional"] * 3
    return pd.DataFrame(
        {
            "election": [f"contest {number}" for number in range(6)],
            "date": [pd.Timestamp(f"{2000 + 3 * number}-05-01") for number in range(6)],
            "election_type": types,
            "type_group": types,
        }
    )


def _whole(kernel: ContestKernel, rng: np.random.Generator) -> Floats:
    """Draw the root's logits, (contests,)."""
    prior, root = DEFAULT.level(kernel.days), RootProcess.of(DEFAULT, kernel)
    drawn = prior.center + prior.spread * rng.standard_normal(len(prior.center))
    return rng.multivariate_normal(root.mean, kernel.covariance(drawn) + root.covariance)


def _innovated(
    kernel: ContestKernel,
    scatter: float,
    sizes: Floats,
    places: int,
    rng: np.random.Generator,
) -> Floats:
    """Draw places' deviations contest by contest, each innovation scaled; (places, contests)."""
    prior = LevelPrior.of_scatter(scatter, _MEMORY)
    covariance = kernel.covariance(
        prior.center + prior.spread * rng.standard_normal(len(prior.center))
    )
    values = np.zeros((places, len(sizes)))
    for contest, size in enumerate(sizes):
        past = np.linalg.pinv(covariance[:contest, :contest])
        gain = covariance[contest, :contest] @ past
        variance = covariance[contest, contest] - gain @ covariance[:contest, contest]
        own = size * np.sqrt(max(variance, 0.0)) * rng.standard_normal(places)
        values[:, contest] = values[:, :contest] @ gain + own
    return values


def _columns(values: Floats, types: Ints, contest: int, size: Floats) -> Floats:
    """Return log size, level and type of the places before a contest, standardised."""
    past, own = values[:, :contest], types[:contest] == types[contest]
    columns = [np.log(size), np.zeros(len(size)), np.zeros(len(size))]
    if contest:
        columns[1] = past.mean(axis=1)
    if own.any() and not own.all():
        columns[2] = past[:, ~own].mean(axis=1) - past[:, own].mean(axis=1)
    return np.stack([_standard(column, size) for column in columns], axis=1)


def _standard(column: Floats, size: Floats) -> Floats:
    away = column - np.average(column, weights=size)
    spread = float(np.sqrt((away**2).mean()))
    return away / spread if spread > 0 else away
