"""What the READMEs promise is there: the example runs, commands and files exist."""

import re
from pathlib import Path

import pytest

from turnout.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.id.md")


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest) -> str:
    return (ROOT / request.param).read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_example_for_notebooks_runs_and_is_short(
    readme: str, capsys: pytest.CaptureFixture[str]
) -> None:
    [example] = re.findall(r"```python\n(.*?)```", readme, flags=re.DOTALL)
    lines = [line for line in example.splitlines() if line.strip()]
    assert len(lines) <= 15
    scope: dict[str, object] = {}
    exec(compile(example, "README", "exec"), scope)
    assert "86" in capsys.readouterr().out


def test_every_command_that_is_told_is_there(readme: str) -> None:
    told = set(re.findall(r"^    forecast ([a-z]+)|`forecast ([a-z]+)", readme, flags=re.MULTILINE))
    names = {one or other for one, other in told}
    assert set(COMMANDS) <= names
    assert names <= set(COMMANDS)


def test_every_file_that_is_linked_is_there(readme: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", readme)
    assert len(links) >= 5
    for link in links:
        assert "://" in link or (ROOT / link).exists(), link


def test_both_readmes_have_the_same_parts() -> None:
    parts = [
        [
            line.count("#")
            for line in (ROOT / name).read_text("utf-8").splitlines()
            if line[:1] == "#"
        ]
        for name in READMES
    ]
    assert parts[0] == parts[1]
