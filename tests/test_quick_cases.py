"""Of a test over several lists of cases few run every day, and these have every value."""

import os
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from tests.conftest import covering, one_case_each


def test_every_value_comes_up_in_few_cases() -> None:
    lists = ("figure", 9), ("shape", 6), ("lang", 2)
    each = [[(name, number) for number in range(size)] for name, size in lists]
    cases = [frozenset(one) for one in product(*each)]
    kept = [cases[number] for number in covering(cases)]
    assert set().union(*kept) == {value for values in each for value in values}
    assert len(kept) == 9


def test_cases_that_share_no_value_all_stay() -> None:
    cases = [frozenset({("name", number), ("size", number)}) for number in range(5)]
    assert covering(cases) == set(range(5))


class Case:
    path = Path("test_file.py")

    def __init__(self, name: str, *, slow: bool = False) -> None:
        self.nodeid, self.slow = f"test_file.py::{name}", slow

    def get_closest_marker(self, name: str) -> object:
        return name if name == "slow" and self.slow else None


def test_of_every_test_the_first_case_that_is_not_slow_is_quick() -> None:
    many = [Case("test_many[0]", slow=True), Case("test_many[1]"), Case("test_many[2]")]
    single, slow = Case("test_single"), Case("test_slow", slow=True)
    assert one_case_each([*many, single, slow]) == [many[1], single]


@pytest.mark.slow
def test_tests_without_time_are_skipped_and_told(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text("def test_one() -> None: ...\n")
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    # What surrounds these tests, such as a worker's name, is not handed down.
    own = {name: value for name, value in os.environ.items() if not name.startswith("PY")}
    said = {}
    for minutes in ("0", "5"):
        called = [sys.executable, "-m", "pytest", "--for-minutes", minutes, "test_some.py"]
        ran = subprocess.run(
            called, cwd=tmp_path, env=own, capture_output=True, text=True, check=False
        )
        said[minutes] = ran.stdout + ran.stderr
    assert "1 skipped" in said["0"]
    assert "1 tests of test_some.py" in said["0"]
    assert "1 passed" in said["5"]
    assert "NOT RUN" not in said["5"]
