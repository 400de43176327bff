"""``forecast score``: after the election, a run's forecast against what happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnout.cli.console import notices, output, problems_told, show_findings
from turnout.cli.options import DropBadRows, Lang
from turnout.cli.said import Columns, ConfigFile, DatesOf, Sheets, TypesOf, inputs
from turnout.errors import TurnoutError
from turnout.language import Text

if TYPE_CHECKING:
    import pandas as pd

    from turnout.elections import Election

ADDED = (
    "evaluation.csv",
    "evaluation.txt",
    "evaluation-rejected.csv",
    "figures/evaluation.png",
    "figures/evaluation.svg",
)
"""What scoring adds to the folder of a run."""


ABOUT = Text(
    en="Compare the forecast in a run's folder with what happened, and write the evaluation.",
    id="Bandingkan prakiraan dalam sebuah folder dengan kenyataannya, dan tulis evaluasinya.",
)


def score(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR"),
        Text(en="Folder that a run wrote.", id="Folder hasil `forecast run`."),
    ],
    actual: Annotated[
        list[Path],
        typer.Argument(),
        Text(
            en="Results of the election that was forecast.",
            id="Hasil pemilihan yang telah diprakirakan.",
        ),
    ],
    column: Columns = None,
    date_of: DatesOf = None,
    type_of: TypesOf = None,
    sheet: Sheets = None,
    config: ConfigFile = None,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
) -> None:
    """Compare the forecast in a run's folder with what happened, and write the evaluation."""
    with problems_told(lang):
        from turnout.backtesting import evaluate
        from turnout.cli import files
        from turnout.output.files import write_text
        from turnout.output.tables import write_table
        from turnout.plots.evaluation import plot_evaluation
        from turnout.plots.rendering import rendered
        from turnout.runs.reading import Run
        from turnout.runs.writing import extended

        run = Run.at(folder)
        forecast, goals, election = run.table(), run.goals_of_whole(), run.election
        read = files.read_good_rows if drop_bad_rows else files.read_files
        said = inputs({"results": actual}, column, date_of, type_of, sheet, config)
        readings = read({"results": said.files["results"]}, hints=said.hints)
        contest = _contest(readings["results"].table, election)
        joint = run.forecast() if run.has_draws else None
        evaluation = evaluate(forecast, contest, goals=goals, joint=joint)
        told = evaluation.say(lang)
        rejected = files.rejected_rows(readings)
        with extended(folder, run.record, ADDED) as stage:
            write_table(evaluation.places.round(6), stage / "evaluation.csv")
            if len(rejected):
                write_table(rejected, stage / "evaluation-rejected.csv")
            write_text(f"{told}\n", stage / "evaluation.txt")
            (stage / "figures").mkdir(exist_ok=True)
            rendered(plot_evaluation(evaluation, lang=lang)).write(stage / "figures", "evaluation")
        show_findings(readings["results"].findings, lang)
        output().print(told)
        notices().print(_WRITTEN.say(lang, folder=folder))


def _contest(results: pd.DataFrame, election: Election) -> pd.DataFrame:
    """Return the rows of the election that was forecast."""
    other_day, other_type = election.differs(results)
    kin = results[~other_day & ~other_type]
    same_type = kin[kin["election_type"] == election.election_type]
    chosen = kin if same_type.empty else same_type
    if chosen["election"].nunique() != 1:
        known = _contests_of(results)
        raise TurnoutError(
            _NO_CONTEST, date=election.date, kind=election.election_type, known=known
        )
    return chosen.reset_index(drop=True)


def _contests_of(results: pd.DataFrame) -> list[str]:
    """Return the contests of a file; where a label hides the day and the type, with both."""
    contests = results.drop_duplicates("election")
    made = contests["date"].dt.strftime("%Y-%m-%d") + " " + contests["election_type"]
    return [
        name if name == told.replace(" ", "-", 1) else f"{name} ({told})"
        for name, told in zip(contests["election"], made, strict=True)
    ]


_WRITTEN = Text(
    en="Written to {folder}: evaluation.csv, evaluation.txt, figures/evaluation.png",
    id="Ditulis ke {folder}: evaluation.csv, evaluation.txt, figures/evaluation.png",
)
_NO_CONTEST = Text(
    en="The results must hold the {kind} of {date:day}, and one contest of it only; they hold: "
    "{known:list}. Give the results of that election, or correct the date and the type.",
    id="Berkas hasil harus memuat {kind} {date:day}, dan hanya satu pemilihan itu; yang ada: "
    "{known:list}. Berikan hasil pemilihan itu, atau perbaiki tanggal dan jenisnya.",
)
