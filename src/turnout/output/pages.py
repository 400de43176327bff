"""Pages of HTML from templates, in which everything that is filled in is escaped."""

from __future__ import annotations

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
