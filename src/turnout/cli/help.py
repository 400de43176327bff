"""``--help`` in the reader's language: what a command does, its arguments, its options.

Every parameter of a command carries a `Text` in its annotation beside ``typer.Option``; every
command's module holds one called ``ABOUT``.
"""

from __future__ import annotations

import inspect
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from typer.core import TyperCommand, TyperGroup
from typer.models import ParameterInfo

from turnout.language import Language, Text

_LEFT = 26
"""Columns of the names, before what they mean."""


class SpokenCommand(TyperCommand):
    """A command whose help is in the language of its context (`obj`)."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        formatter.write(command_help(ctx))


class SpokenGroup(TyperGroup):
    """The command ``forecast`` itself, with the list of its commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        formatter.write(group_help(ctx))


def command_help(ctx: Any) -> str:
    """Return the help of one command.

    Parameters
    ----------
    ctx
        Typer's context of the command; its `obj` is the language.
    """
    lang: Language = ctx.obj
    module = import_module(f"turnout.cli.{ctx.info_name}")
    known = parameters_of(getattr(module, ctx.info_name))
    parameters = ctx.command.get_params(ctx)
    arguments = [one for one in parameters if one.param_type_name == "argument"]
    options = [one for one in parameters if one.param_type_name == "option"]
    return _joined(
        usage(ctx),
        _filled(module.ABOUT.say(lang)),
        _section(_ARGUMENTS, [_row(one, known, lang) for one in arguments], lang),
        _section(_OPTIONS, [_row(one, known, lang) for one in options], lang),
    )


def group_help(ctx: Any) -> str:
    """Return the help of ``forecast``: its options and its commands."""
    lang: Language = ctx.obj
    known = parameters_of(import_module("turnout.cli").about)
    commands = [
        (name, import_module(f"turnout.cli.{name}").ABOUT.say(lang))
        for name in ctx.command.commands
    ]
    rows = [_row(one, known, lang) for one in ctx.command.get_params(ctx)]
    return _joined(
        usage(ctx),
        _filled(_ABOUT.say(lang)),
        _section(_OPTIONS, rows, lang),
        _section(_COMMANDS, commands, lang),
    )


def usage(ctx: Any) -> str:
    """Return the line that tells how a command is written."""
    lang: Language = ctx.obj
    if isinstance(ctx.command, TyperGroup):
        return f"{_USAGE.say(lang)} {ctx.command_path} {_A_COMMAND.say(lang)}"
    parameters = [one for one in ctx.command.get_params(ctx) if one.param_type_name == "argument"]
    names = [_named(one) if one.required else f"[{_named(one)}]" for one in parameters]
    return " ".join([_USAGE.say(lang), ctx.command_path, _SOME_OPTIONS.say(lang), *names])


@dataclass(frozen=True)
class Parameter:
    """What the annotation of a command's parameter says.

    Parameters
    ----------
    kind
        Its type, without its None and its list.
    text
        What it means.
    info
        What typer is told of it.
    """

    kind: Any
    text: Text
    info: ParameterInfo


def parameters_of(command: Any) -> dict[str, Parameter]:
    """Return the parameters of a command that a reader can give, by name.

    Raises
    ------
    ValueError
        If one has no `Text` beside it.
    """
    hints = get_type_hints(inspect.unwrap(command), include_extras=True)
    found = {}
    for name, hint in hints.items():
        parts = getattr(hint, "__metadata__", ())
        for info in (part for part in parts if isinstance(part, ParameterInfo)):
            texts = [part for part in parts if isinstance(part, Text)]
            if not texts:
                raise ValueError(f"{name} has no Text beside typer.Option: give it both languages.")
            found[name] = Parameter(_kind(hint), texts[0], info)
    return found


def _kind(hint: Any) -> Any:
    while get_origin(hint) is not Literal and get_args(hint):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return hint


def name_of(parameter: Any) -> str:
    """Return the name of an option, or of an argument as the usage shows it."""
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return str(parameter.metavar or parameter.name.upper()).strip("[]")


def _row(parameter: Any, known: dict[str, Parameter], lang: Language) -> tuple[str, str]:
    """Return how a parameter is written, and what it means."""
    if parameter.param_type_name == "argument":
        return _named(parameter), known[parameter.name].text.say(lang)
    said = known[parameter.name].text if parameter.name in known else _OF_TYPER[parameter.name]
    told = said.say(lang)
    default = parameter.default
    if isinstance(default, (int, float, str, Path)) and not isinstance(default, bool) and default:
        told += f" [{default}]"
    required = f" ({_REQUIRED.say(lang)})" if parameter.required else ""
    return ", ".join(parameter.opts), told + required


def _named(argument: Any) -> str:
    several = "..." if argument.nargs == -1 else ""
    return f"{name_of(argument)}{several}"


def _section(title: Text, rows: Sequence[tuple[str, str]], lang: Language) -> str:
    """Return a titled list of names and what they mean; "" where there is nothing to list."""
    if not rows:
        return ""
    lines = [title.say(lang)]
    for name, told in rows:
        body = textwrap.wrap(told, _width() - _LEFT, break_on_hyphens=False) or [""]
        head = f"  {name}"
        if len(head) < _LEFT:
            head, body = head.ljust(_LEFT) + body[0], body[1:]
        lines += [head, *(" " * _LEFT + line for line in body)]
    return "\n".join(lines)


def _filled(told: str) -> str:
    return textwrap.fill(told, _width(), break_on_hyphens=False)


def _width() -> int:
    return min(100, max(60, shutil.get_terminal_size().columns))


def _joined(*parts: str) -> str:
    blocks: Iterable[str] = (part for part in parts if part)
    return "\n\n".join(blocks)


_ABOUT = Text(
    en="Forecast election turnout per area and check it against a goal.",
    id="Prakirakan partisipasi pemilih per wilayah dan bandingkan dengan target.",
)
_USAGE = Text(en="Usage:", id="Pemakaian:")
_A_COMMAND = Text(en="COMMAND [OPTIONS]", id="PERINTAH [OPSI]")
_SOME_OPTIONS = Text(en="[OPTIONS]", id="[OPSI]")
_ARGUMENTS = Text(en="Arguments:", id="Argumen:")
_OPTIONS = Text(en="Options:", id="Opsi:")
_COMMANDS = Text(en="Commands:", id="Perintah:")
_OF_TYPER = {
    "help": Text(en="Show this help.", id="Tampilkan bantuan ini."),
    "install_completion": Text(
        en="Let the Tab key complete commands and options in this shell.",
        id="Agar tombol Tab melengkapi perintah dan opsi di terminal ini.",
    ),
    "show_completion": Text(
        en="Show the lines that do so, to put them elsewhere.",
        id="Tampilkan baris-baris untuk itu, agar dapat ditaruh di tempat lain.",
    ),
}
_REQUIRED = Text(en="required", id="wajib")
