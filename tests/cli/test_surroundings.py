"""What surrounds a command: modules in its folder, streams that end or are full, limits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CSV = "date,type,area,registered,voters\n2015-12-09,pilkada,A,100,60\n2020-12-09,pilkada,A,110,80\n"


def call(folder: Path, *arguments: str, shell: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``python -m turnout`` in a folder, its output as the shell's words say."""
    (folder / "hasil.csv").write_text(CSV)
    line = f'"{sys.executable}" -m turnout {" ".join(arguments)} {shell}'
    return subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True)


def test_modules_of_the_folder_are_not_loaded(tmp_path: Path) -> None:
    for name in ("numpy", "pandas", "typing", "typer", "random"):
        (tmp_path / f"{name}.py").write_text("open('loaded', 'w')\nraise SystemExit(77)\n")
    done = call(tmp_path, "check", "hasil.csv")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "loaded").exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
@pytest.mark.parametrize("shell", [">/dev/full", "| sleep 0"])
def test_output_that_cannot_be_written_is_told_in_one_line(tmp_path: Path, shell: str) -> None:
    if shell.startswith("|"):
        shell = "2>told | (exec <&-; sleep 0); exit ${PIPESTATUS[0]}"
        line = f"bash -c '\"{sys.executable}\" -m turnout check hasil.csv {shell}'"
        (tmp_path / "hasil.csv").write_text(CSV)
        done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True)
        told = (tmp_path / "told").read_text()
    else:
        done = call(tmp_path, "check", "hasil.csv", shell=shell)
        told = done.stderr
    assert done.returncode == 2, told
    assert "could be shown" in told
    assert "Traceback" not in told
    assert "Exception ignored" not in told


@pytest.mark.slow
def test_without_any_output_a_command_still_works(tmp_path: Path) -> None:
    assert call(tmp_path, "check", "hasil.csv", shell=">&-").returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a system without limits of file sizes")
def test_a_limit_of_file_sizes_is_said_before_the_forecast(tmp_path: Path) -> None:
    asked = ("run", "hasil.csv", "--date", "2024-11-27", "--type", "pilkada", "--model", "glm")
    (tmp_path / "hasil.csv").write_text(CSV)
    line = f"bash -c 'ulimit -f 100; \"{sys.executable}\" -m turnout {' '.join(asked)}'"
    done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hasil.csv"]


@pytest.mark.slow
def test_settings_of_figures_in_the_folder_are_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_bytes(b"text.usetex: yes\n\xff\xfe")
    run = ("run", "hasil.csv", "--date", "2024-11-27", "--type", "pilkada", "--draws", "100")
    done = call(tmp_path, *run)
    assert done.returncode == 2
    assert done.stderr.startswith("matplotlibrc in the current folder cannot be read as text")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hasil.csv", "matplotlibrc"]
