"""plot_effect and plot_plan: what they draw and say; no images are compared."""

import numpy as np
import pandas as pd
import pytest

from turnout.elections import Election
from turnout.forecast import Forecast
from turnout.outreach import estimate_outreach
from turnout.outreach.plan import Budget, Option, OutreachPlan, plan_outreach
from turnout.outreach.plan.means import Means
from turnout.plots import save_figure
from turnout.plots.effect import plot_effect
from turnout.plots.plan import plot_plan
from turnout.synthetic import simulate_panel


@pytest.fixture(scope="module")
def panel():
    return simulate_panel("chronically_low", np.random.default_rng(2))


@pytest.fixture(scope="module")
def effect(panel):
    return estimate_outreach(panel.results, panel.outreach)


def make_plan(**settings: object) -> OutreachPlan:
    places = pd.DataFrame(
        {"area": list("ABC"), "area_id": list("123"), "registered": [4e3, 8e3, 2e3]}
    )
    draws = np.random.default_rng(1).beta(70, 30, (500, 3))
    forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    return plan_outreach(forecast, **{"budget": 20, **settings})


def labels(ax) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


@pytest.mark.slow
def test_one_kind_shows_every_estimate(effect):
    ax = plot_effect(effect)
    assert labels(ax)[:3] == [
        "prior (trials elsewhere)",
        "these data, bias allowed for",
        "posterior (both)",
    ]
    assert "cross-section (not an effect)" in labels(ax)
    assert len(labels(ax)) == 8
    assert "SIMULATED" in " ".join(text.get_text() for text in ax.texts)
    low, high = ax.get_xlim()
    assert low == -high


def test_intervals_are_drawn_where_the_table_says(effect):
    ax = plot_effect(effect)
    row = effect.table.set_index("estimate").loc["posterior"]
    ends = [collection.get_segments()[0][:, 0] for collection in ax.collections]
    np.testing.assert_allclose(ends[2], row[["points_lower", "points_upper"]].astype(float))


@pytest.mark.slow
def test_many_kinds_show_prior_data_and_posterior(panel):
    kinds = np.array(["tatap muka", "diskusi", "seminar", "lokakarya"])
    log = panel.outreach.assign(kind=np.resize(kinds, len(panel.outreach)))
    ax = plot_effect(estimate_outreach(panel.results, log), lang="id")
    assert len(labels(ax)) == 12
    assert labels(ax)[2] == "posterior (gabungan)"
    assert "SIMULASI" in " ".join(text.get_text() for text in ax.texts)


def test_a_plan_lies_on_its_curve():
    plan = make_plan()
    ax = plot_plan(plan)
    line = ax.lines[0]
    on_curve = np.interp(20, line.get_xdata(), line.get_ydata())
    assert on_curve == pytest.approx(plan.rule("plan")["gain"], rel=0.05)
    marks = [one for one in ax.lines if one.get_linestyle() == "None"]
    assert [one.get_label() for one in marks] == [
        "equal split",
        "most registered voters first",
        "this plan",
    ]
    assert ax.get_title(loc="left").startswith("20 activities")


def test_a_plan_in_indonesian_with_money_and_goal(tmp_path):
    plan = make_plan(budget=Budget(5e7, "money"), means=Means((Option(cost=5e6),)), goal=0.9)
    ax = plot_plan(plan, lang="id")
    assert ax.get_xlabel() == "Anggaran (uang)"
    assert "Target 90,0%" in " ".join(text.get_text() for text in ax.texts)
    assert save_figure(ax, tmp_path / "plan.svg").stat().st_size > 1000


def test_axes_given_are_drawn_on(effect):
    ax = plot_plan(make_plan())
    other = ax.get_figure().add_subplot(2, 1, 2)
    assert plot_effect(effect, ax=other) is other
