"""``forecast shared``: what the parts of a nation share, drawn once for runs that add up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnout.cli.console import notices, problems_told, progress, tell_at_once
from turnout.cli.options import (
    Covariates,
    Crosswalk,
    Draws,
    DropBadRows,
    ElectionType,
    Kind,
    Label,
    Lang,
    Outreach,
    Past,
    PollingDay,
    Prior,
    Roll,
    Seed,
)
from turnout.cli.said import Columns, ConfigFile, DatesOf, Sheets, TypesOf, inputs
from turnout.language import Text

ABOUT = Text(
    en="Draw what all provinces share, so that each can be run by itself and all add up.",
    id="Buat simulasi bersama untuk semua provinsi, agar tiap provinsi dapat dijalankan sendiri "
    "dan hasilnya dapat digabung.",
)


def shared(
    results: Past = None,
    date: PollingDay = None,
    election_type: ElectionType = None,
    kind: Kind = None,
    roll: Roll = None,
    outreach: Outreach = None,
    name: Label = None,
    crosswalk: Crosswalk = None,
    column: Columns = None,
    date_of: DatesOf = None,
    type_of: TypesOf = None,
    sheet: Sheets = None,
    config: ConfigFile = None,
    prior: Prior = None,
    covariate: Covariates = None,
    draws: Draws = 4000,
    seed: Seed = 1,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
    out: Annotated[
        Path,
        typer.Option("--out"),
        Text(en="File for the shared draws.", id="Berkas untuk simulasi bersama."),
    ] = Path("shared-draws.npz"),
) -> None:
    """Draw what all provinces share, so that each can be run by itself and all add up."""
    with problems_told(lang):
        from turnout.cli import files
        from turnout.cli import job as jobs
        from turnout.cli.parts import shared_draws_of
        from turnout.nation.file import write_shared
        from turnout.schema import SCALE_WORDS

        roles = {"results": results, "roll": roll, "crosswalk": crosswalk, "outreach": outreach}
        said = files.with_sheets_brought(inputs(roles, column, date_of, type_of, sheet, config))
        job = jobs.Job(
            files=said.paths,
            election=jobs.coming_election(
                said.word("date", date),
                said.word("type", election_type),
                said.told("name", name),
                said.told("kind", kind),
            ),
            goals=(),
            levels=(),
            prior=prior,
            draws=draws,
            seed=seed,
            covariates=tuple(covariate or ()),
        )
        jobs.check_settings(job)
        with progress(_READING, lang):
            read = files.read_good_rows if drop_bad_rows else files.read_files
            readings = read(said.files, job.election, said.hints)
        tell_at_once(readings, lang)
        with progress(_DRAWING, lang):
            made = write_shared(shared_draws_of(job, readings), out)
        names = [part.name for part in made.parts]
        scale = SCALE_WORDS[made.parts[0].scale].say(lang)
        notices().print(_WRITTEN.say(lang, file=out, n=len(names), scale=scale, names=names))


_READING = Text(en="Reading the files ...", id="Membaca berkas ...")
_DRAWING = Text(en="Drawing what all parts share ...", id="Membuat simulasi bersama ...")
_WRITTEN = Text(
    en="Written to {file}. It serves {n:count} parts (scale {scale}): {names:list20}. Run each "
    "with --shared-draws, then all together: forecast combine.",
    id="Ditulis ke {file}, untuk {n:count} wilayah (tingkat {scale}): {names:list20}. Jalankan "
    "masing-masing dengan --shared-draws, lalu gabungkan: forecast combine.",
)
