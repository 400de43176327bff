"""What a forecast of the night says of the whole and of every place: figures, no words yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit

from turnout.arrays import Floats
from turnout.escaping import label
from turnout.forecast import Forecast
from turnout.forecast.counted import Counted, all_in
from turnout.goals import deciding_interval, scales_downward
from turnout.goals.words import SHORT, verdicts_of
from turnout.levels import tails
from turnout.quick_count import SampleEstimate
from turnout.watch.counts import keys_of
from turnout.watch.update import LEVELS, Whole

_EDGE = 1e-4
_STEEPEST = 30.0


def whole_figures(
    forecast: Forecast,
    districts: pd.DataFrame,
    goal: float | None,
    sample: SampleEstimate | None = None,
) -> Whole:
    """Return the figures of the whole.

    Parameters
    ----------
    forecast
        Joint draws, given the count.
    districts
        What `place_figures` says of the coarsest scale below the whole.
    goal
        The goal (share), if any.
    sample
        What a quick count's sample says by itself, if there is one.
    """
    view = forecast.at(forecast.top)
    draws = view.draws[:, 0]
    *told, decisive = LEVELS
    ends = [tails(level) for level in told]
    quantiles = view.quantiles([0.5, *(end for pair in ends for end in pair)])[:, 0]
    counted = forecast.counted
    # A complete count leaves nothing to chance, however few the draws.
    lower = upper = float(quantiles[0])
    if not all_in(counted):
        lower, upper = deciding_interval(draws.astype(np.float64), decisive)
    doubtful = _is_open(counted, goal, float(quantiles[0]))
    if doubtful:  # nothing is called while that is in doubt
        lower, upper = 0.0, 1.0
    registered, voters = districts["counted_registered"].sum(), districts["counted_voters"].sum()
    if counted is not None:
        own = counted.at(view.places, view.scale).iloc[0]
        if np.nan_to_num(own["registered"]) > registered:
            registered, voters = own["registered"], own["voters"]
    return Whole(
        registered=float(view.places["registered"].iloc[0]),
        mean=float(draws.mean(dtype=np.float64)),
        median=float(quantiles[0]),
        lower=(*(float(one) for one in quantiles[1::2]), lower),
        upper=(*(float(one) for one in quantiles[2::2]), upper),
        chance=None if goal is None else float(view.reached(goal)[0]),
        counted_share=0.0 if counted is None else counted.share,
        counted_registered=float(registered),
        counted_voters=float(voters),
        sample=sample,
        doubtful=doubtful,
        in_doubt=0.0 if counted is None else float(counted.places["in_doubt"].iloc[0]),
        on_top=counted is not None and counted.lacks_votes,
        draws=len(draws),
    )


def _is_open(counted: Counted | None, goal: float | None, median: float) -> bool:
    """Whether doubts about a count leave open what becomes of the whole, or of its goal."""
    if counted is None:
        return False
    return counted.is_doubtful if goal is None else counted.leaves_open(goal, median)


def place_figures(
    forecast: Forecast, before: Forecast, goal: float | None, scale: str
) -> pd.DataFrame:
    """Return the figures of every place of a scale.

    Parameters
    ----------
    forecast
        Joint draws, given the count.
    before
        Those from before the count.
    goal
        The goal (share), if any.
    scale
        The scale.

    Returns
    -------
    pandas.DataFrame
        key, name, parent (name of the next coarser place; blank at the top), registered (count),
        counted_registered, counted_voters (counts of the stations that are in, by the place's own
        row), counted_share, stations_counted (NaN where not told), complete, doubtful (nothing can
        be called of it), mean, median, lower, upper (90%; shares), chance (of the goal; missing
        without) and before (mean before the count, a share).
    """
    view, past = forecast.at(scale), before.at(scale)
    places = view.places
    known = dict(zip(keys_of(past.places), past.draws.mean(axis=0, dtype=np.float64), strict=True))
    keys = keys_of(places)
    median, lower, upper = view.quantiles([0.5, *tails(0.9)])
    table = pd.DataFrame(
        {
            "key": ["\t".join(key) for key in keys],
            "name": _names(places, scale),
            "parent": _parents(forecast, places, scale),
            "registered": places["registered"].to_numpy(float),
            "mean": view.draws.mean(axis=0, dtype=np.float64),
            "median": median,
            "lower": lower,
            "upper": upper,
            "chance": np.nan if goal is None else view.reached(goal),
            "before": [known.get(key, np.nan) for key in keys],
        }
    )
    if forecast.counted is None:
        nothing = {"counted_registered": 0.0, "counted_voters": 0.0, "counted_share": 0.0}
        return table.assign(**nothing, stations_counted=np.nan, complete=False, doubtful=False)
    counted = forecast.counted.at(places, scale)
    may_rise = counted["lacks_votes"].to_numpy(bool)
    short, near = np.zeros((2, len(table)), dtype=bool)
    if goal is not None:
        in_doubt = counted["in_doubt"].to_numpy(float)
        short = np.isin(verdicts_of(view.reached(goal)), SHORT)
        near = (in_doubt > 0) & (np.abs(goal - median) <= in_doubt)
    return table.assign(
        counted_registered=counted["registered"].fillna(0.0).to_numpy(float),
        counted_voters=counted["voters"].fillna(0.0).to_numpy(float),
        counted_share=counted["counted_share"].to_numpy(float),
        stations_counted=counted["stations_counted"].to_numpy(float),
        complete=counted["complete"].to_numpy(bool),
        doubtful=counted["doubtful"].to_numpy(bool) | near | (may_rise & short),
    )


def with_parts(districts: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of districts, what is counted in them added up over their places.

    A district whose own row tells of more than its places do keeps its own; `own_row` says so.

    Parameters
    ----------
    districts, places
        What `place_figures` says of a scale and of the finest one.
    """
    sums = places.groupby("parent")[["counted_registered", "counted_voters"]].sum()
    parts = sums.reindex(districts["name"]).fillna(0.0).to_numpy(float)
    own = districts["counted_registered"].to_numpy(float) > parts[:, 0] + 0.5
    counted = districts[["counted_registered", "counted_voters"]].to_numpy(float)
    used = np.where(own[:, None], counted, parts)
    out = places[~places["complete"]].groupby("parent").size()
    return districts.assign(
        counted_registered=used[:, 0],
        counted_voters=used[:, 1],
        own_row=own,
        places_out=out.reindex(districts["name"]).fillna(0).to_numpy(int),
    )


