"""The kind of office and the random walk in the root's prior, and in forecasts."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from turnout import Election, HierarchicalModel
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.priors import DEFAULT, TopPrior
from turnout.models.tree.root import RootProcess

CONTESTS = pd.DataFrame(
    {
        "election": ["a", "b", "c"],
        "date": pd.to_datetime(["2001-01-01", "2005-01-01", "2011-01-01"]),
        "election_type": ["presidential", "referendum", "kerb"],
        "type_group": ["presidential", "referendum", "kerb"],
    }
)
KERNEL = ContestKernel.of(CONTESTS)


def test_the_terms_of_the_root_by_hand() -> None:
    root = RootProcess.of(DEFAULT, KERNEL)
    np.testing.assert_allclose(root.mean, [0.62 + 0.7 * 0.5, 0.62 - 0.7 * 0.3, 0.62])
    kind = 0.3**2 * np.outer([0.5, -0.3, 0.0], [0.5, -0.3, 0.0])
    kind[2, 2] = 0.23**2
    np.testing.assert_allclose(root.terms["kind"], kind, atol=1e-12)
    years = np.array([[0, 0, 0], [0, 1461, 1461], [0, 1461, 3652]]) / 365.25
    np.testing.assert_allclose(root.terms["walk"], 0.04**2 * years)
    np.testing.assert_allclose(root.covariance, 0.36 + kind + 0.04**2 * years)


def test_a_scale_is_of_all_but_the_long_run_mean() -> None:
    one, twice = RootProcess.of(DEFAULT, KERNEL), RootProcess.of(DEFAULT, KERNEL, 2.0)
    np.testing.assert_allclose(one.terms["level"], twice.terms["level"])
    for name in ("kind", "walk"):
        np.testing.assert_allclose(4 * one.terms[name], twice.terms[name])


def test_a_later_contest_leaves_the_earlier_ones_as_they_are() -> None:
    few = RootProcess.of(DEFAULT, ContestKernel.of(CONTESTS.iloc[:2]))
    np.testing.assert_allclose(RootProcess.of(DEFAULT, KERNEL).covariance[:2, :2], few.covariance)


def test_a_prior_names_all_its_sizes() -> None:
    with pytest.raises(ValueError, match="type_drift"):
        TopPrior(0.6, 0.6, {"type": DEFAULT.sizes["type"]}, 0.8)


def series(*rows: tuple[str, str, float]) -> pd.DataFrame:
    dates, types, turnout = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "date": dates,
            "election_type": types,
            "city": "Kota",
            "registered": 100_000,
            "voters": [round(100_000 * share) for share in turnout],
        }
    )


def whole(results: pd.DataFrame, election: Election, model: HierarchicalModel) -> pd.Series:
    forecast = model.fit(results).forecast(election, draws=2000, seed=1)
    return forecast.intervals(level=0.9).iloc[0]


PRESIDENTS = series(
    ("2004-07-05", "presidential", 0.78),
    ("2009-07-08", "presidential", 0.76),
    ("2014-07-09", "presidential", 0.79),
)
FEWER = HierarchicalModel(integration=256)
BLIND = replace(FEWER, prior=replace(DEFAULT, kind=0.0, kind_sd=0.0, unknown_kind_sd=0.0))


@pytest.mark.slow
def test_a_lower_office_is_expected_to_draw_fewer_before_it_was_ever_held() -> None:
    blind = whole(PRESIDENTS, Election("2016-06-01", "referendum"), BLIND)
    told = whole(PRESIDENTS, Election("2016-06-01", "referendum"), FEWER)
    again = whole(PRESIDENTS, Election("2016-06-01", "presidential"), FEWER)
    assert told["median"] < blind["median"] - 0.05
    assert told["median"] < again["median"] - 0.08
    assert again["upper"] - again["lower"] < told["upper"] - told["lower"]


@pytest.mark.slow
def test_the_user_may_say_the_kind() -> None:
    silent = whole(PRESIDENTS, Election("2016-06-01", "kerb"), FEWER)
    low = whole(PRESIDENTS, Election("2016-06-01", "kerb", kind=0.1), FEWER)
    high = whole(PRESIDENTS, Election("2016-06-01", "kerb", kind="president"), FEWER)
    assert low["median"] < silent["median"] < high["median"]


@pytest.mark.slow
def test_a_composite_is_surer_than_a_type_that_has_nothing_in_common() -> None:
    results = series(
        ("2004-04-05", "pileg", 0.84),
        ("2004-07-05", "pilpres", 0.78),
        ("2009-04-09", "pileg", 0.71),
        ("2009-07-08", "pilpres", 0.72),
        ("2014-04-09", "pileg", 0.75),
        ("2014-07-09", "pilpres", 0.71),
    )
    parts = whole(results, Election("2029-02-14", "pemilu nasional"), FEWER)
    apart = whole(results, Election("2029-02-14", "kerb", kind=1.0), FEWER)
    assert parts["upper"] - parts["lower"] < apart["upper"] - apart["lower"]


def test_the_data_speak_where_types_repeat() -> None:
    """Referendums that draw more than presidents, against all experience."""
    odd = pd.concat(
        [
            PRESIDENTS,
            series(
                ("2006-06-01", "referendum", 0.88),
                ("2011-06-01", "referendum", 0.89),
                ("2013-06-01", "referendum", 0.88),
            ),
        ]
    )
    told = whole(odd, Election("2016-06-01", "referendum"), FEWER)
    assert 0.84 < told["median"] < 0.91
