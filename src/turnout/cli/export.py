"""``forecast export``: a run's quantiles and draws for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnout.cli.console import notices, problems_told
from turnout.cli.options import Lang
from turnout.errors import TurnoutError
from turnout.language import Text

ABOUT = Text(
    en="Write a run's quantiles and draws as other tools read them: the columns of the hubverse.",
    id="Tulis kuantil dan simulasi sebuah prakiraan untuk program lain: kolom hubverse.",
)


def export(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR"),
        Text(en="Folder that a run wrote.", id="Folder hasil `forecast run`."),
    ],
    hub: Annotated[
        Path,
        typer.Option("--hub"),
        Text(en="Parquet file to write.", id="Berkas Parquet yang ditulis."),
    ],
    by: Annotated[
        list[str] | None,
        typer.Option("--by"),
        Text(
            en="Scale: city, county, district, area ... May be repeated. [all]",
            id="Tingkat wilayah: kota, kecamatan, kelurahan ... Boleh diulang. [semua]",
        ),
    ] = None,
    samples: Annotated[
        int | None,
        typer.Option("--samples", min=0),
        Text(en="How many draws. [all]", id="Banyaknya simulasi. [semua]"),
    ] = None,
    team: Annotated[
        str,
        typer.Option("--team"),
        Text(en="Your short name in model_id.", id="Nama singkat Anda dalam model_id."),
    ] = "turnout",
    reference_date: Annotated[
        str | None,
        typer.Option("--reference-date"),
        Text(
            en="Day from which the forecast looks ahead. [newest day in the data]",
            id="Hari dibuatnya prakiraan. [hari terbaru dalam data]",
        ),
    ] = None,
    lang: Lang = "en",
) -> None:
    """Write a run's quantiles and draws as other tools read them: the columns of the hubverse."""
    with problems_told(lang):
        from turnout.dates import read_day
        from turnout.output.files import make_folder
        from turnout.output.tables import write_parquet
        from turnout.runs.hub import Wanted, hub_table
        from turnout.runs.reading import Run

        if hub.suffix.casefold() != ".parquet":
            raise TurnoutError(_FORMAT, file=str(hub))
        run = Run.at(folder).require_forecast()
        day = None if reference_date is None else read_day(reference_date)
        levels = tuple(run.record.get("levels", ()))
        table = hub_table(run.forecast(), Wanted(tuple(by or ()), levels, samples, team, day))
        make_folder(hub.parent)
        write_parquet(table, hub)
        values = {"rows": len(table), "locations": table["location"].nunique(), "file": str(hub)}
        notices().print(_WRITTEN.say(lang, **values))


_FORMAT = Text(
    en="{file} does not end in .parquet, the format that is written.",
    id="Nama berkas {file} tidak berakhiran .parquet, format yang ditulis.",
)
_WRITTEN = Text(
    en="Written to {file}: {rows:count} rows of {locations:count:location:locations}.",
    id="Ditulis ke {file}: {rows:count} baris untuk {locations:count} lokasi.",
)
