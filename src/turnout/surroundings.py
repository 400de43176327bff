"""Where the reader stands: in Python or on the command line.

A remedy names a setting; how it is written depends on where it will be typed. The command line
says so with `on_command_line`, and every `Setting` in a message follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from turnout.language import Language, Text

_ON_COMMAND_LINE: ContextVar[bool] = ContextVar("on_command_line", default=False)


@contextmanager
def on_command_line() -> Iterator[None]:
    """Write settings as options of the command line, inside of the block."""
    token = _ON_COMMAND_LINE.set(True)
    try:
        yield
    finally:
        _ON_COMMAND_LINE.reset(token)


@dataclass(frozen=True)
class Setting:
    """Something that a user can say of a file, written as it is to be typed.

    Parameters
    ----------
    name
        Name of the argument in Python.
    key, value
        What it says: a header and its column, a label and its day or type; the key of a sheet is
        blank.
    role
        What the file is to a run, such as ``results``.

    Examples
    --------
    >>> setting = Setting("columns", "Elettori", "registered")
    >>> print(setting)
    columns={"Elettori": "registered"}
    >>> with on_command_line():
    ...     print(setting)
    --column Elettori=registered
    """

    name: Literal["columns", "dates", "types", "sheet"]
    key: str | Text
    value: str | Text
    role: str = "results"

    def __str__(self) -> str:
        """Return the setting as it is typed where the reader stands."""
        return self.say()

    def say(self, lang: Language = "en") -> str:
        """Return the setting as it is typed, with blanks to fill in named in a language."""
        key, value = self.pair(lang)
        if not _ON_COMMAND_LINE.get():
            if not key:
                return f'{self.name}="{value}"'
            return f"{self.name}={{{_text(key)}: {_text(value)}}}"
        told = f"{key}={value}" if key else value
        if self.role != "results":
            told = f"{self.role}:{told}"
        return f"{_OPTIONS[self.name]} {_quoted(told)}"

    def pair(self, lang: Language) -> tuple[str, str]:
        """Return key and value, those that are to be filled in by their names in a language."""
        key, value = (
            one.say(lang) if isinstance(one, Text) else one for one in (self.key, self.value)
        )
        return key, value


@dataclass(frozen=True)
class Settings:
    """Several settings, those of one name written together.

    Examples
    --------
    >>> print(Settings((Setting("types", "a", "pileg"), Setting("types", "b", "pilpres"))))
    types={"a": "pileg", "b": "pilpres"}
    >>> print(Settings((Setting("sheet", "", "2015"), Setting("sheet", "", "2020"))))
    sheet=["2015", "2020"]
    """

    each: tuple[Setting, ...]

    def __str__(self) -> str:
        """Return the settings as they are typed where the reader stands."""
        return self.say()

    def say(self, lang: Language = "en") -> str:
        """Return the settings as they are typed, with blanks to fill in named in a language."""
        if _ON_COMMAND_LINE.get():
            return " ".join(one.say(lang) for one in self.each)
        names = dict.fromkeys(one.name for one in self.each)
        return ", ".join(self._argument(name, lang) for name in names)

    def _argument(self, name: str, lang: Language) -> str:
        alone = [one for one in self.each if one.name == name]
        told = [one.pair(lang) for one in alone]
        if not all(key for key, _ in told):
            values = ", ".join(_text(value) for _, value in told)
            return f"{name}=[{values}]" if len(told) > 1 else alone[0].say(lang)
        pairs = ", ".join(f"{_text(key)}: {_text(value)}" for key, value in told)
        return f"{name}={{{pairs}}}"


A_HEADER = Text(en="HEADER", id="JUDUL")
A_DAY = Text(en="YYYY-MM-DD", id="TTTT-BB-HH")
A_TYPE = Text(en="TYPE", id="JENIS")
"""Blanks that a user fills in."""

_OPTIONS = {"columns": "--column", "dates": "--date-of", "types": "--type-of", "sheet": "--sheet"}


def _text(told: str) -> str:
    return '"' + told.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quoted(told: str) -> str:
    """Return a text as a shell takes it: in quotation marks unless it is plain."""
    plain = all(sign.isalnum() or sign in "-_=.:/" for sign in told)
    return told if plain else _text(told)
