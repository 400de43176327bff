"""The kinds of document: what each needs, and who writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.report.document.blocks import Document


@dataclass(frozen=True)
class Printed:
    """A kind of document.

    Parameters
    ----------
    library
        The library that writes it, as it is imported.
    extra
        The extra of turnout that brings the library.
    picture
        Format of its figures.
    writer
        Name of our module that uses the library.
    """

    library: str
    extra: str
    picture: str
    writer: str


PRINTED: Mapping[str, Printed] = {
    ".docx": Printed("docx", "docx", "png", "word"),
    ".pdf": Printed("typst", "pdf", "svg", "pdf"),
}
"""The kinds by the ending of their files."""


def check_installed(endings: Iterable[str]) -> None:
    """Refuse a document whose library is not installed; others need none.

    Raises
    ------
    TurnoutError
        With the command that installs it.
    """
    for kind in (PRINTED[ending] for ending in endings if ending in PRINTED):
        if find_spec(kind.library) is None:
            raise TurnoutError(_NOT_INSTALLED, what=kind.extra.upper(), extra=kind.extra)


def printed(document: Document, ending: str, made: dt.datetime | None) -> bytes:
    """Return a report as a file of a kind holds it.

    Parameters
    ----------
    document
        What it tells, its figures drawn in the kind's format.
    ending
        A key of `PRINTED`.
    made
        Time that the file tells as its own; a fixed one, long past, where none is known.
    """
    writer = import_module(f"turnout.report.printed.{PRINTED[ending].writer}")
    return bytes(writer.printed(document, made or NO_TIME))


NO_TIME = dt.datetime(1980, 1, 1)
"""Files that may not lack a time tell this one: no clock is asked."""

_NOT_INSTALLED = Text(
    en='Writing a report as {what} needs one more library: pip install "turnout[{extra}]"',
    id='Untuk menulis laporan {what} diperlukan satu pustaka lagi: pip install "turnout[{extra}]"',
)
