"""Jobs of runs that add up: the shared draws, a part by itself, and all parts together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pandas as pd

from turnout.cli.fitted import Fitted
from turnout.cli.models import make_model
from turnout.cli.notes import with_parts_in_doubt
from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.language import Text
from turnout.models.tree.model import FittedHierarchical
from turnout.nation import SharedDraws, add_up, draw_shared
from turnout.nation.file import read_shared
from turnout.reading import Reading
from turnout.runs.contents import input_record
from turnout.runs.reading import Run
from turnout.schema import canonical_results

if TYPE_CHECKING:
    from turnout.cli.job import Done, Job

_ALONE = ("counted", "sample", "evidence", "outreach", "crosswalk")


def shared_draws_of(job: Job, readings: Mapping[str, Reading]) -> SharedDraws:
    """Fit the model to the files of all parts, and draw what they share."""
    fitted = Fitted.of(make_model(job.model, job.prior, job.covariates), job, readings)
    if not isinstance(fitted.model, FittedHierarchical):
        raise TypeError("parts are drawn by the multilevel model alone")
    return draw_shared(
        fitted.model,
        job.election,
        roll=fitted.tables.get("roll"),
        activities=fitted.coming,
        draws=job.draws,
        seed=job.seed,
    )


def check_part(job: Job) -> None:
    """Refuse what a part by itself cannot be asked for.

    Raises
    ------
    TurnoutError
        With the options.
    """
    said = [f"--{role}" for role in _ALONE if role in job.files]
    said += ["--given"] * bool(job.given) + ["--like"] * (job.like is not None)
    said += ["--model"] * (job.model != "hierarchical")
    if said:
        refuse_of_part(*said)


def refuse_of_part(*options: str) -> NoReturn:
    """Refuse options that a part by itself cannot have.

    Raises
    ------
    TurnoutError
        Always.
    """
    raise TurnoutError(_NOT_OF_A_PART, options=list(options))


def forecast_of_part(job: Job, readings: Mapping[str, Reading]) -> Forecast:
    """Forecast a part by itself, with the draws that all parts share.

    Raises
    ------
    TurnoutError
        If the file is of another election or was made with other settings, or the results are not
        those of one part that it was made from.
    """
    if job.shared_draws is None:
        raise TypeError("the job names no shared draws")
    shared = read_shared(job.shared_draws)
    election = shared.election
    if (election.date, election.name) != (job.election.date, job.election.name):
        raise TurnoutError(_OTHER_ELECTION, told=election.name, asked=job.election.name)
    asked = {
        "--draws": job.draws,
        "--seed": job.seed,
        "--prior": job.prior or "default",
        "--covariate": ", ".join(job.covariates),
    }
    settings = shared.settings
    made = {
        "--draws": settings["draws"],
        "--seed": settings["seed"],
        "--prior": settings["prior"],
        "--covariate": ", ".join(map(str, _listed(settings["covariates"]))),
    }
    differing = [f"{name} {made[name]}" for name in asked if asked[name] != made[name]]
    if differing:
        raise TurnoutError(_OTHER_SETTINGS, options=differing)
    number = shared.number_of(readings["results"].table)
    forecast = shared.forecast(number)
    if "roll" in readings:
        _check_roll(readings["roll"].table, forecast)
    return forecast


def shared_file_of(runs: Sequence[Run]) -> Path:
    """Return the file of shared draws that runs name: it lies here or beside their folders.

    Raises
    ------
    TurnoutError
        If a run names none, they name several, or the file is in none of these places.
    """
    alone = [str(run.folder) for run in runs if not _made_with(run)]
    if alone:
        raise TurnoutError(_NOT_SHARED, n=len(alone), folders=alone)
    folders_of: dict[str, list[str]] = {}
    for run in runs:
        folders_of.setdefault(str(_made_with(run)["sha256"]), []).append(str(run.folder))
    if len(folders_of) > 1:
        first, *others = sorted(folders_of.values(), key=len, reverse=True)
        told = [folder for folders in others for folder in folders]
        raise TurnoutError(_DIFFERENT_FILES, n=len(told), folders=told, first=first)
    name = Path(str(_made_with(runs[0])["file"])).name
    near = [Path(name), *(run.folder.parent / name for run in runs)]
    for path in near:
        if path.is_file():
            return path
    raise TurnoutError(_WHERE, file=name)


def _made_with(run: Run) -> Mapping[str, Any]:
    """Return what a run tells of its file of shared draws; nothing of one without."""
    told = run.record.get("shared_draws")
    return told if isinstance(told, dict) and {"file", "sha256"} <= set(told) else {}


def job_of_whole(
    path: Path,
    *,
    goals: tuple[str, ...],
    levels: tuple[float, ...],
    made_at: dt.datetime | None,
    documents: tuple[str, ...],
) -> Job:
    """Return the job of a whole that is combined from its parts."""
    from turnout.cli.job import Job, check_settings

    shared = read_shared(path)
    settings = shared.settings
    prior = str(settings["prior"])
    job = Job(
        files={},
        election=shared.election,
        goals=goals,
        levels=levels,
        prior=None if prior == "default" else prior,
        draws=int(str(settings["draws"])),
        seed=int(str(settings["seed"])),
        covariates=tuple(map(str, _listed(settings["covariates"]))),
        made_at=made_at,
        documents=documents,
        shared_draws=path,
    )
    check_settings(job)
    return job


def combined(job: Job, runs: Sequence[Run]) -> tuple[Done, dict[str, Any]]:
    """Add up the runs of all parts, and check the goals against the whole.

    Raises
    ------
    TurnoutError
        If a run was made with another file, or the parts do not add up (`turnout.nation.add_up`).
    """
    from turnout.cli.job import checked, with_notes

    if job.shared_draws is None:
        raise TypeError("the job names no shared draws")
    shared = read_shared(job.shared_draws)
    others = [run for run in runs if _made_with(run).get("sha256") != shared.digest]
    if others:
        folders = [str(run.folder) for run in others]
        raise TurnoutError(_OTHER_FILE, n=len(others), folders=folders, file=str(job.shared_draws))
    doubted = [run.folder.name for run in runs if run.record.get("in_doubt")]
    added_up = add_up(shared, (run.forecast() for run in runs))
    whole = with_parts_in_doubt(added_up, doubted, len(runs))
    model = make_model(job.model, job.prior, job.covariates)
    nothing = pd.DataFrame(columns=["file", "sheet", "row", "column", "value", "rule"])
    readings = {"results": Reading(_no_results(), (), nothing)}
    record = {
        "combined": [
            {"folder": run.folder.name, "draws": run.record["sha256"]["draws.npz"]} for run in runs
        ]
    }
    return checked(job, readings, with_notes(job, model, readings, whole)), record


def shared_record(job: Job) -> dict[str, Any]:
    """Return what run.json tells of shared draws; nothing for a run without."""
    return {} if job.shared_draws is None else {"shared_draws": input_record(job.shared_draws)}


def _no_results() -> pd.DataFrame:
    columns = ("date", "election_type", "registered", "voters")
    return canonical_results(pd.DataFrame({name: pd.Series(dtype=object) for name in columns}))


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _check_roll(roll: pd.DataFrame, forecast: Forecast) -> None:
    """Refuse a roll that does not hold as many voters as the shared draws know of."""
    told, known = float(roll["registered"].sum()), float(forecast.places["registered"].sum())
    if abs(told - known) > 0.5:
        raise TurnoutError(_OTHER_ROLL, told=round(told), known=round(known))


_NOT_OF_A_PART = Text(
    en="With --shared-draws a part is run as it was drawn: {options:list} cannot be given too. "
    "What all parts share is told to forecast shared.",
    id="Dengan --shared-draws suatu bagian dijalankan menurut simulasi bersama: "
    "{options:list} tidak dapat dipakai. Yang berlaku untuk semua bagian diberikan kepada "
    "forecast shared.",
)
_OTHER_ELECTION = Text(
    en="The shared draws are for {told}, this run is for {asked}. Give the same --date, --type and "
    "--name, or another file.",
    id="Simulasi bersama untuk {told}, sedangkan run ini untuk {asked}. Pakai --date, --type, dan "
    "--name yang sama, atau berkas lain.",
)
_OTHER_SETTINGS = Text(
    en="The shared draws were made with other settings. Write as there: {options:list}.",
    id="Simulasi bersama dibuat dengan setelan lain. Tulis seperti di sana: {options:list}.",
)
_OTHER_FILE = Text(
    en="{n:count:run was:runs were} not made with {file}: {folders:list20}. Run the provinces "
    "again with this file (--shared-draws).",
    id="{n:count} hasil run tidak dibuat dengan {file}: {folders:list20}. Jalankan lagi "
    "provinsinya dengan berkas ini (--shared-draws).",
)
_NOT_SHARED = Text(
    en="{n:count:run was:runs were} made without shared draws: {folders:list20}. Runs add up only "
    "where each was made with the same file: run them again with --shared-draws.",
    id="{n:count} hasil run dibuat tanpa simulasi bersama: {folders:list20}. Hasil run dapat "
    "digabung hanya bila dibuat dengan berkas yang sama: jalankan lagi dengan --shared-draws.",
)
_DIFFERENT_FILES = Text(
    en="{n:count:run was:runs were} made with another file of shared draws than {first:list20}: "
    "{folders:list20}. Run them again with that file, or say with --shared-draws which one holds.",
    id="{n:count} hasil run dibuat dengan berkas simulasi bersama yang berbeda dari "
    "{first:list20}: {folders:list20}. Jalankan lagi dengan berkas itu, atau sebutkan berkas yang "
    "berlaku dengan --shared-draws.",
)
_WHERE = Text(
    en="The runs were made with {file}, which is neither in this folder nor beside the runs. Say "
    "where it is with --shared-draws.",
    id="Hasil run dibuat dengan {file}, yang tidak ada di folder ini atau di samping folder run. "
    "Sebutkan letaknya dengan --shared-draws.",
)
_OTHER_ROLL = Text(
    en="The roll holds {told:count} voters, the shared draws {known:count}. Take the roll that "
    "they were made with, or make them again (forecast shared).",
    id="DPT memuat {told:count} pemilih, simulasi bersama {known:count}. Pakai DPT yang sama, "
    "atau buat lagi berkas itu (forecast shared).",
)
