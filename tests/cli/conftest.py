"""The command line in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from turnout.cli import main

Run = Callable[..., int]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in an empty folder; returns the exit code."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> int:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        return int(ended.value.code or 0)

    return call


@pytest.fixture
def undrawn(command: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line likewise, but no figure, report or workbook is made."""
    nothing = {"render_figures": {}, "report_page": "", "write_workbook": None}
    for name, made in nothing.items():
        monkeypatch.setattr(f"turnout.cli.writing.{name}", lambda *_, made=made, **__: made)
    return command
