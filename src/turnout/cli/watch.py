"""``forecast watch``: the forecast again whenever the count changes."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnout.cli.console import notices, output, problems_told, progress, tell_at_once
from turnout.cli.options import (
    Covariates,
    Crosswalk,
    Draws,
    DropBadRows,
    ElectionType,
    Evidence,
    Goals,
    Label,
    Lang,
    Levels,
    ModelName,
    Out,
    Outreach,
    Past,
    PollingDay,
    Prior,
    Roll,
    Sample,
    Seed,
    WholeRolls,
    parse_levels,
)
from turnout.cli.said import Columns, ConfigFile, DatesOf, Inputs, Sheets, TypesOf, inputs
from turnout.errors import TurnoutError
from turnout.language import Language, Text

if TYPE_CHECKING:
    from turnout.cli.job import Job
    from turnout.watch.history import History
    from turnout.watch.night import Night, Standing

ABOUT = Text(
    en="Watch a count: forecast again whenever it changes, and keep every update.",
    id="Pantau hasil hitung: prakirakan lagi setiap kali berubah, dan simpan setiap pembaruan.",
)


def watch(
    results: Past = None,
    counted: Annotated[
        Path | None,
        typer.Option(),
        Text(
            en="Results of the election so far: a file, or a folder of files.",
            id="Hasil sementara pemilihan ini: satu berkas, atau satu folder berkas.",
        ),
    ] = None,
    every: Annotated[
        float,
        typer.Option(min=0.5),
        Text(
            en="Seconds between two looks at the count.",
            id="Jeda (detik) antara dua pemeriksaan berkas hasil hitung.",
        ),
    ] = 60.0,
    once: Annotated[
        bool,
        typer.Option("--once"),
        Text(
            en="Look once and end, with code 2 where something is wrong with the count.",
            id="Periksa satu kali lalu berhenti; kode keluar 2 bila hasil hitung bermasalah.",
        ),
    ] = False,
    date: PollingDay = None,
    election_type: ElectionType = None,
    roll: Roll = None,
    outreach: Outreach = None,
    registered_of_all_stations: WholeRolls = False,
    sample: Sample = None,
    evidence: Evidence = None,
    name: Label = None,
    crosswalk: Crosswalk = None,
    column: Columns = None,
    date_of: DatesOf = None,
    type_of: TypesOf = None,
    sheet: Sheets = None,
    config: ConfigFile = None,
    goal: Goals = None,
    level: Levels = None,
    model: ModelName = "hierarchical",
    prior: Prior = None,
    covariate: Covariates = None,
    draws: Draws = 4000,
    seed: Seed = 1,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
    serve: Annotated[
        bool,
        typer.Option("--serve"),
        Text(
            en="Show a page that updates by itself.",
            id="Tampilkan halaman yang diperbarui sendiri.",
        ),
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535), Text(en="Port of the page.", id="Port halaman.")
    ] = 8765,
    host: Annotated[
        str,
        typer.Option(),
        Text(
            en="Interface of the page; 0.0.0.0 lets other machines see it.",
            id="Antarmuka jaringan halaman; dengan 0.0.0.0 komputer lain dapat melihatnya.",
        ),
    ] = "127.0.0.1",
    history: Annotated[
        Path | None,
        typer.Option(),
        Text(
            en="File that keeps every update. [OUT.history.sqlite]",
            id="Berkas yang menyimpan setiap pembaruan. [OUT.history.sqlite]",
        ),
    ] = None,
    out: Out = Path("forecast-night"),
) -> None:
    """Watch a count: forecast again whenever it changes, and keep every update."""
    with problems_told(lang):
        if once and serve:
            raise TurnoutError(_ONCE_SERVED)
        from turnout.cli import files
        from turnout.cli import job as jobs

        given = {
            "results": results,
            "roll": roll,
            "crosswalk": crosswalk,
            "outreach": outreach,
            "counted": counted,
            "sample": sample,
            "evidence": evidence,
        }
        told = inputs(given, column, date_of, type_of, sheet, config)
        source, said = _apart(told.with_whole_rolls(told=registered_of_all_stations))
        said = files.with_sheets_brought(said)
        job = jobs.Job(
            files=said.paths,
            election=jobs.coming_election(
                said.word("date", date), said.word("type", election_type), said.told("name", name)
            ),
            goals=said.goals(goal),
            levels=parse_levels(level),
            model=model,
            prior=prior,
            draws=draws,
            seed=seed,
            covariates=tuple(covariate or ()),
        )
        jobs.check_settings(job)
        kept = history or out.with_name(f"{out.name}.history.sqlite")
        task = _Task(
            source, out, kept, None if once else every, drop_bad_rows, lang, serve, host, port
        )
        _watch(job, said, task)


@dataclass(frozen=True)
class _Task:
    """What is asked of a watch beside its job: where things are, and how it goes on.

    `every` is None for a single look.
    """

    source: Path
    out: Path
    history: Path
    every: float | None
    drop: bool
    lang: Language
    serve: bool
    host: str
    port: int


def _watch(job: Job, said: Inputs, task: _Task) -> None:
    """Fit once, then look again and again."""
    from turnout.output.files import make_folder
    from turnout.runs.lock import locked
    from turnout.watch.history import History

    lang, history = task.lang, task.history
    make_folder(history.absolute().parent)
    with locked(history.with_name(f"{history.name}.lock"), history):
        kept = History.opened(history, job.election)
        with _showing(job, task) as show:
            night = _night(job, said, task, kept, show)
            if task.every is None:
                standing = night.seen_once()
                notices().print(_SEEN.say(lang, history=history, folder=task.out))
                if standing.troubles:
                    raise typer.Exit(2)
                return
            source, every = task.source, f"{task.every:g}"
            notices().print(_WATCHING.say(lang, source=source, every=every, folder=task.out))
            with _ended_cleanly():
                night.watch(task.every)
        notices().print(_ENDED.say(lang, history=history))


def _night(
    job: Job, said: Inputs, task: _Task, kept: History, show: Callable[[Standing, bool], None]
) -> Night:
    """Read the files, fit the model, and return the night that is to be watched."""
    import pandas as pd

    from turnout.cli import files
    from turnout.cli.desk import CommandDesk
    from turnout.cli.far_goals import with_goals_held
    from turnout.cli.fitted import Fitted
    from turnout.cli.models import make_model
    from turnout.forecast.goal import parse_goal
    from turnout.models.base import TakesCounts, refuse_counts
    from turnout.reading.hints import NO_HINTS
    from turnout.watch.night import Night
    from turnout.watch.page.page import night_page

    model = make_model(job.model, job.prior, job.covariates)
    if not isinstance(model, TakesCounts):
        refuse_counts(model.name, pd.DataFrame())
    with progress(_READING, task.lang):
        read = files.read_good_rows if task.drop else files.read_files
        readings = read(said.files, job.election, said.hints)
    readings = with_goals_held(readings, job.goals)
    tell_at_once(readings, task.lang)
    with progress(_FITTING, task.lang):
        fitted = Fitted.of(model, job, readings)
    desk = CommandDesk(
        model=model,
        fitted=fitted,
        readings=readings,
        counted=task.source,
        hints=said.hints.get("counted", NO_HINTS),
        drop_bad_rows=task.drop,
        out=task.out,
        lang=task.lang,
        page=partial(night_page, election=job.election),
        told=show,
    )
    with progress(_FITTING, task.lang):
        before = desk.forecast(None)
    goal = parse_goal(job.goals[0]) if job.goals else None
    return Night(task.source, desk, kept, _basis(job), goal, before, fitted.sampled)


@contextmanager
def _showing(job: Job, task: _Task) -> Iterator[Callable[[Standing, bool], None]]:
    """Give what shows where the night stands: on the terminal, and on the page if it is served."""
    terminal = Terminal(task.lang)
    if not task.serve:
        yield terminal.show
        return
    from turnout.watch.night import Standing
    from turnout.watch.serving import Board, is_local, served

    board = Board(job.election, task.lang, local=is_local(task.host))
    board.put(Standing())
    with served(board, task.host, task.port) as address:
        notices().print(_SERVED.say(task.lang, address=address))
        if not board.local:
            notices().print(_SEEN_BY_OTHERS.say(task.lang, host=task.host))

        def show(standing: Standing, news: bool) -> None:
            if news:
                board.put(standing)
            terminal.show(standing, news)

        yield show


def _apart(said: Inputs) -> tuple[Path, Inputs]:
    """Part the count, which may not be there yet, from the files that are read once."""
    paths = said.files.get("counted", ())
    if not paths:
        raise TurnoutError(_NO_COUNT)
    if len(paths) > 1:
        raise TurnoutError(_SEVERAL, n=len(paths))
    rest = {role: paths for role, paths in said.files.items() if role != "counted"}
    return paths[0], replace(said, files=rest)


def _basis(job: Job) -> str:
    """Return the SHA-256 of all that goes in beside the count."""
    import hashlib

    from turnout.runs.contents import input_records

    chosen = (job.election, job.model, job.prior, job.draws, job.seed, job.covariates)
    told = f"{input_records(job.files)}{chosen}"
    return hashlib.sha256(told.encode()).hexdigest()


@contextmanager
def _ended_cleanly() -> Iterator[None]:
    """Let Ctrl-C, and the system's own request to end, end the watch and nothing else."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)


