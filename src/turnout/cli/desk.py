"""The desk of a night: reads, forecasts, writes and shows for ``forecast watch``."""

from __future__ import annotations

import os
import shutil
import signal
import warnings
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from turnout.cli.files import places_of
from turnout.cli.fitted import Fitted
from turnout.cli.job import Done, checked, with_notes
from turnout.cli.writing import write_numbers, write_shown
from turnout.errors import DataWarning, TurnoutError
from turnout.forecast import Forecast
from turnout.language import Language, Text
from turnout.models.base import Model
from turnout.output.files import write_text
from turnout.plots.figures import render_figures
from turnout.reading import Reading, load_counted
from turnout.reading.hints import Hints
from turnout.runs.writing import Stage, replaced
from turnout.watch.night import Result, Standing

PAGE = "night.html"


@dataclass
class CommandDesk:
    """What ``forecast watch`` does for the night.

    Parameters
    ----------
    model
        The model.
    fitted
        The same, fitted to the files of the job.
    readings
        What came of reading them.
    counted
        File or folder of the count.
    hints
        What is said of its files.
    drop_bad_rows
        Whether rows of the count with errors are left out; else they keep the count from use.
    out
        Folder for what is written.
    lang
        Its language.
    page
        Makes the page that is written beside the numbers.
    told
        Shows where the night stands.
    """

    model: Model
    fitted: Fitted
    readings: Mapping[str, Reading]
    counted: Path
    hints: Hints
    drop_bad_rows: bool
    out: Path
    lang: Language
    page: Callable[[Standing, Language], str]
    told: Callable[[Standing, bool], None]
    _last: tuple[Result, Done] | None = field(default=None, init=False)

    def load(self, path: Path) -> Reading:
        """Read a file of the count."""
        reading = load_counted(
            path,
            election=self.fitted.job.election,
            hints=self.hints,
            results=self.readings["results"].table,
            places=places_of({role: one.table for role, one in self.readings.items()}),
        )
        if self.drop_bad_rows and not reading.table.empty:
            return replace(reading, findings=reading.warnings)
        return reading

    def forecast(self, counted: pd.DataFrame | None) -> Forecast:
        """Forecast given a count; the model is fitted already."""
        return with_notes(self.fitted.job, self.model, self.readings, self.fitted.forecast(counted))

    def write(self, result: Result, standing: Standing) -> None:
        """Write the numbers and the page."""
        done = self._done(result)
        with self._replaced() as stage:
            self._write_numbers(done, standing, stage)

    def finish(self, result: Result, standing: Standing, outdated: Callable[[], bool]) -> None:
        """Write figures, report and workbook too, unless a newer count comes meanwhile."""
        done = self._done(result)
        with TemporaryDirectory() as drawn:
            if not _drawn_apart(done, self.lang, Path(drawn), outdated):
                return
            with self._replaced() as stage:
                self._write_numbers(done, standing, stage)
                shutil.copytree(drawn, stage.path, dirs_exist_ok=True)

    def show(self, standing: Standing, *, news: bool) -> None:
        """Show where the night stands."""
        self.told(standing, news)

    def _replaced(self) -> AbstractContextManager[Stage]:
        return replaced(self.out, "watch", [*self.fitted.job.files.values(), self.counted])

    def _write_numbers(self, done: Done, standing: Standing, stage: Stage) -> None:
        write_numbers(done, stage, self.lang)
        write_text(self.page(standing, self.lang), stage.path / PAGE)

    def _done(self, result: Result) -> Done:
        """Return a forecast with its check; made once for the numbers and the figures."""
        if self._last is None or self._last[0] is not result:
            base = self.readings["results"]
            counted = Reading(result.update.count, result.findings, base.rejected.iloc[:0])
            files = {
                "counted" if number == 1 else f"counted {number}": path
                for number, path in enumerate(result.files, 1)
            }
            job = replace(self.fitted.job, files={**self.fitted.job.files, **files})
            readings = {**self.readings, **({"counted": counted} if files else {})}
            self._last = result, checked(job, readings, result.forecast)
        return self._last[1]


def _drawn_apart(done: Done, lang: Language, folder: Path, outdated: Callable[[], bool]) -> bool:
    """Draw figures, report and workbook in a process of their own; False where it was ended.

    So a newer count waits for no figure. The process writes into a folder that is nobody else's:
    should this one be killed, nothing of what the other still draws comes beside newer numbers.

    Raises
    ------
    TurnoutError
        If the process fails.
    """
    worker = get_context("spawn").Process(target=_draw, args=(done, lang, folder), daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            if outdated():
                return False
            worker.join(_PATIENCE)
    finally:
        worker.terminate()
        worker.join()
    if worker.exitcode:
        raise TurnoutError(_NOT_DRAWN)
    return True


def _draw(done: Done, lang: Language, folder: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who ends the watch ends this as well
    if hasattr(os, "nice"):
        os.nice(10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)  # told with the forecast
        drawn = render_figures(done.forecast, done.check, lang)
        write_shown(done, Stage(folder), lang, drawn)


_PATIENCE = 1.0
_NOT_DRAWN = Text(
    en="The figures could not be drawn; the numbers are written. Why is on the terminal.",
    id="Gambar tidak dapat dibuat; angkanya sudah ditulis. Penyebabnya ada di terminal.",
)
