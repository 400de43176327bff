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
    key: str
    value: str
    role: str = "results"

    def __str__(self) -> str:
        """Return the setting as it is typed where the reader stands."""
        if not _ON_COMMAND_LINE.get():
            return self._argument()
        option = _OPTIONS[self.name]
        told = f"{self.key}={self.value}" if self.key else self.value
        if self.role != "results":
            told = f"{self.role}:{told}"
        return f"{option} {_quoted(told)}"

    def _argument(self) -> str:
        if not self.key:
            return f'{self.name}="{self.value}"'
        return f"{self.name}={{{_text(self.key)}: {_text(self.value)}}}"


@dataclass(frozen=True)
class Settings:
    """Several settings, those of one name written together.

    Examples
    --------
    >>> print(Settings((Setting("types", "a", "pileg"), Setting("types", "b", "pilpres"))))
    types={"a": "pileg", "b": "pilpres"}
    """

    each: tuple[Setting, ...]

    def __str__(self) -> str:
        """Return the settings as they are typed where the reader stands."""
        if _ON_COMMAND_LINE.get():
            return " ".join(map(str, self.each))
        names = dict.fromkeys(one.name for one in self.each)
        return ", ".join(self._argument(name) for name in names)

    def _argument(self, name: str) -> str:
        alone = [one for one in self.each if one.name == name]
        if not all(one.key for one in alone):
            return str(alone[0])
        pairs = ", ".join(f"{_text(one.key)}: {_text(one.value)}" for one in alone)
        return f"{name}={{{pairs}}}"


_OPTIONS = {"columns": "--column", "dates": "--date-of", "types": "--type-of", "sheet": "--sheet"}


def _text(told: str) -> str:
    return '"' + told.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quoted(told: str) -> str:
    """Return a text as a shell takes it: in quotation marks unless it is plain."""
    plain = all(sign.isalnum() or sign in "-_=.:/" for sign in told)
    return told if plain else _text(told)
