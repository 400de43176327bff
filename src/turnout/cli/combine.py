"""``forecast combine``: runs of all parts as one run of the whole, draw by draw."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnout.cli.console import output, problems_told, progress, tell_written
from turnout.cli.options import (
    Docx,
    Goals,
    Lang,
    Levels,
    MadeAt,
    Out,
    Pdf,
    documents_asked,
    parse_levels,
    parse_time,
)
from turnout.language import Text

ABOUT = Text(
    en="Combine the runs of all provinces into one of the whole, draw by draw.",
    id="Gabungkan hasil run semua provinsi menjadi satu prakiraan keseluruhan.",
)


def combine(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="DIR"),
        Text(
            en="Folders of the runs of all parts, made with --shared-draws.",
            id="Folder hasil run semua wilayah, dibuat dengan --shared-draws.",
        ),
    ],
    shared_draws: Annotated[
        Path | None,
        typer.Option("--shared-draws"),
        Text(
            en="File of `forecast shared`, where it is neither here nor beside the folders.",
            id="Berkas dari `forecast shared`, bila tidak ada di sini atau di samping folder.",
        ),
    ] = None,
    goal: Goals = None,
    level: Levels = None,
    lang: Lang = "en",
    docx: Docx = False,
    pdf: Pdf = False,
    made_at: MadeAt = None,
    out: Out = Path("forecast-out"),
) -> None:
    """Combine the runs of all provinces into one of the whole, draw by draw."""
    with problems_told(lang):
        from turnout.cli.parts import combined, job_of_whole, shared_file_of
        from turnout.cli.summary import show_forecast
        from turnout.cli.writing import write_run
        from turnout.runs.reading import Run
        from turnout.runs.writing import replaced

        runs = [Run.at(folder) for folder in folders]
        file = shared_draws or shared_file_of(runs)
        job = job_of_whole(
            file,
            goals=tuple(goal or ()),
            levels=parse_levels(level),
            made_at=parse_time(made_at),
            documents=documents_asked(docx=docx, pdf=pdf),
        )
        given = [file, *(path for run in runs for path in run.files())]
        with replaced(out, "combine", given) as stage:
            with progress(_COMBINING, lang):
                done, record = combined(job, runs)
            with progress(_WRITING, lang):
                names = write_run(done, stage, lang)
                stage.record |= record
        show_forecast(output(), done, lang)
        tell_written(out, names, lang)


_COMBINING = Text(en="Combining ...", id="Menggabungkan ...")
_WRITING = Text(en="Writing ...", id="Menulis hasil ...")
