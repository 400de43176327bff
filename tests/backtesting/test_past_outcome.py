"""Results of a past election are refused as the outcome; those that are only alike are not."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast
from turnout.backtesting.past_outcome import refuse_past_outcome
from turnout.errors import TurnoutError
from turnout.schema import canonical_results

AREAS = ["Murni", "Legok", "Sago", "Kasang"]
REGISTERED = [800, 900, 1000, 1100]
VOTERS = [560, 700, 610, 900]


def forecast(area_names: list[str]) -> Forecast:
    past = pd.DataFrame(
        {
            "scale": "area",
            "area": area_names,
            "election": "Pilkada 2020",
            "registered": np.array(REGISTERED, dtype=float),
            "voters": np.array(VOTERS, dtype=float),
        }
    )
    places = pd.DataFrame({"area": AREAS, "registered": [850.0, 950.0, 1050.0, 1150.0]})
    coming = Election("2024-11-27", "pilkada")
    return Forecast(coming, places, np.full((3, 4), 0.6), "area", history=past)


def outcome(voters: list[int]) -> pd.DataFrame:
    contest = {"date": "2024-11-27", "election_type": "pilkada"}
    return canonical_results(
        pd.DataFrame({**contest, "area": AREAS, "registered": REGISTERED, "voters": voters})
    )


@pytest.mark.parametrize("names", [AREAS, [name.upper() for name in AREAS]])
def test_the_figures_of_a_past_election_are_no_outcome(names):
    with pytest.raises(TurnoutError) as refused:
        refuse_past_outcome(forecast(names), outcome(VOTERS))
    assert "4 of 4 places have its very figures" in refused.value.say("en")
    assert "Ini hasil Pilkada 2020" in refused.value.say("id")


def test_an_outcome_that_shares_a_figure_with_the_past_is_read():
    refuse_past_outcome(forecast(AREAS), outcome([560, 701, 611, 901]))
    refuse_past_outcome(forecast(["A", "B", "C", "D"]), outcome(VOTERS))
