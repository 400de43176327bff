"""A roll, a count and an outcome find the places of the results, however they are written."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, LastOfType
from turnout.areas import build_panel
from turnout.backtesting import evaluate
from turnout.errors import ToldWarning
from turnout.identity.spelling import spelled_as
from turnout.schema import canonical_results

COMING = Election("2024-11-27", "pilkada")
RESULTS = pd.DataFrame(
    {
        "date": "2018-06-27",
        "election_type": "pilkada",
        "city": "Kota Jambi",
        "district": ["Jambi Selatan", "Jambi Selatan", "Telanaipura"],
        "area": ["Paal Merah", "Simpang III Sipin", "Murni"],
        "registered": [1000, 2000, 3000],
        "voters": [600, 1400, 1500],
    }
)


@pytest.mark.parametrize("written", ["Kel. Paal Merah", "Paalmerah", "PAAL-MERAH", "Páal  Merah"])
def test_a_roll_in_another_spelling_is_of_the_same_places(written):
    roll = RESULTS[["city", "district", "area", "registered"]].assign(
        city="Jambi", area=[written, "Simpang 3 Sipin", "Murni"]
    )
    with pytest.warns(ToldWarning, match="written in another way"):
        forecast = LastOfType().fit(RESULTS).forecast(COMING, roll=roll, draws=100, seed=1)
    assert len(forecast.places) == 3
    assert forecast.places["contests"].tolist() == [1, 1, 1]
    # Every place of every scale, and its past, is called as the roll calls it.
    for name in ("city", "district", "area"):
        for told in (forecast.places, forecast.history):
            assert set(told[name].dropna()) == set(roll[name])
    assert forecast.at("city").places["city"].tolist() == ["Jambi"]


def test_what_differs_by_marks_and_case_alone_needs_no_word():
    roll = RESULTS[["city", "district", "area", "registered"]].assign(
        area=["PAAL MERAH.", "simpang iii sipin", "Murni"]
    )
    panel = build_panel(RESULTS, roll=roll, election=COMING)
    assert len(panel.targets) == 3


def test_a_count_in_another_spelling_is_of_the_same_places():
    counted = pd.DataFrame({"area": ["Paalmerah"], "registered": [1000], "voters": [550]})
    with pytest.warns(ToldWarning, match="'Paalmerah' = Paal Merah"):
        panel = build_panel(RESULTS, election=COMING, counted=counted)
    coming = panel.contest_of(COMING)
    np.testing.assert_allclose(np.nansum(panel.grid("voters")[:, coming]), 550)


def test_two_spellings_in_one_table_are_two_places():
    roll = pd.DataFrame({"area": ["Paal Merah", "Paalmerah", "Murni"]})
    pd.testing.assert_frame_equal(spelled_as(roll, RESULTS), roll)
    both = pd.DataFrame({"area": ["Paalmerah", "Paal-Me rah"]})
    pd.testing.assert_frame_equal(spelled_as(both, RESULTS), both)


@pytest.mark.slow
def test_an_outcome_in_another_spelling_is_of_the_same_places():
    forecast = LastOfType().fit(RESULTS).forecast(COMING, draws=100, seed=1)
    table = pd.concat([forecast.intervals(by="city"), forecast.intervals()], ignore_index=True)
    outcome = canonical_results(
        RESULTS.assign(date="2024-11-27", area=["Kel. Paalmerah", "Simpang 3 Sipin", "Murni"])
    )
    with pytest.warns(ToldWarning, match="2 names are written in another way"):
        evaluation = evaluate(table, outcome)
    assert dict(evaluation.missing) == {"area": 0, "city": 0}
