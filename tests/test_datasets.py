"""The shipped figures of Kota Jambi: complete, consistent, and those of their sources."""

import csv

import numpy as np
import pandas as pd
import pytest

from turnout import load_jambi
from turnout.datasets import (
    Jambi,
    indonesia_file,
    jambi_file,
    load_indonesia,
    load_jambi_outcome,
)


@pytest.fixture(scope="module")
def jambi() -> Jambi:
    return load_jambi()


def test_eight_totals_as_published(jambi: Jambi) -> None:
    totals = jambi.results[jambi.results["area"].isna()].set_index("election")
    published = {
        "2013-pilwako": 62.72,  # jambiupdate: 37.28% abstained
        "2015-pilgub": 68.90,
        "2018-pilwako": 69.54,  # the official result; the station forms said 71.92
        "2019-pilpres": 80.39,
        "2020-pilgub": 64.77,  # valid votes and the province's invalid share
        "2024-pilpres": 80.30,  # KPU stated 80.33; the counts are estimates
    }
    turnout = 100 * totals["voters"] / totals["registered"]
    assert len(turnout) == 8
    for election, percentage in published.items():
        np.testing.assert_allclose(turnout[election], percentage, atol=0.011)


def test_the_kelurahan_of_two_contests(jambi: Jambi) -> None:
    areas = jambi.results.dropna(subset=["area"])
    assert areas.groupby("election").size().to_dict() == {"2019-pilpres": 62, "2024-pilpres": 68}
    assert not areas.duplicated(["election", "area_id"]).any()
    assert (areas["stations_counted"] <= areas["stations_total"]).all()
    assert (areas["voters"] <= areas["registered"]).all()
    sums = areas.groupby("election")[["voters", "registered"]].sum()
    np.testing.assert_allclose(sums["voters"] / sums["registered"], [0.8153, 0.8030], atol=5e-5)


def test_every_figure_names_its_source(jambi: Jambi) -> None:
    assert jambi.results["source"].str.len().gt(10).all()
    assert load_jambi_outcome()["source"].str.contains("62.45 percent", regex=False).all()


def test_the_roll_is_an_estimate_of_the_published_total(jambi: Jambi) -> None:
    assert jambi.roll["registered"].sum() == 455_276
    assert jambi.roll["estimated"].all()
    newest = jambi.results.query("election == '2024-pilpres'")["area_id"].dropna()
    assert set(jambi.roll["area_id"]) == set(newest)


def test_the_crosswalk_covers_the_roll_and_its_weights_add_up(jambi: Jambi) -> None:
    weights = jambi.crosswalk.groupby("new_id")["weight"].sum()
    np.testing.assert_allclose(weights, 1, atol=2e-4)  # a third is written as 0.3333
    assert set(weights.index) == set(jambi.roll["area_id"])
    old = jambi.results.query("election == '2019-pilpres'")["area_id"].dropna()
    assert set(jambi.crosswalk["old_id"]) == set(old)
    new = set(weights.index) - set(old)
    assert len(new) == 6


def test_nothing_from_polling_day_is_in_the_history(jambi: Jambi) -> None:
    assert jambi.results["date"].max() < pd.Timestamp("2024-11-27")


def test_the_readme_tells_of_every_contest_and_file() -> None:
    text = jambi_file("README.md").read_text(encoding="utf-8")
    for path in jambi_file("README.md").parent.glob("*.csv"):
        assert f"`{path.name}`" in text
    with jambi_file("results.csv").open(encoding="utf-8", newline="") as file:
        totals = [row for row in csv.DictReader(file) if not row["area"]]
    for row in totals:
        line = f"| {int(row['registered']):,} | {int(row['voters']):,} |"
        assert line in text, row["election"]


def test_estimates_carry_their_range(jambi: Jambi) -> None:
    told = jambi.results.dropna(subset=["voters_low"]).set_index("election")
    assert sorted(told.index) == ["2015-pilgub", "2020-pilgub"]
    ends = told[["voters_low", "voters_high"]].div(told["registered"], axis=0)
    np.testing.assert_allclose(ends.loc["2020-pilgub"], [0.625, 0.648], atol=5e-4)
    # 2 to 5.4 percent of the ballots invalid, of 239,162 valid ones.
    np.testing.assert_allclose(
        239_162 / told.loc["2020-pilgub", ["voters_low", "voters_high"]].to_numpy(float),
        [0.98, 0.946],
        atol=1e-5,
    )


def test_indonesia_has_regions_once_and_plausible_figures() -> None:
    table = load_indonesia()
    assert not table.duplicated(["province", "region"]).any()
    figures = table.iloc[:, 3:]
    assert figures.min().min() > 10
    assert figures.max().max() <= 97
    text = indonesia_file("README.md").read_text(encoding="utf-8")
    for name in figures:
        assert f"`{name}`" in text
