"""How hostile inputs are judged: a checked table, or one error that says what is wrong."""

import time
import warnings
from pathlib import Path

import pandas as pd
import pytest

from turnout.errors import DataError, TurnoutError
from turnout.reading.results import load_results

MOST_SECONDS = 10
"""Of the processor: what else the machine does is no matter."""

HEADER = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
ROWS = [
    ["27/11/2024", "Pilkada", "Jelutung", "Payo Lebar", 4512, 2900],
    ["27/11/2024", "Pilkada", "Jelutung", "Talang Jauh", 985, 603],
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow the cases that a test does not name as those that always run.

    A table of two rows takes a third of a second to read, whatever is wrong with it: a case of
    each kind, and the refusals before any table is read, are for every day.
    """
    for item in items:
        always = item.get_closest_marker("always")
        if always is not None and item.callspec.params["name"] not in always.args:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def header() -> list[str]:
    return list(HEADER)


@pytest.fixture(scope="session")
def rows() -> list[list[object]]:
    return [list(row) for row in ROWS]


@pytest.fixture(scope="session")
def plain() -> str:
    """The table as plain text."""
    return "\n".join(",".join(map(str, row)) for row in [HEADER, *ROWS]) + "\n"


@pytest.fixture(scope="session")
def twin() -> pd.DataFrame:
    """What the plain table reads to."""
    return load_results(pd.DataFrame(ROWS, columns=HEADER)).table


def outcome(source: object) -> tuple[pd.DataFrame | None, str]:
    """Read a source; return its table, if it has one, and all that is said of it."""
    start = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            reading = load_results(source)
        except TurnoutError as error:
            table, said = None, str(error)
        else:
            if reading.errors:
                table, said = None, str(DataError.of(reading.errors))
            else:
                table = reading.table
                said = "\n".join(finding.say() for finding in reading.warnings)
    assert time.process_time() - start < MOST_SECONDS, "it hangs"
    return table, said


@pytest.fixture(scope="session")
def judge(twin: pd.DataFrame):
    """Return a function that holds a source against what is expected of it.

    The expectation is "same" (the table of the plain twin), "same: ..." (and something told), or
    a part of what the refusal says.
    """

    def judged(source: Path | pd.DataFrame, expected: str) -> None:
        table, said = outcome(source)
        if expected.startswith("same"):
            assert table is not None, said
            columns = ["date", "election_type", "district", "area", "registered", "voters"]
            pd.testing.assert_frame_equal(table[columns], twin[columns])
            told = expected.removeprefix("same").removeprefix(": ")
            assert told in said
            assert told or not said, said
        else:
            assert table is None, f"read without a word:\n{table}\n{said}"
            assert expected in said

    return judged


@pytest.fixture(scope="session")
def ends():
    """Return `outcome`: for cases in which either end is right."""
    return outcome
