"""``forecast check``: the problems of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnout.cli.console import notices, output, problems_told, show_findings
from turnout.cli.options import Lang
from turnout.errors import TurnoutError
from turnout.language import Language, Text

if TYPE_CHECKING:
    from turnout.reading import Reading


def check(
    file: Annotated[
        Path, typer.Argument(help="Results, a roll, a crosswalk, an outreach log, or all in one.")
    ],
    lang: Lang = "en",
) -> None:
    """Tell the problems of a results, roll, crosswalk or outreach file; exit with 2 on errors."""
    with problems_told(lang):
        from turnout.cli.files import read_all

        readings = read_all(file)
        for role, reading in readings.items():
            _tell(file, role, reading, lang)
        if all(reading.table.empty and not reading.errors for reading in readings.values()):
            raise TurnoutError(_NO_ROWS, file=file.name)
        if any(reading.errors for reading in readings.values()):
            raise typer.Exit(2)


def _tell(file: Path, role: str, reading: Reading, lang: Language) -> None:
    show_findings(reading.findings, lang)
    told, console = (_BAD, notices()) if reading.errors else (_GOOD, output())
    console.print(
        told.say(
            lang,
            file=file.name,
            role=_ROLES[role].say(lang),
            rows=len(reading.table),
            errors=len(reading.errors),
            warnings=len(reading.warnings),
        ),
    )


_ROLES = {
    "results": Text(en="results", id="hasil"),
    "roll": Text(en="roll", id="daftar pemilih"),
    "crosswalk": Text(en="crosswalk", id="tabel pemekaran"),
    "outreach": Text(en="outreach", id="sosialisasi"),
}
_GOOD = Text(
    en="{file} ({role}): {rows:count:row:rows}, no errors, {warnings:count:warning:warnings}.",
    id="{file} ({role}): {rows:count} baris, tanpa kesalahan, {warnings:count} peringatan.",
)
_NO_ROWS = Text(
    en="{file} has headers but no rows yet. Fill it in first.",
    id="{file} baru berisi judul kolom. Isi barisnya dahulu.",
)
_BAD = Text(
    en="{file} ({role}): {errors:count:error:errors}, {warnings:count:warning:warnings}.",
    id="{file} ({role}): {errors:count} kesalahan, {warnings:count} peringatan.",
)
