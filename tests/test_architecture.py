"""The shape of the code: layers, sizes, public names, tests that can fail."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import turnout
from turnout import plots

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "turnout"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# DESIGN: the names that a user may rely on.
NAMES_OF_THE_DESIGN = """
    read_results read_outreach read_roll read_crosswalk load_jambi Election
    HierarchicalModel LastTurnout LastOfType UniformSwing BinomialGLM BoostedTrees Mixture
    Forecast check_goal GoalCheck backtest Backtest estimate_outreach OutreachEffect
    plan_outreach OutreachPlan design_rollout
    plot_areas plot_districts plot_total plot_history plot_goal plot_calibration
    plot_heatmap plot_multiples plot_backtest plot_effect plot_plan plot_map
    write_report TurnoutError scores
"""
PUBLIC = NAMES_OF_THE_DESIGN.split()

MOST_LINES = 400


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


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Return the modules of ours that a module imports, anywhere in it, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_layers_above_its_own(path: Path) -> None:
    own = layer_of(path)
    if own in ("__init__", "__main__"):
        return  # the package's face, which loads names when they are used
    order = layers()
    assert own in order, f"{own} is not in the table of ARCHITECTURE.md"
    for name, line in imports(path):
        allowed = name == own or (name in order and order[name] < order[own])
        assert allowed, f"{path.name}:{line} imports turnout.{name}, which is not above {own}"


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


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{lines} lines: this wants to be two modules"


# What writes or prints by itself: for `turnout.output` alone.
WRITING_METHODS = {
    "to_csv", "to_excel", "to_parquet", "to_json", "write_text", "write_bytes", "savefig", "savez",
    "savez_compressed", "fdopen",
}  # fmt: skip
WRITING_NAMES = {"print", "Console", "Workbook", "Environment", "FileSystemLoader"}
# The probe of whether a disk takes anything at all.
OWN_WRITERS = {"runs/place.py": {"write_bytes"}}


def writers(path: Path) -> Iterator[tuple[str, int]]:
    """Return the calls in a module that write files or print by themselves, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        modes = [one.value for one in given if isinstance(one, ast.Constant)]
        opens = "open" in (method, name) and any(mode in ("w", "wb", "a", "x") for mode in modes)
        if opens or method in WRITING_METHODS or name in WRITING_NAMES:
            yield method or name, node.lineno


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_everything_goes_out_through_the_gate(path: Path) -> None:
    if layer_of(path) == "output":
        return
    allowed = OWN_WRITERS.get(path.relative_to(PACKAGE).as_posix(), set())
    for name, line in writers(path):
        assert name in allowed, f"{path.name}:{line} calls {name}: let turnout.output write it"


def test_there_is_no_attic() -> None:
    assert not [path for path in MODULES if path.stem in ("utils", "helpers", "misc", "common")]


def test_public_names_are_those_of_the_design() -> None:
    assert sorted(turnout.__all__) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(turnout, name) is not None
    assert name in dir(turnout)


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
    heavy = {"numpy", "pandas", "scipy", "matplotlib", "sklearn", "statsmodels", "pandera"}
    assert not heavy & set(loaded.stdout.split())


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_no_comparison_is_thrown_away(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            function = node.value.func
            name = function.attr if isinstance(function, ast.Attribute) else ""
            assert name not in ("allclose", "isclose", "array_equal", "equals"), (
                f"{path.name}:{node.lineno} compares but asserts nothing"
            )
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Compare):
            raise AssertionError(f"{path.name}:{node.lineno} compares but asserts nothing")
