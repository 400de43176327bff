"""`Fitted`: a model fitted to the files of a job, which forecasts any number of times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from turnout.cli.given import parse_what_ifs
from turnout.cli.notes import noted
from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.forecast import Forecast, Note
from turnout.identity.reports import UNTIL
from turnout.language import Text
from turnout.levels import tails
from turnout.models.base import Diagnosable, WithShocks
from turnout.models.diagnosis.diagnose import Diagnosis
from turnout.quick_count import BESIDE, SampleEstimate, estimate_of, with_sample
from turnout.reading import Reading
from turnout.reading.evidence import evidence_of

if TYPE_CHECKING:
    from turnout.cli.job import Job
    from turnout.models.base import FittedModel, Model


@dataclass(frozen=True)
class Fitted:
    """A model fitted to the files of a job: it forecasts given a count, any number of times.

    Parameters
    ----------
    job
        What was asked for.
    model
        The fitted model.
    tables
        The table of each role.
    coming
        Outreach before the coming election.
    """

    job: Job
    model: FittedModel
    tables: Mapping[str, pd.DataFrame]
    coming: pd.DataFrame | None

    @classmethod
    def of(cls, model: Model, job: Job, readings: Mapping[str, Reading]) -> Fitted:
        """Fit a model to the files of a job."""
        tables = {role: reading.table for role, reading in readings.items()}
        results, crosswalk = tables["results"], tables.get("crosswalk")
        log = tables.get("outreach")
        past, coming = (None, None) if log is None else split_log(log, results, job.election)
        fitted = model.fit(results, outreach=past, crosswalk=crosswalk)
        if job.like is None:
            return cls(job, fitted, tables, coming)
        if not isinstance(fitted, WithShocks):
            raise TurnoutError(_NO_SHOCKS, model=job.model)
        return cls(job, fitted.like(job.like), tables, coming)

    def forecast(self, counted: pd.DataFrame | None = None) -> Forecast:
        """Forecast, given a count and a sample where there are any."""
        asked = self._asked(counted)
        forecast = self._given_evidence(self.model.forecast(self.job.election, **asked))
        if self.sampled is None:
            return forecast
        median, lower, upper = forecast.at(forecast.top).quantiles([0.5, *tails(0.9)])[:, 0]
        values = self.sampled.beside(float(median), float(lower), float(upper))
        return noted(forecast, [Note(BESIDE, values)])

    @cached_property
    def sampled(self) -> SampleEstimate | None:
        """What the sample tells by itself; None where there is none."""
        return estimate_of(self.tables["sample"]) if "sample" in self.tables else None

    def forecast_and_diagnose(self) -> tuple[Forecast, Diagnosis]:
        """Forecast before the count, with what that rests on, of a model that tells it."""
        if not isinstance(self.model, Diagnosable):
            raise TypeError(f"the model {self.job.model} does not tell what it rests on")
        asked = self._asked(None)
        forecast, diagnosis = self.model.forecast_and_diagnose(self.job.election, **asked)
        return self._given_evidence(forecast), diagnosis

    def _asked(self, counted: pd.DataFrame | None) -> dict[str, Any]:
        return {
            "roll": self.tables.get("roll"),
            "counted": self._with_sample(counted),
            "activities": self.coming,
            "draws": self.job.draws,
            "seed": self.job.seed,
        }

    def _with_sample(self, counted: pd.DataFrame | None) -> pd.DataFrame | None:
        if "sample" not in self.tables:
            return counted
        both = with_sample(counted, self.tables["sample"])
        if counted is None and self.job.data_until is not None:
            return both.assign(**{UNTIL: self.job.data_until})
        return both

    def _given_evidence(self, forecast: Forecast) -> Forecast:
        told = evidence_of(self.tables["evidence"]) if "evidence" in self.tables else ()
        evidence = [*told, *parse_what_ifs(self.job.given)]
        return forecast.given(*evidence) if evidence else forecast


def split_log(
    log: pd.DataFrame, results: pd.DataFrame, election: Election
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split an activity log at the last polling day before the election."""
    days = results["date"][results["date"] < pd.Timestamp(election.date)]
    coming = log["date"] > days.max()
    return log[~coming].reset_index(drop=True), log[coming].reset_index(drop=True)


_NO_SHOCKS = Text(
    en="The model {model} does not estimate the shock of a polling day, so --like cannot be used. "
    "Use --model hierarchical.",
    id="Model {model} tidak menaksir guncangan hari pemungutan suara, jadi --like tidak dapat "
    "dipakai. Gunakan --model hierarchical.",
)
