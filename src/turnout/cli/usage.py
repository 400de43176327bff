"""What is wrong with a command line, in the reader's language, and how to write it."""

from __future__ import annotations

import difflib
import re
from typing import Any, Literal, get_args, get_origin

from turnout.cli.help import name_of, parameters_of, usage
from turnout.cli.said import ROLES
from turnout.language import Language, Text, listing


def say_misuse(error: Any, lang: Language) -> str:
    """Return a usage error of typer in words, with the usage and where to look.

    Parameters
    ----------
    error
        What typer raised; known by the name of its class, which moved between its versions.
    lang
        Language.
    """
    ctx = error.ctx
    lines = [] if ctx is None else [usage(ctx)]
    lines.append(_said(error, lang))
    path = "forecast" if ctx is None else ctx.command_path
    lines.append(_LOOK.say(lang, command=f"{path} --help"))
    return "\n".join(lines)


def _said(error: Any, lang: Language) -> str:
    kind, message = type(error).__name__, str(error.message)
    if kind == "NoSuchOption":
        return _no_option(error, lang)
    if kind == "BadOptionUsage":
        text = _TAKES_NONE if "not take" in message else _NEEDS_VALUE
        return text.say(lang, option=error.option_name)
    if kind == "MissingParameter":
        option = error.param.param_type_name == "option"
        return (_MISSING_OPTION if option else _MISSING_ARGUMENT).say(
            lang, name=name_of(error.param)
        )
    if kind == "BadParameter" and error.param is not None:
        return _bad_value(error, lang)
    return _of_message(message, error.ctx, lang)


def _no_option(error: Any, lang: Language) -> str:
    if error.ctx is not None and error.option_name.removeprefix("--") in _takes_files(error.ctx):
        return _NO_ROLE.say(lang, option=error.option_name, command=error.ctx.command_path)
    known = [] if error.ctx is None else _options(error.ctx)
    near = sorted(error.possibilities or difflib.get_close_matches(error.option_name, known))
    if not near:
        return _NO_OPTION.say(lang, option=error.option_name)
    return _NEAR_OPTION.say(lang, option=error.option_name, near=listing(near, lang))


def _takes_files(ctx: Any) -> tuple[str, ...]:
    """Return the roles of files, where a command takes files of all roles without an option."""
    files = [one for one in ctx.command.get_params(ctx) if one.param_type_name == "argument"]
    return ROLES if any(one.name == "file" for one in files) else ()


def _options(ctx: Any) -> list[str]:
    return [name for one in ctx.command.get_params(ctx) for name in one.opts if name[:2] == "--"]


def _bad_value(error: Any, lang: Language) -> str:
    """Tell what an option takes."""
    parameter = error.param
    name = name_of(parameter)
    known = parameters_of(error.ctx.command.callback)[parameter.name]
    kind = known.kind
    if get_origin(kind) is Literal:
        return _NOT_ONE_OF.say(lang, option=name, names=list(get_args(kind)))
    least, most = known.info.min, known.info.max
    whole = _WHOLE if kind is int else _NUMBER if kind is float else None
    if whole is None:
        return _BAD.say(lang, option=name)
    told = whole.say(lang, option=name)
    if least is not None and most is not None:
        return told + _BETWEEN.say(lang, least=least, most=most)
    return told + (_AT_LEAST.say(lang, least=least) if least is not None else "") + "."


def _of_message(message: str, ctx: Any, lang: Language) -> str:
    """Return an error that typer tells by its message alone."""
    if (found := re.search(r"No such command '(.*?)'", message)) is not None:
        known = sorted(ctx.command.commands)
        return _NO_COMMAND.say(lang, name=found[1], known=listing(known, lang, most=len(known)))
    if found := re.search(r"unexpected extra arguments? ?(?:\(s\) )?\(?(.*?)\)?$", message):
        return _TOO_MANY.say(lang, names=found[1])
    if "Missing command" in message:
        return _NO_COMMAND_AT_ALL.say(lang)
    return message


_LOOK = Text(en="See: {command}", id="Lihat: {command}")
_NO_OPTION = Text(en="There is no option {option}.", id="Tidak ada opsi {option}.")
_NO_ROLE = Text(
    en="There is no option {option}: {command} takes each file without one, and finds what it "
    "holds. Give it by its name alone, in a command of its own.",
    id="Tidak ada opsi {option}: {command} membaca tiap berkas tanpa opsi, dan mengenali sendiri "
    "isinya. Tulis nama berkasnya saja, dalam perintah tersendiri.",
)
_NEAR_OPTION = Text(
    en="There is no option {option}. Did you mean {near}?",
    id="Tidak ada opsi {option}. Mungkin maksudnya {near}?",
)
_NEEDS_VALUE = Text(en="The option {option} needs a value.", id="Opsi {option} memerlukan nilai.")
_TAKES_NONE = Text(
    en="The option {option} takes no value.", id="Opsi {option} tidak memakai nilai."
)
_MISSING_OPTION = Text(en="The option {name} is missing.", id="Opsi {name} belum diisi.")
_MISSING_ARGUMENT = Text(en="The argument {name} is missing.", id="Argumen {name} belum diisi.")
_NOT_ONE_OF = Text(
    en="The value of {option} must be one of: {names:list}.",
    id="Nilai {option} harus salah satu dari: {names:list}.",
)
_WHOLE = Text(
    en="The value of {option} must be a whole number", id="Nilai {option} harus bilangan bulat"
)
_NUMBER = Text(en="The value of {option} must be a number", id="Nilai {option} harus bilangan")
_AT_LEAST = Text(en=" of at least {least:count}", id=", paling kecil {least:count}")
_BETWEEN = Text(
    en=" from {least:count} to {most:count}.", id=" dari {least:count} sampai {most:count}."
)
_BAD = Text(
    en="The value of {option} is none that it takes.", id="Nilai {option} tidak dapat dipakai."
)
_NO_COMMAND = Text(
    en="There is no command '{name}'. There are: {known}.",
    id="Tidak ada perintah '{name}'. Yang ada: {known}.",
)
_TOO_MANY = Text(en="There are too many arguments: {names}.", id="Argumen berlebih: {names}.")
_NO_COMMAND_AT_ALL = Text(en="The command is missing.", id="Perintahnya belum ditulis.")
