"""The shape of the code: layers, sizes, public names, tests that can fail."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import turnout
from turnout import plots
from turnout.language import Text

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "turnout"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# The names that a user may rely on.
PUBLIC = set(
    """
    read_results read_outreach read_roll read_crosswalk load_jambi Election
    HierarchicalModel LastTurnout LastOfType UniformSwing BinomialGLM BoostedTrees
    Mixture Forecast check_goal GoalCheck backtest Backtest estimate_outreach
    OutreachEffect plan_outreach OutreachPlan design_rollout estimate_rollout plot_areas
    plot_districts plot_total plot_history plot_goal plot_calibration plot_heatmap
    plot_multiples plot_backtest plot_effect plot_plan plot_map write_report
    TurnoutError scores replay Replay plot_replay by_sex BySex by_group ByGroup
    """.split()  # noqa: SIM905
)

MOST_LINES = 400

# The package's face, which loads names when they are used.
FACE = {"__init__", "__main__"}

READ_BY_PEOPLE = {".py", ".md", ".toml", ".yml", ".yaml", ".cff", ".html", ".ipynb", ".csv", ".css"}


def layers() -> dict[str, int]:
    """Read the table of ARCHITECTURE.md: a module's layer is the row that names it."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text[text.index("| module |") : text.index("## The objects")]
    rows = [row.split("|")[1] for row in table.splitlines()[2:] if row.startswith("|")]
    return {
        name.strip("/"): layer
        for layer, row in enumerate(rows)
        for name in re.findall(r"`([^`]+)`", row)
    }


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Return the modules of ours that a module imports, anywhere in it, with the line."""
    for node in nodes(path):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "turnout":
                names = [f"turnout.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith("turnout."):
                yield name.split(".")[1], node.lineno


def test_a_module_imports_only_from_layers_above_its_own() -> None:
    order = layers()
    wrong = []
    for path in MODULES:
        own = layer_of(path)
        if own in FACE:
            continue
        wrong += [
            f"{path.relative_to(PACKAGE)}:{line} imports turnout.{name}, which is not above {own}"
            for name, line in imports(path)
            if name != own and order.get(name, len(order)) >= order[own]
        ]
    assert wrong == []


def test_the_table_of_the_layers_names_what_there_is() -> None:
    assert set(layers()) == {layer_of(path) for path in MODULES} - FACE


def test_every_file_that_architecture_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    text = text[text.index("## Where new code goes") :]
    named = set(re.findall(r"`([\w./-]+(?:/|\.\w{2,4}))`", text))
    roots = (ROOT, PACKAGE)
    assert [name for name in sorted(named) if not any((r / name).exists() for r in roots)] == []


def test_tests_lie_as_the_modules_do() -> None:
    """A folder of tests stands for the package of that name; `hostile` is about all of them."""
    folders = {path.parent.relative_to(ROOT / "tests") for path in TESTS} - {Path("hostile")}
    packages = {path.parent.relative_to(PACKAGE) for path in MODULES}
    assert folders - packages == set()


OPENS_FILES = re.compile(
    r"\b(?:read_(?:csv|excel|parquet|json|html|feather|pickle|bytes)|load_workbook|"
    r"CalamineWorkbook|csv\.reader|ZipFile|gzip)\("
)
# What the library itself wrote or ships; all else comes through the one gate for input.
# The programs in a sealed folder run where there is no turnout: they read and print for themselves.
SEALED = {"runs/sealed_check.py", "runs/sealed_outcome.py", "runs/sealed_score.py"}
OWN_FILES = {
    "datasets.py", "output/pages.py", "output/tables.py", "output/typst.py", "output/word.py",
    "runs/contents.py", "runs/owned.py", *SEALED,
}  # fmt: skip


def test_there_is_one_gate_for_input() -> None:
    around = [
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if "reading/files" not in path.as_posix()
        and any(
            OPENS_FILES.search(line) and ">>>" not in line and "``" not in line
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    ]
    assert set(around) <= OWN_FILES


def texts_of_the_project() -> Iterator[Path]:
    for folder in ("src", "tests", "benchmarks", "docs", "notebooks", "data", ".ci", ".github"):
        for path in (ROOT / folder).rglob("*"):
            made = {"out", "models"}.intersection(path.parts) or path == Path(__file__).resolve()
            if path.suffix in READ_BY_PEOPLE and not made:
                yield path
    yield from (path for path in ROOT.iterdir() if path.suffix in READ_BY_PEOPLE)
    yield from (ROOT / "Makefile", ROOT / ".ci" / "run")


def test_the_project_stands_alone() -> None:
    """Nothing that comes with a clone needs, or cites, what does not come with it."""
    outside = re.compile(r"\.\./shared|shared/data|\b(?:MODEL|DOMAIN|DESIGN|STYLE|PEERS)\.md")
    cited = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts_of_the_project()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if outside.search(line)
    ]
    assert cited == []


def test_every_figure_has_a_home_and_a_type() -> None:
    # A type checker sees the imports under TYPE_CHECKING alone.
    text = (PACKAGE / "plots" / "__init__.py").read_text(encoding="utf-8")
    typed = {
        alias.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("turnout.plots.")
        for alias in node.names
    }
    assert set(plots.__all__) == typed
    for name in plots.__all__:
        assert callable(getattr(plots, name))


def test_no_module_is_long() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    long = {str(path): n for path, n in lines.items() if n > MOST_LINES}
    assert long == {}, "these want to be two modules each"


# What writes or prints by itself: for `turnout.output` alone.
WRITING_METHODS = {
    "to_csv", "to_excel", "to_parquet", "to_json", "write_text", "write_bytes", "savefig", "savez",
    "savez_compressed", "fdopen",
}  # fmt: skip
WRITING_NAMES = {"print", "Console", "Workbook", "Environment", "FileSystemLoader"}
# The probe of whether a disk takes anything at all.
OWN_WRITERS = {"runs/place.py": {"write_bytes"}, **{name: {"print", "open"} for name in SEALED}}


def writers(path: Path) -> Iterator[tuple[str, int]]:
    """Return the calls in a module that write files or print by themselves, with the line."""
    for node in nodes(path):
        if not isinstance(node, ast.Call):
            continue
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        modes = [one.value for one in given if isinstance(one, ast.Constant)]
        opens = "open" in (method, name) and any(mode in ("w", "wb", "a", "x") for mode in modes)
        if opens or method in WRITING_METHODS or name in WRITING_NAMES:
            yield method or name, node.lineno


def test_everything_goes_out_through_the_gate() -> None:
    past = [
        f"{path.relative_to(PACKAGE)}:{line} calls {name}: let turnout.output write it"
        for path in MODULES
        if layer_of(path) != "output"
        for name, line in writers(path)
        if name not in OWN_WRITERS.get(path.relative_to(PACKAGE).as_posix(), set())
    ]
    assert past == []


def test_there_is_no_attic() -> None:
    assert not [path for path in MODULES if path.stem in ("utils", "helpers", "misc", "common")]


def test_public_names_are_those_that_were_promised() -> None:
    assert sorted(turnout.__all__) == sorted(PUBLIC)


def test_every_public_name_is_there() -> None:
    assert [name for name in PUBLIC if getattr(turnout, name, None) is None] == []
    assert set(dir(turnout)) >= PUBLIC


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'forcast'"):
        turnout.forcast  # noqa: B018


def test_what_the_type_checker_sees_is_what_is_loaded() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.name: node.module
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert sorted(seen) == sorted(turnout.__all__)
    assert {name: home for name, home in seen.items() if name != "scores"} == turnout._HOME


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, turnout, turnout.cli; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"numpy", "pandas", "scipy", "matplotlib", "sklearn", "statsmodels"}
    assert not heavy & set(loaded.stdout.split())


def test_what_only_reads_files_starts_without_scientific_libraries():
    code = "import sys, turnout.cli.files; print(' '.join(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in told.stdout.split()}
    assert not loaded & {"scipy", "matplotlib", "sklearn", "statsmodels"}


def test_no_comparison_is_thrown_away() -> None:
    thrown = [
        f"{path.relative_to(ROOT)}:{node.lineno} compares but asserts nothing"
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Expr) and compares(node.value)
    ]
    assert thrown == []


def compares(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return getattr(value.func, "attr", "") in ("allclose", "isclose", "array_equal", "equals")
    return isinstance(value, ast.Compare)


def test_every_command_and_option_is_described_in_both_languages() -> None:
    from turnout.cli import COMMANDS
    from turnout.cli.help import parameters_of

    for name in COMMANDS:
        module = importlib.import_module(f"turnout.cli.{name}")
        assert isinstance(getattr(module, "ABOUT", None), Text), f"{name} needs an ABOUT"
        function = getattr(module, name)
        arguments = set(function.__annotations__) - {"return"}
        assert parameters_of(function).keys() == arguments, name
