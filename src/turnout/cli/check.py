"""``forecast check``: the problems of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnout.cli.console import notices, output, problems_told, show_findings
from turnout.cli.options import Lang
from turnout.language import Text


def check(
    file: Annotated[Path, typer.Argument(help="Results, a roll, a crosswalk or an outreach log.")],
    lang: Lang = "en",
) -> None:
    """Tell the problems of a results, roll, crosswalk or outreach file; exit with 2 on errors."""
    with problems_told(lang):
        from turnout.cli.files import read_any

        role, reading = read_any(file)
        show_findings(reading.findings, lang)
        errors = [one for one in reading.findings if one.severity == "error"]
        told = _BAD if errors else _GOOD
        (notices() if errors else output()).print(
            told.say(
                lang,
                file=file.name,
                role=_ROLES[role].say(lang),
                rows=len(reading.table),
                errors=len(errors),
                warnings=len(reading.findings) - len(errors),
            ),
            markup=False,
        )
        if errors:
            raise typer.Exit(2)


_ROLES = {
    "results": Text(en="results", id="hasil"),
    "roll": Text(en="roll", id="daftar pemilih"),
    "crosswalk": Text(en="crosswalk", id="tabel pemekaran"),
    "outreach": Text(en="outreach", id="sosialisasi"),
}
_GOOD = Text(
    en="{file} ({role}): {rows:count} rows, no errors, {warnings:count} warning(s).",
    id="{file} ({role}): {rows:count} baris, tanpa kesalahan, {warnings:count} peringatan.",
)
_BAD = Text(
    en="{file} ({role}): {errors:count} error(s), {warnings:count} warning(s).",
    id="{file} ({role}): {errors:count} kesalahan, {warnings:count} peringatan.",
)
