"""Sheets that bear the name of what they hold, so that one workbook can hold all of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from turnout.language import Text
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.match import words

Role = Literal["results", "roll", "crosswalk", "outreach", "guide"]

SHEET_NAMES: Mapping[Role, Text] = {
    "results": Text(en="results", id="hasil"),
    "roll": Text(en="roll", id="dpt"),
    "crosswalk": Text(en="crosswalk", id="pemekaran"),
    "outreach": Text(en="outreach", id="sosialisasi"),
    "guide": Text(en="guide", id="petunjuk"),
}
"""Names of the sheets of a workbook that `forecast template` writes."""


def sheets_of_role(grids: Sequence[Grid], role: str) -> list[Grid]:
    """Leave out the sheets that bear the name of another role, where one bears that of `role`.

    Parameters
    ----------
    grids
        The sheets of a workbook.
    role
        What is looked for: a key of `SHEET_NAMES`.
    """
    roles = [_role_of(grid) for grid in grids]
    if role not in roles:
        return list(grids)
    return [grid for grid, own in zip(grids, roles, strict=True) if own in (role, None)]


def roles_named(grids: Sequence[Grid]) -> list[str]:
    """Return the roles whose names the sheets bear, without the guide."""
    found = {_role_of(grid) for grid in grids}
    return [role for role in SHEET_NAMES if role in found and role != "guide"]


def _role_of(grid: Grid) -> Role | None:
    name = words(grid.sheet)
    return next((role for role, text in SHEET_NAMES.items() if name in (text.en, text.id)), None)
