"""``forecast compare``: what changed between two runs, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnout.cli.console import output, problems_told, tell_written
from turnout.cli.options import Lang, Out
from turnout.language import Language, Text

if TYPE_CHECKING:
    from turnout.runs.reading import Run

ABOUT = Text(
    en="Tell what changed between two runs, where most, and why.",
    id="Tampilkan apa yang berubah di antara dua prakiraan, di mana, dan mengapa.",
)


def compare(
    old: Annotated[
        Path,
        typer.Argument(metavar="OLD"),
        Text(en="Folder of the earlier run.", id="Folder prakiraan yang lebih dahulu."),
    ],
    new: Annotated[
        Path,
        typer.Argument(metavar="NEW"),
        Text(en="Folder of the later run.", id="Folder prakiraan yang lebih baru."),
    ],
    lang: Lang = "en",
    out: Out = Path("forecast-compare"),
) -> None:
    """Tell what changed between two runs, where most, and why."""
    with problems_told(lang):
        from turnout.output.files import write_text
        from turnout.output.tables import write_table
        from turnout.report.changes.page import comparison_page
        from turnout.runs.comparison import compare as compared
        from turnout.runs.reading import Run
        from turnout.runs.writing import replaced

        runs = Run.at(old), Run.at(new)
        with replaced(out, "compare", [path for run in runs for path in run.files()]) as stage:
            comparison = compared(*runs)
            write_table(comparison.table.round(6), stage.path / "compare.csv")
            names_of = tuple(_name(run, lang) for run in runs)
            page = comparison_page(comparison, (names_of[0], names_of[1]), lang)
            write_text(page, stage.path / "compare.html")
            stage.record["compared"] = [run.record.get("sha256") for run in runs]
            names = [*stage.names, "run.json"]
        output().print(comparison.say(lang))
        tell_written(out, names, lang)


def _name(run: Run, lang: Language) -> str:
    """Return the folder of a run, and what it supposes."""
    if not run.what_if:
        return str(run.folder)
    return _SUPPOSED.say(lang, folder=str(run.folder), what_if=run.say_what_if(lang))


_SUPPOSED = Text(
    en="{folder} (WHAT IF {what_if}: no forecast)",
    id="{folder} (ANDAIKAN {what_if}: bukan prakiraan)",
)
