"""The forecast by sex: women and men, who are all voters together in every draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from turnout.areas import Panel, build_panel
from turnout.arrays import Bools, Floats
from turnout.errors import HistoryError, TurnoutError
from turnout.forecast import Forecast, Note
from turnout.forecast.rollup import place_groups
from turnout.language import Language
from turnout.levels import tails
from turnout.models.monte_carlo import generator
from turnout.schema import PLACE_COLUMNS
from turnout.sexes import words
from turnout.sexes.gap import GapModel
from turnout.sexes.observations import MEN, WOMEN, SexGrids, Units, women_on_roll
from turnout.sexes.split import on_grid, women_of
from turnout.sexes.suppression import suppressed

GROUPS = ("women", "men", "gap")
"""What a table by sex tells of: turnout of women, of men, and women less men."""


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
        men, women = self.registered
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.women / women - self.men / men)

    @cached_property
    def hidden(self) -> Bools:
        """The places whose sexes are not told, as too few people are of one."""
        above = self.scales.index(self.scale) + 1
        group = np.zeros(len(self.forecast.places), dtype=np.intp)
        if above < len(self.scales):
            order, starts = place_groups(self.forecast.places, self.scales[above])
            group[order] = np.cumsum(np.bincount(starts, minlength=len(order))) - 1
        return suppressed(self.registered, group)

    def at(self, scale: str) -> BySex:
        """Return the forecast by sex of the places of a coarser scale, of the same draws.

        Raises
        ------
        ValueError
            If the forecast has no such scale.
        """
        view = self.forecast.at(scale)
        if scale == self.scale:
            return self
        order, starts = place_groups(self.forecast.places, scale)
        registered, men, women = (
            np.add.reduceat(one[:, order], starts, axis=1)
            for one in (self.registered, self.men, self.women)
        )
        estimated = np.logical_or.reduceat(self.estimated[order], starts)
        return BySex(view, registered, men, women, estimated, self.notes)

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
        view = self if by is None else self.at(by)
        levels = [float(one) for one in np.atleast_1d(level)]
        if not all(0 < one < 1 for one in levels):
            raise ValueError(f"level must lie between 0 and 1, got {level!r}")
        named = view.forecast.named_places().drop(columns="registered")
        men, women = view.registered
        with np.errstate(invalid="ignore", divide="ignore"):
            of_group = {
                "women": (women, view.women / women),
                "men": (men, view.men / men),
                "gap": (np.full(len(men), np.nan), view.gap),
            }
        ends = [end for one in levels for end in tails(one)]
        tables = []
        for number, (group, (registered, draws)) in enumerate(of_group.items()):
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
                tables.append(table.assign(_row=np.arange(len(named)), _order=number))
        whole = pd.concat(tables, ignore_index=True)
        whole = whole.sort_values(["_row", "_order"], kind="stable", ignore_index=True)
        hidden = whole["suppressed"].to_numpy(bool)
        whole.loc[hidden, ["registered", "mean", "median", "lower", "upper"]] = np.nan
        return whole.drop(columns=["_row", "_order"])

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
    columns = [f"{name}_{sex}" for name in ("registered", "voters") for sex in (MEN, WOMEN)]
    return bool(set(columns) <= set(results) and results[columns].notna().all(axis=1).any())


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
    _check_same_places(forecast, panel)
    grids = SexGrids.of(panel)
    coming = panel.contest_of(forecast.election)
    units = Units.of(panel, grids, coming)
    if not np.isfinite(units.variance).any():
        raise HistoryError(words.NO_HISTORY, n=int(grids.left_out.sum()))
    registered = forecast.places["registered"].to_numpy(float)
    share, estimated, on_roll = women_on_roll(panel, grids)
    women = np.round(share * registered)
    men = registered - women
    rng = generator(seed)
    voters = on_grid(forecast.draws * registered)
    gap = GapModel.of(units, panel.contests).draw(len(voters), rng)
    of_women = women_of(voters, men, women, gap, rng)
    notes = words.notes_on(panel, grids, on_roll, estimated)
    return BySex(forecast, np.stack([men, women]), voters - of_women, of_women, estimated, notes)


def _check_same_places(forecast: Forecast, panel: Panel) -> None:
    """Refuse a forecast of other places than the panel's targets."""
    columns = [*PLACE_COLUMNS, "area_id"]
    known = panel.nodes.iloc[panel.targets][columns].reset_index(drop=True)
    own = forecast.places.reindex(columns=columns).reset_index(drop=True)
    named, told = (table.astype("object").fillna("") for table in (own, known))
    if not named.equals(told):
        raise TurnoutError(words.OTHER_PLACES, own=len(own), known=len(known))
