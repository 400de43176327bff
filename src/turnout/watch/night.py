"""The night itself: look, read, forecast, keep, write, show; and again."""

from __future__ import annotations

import datetime as dt
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import pandas as pd

from turnout.errors import DataError, Finding, Spot, TurnoutError
from turnout.forecast import Forecast
from turnout.forecast.apart import count_in_doubt, provisos
from turnout.language import LANGUAGES, Text
from turnout.quick_count import SampleEstimate
from turnout.reading import Reading
from turnout.reading.told_places import at_other_rows, with_spots
from turnout.watch.appraisal import figures_of_scales, projected_turnout, whole_figures
from turnout.watch.changes import changes_between, first_words
from turnout.watch.counts import (
    CountSoFar,
    Said,
    read_count,
    said,
    said_error,
    same_count,
)
from turnout.watch.history import History
from turnout.watch.odd import odd_in
from turnout.watch.source import Look, look
from turnout.watch.update import Point, Update

SETTLE = 0.5
"""Seconds for which the files of a count must stay as they are before they are read."""


@dataclass(frozen=True)
class Standing:
    """Where the night stands, as it is shown.

    Parameters
    ----------
    update
        The newest update; None before the first.
    points
        The whole at every update, the newest last.
    troubles
        What is wrong now: with the files of the count, or with the place where results go.
    looked
        When was looked last, by the clock of this machine.
    waiting
        Whether there is no count yet.
    warnings
        What is odd in the count that the update holds.
    provisos
        What has to be known with the headline, such as past figures in doubt.
    """

    update: Update | None = None
    points: tuple[Point, ...] = ()
    troubles: tuple[Said, ...] = ()
    looked: dt.datetime | None = None
    waiting: bool = False
    warnings: tuple[Said, ...] = ()
    provisos: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Result:
    """A forecast with the update it makes, and what was found in the files of its count.

    `is_new` says whether the history does not know the update yet, `spots` where the places of the
    count stand.
    """

    forecast: Forecast
    update: Update
    files: tuple[Path, ...]
    is_new: bool
    findings: tuple[Finding, ...] = ()
    spots: Mapping[str, Spot] = field(default_factory=dict)


class Desk(Protocol):
    """What the night needs from whoever runs it."""

    def load(self, path: Path) -> Reading:
        """Read a file of the count."""
        ...

    def forecast(self, counted: pd.DataFrame | None) -> Forecast:
        """Forecast given a count; the model is fitted already."""
        ...

    def write(self, result: Result, standing: Standing) -> None:
        """Write the numbers and the page."""
        ...

    def finish(self, result: Result, standing: Standing, outdated: Callable[[], bool]) -> None:
        """Write what takes longer, unless it is outdated meanwhile."""
        ...

    def show(self, standing: Standing, *, news: bool) -> None:
        """Show where the night stands; `news` where that is new."""
        ...


