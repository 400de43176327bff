"""What a run is asked to do, and doing it: files to tables to a forecast and its check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from turnout.cli.files import rejected_rows
from turnout.cli.fitted import Fitted
from turnout.cli.given import parse_what_ifs
from turnout.cli.models import make_model
from turnout.cli.notes import (
    noted,
    notes_on_choices,
    notes_on_hindsight,
    notes_on_offers,
    sensitivity_notes,
    with_doubts,
    with_places_missing,
)
from turnout.cli.parts import check_part, forecast_of_part, refuse_of_part
from turnout.elections import Election
from turnout.errors import DataError, Finding, TurnoutError
from turnout.forecast import Forecast, Note
from turnout.goals import GoalCheck, check_goal, parse_goal
from turnout.identity.reports import UNTIL, dated_by_file
from turnout.language import Text
from turnout.models.base import Diagnosable, WithPrior
from turnout.models.diagnosis.diagnose import Diagnosis
from turnout.models.diagnosis.sensitivity import whole_of
from turnout.models.monte_carlo import check_draws
from turnout.reading import Reading
from turnout.reading.told_places import with_spots, without_places
from turnout.schema import parts_of_counts

if TYPE_CHECKING:
    from turnout.backtesting import Backtest
    from turnout.groups import ByGroup
    from turnout.models.base import Model
    from turnout.sexes import BySex


@dataclass(frozen=True)
class Job:
    """What a run is asked to do.

    Parameters
    ----------
    files
        Role of each file (a key of `files.LOADERS`) and its path.
    election
        The coming election.
    goals
        Goals as written; none for a forecast without a check.
    levels
        Levels of the intervals.
    model, prior
        Names of the model and of its prior; the model's own prior when none is named.
    draws, seed
        Number of draws and their seed.
    covariates
        Columns that the model reads as covariates.
    data_until
        Up to when the count goes, as written; its own column's word, else the time of the file,
        where not given.
    given
        What-ifs as written: ``total=65%``, ``Jelutung=60%``.
    like
        Past election whose day's shock is supposed to come again: its label or year.
    made_at
        Time that the report shows.
    source
        Line of source below every figure.
    documents
        Endings of the documents beside report.html, see `turnout.report.printed.kinds.PRINTED`.
    shared_draws
        File of the draws that all parts of a whole share; None for a run by itself.
    """

    files: Mapping[str, Path]
    election: Election
    goals: tuple[str, ...]
    levels: tuple[float, ...]
    model: str = "hierarchical"
    prior: str | None = None
    draws: int = 4000
    seed: int = 1
    covariates: tuple[str, ...] = ()
    data_until: str | None = None
    given: tuple[str, ...] = ()
    like: str | None = None
    made_at: dt.datetime | None = None
    source: str = ""
    documents: tuple[str, ...] = ()
    shared_draws: Path | None = None

    @property
    def paths(self) -> list[Path]:
        """All files that the run reads."""
        return [*self.files.values(), *([self.shared_draws] if self.shared_draws else [])]

    @property
    def is_part(self) -> bool:
        """Whether the run is of one part of a whole, and not of the whole itself."""
        return self.shared_draws is not None and bool(self.files)

    def dated(self, counted: pd.DataFrame) -> pd.DataFrame:
        """Return a count with the time up to which it goes."""
        if self.data_until is not None:
            return counted.assign(**{UNTIL: self.data_until})
        counts = (path for role, path in self.files.items() if role.split(" ")[0] == "counted")
        changed = dt.datetime.fromtimestamp(max(path.stat().st_mtime for path in counts))
        return dated_by_file(counted, changed.replace(second=0, microsecond=0))


@dataclass(frozen=True)
class Done:
    """A job and what came of it.

    The diagnosis is there where the model makes one, the backtest where it was asked for, and the
    forecasts by sex, disability and age where the results tell them.
    """

    job: Job
    readings: Mapping[str, Reading]
    forecast: Forecast
    check: GoalCheck | None
    diagnosis: Diagnosis | None = None
    backtest: Backtest | None = None
    sexes: BySex | None = None
    groups: tuple[ByGroup, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the files: warnings, and errors in rows that were left out."""
        return tuple(finding for one in self.readings.values() for finding in one.findings)

    @property
    def rejected(self) -> pd.DataFrame:
        """Errors whose rows were left out: role of the file, file, sheet, row, column, rule."""
        return rejected_rows(self.readings)

    @property
    def left_out(self) -> tuple[Note, ...]:
        """What was not used, and why."""
        notes = []
        if len(self.too_late):
            elections = list(dict.fromkeys(self.too_late["election"]))
            values = {"n": len(self.too_late), "elections": elections}
            notes.append(Note(_TOO_LATE, values))
        rows = self.rejected[["role", "file", "sheet", "row"]].drop_duplicates()
        if len(rows):
            notes.append(Note(_REJECTED, {"n": len(rows)}))
        return tuple(notes)

    @property
    def too_late(self) -> pd.DataFrame:
        """Rows of the results dated on or after the election, which no model sees."""
        table = self.readings["results"].table
        return table[table["date"] >= pd.Timestamp(self.job.election.date)]


