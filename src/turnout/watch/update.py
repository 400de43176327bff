"""One update of the night: what was forecast, from what, and what had changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from turnout.goals.words import SHORT, verdict_of
from turnout.levels import is_point
from turnout.quick_count import SampleEstimate
from turnout.schema import LISTED
from turnout.watch.counts import Said

_ALL = 1 - 1e-9
"""Share of the stations from which on all are in, but for the rounding of sums."""

LEVELS = (0.5, 0.9, 0.99)
"""The intervals of the whole that are kept: 99% is that of the rule for stopping."""


@dataclass(frozen=True)
class Whole:
    """The whole at one moment; turnout as shares.

    Parameters
    ----------
    registered
        Registered voters (count).
    mean, median
        Of the draws.
    lower, upper
        Ends of the intervals, by `LEVELS`.
    chance
        Probability that the goal is reached; None without a goal.
    counted_share
        Share of the stations that are in.
    counted_registered, counted_voters
        Registered and voters (counts) where stations are in.
    sample
        What a quick count's sample says of the whole by itself; None without one.
    doubtful
        Whether so much of what is in is in doubt that nothing can be called.
    in_doubt
        Share of the registered by which doubts of any size may change the turnout.
    on_top
        Whether votes without a roll of their own come or may come on top of all these figures.
    draws
        How many draws these are figures of; None where an older history does not tell it.
    """

    registered: float
    mean: float
    median: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    chance: float | None
    counted_share: float
    counted_registered: float
    counted_voters: float
    sample: SampleEstimate | None = None
    doubtful: bool = False
    in_doubt: float = 0.0
    on_top: bool = False
    draws: int | None = None


@dataclass(frozen=True)
class Update:
    """One update of the night.

    Parameters
    ----------
    at
        When it was made, by the clock of this machine.
    inputs
        SHA-256 of the count's files.
    basis
        SHA-256 of everything else that goes in: past results, settings.
    until
        Up to when the count goes; None before it, or where nobody said.
    whole
        The whole.
    changes
        What changed since the update before, and why, a sentence each.
    places
        One row per finest place, see `turnout.watch.appraisal.place_figures`.
    districts
        One row per place of the next coarser scale, likewise; empty where there is none.
    count
        The count's rows.
    projected
        Turnout of the whole if the places still out behave as their kecamatan has; None before
        the count.
    goal
        The goal (share), if any.
    place
        Name of the whole.
    of_file
        Whether `until` is the time of the count's file, as nobody said another.
    """

    at: dt.datetime
    inputs: str
    basis: str
    until: dt.datetime | None
    whole: Whole
    places: pd.DataFrame
    districts: pd.DataFrame
    count: pd.DataFrame
    changes: tuple[Said, ...] = ()
    projected: float | None = None
    goal: float | None = None
    place: Mapping[str, str] = field(default_factory=dict)
    of_file: bool = False

    @property
    def told_until(self) -> dt.datetime | None:
        """The time `until`, with the zone of this machine where it is by its clock."""
        return self.until.astimezone() if self.of_file and self.until else self.until

    @property
    def all_in(self) -> bool:
        """Whether all stations are in: the whole is the count, and nothing of it is forecast."""
        whole = self.whole
        settled = is_point(whole.lower[-1], whole.upper[-1])
        sure = not (whole.doubtful or whole.in_doubt or whole.on_top)
        return whole.counted_share > _ALL and settled and sure

    @property
    def tells_stations(self) -> bool:
        """Whether every row of the count has word of its stations."""
        if self.count.empty:
            return True
        told = self.count.reindex(columns=["stations_total", LISTED]).notna().any(axis=1)
        return bool(told.all())

    @property
    def decided(self) -> str:
        """``above`` or ``below`` the goal where the 99% interval lies on one side, else ``open``.

        The rule errs in at most 1 of 200 nights on each side if the forecast is calibrated,
        whenever and however often one looks: a probability given all that is known changes no
        more in expectation (docs/how-to/watch.md).
        """
        if self.goal is None:
            return "open"
        if self.whole.lower[-1] >= self.goal:
            return "above"
        is_below = self.whole.upper[-1] < self.goal and not self.whole.on_top
        return "below" if is_below else "open"

    @property
    def unclear(self) -> bool:
        """Whether what is not in these figures may decide on the goal, whatever they say.

        Stations in doubt may; votes on top can carry the total to a goal out of its reach.
        """
        chance = self.whole.chance
        if chance is None:
            return False
        return self.whole.doubtful or (self.whole.on_top and verdict_of(chance) in SHORT)


@dataclass(frozen=True)
class Point:
    """What the history keeps of every update for lines over time; of the whole alone."""

    number: int
    at: dt.datetime
    until: dt.datetime | None
    whole: Whole
    changes: tuple[Said, ...]
