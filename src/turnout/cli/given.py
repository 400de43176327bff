"""What-ifs as they are written on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from turnout.errors import TurnoutError
from turnout.evidence import Evidence
from turnout.forecast.goal import parse_goal
from turnout.language import Text
from turnout.schema import SCALES

_WHOLE = ("total", "whole", "keseluruhan")


def parse_what_ifs(written: Sequence[str]) -> list[Evidence]:
    """Read what-ifs: a place and its turnout.

    Parameters
    ----------
    written
        Each as ``total=65%``, ``Jelutung=60%`` or, where several scales know the name,
        ``district:Jelutung=60%``.

    Raises
    ------
    TurnoutError
        If one is not of that form, or its turnout is none.

    Examples
    --------
    >>> [(one.scale, one.place, one.turnout) for one in
    ...  parse_what_ifs(["total=65%", "district:Jelutung=60,5%"])]
    [('', '', 0.65), ('district', 'Jelutung', 0.605)]
    """
    return [_what_if(one) for one in written]


def _what_if(written: str) -> Evidence:
    place, sign, level = (part.strip() for part in written.rpartition("="))
    if not (sign and place and level):
        raise TurnoutError(_FORM, written=written)
    scale, colon, name = (part.strip() for part in place.partition(":"))
    if not (colon and scale in SCALES):
        scale, name = "", place
    whole = not scale and name.casefold() in _WHOLE
    return Evidence(parse_goal(level), 0.0, scale=scale, place="" if whole else name)


_FORM = Text(
    en="'{written}' is no what-if. Write a place and its turnout: total=65% or Jelutung=60%.",
    id="'{written}' bukan pengandaian. Tulis wilayah dan partisipasinya: total=65% atau "
    "Jelutung=60%.",
)
