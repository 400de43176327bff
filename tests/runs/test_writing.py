"""A result folder is the old one or the new one, whole, whatever happens in between."""

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from turnout import TurnoutError
from turnout.runs import swap
from turnout.runs.owned import files_in
from turnout.runs.writing import extended, replaced, restored

ADDS = ("evaluation.txt",)


def write(folder: Path, content: str, names: tuple[str, ...] = ("forecast.csv", "figures/a.png")):
    """Write a result whose every file holds `content`."""
    with replaced(folder, "run") as stage:
        for name in names:
            (stage.path / name).parent.mkdir(exist_ok=True)
            (stage.path / name).write_text(content)
        stage.record["content"] = content


def content(folder: Path) -> dict[str, str]:
    """Return the files of a folder with what they hold; of run.json what it says of them."""
    held = {name: (folder / name).read_text() for name in files_in(folder)}
    return {**held, "run.json": json.loads(held["run.json"])["content"]}


def whole(text: str, names: tuple[str, ...] = ("forecast.csv", "figures/a.png")) -> dict[str, str]:
    return dict.fromkeys((*names, "run.json"), text)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "results" / "out"


def beside(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir())


@pytest.fixture(params=["in one step", "in two steps"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Exchange folders as this system does, and as one without an exchange."""
    if request.param == "in two steps":
        monkeypatch.setattr(swap, "_exchange_call", lambda: None)
    return request.param


@pytest.mark.usefixtures("way")
def test_an_earlier_result_is_replaced_whole(out: Path) -> None:
    write(out, "old", ("forecast.csv", "rejected.csv"))
    write(out, "new")
    assert content(out) == whole("new")
    assert beside(out) == ["out"]
    record = json.loads((out / "run.json").read_text())
    assert (record["command"], record["files"]) == ("run", ["figures/a.png", "forecast.csv"])


def test_the_exchange_is_one_step_here(out: Path) -> None:
    if not sys.platform.startswith(("linux", "darwin")):
        pytest.skip("a system without an exchange of names")
    out.mkdir(parents=True)
    other = out.with_name("other")
    other.mkdir()
    (other / "new").write_text("")
    assert swap._exchanged(other, out)
    assert files_in(out) == ["new"]


def test_a_failed_command_changes_nothing_and_leaves_nothing(out: Path) -> None:
    with pytest.raises(RuntimeError), replaced(out, "run"):
        raise RuntimeError
    assert not out.parent.exists()
    write(out, "old")
    with pytest.raises(TurnoutError, match="cannot be written"):
        write(out, "new", ("forecast.csv", "no/such/folder.txt"))
    assert content(out) == whole("old")
    assert beside(out) == ["out"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("thesis.docx", "thesis.docx"), ("figures/holiday.png", "holiday"), ("empty/", "empty")],
)
def test_the_users_own_files_are_neither_overwritten_nor_removed(
    out: Path, name: str, said: str
) -> None:
    write(out, "old")
    if name.endswith("/"):
        (out / name).mkdir()
    else:
        (out / name).write_text("mine")
    with pytest.raises(TurnoutError, match=f"your files are not overwritten|{said}"):
        write(out, "new")
    assert (out / name).exists()
    assert (out / "forecast.csv").read_text() == "old"


def test_a_folder_without_our_list_is_refused(out: Path) -> None:
    out.mkdir(parents=True)
    (out / "forecast.csv").write_text("mine")
    for record in ("{", "[]", '{"command": "run"}', '{"command": "run", "files": 3}'):
        (out / "run.json").write_text(record)
        with pytest.raises(TurnoutError, match="your files are not"):
            write(out, "new")
    assert (out / "forecast.csv").read_text() == "mine"


def test_what_another_command_wrote_is_refused(out: Path) -> None:
    write(out, "old")
    told = pytest.raises(TurnoutError, match="holds the result of `forecast run`")
    with told, replaced(out, "backtest"):
        pytest.fail("entered")


def test_files_that_a_file_browser_leaves_are_in_nobodys_way(out: Path) -> None:
    write(out, "old")
    (out / ".DS_Store").write_text("")
    write(out, "new")
    assert content(out) == whole("new")


@pytest.mark.parametrize("lock", ["~$forecast.xlsx", ".~lock.forecast.xlsx#"])
def test_a_file_that_is_open_in_a_spreadsheet_program_is_named(out: Path, lock: str) -> None:
    write(out, "old")
    (out / lock).write_text("")
    with pytest.raises(TurnoutError, match=r"^forecast\.xlsx in .* is open in another program"):
        write(out, "new")
    assert (out / "forecast.csv").read_text() == "old"


def test_a_file_that_the_system_holds_is_named_and_the_old_result_kept(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(out, "old")
    allowed = Path.open

    def held(path: Path, mode: str = "r", *rest: Any, **more: Any) -> IO[Any]:
        if path.name == "forecast.csv" and "+" in mode:
            raise PermissionError(13, "Permission denied")
        return allowed(path, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(TurnoutError, match=r"forecast\.csv cannot be written .Permission denied."):
        write(out, "new")
    assert content(out) == whole("old")


@pytest.mark.usefixtures("way")
def test_a_refused_swap_keeps_the_old_result(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(out, "old")
    allowed = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if path.name.endswith(".new"):
            raise PermissionError(13, "Permission denied", str(target))
        return allowed(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    monkeypatch.setattr(swap, "_exchange_call", lambda: None)
    with pytest.raises(TurnoutError, match="Permission denied"):
        write(out, "new")
    assert content(out) == whole("old")
    assert beside(out) == ["out"]


def test_two_commands_at_once(out: Path) -> None:
    with replaced(out, "run") as stage:
        (stage.path / "forecast.csv").write_text("first")
        with pytest.raises(TurnoutError, match="Another command is writing"):
            write(out, "second")
        stage.record["content"] = "first"
    assert (out / "forecast.csv").read_text() == "first"
    assert beside(out) == ["out"]


def test_an_input_in_the_folder_is_refused(out: Path) -> None:
    write(out, "old")
    inside = out / "results.csv"
    told = pytest.raises(TurnoutError, match=r"The file results\.csv lies in")
    with told, replaced(out, "run", [inside]):
        pytest.fail("entered")


def places(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "here").mkdir()
    yield tmp_path / "file", "is a file, not a folder"
    yield tmp_path / "file" / "below" / "out", "is a file, not a folder"
    yield tmp_path / "link", "a link to a folder that is not there"
    yield tmp_path / ("x" * 300), "cannot be written .*too long"
    yield tmp_path / "a\0b", "cannot be written"
    yield tmp_path / "/".join(["deep" * 30] * 40) / "out", "cannot be written .*too long"
    yield Path(), "the folder that you work in"
    yield Path("/"), "the folder that you work in"
    yield Path("/proc/out"), "cannot be written"


def test_where_no_result_can_be_is_said_before_anything_is_computed(tmp_path: Path) -> None:
    for folder, said in places(tmp_path):
        with pytest.raises(TurnoutError, match=said), replaced(folder, "run"):
            pytest.fail(f"entered {folder}")
    assert beside(tmp_path / "any") == ["file", "here", "link"]


def test_a_name_as_long_as_the_system_allows_is_written(tmp_path: Path) -> None:
    write(tmp_path / ("x" * 250), "new")
    assert content(tmp_path / ("x" * 250)) == whole("new")


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path, out: Path) -> None:
    write(out, "old")
    link = tmp_path / "latest"
    link.symlink_to(out)
    write(link, "new")
    assert link.is_symlink()
    assert content(out) == whole("new")


def test_a_full_disk_is_said_before_anything_is_computed(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = os.statvfs_result((4096, 4096, 100, 0, 0, 0, 0, 0, 0, 255))
    monkeypatch.setattr("turnout.runs.place.shutil.disk_usage", lambda _: _Usage(full))
    with pytest.raises(TurnoutError, match="0 MB are left"), replaced(out, "run"):
        pytest.fail("entered")


class _Usage:
    def __init__(self, disk: os.statvfs_result) -> None:
        self.free = disk.f_bavail * disk.f_frsize


def test_a_scored_run_keeps_the_users_files_and_lists_what_was_added(out: Path) -> None:
    write(out, "old")
    (out / "notes.txt").write_text("mine")
    for evaluation in ("first", "second"):
        known = json.loads((out / "run.json").read_text())
        with extended(out, known, ADDS) as stage:
            (stage / "evaluation.txt").write_text(evaluation)
    assert (out / "notes.txt").read_text() == "mine"
    assert (out / "evaluation.txt").read_text() == "second"
    listed = json.loads((out / "run.json").read_text())["files"]
    assert listed == ["evaluation.txt", "figures/a.png", "forecast.csv"]
    assert beside(out) == ["out"]


def test_a_users_file_of_the_name_of_an_evaluation_is_kept(out: Path) -> None:
    write(out, "old")
    (out / "evaluation.txt").write_text("mine")
    known = json.loads((out / "run.json").read_text())
    told = pytest.raises(TurnoutError, match=r"evaluation\.txt was not written by a command")
    with told, extended(out, known, ADDS):
        pytest.fail("entered")
    assert (out / "evaluation.txt").read_text() == "mine"


def killed_at(operation: int, work: Callable[[], None]) -> bool:
    """Do some work in a process that ends at its n-th operation on files, as if killed there.

    Returns whether it was; otherwise the work has fewer operations.
    """
    child = os.fork()
    if child == 0:
        left = operation

        def watch(event: str, _: object) -> None:
            nonlocal left
            if event in OPERATIONS:
                left -= 1
                if left == 0:
                    os._exit(9)

        sys.addaudithook(watch)
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, 9), "the work failed by itself"
    return ended == 9


OPERATIONS = {
    "open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.chmod", "os.scandir",
    "os.listdir", "fcntl.flock", "shutil.rmtree", "shutil.copymode", "shutil.copytree",
}  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_killed_at_any_operation_the_result_is_the_old_or_the_new_one(out: Path, way: str) -> None:
    found = set()
    for operation in range(1, 500):
        write(out, "old")
        killed = killed_at(operation, lambda: write(out, "new"))
        restored(out)  # as every command that reads the folder does
        held = content(out)
        assert held in (whole("old"), whole("new")), f"mixed after operation {operation}, {way}"
        found.add(held["run.json"])
        write(out, "next")
        assert content(out) == whole("next")
        assert beside(out) == ["out"], f"left behind after operation {operation}, {way}"
        if not killed:
            break
    assert not killed, "the loop must see the whole work"
    assert found == {"old", "new"}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.usefixtures("way")
def test_killed_at_any_operation_of_scoring_the_users_files_are_there(out: Path) -> None:
    for operation in range(1, 500):
        write(out, "old")
        (out / "notes.txt").write_text("mine")
        killed = killed_at(operation, lambda: score(out))
        restored(out)
        held = content(out)
        assert held.pop("notes.txt") == "mine"
        assert held in (whole("old"), {**whole("old"), "evaluation.txt": "scored"})
        (out / "notes.txt").unlink()
        if not killed:
            break
    assert not killed


def score(out: Path) -> None:
    with extended(out, json.loads((out / "run.json").read_text()), ADDS) as stage:
        (stage / "evaluation.txt").write_text("scored")
