"""An experiment read back in: `estimate_rollout`, whose effect needs no bias variance."""

from __future__ import annotations

import html
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.doses import prior_of, saturating
from turnout.errors import DataError
from turnout.language import Language, Text, percent, points
from turnout.outreach.effect.posterior import EffectPosterior, combine
from turnout.outreach.effect.words import decimals_for, signed_points
from turnout.outreach.trial.arms import ArmEffects, compare_arms
from turnout.outreach.trial.design import WAITING, Treatment
from turnout.outreach_kinds import kind_of


@dataclass(frozen=True)
class RolloutEffect:
    """What an experiment found.

    Parameters
    ----------
    arms
        Every arm against the control.
    """

    arms: ArmEffects

    @property
    def table(self) -> pd.DataFrame:
        """One row per arm, see `ArmEffects.table`."""
        return self.arms.table

    @property
    def text(self) -> str:
        """The result in words, in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return the result in words, one statement per line."""
        lines = [_CONTROL.say(lang, control=self.arms.control, turnout=self.arms.control_turnout)]
        for _, row in self.table.iterrows():
            decimals = decimals_for(row["upper"] - row["lower"])
            lines.append(
                _ARM.say(
                    lang,
                    arm=row["arm"],
                    effect=signed_points(row["effect"], lang, decimals),
                    lower=signed_points(row["lower"], lang, decimals),
                    upper=signed_points(row["upper"], lang, decimals),
                    sd=points(row["sd"], lang, decimals),
                    n=row["units"],
                )
            )
        return "\n".join(lines)

    def posterior(self, treatment: Treatment, arm: str | None = None) -> EffectPosterior:
        """Return the effect of a kind of activity: its prior and this experiment together.

        Places were drawn by lot, so no bias is added; the result goes into `plan_outreach`.

        Parameters
        ----------
        treatment
            The kind, and the share of voters that the treated areas met more than the others.
        arm
            The arm; the only one when not given.

        Raises
        ------
        ValueError
            If the arm is unknown, or there are several and none is named.
        """
        found = self.table[self.table["arm"] == arm] if arm else self.table
        if len(found) != 1:
            known = ", ".join(map(str, self.table["arm"]))
            raise ValueError(f"name one of the arms ({known}), got {arm!r}")
        kind = kind_of(treatment.kind)
        control = self.arms.control_turnout
        per_dose = control * (1 - control) * float(saturating(treatment.reach))
        row, prior = found.iloc[0], prior_of(kind)
        return combine(
            (kind,),
            (np.array([prior.mean]), np.array([prior.sd])),
            (np.array([row["effect"] / per_dose]), np.array([[(row["sd"] / per_dose) ** 2]])),
            np.zeros(1),
        )

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self.text.splitlines())
        shown = self.table.assign(
            **{name: [percent(one, "en", 2) for one in self.table[name]] for name in _SHARES}
        )
        return lines + shown.to_html(index=False)


def estimate_rollout(outcomes: pd.DataFrame, *, control: str = WAITING) -> RolloutEffect:
    """Estimate what activities assigned by lot have changed.

    Parameters
    ----------
    outcomes
        One row per unit (an area, or the people of one arm in a block): block, arm, registered,
        voters, and last_turnout where it is known, as `Rollout.outcomes` gives them.
    control
        The arm without activities.

    Returns
    -------
    RolloutEffect
        With ``.table``, ``.text``, ``.say(lang)`` and ``.posterior(treatment)``.

    Raises
    ------
    DataError
        If a column is missing, or the arms cannot be told apart.

    Examples
    --------
    >>> outcomes = pd.DataFrame({"block": [1, 1, 2, 2], "arm": ["activities", "later"] * 2,
    ...                          "registered": [100] * 4, "voters": [72, 70, 66, 60]})
    >>> print(estimate_rollout(outcomes).text.splitlines()[1])
    activities: +4.0 points (90%: -8.6 to +16.6), standard error 2.0, 2 units.
    """
    if outcomes.empty:
        raise DataError(_EMPTY)
    return RolloutEffect(compare_arms(outcomes, control))


_SHARES = ("turnout", "effect", "sd", "lower", "upper")

_CONTROL = Text(
    en="Turnout of the arm '{control}': {turnout:percent}. The others against it, by lot within "
    "blocks:",
    id="Tingkat partisipasi kelompok '{control}': {turnout:percent}. Kelompok lain dibandingkan "
    "dengannya, diundi di dalam blok:",
)
_ARM = Text(
    en="{arm}: {effect} points (90%: {lower} to {upper}), standard error {sd}, {n:count} units.",
    id="{arm}: {effect} poin (90%: {lower} s.d. {upper}), galat baku {sd}, {n:count} unit.",
)
_EMPTY = Text(
    en="There are no outcomes. Give one row per area with its block, arm, registered and voters.",
    id="Tabel hasil uji coba kosong. Berikan satu baris per wilayah dengan blok, kelompok, jumlah "
    "pemilih terdaftar, dan jumlah pengguna hak pilih.",
)
