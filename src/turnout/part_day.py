"""Turnout by an hour of polling day, and how the final turnout relates to it.

On the logit scale the final turnout of place i lies above what it had by the hour by

    shift + c + e_i,    c ~ N(0, shared^2) for all places of a day,    e_i ~ N(0, own^2)

What places share of it is most of the uncertainty: a hundred places by 10:00 tell how places
differ, and hardly more of the whole than one does. So past polling days count by days, not by
places (docs/model.md, section 16).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from turnout.errors import TurnoutError
from turnout.language import Text

OPENS, CLOSES = dt.time(7), dt.time(13)
"""Usual polling hours in Indonesia."""

USUAL_SHIFT_SD = 0.8
"""Prior sd (logit) of the shift about the one of voters who come evenly over the hours: of a final
turnout of 70%, 15 to 60% come by half time with a probability of 90%. Our own, wide on purpose."""

# Scatter between days, and between the places of a day, each worth so many before there are any.
_BETWEEN, _WITHIN, _WORTH = 0.3, 0.2, 3.0
_USUAL_TURNOUT = 0.7


@dataclass(frozen=True)
class Relation:
    """How far final turnout lies above that by the hour, logit: see the module."""

    shift: float
    shared: float
    own: float


@dataclass(frozen=True)
class Report:
    """Turnout of a place by the hour (share); of the whole where no place is named."""

    turnout: float
    place: str = ""
    scale: str = ""


@dataclass(frozen=True)
class PartDay:
    """Turnout by an hour of polling day, of the whole or of some or all places.

    Parameters
    ----------
    time
        The hour.
    reports
        What was reported by then.
    past
        Of past polling days at the same hour: label of the day, turnout by then, final turnout
        (shares), of any places.
    opens, closes
        When polling places open and close.

    Raises
    ------
    TurnoutError
        If the hour is no polling hour, or a turnout is not a share between 0 and 1.

    Examples
    --------
    >>> past = [("2018", 0.30, 0.66), ("2020", 0.35, 0.72)]
    >>> by_ten = PartDay(dt.time(10), (Report(0.31),), tuple(past))
    >>> relation = by_ten.relation()
    >>> round(relation.shift, 2), round(relation.shared, 2)
    (1.53, 0.34)
    """

    time: dt.time
    reports: tuple[Report, ...]
    past: tuple[tuple[str, float, float], ...] = ()
    opens: dt.time = OPENS
    closes: dt.time = CLOSES

    def __post_init__(self) -> None:
        if not self.opens < self.time < self.closes:
            hours = {"opens": _clock(self.opens), "closes": _clock(self.closes)}
            raise TurnoutError(_NO_POLLING_HOUR, time=_clock(self.time), **hours)
        said = [one.turnout for one in self.reports]
        for turnout in (*said, *(share for row in self.past for share in row[1:])):
            if not 0 < turnout < 1:
                raise TurnoutError(_NO_SHARE, turnout=turnout, time=_clock(self.time))

    @property
    def days(self) -> int:
        """Number of past polling days."""
        return len({day for day, _, _ in self.past})

    def relation(self) -> Relation:
        """Return how the final turnout relates to that by the hour, learned from past days.

        The prior lets voters come evenly over the hours, give or take `USUAL_SHIFT_SD`.
        """
        from scipy.special import logit  # here: who only reads a file starts without it

        passed = _minutes(self.time) - _minutes(self.opens)
        even = passed / (_minutes(self.closes) - _minutes(self.opens))
        usual = float(logit(_USUAL_TURNOUT) - logit(_USUAL_TURNOUT * even))
        days: dict[str, list[float]] = {}
        for day, said, came in self.past:
            days.setdefault(day, []).append(float(logit(came) - logit(said)))
        means = np.array([np.mean(shifts) for shifts in days.values()])
        number = np.array([len(shifts) for shifts in days.values()], dtype=float)
        squares = sum(float(((np.array(one) - np.mean(one)) ** 2).sum()) for one in days.values())
        within = (_WORTH * _WITHIN**2 + squares) / (_WORTH + (number - 1).sum())
        away = ((means - means.mean()) ** 2).sum() if len(means) else 0.0
        between = (_WORTH * _BETWEEN**2 + away) / (_WORTH + max(len(means) - 1, 0))
        weight = 1 / (between + within / number)
        precision = 1 / USUAL_SHIFT_SD**2 + weight.sum()
        shift = (usual / USUAL_SHIFT_SD**2 + (weight * means).sum()) / precision
        return Relation(
            float(shift), float(np.sqrt(between + 1 / precision)), float(np.sqrt(within))
        )


def latest(part_days: Sequence[PartDay]) -> list[PartDay]:
    """Return part-day turnout without what a later hour of the same place replaces.

    >>> early = PartDay(dt.time(10), (Report(0.3, "Murni"), Report(0.2, "Legok")))
    >>> late = PartDay(dt.time(12), (Report(0.5, "Murni"),))
    >>> [[one.place for one in part.reports] for part in latest([early, late])]
    [['Murni'], ['Legok']]
    """
    seen: set[tuple[str, str]] = set()
    found = []
    for part in sorted(part_days, key=lambda one: one.time, reverse=True):
        reports = tuple(one for one in part.reports if (one.scale, one.place) not in seen)
        seen |= {(one.scale, one.place) for one in reports}
        if reports:
            found.append(PartDay(part.time, reports, part.past, part.opens, part.closes))
    return found


def read_clock(written: str) -> dt.time:
    """Return an hour as people write it.

    Raises
    ------
    TurnoutError
        If it is none.

    Examples
    --------
    >>> read_clock("10.00 WIB"), read_clock("9")
    (datetime.time(10, 0), datetime.time(9, 0))
    """
    found = re.fullmatch(r"(\d{1,2})(?:[.:](\d{1,2})(?:[.:]\d{1,2})?)?", _bare(written))
    hour, minute = (int(part or 0) for part in found.groups()) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise TurnoutError(_NO_CLOCK, written=written)
    return dt.time(hour, minute)


def _bare(written: str) -> str:
    return re.sub(r"(?i)\b(wib|wita|wit|pukul|jam)\b", "", written).strip()


def _minutes(time: dt.time) -> int:
    return 60 * time.hour + time.minute


def _clock(time: dt.time) -> str:
    return f"{time:%H:%M}"


_NO_POLLING_HOUR = Text(
    en="Turnout by {time} was told, but polling is from {opens} to {closes}. Correct the time, or "
    "give the hours in the columns opens and closes. What is counted afterwards goes to --counted.",
    id="Ada partisipasi sementara pukul {time}, padahal pemungutan suara pukul {opens} s.d. "
    "{closes}. Perbaiki waktunya, atau isi kolom buka dan tutup. Hasil hitung sesudahnya diberikan "
    "dengan --counted.",
)
_NO_SHARE = Text(
    en="The turnout {turnout} by {time} is not between 0% and 100%. Write it as 35% or 0.35.",
    id="Partisipasi {turnout} pukul {time} tidak berada antara 0% dan 100%. Tulis sebagai 35% atau "
    "0,35.",
)
_NO_CLOCK = Text(
    en="'{written}' is not a time of day. Write it as 10:00.",
    id="'{written}' bukan waktu. Tulis sebagai 10:00.",
)
