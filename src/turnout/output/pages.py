"""Pages of HTML from templates, in which everything that is filled in is escaped."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from turnout.escaping import clean


def environment(folder: Path) -> Environment:
    """Return the environment of a folder of templates.

    Parameters
    ----------
    folder
        Where the templates are.
    """
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["whole"] = options_whole
    return made


def options_whole(words: str) -> Markup:
    """Return words as HTML in which no line breaks inside an option of a command.

    >>> str(options_whole("Add --backtest <here>."))
    'Add <span class="whole">--backtest</span> &lt;here&gt;.'
    """
    return Markup(_OPTION.sub(r'<span class="whole">\1</span>', str(escape(clean(words)))))


_OPTION = re.compile(r"(--[a-z][a-z-]*)")


def data_address(path: Path, kind: str) -> str:
    """Return a file that ships with the library as a ``data:`` address, for pages that stand alone.

    Parameters
    ----------
    path
        The file.
    kind
        Its media type, such as ``font/woff2``.
    """
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
