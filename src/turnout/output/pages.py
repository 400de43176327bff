"""Pages of HTML from templates, in which everything that is filled in is escaped."""

from __future__ import annotations

import base64
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from turnout.escaping import clean


def environment(folder: Path) -> Environment:
    """Return the environment of a folder of templates.

    Parameters
    ----------
    folder
        Where the templates are.
    """
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


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
