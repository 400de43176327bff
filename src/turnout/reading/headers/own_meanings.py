"""Columns that the user gives a name that is of no known column: they are kept as columns of own.

That may be meant, as a covariate is. A name that is nearly a known one is not, and neither is one
that leaves a needed column without its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.headers.match import Header
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.rules.rule import Rule
from turnout.surroundings import Setting


def tell_of_own_meanings(
    headers: Sequence[Header],
    missing: Sequence[tuple[str, ...]],
    vocabulary: Vocabulary,
    spot: Spot,
) -> list[Finding]:
    """Return what is said of columns of the user's own, where they are hardly meant as that.

    An error where a needed column is missing, else a warning where the name is nearly a known one.

    Parameters
    ----------
    headers
        The headers of the table.
    missing
        Groups of columns of which one is needed, and none is there.
    vocabulary
        The columns that are known.
    spot
        The sheet.
    """
    needed = list(dict.fromkeys(name for group in vocabulary.needed for name in group))
    findings = []
    for header in headers:
        meant = "".join(header.names[:1])
        if header.meaning != "own" or header.strength != _SAID or not meant:
            continue
        near = get_close_matches(meant, vocabulary.names, 1, _NEAR)
        if near or missing:
            values = {
                "setting": Setting("columns", header.written, meant, vocabulary.role),
                "meant": meant,
                "known": near or needed,
            }
            of_it = Spot(spot.file, spot.sheet, column=header.written)
            findings.append((_WANTING if missing else _NEARLY).once(of_it, values))
    return findings


_SAID = 3
"""Strength of a header whose column the user says."""
_NEAR = 0.75
"""How alike a name must be to a known one to be meant as that."""
_KEPT = Text(
    en="{setting} makes it a column of your own: no column is called '{meant}'.",
    id="{setting} menjadikannya kolom tambahan: tidak ada kolom yang bernama '{meant}'.",
)
_NAME_KNOWN = Text(
    en="If another column is meant, write its name: {known:list12}.",
    id="Bila maksudnya kolom lain, tulis namanya: {known:list12}.",
)
_NEARLY = Rule("nearly_known_meaning", "warning", _KEPT, _NAME_KNOWN)
_WANTING = Rule("own_meaning", "error", _KEPT, _NAME_KNOWN)
