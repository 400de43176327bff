"""Estimates from outside, and how much they count for: by their record, else by what is known.

People say that they will vote more often than they do. Surveys overreport turnout by 10 to 20
points in most of 184 elections of 55 countries [1]_, by 13 in the American National Election
Study of 2012 [2]_, and by 10 or more in all ongoing surveys looked at [3]_.

References
----------
.. [1] Vote overreporting in national election surveys: a 55-nation exploratory study, on the
   Comparative Study of Electoral Systems.
.. [2] Jackman & Spahn (2019), Why does the American National Election Study overestimate voter
   turnout?, Political Analysis 27(2), 193-207.
.. [3] DeBell, Krosnick, Gera, Yeager & McDonald (2020), The turnout gap in surveys: explanations
   and solutions, Sociological Methods & Research 49(4), 1133-1162.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from turnout.errors import TurnoutError
from turnout.language import Text

EvidenceKind = Literal["stated", "intention", "expert", "forecast", "other"]

BIAS: Mapping[str, tuple[float, float]] = {
    "intention": (0.15, 0.07),
    "expert": (0.0, 0.06),
    "forecast": (0.0, 0.05),
    "other": (0.0, 0.06),
}
"""Prior mean and standard deviation (shares) of what each kind of evidence says too much.

That of stated intention is from the sources above; the others are this project's own, about as
far as forecasts of the whole were off in its backtests (docs/accuracy.md)."""

# Scatter of a source about its own bias, worth so many past estimates before there are any.
_SCATTER, _SCATTER_WORTH = 0.04, 3.0


@dataclass(frozen=True)
class Evidence:
    """An estimate of turnout from outside.

    Parameters
    ----------
    turnout
        What it says, a share.
    error
        Its standard error as stated, a share; 0 for a what-if.
    scale, place
        What it is of; the whole where blank.
    kind
        ``stated`` is taken at its word; ``intention`` (a survey that asks who will vote),
        ``expert``, ``forecast`` and ``other`` have the priors of `BIAS`, which their record
        changes.
    source
        Who says so.
    record
        What the source said before and what came, pairs of shares.

    Raises
    ------
    TurnoutError
        If the turnout is not a share between 0 and 1, or the error is not between 0 and 0.5.

    Examples
    --------
    >>> survey = Evidence(0.86, 0.02, kind="intention")
    >>> turnout, error = survey.weighed()
    >>> round(turnout, 3), round(error, 3)
    (0.71, 0.073)
    """

    turnout: float
    error: float
    scale: str = ""
    place: str = ""
    kind: EvidenceKind = "stated"
    source: str = ""
    record: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.turnout < 1:
            raise TurnoutError(_NO_TURNOUT, turnout=self.turnout)
        if not 0 <= self.error < 0.5:
            raise TurnoutError(_NO_ERROR, error=self.error)

    def weighed(self) -> tuple[float, float]:
        """Return turnout less the bias that is expected of it, and the error that goes with it.

        A source's estimates scatter about a bias of its own: b ~ N(m, s^2) by kind, and past
        errors d_j ~ N(b, t^2), with t^2 estimated from the record and a prior worth three past
        estimates. The error is then sqrt(max(error^2, t^2) + var(b | record)); without a record
        sqrt(error^2 + s^2), and the stated error where it is taken at its word.
        """
        if self.kind == "stated" and not self.record:
            return self.turnout, self.error
        mean, sd = BIAS["other" if self.kind == "stated" else self.kind]
        if not self.record:
            return self.turnout - mean, float(np.hypot(self.error, sd))
        errors = np.array([said - came for said, came in self.record])
        worth = _SCATTER_WORTH * _SCATTER**2
        scatter = (worth + ((errors - errors.mean()) ** 2).sum()) / (_SCATTER_WORTH + len(errors))
        precision = 1 / sd**2 + len(errors) / scatter
        bias = (mean / sd**2 + errors.sum() / scatter) / precision
        variance = max(self.error**2, scatter) + 1 / precision
        return self.turnout - float(bias), float(np.sqrt(variance))


_NO_TURNOUT = Text(
    en="The turnout {turnout} of the evidence is not between 0% and 100%. Write it as 70% or 0.70.",
    id="Tingkat partisipasi {turnout} dari bukti luar tidak berada antara 0% dan 100%. Tulis "
    "sebagai 70% atau 0,70.",
)
_NO_ERROR = Text(
    en="The error {error} of the evidence is not between 0 and 50 points. Write 4 points as 0.04.",
    id="Galat {error} dari bukti luar tidak berada antara 0 dan 50 poin. Tulis 4 poin sebagai "
    "0,04.",
)