def coming_election(
    date: str, election_type: str, name: str | None, kind: str | float | None = None
) -> Election:
    """Return the coming election as it is named on the command line.

    Raises
    ------
    TurnoutError
        If `date` is not a day, or `kind` names no known office and is no score.
    """
    return Election(date, election_type, name=name, kind=kind)


def check_settings(job: Job) -> None:
    """Refuse settings that no files could make right.

    Raises
    ------
    TurnoutError
        If there is no such model or prior, the model takes no prior or covariates, or a goal is
        no turnout.
    """
    make_model(job.model, job.prior, job.covariates)
    check_draws(job.draws)
    for goal in job.goals:
        parse_goal(goal)
    parse_what_ifs(job.given)
    if job.shared_draws is not None:
        check_part(job)
    if job.like is not None and {"counted", "sample"} & set(job.files):
        raise TurnoutError(_LIKE_COUNTED)


def forecast_and_check(job: Job, readings: Mapping[str, Reading]) -> Done:
    """Fit the model, forecast, check the goals, and tell groups of voters apart as the data do."""
    model = make_model(job.model, job.prior, job.covariates)
    try:
        forecast, diagnosis = _forecast(model, job, readings)
    except DataError as error:
        if "counted" not in readings or not error.findings:
            raise
        count = readings["counted"]
        raise DataError.of(with_spots(error.findings, count.spots, count.findings)) from None
    told = with_notes(job, model, readings, forecast)
    sourced = replace(told, about=replace(told.about, source=job.source))
    return with_groups(checked(job, readings, sourced, diagnosis))


def forecast_of_good_rows(job: Job, readings: Mapping[str, Reading]) -> Done:
    """Forecast as `forecast_and_check` does, without the rows of a count that cannot be right.

    Raises
    ------
    DataError
        If what is wrong is not in single rows, see `turnout.reading.told_places.without_places`.
    """
    while True:
        try:
            return forecast_and_check(job, readings)
        except DataError as error:
            if "counted" not in readings or not error.findings:
                raise
            fewer = without_places(readings["counted"], error.findings)
        readings = {**readings, "counted": fewer}


def with_notes(
    job: Job, model: Model, readings: Mapping[str, Reading], forecast: Forecast
) -> Forecast:
    """Note what the user chose, and could have, and what of the past is in doubt."""
    notes = notes_on_choices(job.election, job.prior, job.covariates)
    told = noted(forecast, [*notes, *notes_on_offers(job.prior, model, forecast)])
    return with_places_missing(with_doubts(told, readings, job.election), readings)


