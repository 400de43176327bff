"""The documentation: its examples run, its commands exist, both languages say the same commands."""

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.main import get_command

from turnout import load_jambi
from turnout.cli import COMMANDS, _app

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
INDONESIAN = [page for page in PAGES if page.name.endswith(".id.md")]
READMES = sorted(DOCS.parent.glob("README*.md"))
# The code of Indonesian pages is that of the English ones: run once, compared below.
WITH_CODE = [
    page
    for page in PAGES
    if "```python" in page.read_text(encoding="utf-8") and page not in INDONESIAN
]


def named(path: Path) -> str:
    return str(path.relative_to(DOCS.parent))


def commands_of(page: Path) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    told = re.sub(r"^```\n(.*?)^```", _indented, text, flags=re.MULTILINE | re.DOTALL)
    for line in re.findall(r"^ {4}(forecast [a-z-].*)$", told, flags=re.MULTILINE):
        yield re.sub(r"\s+#.*", "", line)


def _indented(block: re.Match[str]) -> str:
    return "".join(f"    {line}\n" for line in block[1].splitlines())


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


@cache
def commands() -> dict[str, Any]:
    return get_command(_app()).commands  # type: ignore[attr-defined,no-any-return]


def parsed(line: str) -> dict[str, object]:
    """What a command takes from its line: wrong options, values and missing arguments raise."""
    _, name, *words = shlex.split(line)
    command = commands()[name]
    taken = command.make_context(name, words, obj="en").params
    return {"command": name, **taken}


@pytest.mark.parametrize("page", [*PAGES, *READMES], ids=named)
def test_commands_can_be_given_as_they_stand(page: Path) -> None:
    for line in commands_of(page):
        if not line.endswith(("--help", "--version", "-completion")):
            assert parsed(line)["command"] in COMMANDS, line


@pytest.mark.parametrize("line", ["forecast run a.csv --dat 2024-11-27", "forecast run --draws=x"])
def test_a_command_that_cannot_be_given_is_found(line: str) -> None:
    with pytest.raises(Exception, match=r"No such option|valid integer"):
        parsed(line)


def english_of(page: Path) -> Path:
    return page.with_name(page.name.replace(".id.md", ".md"))


@pytest.mark.parametrize("page", INDONESIAN, ids=named)
def test_an_indonesian_page_gives_the_commands_of_the_english_one_in_indonesian(page: Path) -> None:
    said = []
    for one in (page, english_of(page)):
        told = list(commands_of(one))
        lines = [line for line in told if not line.endswith(("--help", "-completion"))]
        said.append([{**parsed(line), "lang": ""} for line in lines])
        if one == page:
            assert not [line for line in lines if "--lang id" not in line]
    assert _spoken(said[0]) == _spoken(said[1])


def _spoken(commands: list[dict[str, object]]) -> list[dict[str, object]]:
    """Commands with words that differ by language taken for one."""
    words = {"pilkada putaran kedua": "pilkada run-off"}
    return [
        {key: words.get(str(value), str(value)) for key, value in one.items()} for one in commands
    ]


@pytest.mark.parametrize("page", INDONESIAN, ids=named)
def test_an_indonesian_page_has_the_code_of_the_english_one(page: Path) -> None:
    assert code_of(page) == code_of(english_of(page))


def code_of(page: Path) -> list[str]:
    """The code of a page without comments, language and what only says it in a language."""
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    code = "\n".join(ast.unparse(ast.parse(block)) for block in blocks)
    code = re.sub(r"\.(?:text\b|say\('\w\w'\)|summary\((?:'\w\w')?\))", ".said", code)
    return re.sub(r", lang='\w\w'", "", code).splitlines()


def test_what_has_an_indonesian_page_has_a_headings_twin() -> None:
    for page in INDONESIAN:
        both = [
            re.findall(r"^#+ ", one.read_text("utf-8"), re.MULTILINE)
            for one in (page, english_of(page))
        ]
        assert both[0] == both[1], page


def test_every_command_is_in_the_reference() -> None:
    for name in ("command-line.md", "command-line.id.md"):
        told = (DOCS / "reference" / name).read_text(encoding="utf-8")
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


def test_the_pictures_of_windows_say_what_the_script_says() -> None:
    script = (DOCS.parent / "windows" / "install.bat").read_text("ascii")
    for name, part in (("no-python", "was not found on this computer."), ("done", "Selesai.")):
        drawn = (DOCS / f"windows-{name}.svg").read_text("utf-8").replace("&#160;", " ")
        assert part in script
        assert part in drawn
        assert "http" not in drawn.replace("http://www.w3.org/", "")
