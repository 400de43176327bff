"""The command ``forecast``.

A command is a function in a module of its name; `COMMANDS` lists them in the order of the help.
The modules import what is heavy inside their functions, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, Literal

import typer

import turnout
from turnout.cli.console import notices, output
from turnout.cli.help import SpokenCommand, SpokenGroup
from turnout.cli.speech import spoken
from turnout.cli.surroundings import keep_apart, told_where_it_ends
from turnout.cli.usage import say_misuse
from turnout.language import Language, Text

COMMANDS = (
    "demo",
    "run",
    "check",
    "watch",
    "score",
    "order",
    "compare",
    "seal",
    "export",
    "shared",
    "combine",
    "backtest",
    "replay",
    "plot",
    "effect",
    "plan",
    "template",
)

_HELP = {"help_option_names": ["-h", "--help"]}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exits with 0, or with 2 where the user can put something right."""
    keep_apart()
    given = sys.argv[1:] if arguments is None else list(arguments)
    lang = spoken(given, os.environ)
    with told_where_it_ends():
        sys.exit(_run(given, lang))


def _run(arguments: Sequence[str], lang: Language) -> int:
    """Run one command; what is wrong with the line itself is said in `lang`."""
    try:
        code = _app()(args=arguments, prog_name="forecast", standalone_mode=False, obj=lang)
    except typer.Abort:
        notices().print(_STOPPED.say(lang))
        return 1
    except _MISUSE as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            output().print(error.ctx.get_help())
        else:
            notices().print(say_misuse(error, lang))
        return 2
    return code if isinstance(code, int) else 0


# Where typer takes its base of all usage errors from depends on its version.
_MISUSE: tuple[Any, ...] = tuple(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError"
)


def _app() -> typer.Typer:
    app = typer.Typer(
        cls=SpokenGroup,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings=_HELP,
    )
    app.callback()(about)
    for name in COMMANDS:
        command = getattr(import_module(f"turnout.cli.{name}"), name)
        app.command(name, cls=SpokenCommand, context_settings=_HELP)(command)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"turnout {turnout.__version__}")
        raise typer.Exit


def about(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback shows it
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True),
        Text(en="Show the version.", id="Tampilkan versi."),
    ] = False,
    lang: Annotated[
        Literal["en", "id"] | None,
        typer.Option("--lang"),
        Text(
            en="Language, before or after the command.", id="Bahasa, sebelum atau sesudah perintah."
        ),
    ] = None,
) -> None:
    """Forecast election turnout per area and check it against a goal."""
    if lang is not None:
        ctx.default_map = {name: {"lang": lang} for name in COMMANDS}


_STOPPED = Text(en="Stopped.", id="Dihentikan.")

if __name__ == "__main__":
    main()
