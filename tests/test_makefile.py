"""Set-up on a fresh machine: what is missing is named, and nothing half-made is left."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a blank in its name that holds the Makefile alone."""
    folder = tmp_path / "my project"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # A run of make around these tests hands its own flags down.
    surrounding = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={**surrounding, "MFLAGS": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def a_python(folder: Path, script: str) -> str:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return "PYTHON=./python"


def test_a_missing_python_is_named(project: Path) -> None:
    done = make(project, "demo", "PYTHON=no-such-python")
    assert done.returncode != 0
    assert "there is no 'no-such-python'" in done.stderr
    assert "Install Python 3.11 or newer" in done.stderr
    assert not (project / ".venv").exists()


def test_an_old_python_is_named_with_its_version(project: Path) -> None:
    script = 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac'
    done = make(project, "test", a_python(project, script))
    assert done.returncode != 0
    assert "Python 3.9.2 is too old" in done.stderr
    assert not (project / ".venv").exists()


def test_a_python_without_venv_is_told_apart(project: Path) -> None:
    script = 'case "$*" in *ensurepip*) exit 1;; *) exit 0;; esac'
    done = make(project, "demo", a_python(project, script))
    assert done.returncode != 0
    assert "venv module is missing" in done.stderr
    assert "python3-venv" in done.stderr
    assert not (project / ".venv").exists()


def test_an_environment_that_could_not_be_made_is_removed(project: Path) -> None:
    script = 'case "$*" in "-m venv"*) mkdir .venv; exit 1;; *) exit 0;; esac'
    done = make(project, "demo", a_python(project, script))
    assert done.returncode != 0
    assert "venv module is missing or incomplete" in done.stderr
    assert not (project / ".venv").exists()


def test_make_alone_lists_what_it_can_do(project: Path) -> None:
    done = make(project)
    assert done.returncode == 0
    for target in ("demo", "test", "test-slow"):
        assert f"make {target} " in done.stdout
