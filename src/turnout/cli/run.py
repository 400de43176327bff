"""``forecast run``: a forecast from files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnout.cli.console import output, problems_told, progress, tell_at_once, tell_written
from turnout.cli.options import (
    Covariates,
    Crosswalk,
    Docx,
    Draws,
    DropBadRows,
    ElectionType,
    Evidence,
    Goals,
    Kind,
    Label,
    Lang,
    Levels,
    MadeAt,
    ModelName,
    Out,
    Outreach,
    Past,
    Pdf,
    PollingDay,
    Prior,
    Roll,
    Sample,
    Seed,
    Source,
    WholeRolls,
    documents_asked,
    parse_levels,
    parse_time,
)
from turnout.cli.said import Columns, ConfigFile, DatesOf, Sheets, TypesOf, inputs
from turnout.language import Text

ABOUT = Text(
    en="Forecast the turnout of an election from past results, and check it against goals.",
    id="Prakirakan partisipasi suatu pemilihan dari hasil yang lalu, dan bandingkan dengan target.",
)


def run(
    results: Past = None,
    date: PollingDay = None,
    election_type: ElectionType = None,
    kind: Kind = None,
    roll: Roll = None,
    outreach: Outreach = None,
    counted: Annotated[
        Path | None,
        typer.Option(),
        Text(en="Results of the election so far.", id="Hasil sementara pemilihan ini."),
    ] = None,
    data_until: Annotated[
        str | None,
        typer.Option("--data-until"),
        Text(
            en="Up to when the count goes: 21:30.",
            id="Sampai pukul berapa hasil hitung sudah masuk: 21:30.",
        ),
    ] = None,
    registered_of_all_stations: WholeRolls = False,
    sample: Sample = None,
    evidence: Evidence = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--given"),
        Text(
            en="What if: total=65%, or a place, Jelutung=60%. No forecast then. May be repeated.",
            id="Pengandaian: total=65%, atau wilayah, Jelutung=60%. Hasilnya bukan prakiraan. "
            "Boleh diulang.",
        ),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option("--like"),
        Text(
            en="What if the day's shock were that of a past election: 2020, or its label.",
            id="Pengandaian: guncangan harinya seperti pada pemilihan sebelumnya: 2020, atau "
            "namanya.",
        ),
    ] = None,
    shared_draws: Annotated[
        Path | None,
        typer.Option("--shared-draws"),
        Text(
            en="File of `forecast shared`: run one part, which `forecast combine` adds up.",
            id="Berkas `forecast shared`: jalankan satu bagian, lalu `forecast combine`.",
        ),
    ] = None,
    name: Label = None,
    crosswalk: Crosswalk = None,
    column: Columns = None,
    date_of: DatesOf = None,
    type_of: TypesOf = None,
    sheet: Sheets = None,
    config: ConfigFile = None,
    goal: Goals = None,
    level: Levels = None,
    model: ModelName = "hierarchical",
    prior: Prior = None,
    covariate: Covariates = None,
    backtest: Annotated[
        bool,
        typer.Option("--backtest"),
        Text(
            en="Tell in the report how the model did before.",
            id="Tampilkan dalam laporan ketepatan model pada pemilihan yang lalu.",
        ),
    ] = False,
    sensitivity: Annotated[
        bool,
        typer.Option("--sensitivity"),
        Text(
            en="Tell what half and twice as wide a prior would say.",
            id="Tampilkan hasilnya bila pengetahuan awal (prior) setengah dan dua kali lebih "
            "lebar.",
        ),
    ] = False,
    draws: Draws = 4000,
    seed: Seed = 1,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
    docx: Docx = False,
    pdf: Pdf = False,
    made_at: MadeAt = None,
    source: Source = None,
    out: Out = Path("forecast-out"),
) -> None:
    """Forecast the turnout of an election from past results, and check it against goals."""
    with problems_told(lang):
        from turnout.cli import far_goals, files
        from turnout.cli import job as jobs
        from turnout.cli.models import check_sensitivity
        from turnout.cli.summary import show_forecast
        from turnout.cli.writing import write_run
        from turnout.runs.writing import replaced

        roles = {
            "results": results,
            "roll": roll,
            "crosswalk": crosswalk,
            "outreach": outreach,
            "counted": counted,
            "sample": sample,
            "evidence": evidence,
        }
        said = files.with_sheets_brought(
            inputs(roles, column, date_of, type_of, sheet, config)
        ).with_whole_rolls(told=registered_of_all_stations)
        job = jobs.Job(
            files=said.paths,
            election=jobs.coming_election(
                said.word("date", date),
                said.word("type", election_type),
                said.told("name", name),
                said.told("kind", kind),
            ),
            goals=said.goals(goal),
            levels=parse_levels(level),
            model=model,
            prior=prior,
            draws=draws,
            seed=seed,
            covariates=tuple(covariate or ()),
            data_until=data_until,
            given=tuple(given or ()),
            like=like,
            made_at=parse_time(made_at),
            source=source or "",
            documents=documents_asked(docx=docx, pdf=pdf),
            shared_draws=shared_draws,
        )
        # What is wrong with the settings is said before files are read and models fitted.
        jobs.check_settings(job)
        if sensitivity:
            check_sensitivity(model)
        with replaced(out, "run", job.paths) as stage:
            with progress(_READING, lang):
                readings = far_goals.with_goals_held(
                    (files.read_good_rows if drop_bad_rows else files.read_files)(
                        said.files, job.election, said.hints
                    ),
                    job.goals,
                )
            tell_at_once(readings, lang)
            with progress(_FORECASTING, lang):
                done = (jobs.forecast_of_good_rows if drop_bad_rows else jobs.forecast_and_check)(
                    job, readings
                )
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
