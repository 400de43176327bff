"""The benchmarks still run on the package as it is; what they say stands in docs/accuracy.md."""

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


def test_mutants_are_put_in_the_place_of_what_was_imported(benchmark, tmp_path, monkeypatch):
    mutation = benchmark("mutation")
    (tmp_path / "halved.py").write_text(
        "def half(x):\n    return x / 2 if x > 1 else -x\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    half = importlib.import_module("halved").half
    mutants = list(mutation.mutants_of(tmp_path / "halved.py"))
    # The choice, the comparison, the sign, the division and the two numbers.
    assert len(mutants) == 6
    found = set()
    for mutant in mutants:
        original = half.__code__
        assert mutation.put_in_place(mutant)
        found.add((half(2), half(1), half(-3)))
        half.__code__ = original
    assert found == {
        (-2, 0.5, -1.5),  # the other way round
        (1, 0.5, 3),  # x >= 1
        (-2, -1, 3),  # x > 2
        (4, -1, 3),  # x * 2
        (2 / 3, -1, 3),
        (1, 1, -3),  # else x
    }


def test_the_law_of_slopes_is_that_of_the_panels(benchmark):
    slopes = benchmark("kind_slopes")
    told = [-((slopes.SLOPES - slope) ** 2) / (2 * 0.25**2) for slope in (0.2, 0.7, 1.2)]
    law = slopes.evidence_of_law(told)
    mean, spread = law.stack().idxmax()
    assert mean == 0.7
    assert 0.2 <= spread <= 0.4
    assert (slopes.evidence_of_law(told[:1] * 8).idxmax(axis=1).loc[0.2]) == slopes.SPREADS[0]
