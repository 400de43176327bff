"""``forecast effect``: what outreach has done."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnout.cli.console import output, problems_told, progress, show_findings, tell_written
from turnout.cli.options import Crosswalk, DropBadRows, Lang, Out, Past
from turnout.cli.said import Columns, ConfigFile, DatesOf, Sheets, TypesOf, inputs
from turnout.language import Text

ABOUT = Text(
    en="Estimate what outreach has done, beside what is known from trials elsewhere.",
    id="Taksir dampak sosialisasi, di samping yang diketahui dari uji coba di tempat lain.",
)


def effect(
    results: Past = None,
    outreach: Annotated[
        Path | None,
        typer.Option(),
        Text(
            en="Log of outreach activities. [the outreach sheet of the results]",
            id="Catatan kegiatan sosialisasi. [lembar sosialisasi pada berkas hasil]",
        ),
    ] = None,
    crosswalk: Crosswalk = None,
    column: Columns = None,
    date_of: DatesOf = None,
    type_of: TypesOf = None,
    sheet: Sheets = None,
    config: ConfigFile = None,
    by_lot: Annotated[
        bool,
        typer.Option("--by-lot"),
        Text(
            en="Places were assigned by lot: no allowance for choice.",
            id="Wilayah ditentukan dengan undian: tidak perlu koreksi karena pemilihan wilayah.",
        ),
    ] = False,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
    out: Out = Path("effect-out"),
) -> None:
    """Estimate what outreach has done, beside what is known from trials elsewhere."""
    with problems_told(lang):
        from turnout.cli import files
        from turnout.output.files import write_text
        from turnout.output.tables import write_table
        from turnout.outreach import estimate_outreach
        from turnout.plots.effect import plot_effect
        from turnout.plots.rendering import rendered
        from turnout.runs.contents import input_records
        from turnout.runs.writing import replaced

        given = {"results": results, "outreach": outreach, "crosswalk": crosswalk}
        said = files.with_sheets_brought(inputs(given, column, date_of, type_of, sheet, config))
        said.require("outreach")
        paths = said.paths
        with replaced(out, "effect", paths.values()) as stage:
            read = files.read_good_rows if drop_bad_rows else files.read_files
            readings = read(said.files, hints=said.hints)
            with progress(_ESTIMATING, lang):
                found = estimate_outreach(
                    readings["results"].table,
                    readings["outreach"].table,
                    crosswalk=readings["crosswalk"].table if "crosswalk" in readings else None,
                    assignment="lot" if by_lot else "staff",
                )
            told = found.say(lang)
            table = found.table.assign(simulated=True) if found.simulated else found.table
            write_table(table.round(6), stage.path / "effect.csv")
            write_text(f"{told}\n", stage.path / "effect.txt")
            rendered(plot_effect(found, lang=lang)).write(stage.path, "effect")
            stage.record["inputs"] = input_records(paths)
            names = stage.names
        show_findings([one for reading in readings.values() for one in reading.findings], lang)
        output().print(told)
        tell_written(out, names, lang)


_ESTIMATING = Text(en="Estimating ...", id="Memperkirakan dampak ...")
