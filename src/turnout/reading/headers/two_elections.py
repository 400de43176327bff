"""A sheet whose name is one election and whose title is another."""

from __future__ import annotations

from collections.abc import Mapping

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.layouts.table import Told
from turnout.surroundings import A_DAY, Setting


def complain_of_title(told: Mapping[str, Told], role: str, spot: Spot) -> list[Finding]:
    """Return an error where title and name of a sheet are of two elections: none is chosen.

    Who says the day of the sheet has chosen.

    Parameters
    ----------
    told
        What is told of all rows.
    role
        What the file is to a run.
    spot
        The sheet.
    """
    year, day = told.get("year"), told.get("date")
    if year is None or not year.others or (day is not None and day.said):
        return []
    values = {
        "sheet": year.label,
        "titles": [f"'{one.label}'" for one in year.others],
        "setting": Setting("dates", year.label, A_DAY, role),
    }
    return [Finding("title_of_other", "error", _OTHER, _CORRECT, spot, values)]


_OTHER = Text(
    en="the sheet is called '{sheet}', but its title speaks of another election: {titles:list}.",
    id="lembar ini bernama '{sheet}', tetapi judul di dalamnya menyebut pemilihan lain: "
    "{titles:list}.",
)
_CORRECT = Text(
    en="Correct the title or the name of the sheet, whichever is wrong; if the name is right, it "
    "is enough to say its day: {setting}.",
    id="Perbaiki judul atau nama lembarnya, mana yang keliru; bila nama lembarnya yang benar, "
    "cukup sebutkan harinya: {setting}.",
)
