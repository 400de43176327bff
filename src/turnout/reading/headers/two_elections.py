"""A sheet whose name is one election and whose title is another."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.headers.plain import words
from turnout.reading.layouts.table import Told
from turnout.surroundings import A_DAY, Setting


def complain_of_title(
    told: Mapping[str, Told], dates: Collection[str], role: str, spot: Spot
) -> list[Finding]:
    """Return an error where title and name of a sheet are of two elections: none is chosen.

    Who says the day of the sheet, by its name, has chosen. A year alone chooses nothing: it is said
    for every election of that year.

    Parameters
    ----------
    told
        What is told of all rows.
    dates
        What the user says days of: names of sheets, years; blank for the whole file.
    role
        What the file is to a run.
    spot
        The sheet.
    """
    year = told.get("year")
    if year is None or not year.others or _chosen(year.label, dates):
        return []
    values = {
        "sheet": year.label,
        "titles": [one.line for one in year.others],
        "setting": Setting("dates", year.label, A_DAY, role),
    }
    return [Finding("title_of_other", "error", _OTHER, _CORRECT, spot, values)]


def _chosen(sheet: str, dates: Collection[str]) -> bool:
    """Whether a day is said of the whole file, or of the sheet by all words of its name."""
    named = set(words(sheet).split())
    return any(not key or named <= set(words(key).split()) for key in dates)


_OTHER = Text(
    en="the sheet is called '{sheet}', but its title speaks of another election: {titles:lines}.",
    id="lembar ini bernama '{sheet}', tetapi judul di dalamnya menyebut pemilihan lain: "
    "{titles:lines}.",
)
_CORRECT = Text(
    en="Correct the title or the name of the sheet, whichever is wrong; if the name is right, it "
    "is enough to say its day: {setting}.",
    id="Perbaiki judul atau nama lembarnya, mana yang keliru; bila nama lembarnya yang benar, "
    "cukup sebutkan harinya: {setting}.",
)
