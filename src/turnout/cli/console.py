"""Where the command line writes, and how it says what the user can put right."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from turnout.cli.surroundings import unsaid
from turnout.errors import Finding, ToldWarning, TurnoutError, kinds_of_findings, tell
from turnout.language import Language, Text
from turnout.surroundings import on_command_line

if TYPE_CHECKING:
    from turnout.output.terminal import Terminal
    from turnout.reading import Reading


def output() -> Terminal:
    """Return the console of what was asked for."""
    from turnout.output import terminal  # rich is slow to import

    return terminal.output()


def notices() -> Terminal:
    """Return the console of problems and progress: stderr."""
    from turnout.output import terminal

    return terminal.notices()


@contextmanager
def problems_told(lang: Language) -> Iterator[None]:
    """Say a `TurnoutError` in `lang` on stderr and exit with 2; other errors are bugs."""
    with on_command_line():  # a problem, too, is said in the words of the command line
        try:
            with _warnings_told(lang):
                yield
                sys.stdout.flush()
        except BrokenPipeError as error:
            raise unsaid(error) from None
        except TurnoutError as error:
            notices().print(error.say(lang))
            raise typer.Exit(2) from None


@contextmanager
def _warnings_told(lang: Language) -> Iterator[None]:
    """Say every `ToldWarning` in `lang`, once, at the end; other warnings as Python does."""
    told: dict[str, None] = {}
    usual = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *rest: Any) -> None:
        if isinstance(message, ToldWarning):
            told[message.say(lang)] = None
        else:
            usual(message, category, *rest)

    with warnings.catch_warnings():
        warnings.simplefilter("always", ToldWarning)
        warnings.showwarning = show  # type: ignore[assignment]
        yield
    for text in told:
        notices().print(text)


@contextmanager
def progress(what: Text, lang: Language) -> Iterator[None]:
    """Show what is being done, on a terminal only."""
    console = notices()
    if not console.is_terminal:
        yield
        return
    with console.status(what.say(lang)):
        yield


def tell_written(folder: Path, names: Sequence[str], lang: Language) -> None:
    """Tell what was written, and where to look first."""
    console = notices()
    console.print(_WRITTEN.say(lang, folder=folder, names=", ".join(names)))
    if "report.html" in names:
        console.print(_OPEN.say(lang, page=(folder / "report.html").resolve().as_uri()))


def tell_at_once(readings: Mapping[str, Reading], lang: Language) -> None:
    """Tell before any computation what may make it one of other places, or far from the truth.

    Parameters
    ----------
    readings
        What came of reading each role's file.
    lang
        Language.
    """
    from turnout.rules.grave import GRAVE

    found = [finding for one in readings.values() for finding in one.findings]
    show_findings([finding for finding in found if finding.rule in GRAVE], lang)


def show_findings(findings: Sequence[Finding], lang: Language) -> None:
    """Tell what was found in the files, rule by rule, on stderr: what asks for something first."""
    console = notices()
    kinds = kinds_of_findings(findings)
    for heading, kind in kinds:
        if len(kinds) > 1:
            console.print(heading.say(lang))
        for told in tell(kind, lang):
            console.print(told)


_WRITTEN = Text(en="Written to {folder}: {names}", id="Ditulis ke {folder}: {names}")
_OPEN = Text(
    en="Open the report in a browser: {page}", id="Buka laporannya di peramban (browser): {page}"
)
