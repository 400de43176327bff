"""Outreach in the likelihood: the effect of every kind of activity, and the bias of its doses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from turnout.areas import Panel
from turnout.arrays import Bools
from turnout.doses import (
    BIAS_SD,
    PLACES_ONLY_SD,
    Dose,
    counted_activities,
    dose_columns,
    is_compared,
    mean_dose,
    place_log,
)
from turnout.doses.placing import canonical_log
from turnout.forecast import Note
from turnout.language import Language, Text, listing
from turnout.models.covariates.linear_effect import LinearEffect
from turnout.outreach_kinds import label_of

BIAS = " (bias)"
"""What follows a kind's name in the name of its bias."""


def outreach_effects(
    panel: Panel,
    logs: Sequence[pd.DataFrame | None],
    *,
    coming: int | None = None,
    bias_sd: float = BIAS_SD,
) -> tuple[LinearEffect, ...]:
    """Return two columns per kind of activity: its effect, and the bias of what is observed.

    Staff choose places, so past doses go together with the sum of an effect and a bias. The bias
    is a coefficient of its own on the past doses; it is no part of what the coming election gains
    from activities, which is what keeps it out of the forecast.

    Parameters
    ----------
    panel
        Places by contests.
    logs
        Activities of the past and those planned for the coming election; None for no log.
    coming
        Row number of the coming election, whose doses carry no bias.
    bias_sd
        Standard deviation of the bias in logit, at the treated areas' mean dose; 0 for activities
        that were assigned by lot. It is `PLACES_ONLY_SD` where no place can be compared with
        itself.

    Returns
    -------
    tuple of LinearEffect
        The effect of each kind, in order of name, each followed by its bias where it has one;
        nothing without activities.
    """
    effects: list[LinearEffect] = []
    for dose in _doses(panel, logs):
        effects.append(LinearEffect(dose.kind, dose.values, dose.prior.mean, dose.prior.sd))
        past = dose.values.copy()
        if coming is not None:
            past[:, coming] = 0.0
        usual = mean_dose(past[panel.is_leaf])
        if bias_sd > 0 and usual > 0:
            sd = (bias_sd if is_compared(panel, past) else PLACES_ONLY_SD) / usual
            effects.append(LinearEffect(f"{dose.kind}{BIAS}", past, 0.0, sd))
    return tuple(effects)


def outreach_notes(
    panel: Panel, contest: int, logs: Sequence[pd.DataFrame | None]
) -> tuple[Note, ...]:
    """Return what a reader has to know of the activities behind a forecast of a contest.

    How many count; which kinds only their prior speaks of, because no place was seen with and
    without them; and how many activities are in no place of the results.
    """
    log = _joined(logs)
    if log is None:
        return ()
    placed = place_log(panel, log).table
    notes = [_how_many(counted_activities(placed, panel), contest)]
    silent = [dose.kind for dose in _doses(panel, logs) if not is_compared(panel, dose.values)]
    if silent:
        notes.append(Note(Text(en=_say_silent(silent, "en"), id=_say_silent(silent, "id"))))
    lost = len(log) - len(placed)
    if lost:
        notes.append(Note(_LOST, {"n": lost}))
    return tuple(notes)


def _how_many(counted: Bools, contest: int) -> Note:
    """Tell how many activities count for a contest and for others, (activities, contests)."""
    coming = int(counted[:, contest].sum())
    past = int(np.delete(counted, contest, axis=1).any(axis=1).sum())
    return Note(_ACTIVITIES if coming else _NO_ACTIVITY, {"coming": coming, "past": past})


def _doses(panel: Panel, logs: Sequence[pd.DataFrame | None]) -> tuple[Dose, ...]:
    log = _joined(logs)
    return () if log is None else dose_columns(panel, log)


def _joined(logs: Sequence[pd.DataFrame | None]) -> pd.DataFrame | None:
    """Return all activities as one log; None where there is none."""
    known = [canonical_log(log) for log in logs if log is not None and len(log)]
    return pd.concat(known, ignore_index=True) if known else None


def _say_silent(kinds: Sequence[str], lang: Language) -> str:
    return _SILENT.say(lang, kinds=listing([label_of(kind, lang) for kind in kinds], lang))


_ACTIVITIES = Text(
    en="Outreach: {coming:count:activity:activities} for this election counted in, {past:count} "
    "for past elections.",
    id="Sosialisasi: diperhitungkan {coming:count} kegiatan untuk pemilihan ini dan {past:count} "
    "untuk pemilihan yang lalu.",
)
_NO_ACTIVITY = Text(
    en="Outreach: no activity of the log counts for this election, {past:count} for past "
    "elections.",
    id="Sosialisasi: tidak ada kegiatan dalam catatan yang diperhitungkan untuk pemilihan ini; "
    "untuk pemilihan yang lalu {past:count} kegiatan.",
)
_SILENT = Text(
    en="The effect of these activities cannot be measured from your data yet; results of trials "
    "elsewhere are used: {kinds}.",
    id="Pengaruh kegiatan ini belum dapat diukur dari data Anda; dipakai hasil uji coba di tempat "
    "lain: {kinds}.",
)
_LOST = Text(
    en="{n:count} outreach activities are in no place of the results and were left out.",
    id="{n:count} kegiatan sosialisasi tidak cocok dengan wilayah pada tabel hasil dan tidak "
    "dihitung.",
)
