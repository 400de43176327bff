"""The command line in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from turnout.cli import main

Run = Callable[..., int]


# What a run makes for people to look at.
UNDRAWN = {
    "render_figures": {},
    "render_pictures": {},
    "document_of": None,
    "report_page": "",
    "write_workbook": None,
}


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
    """Run the command line likewise, but no report or workbook is made, and figures are empty.

    A backtest starts no processes: there is one core.
    """
    draw_nothing(monkeypatch)
    return command


def draw_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setenv("LOKY_MAX_CPU_COUNT", "1")
    for name, made in UNDRAWN.items():
        patch.setattr(f"turnout.cli.writing.{name}", lambda *_, made=made, **__: made)
    patch.setattr("turnout.plots.rendering._lay_out", lambda _: None)
    patch.setattr("turnout.plots.rendering._drawn", lambda *_: b"")
