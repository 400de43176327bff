"""Places of a count whose figures may not be what they are read as, such as complete."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.areas.expected import beside_others, then_and_now
from turnout.areas.far_above import all_high, perhaps_too_many
from turnout.areas.stations_told import COMPLETE
from turnout.arrays import Bools, Floats, Ints
from turnout.rules.coming import FAR_BELOW
from turnout.schema import OF_STATIONS

# Of a place so much of its registered may be out, and yet it is taken for what it is read as.
_LITTLE = 0.005

# So many stations of a place tell its turnout well enough to find it far too low.
_STATIONS = 2

# The doubts of single stations, in the order of `OF_STATIONS`.
_AT_STATIONS = ("at_stations", "stations_copied", "stations_above")


@dataclass(frozen=True)
class Doubts:
    """What speaks against places of a count: voters, a roll, or figures of others.

    Parameters
    ----------
    far_below
        Names of places without word of their stations, whose turnout lies below two thirds of
        their lowest past one, or of what the other places of the count let expect: perhaps the
        voters of some stations beside the roll of all.
    short_of_roll
        Names of places whose stations are told to be in, all of them, with clearly fewer
        registered than the official roll has: perhaps some are still out.
    lacking
        Registered voters (count) that those lack of the roll.
    below_past
        Names of places whose stations are told to be in, all of them, with as little turnout as
        those `far_below`.
    copied
        Names of places that have exactly the registered and voters of another: which of them is
        the copy, whose own stations are not in, nobody knows.
    others_figures
        Those of them whose registered are not the roll's: nothing of them counts as in.
    low_so_far
        Names of places some of whose stations are in, with as little turnout in these as those
        `far_below`, both ways: perhaps the figures are of something else.
    at_stations
        Names of places single stations of which have far fewer voters than the others.
    stations_copied
        Names of places single stations of which have all figures of another station.
    stations_above
        Names of places single stations of which have far more voters than registered.
    all_low
        Turnout of all that is in, and the lowest ever of these places (shares), where the one lies
        below two thirds of the other: single places are not named for it.
    far_above
        Names of places, all in or partly, with more than 1.5 times the turnout that the other
        places let expect, or more voters than registered and a tenth above that: perhaps a digit is
        wrong, or these are not voters.
    all_high
        Turnout of all that is in, and the highest of these places in elections of its type
        (shares), where the one is more than 1.5 times the other: single places are not named.
    """

    far_below: tuple[str, ...] = ()
    short_of_roll: tuple[str, ...] = ()
    lacking: float = 0.0
    below_past: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    others_figures: tuple[str, ...] = ()
    low_so_far: tuple[str, ...] = ()
    at_stations: tuple[str, ...] = ()
    stations_copied: tuple[str, ...] = ()
    stations_above: tuple[str, ...] = ()
    all_low: tuple[float, ...] = ()
    far_above: tuple[str, ...] = ()
    all_high: tuple[float, ...] = ()

    @property
    def may_lack_stations(self) -> bool:
        """Whether stations that are read as in may be out; else it is figures that may be wrong."""
        names = (self.far_below, self.short_of_roll, self.copied, self.others_figures)
        return any((*names, self.stations_copied))

    @classmethod
    def of(
        cls,
        names: pd.Series,
        parent: Ints,
        figures: pd.DataFrame,
        past: pd.DataFrame,
    ) -> tuple[Doubts, Bools, Floats]:
        """Return the doubts about a count, and what they leave open of every place.

        These are the places of which nothing can be called for the doubts, (nodes,), and of all
        the share of the registered who may have been counted wrongly or not at all: the turnout of
        a place may be off by so much.

        Parameters
        ----------
        names
            (nodes,) what the places are called.
        parent
            (nodes,) parent of every place, -1 for the root.
        figures
            (nodes) registered, voters (at most all of them), as_counted (voters as they are told)
            and stations_counted of the count, NaN where a place has none; those of the roll, and
            whether they are estimated; size, the registered in all; complete and told: whether a
            place is read as complete, and whether its stations say
            so; copied and others_figures, as of `without_others_figures`; and what doubts of
            single stations leave open, the columns of `OF_STATIONS`.
        past
            Observations of past contests; kin tells which are of the coming one's type.
        """
        marks = ("complete", "told", "copied", "others_figures")
        complete, told, copied, others = (figures[name].to_numpy(bool) for name in marks)
        size, roll = (figures[name].to_numpy(float) for name in ("size", "roll"))
        roll = np.where(figures["estimated"], np.nan, roll)
        sure = complete & ~copied
        part = told & ~complete & ~copied & (figures["stations_counted"] >= _STATIONS).to_numpy()
        past = past[(past["registered"] > 0) & past["voters"].notna()]
        out = _perhaps_out(parent, figures, sure, part, past)
        leaf = ~np.isin(np.arange(len(parent)), parent)
        all_low, too_high, off = _together(figures, (sure | part) & leaf, past)
        # Figures that are far too low do not tell what the others should be.
        asked = (sure | part) & (out == 0) & (not too_high)
        many = perhaps_too_many(parent, figures, asked, part, past)
        open_there = np.nan_to_num(figures[list(OF_STATIONS)].to_numpy(float)) * ~copied[:, None]
        single = open_there.any(axis=1)
        low = (out > 0) & ~single & (not all_low)
        out = np.where(single, np.fmax(out, open_there.sum(axis=1)), out)
        lacks = np.where(sure & told, _lacking(figures, roll), 0.0)
        far_below = ~told & low
        # Of a copy and what was copied one is not in.
        copies = np.where(
            copied & complete, np.nan_to_num(figures["registered"].to_numpy()) / 2, 0.0
        )
        out = np.where(many > 0, many, out)
        by_stations = _upward(parent, np.where(told | single | (many > 0), out, 0.0) + copies)
        lacking = _upward(parent, lacks)
        untold = _upward(parent, far_below.astype(float)) > 0
        open_still = _upward(parent, out + lacks + copies)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(open_still > 0, (open_still / size).clip(0, 1), 0.0)
        doubts = cls(
            far_below=tuple(names[far_below]),
            short_of_roll=tuple(names[lacks > 0]),
            lacking=float(lacking[0]),
            below_past=tuple(names[told & complete & low]),
            copied=tuple(names[copied]),
            others_figures=tuple(names[copied & others]),
            low_so_far=tuple(names[part & low]),
            **{
                called: tuple(names[cause > 0])
                for called, cause in zip(_AT_STATIONS, open_there.T, strict=True)
            },
            all_low=all_low,
            far_above=tuple(names[many > 0]),
            all_high=too_high,
        )
        doubtful = untold | (lacking + by_stations > _LITTLE * np.nan_to_num(size))
        if off:
            return doubts, np.ones_like(doubtful), np.fmax(share, off)
        return doubts, doubtful, share


def _together(
    figures: pd.DataFrame, usable: Bools, past: pd.DataFrame
) -> tuple[tuple[float, ...], tuple[float, ...], float]:
    """Return `_all_low`, `all_high`, and the share of the registered that either leaves open."""
    low, high = _all_low(figures, usable, past), all_high(figures, usable, past)
    if low:
        return low, high, 1 - low[0] / low[1]
    return low, high, high[0] - high[1] if high else 0.0


def _all_low(figures: pd.DataFrame, usable: Bools, past: pd.DataFrame) -> tuple[float, ...]:
    """Return the turnout of what is in and the lowest ever of these places, if it is far below.

    Then other places of the count say nothing of a single one. Of 188 elections of 20 panels two
    were so low, both the first of their type.
    """
    known = then_and_now(figures, usable, past)
    if known.empty or not (known["now"] < FAR_BELOW * known["then"]).all():
        return ()
    lowest = known.iloc[int(known["then"].to_numpy().argmin())]
    return float(lowest["now"]), float(lowest["then"])


def _perhaps_out(
    parent: Ints, figures: pd.DataFrame, complete: Bools, part: Bools, past: pd.DataFrame
) -> Floats:
    """Return of how many registered the stations may be out: too many for the voters, else 0.

    That is where turnout is far below what the places, or without a past the whole, ever had; and
    where it is as far below what the complete places of the count show: a whole city may stay at
    home, but hardly a few of its places alone.
    """
    past = past.assign(turnout=past["voters"] / past["registered"])
    lowest = past.groupby("node")["turnout"].min()
    contests = past.groupby("contest")[["registered", "voters"]].sum()
    of_all = float((contests["voters"] / contests["registered"]).min())
    usual = lowest.reindex(figures.index).fillna(of_all).to_numpy()
    voters, registered = figures["voters"].to_numpy(), figures["registered"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        turnout = voters / registered
        ever = turnout / usual
        beside = beside_others(parent, turnout, complete | part, past, "max")
        those_in = np.where(part, np.fmax(ever, beside), np.fmin(ever, beside))
    low = (complete | part) & (those_in < FAR_BELOW)
    return np.where(low, registered * (1 - those_in), 0.0)


def _lacking(figures: pd.DataFrame, roll: Floats) -> Floats:
    """Return how many registered places clearly lack of their roll, where it is known."""
    lacks = np.nan_to_num(roll - figures["registered"].to_numpy())
    return np.where(lacks > (1 - COMPLETE) * np.nan_to_num(roll), lacks, 0.0)


def _upward(parent: Ints, own: Floats) -> Floats:
    """Return what every place lacks: itself, or its parts together if that is more."""
    # Single numbers of lists are quicker than those of arrays.
    found, above, below = own.tolist(), parent.tolist(), [0.0] * len(parent)
    for node in range(len(found) - 1, 0, -1):
        found[node] = max(found[node], below[node])
        below[above[node]] += found[node]
    found[0] = max(found[0], below[0])
    return np.array(found)
