"""Covariance between contests at one level of the tree (MODEL.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Floats, Ints

COMPONENTS = ("lasting", "type", "type_group", "drift", "type_drift", "shock")
"""Parts of a level's variance, in the order of the parameters; the memory (years) comes last."""

PARAMETERS = (*COMPONENTS, "memory")

# Contests of one day share most of their shock, not all of it.
_SHARED_OF_A_DAY = 0.9
_DAYS_PER_YEAR = 365.25
# Logs of sizes and memories beyond this are all alike: far from anything that turnout can do.
_LARGEST = 20.0


@dataclass(frozen=True)
class ContestKernel:
    r"""Covariances between contests as a function of a level's parameters.

    .. math:: K = a^2 + b^2 [k=k'] + b_G^2 [G=G'] + (c^2 + w^2 [k=k']) e^{-|t-t'|/\ell}
              + d^2 (0.9 [t=t'] + 0.1 [e=e'])

    Parameters
    ----------
    same_type, same_group, gap, shock
        Contests x contests: whether type and group agree, years between the polling days, and
        the share of the shock in common.
    day
        (contests,) number of each contest's polling day, from 0.
    """

    same_type: Floats
    same_group: Floats
    gap: Floats
    shock: Floats
    day: Ints

    @classmethod
    def of(cls, contests: pd.DataFrame) -> ContestKernel:
        """Return the kernel of a panel's contests."""
        types = contests["election_type"].to_numpy(dtype=object)
        groups = contests["type_group"].to_numpy(dtype=object)
        days = contests["date"].to_numpy().astype("datetime64[D]").astype(float)
        gap = np.abs(days[:, None] - days[None, :])
        same_day = (gap == 0).astype(float)
        return cls(
            same_type=(types[:, None] == types[None, :]).astype(float),
            same_group=(groups[:, None] == groups[None, :]).astype(float),
            gap=gap / _DAYS_PER_YEAR,
            shock=_SHARED_OF_A_DAY * same_day + (1 - _SHARED_OF_A_DAY) * np.eye(len(days)),
            day=np.unique(days, return_inverse=True)[1].astype(np.intp),
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
        variance = np.exp(2 * log_parameters[..., : len(COMPONENTS)])[..., None, None]
        parts = self._parts(log_parameters)
        if log_parameters.shape[-1] > len(PARAMETERS):
            larger = np.exp(log_parameters[..., len(PARAMETERS) + self.day])
            parts[..., -1, :, :] *= larger[..., :, None] * larger[..., None, :]
        return variance * parts

    def _parts(self, log_parameters: Floats) -> Floats:
        """Return the correlation that each component gives, (..., 6, contests, contests)."""
        memory = np.exp(log_parameters[..., len(COMPONENTS)].clip(-_LARGEST))[..., None, None]
        decay = np.exp(-self.gap / memory)
        parts = (
            np.ones_like(self.gap),
            self.same_type,
            self.same_group,
            decay,
            decay * self.same_type,
            self.shock,
        )
        return np.stack(np.broadcast_arrays(*parts), axis=-3)

    def gradient(self, log_parameters: Floats, slope: Floats) -> Floats:
        """Return the derivative of a function of the covariance by the log parameters.

        Parameters
        ----------
        log_parameters
            (7,) logs of the parameters.
        slope
            (contests, contests) derivative of the function by the covariance.
        """
        variance = np.exp(2 * log_parameters[:-1])
        parts = self._parts(log_parameters)
        by_component = 2 * variance * np.einsum("kij,ij->k", parts, slope)
        fading = variance[3] * parts[3] + variance[4] * parts[4]
        by_memory = (fading * self.gap * slope).sum() / np.exp(log_parameters[-1])
        return np.append(by_component, by_memory)
