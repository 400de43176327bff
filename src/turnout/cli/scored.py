"""A scored run: the forecast beside what happened, and the forms that the office hands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from turnout.backtesting import evaluate
from turnout.backtesting.by_group import say_scored_by_group, score_by_group
from turnout.backtesting.by_sex import say_scored_by_sex, score_by_sex
from turnout.backtesting.evaluation import Evaluation
from turnout.backtesting.evaluation_words import doubts
from turnout.backtesting.past_outcome import refuse_past_outcome
from turnout.forms.lkj import Lkj, report_performance
from turnout.forms.order import scored_order
from turnout.forms.order_files import read_order, say_scored_order
from turnout.forms.workbook import write_lkj_table, write_lkj_workbook, write_participation
from turnout.language import Language
from turnout.output.files import write_text
from turnout.output.tables import write_table
from turnout.plots.evaluation import plot_evaluation
from turnout.plots.figures import with_source
from turnout.plots.rendering import rendered
from turnout.plots.words import source_line
from turnout.runs.reading import Run


@dataclass(frozen=True)
class Scored:
    """What scoring a run gives."""

    evaluation: Evaluation
    lkj: Lkj
    order: pd.DataFrame | None
    sexes: pd.DataFrame | None
    groups: pd.DataFrame | None
    source: str = ""

    def say(self, lang: Language) -> str:
        """Return the evaluation in words, then that of groups and of the order form, if any."""
        told = [self.evaluation.say(lang)]
        if self.sexes is not None and len(self.sexes):
            told.append(say_scored_by_sex(self.sexes, lang))
        if self.groups is not None and len(self.groups):
            told.append(say_scored_by_group(self.groups, lang))
        if self.order is not None and len(self.order):
            told.append(say_scored_order(self.order, lang))
        if self.source:
            told.append(source_line(self.source, lang))
        return "\n".join(told)

    def write(self, stage: Path, rejected: pd.DataFrame, lang: Language) -> None:
        """Write the evaluation and the forms into a folder."""
        write_table(self.evaluation.places.round(6), stage / "evaluation.csv")
        if len(rejected):
            write_table(rejected, stage / "evaluation-rejected.csv")
        write_text(f"{self.say(lang)}\n", stage / "evaluation.txt")
        if self.sexes is not None and len(self.sexes):
            write_table(self.sexes.round(6), stage / "by_sex-scored.csv")
        if self.groups is not None and len(self.groups):
            write_table(self.groups.round(6), stage / "by_group-scored.csv")
        if self.order is not None:
            write_table(self.order.round(6), stage / "order-scored.csv")
        write_participation(self.lkj, stage / "participation.csv")
        write_lkj_table(self.lkj, stage / "lkj.csv", lang)
        write_lkj_workbook(self.lkj, stage / "lkj.xlsx", lang)
        (stage / "figures").mkdir(exist_ok=True)
        ax = plot_evaluation(self.evaluation, lang=lang)
        figure = rendered(with_source(ax, source_line(self.source, lang)))
        figure.write(stage / "figures", "evaluation")


def score_run(
    run: Run, contest: pd.DataFrame, targets: Mapping[str, float], log: pd.DataFrame | None
) -> Scored:
    """Score a run against the rows of its election.

    Raises
    ------
    TurnoutError
        If the rows are those of a past contest.
    """
    forecast, election = run.table(), run.election
    joint = run.joint()
    if joint is not None:
        refuse_past_outcome(joint, contest)
    evaluation = evaluate(forecast, contest, goals=run.goals_of_whole(), joint=joint)
    lkj = report_performance(
        forecast,
        contest,
        election=election,
        targets=targets,
        history=None if joint is None else joint.history,
        log=log,
    )
    lkj = replace(lkj, doubts=doubts(evaluation))
    order = read_order(run.folder) if "order.csv" in run.record.get("files", ()) else None
    scored = None if order is None else scored_order(order, contest)
    told = run.by_sex()
    sexes = None if told is None else score_by_sex(told, lkj.participation)
    by_group = run.by_group()
    groups = None if by_group is None else score_by_group(by_group, lkj.participation)
    source = str(run.record.get("source") or "")
    return Scored(evaluation, lkj, scored, sexes, groups, source)