@dataclass(frozen=True)
class _State:
    """What one look hands to the next."""

    digest: str = ""
    standing: Standing = field(default_factory=Standing)
    result: Result | None = None
    appended: bool = False
    written: bool = True
    finished: bool = True
    input_troubles: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Night:
    """A count that is watched.

    Parameters
    ----------
    source
        File or folder of the count.
    desk
        Who reads, forecasts, writes and shows.
    history
        Where every update is kept.
    basis
        SHA-256 of all that goes in beside the count.
    goal
        The goal (share), if any.
    before
        The forecast before the count.
    sample
        What a quick count's sample says by itself, if there is one.
    """

    source: Path
    desk: Desk
    history: History
    basis: str
    goal: float | None
    before: Forecast
    sample: SampleEstimate | None = None

    def watch(self, every: float, going: Callable[[], bool] = lambda: True) -> None:
        """Look at the count every so many seconds, for as long as `going` says.

        A count that changes while it is read is read again at once; nothing waits by the clock of
        the day, which may be set.
        """
        state = self.begun()
        while going():
            started = time.monotonic()
            state, settled = self.looked(state)
            while settled and going() and time.monotonic() - started < every:
                time.sleep(min(0.1, every))

    def seen_once(self) -> Standing:
        """Look at the count once, as soon as it holds still; returns where the night stands."""
        state, settled = self.looked(self._remembered())
        while not settled:
            state, settled = self.looked(state)
        return state.standing

    def begun(self) -> _State:
        """Return the state at the start: what the history knows is shown at once."""
        state = self._remembered()
        if state.standing.update is not None:
            self.desk.show(state.standing, news=True)
        return state

    def _remembered(self) -> _State:
        return _State(standing=Standing(self.history.last(), self.history.points(), (), _now()))

    def looked(self, state: _State) -> tuple[_State, bool]:
        """Look once; returns the new state, and whether the files of the count held still."""
        try:
            seen = look(self.source)
            if seen.digest != state.digest:
                state, settled = self._taken_in(state, seen)
                if not settled:
                    return state, False
        except TurnoutError as error:
            state = replace(state, input_troubles=(said_error(error),), digest="")
        return self._kept(state), True

    def _taken_in(self, state: _State, seen: Look) -> tuple[_State, bool]:
        """Read the files and forecast, if they hold still meanwhile."""
        time.sleep(SETTLE)
        if look(self.source).digest != seen.digest:
            return state, False
        last = state.standing.update
        before = None if last is None else last.count
        count = self._count(seen, before)
        if look(self.source).digest != seen.digest:
            return state, False
        result, troubles = self._result(state, count, seen)
        if troubles and troubles != state.input_troubles:
            self._note(seen, troubles)
        return replace(
            state,
            digest=seen.digest,
            input_troubles=troubles,
            standing=replace(state.standing, waiting=seen.is_empty),
            result=result,
            appended=False,
            written=False,
            finished=False,
        ), True

    def _count(self, seen: Look, before: pd.DataFrame | None) -> CountSoFar:
        if seen.is_empty and before is not None and len(before):
            return CountSoFar(before, (said(_VANISHED, path=self.source.name),))
        return read_count(seen.files, self.desk.load, seen.changed, before)

    def _result(
        self, state: _State, count: CountSoFar, seen: Look
    ) -> tuple[Result, tuple[Said, ...]]:
        """Forecast given a count; where that fails, given the last good one, and say so."""
        last, troubles, findings = state.standing.update, count.troubles, count.findings
        try:
            table, forecast = count.table, self._forecast(count.table)
        except TurnoutError as error:
            placed = _with_spots(error, count)
            troubles, findings = (*troubles, said_error(placed)), at_other_rows(findings, placed)
            table, forecast = self._last_good(state)
        except Exception as error:
            # A count must not end the night, whatever it does to the program.
            traceback.print_exc()
            why = f"{type(error).__name__}: {error}"
            troubles = (*troubles, said(_UNEXPECTED, why=why))
            table, forecast = self._last_good(state)
        update, is_new = self._update(forecast, table, seen.digest), True
        if last is None:
            update = replace(update, changes=first_words(update))
        elif self._is_known(last, update, troubled=bool(troubles)):
            # The forecast is that of the history: it is only written and shown anew.
            update = replace(update, inputs=last.inputs, at=last.at, changes=last.changes)
            is_new = False
        else:
            update = replace(update, changes=changes_between(last, update))
        result = Result(forecast, update, seen.files, is_new, findings, count.spots)
        return result, troubles

    def _last_good(self, state: _State) -> tuple[pd.DataFrame, Forecast]:
        if state.result is not None:
            return state.result.update.count, state.result.forecast
        last = state.standing.update
        if last is None or last.count.empty:
            return pd.DataFrame(), self.before
        return last.count, self._forecast(last.count)

    def _is_known(self, last: Update, update: Update, *, troubled: bool) -> bool:
        """Whether an update tells nothing that the history does not know."""
        if last.basis != update.basis or last.goal != update.goal:
            return False
        if troubled:
            return same_count(last.count, update.count)
        return last.inputs == update.inputs

    def _forecast(self, table: pd.DataFrame) -> Forecast:
        return self.before if table.empty else self.desk.forecast(table)

    def _update(self, forecast: Forecast, table: pd.DataFrame, digest: str) -> Update:
        places, districts = figures_of_scales(forecast, self.before, self.goal)
        until = forecast.counted.until if forecast.counted else None
        top = forecast.at(forecast.top)
        return Update(
            at=_now(),
            inputs=digest,
            basis=self.basis,
            until=until,
            whole=whole_figures(forecast, districts, self.goal, self.sample),
            places=places,
            districts=districts,
            count=table,
            projected=projected_turnout(places),
            goal=self.goal,
            place={lang: top.names(lang)[0] for lang in LANGUAGES},
            of_file=forecast.counted is not None and forecast.counted.of_file,
        )

    def _kept(self, state: _State) -> _State:
        """Keep, write and show what is new; what fails is told and tried again at the next look."""
        shown = state.standing
        outward: tuple[Said, ...] = ()
        result = state.result
        if result is not None and not state.written:
            try:
                if result.is_new and not state.appended:
                    self.history.append(result.update)
                    state = replace(state, appended=True)
                points = self.history.points()
                shown = replace(
                    shown,
                    update=result.update,
                    points=points,
                    warnings=_odd(result),
                    provisos=_provisos(result.forecast),
                )
                whole = replace(shown, troubles=state.input_troubles, looked=_now())
                self.desk.write(result, whole)
                state = replace(state, written=True)
            except (TurnoutError, OSError) as error:
                outward = (_said_of(error),)
                shown = replace(shown, update=result.update)
        troubles = (*state.input_troubles, *outward)
        news = shown.update is not state.standing.update or troubles != state.standing.troubles
        shown = replace(shown, troubles=troubles, looked=_now())
        self.desk.show(shown, news=news)
        state = replace(state, standing=shown)
        if result is not None and state.written and not state.finished:
            state = self._finished(state, result)
        return state

    def _finished(self, state: _State, result: Result) -> _State:
        def outdated() -> bool:
            try:
                return look(self.source).digest != state.digest
            except TurnoutError:
                return False

        try:
            self.desk.finish(result, state.standing, outdated)
        except (TurnoutError, OSError) as error:
            troubles = (*state.input_troubles, _said_of(error))
            standing = replace(state.standing, troubles=troubles)
            self.desk.show(standing, news=True)
            return replace(state, standing=standing)
        return replace(state, finished=True)

    def _note(self, seen: Look, troubles: Sequence[Said]) -> None:
        try:
            self.history.note_trouble(_now(), seen.digest, tuple(troubles))
        except TurnoutError:
            # Told with the next update, which cannot be kept either.
            return


