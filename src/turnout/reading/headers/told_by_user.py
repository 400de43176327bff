"""How a user says what a table does not tell, and what of it speaks of nothing in the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import as_texts
from turnout.reading.headers.plain import words
from turnout.reading.headers.untold import labels_of_rows
from turnout.reading.hints import Hints
from turnout.surroundings import A_DAY, A_TYPE, Setting

_ARGUMENTS: Mapping[str, tuple[Literal["dates", "types"], Text]] = {
    "date": ("dates", A_DAY),
    "election_type": ("types", A_TYPE),
}
_MOST = 8


def settings_of(
    name: str,
    cells: pd.DataFrame,
    told: Mapping[str, str],
    headers: Mapping[str, str],
    label: str,
    role: str,
) -> tuple[Setting, ...]:
    """Return what to type for the day or the type that a table does not tell.

    A column of labels that come back on other days holds the types. Where the rows are of several
    elections each is named; else the whole table is.

    Parameters
    ----------
    name
        ``date`` or ``election_type``.
    cells, told, headers
        Rows of the table, what holds for all of them, and the headers of the columns.
    label
        Name of the sheet or file where there are several; else blank.
    role
        What the file is to a run.
    """
    argument, blank = _ARGUMENTS[name]
    if name == "election_type" and _labels_come_back(cells):
        return (Setting("columns", headers["election"], name, role),)
    rows = labels_of_rows(cells, told)
    elections = [] if rows is None else [text for text in rows.iloc[:, 0].unique() if text]
    if len(elections) > 1:
        return tuple(Setting(argument, one, blank, role) for one in elections[:_MOST])
    return (Setting(argument, label, blank, role),)


def _labels_come_back(cells: pd.DataFrame) -> bool:
    """Whether a label stands on several days: then it is the type of an election, not its name."""
    if not {"election", "date"} <= set(cells):
        return False
    days = as_texts(cells["date"]).groupby(as_texts(cells["election"])).nunique()
    return bool((days.drop(index="", errors="ignore") > 1).any())


def complain_of_unmatched(
    hints: Hints, labels: Collection[str], names: Sequence[str], role: str, spot: Spot
) -> list[Finding]:
    """Return an error for each label of a day or a type that nothing in the file bears.

    Parameters
    ----------
    hints
        What the user says.
    labels
        The words by which elections, sheets and files can be named.
    names
        Names of the sheets and the years, to be offered.
    role
        What the file is to a run.
    spot
        The file.
    """
    days = {label: day.isoformat() for label, day in hints.dates.items()}
    known = {*labels, *(word for kind in hints.types.values() for word in words(kind).split())}
    said: tuple[tuple[Literal["dates", "types"], Mapping[str, str]], ...] = (
        ("dates", days),
        ("types", hints.types),
    )
    return [
        Finding(
            "unknown_label",
            "error",
            _UNMATCHED,
            _CORRECT,
            spot,
            {
                "setting": Setting(argument, label, value, role),
                "found": ", ".join(names[:_MOST]) or "-",
            },
        )
        for argument, pairs in said
        for label, value in pairs.items()
        if not set(words(label).split()) <= known
    ]


_UNMATCHED = Text(
    en="{setting} names a year, sheet or label that is not there (found: {found}).",
    id="{setting} menyebut tahun, lembar, atau label yang tidak ada (yang ada: {found}).",
)
_CORRECT = Text(en="Correct it, or leave it out.", id="Perbaiki, atau hilangkan.")
