"""The command ``forecast``.

A command is a function in a module of its name; `COMMANDS` lists them in the order of the help.
The modules import what is heavy inside their functions, so that ``--help`` answers at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

import turnout
from turnout.cli.surroundings import keep_apart, told_where_it_ends

COMMANDS = (
    "demo",
    "run",
    "check",
    "watch",
    "score",
    "backtest",
    "plot",
    "effect",
    "plan",
    "template",
)

_HELP = {"help_option_names": ["-h", "--help"]}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exits with 0, or with 2 where the user can put something right."""
    keep_apart()
    with told_where_it_ends():
        _app()(args=arguments, prog_name="forecast")


def _app() -> typer.Typer:
    app = typer.Typer(
        help="Forecast election turnout per area and check it against a goal.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings=_HELP,
    )
    app.callback()(_about)
    for name in COMMANDS:
        app.command(name, context_settings=_HELP)(
            getattr(import_module(f"turnout.cli.{name}"), name)
        )
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"turnout {turnout.__version__}")
        raise typer.Exit


def _about(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    pass


if __name__ == "__main__":
    main()