def projected_turnout(places: pd.DataFrame) -> float | None:
    """Return the turnout of the whole if the places still out behave as their district has.

    What is counted of a kecamatan lies so far above or below what was expected of the same places
    before the count; what is out there is taken to lie as far from its own expectation (uniform
    swing by kecamatan, on the logit scale). A kecamatan of which nothing is in moves as the whole.

    Parameters
    ----------
    places
        What `place_figures` says of the finest scale.

    Returns
    -------
    float or None
        A share; None while nothing is in, and where nothing is out.
    """
    known = places[places["before"].notna()]
    registered = known["registered"].to_numpy(float)
    inside = np.minimum(known["counted_registered"].to_numpy(float), registered)
    out = registered - inside
    if inside.sum() <= 0 or out.sum() <= 0:
        return None
    expected = known["before"].to_numpy(float)
    voters = known["counted_voters"].to_numpy(float)
    parent, groups = pd.factorize(known["parent"])
    size = max(len(groups), 1)
    had = np.bincount(parent, inside, size)
    came = _shares(np.bincount(parent, voters, size), had)
    due = _shares(np.bincount(parent, expected * inside, size), had)
    usual = _swing(voters.sum() / inside.sum(), (expected * inside).sum() / inside.sum())
    swing = np.where(had > 0, logit(came) - logit(due), usual)
    rest = expit(logit(expected.clip(_EDGE, 1 - _EDGE)) + swing[parent])
    return float((voters.sum() + (rest * out).sum()) / (inside.sum() + out.sum()))


