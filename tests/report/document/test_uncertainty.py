"""What is said of uncertainty agrees with the draws."""

import pandas as pd
import pytest

from turnout import Election, HierarchicalModel
from turnout.evidence import Evidence
from turnout.language import points
from turnout.report.document.uncertainty import uncertainties

PAST = pd.DataFrame(
    {
        "date": ["2010-06-27", "2015-12-09", "2020-12-09"] * 2,
        "election_type": "pilkada",
        "area": ["Kasang"] * 3 + ["Murni"] * 3,
        "registered": 1000,
        "voters": [620, 660, 600, 700, 740, 690],
    }
)


@pytest.mark.slow
@pytest.mark.parametrize("error", [0.0, 0.01])
def test_what_was_taken_in_afterwards_is_in_the_uncertainty_that_is_told(error: float) -> None:
    fitted = HierarchicalModel().fit(PAST)
    coming = Election("2024-11-27", "pilkada")
    before, diagnosis = fitted.forecast_and_diagnose(coming, draws=1000, seed=1)
    median = float(before.at("total").quantiles([0.5])[0, 0])
    after = before.given(Evidence(round(median, 3), error, kind="stated"))
    said = " ".join(uncertainties(after, "en", diagnosis))
    sd = float(after.at("total").draws.std())
    spread = f"with it the whole is uncertain by {points(sd, 'en')} points"
    assert ("with it the turnout of the whole is fixed" if error == 0 else spread) in said
    assert ("what is supposed" in said) == (error == 0)
    assert "with it the whole" not in " ".join(uncertainties(before, "en", diagnosis))
