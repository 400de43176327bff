"""Runs that are killed, and runs at once: the folder is a whole result, and the next run succeeds.

A sample here, without figures; ``make test-long`` does 200 of each, of the whole command.
"""

import hashlib
import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from turnout.cli import main
from turnout.runs.owned import files_in
from turnout.runs.writing import restored

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]

LONG = "TURNOUT_KILLS" in os.environ
KILLS = int(os.environ.get("TURNOUT_KILLS", "4"))
DOUBLES = int(os.environ.get("TURNOUT_DOUBLES", "2"))

CSV = """date,type,district,area,registered,voters
2015-12-09,pilkada,U,Kasang,1000,600
2015-12-09,pilkada,U,Murni,900,630
2020-12-09,pilkada,U,Kasang,1100,790
2020-12-09,pilkada,U,Murni,950,640
"""
ASKED = ["run", "hasil.csv", "--date", "2024-11-27", "--type", "pilkada", "--model",
         "last-of-type", "--draws", "200", "--out", "out"]  # fmt: skip


def started(goal: str, said: Path) -> int:
    """Start a run with a goal in a process of its own; what it says goes to a file."""
    child = os.fork()
    if child:
        return child
    try:
        told = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(told, 1)
        os.dup2(told, 2)
        # What pytest captures goes round the file.
        sys.stdout, sys.stderr = (os.fdopen(file, "w", 1, closefd=False) for file in (1, 2))
        main([*ASKED, "--goal", goal])
    except SystemExit as ended:
        os._exit(int(ended.code or 0))
    except BaseException as error:
        os.write(2, repr(error).encode())
    os._exit(70)


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def held(folder: Path) -> dict[str, str]:
    """Return the files of a folder by digest."""
    return {
        name: "" if name.endswith("/") else hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in files_in(folder)
    }


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, str]]:
    """Return the results of two runs, by their goals; the folder holds that of the last."""
    monkeypatch.chdir(tmp_path)
    if not LONG:
        nothing = {
            "render_figures": {},
            "render_pictures": {},
            "report_page": "",
            "write_workbook": None,
        }
        for name, made in nothing.items():
            monkeypatch.setattr(f"turnout.cli.writing.{name}", lambda *_, made=made, **__: made)
    Path("hasil.csv").write_text(CSV)
    results = {}
    for goal in ("60%", "70%"):
        assert ended(started(goal, Path("said"))) == 0, Path("said").read_text()
        results[goal] = held(Path("out"))
    assert results["60%"] != results["70%"]
    return results


def seconds_of(goal: str) -> float:
    """Run to the end, and return how long that took."""
    start = time.monotonic()
    assert ended(started(goal, Path("said"))) == 0, Path("said").read_text()
    return time.monotonic() - start


def tidy() -> None:
    assert sorted(path.name for path in Path().iterdir()) == ["hasil.csv", "out", "said"]


@pytest.mark.slow
def test_a_killed_run_leaves_the_old_result_or_the_new_one(
    whole: dict[str, dict[str, str]],
) -> None:
    length = seconds_of("70%")
    found = []
    for number in range(KILLS):
        goal, before = ("60%", "70%") if number % 2 == 0 else ("70%", "60%")
        # Half of them at any moment, half while the files are written.
        chance = random.Random(number)
        moment = chance.uniform(0, 1) if number % 4 < 2 else chance.uniform(0.6, 1.1)
        child = started(goal, Path("said"))
        time.sleep(moment * length)
        os.kill(child, signal.SIGKILL)
        killed = ended(child) != 0
        restored(Path("out"))  # as every command that reads the folder does
        assert held(Path("out")) in (whole[before], whole[goal]), f"mixed at {moment:.3f}"
        found.append((killed, held(Path("out")) == whole[goal]))
        length = seconds_of(goal)
        assert held(Path("out")) == whole[goal]
        tidy()
    before, new = (sum(column) for column in zip(*found, strict=True))
    sys.stdout.write(f"{KILLS} kills, {before} before the end; then {new} folders were new\n")


@pytest.mark.slow
def test_of_two_runs_at_once_one_wins_and_the_other_says_why_not(
    whole: dict[str, dict[str, str]],
) -> None:
    refused = 0
    for number in range(DOUBLES):
        said = {goal: Path(f"said-{goal[:2]}") for goal in whole}
        children = {}
        for goal in whole:
            children[goal] = started(goal, said[goal])
            time.sleep(random.Random(number).choice([0, 0, 0.1, 0.5]))
        codes = {goal: ended(child) for goal, child in children.items()}
        won = [goal for goal, code in codes.items() if code == 0]
        assert won, [path.read_text() for path in said.values()]
        for goal, code in codes.items():
            if code:
                assert code == 2
                told = " ".join(said[goal].read_text().split())
                assert "Another command is writing into" in told
                assert "name another folder with --out" in told
        refused += len(whole) - len(won)
        assert held(Path("out")) in [whole[goal] for goal in won]
        for path in said.values():
            path.unlink()
        tidy()
    sys.stdout.write(f"{DOUBLES} double runs, of which {refused} were refused\n")
