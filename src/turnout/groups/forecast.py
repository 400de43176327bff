"""The forecast by group: groups of voters who are all voters together in every draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from turnout.areas import Panel, build_panel
from turnout.arrays import Bools, Floats, Ints
from turnout.errors import HistoryError, TurnoutError
from turnout.forecast import Forecast, Note
from turnout.forecast.rollup import place_groups
from turnout.groups import words
from turnout.groups.coregionalization import Normals, correlation_of_splits
from turnout.groups.gap import GapModel
from turnout.groups.observations import GroupGrids, shares_on_roll, whole_counts
from turnout.groups.partitions import Partition, groups_told
from turnout.groups.split import on_grid, part_of
from turnout.groups.suppression import suppressed
from turnout.groups.units import Units
from turnout.groups.words import Words
from turnout.language import Language
from turnout.levels import tails
from turnout.models.monte_carlo import generator
from turnout.schema import PLACE_COLUMNS

FIGURES = ("turnout", "gap")
"""What a row of a table by group tells: turnout of the group, or its gap to all other voters."""

_BLANK_WHERE_HIDDEN = ["registered", "mean", "median", "lower", "upper"]


@dataclass(frozen=True, repr=False)
class ByGroup:
    """Joint draws of the voters of each group of a partition, for every place of one scale.

    Parameters
    ----------
    forecast
        The forecast of all voters, of the same draws and places.
    partition
        The groups.
    registered
        (groups, places) on the roll, counts.
    voters
        (draws, places) for each group, counts to a millionth: their sum is all voters of the draw,
        exactly, at every scale.
    estimated
        (places,) whether the roll by group is an estimate.
    notes
        What the reader has to know.

    Examples
    --------
    >>> from turnout import Election, Forecast
    >>> from turnout.groups import groups_told
    >>> results = pd.DataFrame({"registered_disabled": [20.0], "voters_disabled": [8.0]})
    >>> places = pd.DataFrame({"area": ["A"], "registered": [200.0]})
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, np.array([[0.7]]), "area")
    >>> told = ByGroup(forecast, groups_told(results)[0], np.array([[20.0], [180.0]]),
    ...                (np.array([[11.0]]), np.array([[129.0]])), np.array([False]))
    >>> told.intervals()[["group", "figure", "median"]].round(3).values.tolist()
    [['disabled', 'turnout', 0.55], ['others', 'turnout', 0.717], ['disabled', 'gap', -0.167]]
    """

    forecast: Forecast
    partition: Partition
    registered: Floats
    voters: tuple[Floats, ...]
    estimated: Bools
    notes: tuple[Note, ...] = ()

    @property
    def scales(self) -> tuple[str, ...]:
        """The scales that can be asked for, finest first."""
        return self.forecast.scales

    @property
    def scale(self) -> str:
        """Scale of the places."""
        return self.forecast.scale

    def gap(self, group: int) -> Floats:
        """Return turnout of a group less that of all others, draws x places; shares."""
        own, voters = self.registered[group], self.voters[group]
        others = [number for number in range(len(self.voters)) if number != group]
        beside = sum((self.voters[number] for number in others[1:]), self.voters[others[0]])
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(voters / own - beside / self.registered[others].sum(axis=0))

    @cached_property
    def hidden(self) -> Bools:
        """The places whose groups are not told, as too few people are of one."""
        scales = self.scales[self.scales.index(self.scale) :]
        number = [_numbers(self.forecast.places, scale) for scale in scales]
        above_hidden = np.zeros(1, dtype=bool)
        above = np.zeros(len(self.forecast.places), dtype=np.intp)
        for own in number[::-1]:
            first = np.unique(own, return_index=True)[1]
            sums = np.stack([np.bincount(own, weights=one) for one in self.registered]).astype(
                float
            )
            above_hidden = suppressed(sums, above[first], above_hidden)
            above = own
        return above_hidden

    def at(self, scale: str) -> ByGroup:
        """Return the forecast by group of the places of a coarser scale, of the same draws.

        Raises
        ------
        ValueError
            If the forecast has no such scale.
        """
        view = self.forecast.at(scale)
        if scale == self.scale:
            return self
        order, starts = place_groups(self.forecast.places, scale)
        registered = np.add.reduceat(self.registered[:, order], starts, axis=1)
        voters = tuple(np.add.reduceat(one[:, order], starts, axis=1) for one in self.voters)
        estimated = np.logical_or.reduceat(self.estimated[order], starts)
        return ByGroup(view, self.partition, registered, voters, estimated, self.notes)

    def intervals(
        self, by: str | None = None, level: float | Sequence[float] = 0.9
    ) -> pd.DataFrame:
        """Return the central prediction intervals of each group and of its gap, of every place.

        Parameters
        ----------
        by
            Scale; the forecast's own when not given.
        level
            Nominal coverage, such as 0.9; several give several rows.

        Returns
        -------
        pandas.DataFrame
            scale, place columns, area_id, group, figure (``turnout``, or ``gap``: turnout of the
            group less that of all other voters; of two groups the gap of the first),
            registered (count; blank for the gap), mean, median, level, lower, upper (shares, of
            the gap differences of shares), estimated (whether the roll by group is an estimate)
            and suppressed (true where under 10 people are of a group, or sums would tell of such:
            figures are blank).

        Raises
        ------
        ValueError
            If a level does not lie between 0 and 1, or the scale is unknown.
        """
        view = self if by is None else self.at(by)
        levels = [float(one) for one in np.atleast_1d(level)]
        if not all(0 < one < 1 for one in levels):
            raise ValueError(f"level must lie between 0 and 1, got {level!r}")
        named = view.forecast.named_places().drop(columns="registered")
        ends = [end for one in levels for end in tails(one)]
        tables = []
        for order, (group, figure, registered, draws) in enumerate(view._rows()):
            median, *quantiles = np.quantile(draws, [0.5, *ends], axis=0)
            mean = draws.mean(axis=0)
            for index, one in enumerate(levels):
                figures = {
                    "registered": registered,
                    "mean": mean,
                    "median": median,
                    "level": one,
                    "lower": quantiles[2 * index],
                    "upper": quantiles[2 * index + 1],
                    "estimated": view.estimated,
                    "suppressed": view.hidden,
                }
                table = named.assign(**figures)
                table.insert(2 + len(PLACE_COLUMNS), "group", group)
                table.insert(3 + len(PLACE_COLUMNS), "figure", figure)
                tables.append(table.assign(_row=np.arange(len(named)), _order=order))
        whole = pd.concat(tables, ignore_index=True)
        whole = whole.sort_values(["_row", "_order"], kind="stable", ignore_index=True)
        whole.loc[whole["suppressed"].to_numpy(bool), _BLANK_WHERE_HIDDEN] = np.nan
        return whole.drop(columns=["_row", "_order"])

    def _rows(self) -> Iterator[tuple[str, str, Floats, Floats]]:
        """Return group, figure, registered and draws: all turnouts, then the gaps."""
        groups = self.partition.groups
        for group, registered, voters in zip(groups, self.registered, self.voters, strict=True):
            with np.errstate(invalid="ignore", divide="ignore"):
                yield group.key, "turnout", registered, voters / registered
        unknown = np.full(len(self.estimated), np.nan)
        for group in self.partition.gaps:
            yield group.key, "gap", unknown, self.gap(groups.index(group))

    def say(self, lang: Language = "en") -> str:
        """Return the forecast of the whole by group in words, with what has to be known."""
        table = self.intervals(by=self.forecast.top)
        return words.say_by_group(self.partition, table, self.notes, lang)

    @property
    def text(self) -> str:
        """The forecast of the whole by group in English."""
        return self.say("en")

    def __repr__(self) -> str:
        """Return the forecast by group in one line."""
        first = self.say().splitlines()[0]
        return f"<ByGroup {self.forecast.election.name}: {first}>"


def by_group(
    forecast: Forecast,
    results: pd.DataFrame,
    *,
    roll: pd.DataFrame | None = None,
    crosswalk: pd.DataFrame | None = None,
    counted: pd.DataFrame | None = None,
    seed: int | None = 1,
) -> dict[str, ByGroup]:
    """Split a forecast between groups of voters, so that they are all voters in every draw.

    Voters with disabilities are set beside all others. The age groups that the results have
    columns of are to be all voters together; a single one is set beside all others.

    The gap of a group to the voters beside it, as a log odds ratio, is estimated from the past
    contests whose counts by group add up, place by place and shrunken towards each other, with the
    uncertainty of the coming contest's own gap. Each draw's voters are then split by a draw of
    the gap and the chance of single voters; several groups are split off one after another
    (docs/model.md, section 18).

    Parameters
    ----------
    forecast
        The forecast of all voters, at its finest scale.
    results
        The results that it was made from, with registered_disabled and voters_disabled, or
        registered_age_17_25, voters_age_17_25 and so on, where they are known.
    roll
        The roll that it was made with; its columns by group are used where they add up to its
        registered voters, else the newest contest's shares.
    crosswalk, counted
        Those of the forecast. What a count tells of the groups is not used.
    seed
        Seed of the draws.

    Returns
    -------
    dict of str to ByGroup
        ``disability`` and ``age``, those of them that the results tell.

    Raises
    ------
    HistoryError
        If no past contest tells voters by group that add up.
    TurnoutError
        If the forecast is not of these results and this roll, or they tell no groups.

    Examples
    --------
    >>> from turnout import Election, LastTurnout
    >>> results = pd.DataFrame({
    ...     "date": ["2019-04-17"] * 2, "election_type": ["pemilu"] * 2, "area": ["A", "B"],
    ...     "registered": [2000, 3000], "registered_disabled": [40, 50],
    ...     "voters": [1600, 2300], "voters_disabled": [12, 20]})
    >>> forecast = LastTurnout().fit(results).forecast(Election("2024-02-14", "pemilu"), seed=1)
    >>> told = by_group(forecast, results)["disability"]
    >>> bool((sum(told.voters) == told.voters[0] + told.voters[1]).all())
    True
    >>> told.intervals(by="total")[["group", "figure"]].values.tolist()
    [['disabled', 'turnout'], ['others', 'turnout'], ['disabled', 'gap']]
    """
    partitions = groups_told(results)
    if not partitions:
        raise TurnoutError(words.NO_GROUPS)
    panel = build_panel(
        results, roll=roll, crosswalk=crosswalk, election=forecast.election, counted=counted
    )
    return {one.key: split(forecast, panel, one, words.WORDS, seed) for one in partitions}


def split(
    forecast: Forecast, panel: Panel, partition: Partition, said: Words, seed: int | None
) -> ByGroup:
    """Split a forecast between the groups of a partition, by what its panel tells of them.

    Parameters
    ----------
    forecast, partition, seed
        As of `by_group`.
    panel
        The results, the roll and the coming election.
    said
        What is said of such groups.

    Raises
    ------
    HistoryError
        If no past contest tells voters by group that add up.
    TurnoutError
        If the forecast is not of this panel.
    """
    check_same_places(forecast, panel)
    grids = GroupGrids.of(panel, partition)
    coming = panel.contest_of(forecast.election)
    units = [Units.of(panel, *grids.gap(one), coming) for one in range(len(partition.groups) - 1)]
    if not np.isfinite(units[0].variance).any():
        raise HistoryError(
            said.no_history,
            n=int((grids.not_whole | grids.above_registered).sum()),
            columns=", ".join(partition.columns),
        )
    registered = forecast.places["registered"].to_numpy(float)
    share, estimated, on_roll = shares_on_roll(panel, partition, grids)
    of_group = whole_counts(share, registered)
    rng = generator(seed)
    left, beyond = _apart(forecast, registered)
    normals = Normals.of_splits(correlation_of_splits(of_group.sum(axis=1)), rng)
    order = rng.permutation(len(left))
    voters = []
    for number, one in enumerate(units):
        model = GapModel.of(one, panel.contests, partition.prior)
        gap = model.draw(order, normals[number], rng)
        beside = of_group[number + 1 :].sum(axis=0)
        voters.append(part_of(left, beside, of_group[number], gap, rng))
        left = left - voters[-1]
    all_voters = _with_all_voters([*voters, left], beyond, share)
    notes = words.notes_on(said, panel, grids, on_roll, estimated)
    return ByGroup(forecast, partition, of_group, all_voters, estimated, notes)


def _apart(forecast: Forecast, registered: Floats) -> tuple[Floats, Floats]:
    """Return the voters of every draw up to the registered, and those beyond, on the grid."""
    voters = on_grid(forecast.draws * registered)
    inside = np.minimum(voters, on_grid(registered))
    return inside, voters - inside


def _with_all_voters(voters: list[Floats], beyond: Floats, share: Floats) -> tuple[Floats, ...]:
    """Add voters beyond the registered, of whom nobody knows the group, as large as groups are."""
    if not beyond.any():
        return tuple(voters)
    of_group = [on_grid(beyond * one) for one in share[:-1]]
    of_group.append(beyond - np.sum(of_group, axis=0))
    return tuple(one + more for one, more in zip(voters, of_group, strict=True))


def check_same_places(forecast: Forecast, panel: Panel) -> None:
    """Refuse a forecast of other places than the panel's targets."""
    columns = [*PLACE_COLUMNS, "area_id"]
    known = panel.nodes.iloc[panel.targets][columns].reset_index(drop=True)
    own = forecast.places.reindex(columns=columns).reset_index(drop=True)
    named, told = (table.astype("object").fillna("") for table in (own, known))
    if not named.equals(told):
        raise TurnoutError(words.OTHER_PLACES, own=len(own), known=len(known))


def _numbers(places: pd.DataFrame, scale: str) -> Ints:
    """Return the number of every place's place of a scale, in the order of that scale's places."""
    order, starts = place_groups(places, scale)
    number = np.zeros(len(places), dtype=np.intp)
    number[order] = np.cumsum(np.bincount(starts, minlength=len(order))) - 1
    return number
