"""The notebooks: executed as they stand, told with public names, free of this machine's paths."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import turnout

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
MOST_LINES = 5

TWINS = [path for path in NOTEBOOKS if path.name.endswith(".id.ipynb")]
ENGLISH = [path for path in NOTEBOOKS if path not in TWINS]

every = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_of(path: Path) -> Iterator[ast.AST]:
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code":
            source = re.sub(r"^%.*$", "", cell.source, flags=re.MULTILINE)
            yield from ast.walk(ast.parse(source))


def test_the_notebooks_are_there() -> None:
    names = {path.stem for path in NOTEBOOKS}
    assert {
        "01_quickstart",
        "02_kota_jambi_2024",
        "03_outreach",
        "04_backtest",
        "05_counting_night",
    } <= names
    assert {path.stem for path in TWINS} == {
        "01_quickstart.id",
        "02_kota_jambi_2024.id",
        "05_counting_night.id",
    }


def wording(tree: ast.AST) -> str:
    """A cell's code without what only chooses or is words of a language."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            node.keywords = [one for one in node.keywords if one.arg != "lang"]
        if isinstance(node, ast.JoinedStr):
            node.values = [one for one in node.values if not isinstance(one, ast.Constant)]
    code = ast.unparse(tree)
    return re.sub(r"(\.text\b|\.say\('\w\w'\))|(?<=\.summary)\('id'\)", "", code).replace(
        ".summary()", ".summary"
    )


def cells_of(path: Path) -> list[str]:
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    return [re.sub(r"^%.*$", "", cell.source, flags=re.MULTILINE) for cell in cells]


@pytest.mark.parametrize("path", TWINS, ids=lambda path: path.stem)
def test_an_indonesian_notebook_runs_the_code_of_the_english_one(path: Path) -> None:
    english = path.with_name(path.name.replace(".id.", "."))
    both = [[wording(ast.parse(cell)) for cell in cells_of(one)] for one in (path, english)]
    assert both[0] == both[1]
    said = "".join(cells_of(path))
    assert 'lang="id"' in said
    assert '.say("en")' not in said
    assert ".text)" not in said


@every
def test_it_was_executed_in_order_without_an_error(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert outputs
    assert not [one for one in outputs if one.output_type == "error"]
    assert not [one for one in outputs if one.get("name") == "stderr"]


@every
def test_it_names_no_folder_of_the_machine_it_ran_on(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"(?<![\w.:/])/(?:home|root|tmp|work|usr|var|Users|private)/\S*", text)
    assert not found


@every
def test_it_uses_public_names(path: Path) -> None:
    for node in code_of(path):
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "turnout":
            assert node.attr in turnout.__all__, f"turnout.{node.attr}"
        if isinstance(node, ast.ImportFrom) and node.module == "turnout":
            assert {alias.name for alias in node.names} <= set(turnout.__all__)
        if isinstance(node, (ast.Attribute, ast.alias)):
            name = node.attr if isinstance(node, ast.Attribute) else node.name
            assert not name.startswith("_"), name


@every
def test_its_functions_are_short(path: Path) -> None:
    for node in code_of(path):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= MOST_LINES, f"{node.name} has {lines} lines"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kernels need a selector event loop")
@pytest.mark.filterwarnings("default")  # those of the Jupyter machinery
# The code of Indonesian notebooks is that of the English ones: run once, compared above.
@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.stem)
def test_it_runs(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, 4)
    there = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=there).execute()
