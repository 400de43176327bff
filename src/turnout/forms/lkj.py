"""The LKj, an office's yearly report of performance: target, outcome and achievement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from turnout.arrays import Bools
from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.forecast import Note
from turnout.forms.participation import participation_table
from turnout.groups.partitions import ages_of, name_of
from turnout.identity.spelling import spelled_as
from turnout.language import Language, Text
from turnout.outreach_kinds import label_of
from turnout.own_rolls import APART

INDICATORS: Mapping[str, Text] = {
    "turnout": Text(en="Turnout", id="Tingkat partisipasi pemilih"),
    "women": Text(en="Turnout of women", id="Tingkat partisipasi pemilih perempuan"),
    "disabled": Text(
        en="Turnout of disabled voters", id="Tingkat partisipasi pemilih penyandang disabilitas"
    ),
    "unlisted": Text(
        en="Eligible but not on the roll",
        id="Pemilih yang berhak memilih tetapi tidak masuk dalam daftar pemilih",
    ),
}
"""The indicators, beside which each age group that the results tell has one of its own; the last
is better the lower it is."""

SHORT_NAMES: Mapping[str, str] = {
    "partisipasi": "turnout",
    "perempuan": "women",
    "disabilitas": "disabled",
    "tidak terdaftar": "unlisted",
}
"""Indicators by their short names in Indonesian."""


@dataclass(frozen=True)
class Lkj:
    """What an office reports of an election.

    Parameters
    ----------
    indicators
        One row per indicator: indicator (a key of `INDICATORS`), target, actual, achievement
        (shares; blank where not known).
    participation
        See `turnout.forms.participation.participation_table`.
    ranking
        The places below the whole by turnout: rank, scale, place columns, registered, voters,
        turnout, median (that was forecast); last, without a rank, those whose result is not known.
    previous
        This contest and the last of its type in the whole, a row each: election, date,
        registered, voters, turnout; empty where none is known.
    activities
        Number of activities and people reached by kind and segment, and what the log calls them
        (``written``) where a kind has another name, of those between the polling
        day before and this one; empty without a log.
    earlier, later
        Numbers of activities of the log that are not counted: until the polling day before, and
        from this one on.
    doubts
        What keeps the outcome from being final, or what it lacks: it stands beside every figure
        that is told.
    """

    indicators: pd.DataFrame
    participation: pd.DataFrame
    ranking: pd.DataFrame
    previous: pd.DataFrame
    activities: pd.DataFrame
    earlier: int = 0
    later: int = 0
    doubts: tuple[Note, ...] = ()


def report_performance(
    forecast: pd.DataFrame,
    actual: pd.DataFrame,
    *,
    election: Election,
    targets: Mapping[str, float] | None = None,
    history: pd.DataFrame | None = None,
    log: pd.DataFrame | None = None,
) -> Lkj:
    """Return the LKj of an election.

    Parameters
    ----------
    forecast
        Rows as in ``forecast.csv``.
    actual
        Results of the election, in canonical form.
    election
        The election.
    targets
        Target of each indicator, a share.
    history
        Past turnout as of `Forecast.history`.
    log
        Activities in the columns of `schema.OUTREACH_COLUMNS`.

    Raises
    ------
    TurnoutError
        If a target is of no indicator.
    """
    wanted = {SHORT_NAMES.get(name, name): target for name, target in (targets or {}).items()}
    known = indicators_of(actual)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise TurnoutError(_UNKNOWN, name=unknown[0], known=", ".join(known))
    table = participation_table(forecast, spelled_as(actual, forecast))
    basis = actual["registered_basis"].astype("object").fillna("").str.casefold()
    listed = bool(basis.str.contains("dpk").any())
    whole = table.iloc[0]
    early, late = _at_other_times(log, election, history)
    return Lkj(
        indicators=_indicators(whole, known, wanted, unlisted_counted=listed),
        participation=table,
        ranking=_ranking(table, forecast),
        previous=_previous(whole, election, history),
        activities=_activities(log if log is None else log[~early & ~late]),
        earlier=int(early.sum()),
        later=int(late.sum()),
    )


def indicators_of(actual: pd.DataFrame) -> tuple[str, ...]:
    """Return the indicators of results: those of `INDICATORS`, the age groups before the last.

    >>> indicators_of(pd.DataFrame(columns=["registered_age_17_25", "voters_age_17_25"]))
    ('turnout', 'women', 'disabled', 'age_17_25', 'unlisted')
    """
    *first, last = INDICATORS
    return (*first, *(group.key for group in ages_of(actual.columns)), last)


def indicator_name(indicator: str) -> Text:
    """Return an indicator in words.

    >>> indicator_name("age_17_25").say("id")
    'Tingkat partisipasi pemilih usia 17–25 tahun'
    """
    if indicator in INDICATORS:
        return INDICATORS[indicator]
    en, local = (name_of(indicator, lang) for lang in ("en", "id"))
    return Text(en=f"Turnout of {en}", id=f"Tingkat partisipasi {local}")


def _indicators(
    whole: pd.Series,
    indicators: Sequence[str],
    targets: Mapping[str, float],
    *,
    unlisted_counted: bool,
) -> pd.DataFrame:
    eligible = whole["registered"] + (0 if unlisted_counted else whole["voters_dpk"])
    with np.errstate(divide="ignore", invalid="ignore"):
        actual = {
            "turnout": whole["turnout"],
            "women": whole["turnout_p"],
            "disabled": whole["turnout_disabled"],
            "unlisted": np.float64(whole["voters_dpk"]) / eligible,
        }
    table = pd.DataFrame({"indicator": list(indicators)})
    table["target"] = [targets.get(name, np.nan) for name in indicators]
    table["actual"] = [actual.get(name, whole.get(f"turnout_{name}")) for name in indicators]
    table["actual"] = table["actual"].where(np.isfinite(table["actual"]))
    table["achievement"] = [
        achievement(target, found, lower_is_better=name == "unlisted")
        for name, target, found in table[["indicator", "target", "actual"]].itertuples(index=False)
    ]
    return table


def achievement(target: float, actual: float, *, lower_is_better: bool = False) -> float:
    """Return the achievement of a target (*capaian*), as a share.

    Parameters
    ----------
    target, actual
        Shares; the achievement of unknown ones is unknown.
    lower_is_better
        Then what is above the target is taken from it: (2 target - actual) / target, at least 0.

    Examples
    --------
    >>> round(achievement(0.80, 0.83), 4), achievement(0.002, 0.003, lower_is_better=True)
    (1.0375, 0.5)
    """
    if np.isnan(target) or np.isnan(actual) or target <= 0:
        return float("nan")
    if lower_is_better:
        return max(0.0, round((2 * target - actual) / target, 12))
    return actual / target


def _ranking(table: pd.DataFrame, forecast: pd.DataFrame) -> pd.DataFrame:
    """Return the places of the scale below the whole, the highest turnout first.

    Those whose stations are not all in stand behind, without a rank.
    """
    scales = list(table["scale"].unique())
    if len(scales) < 2:
        return table.iloc[:0].assign(rank=0, median=np.nan)
    single = forecast[forecast["level"] == forecast["level"].iloc[0]].reset_index(drop=True)
    below = table.assign(median=single["median"].astype(float))
    below = below[below["scale"] == scales[1]]
    if below["turnout"].isna().all():
        return below.iloc[:0].assign(rank=0)
    below["complete"] = below["turnout"].mask(below["partial"])
    below = below.sort_values("complete", ascending=False, kind="stable", ignore_index=True)
    rank = below["complete"].rank(method="min", ascending=False).astype("Int64")
    return below.assign(rank=rank).drop(columns="complete")


def counts_of(indicator: str) -> tuple[str, str]:
    """Return the counts that an indicator is computed from: all, and those of them it is about.

    >>> counts_of("women"), counts_of("age_17_25")
    (('registered_p', 'voters_p'), ('registered_age_17_25', 'voters_age_17_25'))
    """
    if indicator in _COUNTS:
        return _COUNTS[indicator]
    return f"registered_{indicator}", f"voters_{indicator}"


def without_result(participation: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Return the places whose missing figures keep an indicator from being known.

    Parameters
    ----------
    participation
        See `turnout.forms.participation.participation_table`.
    indicator
        A key of `INDICATORS`, or of an age group.

    Returns
    -------
    pandas.DataFrame
        Rows of the finest scale of which some places are known; none where the results tell the
        figures of the indicator of no place, or of the whole.
    """
    known = participation[list(counts_of(indicator))].notna().all(axis=1)
    if known.iloc[0] or not known.any():
        return participation.iloc[:0]
    scale = participation.loc[known, "scale"].iloc[-1]
    return participation[(participation["scale"] == scale) & ~known]