def checked(
    job: Job,
    readings: Mapping[str, Reading],
    forecast: Forecast,
    diagnosis: Diagnosis | None = None,
) -> Done:
    """Check the goals against a forecast."""
    check = check_goal(forecast, list(job.goals)) if job.goals else None
    return Done(job, readings, forecast, check, diagnosis)


def with_sensitivity(done: Done) -> Done:
    """Also tell what the forecast of the whole would be under priors half and twice as wide.

    The model must be one whose prior can be scaled, see `turnout.cli.models.check_sensitivity`.
    """
    job = done.job
    if job.shared_draws is not None:
        refuse_of_part("--sensitivity")
    model = make_model(job.model, job.prior, job.covariates)
    if not isinstance(model, WithPrior):
        raise TypeError(f"the model {job.model} has no prior")
    goal = done.check.goals[0] if done.check else None
    half, twice = (
        whole_of(_forecast(model.with_scale(factor), job, done.readings)[0], goal)
        for factor in (0.5, 2.0)
    )
    notes = sensitivity_notes(half, twice, goal, len(done.forecast.draws))
    return replace(done, forecast=noted(done.forecast, notes))


def _forecast(
    model: Model, job: Job, readings: Mapping[str, Reading]
) -> tuple[Forecast, Diagnosis | None]:
    """Fit a model to the files and forecast with it; with what it rests on, if the model tells."""
    if job.shared_draws is not None:
        return forecast_of_part(job, readings), None
    fitted = Fitted.of(model, job, readings)
    if "counted" in readings:
        return fitted.forecast(job.dated(readings["counted"].table)), None
    if "sample" in readings:
        return fitted.forecast(), None
    if isinstance(fitted.model, Diagnosable):
        return fitted.forecast_and_diagnose()
    return fitted.forecast(), None


def with_groups(done: Done) -> Done:
    """Also forecast women and men, disabled voters and age groups, where the results tell them.

    See `turnout.by_sex` and `turnout.by_group`. Where none of the counts of a partition adds up,
    that is noted and the forecast stays as it is. Of very many places fewer draws are split, as
    many as `MOST_SPLIT` allows.
    """
    results = done.readings["results"].table
    told = parts_of_counts(results)
    if any(name in told for name in ("voters_l", "voters_disabled")) or any(
        name.startswith("voters_age_") for name in told
    ):
        from turnout.cli.by_group import split_by_group  # here: most results tell no groups

        return split_by_group(done)
    return done


def with_backtest(done: Done) -> Done:
    """Also forecast the elections before the coming one, each from what was known before it.

    Raises
    ------
    HistoryError
        If there are too few of them, or the model can forecast none.
    """
    from turnout.backtesting import Settings, backtest

    job, crosswalk = done.job, done.readings.get("crosswalk")
    results = done.readings["results"].table
    tested = backtest(
        {done.forecast.about.model: make_model(job.model, job.prior, job.covariates)},
        results[results["date"] < pd.Timestamp(job.election.date)],
        crosswalk=None if crosswalk is None else crosswalk.table,
        settings=Settings(seed=job.seed),
    )
    tested.require_any([done.forecast.about.model])
    forecast = noted(done.forecast, notes_on_hindsight(job.prior))
    return replace(done, forecast=forecast, backtest=tested)


_LIKE_COUNTED = Text(
    en="--like supposes the shock of the day, which a count tells. Leave out --like, or --counted "
    "and --sample.",
    id="--like mengandaikan guncangan harinya, padahal hasil hitung sudah menunjukkannya. Hapus "
    "--like, atau --counted dan --sample.",
)
_TOO_LATE = Text(
    en="Left out: {n:count:row:rows} dated on or after polling day: {elections:contests}.",
    id="{n:count} baris bertanggal pada atau setelah hari pemungutan suara tidak dipakai: "
    "{elections:contests}.",
)
_REJECTED = Text(
    en="{n:count:row with errors was:rows with errors were} left out (see rejected.csv).",
    id="{n:count} baris bermasalah tidak dipakai; semuanya ada di rejected.csv.",
)
