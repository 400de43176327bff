"""An outcome that is no outcome of the coming election: the very figures of a past one."""

from __future__ import annotations

import pandas as pd

from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.language import Text
from turnout.rules.copied import copied_contest


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
    copied = copied_contest(finest, past)
    if copied is not None:
        raise TurnoutError(_OF_THE_PAST, election=copied.election, n=copied.n, places=copied.places)


_OF_THE_PAST = Text(
    en="These are the results of {election:contest}, which the run already knows as past: "
    "{n:count} of {places:count} places have its very figures. Give the results of the election "
    "that was forecast.",
    id="Ini hasil {election:contest}, yang sudah dikenal prakiraan sebagai hasil yang lalu: "
    "angka {n:count} dari {places:count} wilayah persis sama. Berikan hasil pemilihan yang "
    "diprakirakan.",
)