@dataclass
class Terminal:
    """Tells updates and troubles on the terminal; a warning that was told is not told again."""

    lang: Language
    _told: set[str] = field(default_factory=set, init=False)

    def show(self, standing: Standing, news: bool) -> None:
        """Tell where the night stands, if that is new."""
        if not news:
            return
        from turnout.watch.page.words import TROUBLE
        from turnout.watch.words import say_standing

        console, lang = output(), self.lang
        console.print()
        for number, line in enumerate(say_standing(standing, lang)):
            console.print(line, style="bold" if number == 0 else None)
        console.file.flush()
        if standing.troubles:
            notices().print(TROUBLE.say(lang))
        warnings = [one[lang] for one in standing.warnings]
        new = [one for one in warnings if one not in self._told]
        for what in (*(one[lang] for one in standing.troubles), *new):
            notices().print(_TROUBLE.say(lang, what=what))
        if len(new) < len(warnings):
            notices().print(_STILL.say(lang, n=len(warnings) - len(new)))
        self._told.update(warnings)


_SERVED = Text(en="The page of the night: {address}", id="Halaman malam penghitungan: {address}")
_SEEN_BY_OTHERS = Text(
    en="It is open to every machine that reaches this one at {host}.",
    id="Halaman itu terbuka bagi semua komputer yang dapat mencapai {host}.",
)
_READING = Text(en="Reading the files ...", id="Membaca berkas ...")
_FITTING = Text(en="Fitting the model ...", id="Menyiapkan model ...")
_WATCHING = Text(
    en="Watching {source}, every {every} seconds; results go to {folder}. Ctrl-C ends it.",
    id="Memantau {source} setiap {every} detik; hasil ditulis ke {folder}. Tekan Ctrl-C untuk "
    "berhenti.",
)
_ENDED = Text(
    en="The watch has ended. Every update is kept in {history}; the same command goes on from "
    "there.",
    id="Pemantauan berakhir. Semua pembaruan tersimpan di {history}; perintah yang sama "
    "melanjutkannya.",
)
_TROUBLE = Text(en="Attention: {what}", id="Perhatian: {what}")
_STILL = Text(
    en="{n:count:earlier warning still holds:earlier warnings still hold}.",
    id="{n:count} peringatan sebelumnya masih berlaku.",
)
_SEEN = Text(
    en="Results are in {folder}, the update in {history}.",
    id="Hasil ada di {folder}, pembaruannya di {history}.",
)
_ONCE_SERVED = Text(
    en="--once ends after one look, so nothing is left to serve. Leave out --serve; the page is "
    "night.html in the folder of results.",
    id="--once berhenti setelah satu pemeriksaan, jadi tidak ada halaman yang dapat ditayangkan. "
    "Hapus --serve; halamannya ada di folder hasil, yaitu night.html.",
)
_NO_COUNT = Text(
    en="What is to be watched? Name the file or folder of the count with --counted.",
    id="Apa yang dipantau? Sebutkan berkas atau folder hasil hitung dengan --counted.",
)
_SEVERAL = Text(
    en="The count is in {n:count} files. Put them into one folder and name that with --counted.",
    id="Hasil hitung ada dalam {n:count} berkas. Letakkan semuanya dalam satu folder dan sebutkan "
    "folder itu dengan --counted.",
)
