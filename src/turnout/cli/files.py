"""The files of a run: what each can be, reading them all, and telling what a file is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from turnout import reading
from turnout.errors import DataError, Finding
from turnout.reading import Reading
from turnout.reading.columns import RESULTS, ROLL, Vocabulary
from turnout.reading.crosswalk import CROSSWALK
from turnout.reading.drafting import draft_table
from turnout.reading.outreach import OUTREACH

LOADERS: Mapping[str, Callable[[Path], Reading]] = {
    "results": reading.load_results,
    "roll": reading.load_roll,
    "crosswalk": reading.load_crosswalk,
    "outreach": reading.load_outreach,
    "counted": reading.load_results,
}
"""What a file can be to a run, and what reads it."""


def read_files(files: Mapping[str, Path]) -> dict[str, Reading]:
    """Read all files of a run.

    Parameters
    ----------
    files
        Role of each file and its path.

    Raises
    ------
    DataError
        If there is an error in any file; it tells the findings of all.
    """
    return _read(files, lambda reading: reading.errors)


def read_good_rows(files: Mapping[str, Path]) -> dict[str, Reading]:
    """Read all files of a run without the rows that have errors.

    Parameters
    ----------
    files
        Role of each file and its path.

    Raises
    ------
    DataError
        If an error concerns a whole file, such as a missing column, or no good row is left.
    """
    return _read(files, lambda reading: reading.errors if reading.table.empty else ())


def _read(
    files: Mapping[str, Path], in_the_way: Callable[[Reading], Sequence[Finding]]
) -> dict[str, Reading]:
    readings: dict[str, Reading] = {}
    errors: list[Finding] = []
    for role, path in files.items():
        try:
            readings[role] = LOADERS[role](path)
        except DataError as error:
            if not error.findings:
                raise
            errors += error.findings
        else:
            errors += in_the_way(readings[role])
    if errors:
        raise DataError.of(errors)
    return readings


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
    role = max(_VOCABULARIES, key=lambda one: _recognised(path, _VOCABULARIES[one]))
    return role, LOADERS[role](path)


def _recognised(path: Path, vocabulary: Vocabulary) -> tuple[int, float]:
    """Count the columns of a vocabulary that a file has; then the share of those it needs."""
    columns = set(draft_table(path, vocabulary).headers)
    needed = [bool(columns & set(group)) for group in vocabulary.needed]
    return len(columns & set(vocabulary.names)), sum(needed) / len(needed)


_VOCABULARIES: Mapping[str, Vocabulary] = {
    "results": RESULTS,
    "roll": ROLL,
    "crosswalk": CROSSWALK,
    "outreach": OUTREACH,
}
