"""Where the command line writes, and how it says what the user can put right."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from turnout.errors import Finding, ToldWarning, TurnoutError, tell
from turnout.language import Language, Text
from turnout.surroundings import on_command_line

if TYPE_CHECKING:
    from rich.console import Console


def output() -> Console:
    """Return the console of what was asked for; 100 columns wide where that is no terminal."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 100
    return Console(width=width, highlight=False, soft_wrap=False)


def notices() -> Console:
    """Return the console of problems and progress: stderr."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def problems_told(lang: Language) -> Iterator[None]:
    """Say a `TurnoutError` in `lang` on stderr and exit with 2; other errors are bugs."""
    try:
        with on_command_line(), _warnings_told(lang):
            yield
    except TurnoutError as error:
        notices().print(error.say(lang), markup=False)
        raise typer.Exit(2) from None


@contextmanager
def _warnings_told(lang: Language) -> Iterator[None]:
    """Say every `ToldWarning` in `lang`, once, at the end; other warnings as Python does."""
    told: dict[str, None] = {}
    usual = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *rest: Any) -> None:
        if isinstance(message, ToldWarning):
            told[message.text.say(lang)] = None
        else:
            usual(message, category, *rest)

    with warnings.catch_warnings():
        warnings.simplefilter("always", ToldWarning)
        warnings.showwarning = show  # type: ignore[assignment]
        yield
    for text in told:
        notices().print(text, markup=False)


@contextmanager
def progress(what: Text, lang: Language) -> Iterator[None]:
    """Show what is being done, on a terminal only."""
    console = notices()
    if not console.is_terminal:
        yield
        return
    with console.status(what.say(lang)):
        yield


def show_findings(findings: Sequence[Finding], lang: Language) -> None:
    """Tell what was found in the files, rule by rule, on stderr."""
    console = notices()
    for told in tell(findings, lang):
        console.print(told, markup=False)
