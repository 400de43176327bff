"""A turnout goal as people write it."""

from __future__ import annotations

import re

import numpy as np

from turnout.errors import TurnoutError
from turnout.language import Text

Goal = float | str

_PERCENT_WORD = re.compile(r"\s*(?:persen|percent|per cent|pct)\.?$", re.IGNORECASE)


def parse_goal(goal: Goal) -> float:
    """Read a turnout goal as people write it, and return it as a share.

    Parameters
    ----------
    goal
        ``86%``, ``86``, ``0.86``, ``"86,0%"`` or ``"86 persen"``: without a percent sign a number
        below 1 is a share and one above 1 a percentage.

    Returns
    -------
    float
        The goal as a share.

    Raises
    ------
    TurnoutError
        If it is not a number, exactly 1 (1% or 100%?), or not between 1% and 100%.

    Examples
    --------
    >>> [parse_goal(goal) for goal in (0.86, 86, "86%", "86,0%", "0,86", "86 persen")]
    [0.86, 0.86, 0.86, 0.86, 0.86, 0.86]
    """
    written = str(goal.item() if isinstance(goal, np.ndarray | np.generic) else goal).strip()
    written = _PERCENT_WORD.sub("%", written)
    try:
        value = float(written.removesuffix("%").strip().replace(",", "."))
    except ValueError:
        raise TurnoutError(_NO_NUMBER, goal=written) from None
    percentage = written.endswith("%")
    if value == 1 and not percentage:
        raise TurnoutError(_ONE)
    share = value / 100 if percentage or value > 1 else value
    if not 0.01 <= share <= 1:
        raise TurnoutError(_OUTSIDE, goal=written)
    return share


def written_goal(share: float) -> str:
    """Write a goal that was read so that it is read the same again: 1 would be asked about.

    >>> written_goal(1.0), parse_goal(written_goal(0.775))
    ('100%', 0.775)
    """
    return f"{100 * share:.12g}%"


_NO_NUMBER = Text(
    en="The goal '{goal}' is not a number. Write it as 86%, 86 or 0.86.",
    id="Target '{goal}' bukan angka. Tulis sebagai 86%, 86, atau 0,86.",
)
_ONE = Text(
    en="A goal of 1 could mean 1% or 100%. Write it with a percent sign.",
    id="Target 1 dapat berarti 1% atau 100%. Tulis dengan tanda persen.",
)
_OUTSIDE = Text(
    en="The goal '{goal}' does not lie between 1% and 100%. Write it as 86%, 86 or 0.86.",
    id="Target '{goal}' tidak berada antara 1% dan 100%. Tulis sebagai 86%, 86, atau 0,86.",
)
