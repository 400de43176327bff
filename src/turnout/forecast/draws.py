"""The forecast itself: joint draws of turnout, and what is read off them."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from turnout.arrays import Floats
from turnout.elections import Election
from turnout.errors import ToldWarning
from turnout.escaping import LABEL, label
from turnout.evidence import Evidence
from turnout.forecast.about import About
from turnout.forecast.checks import check_draws
from turnout.forecast.counted import Counted
from turnout.forecast.given import Total, evidence_of_total, forecast_given
from turnout.forecast.goal import Goal, parse_goal
from turnout.forecast.quantiles import MOST_ORDERED, in_order, quantiles_by_block, quantiles_of
from turnout.forecast.relative import relative_to_whole
from turnout.forecast.rollup import summed_draws, summed_places
from turnout.forecast.room import Draws, by_block, means_of
from turnout.forecast.storage import load_forecast, write_forecast
from turnout.forecast.tables import draws_frame, draws_xarray
from turnout.forecast.words import html_of, line_of, say_forecast
from turnout.language import Language, Text
from turnout.levels import tails
from turnout.part_day import PartDay
from turnout.schema import PLACE_COLUMNS, SCALES, WHOLE_NAME, place_columns, scale_of
from turnout.threads import in_threads

if TYPE_CHECKING:
    from os import PathLike

    from xarray import DataArray

# Draws are kept in single precision: less than a voter of a million.
_ROUNDING = 5e-7


@dataclass(frozen=True, repr=False)
class Forecast:
    """Joint draws of turnout for every place of one scale.

    Parameters
    ----------
    election
        The coming election.
    places
        One row per place: the place columns, area_id, registered (count), and what the forecast
        rests on (`turnout.forecast.basis.BASIS_COLUMNS`).
    draws
        Turnout as a share, draws x places; a row is one possible election.
    scale
        Scale of the places.
    history
        Past turnout at every scale, see `turnout.areas.past_turnout`.
    about
        How it was made.
    counted
        What is counted of the election; None before the count.

    Raises
    ------
    TurnoutError
        If the draws are none, not of these places, or no shares: percentages, gaps.

    Examples
    --------
    >>> places = pd.DataFrame({"area": ["A", "B"], "registered": [100.0, 300.0]})
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places,
    ...                     np.array([[0.5, 0.7], [0.6, 0.8]]), "area")
    >>> forecast.at("total").draws.ravel().round(3).tolist()
    [0.65, 0.75]
    """

    election: Election
    places: pd.DataFrame
    draws: Draws
    scale: str
    history: pd.DataFrame = field(default_factory=pd.DataFrame)
    about: About = field(default_factory=lambda: About("own draws"))
    counted: Counted | None = None

    def __post_init__(self) -> None:
        """Refuse draws that are no shares of these places."""
        check_draws(self.draws, len(self.places))

    @cached_property
    def scales(self) -> tuple[str, ...]:
        """The scales that can be asked for, finest first; ``total`` where the top has no name."""
        named = [scale for scale in SCALES if scale in place_columns(self.places)]
        own = SCALES.index(self.scale) if self.scale in SCALES else len(SCALES)
        coarser = [scale for scale in named if SCALES.index(scale) >= own]
        if not coarser or self.places[coarser[-1]].nunique(dropna=False) > 1:
            coarser.append("total")
        return tuple(coarser)

    @cached_property
    def top(self) -> str:
        """The scale of the whole: the finest one that has a single place."""
        for scale in self.scales:
            if scale == "total" or self.places[scale].nunique(dropna=False) == 1:
                return scale
        return "total"

    def at(self, scale: str) -> Forecast:
        """Return the forecast of the places of a coarser scale.

        Registered x turnout is summed draw by draw, so every scale agrees with every other.

        Parameters
        ----------
        scale
            One of `scales`, or a word for it in either language, such as ``"county"``.

        Raises
        ------
        ValueError
            If the forecast has no such scale.
        """
        scale = scale_of(scale)
        if scale not in self.scales:
            known = ", ".join(self.scales)
            raise ValueError(f"this forecast has no scale {scale!r}; it has: {known}")
        return self if scale == self.scale else self._rolled_up[scale]

    @cached_property
    def _rolled_up(self) -> _RolledUp:
        return _RolledUp(self)

    def intervals(
        self, by: str | None = None, level: float | Sequence[float] = 0.9
    ) -> pd.DataFrame:
        """Return the central prediction intervals of every place.

        Parameters
        ----------
        by
            Scale; the forecast's own when not given.
        level
            Nominal coverage, such as 0.9; several give several rows per place.

        Returns
        -------
        pandas.DataFrame
            scale, place columns, area_id, registered (count), mean, median, level, lower, upper
            (shares); one row per place and level.

        Raises
        ------
        TypeError
            If a level is not a number.
        ValueError
            If a level does not lie between 0 and 1, or the scale is unknown.
        """
        levels = _levels(level)
        view = self if by is None else self.at(by)
        ends = [tail for one in levels for tail in tails(one)]
        quantiles = view.quantiles([0.5, *ends])
        means, tables = means_of(view.draws), []
        for index, one in enumerate(levels):
            table = view.named_places()
            table["mean"] = means
            table["median"] = quantiles[0]
            table["level"] = one
            table["lower"] = quantiles[1 + 2 * index]
            table["upper"] = quantiles[2 + 2 * index]
            tables.append(table)
        return pd.concat(tables, ignore_index=True)

    def quantiles(self, probabilities: Sequence[float]) -> Floats:
        """Return quantiles of turnout, probabilities x places."""
        if self.draws.size > MOST_ORDERED:
            return quantiles_by_block(self.draws, probabilities)
        return quantiles_of(self._ordered, probabilities)

    @cached_property
    def _ordered(self) -> Draws:
        return in_order(self.draws)

    def prob(self, goal: Goal | Sequence[Goal] | Floats, by: str | None = None) -> Floats:
        """Return the probability of every place that turnout reaches a goal.

        Parameters
        ----------
        goal
            One goal for all places, or one per place, as `turnout.forecast.goal.parse_goal`
            reads it: 86, 0.86 or ``"86%"``.
        by
            Scale; the forecast's own when not given.

        Raises
        ------
        TurnoutError
            If a goal cannot be read.
        """
        each = np.ravel(np.asarray(goal, dtype=object))
        shares = np.array([parse_goal(one) for one in each])
        return self.reached(shares, by)

    def reached(self, share: float | Floats, by: str | None = None) -> Floats:
        """Return the probability of every place that turnout reaches a share, as goals are kept.

        Parameters
        ----------
        share
            One share for all places, or one per place.
        by
            Scale; the forecast's own when not given.
        """
        view = self if by is None else self.at(by)
        # A goal of .86 is met by a turnout of .86 also where draws are rounded or summed.
        least = np.broadcast_to(np.asarray(share, np.float64) - _ROUNDING, len(view.places))
        least = least.astype(view.draws.dtype)

        def of_block(placed: tuple[slice, Draws]) -> Floats:
            return (placed[1] >= least[placed[0]]).mean(axis=0)

        return np.concatenate(list(in_threads(of_block, by_block(view.draws))))

    def relative(self, by: str | None = None, level: float | Sequence[float] = 0.9) -> pd.DataFrame:
        """Return how far every place lies from the whole: place minus whole, draw by draw.

        What all places share cancels, so these intervals are far narrower than those of the
        places. A place is told to lie ``higher`` or ``lower`` than the whole where it does in at
        least 95% of the draws; of the places told so, at most 1 in 20 is expected to be wrong.

        Parameters
        ----------
        by
            Scale; the forecast's own when not given.
        level
            Nominal coverage of the intervals, such as 0.9; several give several rows per place.

        Returns
        -------
        pandas.DataFrame
            scale, place columns, area_id, registered (count), relative_median, level,
            relative_lower, relative_upper (differences of shares), prob_above and group
            (``higher``, ``lower`` or ``not told apart``); one row per place and level.

        Examples
        --------
        >>> places = pd.DataFrame({"area": ["A", "B"], "registered": [100.0, 100.0]})
        >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places,
        ...                     np.array([[0.5, 0.6], [0.7, 0.8]]), "area")
        >>> forecast.relative()[["area", "relative_median", "group"]].round(2).values.tolist()
        [['A', -0.05, 'lower'], ['B', 0.05, 'higher']]
        """
        view = self if by is None else self.at(by)
        return relative_to_whole(view, self.at(self.top), _levels(level))

    def given(self, *evidence: Evidence | PartDay, total: Total | None = None) -> Forecast:
        """Return the forecast given estimates from outside; every scale moves with them.

        Parameters
        ----------
        *evidence
            Estimates of the whole or of places, with their errors and records; turnout by an
            hour of polling day.
        total
            An estimate of the whole taken at its word: turnout and standard error, such as
            ``(0.70, 0.04)``; or a turnout alone, for a what-if.

        Returns
        -------
        Forecast
            With a note that tells what came from where (docs/model.md, section 16).

        Raises
        ------
        TurnoutError
            If the evidence is of an unknown place, or lies outside what the draws hold.

        Examples
        --------
        >>> rng = np.random.default_rng(1)
        >>> places = pd.DataFrame({"area": ["A", "B"], "registered": [100.0, 300.0]})
        >>> draws = 0.65 + 0.05 * rng.standard_normal((2000, 1)) + np.array([[-0.02, 0.02]])
        >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
        >>> told = forecast.given(total=(0.70, 0.05))
        >>> [round(float(np.median(one.at("total").draws)), 2) for one in (forecast, told)]
        [0.66, 0.68]
        """
        of_total = () if total is None else (evidence_of_total(total),)
        return forecast_given(self, [*evidence, *of_total])

    def to_frame(self) -> pd.DataFrame:
        """Return the draws as a table, a row per draw and a column per place."""
        return draws_frame(self)

    def to_xarray(self) -> DataArray:
        """Return the draws as an ``xarray.DataArray`` of draw x place, with the places' names.

        Raises
        ------
        TurnoutError
            If xarray is not installed.
        """
        return draws_xarray(self)

    def __repr__(self) -> str:
        """Return the forecast in one line."""
        return line_of(self)

    def summary(self, lang: Language = "en") -> str:
        """Return the forecast in a few sentences."""
        return say_forecast(self, lang)

    def names(self, lang: Language = "en") -> list[str]:
        """Return the name of every place as it is shown; of names over 60 letters the start.

        Those of `places` are whole. That names are cut is told by a `DataWarning`.
        """
        if self.scale == "total":
            return [WHOLE_NAME.say(lang)] * len(self.places)
        blank = _UNNAMED.say(lang)
        names = [name if isinstance(name, str) else blank for name in self.places[self.scale]]
        long = sum(len(name) > LABEL for name in names)
        if long:
            warnings.warn(ToldWarning(_CUT, n=long, most=LABEL), stacklevel=2)
        return [label(name) for name in names]

    def save(self, path: str | PathLike[str]) -> None:
        """Write the draws to ``path.npz`` and all else to ``path.json``."""
        write_forecast(self, Path(path))

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Forecast:
        """Read a forecast that `save` wrote.

        Raises
        ------
        FileNotFoundError
            If one of the two files is not there.
        TurnoutError
            If one of them is damaged or was changed.
        """
        return cls(**load_forecast(Path(path)))

    def named_places(self) -> pd.DataFrame:
        """Return scale, place columns, area_id and registered of every place."""
        columns = [*PLACE_COLUMNS, "area_id"]
        table = self.places.reindex(columns=[*columns, "registered"]).reset_index(drop=True)
        table.insert(0, "scale", self.scale)
        return table

    def _repr_html_(self) -> str:
        return html_of(self)


def _levels(level: float | Sequence[float]) -> list[float]:
    """Return one or several levels as a list, if each lies between 0 and 1."""
    try:
        levels = [float(one) for one in np.atleast_1d(level)]
    except (TypeError, ValueError):
        raise TypeError(
            f"level must be a number or several, got {level!r}; for a 90% interval pass level=0.9"
        ) from None
    for one in levels:
        if not 0 < one < 1:
            raise ValueError(
                f"level must lie between 0 and 1, got {one:g}; for a 90% interval pass level=0.9"
            )
    return levels


class _RolledUp(dict[str, Forecast]):
    """Coarser views of a forecast, each made when first asked for."""

    def __init__(self, forecast: Forecast) -> None:
        super().__init__()
        self._forecast = forecast

    def __missing__(self, scale: str) -> Forecast:
        fine = self._forecast
        parts = fine.at(fine.scales[fine.scales.index(scale) - 1])
        draws = summed_draws(parts.places, parts.draws, scale)
        places = summed_places(fine.places, fine.history, fine.election, scale)
        if fine.counted is not None:
            share = fine.counted.at(places, scale)["counted_share"]
            places = places.assign(counted_share=share.to_numpy(float))
        self[scale] = replace(fine, places=places, draws=draws, scale=scale)
        return self[scale]


_CUT = Text(
    en="{n:count:name is:names are} longer than {most:count} letters; figures, tables and "
    "sentences show the start. CSV files hold all. Check the column of names in the file.",
    id="{n:count} nama lebih dari {most:count} huruf; gambar, tabel, dan kalimat hanya "
    "menampilkan bagian awalnya. Berkas CSV memuat seluruhnya. Periksa kolom nama pada berkas.",
)
_UNNAMED = Text(en="(no name)", id="(tanpa nama)")
