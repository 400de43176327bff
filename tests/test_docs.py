"""The documentation: its examples run, its commands exist, both languages say the same commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from typer.main import get_command

from turnout import load_jambi
from turnout.cli import COMMANDS, _app

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
READMES = sorted(DOCS.parent.glob("README*.md"))
WITH_CODE = [page for page in PAGES if "```python" in page.read_text(encoding="utf-8")]


def named(path: Path) -> str:
    return str(path.relative_to(DOCS.parent))


def commands_of(page: Path) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"^ {4}(forecast .*)$", text, flags=re.MULTILINE):
        yield re.sub(r"\s+#.*", "", line)


SAVED = r"Save this as `(\w+\.py)`.*?```python\n(.*?)```"
"""A block that the reader keeps in a file."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the examples speak of."""
    jambi = load_jambi()
    jambi.results.to_excel(tmp_path / "results.xlsx", index=False)
    jambi.roll.to_csv(tmp_path / "roll.csv", index=False)
    jambi.crosswalk.to_csv(tmp_path / "crosswalk.csv", index=False)
    odd = pd.DataFrame(
        {
            "tanggal": ["27-11-2024"],
            "jenis": ["pilkada"],
            "kelurahan": ["Murni"],
            "jml": [900],
            "coblos": [600],
        }
    )
    odd.to_excel(tmp_path / "odd.xlsx", index=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::turnout.errors.DataWarning")
@pytest.mark.parametrize("page", WITH_CODE, ids=named)
def test_examples_run(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: dict[str, object] = {"results": load_jambi().results}
    text = page.read_text(encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    for name, block in re.findall(SAVED, text, re.DOTALL):
        (folder / name).write_text(block, encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(block, page.name, "exec"), names)
    assert names
    assert any(folder.iterdir())


@pytest.mark.parametrize("page", [*PAGES, *READMES], ids=named)
def test_commands_and_their_options_exist(page: Path) -> None:
    known = get_command(_app()).commands  # type: ignore[attr-defined]
    for line in commands_of(page):
        _, command, *words = line.split()
        assert command in COMMANDS, line
        options = {option for one in known[command].params for option in one.opts}
        for word in words:
            if word.startswith("--") and word != "--help":
                assert word in options, line


def test_every_command_is_in_the_reference() -> None:
    told = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"`forecast {command}`" in told


def test_every_public_name_is_in_the_reference() -> None:
    import turnout

    told = "".join(page.read_text(encoding="utf-8") for page in (DOCS / "reference").glob("*.md"))
    for name in turnout.__all__:
        assert re.search(rf"^::: turnout\.(?:[\w.]+\.)?{name}$", told, flags=re.MULTILINE), name


def test_every_table_of_accuracy_follows_a_command_that_is_there() -> None:
    """The last words before a table are the command that makes it, of a script that is here."""
    text = (DOCS / "accuracy.md").read_text(encoding="utf-8")
    tables = re.findall(r"((?:^.*\n\n))(?=\|.*\n\|-)", text, flags=re.MULTILINE)
    assert len(tables) == text.count("\n|--")
    for above in tables:
        command = re.fullmatch(r" {4}python (benchmarks/\w+\.py)( .*)?\n\n", above)
        assert command, above
        script = (DOCS.parent / command[1]).read_text(encoding="utf-8")
        for option in re.findall(r"--[\w-]+", command[2] or ""):
            assert f'"{option}"' in script, above


def test_nothing_comes_from_outside() -> None:
    for page in PAGES:
        assert not re.findall(r"!\[[^]]*\]\(https?:", page.read_text(encoding="utf-8")), page
