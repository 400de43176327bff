"""``forecast score``: after the election, a run's forecast against what happened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from turnout.cli.console import notices, output, problems_told, show_findings
from turnout.cli.options import DropBadRows, Lang
from turnout.errors import TurnoutError
from turnout.language import Text

if TYPE_CHECKING:
    import pandas as pd

    from turnout.elections import Election

_TEXTS = ("scale", "nation", "province", "city", "district", "area", "area_id")


def score(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that a run wrote.")],
    actual: Annotated[Path, typer.Argument(help="Results of the election that was forecast.")],
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
) -> None:
    """Compare the forecast in a run's folder with what happened, and write the evaluation."""
    with problems_told(lang):
        from turnout.backtesting import evaluate
        from turnout.cli import files
        from turnout.plots.evaluation import plot_evaluation
        from turnout.plots.style.style import save_figure
        from turnout.runs.outputs import write_table

        forecast, goals, election = _read_run(folder)
        read = files.read_good_rows if drop_bad_rows else files.read_files
        readings = read({"results": actual})
        contest = _contest(readings["results"].table, election)
        evaluation = evaluate(forecast, contest, goals=goals)
        told = evaluation.say(lang)
        write_table(evaluation.places, folder / "evaluation.csv")
        files.write_rejected(readings, folder / "evaluation-rejected.csv")
        show_findings(readings["results"].findings, lang)
        (folder / "evaluation.txt").write_text(told + "\n", encoding="utf-8", newline="\n")
        figures = folder / "figures"
        figures.mkdir(exist_ok=True)
        ax = plot_evaluation(evaluation, lang=lang)
        for ending in ("png", "svg"):
            save_figure(ax, figures / f"evaluation.{ending}")
        output().print(told, markup=False)
        notices().print(_WRITTEN.say(lang, folder=folder), markup=False)


def _read_run(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, Election]:
    """Read a run's forecast, the goals of its whole, and its election."""
    import pandas as pd

    from turnout.elections import Election

    for name in ("forecast.csv", "goal.json", "run.json"):
        if not (folder / name).is_file():
            raise TurnoutError(_NO_RUN, folder=str(folder), name=name)
    forecast = pd.read_csv(folder / "forecast.csv", dtype=dict.fromkeys(_TEXTS, "str"))
    record: dict[str, Any] = json.loads((folder / "goal.json").read_text(encoding="utf-8"))
    goals = [one for one in record["goals"] if one.get("scale") == record["scale"]]
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))["election"]
    election = Election(told["date"], told["election_type"], told["type_group"], told["name"])
    return forecast, pd.DataFrame(goals), election


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
_NO_RUN = Text(
    en="The folder {folder} has no {name}. Name the folder that `forecast run` wrote.",
    id="Folder {folder} tidak memuat {name}. Sebutkan folder yang ditulis oleh `forecast run`.",
)
_NO_CONTEST = Text(
    en="The results must hold the {kind} of {date:day}, and one contest of it only; they hold: "
    "{known:list}. Give the results of that election, or correct the date and the type.",
    id="Berkas hasil harus memuat {kind} {date:day}, dan hanya satu pemilihan itu; yang ada: "
    "{known:list}. Berikan hasil pemilihan itu, atau perbaiki tanggal dan jenisnya.",
)