def _previous(whole: pd.Series, election: Election, history: pd.DataFrame | None) -> pd.DataFrame:
    """Return this contest and the last of its type in the whole, as their results tell them.

    The history sets apart the votes that no place has, such as postal ones; they are part of both.
    """
    columns = ["election", "date", "registered", "voters", "turnout"]
    own = {name: whole.get(name) for name in ("registered", "voters", "turnout")}
    own |= {"election": election.name, "date": pd.Timestamp(election.date)}
    if history is None or history.empty:
        return pd.DataFrame(columns=columns)
    past = history[
        (history["scale"] == whole["scale"])
        & (history["election_type"] == election.election_type)
        & (history["date"] < own["date"])
    ].sort_values("date", kind="stable")
    if past.empty:
        return pd.DataFrame(columns=columns)
    last = past.iloc[-1]
    voters = last["voters"] + last.get(APART, 0.0)
    before = {**last[columns], "voters": voters, "turnout": voters / last["registered"]}
    return pd.DataFrame([own, before])[columns]


def _at_other_times(
    log: pd.DataFrame | None, election: Election, history: pd.DataFrame | None
) -> tuple[Bools, Bools]:
    """Return which activities lie before the election's time, and which after it.

    It begins after the polling day before, as far as that is known, and ends before its own.
    """
    if log is None or "date" not in log:
        never = np.zeros(0 if log is None else len(log), dtype=bool)
        return never, never
    day = pd.Timestamp(election.date)
    before = pd.Series([], dtype="datetime64[ns]") if history is None else history["date"]
    past = pd.to_datetime(before)
    done = pd.to_datetime(log["date"])
    return (done <= past[past < day].max()).to_numpy(), (done >= day).to_numpy()


