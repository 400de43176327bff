"""``forecast score``: after the election, a run's forecast against what happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnout.cli.console import notices, output, problems_told, show_findings
from turnout.cli.options import DropBadRows, Lang, Outreach
from turnout.cli.said import Columns, ConfigFile, DatesOf, Sheets, TypesOf, inputs
from turnout.errors import TurnoutError
from turnout.language import Text

if TYPE_CHECKING:
    import pandas as pd

    from turnout.cli.scored import Scored
    from turnout.elections import Election
    from turnout.language import Language

ADDED = (
    "by_group-scored.csv",
    "by_sex-scored.csv",
    "evaluation.csv",
    "evaluation.txt",
    "evaluation-rejected.csv",
    "figures/evaluation.png",
    "figures/evaluation.svg",
    "lkj.csv",
    "lkj.xlsx",
    "order-scored.csv",
    "participation.csv",
)
"""What scoring adds to the folder of a run."""

# What each kind of file is read as: the results are those of the election that was forecast.
_AS = {"results": "outcome", "outreach": "outreach"}


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
    target: Annotated[
        list[str] | None,
        typer.Option(),
        Text(
            en="Target of an indicator of the LKj, the yearly report of performance: women=80%, "
            "disabled=75% or unlisted=0.2%. May be repeated; that of turnout is the run's first "
            "goal, or turnout=82%.",
            id="Target indikator LKj: women=80%, disabled=75% atau unlisted=0,2%. Boleh diulang; "
            "target partisipasi adalah target pertama prakiraan, atau turnout=82%.",
        ),
    ] = None,
    outreach: Outreach = None,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
) -> None:
    """Compare the forecast in a run's folder with what happened, and write the evaluation."""
    with problems_told(lang):
        from turnout.cli import files
        from turnout.cli.scored import score_run
        from turnout.runs.reading import Run
        from turnout.runs.writing import extended

        run = Run.at(folder).require_forecast()
        read = files.read_good_rows if drop_bad_rows else files.read_files
        given = {"results": actual, "outreach": outreach}
        said = inputs(given, column, date_of, type_of, sheet, config)
        targets = _targets(target, run.asked_goals)
        wanted = {_AS[role]: said.files[role] for role in given if role in said.files}
        hints = {_AS[role]: told for role, told in said.hints.items() if role in given}
        readings = read(wanted, run.election, hints)
        readings = {role: readings[_AS[role]] for role in given if _AS[role] in readings}
        contest = _contest(readings["results"].table, run.election)
        log = readings["outreach"].table if "outreach" in readings else None
        scored = score_run(run, contest, targets, log)
        rejected = files.rejected_rows(readings)
        with extended(folder, run.record, ADDED) as stage:
            scored.write(stage, rejected, lang)
        show_findings(readings["results"].findings, lang)
        output().print(scored.say(lang))
        names = ", ".join(name for name in ADDED if (folder / name).is_file())
        _warn_of_doubtful(scored, lang)
        notices().print(_WRITTEN.say(lang, folder=folder, names=names))
        _tell_of_forms(scored, lang)


def _warn_of_doubtful(scored: Scored, lang: Language) -> None:
    """Name the places that may lack stations beside what is written, not in it alone."""
    from turnout.backtesting.doubtful import doubtful_places

    if who := doubtful_places(scored.evaluation, lang):
        notices().print(_DOUBTFUL.say(lang, n=len(who), who=who))


def _tell_of_forms(scored: Scored, lang: Language) -> None:
    """Tell what the forms leave out, and what they hold that others do not publish."""
    from turnout.forms.participation import small_groups
    from turnout.groups.suppression import FEWEST

    for text, n in ((_EARLIER, scored.lkj.earlier), (_LATER, scored.lkj.later)):
        if n:
            notices().print(text.say(lang, n=n))
    if few := small_groups(scored.lkj.participation):
        notices().print(_SMALL.say(lang, n=few, fewest=FEWEST))


def _targets(said: list[str] | None, goals: list[float]) -> dict[str, float]:
    """Return the target of each indicator of the LKj; of turnout the run's first goal."""
    targets = {"turnout": goals[0]} if goals else {}
    for one in said or ():
        name, _, written = one.partition("=")
        number = written.strip().removesuffix("%").replace(",", ".")
        try:
            share = float(number) / 100
        except ValueError:
            raise TurnoutError(_NO_TARGET, said=one) from None
        if not 0 < share <= 1 or not written.strip().endswith("%"):
            raise TurnoutError(_NO_TARGET, said=one)
        targets[name.strip()] = share
    return targets


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


_WRITTEN = Text(en="Written to {folder}: {names}", id="Ditulis ke {folder}: {names}")
_DOUBTFUL = Text(
    en="Warning: {n:count:place:places} may lack stations ({who:list}); evaluation.txt says why, "
    "evaluation.csv marks them (doubtful).",
    id="Peringatan: {n:count} wilayah mungkin belum memuat semua TPS ({who:list}); alasannya di "
    "evaluation.txt, tandanya di evaluation.csv (doubtful).",
)
_EARLIER = Text(
    en="Not counted in lkj.xlsx: {n:count:activity:activities} until the polling day before.",
    id="Tidak dihitung dalam lkj.xlsx: {n:count} kegiatan sebelum hari pemungutan suara terdahulu.",
)
_LATER = Text(
    en="Not counted in lkj.xlsx: {n:count:activity:activities} from polling day on.",
    id="Tidak dihitung dalam lkj.xlsx: {n:count} kegiatan sejak hari pemungutan suara.",
)
_SMALL = Text(
    en="participation.csv and lkj.xlsx tell {n:count:group:groups} of under {fewest:count} people, "
    "as the form asks: take them out before you publish the table.",
    id="participation.csv dan lkj.xlsx memuat {n:count} kelompok berisi kurang dari "
    "{fewest:count} orang, seperti yang diminta formulirnya: hapus sebelum tabelnya diumumkan.",
)
_NO_TARGET = Text(
    en="The target '{said}' cannot be read. Write it as women=80%, with a percent sign.",
    id="Target '{said}' tidak dapat dibaca. Tulis sebagai women=80%, dengan tanda persen.",
)
_NO_CONTEST = Text(
    en="The results must hold the {kind:type} of {date:day}, and one contest of it only; they "
    "hold: {known:list}. Give the results of that election, or correct the date and the type.",
    id="Berkas hasil harus memuat {kind:type} {date:day}, dan hanya satu pemilihan itu; yang ada: "
    "{known:list}. Berikan hasil pemilihan itu, atau perbaiki tanggal dan jenisnya.",
)
