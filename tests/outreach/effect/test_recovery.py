"""Does the estimator find what was put in? 60 panels per assignment.

Effects and biases are in logit at the treated areas' mean dose, where the truth is about .02.
"""

import numpy as np
import pandas as pd
import pytest

from turnout.areas import build_panel
from turnout.doses import BIAS_SD, dose_columns, prior_of
from turnout.models.tree.levels import fit_levels
from turnout.models.tree.model import FittedHierarchical, HierarchicalModel, Inputs
from turnout.outreach.effect.estimators import cross_section, placebo, two_way_within
from turnout.outreach.effect.likelihood import in_likelihood
from turnout.outreach.effect.observations import observations
from turnout.outreach.effect.posterior import combine
from turnout.synthetic import simulate_panel

pytestmark = pytest.mark.slow

MODEL = HierarchicalModel(integration=256)
PANELS = 60
Z = 1.645


def recovered(assignment: str, panels: int = PANELS) -> pd.DataFrame:
    """Return, panel by panel, biases and whether 90% intervals held the truth."""
    rng = np.random.default_rng(2024)
    rows = []
    for _ in range(panels):
        simulated = simulate_panel(assignment, rng)
        panel = build_panel(simulated.results)
        doses = dose_columns(panel, simulated.outreach)
        data = observations(panel, doses)
        fitted = FittedHierarchical(MODEL, Inputs(simulated.results), fit_levels(MODEL, panel))
        found, within = in_likelihood(panel, doses, fitted), two_way_within(data)
        naive, sham = cross_section(data), placebo(data)
        truth, usual = simulated.truth.effect, simulated.mean_dose
        bias = np.array([BIAS_SD / usual])
        row = {
            "likelihood": usual * (found.mean[0] - truth),
            "within": usual * (within.mean[0] - truth),
            "naive": usual * (naive.mean[0] - truth),
            "likelihood_held": abs(found.mean[0] - truth) < Z * np.hypot(found.sd[0], bias[0]),
            "within_held": abs(within.mean[0] - truth) < Z * np.hypot(within.sd[0], bias[0]),
            "placebo": sham.mean[0] / sham.sd[0],
        }
        for name, center in {"prior": 0.08, "at_zero": 0.0, "at_twice": 2 * truth}.items():
            prior = (np.array([center]), np.array([prior_of("tatap muka").sd]))
            both = combine(("k",), prior, (found.mean, found.covariance), bias)
            row[f"{name}_held"] = abs(both.mean[0] - truth) < Z * both.sd[0]
        rows.append(row)
    return pd.DataFrame(rows)


@pytest.mark.parametrize("assignment", ["random", "chronically_low", "low_last_time"])
def test_the_effect_is_recovered(assignment):
    found = recovered(assignment)
    means = found.mean()
    assert abs(means["likelihood"]) <= 0.03
    assert abs(means["within"]) <= 0.03
    held = [name for name in found if name.endswith("_held")]
    assert (means[held] >= 0.85).all(), means[held]
    if assignment == "random":
        assert abs(means["naive"]) < 0.01
    else:
        assert means["naive"] < -0.1  # of the wrong sign, and five times the effect
    told = means["placebo"]
    assert told < -2 if assignment == "low_last_time" else abs(told) < 1.645


def test_what_staff_foresee_cannot_be_repaired_by_any_estimator():
    """A bias of five times the effect, that 20 panels show as surely as hundreds."""
    found = recovered("foreseen", 20)
    assert (found[["likelihood", "within", "naive"]].mean() < -0.08).all()
