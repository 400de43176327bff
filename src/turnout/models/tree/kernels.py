"""Covariance between contests at one level of the tree (docs/model.md, section 2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats, Ints
from turnout.language import Text
from turnout.models.contest_kinds import ContestKinds

# Contests of one day share most of their shock, not all of it.
_SHARED_OF_A_DAY = 0.9
# What of a type is its offices'; the rest is its own.
_OF_THE_OFFICES = 0.8
_DAYS_PER_YEAR = 365.25
# Logs of sizes and memories beyond this are all alike: far from anything that turnout can do.
_LARGEST = 20.0


@dataclass(frozen=True)
class ContestKernel:
    r"""Covariances between contests as a function of a level's parameters.

    .. math:: K = \sum_j \sigma_j^2 R_j e^{-|t-t'|/\ell\ [j\ \text{fades}]}

    with the terms j and their correlations R of `TERMS`.

    Parameters
    ----------
    same_type, same_group, gap, shock
        Contests x contests: how much the types have in common, whether the groups agree, years
        between the polling days, and the share of the shock in common.
    years
        (contests,) years since the first contest.
    day
        (contests,) number of each contest's polling day, from 0.
    kinds
        Kinds of office of the contests.
    """

    same_type: Floats
    same_group: Floats
    gap: Floats
    shock: Floats
    years: Floats
    day: Ints
    kinds: ContestKinds

    @classmethod
    def of(cls, contests: pd.DataFrame) -> ContestKernel:
        """Return the kernel of a panel's contests."""
        types = contests["election_type"].to_numpy(dtype=object)
        groups = contests["type_group"].to_numpy(dtype=object)
        days = contests["date"].to_numpy().astype("datetime64[D]").astype(float)
        gap = np.abs(days[:, None] - days[None, :])
        same_day = (gap == 0).astype(float)
        kinds = ContestKinds.of(contests)
        own = (types[:, None] == types[None, :]).astype(float)
        return cls(
            same_type=_OF_THE_OFFICES * kinds.in_common + (1 - _OF_THE_OFFICES) * own,
            same_group=(groups[:, None] == groups[None, :]).astype(float),
            gap=gap / _DAYS_PER_YEAR,
            shock=_SHARED_OF_A_DAY * same_day + (1 - _SHARED_OF_A_DAY) * np.eye(len(days)),
            years=(days - days.min()) / _DAYS_PER_YEAR,
            day=np.unique(days, return_inverse=True)[1].astype(np.intp),
            kinds=kinds,
        )

    @property
    def days(self) -> int:
        """Number of polling days."""
        return int(self.day.max()) + 1

    def covariance(self, log_parameters: Floats) -> Floats:
        """Return the covariance, (..., contests, contests).

        Parameters
        ----------
        log_parameters
            (..., 7) logs of the standard deviations (logit) of `COMPONENTS` and of the memory
            in years; or (..., 7 + days), the rest being logs of how much larger than usual the
            shock of each polling day is.
        """
        return self.components(log_parameters).sum(axis=-3)

    def components(self, log_parameters: Floats) -> Floats:
        """Return what each of `COMPONENTS` adds to the covariance, (..., 6, contests, contests)."""
        # Searches propose absurd sizes too, which must lose by their evidence, not overflow.
        log_parameters = np.minimum(log_parameters, _LARGEST)
        variance = np.exp(2 * log_parameters[..., _SIZES])[..., None, None]
        parts = self._correlations(log_parameters)
        if log_parameters.shape[-1] > len(PARAMETERS):
            larger = np.exp(log_parameters[..., len(PARAMETERS) + self.day])
            parts[..., COMPONENTS.index("shock"), :, :] *= (
                larger[..., :, None] * larger[..., None, :]
            )
        return variance * parts

    def gradient(self, log_parameters: Floats, slope: Floats) -> Floats:
        """Return the derivative of a function of the covariance by the log parameters.

        Parameters
        ----------
        log_parameters
            (7,) logs of the parameters.
        slope
            (contests, contests) derivative of the function by the covariance.
        """
        variance = np.exp(2 * log_parameters[_SIZES])
        by_part = variance[:, None, None] * self._correlations(log_parameters) * slope
        fading = (by_part[_FADES] * self.gap).sum() / memory_of(log_parameters)
        return np.append(2 * by_part.sum(axis=(1, 2)), fading)

    def _correlations(self, log_parameters: Floats) -> Floats:
        """Return the correlation that each component gives, (..., 6, contests, contests)."""
        memory = memory_of(log_parameters.clip(-_LARGEST))[..., None, None]
        decay = np.exp(-self.gap / memory)
        parts = [term.alike(self) * (decay if term.fades else 1.0) for term in TERMS]
        return np.stack(np.broadcast_arrays(*parts), axis=-3)


@dataclass(frozen=True)
class Term:
    """One part of the variance of a level.

    Parameters
    ----------
    name
        What tables call it; `priors.TopPrior` has its prior at the root under this name.
    source
        What it is to a reader who asks where uncertainty comes from: what the ``type`` usually
        draws, ``drift``, or the ``shock`` of the day.
    alike
        The correlation of contests (contests x contests).
    fades
        Whether it is forgotten over the memory.
    label
        What people call it.
    """

    name: str
    source: str
    alike: Callable[[ContestKernel], Floats]
    fades: bool
    label: Text


TERMS = (
    Term(
        "lasting",
        "type",
        lambda kernel: np.ones_like(kernel.gap),
        fades=False,
        label=Text(en="lasting differences", id="perbedaan tetap"),
    ),
    Term(
        "type",
        "type",
        lambda kernel: kernel.same_type,
        fades=False,
        label=Text(en="by type", id="menurut jenis"),
    ),
    Term(
        "type_group",
        "type",
        lambda kernel: kernel.same_group,
        fades=False,
        label=Text(en="by family of types", id="menurut rumpun jenis"),
    ),
    Term(
        "drift",
        "drift",
        lambda kernel: np.ones_like(kernel.gap),
        fades=True,
        label=Text(en="drift", id="pergeseran"),
    ),
    Term(
        "type_drift",
        "drift",
        lambda kernel: kernel.same_type,
        fades=True,
        label=Text(en="drift within a type", id="pergeseran dalam satu jenis"),
    ),
    Term(
        "shock",
        "shock",
        lambda kernel: kernel.shock,
        fades=False,
        label=Text(en="shock of a polling day", id="guncangan satu hari pemungutan suara"),
    ),
)
"""The parts of a level's variance: a new one is a row here, and its prior in `priors`."""

COMPONENTS = tuple(term.name for term in TERMS)
"""Names of the parts, in the order of the parameters; the memory (years) comes after them."""

PARAMETERS = (*COMPONENTS, "memory")

_SIZES = slice(len(COMPONENTS))
_FADES: Bools = np.array([term.fades for term in TERMS])


def size_of(name: str, log_parameters: Floats) -> Floats:
    """Return the standard deviation (logit) of a component, (...,)."""
    return np.asarray(np.exp(log_parameters[..., COMPONENTS.index(name)]))


def memory_of(log_parameters: Floats) -> Floats:
    """Return the memory in years, (...,)."""
    return np.asarray(np.exp(log_parameters[..., PARAMETERS.index("memory")]))


def size_of_day(day: int, log_parameters: Floats) -> Floats:
    """Return how much larger than usual the shock of a polling day is, (...,).

    It is 1 at levels whose days have no sizes of their own.
    """
    own = len(PARAMETERS) + day
    if own >= log_parameters.shape[-1]:
        return np.ones(log_parameters.shape[:-1])
    return np.asarray(np.exp(log_parameters[..., own]))
