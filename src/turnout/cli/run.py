"""``forecast run``: a forecast from files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnout.cli.console import output, problems_told, progress, tell_written
from turnout.cli.options import (
    Covariates,
    Draws,
    DropBadRows,
    Goals,
    Lang,
    Levels,
    ModelName,
    Out,
    Prior,
    Seed,
    parse_levels,
)
from turnout.language import Text

File = Path | None


def run(
    results: Annotated[Path, typer.Argument(help="Past results: CSV, Excel, ODS or Parquet.")],
    date: Annotated[str, typer.Option("--date", help="Polling day: 2024-11-27.")],
    election_type: Annotated[str, typer.Option("--type", help="Type of the election: pilkada.")],
    roll: Annotated[File, typer.Option(help="Registered voters per area.")] = None,
    outreach: Annotated[File, typer.Option(help="Log of outreach activities.")] = None,
    counted: Annotated[File, typer.Option(help="Results of the election so far.")] = None,
    name: Annotated[str | None, typer.Option(help="Label of the election.")] = None,
    crosswalk: Annotated[File, typer.Option(help="New areas and their parents.")] = None,
    goal: Goals = None,
    level: Levels = None,
    model: ModelName = "hierarchical",
    prior: Prior = None,
    covariate: Covariates = None,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Tell in the report how the model did before.")
    ] = False,
    sensitivity: Annotated[
        bool,
        typer.Option("--sensitivity", help="Tell what half and twice as wide a prior would say."),
    ] = False,
    draws: Draws = 4000,
    seed: Seed = 1,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
    out: Out = Path("forecast-out"),
) -> None:
    """Forecast the turnout of an election from past results, and check it against goals."""
    with problems_told(lang):
        from turnout.cli import files
        from turnout.cli import job as jobs
        from turnout.cli.models import check_sensitivity
        from turnout.cli.summary import show_forecast
        from turnout.cli.writing import write_run
        from turnout.runs.writing import replaced

        given = {
            "results": results,
            "roll": roll,
            "crosswalk": crosswalk,
            "outreach": outreach,
            "counted": counted,
        }
        brought = dict.fromkeys(files.roles_in(results), results)
        job = jobs.Job(
            files={**brought, **{role: path for role, path in given.items() if path is not None}},
            election=jobs.coming_election(date, election_type, name),
            goals=tuple(goal or ()),
            levels=parse_levels(level),
            model=model,
            prior=prior,
            draws=draws,
            seed=seed,
            covariates=tuple(covariate or ()),
        )
        # What is wrong with the settings is said before files are read and models fitted.
        jobs.check_settings(job)
        if sensitivity:
            check_sensitivity(model)
        with replaced(out, "run", job.files.values()) as stage:
            with progress(_READING, lang):
                read = files.read_good_rows if drop_bad_rows else files.read_files
                readings = read(job.files, job.election)
            with progress(_FORECASTING, lang):
                done = jobs.forecast_and_check(job, readings)
            if sensitivity:
                with progress(_FORECASTING, lang):
                    done = jobs.with_sensitivity(done)
            if backtest:
                with progress(_TESTING, lang):
                    done = jobs.with_backtest(done)
            with progress(_WRITING, lang):
                names = write_run(done, stage, lang)
        show_forecast(output(), done, lang)
        tell_written(out, names, lang)


_READING = Text(en="Reading the files ...", id="Membaca berkas ...")
_FORECASTING = Text(en="Forecasting ...", id="Membuat prakiraan ...")
_TESTING = Text(en="Forecasting past elections ...", id="Menguji pada pemilihan yang lalu ...")
_WRITING = Text(en="Writing ...", id="Menulis hasil ...")
