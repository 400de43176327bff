"""The terminal: what is printed there is text, whatever signs it holds."""

from __future__ import annotations

import sys
from typing import Any

from rich.console import Console
from rich.text import Text as Plain

from turnout.escaping import clean


class Terminal(Console):
    """A console that takes no markup from what it prints and passes no control character on."""

    def render_str(self, text: str, **options: Any) -> Plain:
        """Return a text as it is shown; every string of a table comes through here as well."""
        return super().render_str(clean(text), **{**options, "markup": False, "emoji": False})

    def on_broken_pipe(self) -> None:
        """Leave it to the command to tell that nobody reads any more."""
        raise


def output() -> Terminal:
    """Return the console of what was asked for; 100 columns wide where that is no terminal."""
    width = None if sys.stdout.isatty() else 100
    return Terminal(width=width, highlight=False, soft_wrap=False, markup=False, emoji=False)


def notices() -> Terminal:
    """Return the console of problems and progress: stderr."""
    return Terminal(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)
