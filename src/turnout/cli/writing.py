"""What a run writes into its folder."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

import pandas as pd

from turnout.cli.fitted import split_log
from turnout.cli.job import Done
from turnout.cli.parts import shared_record
from turnout.errors import Finding
from turnout.forecast import Note
from turnout.language import Language
from turnout.output.files import write_bytes, write_text
from turnout.output.tables import write_rows, write_table
from turnout.plots.figures import render_figures
from turnout.plots.rendering import FORMATS, Rendered
from turnout.plots.style.sheet import PHONE
from turnout.plots.words import source_words
from turnout.report import Background, write_workbook
from turnout.report.document.content import document_of, made_at
from turnout.report.document.figures import render_backtest, render_pictures
from turnout.report.page.html import report_page
from turnout.report.printed.kinds import printed
from turnout.runs.contents import (
    by_group_table,
    by_sex_table,
    file_name,
    forecast_table,
    goal_record,
    input_records,
    plain,
    write_record,
)
from turnout.runs.owned import RECORD
from turnout.runs.writing import Stage

_LIBRARIES = ("numpy", "pandas", "scipy")

# `forecast plot` draws from the draws of a run; those of 80,000 areas would fill a gigabyte.
_MOST_KEPT = 10_000_000


def write_run(done: Done, stage: Stage, lang: Language) -> list[str]:
    """Write all files of a run into a stage, and return their names, the report's first.

    Every figure is laid out once for each width: the report shows those of the folder, and on a
    phone narrow ones.
    """
    write_numbers(done, stage, lang)
    write_shown(done, stage, lang, render_figures(done.forecast, done.check, lang))
    return sorted([*stage.names, RECORD], key=lambda name: (_place(name), name))


def _place(name: str) -> int:
    """Return where a file stands in the list: first what people read, report.html before all."""
    first = ("report.html", "report.docx", "report.pdf", "forecast.xlsx", "figures")
    return first.index(name) if name in first else len(first)


def write_numbers(done: Done, stage: Stage, lang: Language) -> None:
    """Write what other programs read: tables, goal.json and a part of run.json."""
    folder = stage.path
    supposed = done.forecast.about.what_if
    table = forecast_table(done.forecast, done.check, done.job.levels)
    write_rows(table.round(6), folder / file_name("forecast.csv", supposed))
    write_record(goal_record(done.forecast, done.check), folder / "goal.json")
    if done.sexes is not None:
        write_rows(
            by_sex_table(done.sexes, done.job.levels, lang).round(6),
            folder / file_name("by_sex.csv", supposed),
        )
    if done.groups:
        write_rows(
            by_group_table(done.groups, done.job.levels, lang).round(6),
            folder / file_name("by_group.csv", supposed),
        )
    if len(done.rejected):
        write_table(done.rejected, folder / "rejected.csv")
    stage.record |= plain(run_record(done))


def write_shown(
    done: Done,
    stage: Stage,
    lang: Language,
    drawn: Mapping[str, Rendered],
) -> None:
    """Write what people look at, with the figures drawn; and the draws for more of them."""
    folder = stage.path
    (folder / "figures").mkdir()
    for name, figure in drawn.items():
        figure.write(folder / "figures", name)
    shown = dict(drawn)
    if done.backtest is not None:
        source = source_words(done.forecast, lang)
        shown["backtest"] = render_backtest(done.backtest, lang, source=source, formats=FORMATS)
    narrow = render_pictures(done.forecast, done.check, done.backtest, lang, width=PHONE)
    background = _background(done)
    told: dict[str, Any] = {"lang": lang, "backtest": done.backtest, "background": background}
    document = document_of(done.forecast, done.check, shown, **told)
    write_text(report_page(document, narrow), folder / "report.html")
    for ending in done.job.documents:
        content = printed(document, ending, made_at(done.forecast, background))
        write_bytes(content, folder / f"report{ending}")
    write_workbook(
        done.forecast,
        done.check,
        folder / file_name("forecast.xlsx", done.forecast.about.what_if),
        **told,
    )
    # Parts are combined from their draws.
    if done.forecast.draws.size <= _MOST_KEPT or done.job.is_part:
        done.forecast.save(folder / "draws")


def run_record(done: Done) -> dict[str, Any]:
    """Return what run.json holds: all that is needed to repeat and to judge a run."""
    job, about = done.job, done.forecast.about
    return {
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "election": {
            "name": job.election.name,
            "date": job.election.date.isoformat(),
            "election_type": job.election.election_type,
            "type_group": job.election.type_group,
            "kind": job.election.kind,
        },
        "inputs": input_records(job.files),
        **_so_far(done),
        **shared_record(job),
        "model": about.model,
        "prior": job.prior,
        "covariates": list(job.covariates),
        "seed": job.seed,
        "draws": job.draws,
        "levels": list(job.levels),
        "made_at": job.made_at.isoformat() if job.made_at else None,
        **({"source": job.source} if job.source else {}),
        "goals": list(done.check.goals) if done.check else [],
        "effective_sample_size": about.diagnostics.get("effective_sample_size"),
        "diagnostics": dict(about.diagnostics),
        **({"what_if": _in_both(about.what_if)} if about.what_if else {}),
        **({"in_doubt": _in_both(about.in_doubt)} if about.in_doubt else {}),
        "notes": [note.say("en") for note in about.notes],
        "notes_by_sex": [note.say("en") for note in done.sexes.notes] if done.sexes else [],
        "notes_by_group": {
            one.partition.key: [note.say("en") for note in one.notes] for one in done.groups
        },
        "left_out": {
            "on_or_after_polling_day": _contests(done.too_late),
            "with_errors": done.rejected.to_dict("records"),
        },
        "findings": [_finding_record(role, one) for role, one in _findings(done)],
    }


def _so_far(done: Done) -> dict[str, Any]:
    """Return what run.json tells of a count and of activities, where there are such."""
    told: dict[str, Any] = {}
    if done.forecast.counted is not None:
        told["counted"] = done.forecast.counted.so_far
    if "outreach" in done.readings:
        log, results = (done.readings[role].table for role in ("outreach", "results"))
        parts = split_log(log, results, done.job.election)
        told["activities"] = dict(zip(("past", "coming"), map(len, parts), strict=True))
    return told


def _in_both(notes: Sequence[Note]) -> list[dict[str, str]]:
    return [{"en": note.say("en"), "id": note.say("id")} for note in notes]


def _background(done: Done) -> Background:
    """Return what a report tells of the files behind the forecast."""
    settings = {"prior": done.job.prior, "covariates": ", ".join(done.job.covariates)}
    chosen = {name: value for name, value in settings.items() if value}
    job = done.job
    return Background(
        job.files,
        done.findings,
        done.left_out,
        chosen,
        done.diagnosis,
        sexes=done.sexes,
        groups=done.groups,
        made_at=job.made_at,
    )


def _contests(rows: pd.DataFrame) -> list[dict[str, Any]]:
    contests = rows.groupby(["election", "date"], sort=False, as_index=False).size()
    return [
        {"election": election, "date": date.date().isoformat(), "rows": int(size)}
        for election, date, size in contests.itertuples(index=False, name=None)
    ]


def _findings(done: Done) -> list[tuple[str, Finding]]:
    return [(role, one) for role, reading in done.readings.items() for one in reading.findings]


def _finding_record(role: str, finding: Finding) -> dict[str, Any]:
    return {
        "role": role,
        "rule": finding.rule,
        "severity": finding.severity,
        "file": finding.spot.file,
        "sheet": finding.spot.sheet,
        "row": finding.spot.row,
        "column": finding.spot.column,
        "message": finding.say("en"),
    }
