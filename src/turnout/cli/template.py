"""``forecast template``: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from turnout.cli.console import notices, problems_told
from turnout.language import Text

ABOUT = Text(
    en="Write an empty workbook for results, roll, crosswalk and outreach, to be filled in.",
    id="Tulis buku kerja kosong untuk hasil, daftar pemilih, tabel pemekaran, dan sosialisasi.",
)


def template(
    out: Annotated[
        Path,
        typer.Option("--out"),
        Text(
            en="Workbook to write, ending in .xlsx.",
            id="Buku kerja yang ditulis, berakhiran .xlsx.",
        ),
    ] = Path("turnout.xlsx"),
    lang: Annotated[
        Literal["en", "id"],
        typer.Option("--lang"),
        Text(en="Language of its headers and notes.", id="Bahasa judul kolom dan catatannya."),
    ] = "id",
) -> None:
    """Write an empty workbook for results, roll, crosswalk and outreach, to be filled in."""
    with problems_told(lang):
        from turnout.report.template.write import write_template

        path = write_template(out, lang)
        notices().print(_WRITTEN.say(lang, path=path))


_WRITTEN = Text(
    en="Written: {path}. Fill it in, then: forecast check {path}",
    id="Ditulis: {path}. Isi berkas itu, lalu: forecast check {path} --lang id "
    "(English: --lang en).",
)
