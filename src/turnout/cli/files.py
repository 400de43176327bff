"""The files of a run: what each can be, reading them all, and telling what a file is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from turnout.elections import Election
from turnout.errors import DataError, Finding
from turnout.reading import Reading, load_counted, load_crosswalk, load_results, load_roll
from turnout.reading.draft_file import draft_table
from turnout.reading.files.sheets import open_grids
from turnout.reading.headers.aliases import RESULTS, ROLL
from turnout.reading.headers.crosswalk_aliases import CROSSWALK
from turnout.reading.headers.outreach_aliases import OUTREACH
from turnout.reading.headers.roles import roles_named
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.outreach import load_outreach

LOADERS: Mapping[str, Callable[[Path], Reading]] = {
    "crosswalk": load_crosswalk,
    "results": load_results,
    "roll": load_roll,
    "outreach": load_outreach,
    "counted": load_counted,
}
"""What a file can be to a run, and what reads it; in the order of reading."""


def read_files(files: Mapping[str, Path], election: Election | None = None) -> dict[str, Reading]:
    """Read all files of a run.

    Parameters
    ----------
    files
        Role of each file (a key of `LOADERS`) and its path.
    election
        The coming election, which the activity log and the count are held against.

    Raises
    ------
    DataError
        If there is an error in any file; it tells the findings of all.
    """
    return _read(files, election, lambda reading: reading.errors)


def read_good_rows(
    files: Mapping[str, Path], election: Election | None = None
) -> dict[str, Reading]:
    """Read all files of a run without the rows that have errors.

    Parameters
    ----------
    files
        Role of each file and its path.
    election
        The coming election, which the activity log and the count are held against.

    Raises
    ------
    DataError
        If an error concerns a whole file, such as a missing column, or no good row is left.
    """
    return _read(files, election, lambda reading: reading.errors if reading.table.empty else ())


def _read(
    files: Mapping[str, Path],
    election: Election | None,
    in_the_way: Callable[[Reading], Sequence[Finding]],
) -> dict[str, Reading]:
    readings: dict[str, Reading] = {}
    errors: list[Finding] = []
    for role in sorted(files, key=list(LOADERS).index):
        try:
            readings[role] = _load(role, files[role], readings, election)
        except DataError as error:
            if not error.findings:
                raise
            errors += error.findings
        else:
            errors += in_the_way(readings[role])
    if errors:
        raise DataError.of(errors)
    return readings


def _load(
    role: str, path: Path, known: Mapping[str, Reading], election: Election | None
) -> Reading:
    """Read one file, held against those that were read before it and are good."""
    good = {one: reading.table for one, reading in known.items() if not reading.table.empty}
    results, crosswalk = good.get("results"), good.get("crosswalk")
    if role == "results":
        return load_results(path, crosswalk=crosswalk)
    if role == "roll":
        return load_roll(path, results, crosswalk=crosswalk)
    if role == "outreach":
        return load_outreach(path, results, election=election)
    if role == "counted":
        return load_counted(path, election=election)
    return LOADERS[role](path)


def rejected_rows(readings: Mapping[str, Reading]) -> pd.DataFrame:
    """Return the errors whose rows were left out: role of the file, file, sheet, row, column, rule.

    Parameters
    ----------
    readings
        What came of reading each role's file.
    """
    tables = [one.rejected.assign(role=role) for role, one in readings.items()]
    table = pd.concat(tables, ignore_index=True)
    return table[["role", *(name for name in table.columns if name != "role")]]


def read_any(path: Path) -> tuple[str, Reading]:
    """Read a file of any role: the one of whose columns it has the most.

    Returns
    -------
    tuple
        The role, and what came of reading.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    role = max(VOCABULARIES, key=lambda one: _recognised(path, VOCABULARIES[one]))
    return role, LOADERS[role](path)


def read_all(path: Path) -> dict[str, Reading]:
    """Read all that a file holds: the sheets that bear the name of a role, else as `read_any`.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    roles = roles_in(path)
    return {role: LOADERS[role](path) for role in roles} if roles else dict([read_any(path)])


def roles_in(path: Path) -> list[str]:
    """Return the roles whose names the sheets of a workbook bear, where these are filled in.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    named = roles_named(open_grids(path))
    return [role for role in named if len(draft_table(path, VOCABULARIES[role]).table)]


def _recognised(path: Path, vocabulary: Vocabulary) -> tuple[int, float]:
    """Count the columns of a vocabulary that a file has; then the share of those it needs."""
    columns = set(draft_table(path, vocabulary).headers)
    needed = [bool(columns & set(group)) for group in vocabulary.needed]
    return len(columns & set(vocabulary.names)), sum(needed) / len(needed)


VOCABULARIES: Mapping[str, Vocabulary] = {
    "results": RESULTS,
    "roll": ROLL,
    "crosswalk": CROSSWALK,
    "outreach": OUTREACH,
}
"""The columns of each kind of file."""
