"""Places of a count with far more voters than they had, or than the other places let expect.

A digit too many, votes in place of voters, or those who did not vote make a goal reached that is
not. Where turnout is high such figures lie above the registered; where it is low nothing else
tells them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.areas.expected import beside_others, then_and_now
from turnout.arrays import Bools, Floats, Ints
from turnout.rules.coming import FAR_BELOW

_TIMES = 1 / FAR_BELOW
"""Turnout is far above what is usual where that is far below it."""
_OVER_FULL = 1.1
"""The same where more voted than are registered, which late additions to a list explain seldom."""


def all_high(figures: pd.DataFrame, usable: Bools, past: pd.DataFrame) -> tuple[float, ...]:
    """Return the turnout of what is in and the highest of these places, if it is far above.

    The highest is that of contests of the same type, or ever where there is none: local elections
    draw far fewer voters than others. Of 204 past contests of 20 panels none was so high.

    Parameters
    ----------
    figures
        (nodes) registered and voters of the count.
    usable
        (nodes,) the finest places that are in, or partly.
    past
        Observations of past contests; kin tells which are of the same type.
    """
    known = then_and_now(figures, usable, past)
    known = known[known["kin"]] if known["kin"].any() else known
    if known.empty or not (known["now"] > _TIMES * known["then"]).all():
        return ()
    highest = known.iloc[int(known["then"].to_numpy().argmax())]
    return float(highest["now"]), float(highest["then"])


def perhaps_too_many(
    parent: Ints, figures: pd.DataFrame, usable: Bools, part: Bools, past: pd.DataFrame
) -> Floats:
    """Return of how many registered the voters may be too many, 0 where nothing speaks for it.

    That is where turnout is far above what the other places let expect: of 204 past contests of
    20 panels, complete, 17 had such places, together 89 of 46,265. Places that are partly in are
    told where it is as far above their highest past turnout too: 32 places of 7 contests. With more
    voters than registered less is enough: a tenth above what is expected, by their own past too.

    Parameters
    ----------
    parent
        (nodes,) parent of every place, -1 for the root.
    figures
        (nodes) registered, and as_counted: the voters, who may be more.
    usable, part
        (nodes,) the places that are in, or partly, and the latter.
    past
        Observations of past contests.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        turnout = (figures["as_counted"] / figures["registered"]).to_numpy(float)
    past = past.assign(turnout=past["voters"] / past["registered"])
    highest = past.groupby("node")["turnout"].max().reindex(figures.index).to_numpy()
    beside = beside_others(parent, turnout, usable, past, "min")
    with np.errstate(invalid="ignore"):
        full = (turnout > 1) & (beside > _OVER_FULL)
        high = full | ((beside > _TIMES) & (~part | (turnout > _TIMES * highest)))
    registered = figures["registered"].to_numpy(float)
    return np.where(high & usable, registered * turnout * (1 - 1 / beside), 0.0)
