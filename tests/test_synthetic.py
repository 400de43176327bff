"""Simulated data: as promised, repeatable, and marked."""

import numpy as np
import pandas as pd
import pytest

from turnout.areas import build_panel
from turnout.datasets import jambi_file, load_jambi
from turnout.doses import dose_columns
from turnout.synthetic import Truth, count_at, simulate_log, simulate_night, simulate_panel


def test_a_panel_is_made_of_its_truth():
    truth = Truth(areas=2000, elections=3, treated=0, area_sd=0.2, noise_sd=0.1, shock_sd=0.3)
    panel = simulate_panel("random", np.random.default_rng(1), truth)
    share = (panel.results["voters"] / panel.results["registered"]).to_numpy().reshape(3, -1).T
    logit = np.log(share / (1 - share))
    around = logit - logit.mean(axis=0)
    covariance = np.cov(around.T)
    assert covariance[0, 1] == pytest.approx(0.04, rel=0.1)
    assert covariance[0, 0] == pytest.approx(0.05, rel=0.1)
    assert panel.outreach.empty


def test_the_log_gives_the_doses_that_were_put_in():
    panel = simulate_panel("random", np.random.default_rng(1))
    built = build_panel(panel.results)
    (dose,) = dose_columns(built, panel.outreach)
    leaves = dose.values[built.is_leaf]
    assert leaves[leaves > 0].mean() == pytest.approx(panel.mean_dose, rel=1e-9)
    assert (leaves > 0).sum(axis=0).tolist() == [0, 0, 34, 34, 34]
    assert panel.outreach["simulated"].all()


def test_staff_go_where_the_assignment_says():
    panel = simulate_panel("low_last_time", np.random.default_rng(1))
    results = panel.results.assign(share=panel.results["voters"] / panel.results["registered"])
    wide = results.pivot_table(index="area", columns="date", values="share")
    day = wide.columns[-1]
    treated = panel.outreach[panel.outreach["date"] > wide.columns[-2]]["area"]
    before = wide[wide.columns[-2]]
    assert before[treated].max() <= before.drop(treated).min() + 0.02
    assert before[treated].mean() < before.drop(treated).mean() - 0.02
    assert day == results["date"].max()


def test_the_shipped_log_is_the_simulated_one():
    made = simulate_log(
        load_jambi().roll,
        ["2019-04-17", "2024-02-14", "2024-11-27"],
        np.random.default_rng(2024),
    )
    shipped = pd.read_csv(jambi_file("outreach_simulated.csv"), dtype={"area_id": "str"})
    assert shipped["simulated"].all()
    assert shipped["note"].str.contains("simulated").all()
    for column in ("date", "district", "area", "area_id", "kind", "segment"):
        assert shipped[column].fillna("").tolist() == made[column].fillna("").tolist()
    for column in ("reached", "cost"):
        np.testing.assert_allclose(
            shipped[column].to_numpy(float), made[column].to_numpy(float), equal_nan=True
        )


def test_a_night_adds_up_to_the_areas_and_small_areas_come_first() -> None:
    size = [600, 700, 900, 8_000, 9_000, 10_000]
    areas = pd.DataFrame(
        {
            "date": "2030-11-27",
            "district": list("NNSSXX"),
            "area": list("abcdef"),
            "registered": size,
            "voters": [one * 3 // 4 for one in size],
        }
    )
    night = simulate_night(areas, np.random.default_rng(1))
    sums = night.groupby("area")[["registered", "voters"]].sum()
    assert sums["registered"].tolist() == size
    assert sums["voters"].tolist() == areas["voters"].tolist()
    assert (night["voters"] <= night["registered"]).all()
    assert night["reported"].is_monotonic_increasing
    assert str(night["reported"].min()) > "2030-11-27 13"
    shares = night["voters"] / night["registered"]
    assert 0.02 < shares.std() < 0.1  # .3 logit at 75% is .056
    times = night.groupby("area")["reported"].median()
    assert times[list("abc")].max() < times[list("def")].min()
    middle = count_at(night, night["reported"].iloc[len(night) // 3])
    assert middle["stations_counted"].sum() == len(night) // 3 + 1
    assert (middle["stations_counted"] <= middle["stations_total"]).all()
    whole = count_at(night, "2030-11-29")
    assert (whole["stations_counted"] == whole["stations_total"]).all()
    assert whole["voters"].sum() == areas["voters"].sum()
