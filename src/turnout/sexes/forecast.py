"""The forecast by sex: women and men, who are all voters together in every draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from turnout.areas import build_panel
from turnout.arrays import Bools, Floats
from turnout.forecast import Forecast, Note
from turnout.groups.forecast import ByGroup, split
from turnout.groups.partitions import GapPrior, Group, Partition
from turnout.language import Language
from turnout.sexes import words

GROUPS = ("women", "men", "gap")
"""What a table by sex tells of: turnout of women, of men, and women less men."""

SEXES = Partition(
    "sex",
    words.SEXES,
    (
        Group("women", words.GROUP_WORDS["women"], words.GROUP_WORDS["women"], ending="p"),
        Group("men", words.GROUP_WORDS["men"], words.GROUP_WORDS["men"], ending="l"),
    ),
    GapPrior(0.0, 0.5, (0.08, 0.08, 0.05, 0.08, 0.08)),
)
"""Women and men: *perempuan* and *laki-laki*, as Indonesian forms have them."""


@dataclass(frozen=True, repr=False)
class BySex:
    """Joint draws of the voters of each sex, for every place of one scale.

    Parameters
    ----------
    forecast
        The forecast of all voters, of the same draws and places.
    registered
        (2, places): men and women on the roll, counts.
    men, women
        (draws, places) voters, counts to a millionth: their sum is all voters of the draw, exactly,
        at every scale.
    estimated
        (places,) whether the roll by sex is an estimate.
    notes
        What the reader has to know.

    Examples
    --------
    >>> import numpy as np
    >>> from turnout import Election, Forecast
    >>> places = pd.DataFrame({"area": ["A"], "registered": [200.0]})
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, np.array([[0.7]]), "area")
    >>> told = BySex(forecast, np.array([[100.0], [100.0]]), np.array([[65.0]]),
    ...              np.array([[75.0]]), np.array([False]))
    >>> told.intervals()[["group", "median"]].round(2).values.tolist()
    [['women', 0.75], ['men', 0.65], ['gap', 0.1]]
    """

    forecast: Forecast
    registered: Floats
    men: Floats
    women: Floats
    estimated: Bools
    notes: tuple[Note, ...] = ()

    @classmethod
    def of(cls, groups: ByGroup) -> BySex:
        """Return a forecast by group, the groups being women and men, as one by sex."""
        women, men = groups.voters
        registered = groups.registered[::-1]
        return cls(groups.forecast, registered, men, women, groups.estimated, groups.notes)

    @cached_property
    def groups(self) -> ByGroup:
        """Women and men as groups of voters."""
        voters = (self.women, self.men)
        registered = self.registered[::-1]
        return ByGroup(self.forecast, SEXES, registered, voters, self.estimated, self.notes)

    @property
    def scales(self) -> tuple[str, ...]:
        """The scales that can be asked for, finest first."""
        return self.forecast.scales

    @property
    def scale(self) -> str:
        """Scale of the places."""
        return self.forecast.scale

    @cached_property
    def gap(self) -> Floats:
        """Turnout of women less that of men, draws x places; a difference of shares."""
        return self.groups.gap(0)

    @property
    def hidden(self) -> Bools:
        """The places whose sexes are not told, as too few people are of one."""
        return self.groups.hidden

    def at(self, scale: str) -> BySex:
        """Return the forecast by sex of the places of a coarser scale, of the same draws.

        Raises
        ------
        ValueError
            If the forecast has no such scale.
        """
        return self if scale == self.scale else BySex.of(self.groups.at(scale))

    def intervals(
        self, by: str | None = None, level: float | Sequence[float] = 0.9
    ) -> pd.DataFrame:
        """Return the central prediction intervals of women, men and the gap, of every place.

        Parameters
        ----------
        by
            Scale; the forecast's own when not given.
        level
            Nominal coverage, such as 0.9; several give several rows.

        Returns
        -------
        pandas.DataFrame
            scale, place columns, area_id, group (``women``, ``men``, ``gap``: women less men),
            registered (count; blank for the gap), mean, median, level, lower, upper (shares, of
            the gap differences of shares), estimated (whether the roll by sex is an estimate) and
            suppressed (true where under 10 people are of a sex, or a neighbour's sums would tell
            of such: figures are blank).

        Raises
        ------
        ValueError
            If a level does not lie between 0 and 1, or the scale is unknown.
        """
        table = self.groups.intervals(by, level)
        group = table["group"].where(table["figure"] != "gap", "gap")
        return table.assign(group=group).drop(columns="figure")

    def say(self, lang: Language = "en") -> str:
        """Return the forecast of the whole by sex in words, with what has to be known."""
        return words.say_by_sex(self.intervals(by=self.forecast.top), self.notes, lang)

    @property
    def text(self) -> str:
        """The forecast of the whole by sex in English."""
        return self.say("en")

    def __repr__(self) -> str:
        """Return the forecast by sex in one line."""
        first = self.say().splitlines()[0]
        return f"<BySex {self.forecast.election.name}: {first}>"


def told_by_sex(results: pd.DataFrame) -> bool:
    """Whether any row tells registered and voters of both sexes, whether or not they add up."""
    return SEXES.told_by(results)


def by_sex(
    forecast: Forecast,
    results: pd.DataFrame,
    *,
    roll: pd.DataFrame | None = None,
    crosswalk: pd.DataFrame | None = None,
    counted: pd.DataFrame | None = None,
    seed: int | None = 1,
) -> BySex:
    """Split a forecast between women and men, so that both are all voters in every draw.

    The gap between the sexes, as a log odds ratio, is estimated from the past contests whose
    counts by sex add up, place by place and shrunken towards each other, with the uncertainty of
    the coming contest's own gap. Each draw's voters are then split by a draw of the gap and the
    chance of single voters (docs/model.md, section 18).

    Parameters
    ----------
    forecast
        The forecast of all voters, at its finest scale.
    results
        The results that it was made from, with registered_l, registered_p, voters_l and voters_p
        (men and women: *laki-laki*, *perempuan*) where they are known.
    roll
        The roll that it was made with; its registered_l and registered_p are used where they add
        up to its registered voters, else the newest contest's share of women.
    crosswalk, counted
        Those of the forecast. What a count tells of the sexes is not used.
    seed
        Seed of the draws.

    Returns
    -------
    BySex

    Raises
    ------
    HistoryError
        If no past contest tells voters by sex that add up.
    TurnoutError
        If the forecast is not of these results and this roll.

    Examples
    --------
    >>> from turnout import Election, LastTurnout
    >>> results = pd.DataFrame({
    ...     "date": ["2019-04-17"] * 2, "election_type": ["pemilu"] * 2, "area": ["A", "B"],
    ...     "registered": [2000, 3000], "registered_l": [1000, 1500], "registered_p": [1000, 1500],
    ...     "voters": [1600, 2300], "voters_l": [780, 1120], "voters_p": [820, 1180]})
    >>> forecast = LastTurnout().fit(results).forecast(Election("2024-02-14", "pemilu"), seed=1)
    >>> told = by_sex(forecast, results)
    >>> bool((told.men + told.women).sum() == told.men.sum() + told.women.sum())
    True
    >>> told.intervals(by="total")["group"].tolist()
    ['women', 'men', 'gap']
    """
    panel = build_panel(
        results, roll=roll, crosswalk=crosswalk, election=forecast.election, counted=counted
    )
    return BySex.of(split(forecast, panel, SEXES, words.WORDS, seed))
