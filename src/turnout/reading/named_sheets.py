"""The sheets that the user names."""

from __future__ import annotations

from collections.abc import Sequence

from turnout.errors import DataError
from turnout.language import Text
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.plain import words
from turnout.surroundings import Setting


def sheets_named(grids: Sequence[Grid], names: Sequence[str], role: str) -> list[Grid]:
    """Return the sheets that the user names, or all where none is named.

    Raises
    ------
    DataError
        If there is no sheet of a name.
    """
    if not names:
        return list(grids)
    there = {words(grid.sheet) for grid in grids}
    lost = [name for name in names if words(name) not in there]
    if lost:
        found = ", ".join(dict.fromkeys(grid.sheet for grid in grids if grid.sheet)) or "-"
        raise DataError(
            _NO_SHEET, setting=Setting("sheet", "", lost[0], role), file=grids[0].file, found=found
        )
    wanted = {words(name) for name in names}
    return [grid for grid in grids if words(grid.sheet) in wanted]


_NO_SHEET = Text(
    en="{file} has no sheet of the name in {setting}; its sheets are: {found}.",
    id="{file} tidak memuat lembar bernama {setting}; lembar yang ada: {found}.",
)