def _odd(result: Result) -> tuple[Said, ...]:
    """Return what is odd in the count that a forecast was given."""
    forecast = result.forecast
    return odd_in(forecast.counted, result.findings, result.spots, forecast.election.date)


def _provisos(forecast: Forecast) -> tuple[Said, ...]:
    """Return what is said beside the headline; votes that a count lacks are told as odd in it."""
    told = provisos(forecast)
    if forecast.counted is not None:
        doubt = count_in_doubt(forecast)
        told = (*forecast.about.in_doubt, *([] if doubt is None else [doubt]))
    return tuple({lang: one.say(lang) for lang in LANGUAGES} for one in told)


def _with_spots(error: TurnoutError, count: CountSoFar) -> TurnoutError:
    """Return an error that names where the places stand of which it tells."""
    if not isinstance(error, DataError) or not error.findings:
        return error
    return DataError.of(with_spots(error.findings, count.spots, count.findings))


def _said_of(error: TurnoutError | OSError) -> Said:
    if isinstance(error, TurnoutError):
        return said_error(error)
    return said(_NOT_KEPT, why=str(error))


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone().replace(microsecond=0)


_VANISHED = Text(
    en="The count {path} is no longer there. Its last figures are kept.",
    id="Hasil hitung {path} tidak ada lagi. Angka terakhirnya tetap dipakai.",
)
_UNEXPECTED = Text(
    en="The count made the program fail ({why}). The last good figures are kept; what happened "
    "is on the terminal. Please report it.",
    id="Program gagal mengolah hasil hitung ({why}). Angka terakhir yang baik tetap dipakai; "
    "rinciannya ada di terminal. Mohon laporkan.",
)
_NOT_KEPT = Text(
    en="The result cannot be written ({why}). It is tried again.",
    id="Hasil tidak dapat ditulis ({why}). Akan dicoba lagi.",
)