def needed(places: pd.DataFrame, whole: Whole, goal: float) -> pd.DataFrame:
    """Return the places still out with what each would have to bring for the goal.

    All move together, by the same step on the logit scale from what is expected of them now.

    Parameters
    ----------
    places
        What `place_figures` says of the finest scale.
    whole
        The whole.
    goal
        The goal (share).

    Returns
    -------
    pandas.DataFrame
        The rows that are not complete with out (registered voters who are still out), expected
        (turnout expected of these, share) and needed (share; 0 where the goal is reached without
        them, missing where they cannot reach it), the most voters first.
    """
    rows = still_out(places)
    out, expected = rows["out"].to_numpy(float), rows["expected"].to_numpy(float)
    missing = goal * whole.registered - (whole.mean * whole.registered - (out * expected).sum())
    if not len(rows) or missing >= out.sum():
        return rows.assign(needed=np.nan)
    if missing <= 0:
        return rows.assign(needed=0.0)
    at = logit(expected.clip(_EDGE, 1 - _EDGE))
    step = brentq(lambda by: float((out * expit(at + by)).sum()) - missing, -_STEEPEST, _STEEPEST)
    return rows.assign(needed=expit(at + step))


def still_out(places: pd.DataFrame) -> pd.DataFrame:
    """Return the places that are not complete, with how many are out and what is expected of them.

    The columns added are `out` (registered voters) and `expected` (their turnout, a share).
    """
    rows = places[~places["complete"].astype(bool)]
    out = (rows["registered"] - rows["counted_registered"]).clip(lower=0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = (rows["mean"] * rows["registered"] - rows["counted_voters"]) / out
    rows = rows.assign(out=out, expected=expected.clip(0.0, 1.0))[out.to_numpy() > 0]
    return rows.sort_values("out", ascending=False, kind="stable").reset_index(drop=True)


def figures_of_scales(
    forecast: Forecast, before: Forecast, goal: float | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures of the finest places and of those one below the whole.

    The second, with their scale, are the first where none is between them and the whole.
    """
    scales = scales_downward(forecast)
    places = place_figures(forecast, before, goal, scales[-1])
    if len(scales) < 3:
        out = (~places["complete"]).astype(int)
        return places, places.assign(own_row=False, places_out=out, scale=scales[-1])
    districts = with_parts(place_figures(forecast, before, goal, scales[1]), places)
    return _settled_above(places, districts), districts.assign(scale=scales[1])


def _settled_above(places: pd.DataFrame, districts: pd.DataFrame) -> pd.DataFrame:
    """Take the places of a district of which only the complete total is in for counted.

    What they bring together is known; each has what the draws give it of that.
    """
    whole = districts["name"][districts["own_row"] & districts["complete"]]
    inside = places["parent"].isin(whole).to_numpy()
    voters = places["mean"] * places["registered"]
    return places.assign(
        complete=places["complete"] | inside,
        counted_registered=places["counted_registered"].where(~inside, places["registered"]),
        counted_voters=places["counted_voters"].where(~inside, voters),
    )


def _parents(forecast: Forecast, places: pd.DataFrame, scale: str) -> Sequence[str]:
    scales = scales_downward(forecast)
    if scale != scales[-1] or len(scales) < 3:
        return [""] * len(places)
    return _names(places, scales[1])


def _names(places: pd.DataFrame, scale: str) -> list[str]:
    if scale not in places:
        return [""] * len(places)
    return [label(name) if isinstance(name, str) else "" for name in places[scale]]


def _swing(came: float, due: float) -> float:
    ends = np.clip([came, due], _EDGE, 1 - _EDGE)
    return float(logit(ends[0]) - logit(ends[1]))


def _shares(part: Any, of: Any) -> Floats:
    share = np.divide(part, of, out=np.full(len(of), 0.5), where=of > 0)
    return share.clip(_EDGE, 1 - _EDGE)
