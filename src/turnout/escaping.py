"""The gate for texts: what a file or a person wrote is made harmless where it goes out.

A name from an input may hold signs that steer a terminal, a formula that a spreadsheet would
calculate, or thousands of letters. Every writer lets texts pass through here; markup of pages,
figures and workbooks is escaped by the library that writes them, which `turnout.output` sets up.
"""

from __future__ import annotations

import re

LABEL = 60
"""Most letters of a name in a figure, a table on the screen or a sentence."""

CELL = 32_767
"""Most letters that a cell of a workbook holds."""

_QUOTES = "'\""
_SPACES = re.compile(r"[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
# Control characters, halves of surrogate pairs, signs that are none, and those that turn the
# direction of all that follows. Marks of direction, joiners and combining marks are letters' own.
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    "\ufeff\ufffe\uffff]"
)
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_STARTS = frozenset("'=+-@\uff1d\uff0b\uff0d\uff20")
"""What a text begins with that a spreadsheet may calculate."""
_FORMULA = re.compile(rf"(?:(?<![\s\S])|(?<=[;\t\r\n]))(?='*[{_SIGNS}])")
_GUARDED = re.compile(rf"(?:(?<![\s\S])|(?<=[;\t\r\n]))'(?='*[{_SIGNS}])")
_FIGURE = re.compile(r"[+-]?[\d., ]*\d[\d., ]*%?")


def clean(text: str) -> str:
    r"""Return a text without what steers a terminal or breaks XML; lines are kept.

    >>> clean("Murni\x1b[2J\u202e")
    'Murni[2J'
    """
    return text if text.isprintable() else _UNSAFE.sub("", text)


def one_line(text: str) -> str:
    r"""Return a text as `clean` does, with all that breaks lines as spaces.

    >>> one_line("Kel.\nMurni")
    'Kel. Murni'
    """
    return text if text.isprintable() else clean(_SPACES.sub(" ", text))


def cut(text: str, most: int = LABEL) -> str:
    """Return a text of at most so many letters; a longer one ends in an ellipsis.

    It is cut between words where that leaves half of it, and a quotation stays one.

    >>> cut("Kelurahan Murni", 10), cut("Kelurahan Murni", 14), cut("Kelurahanmurni", 10)
    ('Kelurahan…', 'Kelurahan…', 'Kelurahan…')
    >>> cut("'HASIL PEMILIHAN 2020'", 20)
    "'HASIL PEMILIHAN…'"
    """
    if len(text) <= most:
        return text
    closing = text[-1] if text[0] in _QUOTES and text[-1] == text[0] else ""
    room = most - 1 - len(closing)
    words = text[: room + 1].rstrip().rpartition(" ")[0]
    shown = words if text[room] != " " and len(words) >= most / 2 else text[:room]
    return f"{shown.rstrip()}…{closing}"


def label(name: str) -> str:
    """Return a name as figures, tables and sentences show it: one line of at most 60 letters."""
    return cut(one_line(name))


def guarded(text: str) -> str:
    """Return a text of a CSV file so that no spreadsheet takes it, or a part of it, as a formula.

    An apostrophe goes before a sign that would start a formula, also after a semicolon, which
    parts columns where the comma is a decimal mark. `unguarded` takes it off again. Figures stay.

    >>> guarded("=1+1"), guarded("A;@x"), guarded("-5"), guarded("Murni - Legok")
    ("'=1+1", "A;'@x", '-5', 'Murni - Legok')
    """
    if text[:1] not in _STARTS and ";" not in text and text.isprintable():
        return text  # nearly all of them: a look is quicker than a search
    return text if _FIGURE.fullmatch(text) else _FORMULA.sub("'", text)


def unguarded(text: str) -> str:
    """Return a text as it was before `guarded`.

    >>> unguarded(guarded("'=1+1"))
    "'=1+1"
    """
    return _GUARDED.sub("", text)
