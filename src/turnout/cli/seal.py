"""``forecast seal``: a run frozen, with a program that checks and scores it anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnout.cli.console import notices, output, problems_told
from turnout.cli.options import Lang
from turnout.language import Text

ABOUT = Text(
    en="Freeze a run: digests of all its files and inputs, and a program that scores it anywhere.",
    id="Segel sebuah prakiraan: sidik digital (SHA-256) semua berkas dan masukannya, dan program "
    "penilai yang jalan di komputer mana pun.",
)


def seal(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR"),
        Text(en="Folder that a run wrote.", id="Folder hasil `forecast run`."),
    ],
    lang: Lang = "en",
    out: Annotated[
        Path | None,
        typer.Option("--out"),
        Text(en="Folder for the seal. [DIR-sealed]", id="Folder untuk segelnya. [DIR-sealed]"),
    ] = None,
) -> None:
    """Freeze a run: digests of all its files and inputs, and a program that scores it anywhere."""
    with problems_told(lang):
        from turnout.runs.reading import Run
        from turnout.runs.seal import seal_run
        from turnout.runs.writing import put

        run = Run.at(folder)
        target = out or folder.resolve().with_name(f"{folder.resolve().name}-sealed")
        with put(target, "seal", run.files()) as stage:
            done = seal_run(run, stage, lang)
            done.refuse_other(target)
        output().print(done.say(lang))
        notices().print(_WRITTEN.say(lang, folder=target))


_WRITTEN = Text(en="Written to {folder}", id="Ditulis ke {folder}")
