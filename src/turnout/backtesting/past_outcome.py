"""An outcome that is no outcome of the coming election: the very figures of a past one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.identity.keys import numbers_of_places
from turnout.language import Text

# Of the places that both tell, so many have the very figures of one past contest: no chance.
_LEAST, _PART = 3, 0.5


def refuse_past_outcome(joint: Forecast, actual: pd.DataFrame) -> None:
    """Refuse results of places that have the registered and the voters of a past contest.

    Parameters
    ----------
    joint
        The forecast, with the past of its places.
    actual
        Results of the election that was forecast, in canonical form.

    Raises
    ------
    TurnoutError
        If at least three places, and half of them, have the very figures of one past contest.
    """
    if joint.history.empty:
        return
    past = joint.history[joint.history["scale"] == joint.scale]
    finest = actual[actual[joint.scale].notna()] if joint.scale in actual else actual.iloc[:0]
    of_row, of_past = numbers_of_places((finest, past))
    figures = ["registered", "voters"]
    ours = finest[figures].assign(place=of_row)
    theirs = past[[*figures, "election"]].assign(place=of_past)
    both = theirs.merge(ours, on="place", suffixes=("", "_now"))
    same = np.ones(len(both), dtype=bool)
    for name in figures:
        same &= (both[name] == both[f"{name}_now"]).to_numpy()
    told = pd.Series(same).groupby(both["election"].to_numpy()).agg(["sum", "size"])
    copied = told[(told["sum"] >= _LEAST) & (told["sum"] >= _PART * told["size"])]
    if len(copied):
        contest, (n, places) = copied.index[0], copied.iloc[0]
        raise TurnoutError(_OF_THE_PAST, election=str(contest), n=int(n), places=int(places))


_OF_THE_PAST = Text(
    en="These are the results of {election:contest}, which the run already knows as past: "
    "{n:count} of {places:count} places have its very figures. Give the results of the election "
    "that was forecast.",
    id="Ini hasil {election:contest}, yang sudah dikenal prakiraan sebagai hasil yang lalu: "
    "{n:count} dari {places:count} wilayah angkanya persis sama. Berikan hasil pemilihan yang "
    "diprakirakan.",
)
