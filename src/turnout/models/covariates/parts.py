"""The parts of a covariate: what is the same in a whole contest, and what differs between places.

What a place's covariate changes beside its neighbours says little of what happens where it moves
everywhere: crowded stations may keep people at home who would go to the next one, and a new rule
that crowds all stations alike be a change of another kind. So the mean of a contest has a
coefficient of its own, learned from few contests, and only what lies above or below it is learned
from the many places (Mundlak 1978, Econometrica 46, 69-85).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Floats, Ints
from turnout.models.covariates.linear_effect import LinearEffect
from turnout.models.covariates.values import Values

CONTEST_SD = 0.3
"""Prior sd (logit) of what one standard deviation of a contest's covariate changes."""

PLACE_SD = 0.15
"""Prior sd (logit) of what one standard deviation of a place's covariate changes."""

MEAN = " (mean)"
"""What follows a covariate's name in the name of its contest's mean."""


# A hundredth of the usual value is the least that is taken for a difference.
_FAINT = 0.01


@dataclass(frozen=True)
class DocumentedPrior:
    """What is known of a covariate's effect: logit per unit, and where that comes from."""

    mean: float
    sd: float
    source: str


_ONE_CANDIDATE = DocumentedPrior(
    -0.1,
    0.2,
    "our judgement (docs/model.md, section 10), no causal estimate",
)

DOCUMENTED: Mapping[str, DocumentedPrior] = {
    "uncontested": _ONE_CANDIDATE,
    "kotak_kosong": _ONE_CANDIDATE,
}
"""Covariates with a prior of their own; all others have `CONTEST_SD` or `PLACE_SD`."""


@dataclass(frozen=True)
class Part:
    """A part of a covariate that has one coefficient.

    Parameters
    ----------
    name
        The covariate's name; that of a contest's mean ends in `MEAN`.
    away
        (nodes, contests) distance from the usual in the covariate's own units, NaN where unknown.
    unit
        What is taken for one: the past standard deviation, more where the coming election lies
        far beyond it, or one of its own units where the prior is documented.
    mean, sd
        Prior of what `unit` changes (logit).
    past, coming
        Lowest and highest value in the past, and the coming election's; of a part between places
        the latter is NaN.
    spread
        Past standard deviation, of a mean that of its places counted in.
    """

    name: str
    away: Floats
    unit: float
    mean: float
    sd: float
    past: tuple[float, float]
    coming: float
    spread: float

    @property
    def varied(self) -> bool:
        """Whether it took more than one value in the past."""
        return self.past[1] - self.past[0] > _tolerance(self.past[1])

    @property
    def is_beyond(self) -> bool:
        """Whether the coming election lies outside of what a varied past has seen, far off."""
        low, high = self.past
        outside = not low <= self.coming <= high and not np.isnan(self.coming)
        return self.varied and outside and self.unit > self.spread

    @property
    def effect(self) -> LinearEffect:
        """The linear effect; where the covariate is not known it counts at the mean."""
        standard = np.nan_to_num(self.away / self.unit)
        return LinearEffect(self.name, standard, self.mean, self.sd, unit=self.unit)


def parts_of(panel: Panel, name: str, values: Values, coming: int | None) -> tuple[Part, ...]:
    """Split a covariate into what a contest has in common and what differs between its places.

    Parameters
    ----------
    panel
        Places by contests.
    name
        The covariate.
    values
        Its values, known for some past contest and, where one is coming, for that.
    coming
        Row number of the coming election; None while only the past is looked at.
    """
    node, contest = panel.cells["node"].to_numpy(), panel.cells["contest"].to_numpy()
    before = contest != coming
    node, contest = node[before], contest[before]
    own = values.grid - values.grid[0]
    past = own[node, contest]
    past = past[~np.isnan(past)]
    spread = _size(past)
    shared = _of_contests(name, values, np.unique(contest), coming, spread)
    if values.of_contests:
        return (shared,)
    ahead = np.nan if coming is None else _size(own[panel.targets, coming])
    within = Part(
        name,
        own,
        **_prior(name, spread, ahead, _FAINT * _size(values.grid[node, contest]), PLACE_SD),
        past=(float(past.min()), float(past.max())),
        coming=np.nan,
        spread=spread,
    )
    if not shared.varied and not abs(shared.coming - shared.past[0]) > _tolerance(shared.coming):
        return (within,)
    return (within, shared)


def _of_contests(
    name: str, values: Values, contests: Ints, coming: int | None, within: float
) -> Part:
    """Return the part that a contest's places have in common.

    Its unit counts the scatter of the places in: a mean that moves by little of it is not expected
    to move turnout by much.
    """
    whole = values.grid[0]
    past = whole[contests]
    past = past[~np.isnan(past)]
    center, spread = float(past.mean()), float(np.hypot(past.std(), within))
    ahead = np.nan if coming is None else float(whole[coming])
    away = np.broadcast_to(whole - center, values.grid.shape)
    return Part(
        name if values.of_contests else f"{name}{MEAN}",
        away,
        **_prior(name, spread, abs(ahead - center), _FAINT * abs(center), CONTEST_SD),
        past=(float(past.min()), float(past.max())),
        coming=ahead,
        spread=spread,
    )


def _prior(name: str, spread: float, change: float, least: float, sd: float) -> dict[str, float]:
    """Return unit, mean and standard deviation of a prior.

    A weak prior per past standard deviation would let what hardly ever varied do anything: four
    elections 60 months apart say nothing of one after 24. What lies more than two standard
    deviations off stretches the unit instead, so that it never counts for more than two; and a
    day more than ever in 60 months is next to nothing.
    """
    if name in DOCUMENTED:
        return {"unit": 1.0, "mean": DOCUMENTED[name].mean, "sd": DOCUMENTED[name].sd}
    unit = np.fmax(np.fmax(spread, change - spread), least)
    return {"unit": float(unit) if unit > 0 else 1.0, "mean": 0.0, "sd": sd}


def _size(away: Floats) -> float:
    """Return the root of the mean square of what is known; 0 where nothing is."""
    known = away[~np.isnan(away)]
    return float(np.sqrt((known**2).mean())) if len(known) else 0.0


def _tolerance(value: float) -> float:
    return 1e-9 * max(1.0, abs(value))