def _activities(log: pd.DataFrame | None) -> pd.DataFrame:
    columns = ["kind", "segment", "activities", "reached", "written"]
    if log is None or log.empty:
        return pd.DataFrame(columns=columns)
    if "reached_assumed" in log:  # the form tells people whom the log tells
        log = log.assign(reached=log["reached"].mask(log["reached_assumed"].astype(bool)))
    groups = log.groupby(["kind", "segment"], dropna=False, sort=True)
    found = groups["reached"].agg(activities="size", reached=lambda r: r.sum(min_count=1))
    if "kind_written" in log:
        found["written"] = groups["kind_written"].agg(_first_names)
    return found.reset_index().reindex(columns=columns)


def _first_names(names: pd.Series) -> str | None:
    """Return the first few of some names; None where there are none."""
    told = list(names.dropna().unique())
    more = ["..."] if len(told) > _MOST_NAMES else []
    return "; ".join([*told[:_MOST_NAMES], *more]) or None


_MOST_NAMES = 5


def labelled(activities: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """Return activities with kinds and segments in words."""
    words: dict[str, Any] = {
        name: [label_of(one, lang) if isinstance(one, str) else None for one in activities[name]]
        for name in ("kind", "segment")
    }
    return activities.assign(**words)


_COUNTS: Mapping[str, tuple[str, str]] = {
    "turnout": ("registered", "voters"),
    "women": ("registered_p", "voters_p"),
    "unlisted": ("registered", "voters_dpk"),
}

_UNKNOWN = Text(
    en="There is no indicator '{name}'. Choose one of: {known}.",
    id="Tidak ada indikator '{name}'. Pilih salah satu: {known}; atau partisipasi, perempuan, "
    "disabilitas, tidak terdaftar.",
)
