"""What a run is asked to do, and doing it: files to tables to a forecast and its check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from turnout.cli.models import make_model
from turnout.elections import Election
from turnout.errors import DataError, Finding, TurnoutError
from turnout.forecast import Forecast
from turnout.goals import GoalCheck, check_goal
from turnout.language import Text
from turnout.reading import Reading, load_crosswalk, load_outreach, load_results, load_roll

ROLES: Mapping[str, Callable[[Path], Reading]] = {
    "results": load_results,
    "roll": load_roll,
    "crosswalk": load_crosswalk,
    "outreach": load_outreach,
    "counted": load_results,
}
"""What a file can be to a run, and what reads it."""


@dataclass(frozen=True)
class Job:
    """What a run is asked to do.

    Parameters
    ----------
    files
        Role of each file (a key of `ROLES`) and its path.
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
    """

    files: Mapping[str, Path]
    election: Election
    goals: tuple[str, ...]
    levels: tuple[float, ...]
    model: str = "hierarchical"
    prior: str | None = None
    draws: int = 4000
    seed: int = 1


@dataclass(frozen=True)
class Done:
    """A job and what came of it."""

    job: Job
    readings: Mapping[str, Reading]
    forecast: Forecast
    check: GoalCheck | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the files: warnings, and errors in rows that were left out."""
        return tuple(finding for one in self.readings.values() for finding in one.findings)

    @property
    def too_late(self) -> pd.DataFrame:
        """Rows of the results dated on or after the election, which no model sees."""
        table = self.readings["results"].table
        return table[table["date"] >= pd.Timestamp(self.job.election.date)]


def coming_election(date: str, election_type: str, name: str | None) -> Election:
    """Return the coming election as it is named on the command line.

    Raises
    ------
    TurnoutError
        If `date` is no day.
    """
    try:
        return Election(date, election_type, name=name)
    except ValueError:
        raise TurnoutError(_NO_DATE, date=date) from None


def read_files(files: Mapping[str, Path]) -> dict[str, Reading]:
    """Read all files of a run.

    Raises
    ------
    DataError
        If there is an error in any of them; it tells the findings of all.
    """
    readings = {role: ROLES[role](path) for role, path in files.items()}
    errors = [one for reading in readings.values() for one in reading.findings if _is_error(one)]
    if errors:
        raise DataError.of(errors)
    return readings


def read_good_rows(files: Mapping[str, Path]) -> dict[str, Reading]:
    """Read all files of a run and leave out the rows with errors.

    Raises
    ------
    DataError
        If an error concerns a whole file, such as a missing column.
    """
    readings = {role: ROLES[role](path) for role, path in files.items()}
    unusable = [
        one
        for reading in readings.values()
        for one in reading.findings
        if _is_error(one) and reading.table.empty
    ]
    if unusable:
        raise DataError.of(unusable)
    return readings


def forecast_and_check(job: Job, readings: Mapping[str, Reading]) -> Done:
    """Fit the model, forecast, and check the goals."""
    tables = {role: reading.table for role, reading in readings.items()}
    fitted = make_model(job.model, job.prior).fit(
        tables["results"], outreach=tables.get("outreach"), crosswalk=tables.get("crosswalk")
    )
    forecast = fitted.forecast(
        job.election,
        roll=tables.get("roll"),
        counted=tables.get("counted"),
        activities=tables.get("outreach"),
        draws=job.draws,
        seed=job.seed,
    )
    check = check_goal(forecast, list(job.goals)) if job.goals else None
    return Done(job, readings, forecast, check)


def _is_error(finding: Finding) -> bool:
    return finding.severity == "error"


_NO_DATE = Text(
    en="'{date}' is no date. Write the polling day as 2024-11-27.",
    id="'{date}' bukan tanggal. Tulis hari pemungutan suara sebagai 2024-11-27.",
)
