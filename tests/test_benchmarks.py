"""The benchmarks still run on the package as it is; what they say stands in docs/accuracy.md."""

import ast
import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"

PANEL = "eg_governorate"


@pytest.fixture(scope="module")
def benchmark():
    """Return a function that imports one of the benchmarks."""
    sys.path.insert(0, str(BENCHMARKS))
    yield importlib.import_module
    sys.path.remove(str(BENCHMARKS))


@pytest.mark.slow
def test_protocol_scores_ours_beside_the_naive_model(benchmark):
    protocol = benchmark("protocol")
    tested = protocol.run(["BinomialGLM"], [PANEL], draws=100, jobs=1)
    table = protocol.summary(tested)
    assert set(table.loc["area"].index) == {
        "BinomialGLM",
        "LastOfType",
        "LastTurnout",
        "reference: last_of_type_independent",
    }
    assert (table["targets"] == 2).all()
    assert table.loc[("total", "reference: last_of_type_independent"), "crps_ratio"] == 1
    by_panel = protocol.by_panel(tested, "BinomialGLM")
    assert by_panel.loc[PANEL, "n"] == 2
    ratio = table.loc[("area", "BinomialGLM"), "crps_ratio"]
    np.testing.assert_allclose(by_panel.loc[PANEL, "area_to_naive"], ratio, atol=0.001)


def test_priors_are_compared_by_their_evidence(benchmark):
    priors = benchmark("priors")
    heard = priors.whole(benchmark("panels").load_panel(PANEL))
    likely = priors.evidence(heard, priors.DEFAULT)
    # Turnout of 38 to 52% is hardly to be expected around a mean of 99%.
    far = priors.replace(priors.DEFAULT, mean=4.6, mean_sd=0.05)
    assert priors.evidence(heard, far) < likely - 3


def test_each_mutant_has_one_change_and_the_lines_that_show_it(benchmark, tmp_path):
    mutants = benchmark("mutants")
    path = tmp_path / "halved.py"
    path.write_text(
        "LIMIT = 1\n"
        "def half(x: int = 3):\n"
        "    if x > LIMIT:\n"
        "        return x / 2\n"
        "    return min(-x, 9)\n",
        encoding="utf-8",
    )
    found = {}
    for mutant in mutants.mutants_of(path):
        names = {}
        exec(compile(mutant.code(), "halved.py", "exec"), names)
        half = names["half"]
        found[half(), half(2), half(1), half(-20)] = (set(mutant.lines), set(mutant.names))
    assert found == {
        (1.5, -2, -1, 9): (set(), {"LIMIT"}),  # 2
        (2, 1, -1, 9): ({3, 4, 5}, set()),  # x = 4
        (1.5, 1, 0.5, 9): ({3}, set()),  # x >= LIMIT
        (6, 4, -1, 9): ({4}, set()),  # x * 2
        (1, 2 / 3, -1, 9): ({4}, set()),  # x / 3
        (1.5, 1, 9, 20): ({5}, set()),  # max
        (1.5, 1, 1, -20): ({5}, set()),  # x
        (1.5, 1, -1, 10): ({5}, set()),
    }
    modules = {"halved": ast.parse(path.read_text(encoding="utf-8"))}
    assert mutants.lines_naming(frozenset({"LIMIT"}), modules) == {"halved": {3}}


def test_what_stands_in_a_lambda_is_found_where_the_lambda_runs(benchmark, tmp_path):
    path = tmp_path / "rules.py"
    path.write_text("RULES = [\n    lambda x: x <= 1,\n    2,\n]\n", encoding="utf-8")
    found = {str(m).split("  ")[1]: m for m in benchmark("mutants").mutants_of(path)}
    assert {name: (set(m.lines), set(m.names)) for name, m in found.items()} == {
        "x <= 1": ({2}, set()),
        "1": ({2}, set()),
        "2": (set(), {"RULES"}),
    }


def test_the_law_of_slopes_is_that_of_the_panels(benchmark):
    slopes = benchmark("kind_slopes")
    told = [-((slopes.SLOPES - slope) ** 2) / (2 * 0.25**2) for slope in (0.2, 0.7, 1.2)]
    law = slopes.evidence_of_law(told)
    mean, spread = law.stack().idxmax()
    assert mean == 0.7
    assert 0.2 <= spread <= 0.4
    assert (slopes.evidence_of_law(told[:1] * 8).idxmax(axis=1).loc[0.2]) == slopes.SPREADS[0]
