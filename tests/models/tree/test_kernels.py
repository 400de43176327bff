"""The kernel between contests, by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import approx_fprime

from turnout.models.tree.kernels import COMPONENTS, PARAMETERS, ContestKernel

CONTESTS = pd.DataFrame(
    {
        "election": ["pileg", "pilpres", "pilkada", "pilpres again"],
        "date": pd.to_datetime(["2014-04-09", "2014-04-09", "2015-12-09", "2019-04-17"]),
        "election_type": ["pileg", "pilpres", "pilkada", "pilpres"],
        "type_group": ["pemilu", "pemilu", "pilkada", "pemilu"],
    }
)
KERNEL = ContestKernel.of(CONTESTS)
YEARS = 1834 / 365.25  # between the two pilpres


def only(component: str, value: float = 0.3, memory: float = 10.0) -> np.ndarray:
    """Return log parameters with one component switched on."""
    with np.errstate(divide="ignore"):
        logs = np.log(np.zeros(len(PARAMETERS)))
    logs[PARAMETERS.index(component)] = np.log(value)
    logs[-1] = np.log(memory)
    return logs


@pytest.mark.parametrize(
    ("component", "same_day", "same_type", "unlike"),
    [
        ("lasting", 0.09, 0.09, 0.09),
        ("type", 0.0, 0.09, 0.0),
        ("type_group", 0.09, 0.09, 0.0),
        ("drift", 0.09, 0.09 * np.exp(-YEARS / 10), 0.09 * np.exp(-609 / 3652.5)),
        ("type_drift", 0.0, 0.09 * np.exp(-YEARS / 10), 0.0),
        ("shock", 0.9 * 0.09, 0.0, 0.0),
    ],
)
def test_each_component_joins_the_contests_it_is_about(
    component: str, same_day: float, same_type: float, unlike: float
) -> None:
    covariance = KERNEL.covariance(only(component))
    np.testing.assert_allclose(np.diag(covariance), 0.09)
    np.testing.assert_allclose(covariance, covariance.T)
    ours = [covariance[0, 1], covariance[1, 3], covariance[0, 2]]
    np.testing.assert_allclose(ours, [same_day, same_type, unlike], atol=1e-12)


def test_components_add_up() -> None:
    logs = np.log([0.1, 0.2, 0.3, 0.15, 0.25, 0.12, 7.0])
    parts = [
        KERNEL.covariance(only(name, float(np.exp(logs[number])), 7.0))
        for number, name in enumerate(COMPONENTS)
    ]
    np.testing.assert_allclose(KERNEL.covariance(logs), sum(parts))


def test_the_gradient_is_the_derivative() -> None:
    slope = np.random.default_rng(1).normal(size=(4, 4))
    point = np.log([0.1, 0.2, 0.3, 0.15, 0.25, 0.12, 7.0])

    def value(logs: np.ndarray) -> float:
        return float((slope * KERNEL.covariance(logs)).sum())

    np.testing.assert_allclose(
        KERNEL.gradient(point, slope), approx_fprime(point, value, 1e-7), atol=1e-6
    )


def test_a_day_may_have_a_larger_shock_which_its_contests_share() -> None:
    sizes = np.log([3.0, 1.0, 0.5])  # of the three days
    covariance = KERNEL.covariance(np.append(only("shock"), sizes))
    np.testing.assert_allclose(np.diag(covariance), 0.09 * np.array([9, 9, 1, 0.25]))
    np.testing.assert_allclose(covariance[0, 1], 0.9 * 0.09 * 9)


def test_many_settings_at_once_are_those_of_each() -> None:
    logs = np.log(np.random.default_rng(2).uniform(0.1, 1, (5, 7)))
    together = KERNEL.covariance(logs)
    for one, covariance in zip(logs, together, strict=True):
        np.testing.assert_allclose(KERNEL.covariance(one), covariance)
        assert np.linalg.eigvalsh(covariance).min() > 0


def test_absurd_proposals_have_a_covariance_too() -> None:
    absurd = np.full((2, len(PARAMETERS) + KERNEL.days), [[400.0], [-400.0]])
    assert np.isfinite(KERNEL.covariance(absurd)).all()
